"""The replication plan: by hand, under any figures, and in words."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.answers.answer import answer, build_answer
from kub.answers.source import source_line
from kub.findings.plan import assumptions
from kub.findings.replication import (
    COLUMNS,
    GOALS,
    Assumptions,
    Plan,
    Regency,
    band,
    by_sector,
    course,
    made,
    missing,
    reach,
    shares_of,
)
from kub.store.data import Data
from kub.store.database import current
from queries.filters import SECTORS, Filters

ID, EN = words.of("id"), words.of("en")
DAY = date(2023, 12, 31)


def side(**changes: Any) -> Regency:
    said: dict[str, Any] = {
        "regency": "A",
        "kub": 40,
        "members": 600,
        "villages": 100,
        "covered": 10,
    }
    return Regency(
        **(said | {"population": 100_000, "as_of": DAY, "sectors": (20, 10, 10, 0, 0)} | changes)
    )


def pace_of(
    kub: list[int], covered: list[int], low: float = 0.5, high: float = 1.5
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"age": range(1, len(kub) + 1), "kub": kub, "covered": covered, "founded": kub}
    )
    return frame.assign(slow_villages=low, fast_villages=1.1, slow_years=0.8, fast_years=high)


HOST, PACE = side(), pace_of([10, 30, 40, 38], [5, 10, 10, 10])
GUEST = side(
    regency="B", kub=8, members=100, villages=50, covered=4, population=50_000, sectors=None
)


def assume(**changes: Any) -> Assumptions:
    said: dict[str, Any] = {
        "goal": "residents",
        "years": 3,
        "first_year": 2027,
        "members_per_kub": 15.0,
    }
    return Assumptions(**(said | {"mix": "host", "shares": (20, 10, 10, 0, 0)} | changes))


def test_a_plan_reckoned_by_hand() -> None:
    """40 KUB per 100,000 residents are 20 for 50,000: 12 more; at 4 per
    village they fill 5 villages, 1 more.
    """
    plan = made(HOST, GUEST, PACE, assume())
    assert (plan.kub, plan.villages, plan.slow, plan.fast) == (12, 1, 0.5, 1.5)
    assert list(plan.frame.columns) == list(COLUMNS)
    assert plan.frame[list(COLUMNS[:8])].to_numpy().tolist() == [
        # the host had a quarter after its first year, of KUB and half of villages
        [1, 2027, 11, 3, 10, 12, 145, 4],
        [2, 2028, 17, 6, 12, 22, 235, 5],
        [3, 2029, 20, 3, 14, 26, 280, 5],
    ]
    assert plan.frame[list(SECTORS)].sum().tolist() == [6, 3, 3, 0, 0]
    assert plan.founded_per_kub == 118 / 38


def test_each_goal_has_its_own_need() -> None:
    assert missing(HOST, GUEST, "villages") == (12, 1)
    # 10 of 100 villages are 5 of 50: one more, with the 4 KUB of a village of the host.
    assert missing(HOST, GUEST, "coverage") == (4, 1)
    assert missing(HOST, side(covered=20), "coverage") == (0, 0)
    # Rounded up without the last bit of a float: 0.1 * 30 would be 4.
    assert missing(side(kub=10, population=100), side(kub=0, population=30), "residents")[0] == 3


def test_the_course_is_the_hosts_up_to_its_peak_stretched_or_pressed() -> None:
    assert reach(PACE, "residents") == 3 and reach(PACE, "coverage") == 2
    assert course(PACE, "residents", 3, "kub") == [0.25, 0.75, 1.0]
    assert course(PACE, "residents", 6, "kub") == pytest.approx(
        [0.125, 0.25, 0.5, 0.75, 0.875, 1.0]
    )
    assert course(PACE, "coverage", 1, "kub") == [1.0]


def test_the_band_is_the_wider_quarter_and_never_on_the_wrong_side() -> None:
    assert band(PACE) == (0.5, 1.5)
    assert band(
        PACE.assign(slow_villages=1.2, slow_years=float("nan"), fast_villages=0.9, fast_years=0.8)
    ) == (1, 1)
    assert band(PACE[:0]) == (1, 1)


def test_new_kub_go_where_most_are_missing() -> None:
    assert by_sector([1, 3], (2, 1, 1)) == [[1, 0, 0], [1, 1, 1]]
    assert by_sector([5], (0, 0, 3)) == [[0, 0, 5]]
    many = by_sector([7, 10**9], (5, 3, 1))
    assert [sum(year) for year in many] == [7, 10**9]
    shares = [sum(parts) / (10**9 + 7) for parts in zip(*many, strict=True)]
    assert shares == pytest.approx([5 / 9, 3 / 9, 1 / 9], abs=1e-6)


def test_a_mix_nobody_knows_is_the_even_one() -> None:
    assert shares_of("host", HOST, GUEST) == (20, 10, 10, 0, 0)
    assert shares_of("guest", HOST, GUEST) == shares_of("equal", HOST, GUEST) == (1,) * 5
    assert shares_of("free", HOST, GUEST, [0, 0, 0, 0, 50]) == (0, 0, 0, 0, 50)
    assert shares_of("free", HOST, GUEST, [0, 0, 0, 0, 0]) == (1,) * 5


@pytest.mark.parametrize(
    ("host", "guest", "pace", "state"),
    [
        (HOST, side(kub=60), PACE, "reached"),
        (HOST, side(population=None), PACE, "population"),
        (side(population=None), GUEST, PACE, "population"),
        (side(kub=0, covered=0), GUEST, PACE, "host"),
        (HOST, GUEST, PACE[:0], "host"),
        (HOST, GUEST, pace_of([0], [0]), "host"),
        (HOST, side(villages=0), PACE, "places"),
    ],
)
def test_where_there_is_no_plan_it_is_said_why(
    host: Regency, guest: Regency, pace: pd.DataFrame, state: str
) -> None:
    plan = made(host, guest, pace, assume())
    assert plan.state == state and plan.frame.empty and list(plan.frame.columns) == list(COLUMNS)


counts = st.integers(1, 400)


@given(
    host_kub=counts,
    host_villages=counts,
    guest_kub=st.integers(0, 400),
    guest_villages=counts,
    years=st.integers(1, 40),
    goal=st.sampled_from(GOALS),
    grown=st.lists(st.integers(0, 60), min_size=1, max_size=15),
    shares=st.tuples(*[st.integers(0, 9)] * 5).filter(any),
    data=st.data(),
)
def test_any_plan_adds_up_and_reaches_its_goal(
    host_kub: int,
    host_villages: int,
    guest_kub: int,
    guest_villages: int,
    years: int,
    goal: str,
    grown: list[int],
    shares: tuple[int, ...],
    data: Any,
) -> None:
    host = side(
        kub=host_kub,
        villages=host_villages,
        covered=data.draw(st.integers(1, min(host_kub, host_villages))),
    )
    covered = data.draw(st.integers(min(1, guest_kub), min(guest_kub, guest_villages)))
    guest = side(
        kub=guest_kub,
        members=15 * guest_kub,
        villages=guest_villages,
        covered=covered,
        population=30_000,
    )
    pace = pace_of(
        grown,
        [min(each, 14) for each in grown],
        data.draw(st.floats(0, 2)),
        data.draw(st.floats(0, 3)),
    )
    plan = made(host, guest, pace, assume(goal=goal, years=years, shares=shares))
    frame = plan.frame
    if plan.state:
        assert frame.empty
        return
    assert (frame[list(SECTORS)].sum(axis=1) == frame["kub_added"]).all()
    assert (frame["kub"].diff().fillna(frame["kub"] - guest.kub) == frame["kub_added"]).all()
    assert (frame["kub_low"] <= frame["kub"]).all() and (frame["kub"] <= frame["kub_high"]).all()
    assert (frame >= 0).all(axis=None) and len(frame) == years
    assert (frame["villages"] <= guest.villages).all() and frame["villages"].is_monotonic_increasing
    last = frame.iloc[-1]
    assert (last["kub"], last["villages"]) == (guest.kub + plan.kub, guest.covered + plan.villages)
    if goal == "villages":
        assert last["kub"] * host.villages >= host.kub * guest.villages
    if goal == "coverage":
        assert last["villages"] * host.villages >= host.covered * guest.villages


def said(plan: Plan, data: Data, language: words.Words, mode: str = "light") -> Any:
    filters = data.resolved(Filters())
    return build_answer(data, "plan", plan.frame, filters, language, mode, computed={"plan": plan})


@pytest.mark.usefixtures("sample_data")
def test_the_plan_in_words_and_lines() -> None:
    data = Data.open(current())
    plan = made(HOST, GUEST, PACE, assume())
    found = said(plan, data, EN)
    assert (
        found.title
        == "B needs 12 more KUB in 3 years to match A per 10,000 residents: about 4 a year (2–6)"
    )
    assert "At the end of 2029: 20 KUB, 280 members, 5 of 50 villages (now 4)" in found.takeaway
    assert "Food 6, Crafts 3" in found.takeaway
    assert (
        EN("source.programmes", n=len(data.programmes)) in source_line(found.source, EN)
        and found.source.sample
    )
    line = found.figure["data"][2]
    assert (line["x"], line["y"]) == ([2026, 2027, 2028, 2029], [8, 11, 17, 20])
    texts = [note["text"] for note in found.figure["layout"]["annotations"]]
    assert "<b>20</b>" in texts and "14 slower" in texts and EN("plan.goal_line", host="A") in texts
    few = said(made(HOST, side(kub=37), PACE, assume()), data, ID)
    assert "sekitar 1,0 per tahun (0,5–1,5)" in few.title
    # the band is too narrow for values of its own
    assert len(few.figure["layout"]["annotations"]) == 3


@pytest.mark.parametrize("language", [ID, EN], ids=lambda each: each.lang)
@pytest.mark.parametrize("goal", GOALS)
def test_every_assumption_is_a_sentence(language: words.Words, goal: str) -> None:
    plan = made(HOST, GUEST, PACE, assume(goal=goal))
    assert len(assumptions(plan, language, 3)) == 9
    aided = made(
        HOST, side(regency="B", kub=1, because="aided"), PACE, assume(goal=goal, mix="free")
    )
    listed = assumptions(aided, language, 5)
    assert len(listed) == 10 and language("cell.because.aided") in listed[2]
    assert listed[3] != assumptions(plan, language, 3)[2]


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize("language", [ID, EN], ids=lambda each: each.lang)
def test_no_plan_is_said_and_says_what_to_do(language: words.Words) -> None:
    data = Data.open(current())
    for guest in (side(kub=60), side(regency="B", population=None), side(villages=0)):
        found = said(made(HOST, guest, PACE, assume()), data, language)
        assert found.figure is None and found.title and found.takeaway
    assert (
        "B"
        in said(
            made(HOST, side(regency="B", population=None), PACE, assume()), data, language
        ).title
    )


@pytest.mark.usefixtures("sample_data")
def test_figures_come_from_the_answers() -> None:
    data = Data.open(current())
    rows, mix, pace = (
        data.ask(question, Filters()) for question in ("benchmark", "programme_sectors", "pace")
    )
    host = Regency.of("BPI-BATANG", rows, mix)
    assert (host.kub, host.members, host.villages, host.covered, host.population) == (
        207,
        2975,
        248,
        14,
        817_100,
    )
    assert (
        host.sectors
        and sum(host.sectors) == 207
        and host.because is None
        and host.members_per_kub == 14.4
    )
    assert reach(pace, "residents") == 11 and reach(pace, "coverage") == 7
    found = answer(data, "pace", Filters(), EN)
    assert found.title == "206 active KUB after 11 years: 24.3 founded a year on average"
    assert found.figure and found.figure["data"][0]["y"][-1] == 206
