"""What surrounds every page: styles, menu, language, sample label, title, notices, footer."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from kub.answers.scope import scope
from kub.ui import assets, content, host
from kub.ui.filters import chips, labels
from kub.ui.link import Unknown
from kub.ui.markdown import escape_markdown
from kub.ui.site import BARE, DIRECT, PAGES
from kub.ui.view import View, analysts, go
from kub.ui.view import of as of_query
from kub.ui.visits import keep
from kub.words import LANGUAGES, Words, of

HERE = Path(__file__).parent
FEWEST = 3  # links of the menu that even a phone has room for
# A component of the page loads its module, which the browser keeps, and hands itself over.
_MOUNT = """
const load = () => import(new URL("%(module)s", document.baseURI).href);
export default function (component) {
  load().then((module) => module.mount(component));
}
"""


def navigation(words: Words) -> dict[str, StreamlitPage]:
    """The pages by name, titled in the language in use. Addresses come from the file names."""
    every = (*PAGES, *BARE)
    return {
        name: st.Page(f"{name}.py", title=words(f"page.{name}"), default=name == PAGES[0])
        for name in every
    }


@cache
def _builtin(lang: str) -> list[tuple[str, str]]:
    """(text of Streamlit's own, translation) for the language; without those that are equal."""
    own, wanted = of(LANGUAGES[1]), of(lang)
    # Streamlit writes English, so the English words are what stands in the page.
    both = [(own.texts[key], wanted.texts[key]) for key in own.texts if key.startswith("builtin.")]
    return [pair for pair in both if pair[0] != pair[1]]


def header(view: View, current: str) -> None:
    """Name of the product, menu and language switch in one row. The links carry the whole query."""
    words = view.words
    active = len(labels(view))
    data = {
        "place": view.programme.regency.removeprefix("Kabupaten "),
        "pages": [(name, words(f"page.{name}")) for name in PAGES],
        "current": current,
        "fewest": FEWEST,
        "menu": words("frame.menu"),
        "more": words("frame.more"),
        "langs": LANGUAGES,
        "lang": view.lang,
        "skip": words("frame.skip"),
        "filters": words("filters.title") + (f" ({active})" if active else ""),
        "builtin": _builtin(view.lang),
    }
    with st.container(key="header"):
        _header()(key="menu", data=data)


@cache
def _header() -> Any:
    js = _MOUNT % {"module": assets.module("header.js")}
    html = '<div class="kub-header"></div>'
    return st.components.v2.component("kub_header", html=html, js=js, isolate_styles=False)


def body(view: View, current: str) -> None:
    """The page, drawn by page.js: which one it is, under which query, of which data.

    It stands in the frame, so that it stays when another page is chosen. What it shows the browser
    fetches from kub/ui/page_route.py, so that a change of the address needs no run of the script.
    """
    data: dict[str, Any] = {"page": current, "query": content.asked(view), "lang": view.lang}
    if current in DIRECT:
        data["stamp"] = content.stamp(view)
        data["kept"] = keep.news(view.words)
        if host.is_host():
            data["host"] = keep.offers(view.words)
    with st.container(key="body"):
        _body()(key="page-body", data=data, on_keep_change=_keep)


def _keep() -> None:
    """A card of the page was chosen for a visit: made again, and added."""
    chosen = dict(st.session_state["page-body"].get("keep") or {})
    asked = parse_qs(str(chosen.get("query", "")), keep_blank_values=True)
    with suppress(KeyError):  # the card is gone with the data it was of
        view = of_query(asked, analysts())
        answer = content.written(view, str(chosen.get("page"))).answers[str(chosen.get("key"))]
        keep.add(answer, str(chosen.get("visit", "")), str(chosen["key"]), view.words)


@cache
def _body() -> Any:
    js = _MOUNT % {"module": assets.module("page.js")}
    html = '<div class="kub-page"></div><p class="kub-lost" role="status" hidden></p>'
    return st.components.v2.component("kub_page", html=html, js=js, isolate_styles=False)


def sample_label(view: View) -> None:
    """The label of invented records, on every page: they must never pass for real ones."""
    if view.programme.is_sample:
        label, more = view.words("frame.sample"), view.words("frame.sample_more")
        st.html(f'<div class="kub-sample" role="note"><b>{label}</b> <span>{more}</span></div>')


def jump(label: str, to: str) -> None:
    """A link down a long page. to: CSS selector of what it leads to.

    Scrolled by header.js: an anchor in the address would be lost at the next click.
    """
    st.html(
        f'<a class="kub-jump" href="#" data-to="{escape(to)}">{escape(label)} ↓</a>',
        width="content",
    )


def title(view: View, name: str) -> DeltaGenerator:
    """Draw the page's name, the question it answers, the scope in words and the active filters.

    Returns a place beside the scope, for a few words.
    """
    words = view.words
    with st.container(key="title", gap="xsmall"):
        st.title(words(f"page.{name}"), anchor=False)
        st.html(f'<p class="kub-question">{words(f"question.{name}")}</p>')
        with st.container(key="scope", horizontal=True, vertical_alignment="center"):
            st.html(
                f'<p class="kub-scope">{escape(scope(view.data, view.filters, words))}</p>',
                width="content",
            )
            # Before the chips, so that it keeps its place beside the scope when they wrap.
            beside = st.container(width="content", key="beside")
            chips(view)
    return beside


def notices(view: View) -> None:
    """What must not pass in silence: unknown values in the link, a data version other than the one
    named, a role that is refused or on.
    """
    if view.data.version.notice:
        st.warning(escape_markdown(view.words(view.data.version.notice)))
    if view.parsed.role == "analyst" and view.data.withholds:
        if view.data.role == "reader":
            st.info(view.words("withheld.refused"))
        else:
            st.warning(view.words("withheld.on"))
    if view.parsed.unknown:
        left_aside(view, view.parsed.unknown)


def left_aside(view: View, unknown: Sequence[Unknown], control: str | None = None) -> None:
    """The values of the link that were left aside, what to do, and a button that takes them out of
    the link.

    They come from outside, so they are shown as text. control: the page's control they were
    meant for.
    """
    # Without a control: the rest of the address is written anew, so what is unknown goes.
    removed: dict[str, None] = {}
    if control:
        removed[control] = None
    # As a list, since a link may bring several; each names value and reason.
    listed = "\n".join(f"- {escape_markdown(value.message(view.words))}" for value in unknown)
    st.warning(f"{view.words('frame.unknown')}\n{listed}")
    st.button(
        view.words("frame.mend"),
        key=f"mend-{control or 'frame'}",
        help=view.words("frame.mend_help"),
        on_click=go,
        kwargs=removed,
    )


def empty(view: View) -> None:
    """Say that nothing is in this scope, and which filter to loosen."""
    words = view.words
    if active := labels(view):
        todo = words("frame.empty_loosen", filters=escape_markdown(words.listing(active)))
    else:
        todo = words("frame.empty_import")
    with st.container(key="empty", border=True):
        st.markdown(f"**{words('frame.empty')}**  \n{todo}")


def footer(view: View) -> None:
    """Date and version of the data."""
    words, programme = view.words, view.programme
    line = words(
        "frame.footer",
        as_of=programme.as_of,
        version=view.data.version.label,
        programme=programme.name,
    )
    line = f"{line} · {words('source.sample')}" if programme.is_sample else line
    with st.container(key="footer"):
        st.html(
            f'<p class="kub-print">{escape(words("frame.print"))}</p>'
            f'<p class="kub-footer">{escape(line)}</p>'
        )
