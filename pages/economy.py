"""Ekonomi: what KUB earn, how that changes, in which trades and villages, and who leaves it out."""

from dataclasses import replace

from kub.answers.cross_filter import stands_among_others
from kub.answers.strip_against import money_against
from kub.charts import ground
from kub.findings.economy import reported_years, title_year
from kub.findings.economy_numbers import numbers
from kub.findings.options import REVENUE_MEASURES, RevenueMapOptions, RevenueRankingOptions
from kub.ui import content, village
from kub.ui.content import Content
from kub.web import blocks


def show(p: Content) -> None:
    years = p.data.ask("revenue", p.filters)
    if not years["lived"].any():
        p.empty()
        return
    rows = reported_years(years)
    if not rows:
        p.add(blocks.Text(p.words("revenue.none"), p.words("economy.none_todo"), boxed=True))
        return
    strip = numbers(years, p.words)
    if p.against:
        strip = money_against(p.data, p.filters, p.against, p.words)
    p.numbers(strip, p.words("economy.strip"))
    p.section("years")
    p.card(p.answer("revenue"))
    left, right = p.columns(1, 1)
    left.card(p.answer("revenue_averages"))
    right.card(p.answer("revenue_assets"))

    # Half a year beside whole ones would look poor: unless asked for, the last finished year.
    chosen = p.filters
    if chosen.until is None:
        chosen = replace(chosen, until=title_year(rows)["year"])
    p.section("sectors")
    p.card(p.answer("revenue_sectors", filters=chosen))
    villages = p.data.ask("revenue_villages", chosen)
    if len(villages) > 1 or stands_among_others("revenue_villages", chosen):
        p.section("villages")
        measures, measure = p.control("revenue_measure", REVENUE_MEASURES)
        p.controls(measures)
        areas, report = village.ground(p, villages)
        left, right = p.columns(8, 5)
        on_map = p.answer("revenue_villages", RevenueMapOptions(measure), filters=chosen)
        look = "tiles" if areas.kind == "tiles" else "land"
        left.card(on_map, height=ground.height(areas), look=look)
        village.notes(left, areas, report)
        right.card(p.answer("revenue_ranking", RevenueRankingOptions(measure), filters=chosen))
    p.section("missing")
    p.card(p.answer("revenue_missing", filters=chosen))


content.run("economy", show)
