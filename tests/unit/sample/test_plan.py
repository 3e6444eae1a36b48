"""The generator's plan: lines between stated years, and what cannot be invented."""

from random import Random

import pytest

from kub.sample import groups, reports
from kub.sample.plan import ProgrammePlan, VillagePlan


def small_plan(**changes) -> ProgrammePlan:
    values = {
        "programme_id": "P",
        "places": (VillagePlan("99.01.01.2001", "Satu", "Barat", 1.0, 2020),),
        "years": {2020: (3, 0), 2021: (3, 0)},
        "mean_members": {2020: 10.0, 2022: 12.0},
        "sectors": {
            "makanan": 0.6,
            "kerajinan": 0.1,
            "laundry": 0.1,
            "koperasi": 0.1,
            "lainnya": 0.1,
        },
        "women": 0.6,
    }
    return ProgrammePlan(**(values | changes))


def test_mean_members_run_straight_between_stated_years_and_flat_outside():
    plan = small_plan()
    assert [plan.mean(year) for year in (2019, 2020, 2021, 2022, 2030)] == [
        10.0,
        10.0,
        11.0,
        12.0,
        12.0,
    ]


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ({2020: (3, 0), 2021: (1, 0)}, "need more than 0 closings"),
        ({2020: (3, 0), 2022: (3, 3)}, "only 2 of 3"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(years, message):
    with pytest.raises(ValueError, match=message):
        groups.invent(small_plan(years=years), Random(1))


def test_members_that_no_group_may_have_are_refused():
    plan = small_plan(members={2020: 500})
    rng = Random(1)
    with pytest.raises(ValueError, match="cannot be placed"):
        reports.invent(plan, groups.invent(plan, rng), rng)
