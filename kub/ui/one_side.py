"""A comparison whose own side holds nothing: the other side alone, and a sentence that says so."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kub.answers.sides import sides
from kub.ui.chips import active
from kub.web import blocks
from queries.against import NO_COMPARISON

if TYPE_CHECKING:
    from kub.ui.content import Content


def other_side(empty: "Content", show: "Callable[[Content], None]") -> "Content | None":
    """The page of the other side alone; None where it holds nothing either, or no village and no
    single KUB is known of it. empty: the page as it is under the own filters.
    """
    view, words = empty.view, empty.words
    own = view.data.resolved(view.filters)
    filters = view.against.filters(own)
    parsed = replace(view.parsed, filters=filters, against=NO_COMPARISON)
    other = type(empty)(empty.name, replace(view, parsed=parsed), notices=empty.notices)
    if other.programme.is_card:
        return None
    named = sides(view.data, own, filters, words)
    chosen = [label for label, _ in active(view)]
    todo = words("frame.empty_loosen", filters=words.listing(chosen)) if chosen else ""
    title = words("against.own_empty", own=named.in_own, other=named.other)
    other.add(blocks.Text(title, todo, boxed=True))
    show(other)
    return None if other.is_empty else other
