"""What surrounds every page: menu, language, sample label, title, notices, footer."""

from contextlib import suppress
from copy import copy
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kub import look
from kub.ui import account, assets, content, who
from kub.ui.chips import active
from kub.ui.content_blocks import head
from kub.ui.site import ANALYSTS, BARE, CORNER, DIRECT, PAGES, STEWARDS, UNSCOPED
from kub.ui.view import View, asked_by
from kub.ui.visits import keep
from kub.ui.visits import sql as visit_sql
from kub.ui.who import may
from kub.web import brand
from kub.web.blocks import encode
from kub.words import LANGUAGES, Words, of

HERE = Path(__file__).parent
TOOLS = (
    *("label", "theme_system", "theme_light", "theme_dark", "share", "print", "copied"),
    "not_copied",
)
FEWEST = 3  # links of the menu that even a phone has room for
# A component of the page loads its module, which the browser keeps, and hands itself over.
_MOUNT = """
const load = () => import(new URL("%(module)s", document.baseURI).href);
export default function (component) {
  load().then((module) => module.mount(component));
}
"""


def icon() -> str:
    """What a browser's tab shows."""
    logo = look.BRAND.logo
    if logo and logo.ending == "png":
        return str(logo.path)
    if logo or look.BRAND.light:
        return brand.sign_address()
    return str(brand.SIGN)


def navigation(words: Words) -> dict[str, StreamlitPage]:
    """The pages by name, titled in the language in use. Addresses come from the file names."""
    context = get_script_run_ctx()
    folder = context.pages_manager.main_script_parent if context else None
    # A copy for this run, which marks the page it runs.
    return {name: copy(page) for name, page in _pages(words.lang, folder).items()}


@cache
def _pages(lang: str, folder: Path | None) -> dict[str, StreamlitPage]:  # noqa: ARG001 where Streamlit looks for them
    # Made once: each looks its file up, which took a tenth of every run.
    words, every = of(lang), (*PAGES, *CORNER, *BARE)
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
    narrowed = len(list(active(view)))
    data = {
        "name": look.BRAND.name,
        "place": view.programme.regency.removeprefix("Kabupaten "),
        "pages": [(name, words(f"page.{name}")) for name in PAGES if _leads(view, name)],
        "current": current,
        "account": account.label(words),
        "fewest": FEWEST,
        "menu": words("frame.menu"),
        "more": words("frame.more"),
        "tools": {name: words(f"frame.tools.{name}") for name in TOOLS},
        "langs": LANGUAGES,
        "lang": view.lang,
        "skip": words("frame.skip"),
        "filters": words("filters.title") + (f" ({narrowed})" if narrowed else ""),
        "builtin": _builtin(view.lang),
    }
    with st.container(key="header"):
        _header()(key="menu", data=data)


def _leads(view: View, name: str) -> bool:
    """Whether the menu leads whoever looks to that page."""
    if name in ANALYSTS:
        return view.analyst
    return name not in STEWARDS or who.may("steward")


@cache
def _header() -> Any:
    js = _MOUNT % {"module": assets.module("header.js")}
    html = '<div class="kub-header"></div>'
    return st.components.v2.component("kub_header", html=html, js=js, isolate_styles=False)


def body(view: View, current: str) -> None:
    """The page, drawn by page.js: which one it is, under which query, of which data.

    It stands in the frame, so that it stays when another page is chosen. What it shows the browser
    fetches from kub/ui/page_route.py, so that a change of the address needs no run of the script.
    Above a page that Streamlit draws it shows the head, which the run gives.
    """
    data: dict[str, Any] = {"page": current, "query": content.asked(view), "lang": view.lang}
    if current in DIRECT:
        data["stamp"] = content.stamp(view)
        data["kept"] = keep.news(view.words)
        if may("host"):
            data["host"] = keep.offers(view.words)
    else:
        data["head"] = encode([head(view, current, scoped=current not in UNSCOPED)])
    with st.container(key="body"):
        _body()(key="page-body", data=data, on_keep_change=_keep)


def _keep() -> None:
    """A card of the page was chosen for a visit: made again, and added."""
    chosen = dict(st.session_state["page-body"].get("keep") or {})
    asked = parse_qs(str(chosen.get("query", "")), keep_blank_values=True)
    with suppress(KeyError):  # the card is gone with the data it was of
        view = asked_by(asked, None)
        if chosen.get("key") == visit_sql.CARD:
            visit_sql.add(chosen, view.data, view.words)
            return
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


def brand_notice(view: View) -> None:
    """For those who can mend it: that the file of this copy's look is wrong, and how to see why."""
    if look.BRAND.faults and may("steward"):
        label, more = view.words("brand.notice"), view.words("brand.notice_more")
        st.html(f'<div class="kub-sample" role="note"><b>{label}</b> <span>{more}</span></div>')


def jump(label: str, anchor: str) -> None:
    """A link down a long page (kub/web/long_page.js). anchor: of a heading, or a card's key."""
    st.html(
        f'<a class="kub-jump" href="#{escape(anchor)}">{escape(label)} ↓</a>',
        width="content",
    )


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
