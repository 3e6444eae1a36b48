"""Every question of queries/ gives what its slow twin gives, under random records and filters."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from lifelines import KaplanMeierFitter  # type: ignore[import-untyped]

import queries
from queries.filters import Filters
from tests import twins
from tests.support.database import connection
from tests.support.frames import differences, rows
from tests.support.questions import AIMING, SUPPORTING, TOGETHER
from tests.support.strategies import cases
from tests.support.supporting_strategies import supported_cases
from tests.support.target_strategies import aiming_cases
from tests.support.thinned import fewer
from tests.twins.lives import DAYS_A_YEAR, lifetimes
from tests.twins.rows import Records

# The names that others rely on first (docs/data.md), in its order.
CONTRACT = {
    "headline": "programme, as_of, provisional, kub, members, members_per_kub, women_share, women_known_share,"
    " villages, villages_covered, coverage, sectors, reported",
    "growth": "year, as_of, provisional, founded, closed, active, members, women_share, reported",
    "survival": "years, at_risk, survival",
    "sectors": "sector, kub, members, share, members_share",
    "sector_years": "year, sector, kub, members",
    "coverage": "district_code, district, villages, covered, share, kub",
    "villages": "village_code, village, district, kub, members, women_share, main_sector, first_founded_on,"
    " last_founded_on, population, kub_per_10k",
    "village_sectors": "village_code, sector, kub, members",
    "gaps": "village_code, village, district",
    "benchmark": "programme, indicator, value, low, high, n, rank",
    "reconcile": "date, indicator, published, recorded, difference, definition, source",
    "targets": "indicator, year, as_of, provisional, target, actual, reached, projected, status",
    "revenue": "year, as_of, provisional, lived, earners, stated_share, revenue_idr, revenue_per_kub, median_per_kub,"
    " revenue_per_member, matched_kub, matched_change, assets_kub, assets_idr",
    "revenue_sectors": "sector, lived, earners, revenue_idr, share, revenue_per_kub, revenue_per_member",
    "revenue_villages": "village_code, village, district, lived, earners, revenue_idr, revenue_per_kub,"
    " revenue_per_member",
}
# What ours give beyond it, after those names; and the questions that are ours alone.
BEYOND = {
    "headline": "diversity, founded, closed, unreported, withheld",
    "growth": "unreported, withheld",
    "sectors": "programme_share, lq, withheld",
    "villages": "population_year, unreported, is_target, withheld",
    "gaps": "district_code, is_target",
    "revenue_sectors": "lower_per_kub, median_per_kub, upper_per_kub",
    "revenue_missing": "kub_id, name, village_code, village, district, sector, stated_year",
    "coverage_years": "year, as_of, provisional, villages, covered, share",
    "district_growth": "year, district_code, district, kub, members, founded, closed",
    "activities": "sector, activity, kub, members",
    "village_kub": "kub_id, name, village_code, village, sector, activity, founded_on, closed_on, active,"
    " members, women, reported_on, withheld",
    "kubs": "kub_id, name, village_code, village, district_code, district, sector, activity, founded_on,"
    " closed_on, active, members, women, revenue_idr, assets_idr, has_reported, withheld",
    "pivot": "row_code, row_name, column_code, column_name, kub, members, women, women_share,"
    " revenue_idr, assets_idr",
    "village_profile": "village_code, village, district_code, district, is_target, population, population_year,"
    " idm, idm_class, lat, lon",
    "specialisation": "village_code, village, district, kub, members, diversity, sector, share, lq",
    "benchmark": "rank_best, rank_worst, ranked, regency, as_of, provisional, population, population_year, definition,"
    " because, is_sample, declared",
    "rates": "programme, per, value, low, high, n, exposure, exposure_year, rank, rank_best, rank_worst, ranked,"
    " regency, as_of, provisional, because, is_sample, declared",
    "programme_years": "programme, year, age, as_of, provisional, founded, kub, members, kub_per_10k, members_per_1k,"
    " kub_per_village, members_per_village, population, population_year, regency, is_sample, declared",
    "programme_sectors": "programme, sector, kub, share, others_share, lq, regency, as_of, is_sample, declared",
    "pace": "age, year, kub, founded, covered, share, covered_share, slow_villages, fast_villages,"
    " slow_years, fast_years",
    "peers": "programme, regency, near, distance, shared, population, population_year, population_ratio, villages,"
    " villages_ratio, kelurahan_share, kelurahan_difference, density, density_ratio, as_of, is_sample,"
    " declared, subject",
    "regencies": "regency, population, population_year, villages, area_km2, density, source",
    "microfinance": "lkm_id, name, village_code, village, district, founded_on, reported_on, customers, savings_idr,"
    " loans_idr, overdue_idr, overdue_share, assets_idr, kub, members, published_founded, published_on,"
    " published_customers, published_assets_idr, source",
    "microfinance_years": "year, as_of, provisional, units, reported, customers, savings_idr, loans_idr, overdue_idr,"
    " overdue_share, assets_idr",
    "microfinance_reports": "lkm_id, name, village_code, village, district, reported_on, customers, savings_idr,"
    " loans_idr, overdue_idr, overdue_share, assets_idr",
    "libraries": "library_id, name, village_code, village, district, opened_on, reported_on, books, visits, population,"
    " population_year, visits_per_1k, kub",
    "library_years": "year, as_of, provisional, opened, libraries, books, visits, visits_per_library, visits_per_1k,"
    " population, population_year",
    "library_villages": "village_code, village, district_code, district, libraries, kub, has, is_target",
    "school_visits": "year, level, visits, students, schools",
    "schools": "school, level, village_code, village, district, is_core, visits, students, first_on, last_on",
    "school_villages": "village_code, village, district, is_core, visits, students, schools, last_on",
    "awards": "awarded_on, published_as, award, awarding_body, source, remark, recorded",
    "study_visits": "visited_on, institution, regency_code, regency, province, participants",
    "study_regencies": "province, regency, regency_code, visits, participants, stated, first_on, last_on",
    "provinces": "province_code, province, regencies, programmes, kub, members, villages, covered, coverage, low,"
    " high, rank, rank_best, rank_worst, ranked, as_of, provisional, is_sample",
    "supporting": "part, n, people, first_on, last_on",
    "elsewhere": "year, region, scheme, groups, members, members_per_group, definition, because, source",
}
RANDOM = settings(
    max_examples=fewer(5), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def names(text: str | None) -> list[str]:
    return text.split(", ") if text else []


def test_every_question_has_a_twin_and_is_compared() -> None:
    asked = set(queries.QUESTIONS) - queries.REFERENCE
    assert asked == set(twins.TWINS) | set(twins.COMPARED) | set(twins.SUMMED)
    assert set(twins.COMPARED) == queries.COMPARED and set(twins.SUMMED) == queries.SUMMED
    assert sorted(asked) == sorted(
        q for group in (TOGETHER | SUPPORTING | AIMING).values() for q in group
    )
    assert set(queries.QUESTIONS) == set(CONTRACT) | set(BEYOND)


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with connection((Records("satu", ()),)) as con:
        yield con


@pytest.mark.parametrize("question", queries.QUESTIONS)
def test_columns_are_those_promised(question: str, empty: duckdb.DuckDBPyConnection) -> None:
    frame = queries.ask(empty, question, Filters(programme="satu"))
    expected = names(CONTRACT.get(question))
    assert list(frame.columns)[: len(expected)] == expected
    # Nothing beyond what a twin holds: an unchecked number must not reach a screen.
    assert sorted(frame.columns) == sorted(expected + names(BEYOND.get(question)))


def test_an_unknown_question_is_refused() -> None:
    with connection((Records("satu", ()),)) as con, pytest.raises(KeyError, match="tidak_ada"):
        queries.ask(con, "tidak_ada", Filters(programme="satu"))


@pytest.mark.parametrize("group", TOGETHER)
@RANDOM
@given(case=cases(asked=3))
def test_answers_are_the_twins(group: str, case: tuple[tuple[Records, ...], list[Filters]]) -> None:
    compare(TOGETHER[group], *case)


@pytest.mark.parametrize("group", SUPPORTING)
@RANDOM
@given(case=supported_cases(asked=3))
def test_answers_beside_the_kub_are_the_twins(
    group: str, case: tuple[tuple[Records, ...], list[Filters]]
) -> None:
    compare(SUPPORTING[group], *case)


@pytest.mark.parametrize("group", AIMING)
@RANDOM
@given(case=aiming_cases(asked=2))
def test_answers_about_targets_are_the_twins(
    group: str, case: tuple[tuple[Records, ...], list[Filters]]
) -> None:
    compare(AIMING[group], *case)


@pytest.mark.thorough
@pytest.mark.parametrize("group", AIMING)
@settings(RANDOM, max_examples=fewer(15))
@given(case=aiming_cases(asked=2))
def test_answers_about_targets_are_the_twins_of_many(
    group: str, case: tuple[tuple[Records, ...], list[Filters]]
) -> None:
    compare(AIMING[group], *case)


def compare(
    questions: tuple[str, ...], programmes: tuple[Records, ...], asked: list[Filters]
) -> None:
    with connection(programmes) as con:
        for filters in asked:
            for question in questions:
                ours = rows(queries.ask(con, question, filters, role="analyst"))
                assert not any(row.get("withheld") for row in ours)
                assert not differences(ours, twins.answer(question, programmes, filters)), (
                    question,
                    filters,
                )


@settings(RANDOM, max_examples=fewer(8))
@given(case=cases(asked=3))
@pytest.mark.thorough
def test_survival_is_lifelines(case: tuple[tuple[Records, ...], list[Filters]]) -> None:
    programmes, asked = case
    with connection(programmes) as con:
        for filters in asked:
            [records] = [p for p in programmes if p.programme_id == filters.programme]
            lives = lifetimes(records, filters)
            frame = queries.ask(con, "survival", filters)
            if not lives:
                assert frame.empty
                continue
            fitted = KaplanMeierFitter().fit(
                [days for days, _ in lives], [ended for _, ended in lives]
            )
            expected = fitted.survival_function_at_times(frame["years"] * DAYS_A_YEAR)
            assert list(frame["survival"]) == pytest.approx(list(expected), rel=1e-9)
