"""Readers get no money of one or two KUB, and none by adding and subtracting within a year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product as each_pair
from random import Random

import numpy as np
import pytest

import queries
from kub.store import money_cells, money_tables
from kub.store.spans import PRIME, Span
from queries.filters import Filters
from tests.support.database import connection
from tests.support.frames import Row, rows
from tests.support.money_giveaway import named, recovered
from tests.twins.rows import Kub, Records, Report, Village

VILLAGES = tuple(
    Village(f"99.01.0{d}.200{n}", f"Desa {d}{n}", f"99.01.0{d}", f"Kec {d}")
    for d in (1, 2)
    for n in (1, 2)
)
A, B, C, D = (v.code for v in VILLAGES)


def office(*kubs: tuple[str, str], years: int = 1, states: float = 1.0, seed: int = 7) -> Records:
    """A KUB of ten for each (village, sector), each year with its own revenue and assets."""
    random = Random(seed)
    reports = [
        Report(f"K{n:02}", date(2018 + year, 12, 31), 10, 5, money, money)
        for year in range(years)
        for n in range(len(kubs))
        for money in [float(random.randint(1, 10**9)) if random.random() < states else None]
    ]
    return Records(
        "satu",
        VILLAGES,
        tuple(
            Kub(f"K{n:02}", village, sector, date(2018, 1, 1))
            for n, (village, sector) in enumerate(kubs)
        ),
        tuple(reports),
    )


def asked(records: Records, question: str, role: str = "reader", **chosen: object) -> list[Row]:
    with connection((records,)) as con:
        return rows(queries.ask(con, question, Filters("satu", **chosen), role=role))  # type: ignore[arg-type]


def of_villages(records: Records) -> dict[str, bool]:
    """Whether the revenue of each village is told."""
    found = asked(records, "revenue_villages")
    return {row["village_code"]: row["revenue_idr"] is not None for row in found}


def test_one_or_two_kub_are_withheld_with_one_more_village_but_not_the_whole() -> None:
    records = office(*[(A, "makanan")] * 2, *[(B, "makanan")] * 3, *[(C, "makanan")] * 5)
    assert of_villages(records) == {A: False, B: False, C: True}
    [year] = asked(records, "revenue")
    assert (year["earners"], year["assets_kub"]) == (10, 10)
    assert (
        year["revenue_idr"]
        == year["assets_idr"]
        == sum(r.revenue_idr or 0 for r in records.reports)
    )
    [pair] = asked(records, "revenue", villages=(A, B))
    assert pair["revenue_idr"] is not None


def test_two_villages_of_few_suffice_for_each_other() -> None:
    records = office(*[(A, "makanan")] * 2, (B, "kerajinan"), *[(C, "makanan")] * 5)
    assert of_villages(records) == {A: False, B: False, C: True}


def test_villages_and_sectors_are_told_together_where_no_cell_can_be() -> None:
    """Three villages by three sectors, one KUB each: their totals give no single one away."""
    records = office(*each_pair((A, B, C), ("makanan", "kerajinan", "laundry")))
    assert of_villages(records) == {A: True, B: True, C: True}
    sectors = {row["sector"]: row["revenue_idr"] for row in asked(records, "revenue_sectors")}
    assert all(sectors[sector] for sector in ("makanan", "kerajinan", "laundry"))
    [cell] = asked(records, "revenue", villages=(A,), sectors=("makanan",))
    assert (cell["earners"], cell["revenue_idr"], cell["revenue_per_member"]) == (1, None, None)


@pytest.mark.parametrize("kub", [4, 5])
def test_no_median_of_fewer_than_five(kub: int) -> None:
    records = office(*[(A, "makanan")] * kub)
    [row] = asked(records, "revenue")
    assert (row["median_per_kub"] is None, row["revenue_idr"] is None) == (kub < 5, False)
    assert asked(records, "revenue", role="analyst")[0]["median_per_kub"] is not None


@pytest.mark.parametrize("kub", [2, 3])
def test_no_change_of_fewer_than_three(kub: int) -> None:
    """The others state their revenue in one of the two years only, three each."""
    records = office(*[(A, "makanan")] * (kub + 6), years=2)
    left = {
        ("K00", 2018),
        ("K01", 2018),
        ("K02", 2018),
        ("K03", 2019),
        ("K04", 2019),
        ("K05", 2019),
    }
    records = replace(
        records,
        reports=tuple(r for r in records.reports if (r.kub_id, r.reported_on.year) not in left),
    )
    row = asked(records, "revenue")[-1]
    assert (row["matched_kub"], row["matched_change"] is None) == (kub, kub < 3)
    assert asked(records, "revenue", role="analyst")[-1]["matched_change"] is not None


def test_a_change_of_all_but_one_is_withheld() -> None:
    """Of the total and the change the revenue of the one that is new would follow."""
    records = office(*[(A, "makanan")] * 6, years=2)
    records = replace(records, reports=records.reports[1:])  # K00 states none in 2018
    row = asked(records, "revenue")[-1]
    assert (row["matched_kub"], row["revenue_idr"] is None, row["matched_change"]) == (
        5,
        False,
        None,
    )


def test_benchmark_and_shares_follow() -> None:
    records = office((A, "makanan"), (A, "makanan"), *[(A, "kerajinan")] * 4)
    found = {row["sector"]: row for row in asked(records, "revenue_sectors")}
    for sector, few in (("makanan", True), ("kerajinan", True), ("laundry", True)):
        assert (found[sector]["revenue_idr"] is None, found[sector]["share"] is None) == (few, few)
    names = ("revenue_per_kub", "revenue_per_member")
    for sectors, earners in (((), 6), (("makanan",), 2)):
        figures = {row["indicator"]: row for row in asked(records, "benchmark", sectors=sectors)}
        for name in names:
            assert (figures[name]["value"] is None, figures[name]["n"]) == (earners < 3, earners)


def offices(seed: int) -> Records:
    random = Random(seed)
    cells = [
        (
            random.choice((A, A, B, C, D)),
            random.choice(("makanan", "makanan", "kerajinan", "lainnya")),
        )
        for _ in range(random.randint(8, 26))
    ]
    return office(*cells, years=2, states=0.85, seed=seed)


LONGER = [
    pytest.param(seed, most, marks=pytest.mark.thorough)
    for seed, most in ((2, 600), (4, 0), (5, 600), (6, 600), (7, 0), (8, 0))
]


@pytest.mark.parametrize(("seed", "most"), [(1, 600), (3, 0), *LONGER])
def test_no_sums_within_a_year_give_one_or_two_kub_away(
    seed: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """most: of more columns marks are those of money_tables.py."""
    monkeypatch.setattr(money_cells, "MOST_COLUMNS", most)
    records = offices(seed)
    with connection((records,)) as con:
        found, equations = recovered(records, con)
    assert not found
    assert equations > 8


def test_the_attack_finds_what_is_not_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(money_cells, "FEWEST", 0)
    monkeypatch.setattr(money_cells, "gives_away", lambda *_: False)
    records = offices(1)
    with connection((records,)) as con:
        assert recovered(records, con)[0]


def crossed() -> Records:
    """The lower quarter of nine KUB of food is the median of one village's five KUB: only one KUB is
    both, and neither sum gives it away.
    """
    cells = [
        (A, "makanan"),
        *[(B, "makanan")] * 8,
        *[(A, "kerajinan")] * 4,
        *[(B, "kerajinan")] * 2,
    ]
    records = office(*cells)
    food = [30_000_001, 10_000_003, 20_000_007, *(40_000_009 + 10_000_013 * n for n in range(6))]
    crafts = [1_000_003, 2_000_003, 50_000_017, 60_000_011, 7_000_003, 9_000_011]
    return replace(
        records,
        reports=tuple(
            replace(report, revenue_idr=float(money))
            for report, money in zip(records.reports, [*food, *crafts], strict=True)
        ),
    )


def test_no_quarter_of_a_sector_names_a_kub_where_it_is_met_again() -> None:
    records = crossed()
    with connection((records,)) as con:
        [food] = [
            row
            for row in rows(queries.ask(con, "revenue_sectors", Filters("satu")))
            if row["sector"] == "makanan"
        ]
        assert food["lower_per_kub"] == 30_000_000
        assert not named(records, con)
        # In all their digits they would: the attack finds it.
        con.execute("CREATE OR REPLACE MACRO reader.in_two_digits(amount) AS amount")
        assert named(records, con) == ["K00"]


def vectors(*rows_of: list[int]) -> Iterator[np.ndarray]:
    span = Span.empty(len(rows_of[0]))
    for row in rows_of:
        span = span.adding(np.array([row], np.int64))
    random = np.random.default_rng(1)
    yield from (span.orthogonal(random) for _ in range(3))


def test_an_orthogonal_vector_is_zero_over_the_span_alone() -> None:
    for vector in vectors([1, 1, 1, 0], [0, 1, 1, 1], [1, 1, 1, 0]):
        for sums, inside in (([1, 1, 1, 0], True), ([1, 0, 0, -1], True), ([0, 1, 1, 0], False)):
            assert (int(vector @ np.array(sums)) % PRIME == 0) is inside


def test_a_pair_of_single_kub_is_given_away_by_their_sum() -> None:
    kub = np.array([1, 1, 4])
    assert money_cells.gives_away(np.array([5, PRIME - 5, 9]), kub)
    assert money_cells.gives_away(np.array([0, 7, 9]), kub)
    assert not money_cells.gives_away(np.array([5, 7, 0]), kub)


def spanned_rows(row: np.ndarray, column: np.ndarray, told: np.ndarray) -> Span:
    """The span of all that is told of rows, columns and cells."""
    rows_of = [label == code for label in (row, column) for code in np.unique(label)]
    rows_of += list(np.eye(len(row), dtype=bool)[told])
    return Span.empty(len(row)).adding(np.array(rows_of, np.int64))


def test_a_circulation_adds_up_to_0_over_each_row_and_column_and_over_nothing_else() -> None:
    random = np.random.default_rng(3)
    row, column = random.integers(0, 9, 30), random.integers(0, 6, 30)
    marks = money_tables.circulation(row, column, random)
    span = spanned_rows(row, column, np.zeros(30, bool))
    for mark in marks:
        for label in (row, column):
            assert not any(mark[label == code].sum() % PRIME for code in np.unique(label))
        # As many cells are free as the rows and columns leave, so bridges alone are 0.
        assert ((mark == 0) == (span.orthogonal(random) == 0)).all()


@pytest.mark.parametrize("seed", range(12))
def test_tables_of_all_shapes_give_no_cell_and_no_pair_away(seed: int) -> None:
    """Checked with all that the marks let a reader ask: any villages by any sectors of a district."""
    random = np.random.default_rng(seed)
    number = int(random.integers(4, 14))
    village = np.repeat(np.arange(number), 3)
    sector = np.tile(np.arange(3), number)
    kub = random.choice([0, 0, 1, 1, 2, 3, 6], len(village))
    here = kub > 0
    village, sector, kub = village[here], sector[here], kub[here]
    marks = money_tables.table_marks(village, village % 3, sector, kub, random)
    assert not money_cells.gives_away(marks, kub)
    told = [
        where
        for label in (village, sector, village % 3, village % 3 * 3 + sector)
        for where in (label == code for code in np.unique(label))
        if marks[where].sum() % PRIME == 0
    ]
    assert kub.sum() < 3 or marks.sum() % PRIME == 0
    span = Span.empty(len(kub)).adding(np.array([*told, *np.diag(marks == 0)], np.int64))
    assert not money_cells.gives_away(span.orthogonal(random), kub)
