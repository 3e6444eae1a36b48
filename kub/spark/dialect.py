"""The SQL of the product, which DuckDB runs as it stands, in the dialect of Spark.

There is no second text of a rule or a fact. What Spark has no word for is refused here with an
error, so that a test finds it and not a cluster: table macros, ASOF joins, approximate quantiles.
"""

import re
from collections.abc import Mapping
from functools import cache

import sqlglot
from sqlglot import exp

from kub.records import rules

_GROUP = re.compile(r"\\(\d)")


class Untranslatable(Exception):
    """SQL of ours that Spark would not understand, or would answer otherwise."""


@cache
def query(sql: str) -> str:
    """One query, as Spark says it."""
    return _written(sqlglot.parse_one(sql, read="duckdb"))


@cache
def tables(sql: str) -> Mapping[str, str]:
    """By name, the query of each `CREATE TABLE … AS` and `CREATE VIEW … AS`, in their order.

    Comments on tables and the rest are left out.
    """
    made = {}
    for statement in sqlglot.parse(sql, read="duckdb"):
        if isinstance(statement, exp.Create) and statement.kind in ("TABLE", "VIEW"):
            made[statement.this.name] = _written(statement.expression)
    return made


@cache
def sources(sql: str) -> frozenset[str]:
    """The names of the tables that a statement reads, its own parts left out."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    own = {part.alias for part in tree.find_all(exp.CTE)}
    if isinstance(tree, exp.Create):
        own.add(tree.this.name)
    return frozenset(table.name for table in tree.find_all(exp.Table)) - own


def _written(tree: exp.Expr) -> str:
    tree = tree.transform(_expanded).transform(_grouped)
    for node in tree.find_all(exp.Join):
        # sqlglot hands it through as it stands, and Spark fails on it.
        if "ASOF" in (node.method or "").upper():
            raise Untranslatable(f"ASOF JOIN: {node.sql('duckdb')}")
    for kind in (exp.PercentileCont, exp.PercentileDisc, exp.Quantile):
        if quantile := tree.find(kind):
            # It would become an approximate one without a word.
            raise Untranslatable(f"quantile: {quantile.sql('duckdb')}")
    # The order of rows is made where they are stored; in Spark it would be one more shuffle.
    if isinstance(tree, exp.Select) and not tree.args.get("limit"):
        tree.set("order", None)
    return tree.sql("spark", comments=False)


def _expanded(node: exp.Expr) -> exp.Expr:
    """A macro in the place of its call."""
    if not isinstance(node, exp.Anonymous) or node.name.lower() not in rules.MACROS:
        return node
    body = sqlglot.parse_one(rules.MACROS[node.name.lower()], read="duckdb")
    [argument] = node.expressions
    filled = body.transform(lambda part: argument.copy() if isinstance(part, exp.Column) else part)
    # A macro may stand on another.
    whole: exp.Expr = filled.transform(_expanded)
    return whole


def _grouped(node: exp.Expr) -> exp.Expr:
    r"""Spark's replacements name a group `$1`, where DuckDB writes `\1`."""
    if isinstance(node, exp.RegexpReplace) and node.args.get("replacement"):
        replacement = node.args["replacement"]
        node.set("replacement", exp.Literal.string(_GROUP.sub(r"$\1", replacement.name)))
    return node


def name(heading: str) -> str:
    """A column by its heading, whatever signs an office writes in it."""
    return exp.to_identifier(heading, quoted=True).sql("spark")


def literal(text: str) -> str:
    """A text inside a statement of Spark."""
    return exp.Literal.string(text).sql("spark")
