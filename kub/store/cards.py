"""Benchmark cards in a version: their tables, and how these are filled and copied."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

import queries

# Of queries/model/cards.sql. A programme of a card has rows here and in `programme` and
# `population`, and in no other table of records.
CARD_TABLES = ("card", "card_year", "card_survival", "card_figure", "card_target", "card_money")
# The schema number with which they came; a version of before has none.
CARDS_SINCE = 3


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, empty."""
    con.execute(queries.model("cards"))


def insert(con: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> None:
    """Put in what a card says; a workbook's tables hold none of it."""
    for table in CARD_TABLES:
        if table in tables:
            columns = con.table(table).columns
            con.from_arrow(tables[table].select(columns)).insert_into(table)


def keep(con: duckdb.DuckDBPyConnection) -> None:
    """Copy from the attached version `previous` the cards of the programmes in `kept`."""
    if _has_cards(con, "previous"):
        for table in CARD_TABLES:
            con.table(f"previous.{table}").filter("programme_id IN (FROM kept)").insert_into(table)


def add_years(con: duckdb.DuckDBPyConnection) -> None:
    """Put the years of cards beside those of records."""
    con.execute(
        """INSERT INTO programme_year SELECT programme_id, year, as_of, provisional
        FROM card_year WHERE sector IS NULL ORDER BY programme_id, year"""
    )


def years(con: duckdb.DuckDBPyConnection, attached: str) -> dict[str, int]:
    """By programme_id, how many years the cards of an attached version have."""
    if not _has_cards(con, attached):
        return {}
    card, year = (con.table(f"{attached}.{name}") for name in ("card", "card_year"))
    counts = dict(
        year.filter("sector IS NULL").aggregate("programme_id, count(*)", "programme_id").fetchall()
    )
    return {code: counts.get(code, 0) for (code,) in card.select("programme_id").fetchall()}


def _has_cards(con: duckdb.DuckDBPyConnection, attached: str) -> bool:
    [(number,)] = con.table(f"{attached}.version").select("schema_number").fetchall()
    return int(number) >= CARDS_SINCE
