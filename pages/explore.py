"""Jelajah: what analysts look for beyond the charts; here SQL."""

from kub.ui import content, explore_sql
from kub.ui.content import Content

PARTS = ("sql",)


def show(p: Content) -> None:
    p.asked("explore", PARTS)
    explore_sql.show(p)


content.run("explore", show)
