"""Desa: where the KUB are, how far they reach, which villages still have none, and a single village
in detail.
"""

from kub.charts import ground
from kub.findings.options import MAP_PERS, MapOptions, MapPer, RankingOptions
from kub.ui import content, village
from kub.ui.content import Content
from queries.filters import MEASURES


def show(p: Content) -> None:
    if len(p.filters.villages) != 1:
        p.ahead("coverage_years", "coverage", "gaps")
    frame = p.data.ask("villages", p.filters)
    if frame.empty:
        p.empty()
        return
    areas, report = village.ground(p, frame)
    choices = [p.control("measure", MEASURES)[0]]
    per: MapPer = ""
    if p.filters.measure == "kub" and frame["population"].notna().any():
        pers, per = p.control("per", MAP_PERS)
        choices.append(pers)
    profiles, profile = village.chosen(p, frame)
    p.controls(*choices, profiles)
    village.year(p)

    left, right = p.columns(8, 5)
    on_map = p.answer("villages", MapOptions(per, profile))
    look = "tiles" if areas.kind == "tiles" else "land"
    left.card(on_map, height=ground.height(areas), opens="profile", look=look)
    village.notes(left, areas, report)
    if profile:
        village.profile(right, profile)
        village.groups(p, profile)
    else:
        right.card(p.answer("villages_ranking", RankingOptions(per)), opens="profile")
    if len(frame) > 1:
        village.reach(p)


content.run("villages", show)
