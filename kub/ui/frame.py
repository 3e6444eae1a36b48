"""What surrounds every page: styles, menu, language switch,
sample label, title, notices, footer.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from kub.answers.scope import scope
from kub.ui.filters import chips, hold, labels
from kub.ui.link import Unknown
from kub.ui.plain import plain
from kub.ui.view import View, go
from kub.words import LANGUAGES, Words, of

HERE = Path(__file__).parent
# Nothing is drawn around these, and the menu does not lead to them.
BARE = ("present",)
# In the order of the menu; the first is the page of "/". Each is pages/<name>.py and page.<name> in
# the words.
PAGES = ("overview", "growth", "sectors", "villages", "benchmark", "programmes", "visits", "method")

FEWEST = 3  # links of the menu that even a phone has room for


def navigation(words: Words) -> dict[str, StreamlitPage]:
    """The pages by name, titled in the language in use. Addresses come from the file names."""
    every = (*PAGES, *BARE)
    return {
        name: st.Page(f"{name}.py", title=words(f"page.{name}"), default=name == PAGES[0])
        for name in every
    }


def styles() -> None:
    for name in ("style.css", "frame.css", "typed_field.css"):
        st.html(HERE / name)


def behind(view: View, current: str) -> None:
    """What the page's own markup lacks and only script can add; it
    draws nothing (frame.css hides it).
    """
    active = len(labels(view))
    filters = view.words("filters.title") + (f" ({active})" if active else "")
    given = {
        "lang": view.lang,
        "skip": view.words("frame.skip"),
        "filters": filters,
        "current": f".st-key-menu-{current}-current",
        "builtin": _builtin(view.lang),
    }
    with st.container(key="behind"):
        script = f"<script>{{const GIVEN = {json.dumps(given)};{_script()}}}</script>"
        st.html(script, unsafe_allow_javascript=True)


@cache
def _script() -> str:
    return "".join((HERE / name).read_text("utf-8") for name in ("behind.js", "builtin.js"))


@cache
def _builtin(lang: str) -> list[tuple[str, str]]:
    """(what Streamlit itself writes, what is to stand there) for the
    language; nothing where it is the same.
    """
    own, wanted = of(LANGUAGES[1]), of(lang)
    both = [(own.texts[key], wanted.texts[key]) for key in own.texts if key.startswith("builtin.")]
    return [pair for pair in both if pair[0] != pair[1]]


def header(view: View, pages: Mapping[str, StreamlitPage], current: str) -> None:
    """Name of the product, menu and language switch in one row. The links carry the whole query."""
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        place = escape(view.programme.regency.removeprefix("Kabupaten "))
        st.html(f'<div class="kub-brand"><span>KUB <b>{place}</b></span></div>', width="content")
        with st.container(horizontal=True, vertical_alignment="center", gap=None, key="menu"):
            for name in PAGES:
                with st.container(
                    key=f"menu-{name}{'-current' if name == current else ''}", width="content"
                ):
                    st.page_link(
                        pages[name], label=view.words(f"page.{name}"), query_params=view.query
                    )
            _more(view, pages, current)
        hold("lang", view.lang)
        st.segmented_control(
            "Bahasa / Language",
            LANGUAGES,
            format_func=str.upper,
            required=True,
            key="lang",
            label_visibility="collapsed",
            on_change=_language_changed,
        )


def _more(view: View, pages: Mapping[str, StreamlitPage], current: str) -> None:
    """What has no room in the menu.

    How many those are depends on the width: frame.css shows each in one place only.
    """
    with (
        st.container(key=f"menu-more-{current}", width="content"),
        st.popover(view.words("frame.more"), type="tertiary"),
        st.container(key="more", gap="xsmall"),
    ):
        for name in PAGES[FEWEST:]:
            st.page_link(pages[name], label=view.words(f"page.{name}"), query_params=view.query)


def _language_changed() -> None:
    go(lang=st.session_state["lang"])


def sample_label(view: View) -> None:
    """Invented records must never pass for real ones: on every
    page, until real ones are imported.
    """
    if view.programme.is_sample:
        said, more = view.words("frame.sample"), view.words("frame.sample_more")
        st.html(f'<div class="kub-sample" role="note"><b>{said}</b> <span>{more}</span></div>')


def jump(label: str, to: str) -> None:
    """A link down a long page. to: selector of what it leads to
    (behind.js: the address stays as it is).
    """
    st.html(
        f'<a class="kub-jump" href="#" data-to="{escape(to)}">{escape(label)} ↓</a>',
        width="content",
    )


def title(view: View, name: str) -> DeltaGenerator:
    """The page's name, the question it answers, the scope in words, the
    chips that narrow it; what may stand beside.
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
            beside = st.container(width="content", key="beside")
            chips(view)
    return beside


def notices(view: View) -> None:
    """What the link says that we do not know, and a version other than the one named.

    Never dropped in silence.
    """
    if view.data.version.notice:
        st.warning(plain(view.words(view.data.version.notice)))
    if view.said.role == "analyst" and view.data.withholds:
        (st.info if view.data.role == "reader" else st.warning)(
            view.words("withheld.refused" if view.data.role == "reader" else "withheld.on")
        )
    if view.said.unknown:
        left_aside(view, view.said.unknown)


def left_aside(view: View, unknown: Sequence[Unknown], control: str | None = None) -> None:
    """The values of the link that were left aside, what to do, and a button that takes them out of
    the link.

    They come from outside, so they are shown as text. control: the page's control they were
    meant for.
    """
    said = "\n".join(f"- {plain(each.message(view.words))}" for each in unknown)
    st.warning(f"{view.words('frame.unknown')}\n{said}")
    st.button(
        view.words("frame.mend"),
        key=f"mend-{control or 'frame'}",
        help=view.words("frame.mend_help"),
        on_click=go,
        kwargs={control: None} if control else None,
    )


def empty(view: View) -> None:
    """Nothing in this scope: says so, and which filter to loosen."""
    words = view.words
    active = labels(view)
    todo = (
        words("frame.empty_loosen", filters=plain(words.listing(active)))
        if active
        else words("frame.empty_import")
    )
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
    with st.container(key="footer"):
        st.html(f'<p class="kub-print">{escape(words("frame.print"))}</p>')
        st.caption(plain(f"{line} · {words('source.sample')}" if programme.is_sample else line))
