"""The readers' pages of the published site, each like a table of contents.

Those of the screen (pages/) without controls: what a control would choose is left at its usual
value, and the parts that one would switch between stand below each other. No list of single KUB:
what was once published cannot be called back.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kub.answers.context import areas, kelurahan
from kub.answers.scope import narrowing
from kub.answers.strip import hero as sentence
from kub.answers.strip import strip
from kub.charts import ground
from kub.charts.districts import panels_of
from kub.exports import explanations
from kub.exports.pack import source_list
from kub.exports.site.page import DataFiles, Page
from kub.findings.economy import reported_years, title_year
from kub.findings.economy_numbers import numbers as money_numbers
from kub.findings.options import (
    CoverageOptions,
    GrowthOptions,
    ProgrammeYearsOptions,
    RatesOptions,
    SectorsOptions,
)
from kub.findings.supporting import lines as part_sentences
from kub.findings.three import three
from kub.store.data import YearlyOnly
from kub.web import blocks
from kub.web.cards import hero, numbers
from kub.web.long_page import Place
from kub.web.sections import Section, in_order
from queries.filters import Filters

# The charts of each part of the supporting programmes, row by row.
PARTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "microfinance": (("microfinance",), ("microfinance_years",)),
    "libraries": (
        ("library_years", "library_years_visits"),
        ("libraries",),
        ("library_villages",),
    ),
    "school_visits": (("school_visits",), ("school_villages",), ("schools",)),
    "awards": (("awards",),),
    "study_visits": (("study_visits",), ("study_regencies",)),
}
ANCHOR = "part-{}".format  # a card of the same name has the name itself


def overview(p: Page) -> None:
    now = p.answer("headline")
    p.beside = now.finding.subtitle
    first, *others = strip(p.data, now, p.words)
    p.add(hero(first, sentence(p.data, now, p.filters, p.words)))
    p.add(numbers(p.words("overview.strip"), others))
    if p.has("coverage"):
        _findings(p)
    p.section("course")
    p.card("growth", GrowthOptions(tell="since"), height=400)
    p.section("spread" if p.has("coverage") else "trades")
    if p.has("coverage"):
        left, right = p.columns(1, 1)
        left.card("sectors", SectorsOptions("two"), height=320)
        right.card("coverage", CoverageOptions("districts"), height=320)
    else:
        p.card("sectors", SectorsOptions("two"), height=320)
    p.section("published")
    p.card("reconcile")
    _supporting(p)


def _findings(p: Page) -> None:
    asked = (
        p.data.ask(name, p.filters) for name in ("growth", "sector_years", "coverage", "revenue")
    )
    years, trades, reach, money = asked
    towns, narrowed = kelurahan(p.data, p.filters), narrowing(p.data, p.filters, p.words)
    measure = p.filters.measure
    sentences = three(
        years, trades, reach, p.words, measure, towns, p.filters, narrowed, revenue=money
    )
    p.add(blocks.Findings([(finding.title, finding.takeaway) for finding in sentences]))


def _supporting(p: Page) -> None:
    """A line for each part that the programme has, which leads to it."""
    if not p.has("supporting"):
        return
    year = p.programme.years[-1] if p.programme.years else None
    sentences = part_sentences(p.answer("supporting").frame, p.words, year)
    items = [(text, "programmes", {"anchor": ANCHOR(part)}) for part, text in sentences]
    if items:
        p.add(blocks.Links(p.words("supporting.heading"), items))


def growth(p: Page) -> None:
    p.card("growth", GrowthOptions(both=True))
    if p.programme.programme_id in p.data.with_targets:
        p.section("targets")
        p.card("targets")
    p.section("lives")
    p.side_by_side("growth_flow", "survival")
    # A single panel would repeat the chart above.
    if p.has("district_growth") and panels_of(p.data.ask("district_growth", p.filters)) > 1:
        p.section("districts")
        p.card("district_growth")


def sectors(p: Page) -> None:
    p.side_by_side("sectors", "sector_years", height=400)
    if p.data.ask("sectors", p.filters)["kub"].sum():
        p.section("villages")
        p.card("village_sectors")
        p.section("special")
        p.side_by_side("specialisation", "activities")


def villages(p: Page) -> None:
    if not p.has("villages"):
        return
    where = areas(p.data, p.filters)
    look = "tiles" if where.kind == "tiles" else "land"
    left, right = p.columns(8, 5)
    left.card("villages", height=ground.height(where), look=look)
    right.card("villages_ranking")
    p.section("reach")
    p.side_by_side("coverage", "coverage_years")
    p.section("gaps")
    p.card("gaps")


def economy(p: Page) -> None:
    years = p.data.ask("revenue", p.filters)
    reported = reported_years(years)
    if not reported:
        p.empty(p.words("revenue.none"))
        return
    p.add(numbers(p.words("economy.strip"), money_numbers(years, p.words)))
    p.section("years")
    p.card("revenue")
    p.side_by_side("revenue_averages", "revenue_assets")
    # Half a year beside whole ones would look poor: as on the screen, the last finished year.
    chosen = replace(p.filters, until=title_year(reported)["year"])
    p.section("sectors")
    p.card("revenue_sectors", filters=chosen)
    if p.has("revenue_villages") and len(p.data.ask("revenue_villages", chosen)) > 1:
        p.section("villages")
        where = areas(p.data, p.filters)
        look = "tiles" if where.kind == "tiles" else "land"
        left, right = p.columns(8, 5)
        left.card("revenue_villages", height=ground.height(where), look=look, filters=chosen)
        right.card("revenue_ranking", filters=chosen)


def benchmark(p: Page) -> None:
    p.card("rates", RatesOptions("residents"))
    p.card("benchmark")
    p.card("programme_years", ProgrammeYearsOptions("residents"))
    p.card("programme_sectors")
    p.card("rates_funnel", RatesOptions("residents"))
    p.card("peers")
    p.card("regencies")
    p.card("elsewhere")


def programmes(p: Page) -> None:
    if not p.has("supporting"):
        return
    for part in p.data.ask("supporting", p.filters)["part"]:
        p.add(Section(p.words(f"part.{part}"), ANCHOR(part)))
        for charts in PARTS[part]:
            p.side_by_side(*charts)


def method(p: Page) -> None:
    words = p.words
    further = [
        Place(words("method.quality"), "quality"),
        Place(words("site.data"), "data"),
        Place(words("method.sources"), "sources"),
    ]
    p.add(
        explanations.contents(words, further),
        blocks.Note([words("method.definitions_more")]),
        *explanations.explained(words),
    )
    p.heading(words("method.quality"), "quality")
    p.card("growth_reported")
    p.card("reconcile", height=320)
    p.heading(words("site.data"), "data")
    p.add(DataFiles())
    _sources(p)


def _sources(p: Page) -> None:
    words = p.words
    listed = source_list(words, p.programme.is_sample)
    files = p.data.source_files()
    texts = files[["programme_id", "file", "sha256"]].to_numpy().tolist()
    headings = [words("column.programme"), words("method.file"), "SHA-256"]
    p.heading(words("method.sources"), "sources")
    p.add(
        blocks.Definitions(listed),
        blocks.Rows("files", words("method.files"), blocks.Table(headings, texts)),
    )


# In the order of the menu; the first is the one that a language's folder begins with.
PAGES: Mapping[str, Callable[[Page], None]] = {
    "overview": overview,
    "growth": growth,
    "sectors": sectors,
    "villages": villages,
    "economy": economy,
    "benchmark": benchmark,
    "programmes": programmes,
    "method": method,
}


def written(p: Page) -> Page:
    """The page with its blocks; without any where the programme has nothing to show on it."""
    if p.programme.is_card and p.name == "overview":
        p.add(blocks.Note([YearlyOnly(p.programme).message(p.words)[0]]))
    whole = Filters(programme=p.filters.programme)
    counts = p.data.ask("growth", whole)[["founded", "closed", "active"]].to_numpy()
    # What numbers mean, and how programmes compare, does not hang on KUB of this one.
    if p.name in ("method", "benchmark") or counts.any():
        PAGES[p.name](p)
    elif p.name == "overview":
        p.empty(p.words("frame.empty"), p.words("frame.empty_import"))
    p.parts = in_order(p.parts, p.name, p.words("contents.label"))
    return p
