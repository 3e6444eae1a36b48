"""What a statement may hold: one SELECT over the tables it is offered, by DuckDB's own parser.

The process it runs in has no file, no network and nobody else's rows (kub/sql/child.py), so this is
the second wall, and the one that can say in words what is not possible here.
"""

import json
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any

import duckdb

from kub.sql.faults import SqlFault, at

# Whatever else stands behind FROM with brackets reads files, settings or other catalogs, or turns
# logging and checkpoints on.
TABLE_FUNCTIONS = frozenset(
    {"range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree"}
)
# These tell of the machine or of the server, not of records.
FUNCTIONS = frozenset(
    {
        *("getenv", "current_setting", "getvariable", "current_query", "current_connection_id"),
        *("current_transaction_id", "current_query_id", "txid_current", "write_log", "nextval"),
        *("currval", "setseed", "add_parquet_key", "get_block_size", "sleep_ms", "sleep"),
        *("read_text", "read_blob", "json_execute_serialized_sql", "query", "query_table"),
    }
)
PREFIXES = ("pg_", "duckdb_", "pragma_", "has_", "inet_", "sqlite_", "read_", "icu_")
NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_NAMES = """SELECT lower(view_name) FROM duckdb_views() WHERE internal
UNION SELECT lower(table_name) FROM duckdb_tables() WHERE internal"""


class Permitted:
    """tables: what may stand behind FROM, lower case. con: whose parser reads, and which is asked
    once for the names that are the database's own.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, tables: Collection[str]) -> None:
        self._con, self._tables = con, tables
        self._own = frozenset(name for (name,) in con.execute(_NAMES).fetchall())

    def check(self, sql: str) -> None:
        """Raises SqlFault for a statement that is not answered here, duckdb.Error for one that is
        none.
        """
        statements = self._con.extract_statements(sql)
        if not statements:
            raise SqlFault("empty")
        if len(statements) > 1:
            raise SqlFault("many")
        [statement] = statements
        if statement.type != duckdb.StatementType.SELECT:
            raise SqlFault("not_select", name=_first_word(sql))
        [(text,)] = self._con.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchall()
        tree = json.loads(text)
        if tree.get("error"):
            raise SqlFault("not_select", str(tree.get("error_message", "")), name=_first_word(sql))
        nodes = list(_nodes(tree))
        ctes = self._ctes(nodes)
        for node in nodes:
            self._check(node, ctes, sql)

    def _ctes(self, nodes: list[dict[str, Any]]) -> set[str]:
        """The names that WITH makes. One of the database's own views would hide behind it."""
        names = {
            str(entry["key"]).casefold()
            for node in nodes
            for entry in (node.get("cte_map") or {}).get("map", ())
        }
        for name in sorted(names):
            if name in self._own or name.startswith(PREFIXES):
                raise SqlFault("hidden_name", name=name)
        return names

    def _check(self, node: dict[str, Any], ctes: set[str], sql: str) -> None:
        kind, place = str(node.get("type", "")), at(sql, int(node.get("query_location", 2**62)))
        if kind.endswith("_NODE") and kind not in NODES:
            raise SqlFault("not_select", name=_first_word(sql))
        if kind == "BASE_TABLE":
            self._check_table(node["qualified_name"]["path"], ctes, place)
        elif kind == "TABLE_FUNCTION":
            name = str(node["function"].get("function_name", "")).casefold()
            if name not in TABLE_FUNCTIONS:
                raise SqlFault("table_function", name=name, **place)
        elif kind == "SHOW_REF" and not node.get("query"):
            raise SqlFault("show", **place)
        elif node.get("class") == "PARAMETER":
            raise SqlFault("parameter", **place)
        elif "function_name" in node:
            name = str(node["function_name"]).casefold()
            if name in FUNCTIONS or name.startswith(PREFIXES):
                raise SqlFault("denied_function", name=name, **place)

    def _check_table(self, path: list[str], ctes: set[str], place: dict[str, Any]) -> None:
        name = path[-1].casefold()
        if len(path) > 1:
            like = {"like": name} if name in self._tables else {}
            raise SqlFault("qualified", name=".".join(path), **like, **place)
        if name not in self._tables and name not in ctes:
            nearest = get_close_matches(name, [*self._tables, *ctes], 1, 0.6)
            like = {"like": nearest[0]} if nearest else {}
            raise SqlFault("table", name=path[-1], **like, **place)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the tree, without recursion: a statement may be nested deeply."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _first_word(sql: str) -> str:
    return (sql.split() or [""])[0].upper()[:20]
