"""Which figures of money would let a reader work out those of one or two KUB.

What a reader may know: which KUB live where, how many of any scope state their revenue or assets,
and every figure that is released in one year. Not known is what each KUB states. A column is the
money of the KUB of a cell (a village and sector) that stand in the same sums: a cell is divided by
whether its KUB have members, and whether they stated their revenue in the year before and in the
year after too. A change of revenue is of those alone, and counts as if both its sums were shown.

Sums of the programme, of villages, sectors, districts and cells are released one after the other,
as long as the money of no one or two KUB lies in their span (spans.py). The vector that knows the
span is stored as marks of cells, so what is told of any scope is what follows from these sums.
Of many cells money_tables.py works the marks out.

Refused: the blocks of small_cells.py, which keep members over years and versions. Most cells hold
one or two KUB: nearly all would be joined, and no sector's total would stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import duckdb
import numpy as np
import pyarrow as pa

import queries
from kub.progress import Progress, silent
from kub.store.disclosure import Integers
from kub.store.money_tables import FEWEST, table_marks
from kub.store.spans import PRIME, Span

# Of more columns in a year money_tables.py withholds more: work here grows with the third power.
MOST_COLUMNS = 600
# Columns of several years that are held at once: those of a country would take a gigabyte.
MOST_ROWS = 300_000
# Which KUB of a cell a sum is about: all that state it; of these those with members; those that
# stated it in the year before; those that do in the year after.
ALL, WITH_MEMBERS, MATCHED, FOLLOWED = range(4)
KINDS = ("with_members", "matched", "followed")
MARKS = ("mark", "member_mark", "matched_mark", "followed_mark")
# Combinations of the sums of those MATCHED and of those FOLLOWED: any other is constant over no
# more cells than all of these.
WAYS = np.array([(1, 0), (0, 1), (1, 1), (1, -1)])


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

    def sums(self, kind: int) -> Iterator[Integers]:
        """Rows of the sums worth releasing, level by level, the most important first."""
        whole = np.zeros(len(self.kub), np.int64)
        keys_of = [whole, self.village, self.sector, self.district, self.group, self.cell]
        for keys in keys_of:
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
    """The same of many columns: cells by money_tables.py, then what is of some of a cell."""
    _, first, place = np.unique(columns.cell, return_index=True, return_inverse=True)
    cells = columns.of(first)
    kub = np.zeros(len(first), np.int64)
    np.add.at(kub, place, columns.kub)
    marks = np.zeros_like(columns.kinds)
    marks[:, first] = table_marks(cells.village, cells.district, cells.sector, kub, random)
    # A cell in which some have no members is left out: there are hardly ever any.
    some = np.unique(place[columns.kinds[WITH_MEMBERS] == 0])
    marks[WITH_MEMBERS, first[some]] = random.integers(1, PRIME, len(some))
    marks[MATCHED:, first] = _divided(columns, place, random)
    return marks


def _divided(columns: Columns, cell: Integers, random: np.random.Generator) -> Integers:
    """Marks of cells, kinds x cells, for sums of those MATCHED and of those FOLLOWED.

    They are released over districts' sectors in which whatever is made of the two takes in at
    least one KUB of FEWEST cells: no multiple of the whole of a cell takes away a part of it.
    """
    count, kinds = int(cell.max()) + 1, columns.kinds[MATCHED:]
    _, first, place = np.unique(columns.group, return_index=True, return_inverse=True)
    group = np.zeros(count, np.int64)
    group[cell] = place
    # Of each combination that matters, in how many cells of a group it is not constant, and whether
    # it stands there at all.
    mixed = np.zeros((len(WAYS), len(first)), np.int64)
    stands = np.zeros_like(mixed, bool)
    for number, way in enumerate(WAYS):
        low, high = np.full(count, 9), np.full(count, -9)
        np.minimum.at(low, cell, way @ kinds)
        np.maximum.at(high, cell, way @ kinds)
        mixed[number] = np.bincount(group[low < high], minlength=len(first))
        stands[number, group[(low != 0) | (high != 0)]] = True

    def least(groups: list[int]) -> int:
        """In how many cells a combination that stands anywhere there is not constant."""
        number = mixed[:, groups].sum(axis=1)
        return int(number[stands[:, groups].any(axis=1)].min(initial=FEWEST))

    part = np.arange(len(first))
    sectors = columns.sector[first]
    for code in np.unique(sectors):
        groups = sorted(np.flatnonzero(sectors == code).tolist(), key=lambda label: least([label]))
        few: list[int] = []
        # Those that do not suffice go together, with as many others as it takes.
        while groups and (least(groups[:1]) < FEWEST or least(few) < FEWEST):
            few.append(groups.pop(0))
        part[few] = few[0] if few and least(few) >= FEWEST else -1
    marks = random.integers(1, PRIME, (len(kinds), count))
    # The first cell of a part that is released makes up for its others.
    label, start, part_of = np.unique(part[group], return_index=True, return_inverse=True)
    total = np.zeros((len(kinds), len(label)), np.int64)
    np.add.at(total.T, part_of, marks.T)
    released = start[label >= 0]
    marks[:, released] = (marks[:, start] - total)[:, label >= 0] % PRIME
    return marks


def protect(con: duckdb.DuckDBPyConnection, progress: Progress = silent) -> None:
    """Work out money.mark from the table kub_money of this connection. progress: as it goes on."""
    con.execute(f"CREATE TEMP TABLE money_column AS {queries.model('money_columns')}")
    con.execute(
        """CREATE TEMP TABLE found_mark (programme_id VARCHAR, year INTEGER, what VARCHAR,
        village_code VARCHAR, district_code VARCHAR, sector VARCHAR, mark BIGINT,
        member_mark BIGINT, matched_mark BIGINT, followed_mark BIGINT)"""
    )
    parts = list(_parts(con))
    for number, part in enumerate(parts):
        progress(number / len(parts), "progress.facts")
        con.register("part", pa.Table.from_pylist(part))
        rows = con.sql(
            """SELECT c.* FROM money_column c SEMI JOIN part USING (programme_id, what, year)
            ORDER BY programme_id, what, year, village_code, sector, with_members, matched,
              followed"""
        ).to_arrow_table()
        con.from_arrow(_marked(rows)).insert_into("found_mark")
        con.unregister("part")
    con.execute("DROP TABLE money_column")
    con.execute(queries.model("money_marks"))


def _parts(con: duckdb.DuckDBPyConnection) -> Iterator[list[dict[str, object]]]:
    """The years of money_column, as many together as MOST_ROWS allows; none is divided."""
    years = con.execute(
        "SELECT programme_id, what, year, count(*) FROM money_column GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    part: list[dict[str, object]] = []
    rows = 0
    for programme, what, year, count in years:
        if part and rows + count > MOST_ROWS:
            yield part
            part, rows = [], 0
        part.append({"programme_id": programme, "what": what, "year": year})
        rows += count
    if part:
        yield part


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
        random = np.random.default_rng(_seed(seed[here]))
        columns = Columns(village[here], district[here], sector[here], kub[here], kinds[:, here])
        marks[:, here] = marks_of(columns, random)
    table = rows.select(names)
    for name, of_kind in zip(MARKS, marks, strict=True):
        table = table.append_column(name, pa.array(of_kind))
    return table


def _seed(values: Integers) -> list[int] | int:
    """What all these numbers decide; of many their digest, for a generator is slow to take them."""
    if len(values) <= MOST_COLUMNS:
        return [int(value) for value in values]
    return int.from_bytes(sha256(values.tobytes()).digest())


def _numbers(values: pa.ChunkedArray) -> Integers:
    """Equal values as the same number."""
    return np.asarray(values.dictionary_encode().combine_chunks().indices.to_numpy(), np.int64)
