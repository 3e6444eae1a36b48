"""Blocks in the middle of a page that Streamlit draws, by the modules of whole pages (part.js).

What they show is given by the session itself: a guest's figures never have an address.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from kub.ui import assets
from kub.ui.content_blocks import labels
from kub.web import blocks
from kub.words import Words

# The page sends these few lines with every part; the module itself is loaded once and kept.
_MOUNT = """
const load = () => import(new URL("%(module)s", document.baseURI).href);
export default function (component) {
  const node = component.parentElement.querySelector(".kub-part");
  load().then((module) => node.isConnected && module.mount(component));
  return () => load().then((module) => module.unmount(node));
}
"""

WORDED = (blocks.Card, blocks.Columns, blocks.Disclosure, blocks.Panel, blocks.Rows)


def key_of(key: str) -> str:
    """Under which what a part was asked stands in the session's state."""
    return f"part-{key}"


def part(
    key: str,
    words: Words,
    *shown: blocks.Block,
    on_ask: Callable[[], None] | None = None,
    on_keep: Callable[[], None] | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Draw blocks. key: unique on the page. on_ask, on_keep: called when the part asks for rows or
    a file, and when a card was chosen for a visit. more: what part.js is to know besides (host,
    kept, reply).
    """
    # Only cards have a foot whose words are needed, and tables headings that sort.
    texts = labels(words) if any(isinstance(block, WORDED) for block in shown) else {}
    text = blocks.encode({"blocks": shown, "lang": words.lang, "words": texts, **(more or {})})
    _part()(
        key=key_of(key),
        data={"part": text},
        on_ask_change=on_ask or _nothing,
        on_keep_change=on_keep or _nothing,
    )


def _nothing() -> None:
    """Of a part that asks for nothing."""


@cache
def _part() -> Any:
    js = _MOUNT % {"module": assets.module("part.js")}
    html = '<div class="kub-page kub-part"></div>'
    return st.components.v2.component("kub_part", html=html, js=js, isolate_styles=False)
