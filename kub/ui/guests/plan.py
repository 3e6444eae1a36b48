"""The replication plan on the page: for whom, its assumptions as
controls, and the plan with its table and workbook.
"""

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from kub.answers.answer import NO_GUESTS, asked, build_answer
from kub.findings import replication as plans
from kub.findings.plan import assumptions
from kub.findings.replication import Assumptions, Regency
from kub.guests import FEWEST_MEMBERS, MOST_MEMBERS
from kub.ui.card import card
from kub.ui.guests.panel import under
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page
from queries.filters import SECTORS, Filters

LONGEST = 50  # years of a plan
FIRST, LAST = 2000, 2100  # years it may begin in
NUMBER, WIDE = 128, 300  # px


def section(p: Page, guests: str) -> None:
    """Draw the plan, of whole programmes up to the year of the filters: places, sectors and target
    villages do not apply.

    guests: as the other charts of the page have them.
    """
    words = p.words
    # The key opens it for a link to its heading (kub/web/long_page.js).
    with st.container(key="fold-plan"):
        p.heading(words("plan.heading"), "plan")
        # The browser keeps what was opened and closed by hand, so that guests' is another one.
        theirs = guests != NO_GUESTS
        key = "plan-guests" if theirs else "plan-chosen"
        wanted = theirs or "plan_for" in st.query_params
        with st.expander(words("plan.open"), expanded=wanted, key=key):
            _plan(p, guests)


def _plan(p: Page, guests: str) -> None:
    words = p.words
    scope = Filters(programme=p.programme.programme_id, until=p.filters.until)
    if guests != NO_GUESTS:  # without the filter of sectors that the others are under
        guests = under(scope)
    subject = _subject(p, guests)
    if subject is None:
        return
    benchmark = p.data.ask("benchmark", scope, guests)
    mix = p.data.ask("programme_sectors", scope, guests)
    sides = (
        Regency.of(programme, benchmark, mix) for programme in (p.programme.programme_id, subject)
    )
    # Names in the language of the page; the sides themselves are computed without any.
    host, guest = (replace(side, regency=words.regency(side.regency)) for side in sides)
    # Members of 1 to 4 people are withheld, and a plan would give them away.
    if host.members is None or guest.members is None:
        st.markdown(
            escape_markdown(words("plan.withheld", regency=guest.regency, host=host.regency))
        )
        return
    pace = p.data.ask("pace", scope)
    st.caption(escape_markdown(words("plan.lead", regency=guest.regency, host=host.regency)))
    assumed = _controls(p, host, guest, pace)
    plan = plans.made(host, guest, pace, assumed)
    extra: list[str] = []
    if not plan.state:  # a state says why there is no plan, which rests on no assumption then
        extra = assumptions(plan, words, plans.reach(pace, assumed.goal))
    asked_for = asked(p.data, "benchmark", scope)
    answer = build_answer(
        p.data, "plan", plan.frame, asked_for, words, p.mode, guests=guests, computed={"plan": plan}
    )
    card(answer, opened=not plan.state, files=not plan.state, extra=extra)
    if extra:
        listed = "\n".join(f"- {escape_markdown(sentence)}" for sentence in extra)
        st.markdown(f"**{words('plan.assumptions')}**\n{listed}")


def _subject(p: Page, guests: str) -> str | None:
    """Whose plan it is: the guest's, else another programme's if one is chosen, else None.

    Without a guest it draws an invitation and the list to choose from.
    """
    if guests != NO_GUESTS:
        return str(json.loads(guests)[0]["programme"])  # the own one stands first
    own, programmes = p.programme.programme_id, p.data.programmes
    others = {
        code: p.words.regency(known.regency) for code, known in programmes.items() if code != own
    }
    if not others:
        st.markdown(p.words("plan.invite_alone"))
        return None
    st.markdown(p.words("plan.invite"))
    return p.choose("plan_for", list(others), format=others.__getitem__)


def _controls(p: Page, host: Regency, guest: Regency, pace: pd.DataFrame) -> Assumptions:
    """Draw the controls and return the assumptions: the host's, unless the link states others."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="top", key="plan-controls"):
        goal = p.control("goal", plans.GOALS)
        years = p.number("plan_years", 1, LONGEST, plans.reach(pace, goal), width=NUMBER)
        first_year = p.number(
            "plan_from", FIRST, LAST, date.today().year + 1, grouped=False, width=NUMBER
        )
        members = p.number(
            "plan_members",
            FEWEST_MEMBERS,
            MOST_MEMBERS,
            host.members_per_kub,
            whole=False,
            width=NUMBER,
        )
        names = {"host": host.regency, "regency": guest.regency}
        # "guest" is a mix only where the guest has stated sectors.
        known = [mix for mix in plans.MIXES if mix != "guest" or guest.sectors]
        as_host = p.words("mix.host", **names)
        # A list, for four names do not fit beside each other on a phone; none chosen is as the
        # host's.
        with st.container(width=WIDE):
            mix = p.choose(
                "mix",
                known,
                format=lambda code: p.words(f"mix.{code}", **names),
                placeholder=as_host,
            )
        mix = mix or "host"
        free: list[float] = []
        if mix == "free":
            free = _free(p, host)
        shares = plans.shares_of(mix, host, guest, free)
    return Assumptions(goal, int(years), int(first_year), float(members), mix, shares)


def _free(p: Page, host: Regency) -> list[float]:
    """Percent of each sector, the host's to begin with.

    Their proportions count, whatever they add up to: 99 or 101 is no reason to refuse a plan.
    """
    parts = plans.shares_of("host", host, host)
    shares = []
    for sector, part in zip(SECTORS, parts, strict=True):
        label = f"{p.words(f'sector_short.{sector}')} (%)"
        shares.append(
            p.number(
                f"mix_{sector}", 0, 100, round(100 * part / sum(parts)), label=label, width=NUMBER
            )
        )
    if sum(shares) != 100:
        st.caption(p.words("plan.free_sum", sum=sum(shares)))
    return shares
