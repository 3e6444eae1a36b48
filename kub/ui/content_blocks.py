"""An answer as a card, and what stands above every page: as blocks that page.js draws."""

from collections.abc import Sequence

from kub.answers.answer import Answer
from kub.answers.scope import scope
from kub.answers.source import on_page, source_line
from kub.exports.csv import file_name
from kub.ui import twin
from kub.ui.chips import active
from kub.ui.link import Unknown
from kub.ui.view import View
from kub.ui.visits.keep import tellable
from kub.web import blocks
from kub.words import Words

INLINE = 300  # rows of a table that comes with the page; files have the rest


def card(
    answer: Answer,
    key: str,
    words: Words,
    height: int | None = None,
    select: str = "",
    look: str = "",
) -> blocks.Card:
    """An answer as the block that page.js draws."""
    chart = table = None
    if answer.figure is None:
        table = twin.table(answer.frame, words, INLINE) if len(answer.frame) else None
    else:
        chart = blocks.Chart(
            answer.figure,
            answer.takeaway,
            answer.sizes.on_page(answer.frame) if height is None else height,
            file_name(answer, "csv", words).removesuffix(".csv"),
            source_line(answer.source, words),
            select,
        )
    return blocks.Card(
        key=key,
        name=answer.chart,
        title=answer.title,
        subtitle=answer.subtitle,
        takeaway=answer.takeaway,
        source=on_page(answer.source, words),
        chart=chart,
        table=table,
        empty="" if len(answer.frame) else words("card.none"),
        tellable=tellable(answer),
        look=look,
    )


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
