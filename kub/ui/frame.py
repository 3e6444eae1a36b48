"""What surrounds every page: styles, menu, language, sample label, title, notices, footer."""

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
from kub.ui.markdown import escape_markdown
from kub.ui.site import BARE, PAGES
from kub.ui.view import View, go
from kub.words import LANGUAGES, Words, of

HERE = Path(__file__).parent
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
    """What Streamlit's markup lacks and only script can add; draws nothing (frame.css hides it)."""
    filters = view.words("filters.title")
    if active := len(labels(view)):
        filters += f" ({active})"
    settings = {
        "lang": view.lang,
        "skip": view.words("frame.skip"),
        "filters": filters,
        "current": f".st-key-menu-{current}-current",
        "builtin": _builtin(view.lang),
    }
    with st.container(key="behind"):
        script = f"<script>{{const FRAME = {json.dumps(settings)};{_script()}}}</script>"
        st.html(script, unsafe_allow_javascript=True)


@cache
def _script() -> str:
    return "".join((HERE / name).read_text("utf-8") for name in ("behind.js", "builtin.js"))


@cache
def _builtin(lang: str) -> list[tuple[str, str]]:
    """(text of Streamlit's own, translation) for the language; without those that are equal."""
    own, wanted = of(LANGUAGES[1]), of(lang)
    # Streamlit writes English, so the English words are what stands in the page.
    both = [(own.texts[key], wanted.texts[key]) for key in own.texts if key.startswith("builtin.")]
    return [pair for pair in both if pair[0] != pair[1]]


def header(view: View, pages: Mapping[str, StreamlitPage], current: str) -> None:
    """Name of the product, menu and language switch in one row. The links carry the whole query."""
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        place = escape(view.programme.regency.removeprefix("Kabupaten "))
        st.html(f'<div class="kub-brand"><span>KUB <b>{place}</b></span></div>', width="content")
        with st.container(horizontal=True, vertical_alignment="center", gap=None, key="menu"):
            for name in PAGES:
                # Streamlit makes a CSS class of the key: it marks the page that is open.
                mark = "-current" if name == current else ""
                with st.container(key=f"menu-{name}{mark}", width="content"):
                    st.page_link(
                        pages[name], label=view.words(f"page.{name}"), query_params=view.query
                    )
            _more(view, pages, current)
        # The address decides, so that a shared link opens in its language.
        hold("lang", view.lang)
        st.segmented_control(
            # In both languages: whoever looks for it cannot read the other one.
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
    """The label of invented records, on every page: they must never pass for real ones."""
    if view.programme.is_sample:
        label, more = view.words("frame.sample"), view.words("frame.sample_more")
        st.html(f'<div class="kub-sample" role="note"><b>{label}</b> <span>{more}</span></div>')


def jump(label: str, to: str) -> None:
    """A link down a long page. to: CSS selector of what it leads to.

    Scrolled by behind.js: an anchor in the address would be lost at the next click.
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
    if programme.is_sample:
        line = f"{line} · {words('source.sample')}"
    with st.container(key="footer"):
        st.html(f'<p class="kub-print">{escape(words("frame.print"))}</p>')
        st.caption(escape_markdown(line))
