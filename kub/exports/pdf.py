"""The pack on paper: A4, tagged for screen readers (PDF/UA-1), set by Typst from data alone.

No text becomes markup: all of it reaches the templates (pdf.typ, guide.typ) as one JSON input,
charts as SVG inside it. Nothing is written to disk, nothing asked from outside; the typeface
lies beside the templates. Under PDF/UA-1 Typst refuses a picture without alt text, so a chart
cannot lose its own.
"""

import json
from dataclasses import asdict
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import typst

from kub import look, places
from kub.answers.sizes import TALLEST
from kub.answers.source import source_line
from kub.exports.logo import logo
from kub.exports.pack import Pack, Part
from kub.exports.pictures import FONTS, Pictures
from kub.look import LIGHT, SECTORS
from kub.words import Words
from kub.words.columns import columns, kind, sorts_as_value, written

HERE = Path(__file__).parent
WIDTH = 700  # px of a chart: its 13 px are then 8.5 pt on paper
ALONE = 1.2  # how much higher a chart stands that has a page to itself, without its rows
# px of a chart that shares its page with another, unless its rows decide: two panels need more than
# most, and the names on a map all it has.
TWIN, LISTED = 16, 26  # rows of a table under its chart (if they fit), of a table alone
# columns of a table; so few rows stand as columns where these are too many
TWIN_COLUMNS, TURNED = 10, 5
# characters of a cell before it takes another line; how wide theirs may be
LINE, BOLD, WIDE = 20, 1.2, 1.15
# mm of the office's logo: on the cover, and in the head of each page.
COVER, HEAD = (50, 14), (40, 7)
STEPS = ("open", "fill", "report", "look", "install")  # of the guide
# Large on the page of an answer in one row; what else it has stands below, small.
LARGE = ("kub", "members", "villages_covered", "members_per_kub", "women_share", "coverage")


def pdf(pack: Pack, pictures: Pictures) -> bytes:
    """The whole pack. Raises pictures.NoBrowser where charts cannot be drawn."""
    whole: bytes = typeset("pdf.typ", document(pack, pictures))
    return whole


def document(pack: Pack, pictures: Pictures) -> dict[str, Any]:
    """The texts and pictures of pdf.typ, under the names that the template reads."""
    words = pack.words
    label = words("source.sample") if pack.sample else ""
    return {
        "title": pack.title,
        "lang": pack.lang,
        "day": {"year": pack.made_on.year, "month": pack.made_on.month, "day": pack.made_on.day},
        "version": f"{words('pack.version')} {pack.version}",
        "label": label,
        "logo": _logo(),
        "page": words("pack.page_of", page="<page>", pages="<pages>"),
        "contents": words("pack.contents"),
        "settings": list(pack.settings()),
        "parts": [_part(part, words, pictures) for part in pack.parts],
        "methods": words("method.definitions"),
        "methods-more": words("method.definitions_more"),
        "definitions": list(pack.definitions()),
        "sources-title": words("method.sources"),
        "sources": pack.sources(),
        "files-title": words("method.files"),
        "files": {"columns": [words("method.file"), "SHA-256"], "rows": pack.files},
    }


def _logo() -> dict[str, Any] | None:
    """The office's logo, and how high it is on the cover and in the head of a page, in mm."""
    picture = logo()
    if picture is None:
        return None
    cover, head = (picture.within(*room)[1] for room in (COVER, HEAD))
    return {
        "picture": list(picture.content),
        "format": picture.ending,
        "alt": look.BRAND.name or "Logo",
        "cover": cover,
        "head": head,
    }


def guide(words: Words, region: str, blank: str) -> bytes:
    """One page: how another regency starts with its own records, from the blank workbook on.

    region: its code; without one the page says to ask for the workbook. blank: name of that
    workbook in the pack.
    """
    regency = places.regency_name(region)
    values = {"regency": regency or words("start.regency"), "file": blank, "region": region}
    steps = [
        {part: words(f"start.{step}.{part}", **values) for part in ("name", "says")}
        for step in STEPS
    ]
    if not regency:
        for at in (0, -1):
            steps[at]["says"] = words(f"start.{STEPS[at]}.without")
    commands = ""
    if regency:  # they need its code
        commands = words("start.commands", **values)
    texts = {
        part: words(f"start.{part}", **values)
        for part in ("title", "subtitle", "needs_title", "needs", "honest")
    }
    sheet: bytes = typeset(
        "guide.typ", texts | {"lang": words.lang, "steps": steps, "commands": commands}
    )
    return sheet


def typeset(template: str, data: dict[str, Any], **how: Any) -> Any:
    """The template filled with the data as one tagged PDF. how: other arguments for
    `typst.compile`.

    PDF/UA-1 knows no sign that the typeface lacks (日, an emoji): with such a name the file is
    made without its seal.
    """
    colours = {name: value for name, value in asdict(LIGHT).items() if isinstance(value, str)}
    data = data | {"colours": colours, "sectors": list(SECTORS.values())}
    compiled = partial(
        typst.compile,
        HERE / template,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,  # the same page on every machine
        sys_inputs={"pack": json.dumps(data, ensure_ascii=False)},
    )
    try:
        return compiled(**({"pdf_standards": "ua-1"} | how))
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return compiled(**how)


def _part(part: Part, words: Words, pictures: Pictures) -> dict[str, Any]:
    answer, frame, notes = part.answer, part.answer.frame, part.answer.finding.notes
    drawn = answer.figure is not None
    large: list[tuple[str, str, str]] = []
    small: list[tuple[str, str]] = []
    if len(frame) == 1 and not drawn:
        large, small = _numbers(part, words)
    if large or small or frame.empty:
        table = None
    else:
        table = _table(part, TWIN if drawn else LISTED, words)
    everything = words("pack.all_rows", n=len(frame))
    low, usual = answer.sizes.on_paper_low(frame), answer.sizes.on_paper(frame)
    high = usual
    if not table:
        high = min(round(usual * ALONE), TALLEST)
    # Two heights: the template takes the low one where it puts two charts on a page. Equal
    # heights are drawn once.
    svgs: list[str | None] = [None]
    if drawn:
        heights = dict.fromkeys((high, low))
        svgs = [pictures.svg(answer, WIDTH, px, words.lang).decode() for px in heights]
    more = ""
    if (drawn and not table) or (table and not table["whole"]):
        more = everything
    return {
        "title": part.title,
        "subtitle": answer.subtitle,
        "picture": svgs[0],
        "low": svgs[-1],
        "alt": answer.takeaway or part.title,
        "takeaway": answer.takeaway_under(part.title),
        "notes": asdict(notes) if notes else None,
        "numbers": large,
        "terms": small,
        "headline": bool(part.numbers),
        "table": table,
        "all": everything,
        "more": more,
        "source": source_line(answer.source, words),
    }


def _table(part: Part, most: int, words: Words) -> dict[str, Any] | None:
    """The rows as texts for the template; None below a chart where they are too many or too wide.

    most: rows.
    """
    frame = part.answer.short_frame
    shown = list(columns(frame))
    if part.answer.figure is not None and (len(frame) > most or len(shown) > TWIN_COLUMNS):
        return None
    texts = written(frame.head(most), words)
    numeric = [sorts_as_value(kind(name, frame[name]), frame[name]) for name in shown]
    heads, rows = list(texts.columns), texts.values.tolist()
    # Few wide rows are turned: a record is then read downwards instead of being cut at the right.
    if len(shown) > TWIN_COLUMNS and len(rows) <= TURNED:
        heads, *rows = [list(line) for line in zip(heads, *rows, strict=True)]
        numeric = [False] * len(heads)
    keep = slice(TWIN_COLUMNS)
    widths = [_width(head, [row[at] for row in rows]) for at, head in enumerate(heads)]
    sized = zip(heads[keep], numeric[keep], widths[keep], strict=True)
    return {
        "columns": [
            {"name": head, "number": number, "width": width} for head, number, width in sized
        ],
        "rows": [row[keep] for row in rows],
        "whole": len(frame) <= most and len(heads) <= TWIN_COLUMNS,
    }


def _width(head: str, cells: list[str]) -> int:
    """The share of the page's width that a column gets, in characters.

    At least its longest word, which no line break helps; longer texts take several lines.
    """
    words = (ceil(len(word) * BOLD) for word in head.split())
    return 2 + max(5, *words, *(ceil(min(len(cell), LINE) * WIDE) for cell in cells))


def _numbers(part: Part, words: Words) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """(large, small) numbers of an answer in one row.

    large: (heading, value, note), as the screen has a headline, else the columns of LARGE. small:
    (heading, value) of the other columns.
    """
    frame = part.answer.frame
    texts = written(frame, words)
    cells = dict(zip(columns(frame), zip(texts.columns, texts.values[0], strict=True), strict=True))
    small = [cell for name, cell in cells.items() if name not in LARGE]
    if part.numbers:
        shown = {number.label for number in part.numbers}
        small = [cell for cell in small if cell[0] not in shown or part.answer.chart != "sql"]
        return [(number.label, number.value, number.below) for number in part.numbers], small
    return [(*cells[name], "") for name in LARGE if name in cells], small
