"""Metode: what every number means, how complete the records are, where they come from."""

from kub.ui import content, method
from kub.ui.content import Content
from kub.web.blocks import Heading


def show(p: Content) -> None:
    method.definitions(p)
    p.add(Heading(p.words("method.quality"), "quality"))
    if p.can_answer("growth_reported"):
        p.card(p.answer("growth_reported"))
    if p.can_answer("reconcile"):
        p.card(p.answer("reconcile"), height=320)
    method.dictionary(p)
    method.sources(p)


content.run("method", show)
