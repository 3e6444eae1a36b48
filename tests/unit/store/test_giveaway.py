"""No answers together give away 1-4 people: every question,
filter, year and version, by elimination.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

import queries
from kub.store import database, opening
from kub.store.disclosure import BlockPart, recovers, shared_sums
from kub.store.versions import Version
from queries.filters import Filters
from tests.conftest import examples
from tests.support.database import connection, programme
from tests.support.frames import rows
from tests.support.giveaway import QUESTIONS, Attack, Opened, Reader, asked, attack
from tests.support.histories import history
from tests.twins.rows import Kub, Records, Report, Village


@contextmanager
def opened(successive: list[Records]) -> Iterator[list[Opened]]:
    """The versions of a folder, all built before the first is opened."""
    with TemporaryDirectory() as folder:
        built: list[Version] = [database.build([programme(r)], Path(folder)) for r in successive]
        versions = [Opened(r, opening.connect(v)) for r, v in zip(successive, built, strict=True)]
        yield versions
        for version in versions:
            version.con.close()


def attacked(seed: int, everything: bool = False) -> Attack:
    with opened(history(seed)) as versions:
        return attack(versions, everything)


@pytest.mark.faults
def test_no_answers_together_give_few_people_away() -> None:
    cell_years = 0
    for seed in range(examples(2)):
        result = attacked(seed, everything=seed % 20 == 19)
        assert not result.recovered, (seed, result.recovered[:5])
        cell_years += len(result.cell_years)
    assert cell_years


@pytest.mark.thorough
def test_no_answers_under_every_filter_give_few_people_away() -> None:
    for seed in (2, 5):
        assert not attacked(seed, everything=True).recovered


A, B = "99.01.01.2001", "99.01.01.2002"
VILLAGES = (Village(A, "Satu", "99.01.01", "Kec"), Village(B, "Dua", "99.01.01", "Kec"))


def records(kubs: tuple[Kub, ...], *reports: tuple[str, int, int]) -> Records:
    return Records(
        "satu", VILLAGES, kubs, tuple(Report(k, date(y, 12, 31), m, m // 2) for k, y, m in reports)
    )


def test_a_kub_that_came_while_nobody_reported_is_not_the_difference_of_two_years() -> None:
    """The totals 20 and 24 would give the 4 away: the older year goes, for joining cannot help."""
    kubs = (Kub("K1", A, "makanan", date(2017, 1, 1)), Kub("K2", A, "makanan", date(2018, 6, 1)))
    with opened([records(kubs, ("K1", 2017, 20), ("K2", 2018, 4))]) as versions:
        growth = rows(queries.ask(versions[0].con, "growth", Filters("satu")))
        assert [row["members"] for row in growth] == [None, 24]
        assert not attack(versions).recovered


def test_an_older_version_withholds_what_the_newer_would_give_away() -> None:
    """20 in the older version and 23 in the newer, which knows of one KUB more."""
    kubs = (Kub("K1", A, "makanan", date(2017, 1, 1)), Kub("K2", B, "makanan", date(2017, 1, 1)))
    successive = [
        records(kubs[:1], ("K1", 2017, 20)),
        records(kubs, ("K1", 2017, 20), ("K2", 2017, 3)),
    ]
    with opened(successive[:1]) as [alone]:
        assert rows(queries.ask(alone.con, "headline", Filters("satu")))[0]["members"] == 20
    with opened(successive) as versions:
        found = [
            rows(queries.ask(v.con, "headline", Filters("satu")))[0]["members"] for v in versions
        ]
        assert found == [None, 23]
        assert not attack(versions).recovered


def test_versions_of_before_are_protected_when_they_are_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kubs = (Kub("K1", A, "makanan", date(2017, 1, 1)), Kub("K2", B, "makanan", date(2017, 1, 1)))
    successive = [
        records(kubs[:1], ("K1", 2017, 20)),
        records(kubs, ("K1", 2017, 20), ("K2", 2017, 3)),
    ]
    read = [programme(r) for r in successive]
    with monkeypatch.context() as before, TemporaryDirectory() as folder:
        before.setattr("kub.store.small_cells.protect", lambda *_: None)
        built = [database.build([p], Path(folder)) for p in read]
        before.undo()
        versions = [Opened(r, opening.connect(v)) for r, v in zip(successive, built, strict=True)]
        assert [
            rows(queries.ask(v.con, "headline", Filters("satu")))[0]["members"] for v in versions
        ] == [None, 23]
        for version in versions:
            version.con.close()


def test_the_attack_knows_every_figure_that_rests_on_members() -> None:
    """What changes with the numbers of reports alone is about people: a
    new such question has to be attacked.
    """
    one = history(4)[-1]
    other = replace(
        one,
        reports=tuple(
            replace(r, members=2 * r.members + 7, women=None if r.women is None else r.women + 3)
            for r in one.reports
        ),
    )
    with connection((one,)) as con, connection((other,)) as beside:
        people = {
            question
            for question in queries.QUESTIONS
            for measure in ("kub", "members")
            if not queries.ask(
                con, question, Filters("satu", measure=measure), role="analyst"
            ).equals(
                queries.ask(beside, question, Filters("satu", measure=measure), role="analyst")
            )
        }
    assert people <= set(QUESTIONS)
    assert people >= {"headline", "growth", "village_kub", "reconcile"} or not one.published
    assert {question for question, _ in asked(one)} == set(QUESTIONS)
    assert all(hasattr(Reader, question) for question in QUESTIONS)


def test_sums_recover_only_what_lies_in_their_span() -> None:
    people = np.array([20, 3, 9])
    assert recovers(np.array([[1.0, 1, 1], [1, 0, 1]]), people)
    assert not recovers(np.array([[1.0, 1, 1], [1, 0, 0]]), people)
    # Two of few together are five: neither is singled out.
    assert not recovers(np.array([[1.0, 1, 0], [0, 0, 1]]), np.array([2, 3, 9]))


def test_a_shared_sum_of_many_blocks_is_told_and_one_that_differs_in_one_block_is_not() -> None:
    def block(new: float) -> BlockPart:
        return BlockPart(np.array([[1.0, 1]]), np.array([[1.0, 1 - new]]), np.array([9, 3]))

    assert shared_sums([block(1), *[block(0)] * 9], 1) == [False]
    assert shared_sums([block(1)] * 9, 1) == [True]
    assert shared_sums([block(0)] * 3, 1) == [True]
