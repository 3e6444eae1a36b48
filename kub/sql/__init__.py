"""SQL of analysts: one SELECT, run in a process of its own that holds what its asker may see and
nothing else (docs/decisions/0017-sql-in-a-process.md).

tables: what a role may ask of. sandbox: where it is run, within bounds. child: that process.
permitted: what a statement may hold. faults: what goes wrong, as rules that words explain.
"""
