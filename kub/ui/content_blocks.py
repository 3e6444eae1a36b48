"""What stands above every page, as blocks that page.js draws."""

from collections.abc import Sequence

from kub.answers.scope import scope
from kub.ui.chips import active
from kub.ui.link import Unknown
from kub.ui.view import View
from kub.web import blocks
from kub.words import Words


def head(view: View, name: str, beside: str, more: Sequence[blocks.Notice]) -> blocks.Head:
    """What stands above every page. beside: beside the scope; more: notices of the page itself."""
    words = view.words
    chips = [
        blocks.Action(label, changes, words("filters.drop", filter=label))
        for label, changes in active(view)
    ]
    return blocks.Head(
        words(f"page.{name}"),
        words(f"question.{name}"),
        scope(view.data, view.filters, words),
        beside,
        chips,
        [*notices(view), *more],
    )


def notices(view: View) -> list[blocks.Notice]:
    """What the link says that we do not know, and a version other than the one named."""
    words, listed = view.words, []
    if view.data.version.notice:
        listed.append(blocks.Notice(words(view.data.version.notice)))
    if view.parsed.role == "analyst" and view.data.withholds:
        refused = view.data.role == "reader"
        text = words("withheld.refused" if refused else "withheld.on")
        listed.append(blocks.Notice(text, tone="info" if refused else "warning"))
    if view.parsed.unknown:
        known = view.query
        mended = {value.name: known.get(value.name) for value in view.parsed.unknown}
        listed.append(left_aside(view.parsed.unknown, words, mended))
    return listed


def left_aside(unknown: Sequence[Unknown], words: Words, changes: blocks.Changes) -> blocks.Notice:
    """The values of the link that were left aside, and what takes them out of it.

    They come from outside: the block shows them as text.
    """
    mend = blocks.Action(words("frame.mend"), changes, words("frame.mend_help"))
    return blocks.Notice(words("frame.unknown"), [value.message(words) for value in unknown], mend)
