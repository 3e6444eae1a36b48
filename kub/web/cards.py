"""An answer as the card that pages and the HTML file of a pack show."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kub.answers.answer import Answer
from kub.answers.file_name import file_name
from kub.answers.source import on_page, source_line
from kub.answers.step import tellable
from kub.findings.numbers import Number
from kub.look import Figure
from kub.web import blocks
from kub.web.sections import Hero
from kub.web.twin import table
from kub.words import Words

INLINE = 300  # rows of a table that comes with the page; a click brings ROWS, files have all


@dataclass(frozen=True)
class Points:
    """A figure whose points can be chosen: the names of the link that they are values of, and the
    control that a click sets instead, or "".
    """

    figure: Figure | None
    selects: Sequence[str] = ()
    opens: str = ""


def card(
    answer: Answer,
    key: str,
    words: Words,
    height: int | None = None,
    look: str = "",
    opened: bool = False,
    files: bool = True,
    points: Points | None = None,
) -> blocks.Card:
    """An answer as the block that page.js draws, and that blocks.jinja writes. opened: its table
    stands there at once; files: whether table and downloads are offered; points: what a click on
    its chart does.
    """
    points, notes = points or Points(answer.figure), answer.finding.notes
    chart = rows = None
    if answer.figure is None or opened:
        inline = table(answer.frame, words, INLINE, opens=points.opens)
        rows = inline if len(answer.frame) else None
    if answer.figure is not None:
        chart = blocks.Chart(
            points.figure or answer.figure,
            answer.takeaway or answer.title,
            answer.sizes.on_page(answer.frame) if height is None else height,
            file_name(answer, "csv", words).removesuffix(".csv"),
            source_line(answer.source, words),
            points.selects,
            points.opens,
        )
    return blocks.Card(
        key=key,
        name=answer.chart,
        title=answer.title,
        subtitle=answer.subtitle,
        takeaway=answer.takeaway,
        source=on_page(answer.source, words),
        chart=chart,
        table=rows,
        empty="" if len(answer.frame) else words("card.none"),
        files=files,
        tellable=tellable(answer),
        look=look,
        notes_title=notes.heading if notes else "",
        notes=notes.lines if notes else (),
    )


def numbers(
    label: str, items: Sequence[Number], leads: blocks.Leads = MappingProxyType({})
) -> blocks.Numbers:
    """Large numbers. label: names the list for screen readers; leads: by a number's label, the page
    that it leads to.
    """
    return blocks.Numbers(label, [_number(number, leads) for number in items])


def hero(number: Number, text: str, leads: blocks.Leads = MappingProxyType({})) -> Hero:
    """The finding that opens a page. text: the sentence behind the number."""
    return Hero(_number(number, leads), text)


def _number(number: Number, leads: blocks.Leads) -> blocks.Number:
    return blocks.Number(*number, lead=leads.get(number.label))
