"""Ringkasan: how many, how fast, in which trades, in how many villages, what changed, and what was
published.
"""

import pandas as pd
import streamlit as st

from kub.answers.context import kelurahan
from kub.answers.scope import narrowing
from kub.answers.strip import strip
from kub.findings.options import CoverageOptions, GrowthOptions, SectorsOptions
from kub.findings.three import three
from kub.ui import page, supporting
from kub.ui.card import card, large_numbers
from kub.ui.markdown import escape_markdown
from queries.filters import Filters


def show(p: page.Page, years: pd.DataFrame) -> None:
    chosen = p.filters
    now = p.answer("headline")
    p.beside.caption(escape_markdown(now.finding.subtitle))
    large_numbers(strip(p.data, now, p.words), p.words("overview.strip"))

    towns = kelurahan(p.data, p.data.resolved(chosen))
    trades, reach = (p.data.ask(question, chosen) for question in ("sector_years", "coverage"))
    narrowed = narrowing(p.data, p.data.resolved(chosen), p.words)
    findings = three(years, trades, reach, p.words, chosen.measure, towns, chosen, narrowed)
    with st.container(key="findings"):
        for column, finding in zip(st.columns(3, gap="medium"), findings, strict=False):
            column.markdown(
                f"**{escape_markdown(finding.title)}**\n\n{escape_markdown(finding.takeaway)}"
            )

    card(p.answer("growth", GrowthOptions(tell="since")), height=400)
    # A picture of one sector or one district says no more than the finding above.
    shown = [p.answer("sectors", SectorsOptions("two"))] if len(chosen.sectors) != 1 else []
    if len(reach) > 1:
        shown.append(p.answer("coverage", CoverageOptions("districts")))
    for column, answer in zip(st.columns(max(len(shown), 1), gap="large"), shown, strict=False):
        with column:
            card(answer, height=320)

    # Published figures speak of the whole programme: filters of place and sector do not apply to
    # them.
    whole = Filters(programme=chosen.programme, since=chosen.since, until=chosen.until)
    against = p.answer("reconcile", filters=whole)
    if against.figure:
        card(against)
    else:
        st.markdown(f"**{escape_markdown(against.title)}**  \n{escape_markdown(against.takeaway)}")
    supporting.lines(p)


this = page.begin("overview")
listed = this.data.ask("growth", this.filters)
if listed[["founded", "closed", "active"]].to_numpy().any():
    show(this, listed)
else:
    this.empty()
