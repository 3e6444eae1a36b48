"""What Ringkasan opens with: the finding that matters now, then the other large numbers."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from kub.answers.strip import hero, strip
from kub.web import blocks, cards

if TYPE_CHECKING:
    from kub.ui.content import Content


def opening(p: "Content", leads: blocks.Leads = MappingProxyType({})) -> None:
    """Of all numbers the first, with its sentence, and the others in a strip below it.

    leads: as in kub.web.cards.numbers.
    """
    now = p.answer("headline")
    first, *others = strip(p.data, now, p.words)
    p.add(cards.hero(first, hero(p.data, now, p.filters, p.words), leads))
    p.numbers(others, p.words("overview.strip"), now, leads)
