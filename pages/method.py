"""Metode: what every number means, how complete the records are, where they come from."""

from kub.ui import content, method
from kub.ui.content import Content


def show(p: Content) -> None:
    method.explained(p)
    method.quality(p)
    method.dictionary(p)
    method.sources(p)


content.run("method", show)
