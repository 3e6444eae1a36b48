"""A pack as slides that can be edited: real titles, native charts and
tables, speaker notes, alternative text.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pptx.util import Inches

from kub.answers.answer import Answer
from kub.answers.catalog import spec_of
from kub.answers.source import source_line
from kub.charts.chart_data import ChartData
from kub.exports.pack import Pack, Part
from kub.exports.pptx import charts, matrix, native, tables
from kub.exports.pptx import text as texts
from kub.exports.pptx.slide import (
    BODY,
    LEFT,
    TAGS,
    TEXT,
    WIDE,
    Box,
    deck,
    finish,
    place,
    slide,
    speak,
    stripe,
)
from kub.look import LIGHT, SECTORS
from kub.words import Words
from kub.words.columns import columns as columns_of

Picture = Callable[[Answer], bytes]
SUBTITLE: Box = (LEFT, 1.4, WIDE, 0.52)
TAKEAWAY: Box = (LEFT, 5.88, WIDE, 1.0)
COVER: Box = (LEFT, 0.6, WIDE, 3.3)
INSET, STRIPE = 0.5, 0.12  # inches: around the title of the cover; of the sectors' colours below it
VILLAGES, FILES, MAP = 10, 8, 0.52  # rows beside a map, files named, part of the width of a map
DEFINED = (14, 13)  # points
NAME = 52  # letters that are kept of a name
NOTES = 0.3  # inches of a line below a chart


def pptx(pack: Pack, picture: Picture | None = None) -> bytes:
    """The slides. picture: draws an answer as PNG; without it a map is
    told by its table, and a note says why.
    """
    made, words = deck(), pack.words
    foot = " · ".join(value for _, value in pack.settings())
    _cover(made, pack, foot)
    for part in pack.parts:
        _part(made, part, words, picture)
    for number, page in enumerate(_pages(list(pack.definitions())), 1):
        title = words("pack.deck.definitions") + (f" ({number})" if number > 1 else "")
        _text(made, title, page, foot, words)
    _text(made, words("pack.deck.sources"), _sources(pack), foot, words)
    properties = made.core_properties
    properties.title, properties.author, properties.language = (
        texts.clean(pack.title)[:255],
        "",
        TAGS[pack.lang],
    )
    properties.created = properties.modified = datetime.combine(pack.made_on, datetime.min.time())
    speak(made, pack.lang)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _cover(made: Any, pack: Pack, foot: str) -> None:
    """As the document's: the title in white on our colour, the colours of
    the sectors below, then what it rests on.
    """
    settings = list(pack.settings())
    new = slide(
        made, pack.title, [pack.title, "\n".join(f"{name}: {value}" for name, value in settings)]
    )
    title, (x, y, width, tall) = new.shapes.title, COVER
    place(title, COVER)
    title.fill.solid()
    title.fill.fore_color.rgb = texts.rgb(LIGHT.accent)
    frame = title.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(INSET)
    size = texts.fitting(pack.title, width - 2 * INSET, tall - 2 * INSET, 44)
    for paragraph in frame.paragraphs:
        texts.style(paragraph.runs[0], size, "#FFFFFF", True)
    wide = width / len(SECTORS)
    for number, color in enumerate(SECTORS.values()):
        stripe(new.shapes, (x + number * wide, y + tall, wide, STRIPE), color)
    at = (x, y + tall + STRIPE + 0.35, width, 2.1)
    shape = new.shapes.add_textbox(*(Inches(inch) for inch in at))
    shape.name = pack.words("pack.scope")
    lines = "\n".join(f"{name}  {value}" for name, value in settings)
    texts.paragraphs(
        shape.text_frame, settings, texts.fitting(lines, width, at[3] - 0.13 * len(settings), 18)
    )
    finish(new, foot, pack.words)


def _part(made: Any, part: Part, words: Words, picture: Picture | None) -> None:
    answer = part.answer
    notes = answer.finding.notes
    listed = [notes.heading, *notes.lines] if notes else []
    spoken = [part.note, answer.takeaway, *listed, source_line(answer.source, words)]
    new = slide(made, part.title, spoken)
    panels = native.panels(answer)
    subtitle = _subtitle(answer, panels, words)
    texts.box(new.shapes, subtitle, SUBTITLE, 15, words("pack.deck.subtitle"), color=LIGHT.muted)
    if panels and panels[0].kind == "dots":
        _dots(new.shapes, answer, panels[0], words)
    elif panels:
        _charts(new.shapes, answer, panels, words)
    elif answer.figure is None and len(answer.frame) == 1:
        x, y, width, height = BODY
        tables.large(new.shapes, part, words, (x, y + 0.3, width, height - 0.4))
    else:
        _table(new.shapes, answer, words, picture)
    texts.box(new.shapes, answer.takeaway, TAKEAWAY, 17, words("pack.deck.takeaway"))
    finish(new, source_line(answer.source, words), words)


def _subtitle(answer: Answer, panels: Sequence[ChartData], words: Words) -> str:
    """What is measured, and what the marks of the chart mean where
    the subtitle does not say so already.
    """
    series = [line for panel in panels for line in panel.series]
    text, word = answer.subtitle, words("pack.deck.provisional_word")
    if any(line.provisional for line in series) and word not in text:
        text += f" · {words('pack.deck.provisional')}"
    if any(line.role == "published" for line in series) and "◇" not in text:
        text += f" · {words('pack.deck.diamond')}"
    return text


def _charts(shapes: Any, answer: Answer, panels: Sequence[ChartData], words: Words) -> None:
    """One chart over the whole width, several in a grid."""
    x, y, width, height = BODY
    if notes := answer.finding.notes:
        # A native axis of dates bears no marks of its own; lines laid over it would stand elsewhere
        # in every program. The speaker's notes have each with its source.
        height -= NOTES
        text, at = f"{notes.heading}: {notes.brief}", (x, y + height, width, NOTES)
        texts.box(shapes, text, at, 12, notes.heading, color=LIGHT.muted)
    columns = {1: 1, 2: 2, 4: 2}.get(len(panels), 3)
    wide, tall = width / columns, height / -(-len(panels) // columns)
    for number, panel in enumerate(panels):
        at = (x + number % columns * wide, y + number // columns * tall, wide - 0.1, tall)
        charts.draw(shapes, panel, words, at, _alt(answer))


def _dots(shapes: Any, answer: Answer, panel: ChartData, words: Words) -> None:
    """Names and figures in a table, beside them the chart: a row of the
    one at the height of a row of the other.
    """
    x, y, width, height = BODY
    edge = 0.34  # above the plot its legend, below it its axis
    pitch = (height - 2 * edge) / len(panel.categories)
    heading = bool(panel.headings)
    rows = [["", *panel.headings]] if heading else []
    rows += [[category.label, *category.beside] for category in panel.categories]
    columns = zip(*rows, strict=True)
    letters = 1.2 * sum(
        max(tables.BOLD * len(column[0]), *map(len, column)) + 3 for column in columns
    )
    size = max(8, min(14, int((pitch - 0.03) * 72 / texts.LEADING)))
    wide = min(0.62 * width, letters * size * texts.LETTER / 72)
    top = y + edge - (pitch if heading else 0)
    tables.native(
        shapes,
        rows,
        (x, top, wide, pitch * len(rows)),
        answer.title,
        heading,
        size,
        whole=True,
    )
    at = (x + wide + 0.1, y, width - wide - 0.1, height)
    charts.draw(
        shapes, panel, words, at, _alt(answer), (0.02, edge / height, 0.95, 1 - 2 * edge / height)
    )


def _table(shapes: Any, answer: Answer, words: Words, picture: Picture | None) -> None:
    """A native table of the first rows; of a map the villages with most KUB, beside its picture."""
    x, y, width, height = BODY
    if answer.data and answer.data.kind == "matrix":
        matrix.native(shapes, matrix.cells(answer.data, words), BODY, words, _alt(answer))
        return
    spec = spec_of(answer.chart)
    drawn = answer.figure is not None and not spec.slide_alone
    if drawn and picture:
        image = shapes.add_picture(
            io.BytesIO(picture(answer)), Inches(x), Inches(y), height=Inches(height)
        )
        if image.width > Inches(width * MAP):
            image.height, image.width = (
                int(image.height * Inches(width * MAP) / image.width),
                Inches(width * MAP),
            )
        texts.describe(image, answer.title[:60], _alt(answer))
        beside = image.width / Inches(1) + 0.3
        x, width = x + beside, width - beside
    every = len(columns_of(answer.frame))
    answer = replace(answer, frame=answer.short_frame)
    if "kub" in answer.frame.columns and drawn and not spec.slide:
        answer = replace(
            answer, frame=answer.frame.sort_values("kub", ascending=False, kind="stable")
        )
    size = 12 if drawn and picture else 13
    if spec.slide:
        frame, names = answer.frame[list(spec.slide)], spec.slide[0]
        short = frame[names].map(
            _shortened, na_action="ignore"
        )  # of invented regencies: no province
        answer, size = replace(answer, frame=frame.assign(**{names: short})), 11
    rows, more = tables.rows_of(answer, words, VILLAGES if drawn else tables.ROWS, width, size)
    tall = min(height - 0.35, 0.36 * (len(rows) + 0.7))
    if len(rows) > 1:
        tables.native(shapes, rows, (x, y, width, tall), _alt(answer), size=size)
    left = {"rows": more, "columns": every - len(rows[0])}
    notes = [words(f"pack.deck.more_{what}", n=n) for what, n in left.items() if n]
    notes += [words("pack.deck.no_picture")] if drawn and not picture else []
    if notes:
        at = (x, y + tall + 0.06, width, 0.28)
        texts.box(shapes, " ".join(notes), at, 12, words("pack.deck.note"), color=LIGHT.muted)


def _shortened(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"


def _pages(items: Sequence[tuple[str, str, str]]) -> list[list[tuple[str, str]]]:
    """Definitions by the slideful, at a size that can be read from a distance. Formulas are left to
    the document.

    A little smaller where the last slide would else be left nearly empty.
    """
    named = [(name, says) for name, says, _ in items]
    sized = [list(_filled(named, size)) for size in DEFINED]
    return next(
        (pages for pages, size in zip(sized, DEFINED, strict=True) if _used(pages[-1], size) > 0.4),
        sized[0],
    )


def _filled(items: Sequence[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    page: list[tuple[str, str]] = []
    for item in items:
        if page and _used([*page, item], size) > 1:
            yield page
            page = []
        page.append(item)
    yield page


def _used(page: Sequence[tuple[str, str]], size: int) -> float:
    """Of a slide's height, as a share."""
    return sum(texts.height(f"{name}. {says}", WIDE, size) + 0.13 for name, says in page) / TEXT[3]


def _sources(pack: Pack) -> list[tuple[str, str]]:
    words = pack.words
    listed = [(source, digest[:16]) for source, digest in pack.files[:FILES]]
    files = ", ".join(f"{name} ({digest}…)" for name, digest in listed)
    if more := len(pack.files) - len(listed):
        files += f" {words('pack.deck.more_files', n=more)}"
    paragraphs = [("", source) for source in pack.sources()] + list(pack.settings())
    return [*paragraphs, (words("pack.deck.files"), files)] if files else paragraphs


def _text(made: Any, title: str, items: Sequence[tuple[str, str]], foot: str, words: Words) -> None:
    """A slide of paragraphs, each with its name in bold before it."""
    lines = [f"{name}: {says}" if name else says for name, says in items]
    new = slide(made, title, [*lines, foot])
    shape = new.shapes.add_textbox(*(Inches(inch) for inch in TEXT))
    shape.name = texts.clean(title)
    texts.paragraphs(
        shape.text_frame,
        items,
        texts.fitting("\n".join(lines), WIDE, TEXT[3] - 0.13 * len(lines), 16),
    )
    finish(new, foot, words)


def _alt(answer: Answer) -> str:
    return answer.takeaway or answer.title
