"""Sektor: which trades, how the mix changes, where they are, who specialises."""

from kub.ui import content
from kub.ui.content import Content
from queries.filters import MEASURES

HEIGHT = 400  # px of the mix and of its change: side by side both end on one line


def show(p: Content) -> None:
    p.ahead("sectors", "sector_years", "village_sectors", "specialisation", "activities")
    if not p.data.ask("growth", p.filters)["active"].any():
        p.empty()
        return
    measures, _ = p.control("measure", MEASURES)
    p.controls(measures)
    mix = p.answer("sectors")
    # With every KUB closed only the years before have a mix.
    active = bool(mix.frame["kub"].sum())
    # The change of two sides is a panel for each sector, which need the whole width.
    if active and not p.against:
        left, right = p.columns(1, 1)
        left.card(mix, height=HEIGHT)
        right.card(p.answer("sector_years"), height=HEIGHT)
    else:
        if active:
            p.card(mix)
        p.card(p.answer("sector_years"))
    if active:
        p.section("villages")
        p.card(p.answer("village_sectors"))
        p.section("special")
        left, right = p.columns(1, 1)
        left.card(p.answer("specialisation"))
        right.card(p.answer("activities"))


content.run("sectors", show)
