"""Which figures of money would let a reader work out those of one or two KUB.

What a reader may know: which KUB live where, how many of any scope state their revenue or assets,
and every figure that is released in one year. Not known is what each KUB states. A column is the
money of the KUB of a cell (a village and sector) that stand in the same sums: a cell is divided by
whether its KUB have members, and whether they stated their revenue in the year before and in the
year after too. A change of revenue is of those alone, and counts as if both its sums were shown.

Sums of the programme, of villages, sectors, districts and cells are released one after the other,
as long as the money of no one or two KUB lies in their span (spans.py). The vector that knows the
span is stored as marks of cells, so what is told of any scope is what follows from these sums.

Refused: the blocks of small_cells.py, which keep members over years and versions. Most cells hold
one or two KUB: nearly all would be joined, and no sector's total would stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product as combinations

import duckdb
import numpy as np
import pyarrow as pa

import queries
from kub.store.disclosure import Integers
from kub.store.spans import PRIME, Span, product

# The money of fewer KUB is not told.
FEWEST = 3
# Of more columns in a year each district is looked at by itself: work grows with the third power.
MOST_COLUMNS = 600
# Which KUB of a cell a sum is about: all that state it; of these those with members; those that
# stated it in the year before; those that do in the year after.
ALL, WITH_MEMBERS, MATCHED, FOLLOWED = range(4)
KINDS = ("with_members", "matched", "followed")
MARKS = ("mark", "member_mark", "matched_mark", "followed_mark")


@dataclass(frozen=True)
class Columns:
    """Who states money in one year: columns with their place, number of KUB, and kinds.

    kinds: kinds x columns, 1 where the KUB of the column are of that kind, else 0.
    """

    village: Integers
    district: Integers
    sector: Integers
    kub: Integers
    kinds: Integers

    def of(self, chosen: Integers) -> "Columns":
        """Some of the columns."""
        return Columns(
            self.village[chosen],
            self.district[chosen],
            self.sector[chosen],
            self.kub[chosen],
            self.kinds[:, chosen],
        )

    @property
    def cell(self) -> Integers:
        """A number for each village and sector."""
        return self._with_sector(self.village)

    @property
    def group(self) -> Integers:
        """A number for each district and sector."""
        return self._with_sector(self.district)

    def _with_sector(self, place: Integers) -> Integers:
        return place * (int(self.sector.max()) + 1) + self.sector

    def sums(self, kind: int, of_all: bool = True) -> Iterator[Integers]:
        """Rows of the sums worth releasing, level by level, the most important first.

        of_all: those of sectors too, which go over all districts.
        """
        whole = np.zeros(len(self.kub), np.int64)
        wide = [self.sector] if of_all else []
        for keys in [whole, self.village, *wide, self.district, self.group, self.cell]:
            labels, place = np.unique(keys, return_inverse=True)
            number = np.bincount(place, self.kub * self.kinds[kind], len(labels))
            # The largest first: each sum that is released narrows what can follow.
            order = [
                label for label in np.argsort(-number, kind="stable") if number[label] >= FEWEST
            ]
            yield (place[None] == np.array(order, np.int64)[:, None]) * self.kinds[kind]


def gives_away(marks: Integers, kub: Integers) -> bool:
    """Whether the money of one or two KUB lies in the span that a vector is orthogonal to.

    marks, kub: of each column.
    """
    # Two KUB are one column of two or two of one.
    single = marks[kub == 1]
    return bool((marks[kub < FEWEST] == 0).any() or np.isin(PRIME - single, single).any())


def release(span: Span, rows: Integers, kub: Integers, random: np.random.Generator) -> Span:
    """The span with as many of these rows as can be released, the first ones first."""
    if not len(rows):
        return span
    tried = span.adding(rows)
    if not gives_away(tried.orthogonal(random), kub):
        return tried
    half = len(rows) // 2
    for part in (rows[:half], rows[half:]) if half else ():
        span = release(span, part, kub, random)
    return span


def marks_of(columns: Columns, random: np.random.Generator) -> Integers:
    """A number for each kind and column, modulo PRIME.

    Those of a kind add up to 0 over a scope where its sum of that kind may be told.
    """
    if len(columns.kub) > MOST_COLUMNS:
        return _marks_of_many(columns, random)
    span = Span.empty(len(columns.kub))
    for kind in range(len(columns.kinds)):
        if kind == ALL or (columns.kinds[kind] != columns.kinds[ALL]).any():
            for rows in columns.sums(kind):
                span = release(span, rows, columns.kub, random)
    return span.orthogonal(random) * columns.kinds


def _marks_of_many(columns: Columns, random: np.random.Generator) -> Integers:
    """The same of many columns: each district by itself, then what is of all of them."""
    _, first, place = np.unique(columns.cell, return_index=True, return_inverse=True)
    whole = columns.of(first)
    whole.kub[:] = np.bincount(place, columns.kub)
    parts = _districts(whole)
    sectors = np.unique(whole.sector)
    # Random vectors of each district, one more than there are sums over all districts.
    vectors = []
    for part in parts:
        district = whole.of(part)
        span = Span.empty(len(part))
        for rows in district.sums(ALL, of_all=False):
            span = release(span, rows, district.kub, random)
        vectors.append(np.array([span.orthogonal(random) for _ in range(len(sectors) + 2)]))
    marks = np.zeros_like(columns.kinds)
    marks[:, first] = _joined(whole, parts, vectors, sectors, random)
    # A cell in which some have no members is left out: there are hardly ever any.
    some = np.unique(place[columns.kinds[WITH_MEMBERS] == 0])
    marks[WITH_MEMBERS, first[some]] = random.integers(1, PRIME, len(some))
    marks[MATCHED:, first] = _divided(columns, place, random)
    return marks


def _districts(cells: Columns) -> list[Integers]:
    """The cells of each district; one of too few KUB goes with the next, so that both are told."""
    parts: list[Integers] = []
    few = np.zeros(0, np.int64)
    for code in np.unique(cells.district):
        few = np.append(few, np.flatnonzero(cells.district == code))
        if cells.kub[few].sum() >= FEWEST:
            parts.append(few)
            few = few[:0]
    if len(few):
        parts = [*parts[:-1], np.concatenate([*parts[-1:], few])]
    return parts


def _joined(
    cells: Columns,
    parts: list[Integers],
    vectors: list[Integers],
    sectors: Integers,
    random: np.random.Generator,
) -> Integers:
    """Marks of all districts together, with the whole and as many sectors as can be released."""

    def combined(span: Span) -> Integers:
        marks = np.zeros(len(cells.kub), np.int64)
        ends = np.cumsum([len(own) for own in vectors])[:-1]
        for share, own, part in zip(
            np.split(span.orthogonal(random), ends), vectors, parts, strict=True
        ):
            marks[part] = product(share[None], own)[0]
        return marks

    span = Span.empty(sum(len(own) for own in vectors))
    marks = combined(span)
    for here in (np.ones(len(cells.kub), bool), *(cells.sector == sector for sector in sectors)):
        sums = [
            (own * here[part]).sum(axis=1) % PRIME for own, part in zip(vectors, parts, strict=True)
        ]
        tried = span.adding(np.concatenate(sums)[None])
        fresh = combined(tried)
        if not gives_away(fresh, cells.kub):
            span, marks = tried, fresh
    return marks


def _divided(columns: Columns, cell: Integers, random: np.random.Generator) -> Integers:
    """Marks of cells, kinds x cells, for sums of those MATCHED and of those FOLLOWED.

    They are released over districts' sectors in which whatever is made of the two takes in at
    least one KUB of FEWEST cells: no multiple of the whole of a cell takes away a part of it.
    """
    count, kinds = int(cell.max()) + 1, columns.kinds[MATCHED:]
    # All that matters of a combination is where it is constant over a cell: small numbers do.
    ways = [np.array(way) for way in combinations(range(-2, 3), repeat=len(kinds)) if any(way)]
    low, high = np.full((len(ways), count), 9), np.full((len(ways), count), -9)
    for number, way in enumerate(ways):
        np.minimum.at(low[number], cell, way @ kinds)
        np.maximum.at(high[number], cell, way @ kinds)
    mixed, stands = low < high, (low != 0) | (high != 0)
    group, sector = np.zeros(count, np.int64), np.zeros(count, np.int64)
    group[cell], sector[cell] = columns.group, columns.sector

    def least(labels: list[int]) -> int:
        """In how many cells a combination that stands anywhere there is not constant."""
        here = np.isin(group, labels)
        number = mixed[:, here].sum(axis=1)
        return int(number[stands[:, here].any(axis=1)].min(initial=FEWEST))

    part = group.copy()
    for code in np.unique(sector):
        labels = sorted(np.unique(group[sector == code]).tolist(), key=lambda label: least([label]))
        few: list[int] = []
        # Those that do not suffice go together, with as many others as it takes.
        while labels and (least(labels[:1]) < FEWEST or least(few) < FEWEST):
            few.append(labels.pop(0))
        part[np.isin(group, few)] = few[0] if few and least(few) >= FEWEST else -1
    marks = random.integers(1, PRIME, (len(kinds), count))
    for label in np.unique(part[part >= 0]):
        inside = np.flatnonzero(part == label)
        marks[:, inside[0]] = -marks[:, inside[1:]].sum(axis=1) % PRIME
    return marks


def protect(con: duckdb.DuckDBPyConnection) -> None:
    """Work out money.mark from the table kub_money of this connection."""
    rows = con.sql(queries.model("money_columns")).to_arrow_table()
    con.execute(
        """CREATE TEMP TABLE found_mark (programme_id VARCHAR, year INTEGER, what VARCHAR,
        village_code VARCHAR, district_code VARCHAR, sector VARCHAR, mark BIGINT,
        member_mark BIGINT, matched_mark BIGINT, followed_mark BIGINT)"""
    )
    if len(rows):
        con.from_arrow(_marked(rows)).insert_into("found_mark")
    con.execute(queries.model("money_marks"))


def _marked(rows: pa.Table) -> pa.Table:
    """The rows of queries/model/money_columns.sql as those of found_mark."""
    names = ["programme_id", "year", "what", "village_code", "district_code", "sector"]
    programme, year, what, village, district, sector = (_numbers(rows[name]) for name in names)
    kub, seed = (rows[name].to_numpy() for name in ("kub", "seed"))
    kinds = np.stack([np.ones(len(kub), np.int64), *(rows[name].to_numpy() for name in KINDS)])
    marks = np.zeros((1 + len(KINDS), len(kub)), np.int64)
    # The rows of a year stand together.
    new = np.any([np.diff(key, prepend=-1) != 0 for key in (programme, what, year)], axis=0)
    for here in np.split(np.arange(len(kub)), np.flatnonzero(new)[1:]):
        random = np.random.default_rng(seed[here].tolist())
        columns = Columns(village[here], district[here], sector[here], kub[here], kinds[:, here])
        marks[:, here] = marks_of(columns, random)
    table = rows.select(names)
    for name, of_kind in zip(MARKS, marks, strict=True):
        table = table.append_column(name, pa.array(of_kind))
    return table


def _numbers(values: pa.ChunkedArray) -> Integers:
    """Equal values as the same number."""
    return np.asarray(values.dictionary_encode().combine_chunks().indices.to_numpy(), np.int64)
