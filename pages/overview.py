"""Ringkasan: the finding that matters now, what stands behind it, the course, trades and villages,
and what was published.
"""

from kub.answers.context import kelurahan
from kub.answers.cross_filter import stands_among_others
from kub.answers.scope import narrowing
from kub.answers.strip import strip_ahead
from kub.findings.options import CoverageOptions, GrowthOptions, SectorsOptions
from kub.findings.three import three
from kub.ui import content, explore, supporting
from kub.ui.content import Content
from kub.ui.opening import opening
from kub.web import blocks
from queries.filters import Filters


def show(p: Content) -> None:
    chosen = p.filters
    strip_ahead(p.data, chosen)
    p.ahead("sector_years", "coverage", "sectors", "supporting")
    years = p.data.ask("growth", chosen)
    if not years[["founded", "closed", "active"]].to_numpy().any():
        p.empty()
        return
    p.beside = p.answer("headline").finding.subtitle
    opening(p, explore.leads(p))

    towns = kelurahan(p.data, p.data.resolved(chosen))
    trades, reach, money = (
        p.data.ask(question, chosen) for question in ("sector_years", "coverage", "revenue")
    )
    narrowed = narrowing(p.data, p.data.resolved(chosen), p.words)
    findings = three(years, trades, reach, p.words, chosen.measure, towns, chosen, narrowed, money)
    if not p.against:  # they speak of this side alone
        p.add(blocks.Findings([(finding.title, finding.takeaway) for finding in findings]))

    p.section("course")
    p.card(p.answer("growth", GrowthOptions(tell="since")), height=400)
    shown = [p.answer("sectors", SectorsOptions("two"))]
    # A picture of one district says no more than the finding above, unless others stand beside it.
    if len(reach) > 1 or p.against or stands_among_others("coverage", chosen):
        shown.append(p.answer("coverage", CoverageOptions("districts")))
    p.section("spread" if len(shown) > 1 else "trades")
    for column, answer in zip(p.columns(*(1 for _ in shown)), shown, strict=True):
        column.card(answer, height=320)

    p.section("published")
    # Published figures speak of the whole programme: filters of place and sector do not apply to
    # them.
    whole = Filters(programme=chosen.programme, since=chosen.since, until=chosen.until)
    against = p.answer("reconcile", filters=whole)
    if against.figure:
        p.card(against)
    else:
        p.add(blocks.Text(against.title, against.takeaway))
    supporting.lines(p)


content.run("overview", show)
