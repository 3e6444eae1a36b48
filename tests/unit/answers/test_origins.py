"""The rows behind an answer are those that its figures count, under any filters."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import queries
from kub.answers.origins import ORIGINS, origin_of, rows_behind
from kub.exports.pack import ITEMS
from kub.store.data import Data
from kub.store.database import build_connection
from kub.words import LANGUAGES, of
from queries.filters import Filters
from tests.support.cards import of_records, opened, shared
from tests.support.database import connection
from tests.support.strategies import cases
from tests.support.supporting_strategies import supported_cases
from tests.support.thinned import fewer
from tests.support.tiny import TINY
from tests.twins.rows import Kub, Records, Report, Village

RANDOM = settings(
    max_examples=fewer(5), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# Of a KUB with few members in a village and sector, readers are not told its members.
SMALL = Records(
    "kecil",
    (Village("99.01.01.2001", "Satu", "99.01.01", "Tulis"),),
    (
        Kub("K1", "99.01.01.2001", "makanan", date(2015, 3, 1)),
        Kub("K2", "99.01.01.2001", "koperasi", date(2015, 3, 1)),
        Kub("K3", "99.01.01.2001", "lainnya", date(2015, 3, 1)),
    ),
    (
        Report("K1", date(2016, 11, 30), 3, 1, 5e6),
        Report("K2", date(2016, 11, 30), 30, None, 7e6),
        Report("K3", date(2016, 11, 30), 40),
    ),
)


def behind(data: Data, question: str, kind: str, filters: Filters) -> pd.DataFrame:
    return rows_behind(data, question, kind, filters).frame


def sum_of(frame: pd.DataFrame, column: str) -> int:
    return int(frame[column].fillna(0).round().sum())


def test_every_question_says_what_it_rests_on() -> None:
    assert set(ORIGINS) == set(queries.QUESTIONS)
    assert {kind for origin in ORIGINS.values() for kind in origin.rows} == set(queries.ROWS)
    assert {item for origin in ORIGINS.values() for item in origin.meanings} <= set(ITEMS)
    without = {question for question, origin in ORIGINS.items() if not origin.rows}
    assert without == queries.REFERENCE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_and_column_has_its_words(lang: str) -> None:
    data, words = of_records(TINY), of(lang)
    for kind in queries.ROWS:
        frame, _ = queries.rows(queries.cursor(data.con), kind, Filters("contoh"))
        assert all(words.has(f"column.{column}") for column in frame), kind
        assert words.has(f"origin.kind.{kind}")


@RANDOM
@given(cases(asked=3, loaded=("satu",)))
def test_rows_of_kub_add_up_to_the_figures(case: tuple[tuple[Records, ...], list[Filters]]) -> None:
    records, asked = case
    analyst = opened(connection(records)).seen_by("analyst")
    for filters in asked:
        [now] = analyst.ask("headline", filters).to_dict("records")
        kub = behind(analyst, "headline", "kub", filters)
        assert (len(kub), sum_of(kub, "members")) == (now["kub"] or 0, int(now["members"] or 0))
        assert kub["kub_id"].is_unique
        assert rows_behind(analyst, "headline", "kub", filters, 1).members == (now["members"] or 0)
        assert len(behind(analyst, "headline", "villages", filters)) == now["villages"]
        listed = behind(analyst, "villages", "listed_kub", filters)
        places = analyst.ask("villages", filters)
        assert (len(listed), sum_of(listed, "members")) == (
            places["kub"].sum(),
            sum_of(places, "members"),
        )
        years = analyst.ask("growth", Filters(**{**vars(filters), "since": None}))
        lives = behind(analyst, "growth", "lives", filters)
        assert len(lives) == years["founded"].sum()
        assert lives["closed_on"].notna().sum() == years["closed"].sum()


@RANDOM
@given(cases(asked=3, loaded=("satu",)))
def test_reports_with_revenue_add_up_to_it(
    case: tuple[tuple[Records, ...], list[Filters]],
) -> None:
    records, asked = case
    analyst = opened(connection(records)).seen_by("analyst")
    for filters in asked:
        stated = behind(analyst, "revenue_sectors", "revenue", filters)
        trades = analyst.ask("revenue_sectors", filters)
        assert stated["kub_id"].nunique() == trades["earners"].sum()
        assert abs(sum_of(stated, "revenue_idr") - trades["revenue_idr"].fillna(0).sum()) <= len(
            stated
        )
        listed = behind(analyst, "revenue", "revenue_years", filters)
        earners = listed.groupby("year")["kub_id"].nunique().sum()
        assert earners == analyst.ask("revenue", filters)["earners"].sum()


@RANDOM
@given(supported_cases(asked=2))
def test_rows_beside_the_kub_are_those_counted(
    case: tuple[tuple[Records, ...], list[Filters]],
) -> None:
    together, asked = case
    data = opened(connection(together))
    for filters in asked:
        units = data.ask("microfinance", filters)
        rows = behind(data, "microfinance", "microfinance", filters)
        assert set(rows["lkm_id"]) == set(units["lkm_id"])
        libraries = behind(data, "libraries", "libraries", filters)
        assert set(libraries["library_id"]) == set(data.ask("libraries", filters)["library_id"])
        visits = behind(data, "school_visits", "school_visits", filters)
        counted = data.ask("school_visits", filters)
        assert (len(visits), visits["students"].sum()) == (
            counted["visits"].sum(),
            counted["students"].sum(),
        )
        awards = data.ask("awards", filters)
        assert len(behind(data, "awards", "awards", filters)) == awards["recorded"].sum()
        for question, kind in (("study_visits", "study_visits"), ("reconcile", "published")):
            assert len(behind(data, question, kind, filters)) == len(data.ask(question, filters))


def test_readers_see_which_rows_but_not_what_is_withheld() -> None:
    reader = of_records(SMALL)
    filters = Filters("kecil")
    rows = behind(reader, "headline", "kub", filters).set_index("kub_id")
    assert rows.loc["K1", "withheld"] and rows.loc["K1", ["members", "women"]].isna().all()
    assert rows["reported_on"].notna().all()
    assert rows_behind(reader, "headline", "kub", filters).members is None
    for question in ("revenue_sectors", "revenue_missing"):
        money = behind(reader, question, "revenue", filters)
        assert set(money["kub_id"]) == {"K1", "K2"} and money["revenue_idr"].isna().all()
    analyst = reader.seen_by("analyst")
    seen = behind(analyst, "headline", "kub", filters).set_index("kub_id")
    assert seen["members"].to_dict() == {"K1": 3, "K2": 30, "K3": 40}
    assert behind(analyst, "revenue_sectors", "revenue", filters)["revenue_idr"].sum() == 12e6


def test_only_what_an_answer_rests_on_is_given() -> None:
    data = of_records(TINY)
    with pytest.raises(KeyError):
        rows_behind(data, "headline", "revenue", Filters("contoh"))
    with pytest.raises(KeyError):
        queries.rows(queries.cursor(data.con), "../model/schema", Filters("contoh"))
    assert origin_of(data, "elsewhere", Filters("contoh")).rows == ()


def test_the_first_rows_are_the_first_of_all() -> None:
    data = of_records(TINY)
    whole = rows_behind(data, "growth", "lives", Filters("contoh"))
    first = rows_behind(data, "growth", "lives", Filters("contoh"), 2)
    assert (first.count, len(first.frame)) == (whole.count, 2) == (4, 2)
    pd.testing.assert_frame_equal(first.frame, whole.frame.head(2))
    exact = rows_behind(data, "growth", "lives", Filters("contoh"), 4)
    assert (exact.count, len(exact.frame)) == (4, 4)


def test_a_card_has_no_rows_of_records() -> None:
    data = opened(build_connection([shared(of_records(TINY), "contoh")]))
    [programme] = data.programmes
    assert data.programmes[programme].is_card
    assert origin_of(data, "headline", Filters()).rows == ()
    assert origin_of(data, "benchmark", Filters()).rows == ("programmes",)
