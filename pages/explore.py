"""Jelajah: the KUB one by one, for analysts: a list that is searched and sorted, the profile of
one, any figure by any two of places, trades and years, and SQL.
"""

from kub.ui import content, explore, explore_sql, kub_profile, pivot
from kub.ui.content import Content
from kub.ui.yearly import yearly
from kub.web import blocks
from queries.listing import REPORTED, STATES

LOOKS = ("kub", "pivot", "sql")


def show(p: Content) -> None:
    if not p.view.analyst:
        p.add(blocks.Text(p.words("explore.closed"), p.words("explore.closed_todo"), boxed=True))
        return
    looks, look = p.control("explore", LOOKS)
    if look == "sql":
        p.controls(looks)
        explore_sql.show(p)
        return
    if p.programme.is_card:
        p.controls(looks)
        yearly(p)
        return
    if p.data.role == "reader":
        p.add(blocks.Note([p.words("explore.reader")]))
    if look == "pivot":
        pivot.show(p, looks)
        return
    listed = explore.kubs(p.view)
    states, _ = p.control("state", STATES)
    reports, reported = p.control("reported", REPORTED, values={"year": explore.year(p)})
    p.controls(looks, states, reports)
    p.add(explore.block(p, listed))
    kub_profile.show(p, listed)


content.run("explore", show)
