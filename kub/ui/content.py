"""A page as data: what `pages/<name>.py` writes down, and the one text that every way shows.

`def show(p: Content) -> None` and `content.run("growth", show)` are a page. Its blocks are made
under a view alone, without Streamlit: a session's run and a plain request (kub/ui/page_route.py)
get the same text, made once for a version, a role and a query, and kept within bounds.
"""

import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from kub.answers.answer import Answer
from kub.answers.answer_cache import kept_answer
from kub.answers.catalog import CATALOG
from kub.answers.compare import compared
from kub.answers.cross_filter import pointed
from kub.findings.numbers import Number
from kub.findings.options import Options
from kub.places import boundaries
from kub.store.frame_cache import FrameCache
from kub.store.versions import data_folder
from kub.ui.chips import active
from kub.ui.content_blocks import head, labels, left_aside
from kub.ui.link import FRAME, Unknown
from kub.ui.one_side import other_side
from kub.ui.site import DIRECT, UNFILTERED
from kub.ui.view import View, Viewed
from kub.ui.yearly import yearly
from kub.web import blocks, brand, sections
from kub.web.cards import Points, card
from kub.web.cards import numbers as numbers_block
from kub.web.text_cache import Packed, TextCache
from queries.against import Against
from queries.filters import Filters
from queries.yearly import answers

FOLDER = Path(__file__).resolve().parents[2] / "pages"
Chosen = TypeVar("Chosen", bound=str)
Show = Callable[["Content"], None]


@dataclass
class Content(Viewed):
    """One page while it is written. Everything follows from `view`, so from the address.

    answers: of cards; strips: of large numbers, which have no card; opens: by card, the control
    that its points and its table set.
    """

    name: str
    view: View
    parts: list[blocks.Block] = field(default_factory=list)
    notices: list[blocks.Notice] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    strips: dict[str, Answer] = field(default_factory=dict)
    opens: dict[str, str] = field(default_factory=dict)
    beside: str = ""
    is_empty: bool = False

    @property
    def against(self) -> Against:
        return self.view.against

    def answer(
        self,
        chart: str,
        options: Options | None = None,
        *,
        filters: Filters | None = None,
        alone: bool = False,
    ) -> Answer:
        """The answer under the page's filters (or others), beside the other side where the link
        compares. chart, options: as in kub.answers. alone: of this side whatever the link says.
        """
        chosen = filters or self.filters
        if self.against and not alone:
            return compared(self.data, chart, chosen, self.against, self.words, options=options)
        return kept_answer(self.data, chart, chosen, self.words, options)

    def can_answer(self, chart: str) -> bool:
        """False where the programme shares yearly figures only and these do not answer it."""
        return not self.programme.is_card or answers(CATALOG[chart].question, self.filters)

    def ahead(self, *questions: str) -> None:
        """Begin to ask what the page will ask under its filters, while it writes what comes first.

        One that is not asked afterwards costs its time and nothing else.
        """
        for question in questions:
            self.data.ahead(question, self.filters)

    def add(self, *more: blocks.Block) -> None:
        self.parts += more

    def card(
        self,
        answer: Answer,
        key: str = "",
        height: int | None = None,
        opens: str = "",
        look: str = "",
    ) -> None:
        """An answer. key: unique on the page, the chart's name if left out; height: of the chart,
        px, what its record says if left out; opens: the control that a click on a point sets,
        instead of filters; look: a class of its own in the styles.
        """
        key = key or answer.chart
        self.answers[key], self.opens[key] = answer, opens
        # Two of everything need another height, and a mark of both sides chooses neither.
        if answer.against:
            self.add(card(answer, key, self.words, look=look))
            return
        # A click that opens something else leaves no mark out.
        figure, rows = answer.figure, answer.frame
        if not opens:
            figure, rows = pointed(self.data, answer, self.words)
        if height is None and figure is not None:
            height = answer.sizes.on_page(rows)
        points = Points(figure, CATALOG[answer.chart].selects, opens)
        self.add(card(answer, key, self.words, height, look, points=points))

    def columns(self, *weights: int) -> "Iterator[Content]":
        """Pages within the page, side by side, as wide as their weights."""
        shared = self.notices, self.answers, self.strips, self.opens
        parts = [Content(self.name, self.view, [], *shared) for _ in weights]
        self.add(blocks.Columns(weights, [part.parts for part in parts]))
        return iter(parts)

    def panel(
        self, key: str, title: str, note: str, close: blocks.Action | None = None
    ) -> "Content":
        """A page within the page, under a heading of its own."""
        shared = self.notices, self.answers, self.strips, self.opens
        part = Content(self.name, self.view, [], *shared)
        self.add(blocks.Panel(key, title, note, part.parts, close))
        return part

    def numbers(
        self,
        numbers: Sequence[Number],
        label: str,
        of: Answer | None = None,
        leads: blocks.Leads = MappingProxyType({}),
    ) -> None:
        """Large numbers. of: the answer that they are from, if the page says where from; leads: as
        in kub.web.cards.numbers.
        """
        self.add(numbers_block(label, numbers, leads))
        if of:
            self.strips[of.chart] = of
            self.add(blocks.Origin(of.chart))

    def section(self, anchor: str) -> None:
        """A heading over what follows: words `section.<page>.<anchor>`, and `…_note` if there is
        one.
        """
        key = f"section.{self.name}.{anchor}"
        note = self.words(f"{key}_note") if self.words.has(f"{key}_note") else ""
        self.add(sections.Section(self.words(key), f"section-{anchor}", note))

    def controls(self, *choices: blocks.Choice) -> None:
        self.add(blocks.Controls(choices))

    def control(
        self,
        name: str,
        options: Sequence[Chosen],
        *,
        default: Chosen | None = None,
        format: Callable[[Chosen], str] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> tuple[blocks.Choice, Chosen]:
        """One of a few codes, all in sight, and the one chosen: `name` in the link unless it is
        the default. default: the first option. Labels: words `<name>.label` with values, and
        `<name>.<option>`.
        """
        default = options[0] if default is None else default
        asked = self.asked(name, options)
        chosen = next((option for option in options if option == asked), default)
        write = format or (lambda option: self.words(f"{name}.{option}"))
        written = [(str(option), write(option)) for option in options]
        label = self.words(f"{name}.label", **(values or {}))
        return blocks.Choice(name, label, written, chosen, default), chosen

    def choose(
        self, name: str, options: Sequence[str], *, format: Callable[[str], str] = str
    ) -> tuple[blocks.Choice, str | None]:
        """One of many codes, or none: a list that is searched. Its words: `<name>.label` and
        `<name>.placeholder`.
        """
        chosen = self.asked(name, options)
        choice = blocks.Choice(
            name,
            self.words(f"{name}.label"),
            [(code, format(code)) for code in options],
            chosen or "",
            style="list",
            placeholder=self.words(f"{name}.placeholder"),
        )
        return choice, chosen

    def asked(self, name: str, options: Sequence[str]) -> str | None:
        """The value of a control in the link; an unknown one is said under the title."""
        if name in FRAME:  # what is unknown of those is said already
            return str(getattr(self.filters, name))
        values = self.view.parsed.controls.get(name, ())
        unknown = [value for value in dict.fromkeys(values) if value not in options]
        if unknown:
            listed = [Unknown(name, value, "control") for value in unknown]
            self.notices.append(left_aside(listed, self.words, {name: None}))
        return next((value for value in reversed(values) if value in options), None)

    def empty(self) -> None:
        """Say that the scope holds nothing, and which filter to loosen."""
        self.is_empty = True
        words = self.words
        chosen = [label for label, _ in active(self.view)]
        todo = words("frame.empty_import")
        if chosen:
            todo = words("frame.empty_loosen", filters=words.listing(chosen))
        self.add(blocks.Text(words("frame.empty"), todo, boxed=True))


_SHOWN: dict[tuple[Path, str], Show] = {}
_LOADING = Lock()


def run(name: str, show: Show) -> None:
    """The last line of a page's file: from now on `show` writes that page."""
    _SHOWN[FOLDER, name] = show


def page(name: str) -> Show:
    """What writes a page, by its name in site.DIRECT. Raises KeyError for another name."""
    if name not in DIRECT:
        raise KeyError(name)
    with _LOADING:
        if (FOLDER, name) not in _SHOWN:
            spec = importlib.util.spec_from_file_location(f"kub_page_{name}", FOLDER / f"{name}.py")
            assert spec and spec.loader
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return _SHOWN[FOLDER, name]


def warm() -> None:
    """Read all pages now, so that the first visitor need not wait."""
    for name in DIRECT:
        page(name)


def written(view: View, name: str) -> Content:
    """The page under this view, head first."""
    content = Content(name, view)
    # What numbers mean is the same for all programmes, and SQL asks of all of them.
    if view.programme.is_card and name not in ("method", "explore"):
        yearly(content)
    else:
        page(name)(content)
    if content.is_empty and view.against:
        content = other_side(content, page(name)) or content
    # Beside no filters the scope is said where a link brings some, so that they can be left.
    scoped = name not in UNFILTERED or bool(view.against) or any(active(view))
    parts = sections.in_order(content.parts, name, view.words("contents.label"))
    top = head(view, name, content.beside, content.notices, scoped=scoped)
    content.parts = [top, *parts]
    return content


_TEXTS: WeakKeyDictionary[FrameCache, TextCache] = WeakKeyDictionary()
_NEW = Lock()


def payload(view: View, name: str) -> Packed:
    """The page as JSON: what it shows, and of which view it is.

    query: as it was asked, so that whoever gets it knows whether it is still wanted. Kept as long
    as the version is open. Raises KeyError where no such page is made of blocks.
    """
    page(name)
    query = asked(view)
    with _NEW:
        texts = _TEXTS.setdefault(view.data.frame_cache, TextCache())
    return texts.get((name, query, stamp(view)), lambda: _text(view, name, query))


def stamp(view: View) -> str:
    """What a page's text follows from besides its query: the version, the role and whether another
    may be asked for, and the user's own borders, which are no part of a version.
    """
    files = boundaries.files(data_folder())
    borders = "".join(f"{path.name} {path.stat().st_mtime_ns}" for path in files)
    notice = view.data.version.notice or ""
    eyes = f"{view.data.role} {view.data.everywhere} {view.analyst}"
    key = f"{view.data.version.name} {eyes} {notice} {borders}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def asked(view: View) -> str:
    """The query of the view as the address has it, its names in order: unknown values and all."""
    pairs = [(key, value) for key in sorted(view.params) for value in view.params[key]]
    return urlencode(pairs)


def _text(view: View, name: str, query: str) -> str:
    words = view.words
    return blocks.encode(
        {
            "page": name,
            "query": query,
            "stamp": stamp(view),
            "lang": view.lang,
            "title": f"{words(f'page.{name}')} · {brand.product('Batang')}",
            "words": labels(words),
            "blocks": written(view, name).parts,
        }
    )
