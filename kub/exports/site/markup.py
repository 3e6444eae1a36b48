"""A page of the published site as HTML: all that is read stands in it, and scripts add drawings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from kub import look
from kub.answers.file_name import file_name
from kub.answers.scope import scope
from kub.exports.csv import writings
from kub.exports.site import social as social_card
from kub.exports.site.assets import assets
from kub.exports.site.data import ENDINGS, Listed, listed
from kub.exports.site.page import Page, cards
from kub.exports.site.pages import PAGES
from kub.web import blocks
from kub.web.brand import product
from kub.web.script import WEB
from kub.words import LANGUAGES, of

HERE = Path(__file__).parent
FIRST = "index.html"
# Scripts and requests of the site alone; styles inside elements too, for Plotly writes them there.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
    "blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
FORMATS = {"csv": "CSV", "json": "JSON", "parquet": "Parquet"}


@dataclass(frozen=True)
class _Beside:
    """What a card leads to. csv: path of its rows, as the language writes them; csv_name: under
    which they are saved; summary: of the table folded away.
    """

    csv: str
    csv_name: str
    csv_help: str
    summary: str


def path(page: Page) -> str:
    """Where a page lies below the site's folder. With its ending, which a disk does not add."""
    return f"{page.words.lang}/{_file(page.name)}"


def _file(name: str) -> str:
    return FIRST if name == next(iter(PAGES)) else f"{name}.html"


def html(page: Page, names: Sequence[str], rows: Sequence[Listed], social: str) -> bytes:
    """A page. names: of the pages that the site has; rows: its data files; social: path of the
    picture that a link to it shows.
    """
    shown = list(cards(page.parts))
    return _render(
        "page.jinja",
        page,
        name=page.name,
        social=f"../{social}",
        files={name: _file(name) for name in names},
        scope=scope(page.data, page.filters, page.words),
        beside=page.beside,
        parts=page.parts,
        cards={card.key: _beside(page, card.key) for card in shown},
        has_charts=any(card.chart for card in shown),
        payload=_payload(shown, page),
        data=_listed(page, rows),
        footer=_footer(page),
    )


def first(page: Page, social: str) -> bytes:
    """The page of the site's own folder, which leads to the first language's. page: its first."""
    return _render("first.jinja", page, file=FIRST, social=social)


def _render(template: str, page: Page, **values: object) -> bytes:
    words = page.words
    place = social_card.place(page)
    return (
        _template(template)
        .render(
            say=words,
            languages=[of(lang) for lang in LANGUAGES],
            title=f"{words(f'page.{page.name}')} · {product(place)}",
            product=look.BRAND.name,
            size=(social_card.WIDTH, social_card.HEIGHT),
            place=place,
            description=_description(page),
            sample=page.programme.is_sample,
            assets=assets(),
            policy=POLICY,
            **values,
        )
        .encode()
    )


@cache
def _template(name: str) -> Template:
    # Every text of records and words is escaped; `safe` is what this module made itself.
    return Environment(
        loader=FileSystemLoader([HERE, WEB]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)


def _description(page: Page) -> str:
    """What a search or a preview shows of a page: its first finding, whose it is, and that it is
    invented where it is.
    """
    return f"{social_card.finding(page)} · {_footer(page)}"


def _footer(page: Page) -> str:
    words, programme = page.words, page.programme
    line = words(
        "frame.footer",
        as_of=programme.as_of,
        version=page.data.version.label,
        programme=programme.name,
    )
    return f"{line} · {words('source.sample')}" if programme.is_sample else line


def _beside(page: Page, key: str) -> _Beside:
    made, words = page.answers[key], page.words
    writing, rows = writings(words)[0], len(made.frame)
    return _Beside(
        csv=listed(made, page.data, page.filters).path("csv", words.lang),
        csv_name=file_name(made, "csv", words, writing),
        csv_help=words(f"card.csv_{writing}_help"),
        summary=words("pack.page.row") if rows == 1 else words("pack.page.rows", n=rows),
    )


def _payload(shown: Sequence[blocks.Card], page: Page) -> str:
    """What the script needs: the cards without the rows, which stand in the page already."""
    bare = [
        replace(card, table=card.table and replace(card.table, headings=(), rows=()))
        for card in shown
    ]
    words = {"sort": page.words.texts["card.sort"]}
    text = blocks.encode({"cards": bare, "lang": page.words.lang, "words": words})
    # No sign of the element's end, or of a comment that would swallow it.
    return text.replace("<", "\\u003c")


def _listed(page: Page, rows: Sequence[Listed]) -> list[Mapping[str, object]]:
    lang = page.words.lang
    return [
        {
            "name": item.name,
            "question": item.question,
            "until": item.until,
            "files": [
                (FORMATS[ending], item.path(ending, lang if ending == "csv" else ""))
                for ending in ENDINGS
            ],
        }
        for item in rows
    ]
