"""The list of KUB that an analyst reads: searched, narrowed, sorted, and fetched in blocks.

Its rows are those of the question `kubs`. A million of them are put in order once, as codes alone
(`codes`), and each block is then asked for by its codes (`block`): by offset every block would
sort them all again. What a link says reaches SQL as bound values; what cannot be bound, the
columns to sort by, is looked up here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import duckdb
import pandas as pd
import pyarrow as pa

from queries import sql
from queries.filters import Filters

Reported = Literal["all", "yes", "no"]
State = Literal["active", "closed", "all"]
REPORTED: tuple[Reported, ...] = get_args(Reported)
STATES: tuple[State, ...] = get_args(State)
VECTORS = 5  # of 2,048 rows: a batch of a file

# The columns of the question `kubs`, each with what it is sorted by. Joins cost more than sorting:
# only the columns of kub_year (y) and kub_money (m) need theirs.
_MEMBERS = "if(k.withheld, NULL, y.{})"
_MONEY = "if(enough(1, 3), m.{}, NULL)"
_REPORTED = "if(k.withheld OR k.last_year < k.asked_year, NULL, y.reported)"
SORTS: Mapping[str, str] = {
    "kub_id": "k.kub_id",
    "name": "k.name",
    "village_code": "k.village_code",
    "village": "k.village",
    "district_code": "k.district_code",
    "district": "k.district",
    "sector": "k.sector::VARCHAR",
    "activity": "k.activity",
    "founded_on": "k.founded_on",
    "closed_on": "k.closed_on",
    "active": "k.active",
    "members": _MEMBERS.format("members"),
    "women": _MEMBERS.format("women"),
    "revenue_idr": _MONEY.format("revenue_idr"),
    "assets_idr": _MONEY.format("assets_idr"),
    "has_reported": _REPORTED,
    "withheld": "k.withheld",
}
SORT = "name"  # unless the link says otherwise
_YEARS = """LEFT JOIN kub_year y ON y.programme_id = $programme AND y.kub_id = k.kub_id
  AND y.year = k.last_year"""
_MONIES = """LEFT JOIN kub_money m ON m.programme_id = $programme AND m.kub_id = k.kub_id
  AND m.year = k.asked_year"""
_SCOPE = "FROM kub_in_scope($programme, $districts, $villages, $sectors, $until) k"
_TEXT = "strip_accents(lower(concat_ws(' ', k.name, k.activity, k.kub_id, k.village_code)))"


@dataclass(frozen=True)
class Listing:
    """Which KUB of a scope are listed, in which order.

    search: words that name, activity or code all contain, whatever their case and accents. trades:
    to each of them the activities that the page's language calls so. state: active or closed at
    the as-of date. reported: in the as-of year; of whom this is withheld is in neither. sort: one
    of SORTS, with "-" before it the largest first; what is missing stands last either way.
    """

    search: tuple[str, ...] = ()
    trades: tuple[tuple[str, ...], ...] = ()
    state: State = "active"
    reported: Reported = "all"
    sort: str = SORT

    @property
    def plain(self) -> "Listing":
        """The same KUB in the usual order."""
        return replace(self, sort=SORT)


def codes(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, listing: Listing, most: int | None = None
) -> pa.ChunkedArray:
    """The codes of the KUB in their order. most: how many of the first, all if left out.

    filters.programme must be set. Raises KeyError for a column that is not in SORTS.
    """
    column = SORTS[listing.sort.removeprefix("-")]
    down = " DESC" if listing.sort.startswith("-") else ""
    text = f"SELECT k.kub_id {_from(listing, column)} "
    text += f"ORDER BY {column}{down} NULLS LAST, k.kub_id"
    values = _values(filters, listing)
    if most is not None:
        text += " LIMIT $most"
        values["most"] = most
    return cursor.sql(text, params=values).to_arrow_table().column(0)


def number(cursor: duckdb.DuckDBPyConnection, filters: Filters, listing: Listing) -> int:
    """How many KUB there are."""
    text = f"SELECT count(*) {_from(listing)}"
    [(count,)] = cursor.execute(text, _values(filters, listing)).fetchall()
    return int(count)


def totals(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, listing: Listing
) -> Mapping[str, Any]:
    """What they add up to: kub, members, women, women_members (of those that state women),
    revenue_idr, stated (KUB that state revenue), withheld (KUB whose members are).

    None where a sum rests on a KUB whose own figure is withheld, so that none gives one back.
    """
    text = f"""SELECT count(*) AS kub,
      if(bool_or(k.withheld), NULL, sum(y.members))::BIGINT AS members,
      if(bool_or(k.withheld), NULL, sum(y.women))::BIGINT AS women,
      if(bool_or(k.withheld), NULL, sum(y.members) FILTER (WHERE y.women IS NOT NULL))::BIGINT
        AS women_members,
      sum({_MONEY.format("revenue_idr")})::BIGINT AS revenue_idr,
      count(m.revenue_idr) AS stated, count(*) FILTER (WHERE k.withheld) AS withheld
    {_SCOPE} {_YEARS} {_MONIES} {_where(listing)}"""
    result = cursor.execute(text, _values(filters, listing))
    names = [name for name, *_ in result.description or ()]
    [row] = result.fetchall()
    return dict(zip(names, row, strict=True))


def block(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, kub_ids: Sequence[str]
) -> pd.DataFrame:
    """The rows of `kubs` for these codes, in their order."""
    values = {**_bound(filters), "ids": list(kub_ids)}
    # A list keeps its place in the plan; a join with it would read every column of every KUB.
    text = f"""SELECT * FROM ({_question()}) WHERE list_contains($ids, kub_id)
    ORDER BY list_position($ids, kub_id)"""  # noqa: S608 its parts are texts of this house
    return cursor.execute(text, values).df()


def batches(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, listing: Listing
) -> Iterator[pd.DataFrame]:
    """All rows of `kubs` in their order, some 10,000 at a time, none of them held before it is
    asked for. The cursor is busy until the last.
    """
    column, down = listing.sort.removeprefix("-"), " DESC" if listing.sort.startswith("-") else ""
    if column not in SORTS:
        raise KeyError(column)
    text = f"""SELECT * FROM ({_question()}) k {_where(listing, "k.has_reported")}
    ORDER BY k.{column}{down} NULLS LAST, k.kub_id"""  # noqa: S608 one of SORTS
    result = cursor.execute(text, _values(filters, listing))
    while len(rows := result.fetch_df_chunk(VECTORS)):
        yield rows


def history(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, kub_ids: Sequence[str]
) -> pd.DataFrame:
    """What is known of each KUB year by year, up to the year asked for: kub_id, year, as_of,
    provisional, active, members, women, revenue_idr, assets_idr, reported.
    """
    text = f"""SELECT k.kub_id, y.year, p.as_of, p.provisional, y.active,
      {_MEMBERS.format("members")} AS members, {_MEMBERS.format("women")} AS women,
      {_MONEY.format("revenue_idr")} AS revenue_idr, {_MONEY.format("assets_idr")} AS assets_idr,
      if(k.withheld, NULL, y.reported) AS reported
    {_SCOPE}
    JOIN kub_year y ON y.programme_id = $programme AND y.kub_id = k.kub_id
      AND y.year <= k.asked_year
    JOIN programme_year p ON p.programme_id = $programme AND p.year = y.year
    LEFT JOIN kub_money m ON m.programme_id = $programme AND m.kub_id = k.kub_id
      AND m.year = y.year AND list_contains($ids, m.kub_id)
    WHERE list_contains($ids, k.kub_id) AND list_contains($ids, y.kub_id)
    ORDER BY list_position($ids, k.kub_id), y.year"""
    return cursor.execute(text, {**_bound(filters), "ids": list(kub_ids)}).df()


def sources(cursor: duckdb.DuckDBPyConnection, filters: Filters, kub_id: str) -> pd.DataFrame:
    """The rows of workbooks that a KUB comes from, up to the as-of date: its own (reported_on NaT),
    then its reports, newest first. sheet, source_row, file: missing where they were not kept."""
    text = f"""WITH k AS (SELECT * {_SCOPE} WHERE k.kub_id = $kub)
    SELECT NULL::DATE AS reported_on, NULL::INTEGER AS members, NULL::INTEGER AS women,
      NULL::DOUBLE AS revenue_idr, sheet_of($programme, 'kub', s.source_row) AS sheet,
      s.source_row, file_of($programme, 'kub', s.source_row) AS file
    FROM k JOIN kub s ON s.programme_id = $programme AND s.kub_id = k.kub_id
    UNION ALL
    SELECT r.reported_on, if(k.withheld, NULL, r.members), if(k.withheld, NULL, r.women),
      single_money(r.revenue_idr), sheet_of($programme, 'kub_report', r.source_row),
      r.source_row, file_of($programme, 'kub_report', r.source_row)
    FROM k JOIN kub_report r ON r.programme_id = $programme AND r.kub_id = k.kub_id
    JOIN year_in_scope($programme, $until) y ON r.reported_on <= y.as_of
    ORDER BY reported_on DESC NULLS FIRST"""  # noqa: S608 its parts are texts of this house
    return cursor.execute(text, {**_bound(filters), "kub": kub_id}).df()


def members_by_year(
    cursor: duckdb.DuckDBPyConnection, filters: Filters, kub_ids: Sequence[str]
) -> Mapping[str, list[tuple[int, int | None]]]:
    """(year, members) of each KUB, of those whose members are not withheld."""
    text = f"""SELECT k.kub_id, list((y.year, y.members) ORDER BY y.year)
    {_SCOPE}
    JOIN kub_year y ON y.programme_id = $programme AND y.kub_id = k.kub_id
      AND y.year <= k.asked_year
    WHERE NOT k.withheld AND list_contains($ids, k.kub_id) AND list_contains($ids, y.kub_id)
    GROUP BY k.kub_id"""
    rows = cursor.execute(text, {**_bound(filters), "ids": list(kub_ids)}).fetchall()
    return dict(rows)


def _question() -> str:
    return sql("kubs").rstrip().removesuffix(";")


def _from(listing: Listing, column: str = "") -> str:
    """The tables that order and conditions need, and the conditions."""
    where = _where(listing)
    years = _YEARS if "y." in column + where else ""
    monies = _MONIES if "m." in column else ""
    return f"{_SCOPE} {years} {monies} {where}"


def _where(listing: Listing, reported: str = _REPORTED) -> str:
    parts = {"active": ["k.active"], "closed": ["NOT k.active"]}.get(listing.state, [])
    if listing.reported != "all":
        parts.append(f"{reported} = $reported")
    if listing.search:
        # Of a KUB without an activity nothing is known of the trade: not true, and no match.
        parts.append(
            f"""len(list_filter($words, lambda w: NOT (contains({_TEXT}, w.word)
            OR coalesce(list_contains(w.trades, lower(k.activity)), false)))) = 0"""
        )
    return f"WHERE {' AND '.join(parts)}" if parts else ""


def _values(filters: Filters, listing: Listing) -> dict[str, Any]:
    values = _bound(filters)
    if listing.reported != "all":
        values["reported"] = listing.reported == "yes"
    if listing.search:
        trades = listing.trades or ((),) * len(listing.search)
        values["words"] = [
            {"word": word, "trades": list(called)}
            for word, called in zip(listing.search, trades, strict=True)
        ]
    return values


def _bound(filters: Filters) -> dict[str, Any]:
    return {name: filters.parameters()[name] for name in ("programme", *_NAMES)}


_NAMES = ("districts", "villages", "sectors", "until")
