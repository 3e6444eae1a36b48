"""A pack as one file for a browser without any net: charts that answer to the pointer, their
tables, definitions.

Its cards are those of the page (kub/web/cards.py), in the same elements (kub/web/blocks.jinja) and
styles, drawn by the same scripts; the library and the typeface lie inside. The policy in its head
names the two scripts by their hash and forbids every request, so that neither a record's text nor
an added script could run or ask another host.
"""

import base64
import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from kub import look
from kub.answers.file_name import file_name
from kub.answers.source import source_line
from kub.exports.csv import csv, writings
from kub.exports.pack import Pack, Part
from kub.web import blocks, brand
from kub.web.cards import card
from kub.web.script import FONT_FILE, PLOTLY_NAME, STATIC, WEB, chart_script
from kub.web.twin import table
from kub.words import Words

HERE = Path(__file__).parent
# Of kub/look.py, under the names that style.css gives them.
COLOURS = (
    *("background", "surface", "ink", "muted", "line", "grid", "accent", "tint", "guest"),
    *("warning", "negative"),
)
MOST_ROWS = 2_000  # of a table; a browser takes more, a reader does not


@dataclass(frozen=True)
class _Shown:
    """An answer as the file shows it.

    lone: a table of a single row, read upright. numbers: the large ones of a headline. summary: of
    the table folded away. csv: its rows as a data: address, "" where the table does not hold all.
    """

    card: blocks.Card
    lone: bool
    numbers: blocks.Numbers | None
    summary: str
    csv: str
    csv_name: str
    csv_help: str


def html(pack: Pack) -> bytes:
    """The file. Colours follow the browser's mode, numbers the pack's language; it prints light."""
    words = pack.words
    answers = [_shown(number, part, words) for number, part in enumerate(pack.parts, 1)]
    library, script = _library(), _script()
    # img-src data: and blob:, for Plotly draws its pictures there; nothing may be asked from a
    # host.
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; "
        "font-src data:; "
        f"style-src 'unsafe-inline'; script-src {_hash(library)} {_hash(script)}"
    )
    text = _template().render(
        pack=pack,
        logo=brand.sign_address() if look.BRAND.logo else "",
        owner=look.BRAND.name,
        say=words,
        answers=answers,
        files=blocks.Table([words("method.file"), "SHA-256"], pack.files),
        policy=policy,
        style=_style(),
        data=_data(answers, words),
        library=library,
        script=script,
    )
    return text.encode()


@cache
def _template() -> Template:
    # Every text of records, words and visits is escaped; `safe` is what this module made itself.
    return Environment(
        loader=FileSystemLoader([HERE, WEB]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("html.jinja")


def _shown(number: int, part: Part, words: Words) -> _Shown:
    answer, key = part.answer, f"answer-{number}"
    rows = len(answer.frame)
    listed = table(answer.frame, words, MOST_ROWS)
    if listed.cut:
        listed = replace(listed, cut=words("pack.page.cut", shown=MOST_ROWS, rows=rows))
    numbers = [blocks.Number(*number) for number in part.numbers]
    writing = writings(words)[0]
    rows_file = ""
    if rows and not listed.cut:
        body = base64.b64encode(csv(answer, words, writing)).decode()
        rows_file = f"data:text/csv;charset=utf-8;base64,{body}"
    return _Shown(
        card=replace(
            card(answer, key, words, answer.sizes.on_paper(answer.frame)),
            title=part.title,
            takeaway=answer.takeaway_under(part.title),
            # A page of the file may be all that is passed on: version and label in full.
            source=source_line(answer.source, words),
            table=listed if rows else None,
        ),
        lone=answer.figure is None and rows == 1,
        numbers=blocks.Numbers(words("overview.strip"), numbers) if numbers else None,
        summary=words("pack.page.row") if rows == 1 else words("pack.page.rows", n=rows),
        csv=rows_file,
        csv_name=file_name(answer, "csv", words, writing),
        csv_help=words(f"card.csv_{writing}_help"),
    )


def _hash(script: str) -> str:
    """The source of a script for the policy: it runs only with exactly this content."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _code(script: str) -> str:
    """A script for use inside <script>. Raises ValueError for what would end it there."""
    if "</script" in script.lower():
        raise ValueError("a script ends its own element")
    # \r goes: a browser reads CRLF as LF before it computes the hash.
    return script.replace("\r", "")


@cache
def _library() -> str:
    return _code((STATIC / PLOTLY_NAME).read_text("utf-8"))


@cache
def _script() -> str:
    """The scripts of the screen for charts and tables, and behind them what begins to draw."""
    more = ((WEB / "table.js"), HERE / "html.js")
    return _code("\n".join([chart_script("", ""), *(path.read_text("utf-8") for path in more)]))


def _data(answers: list[_Shown], words: Words) -> str:
    """What the scripts need: the cards without the rows, which stand in the file already."""
    cards = []
    for answer in answers:
        listed = answer.card.table
        if listed:
            listed = replace(listed, headings=(), rows=())
        cards.append(replace(answer.card, table=listed))
    text = blocks.encode(
        {"cards": cards, "lang": words.lang, "words": {"sort": words.texts["card.sort"]}}
    )
    # No sign of the element's end, or of a comment that would swallow it.
    return text.replace("<", "\\u003c")


@cache
def _style() -> str:
    # Inside the file: a link to a font would ask another host, and fail without any net.
    font = base64.b64encode(FONT_FILE.read_bytes()).decode()
    face = font_face(f"data:font/woff2;base64,{font}")
    sheets = (WEB / "style.css", WEB / "page.css", HERE / "html.css")
    texts = (path.read_text("utf-8") for path in sheets)
    return "\n".join([face, *texts, *branded(), colour_modes()])


def branded() -> tuple[str, ...]:
    """The rules of a copy's own brand, behind the others; none where it looks like ours."""
    rules = brand.styles().decode()
    return (rules,) if rules else ()


def font_face(address: str) -> str:
    """The rule of the typeface. address: of its file."""
    face = f'@font-face {{ font-family: "{look.FAMILY}"; font-weight: 200 800;'
    return face + f' src: url("{address}") format("woff2"); }}'


def colour_modes() -> str:
    """The colours, said again in a way that browsers before light-dark() know: a file is kept for
    years, and opened on what there is. .kub-paper is set while it prints.
    """
    light, dark = (
        "".join(f"--kub-{name}: {getattr(palette, name)};" for name in COLOURS)
        for palette in (look.LIGHT, look.DARK)
    )
    return (
        f":root {{ --family: {look.FONT}; {light} }}\n@media screen and (prefers-color-scheme: "
        f"dark) {{ :root:not(.kub-paper) {{ {dark} }} }}"
    )
