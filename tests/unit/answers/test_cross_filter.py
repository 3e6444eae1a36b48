"""What a point chooses is a value of the link, and what stands grey around a choice changes no
number of the answer.
"""

import random
from collections.abc import Iterator
from functools import cache

import pytest

from kub import words
from kub.answers.answer import Answer, answer
from kub.answers.catalog import CATALOG
from kub.answers.cross_filter import pointed, stands_among_others
from kub.answers.link import parse, query
from kub.charts.cross_filter import codes
from kub.look import LIGHT, Figure
from kub.store.data import Data
from kub.store.database import current
from queries.filters import MEASURES, SECTORS, Filters
from tests.support.thinned import thinned

pytestmark = pytest.mark.usefixtures("sample_data")
ID = words.of("id")
KANDEMAN, UJUNGNEGORO, KARANGGENENG = "33.25.13", "33.25.13.2010", "33.25.13.2011"
CHARTS = [chart for chart, spec in CATALOG.items() if spec.selects]
# Controls of a page know their own values; these are filters.
FILTERS = [chart for chart in CHARTS if not {"unit", "has"} & set(CATALOG[chart].selects)]


@cache
def opened() -> Data:
    return Data.open(current())


def drawn(chart: str, filters: Filters) -> tuple[Answer, Figure | None]:
    data = opened()
    found = answer(data, chart, filters, ID)
    return found, pointed(data, found, ID)[0]


def chosen(figure: Figure) -> Iterator[str]:
    return (code for trace in figure["data"] for code in codes(trace) if code)


def view(seed: int) -> Filters:
    """A part of the sample, as a link may say it."""
    drawn_by = random.Random(seed)
    data = opened()
    villages = sorted(data.codes("villages", data.default.programme_id))
    since, until = sorted(drawn_by.sample(data.default.years, 2))
    return Filters(
        districts=drawn_by.choice([(), (), (KANDEMAN,)]),
        villages=drawn_by.choice([(), (UJUNGNEGORO,), tuple(drawn_by.sample(villages, 2))]),
        sectors=drawn_by.choice([(), tuple(drawn_by.sample(SECTORS, drawn_by.randint(1, 3)))]),
        since=drawn_by.choice([None, since]),
        until=drawn_by.choice([None, until]),
        measure=drawn_by.choice(MEASURES),
    )


@pytest.mark.parametrize("seed", thinned(range(8), 2))
def test_every_code_is_a_value_that_the_link_knows(seed: int) -> None:
    data, filters = opened(), view(seed)
    for chart in FILTERS:
        names = CATALOG[chart].selects
        _, figure = drawn(chart, filters)
        listed = sorted(set(chosen(figure))) if figure else []
        values = [code.split(" ") if len(names) > 1 else [code] for code in listed]
        assert all(len(value) == len(names) for value in values), chart
        link = {
            name: list(dict.fromkeys(column))
            for name, column in zip(names, zip(*values, strict=True), strict=False)
        }
        years = {int(year) for year in link.pop("until", [])}
        assert years <= set(data.programme(filters).years), chart
        assert set(link.pop("programme", [])) <= set(data.programmes), chart
        # No filter: what the page shows of the country.
        provinces = {code[:2] for code in data.regency_codes.values()}
        assert set(link.pop("province", [])) <= provinces, chart
        parsed = parse(link, data)
        assert not parsed.unknown, chart
        assert {name: sorted(codes) for name, codes in query(parsed.filters, "id").items()} == {
            name: sorted(codes) for name, codes in link.items()
        }


@pytest.mark.parametrize(
    ("chart", "filters"),
    [
        ("sectors", Filters(sectors=("laundry",))),
        ("sector_years", Filters(sectors=("laundry",))),
        ("activities", Filters(sectors=("laundry",))),
        ("revenue_sectors", Filters(sectors=("laundry",), until=2022)),
        ("village_sectors", Filters(villages=(UJUNGNEGORO,), sectors=("laundry",))),
        ("specialisation", Filters(villages=(UJUNGNEGORO,))),
        ("coverage", Filters(districts=(KANDEMAN,))),
        ("district_growth", Filters(districts=(KANDEMAN,))),
        ("revenue_villages", Filters(villages=(UJUNGNEGORO,), until=2022)),
        ("revenue_ranking", Filters(villages=(UJUNGNEGORO,), until=2022)),
        ("school_villages", Filters(villages=(UJUNGNEGORO,))),
        *(
            (chart, Filters(until=2018))
            for chart in FILTERS
            if CATALOG[chart].selects == ("until",)
        ),
    ],
)
def test_others_stand_around_a_choice_and_can_be_chosen(chart: str, filters: Filters) -> None:
    own, figure = drawn(chart, filters)
    _, loose = drawn(chart, Filters(until=2022 if chart.startswith("revenue_") else None))
    assert own.figure and figure and loose
    assert set(chosen(figure)) == set(chosen(loose))
    assert stands_among_others(chart, filters) and len(set(chosen(figure))) > 1
    # The answer itself is as it is without a page.
    assert own.figure != figure and "lainnya" not in own.title


def test_a_share_of_all_never_stands_beside_a_share_of_the_choice() -> None:
    _, figure = drawn("sectors", Filters(sectors=("laundry",)))
    assert figure
    [bars] = figure["data"]
    texts = dict(zip(bars["customdata"], bars["text"], strict=True))
    assert texts.pop("laundry").endswith(ID.percent(1, 0)) and not any(
        "%" in text for text in texts.values()
    )
    colors = dict(zip(bars["customdata"], bars["marker"]["color"], strict=True))
    assert colors.pop("laundry") != LIGHT.line and set(colors.values()) == {LIGHT.line}


def test_shares_of_several_parts_stand_alone() -> None:
    data, two = opened(), Filters(sectors=("makanan", "laundry"))
    own = answer(data, "sector_years", two, ID)
    assert pointed(data, own, ID)[0] == own.figure


def test_a_village_chosen_on_the_map_leaves_the_map_where_it_is() -> None:
    _, figure = drawn("villages", Filters(villages=(UJUNGNEGORO,)))
    _, loose = drawn("villages", Filters())
    assert figure and loose and "xaxis2" in loose["layout"]
    for name in ("xaxis", "yaxis", "xaxis2", "yaxis2", "shapes"):
        assert figure["layout"][name] == loose["layout"][name]
        narrow, wide = (each["layout"]["meta"]["narrow"][name] for each in (figure, loose))
        assert narrow == wide
    # One locator, and the lines between all districts in sight.
    for kind in ({"xaxis": "x2"}, {"mode": "lines", "fill": None}):
        mine, all_of = (
            [t for t in each["data"] if all(t.get(key) == value for key, value in kind.items())]
            for each in (figure, loose)
        )
        assert mine == all_of


def test_a_district_beside_villages_is_no_choice_of_its_own() -> None:
    both = Filters(districts=(KANDEMAN,), villages=(UJUNGNEGORO, KARANGGENENG))
    assert not stands_among_others("coverage", both)
    own, figure = drawn("coverage", both)
    assert figure == own.figure


def test_a_year_cut_off_lies_grey_under_the_years_chosen() -> None:
    own, figure = drawn("growth", Filters(until=2018))
    assert own.figure and figure
    assert own.frame["year"].max() == 2018
    later = [trace for trace in figure["data"] if "2022" in (trace.get("customdata") or ())]
    assert later and all(trace["line"]["color"] == LIGHT.line for trace in later)
    # On top, so that the own course is not covered.
    assert figure["data"].index(later[-1]) < len(figure["data"]) - len(own.figure["data"])


def test_the_own_programme_is_no_choice() -> None:
    for chart in ("benchmark", "rates", "rates_funnel", "programme_years", "programme_sectors"):
        own, figure = drawn(chart, Filters())
        assert figure == own.figure and figure
        assert set(chosen(figure)) == set(opened().programmes) - {own.filters.programme}, chart


def test_a_table_has_no_points() -> None:
    found, figure = drawn("gaps", Filters())
    assert found.figure is None and figure is None
