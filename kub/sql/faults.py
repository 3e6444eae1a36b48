"""What goes wrong with a statement: a rule that words explain ([sql.problem] and [sql.todo]), the
values they name, where in the text, and DuckDB's own sentence as a detail.
"""

import re
from collections.abc import Mapping
from typing import Any

import duckdb

MOST_DETAIL = 700  # characters
# In the order of trying: (DuckDB's exception, pattern in its text, rule). A group named `name` is
# what the rule speaks of, one named `like` what might have been meant.
_RULES: tuple[tuple[type[Exception], str, str], ...] = (
    (duckdb.ParserException, r'syntax error at or near "(?P<name>.*?)"', "syntax"),
    (duckdb.ParserException, r"expression depth|nested|stack", "nested"),
    (duckdb.ParserException, r"", "unfinished"),
    (duckdb.BinderException, r'Referenced column "(?P<name>.*?)" (?:was )?not found', "column"),
    (duckdb.BinderException, r'Ambiguous reference to column name "(?P<name>.*?)"', "ambiguous"),
    (duckdb.BinderException, r'column "?(?P<name>[^"]*?)"? must appear in the GROUP BY', "group"),
    (duckdb.BinderException, r"No function matches .*?'(?P<name>\w+)\(", "arguments"),
    (duckdb.BinderException, r'Referenced table "(?P<name>.*?)" not found', "alias"),
    (duckdb.CatalogException, r"Function with name \"?(?P<name>\w+)\"? does not exist", "function"),
    (duckdb.ConversionException, r"", "conversion"),
    (duckdb.OutOfRangeException, r"", "range"),
    (duckdb.InterruptException, r"", "slow"),
    (duckdb.OutOfMemoryException, r"", "memory"),
    (duckdb.InternalException, r"", "crashed"),
    (duckdb.FatalException, r"", "crashed"),
    # The process is refused more than DuckDB itself would take.
    (duckdb.Error, r"Out of Memory|failed to allocate|bad_alloc", "memory"),
    (duckdb.Error, r"", "other"),
)
_LIKE = re.compile(r'(?:Did you mean|Candidate bindings:|Candidate functions:)\s*"?([\w.]+)')
_PLACE = re.compile(r"LINE (\d+): (.*)\n([ ~]*)\^")


class SqlFault(Exception):
    """Why a statement has no answer. values: `name`, `like`, `line`, `sign` where they are known;
    `limit` of a bound. detail: DuckDB's own text, without paths.
    """

    def __init__(self, rule: str, detail: str = "", **values: Any) -> None:
        super().__init__(rule, detail, values)
        self.rule, self.detail = rule, detail
        self.values: Mapping[str, Any] = values


RULES = frozenset(rule for _, _, rule in _RULES) | {
    *("empty", "long", "nul", "many", "not_select", "parameter", "show", "qualified", "table"),
    *("table_function", "denied_function", "hidden_name", "large", "busy", "cancelled", "refused"),
    *("fault", "analyst_only"),
}


def of_error(error: Exception, sql: str = "", hidden: str = "") -> SqlFault:
    """The fault of an exception of DuckDB. hidden: a path that its text must not name."""
    text = str(error)
    if hidden:
        text = text.replace(hidden, "…").replace(hidden.rpartition("/")[2], "…")
    for kind, pattern, rule in _RULES:
        match = re.search(pattern, text, re.DOTALL) if isinstance(error, kind) else None
        if match:
            values: dict[str, Any] = dict(match.groupdict())
            like = _LIKE.search(text)
            values |= {"like": like[1]} if like else {}
            place = _place(text) or _first(sql, values.get("name"))
            return SqlFault(rule, text[:MOST_DETAIL], **values, **place)
    return SqlFault("memory" if isinstance(error, MemoryError) else "other", text[:MOST_DETAIL])


def _place(text: str) -> dict[str, int]:
    """Line and sign that DuckDB points at; of a long line it shows a part, and the sign is lost."""
    place = _PLACE.search(text)
    if not place:
        return {}
    line = int(place[1])
    if place[2].startswith("..."):
        return {"line": line}
    return {"line": line, "sign": len(place[3]) - len(f"LINE {line}: ") + 1}


def _first(sql: str, name: str | None) -> dict[str, int]:
    """Where a name stands first, where DuckDB does not say."""
    match = re.search(rf"\b{re.escape(name)}\b", sql, re.IGNORECASE) if name else None
    return at(sql, len(sql[: match.start()].encode())) if match else {}


def at(sql: str, offset: int) -> dict[str, Any]:
    """Line and sign of an offset in bytes, as DuckDB counts; none for one that is nowhere."""
    before = sql.encode()[:offset].decode(errors="replace")
    if offset > len(sql.encode()):
        return {}
    return {"line": before.count("\n") + 1, "sign": len(before.rpartition("\n")[2]) + 1}
