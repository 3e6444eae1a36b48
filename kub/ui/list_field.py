"""A field for one of many, found by typing a part of its name: the filter bar's
(kub/web/combobox.js) in a form that Streamlit draws.

Of the official regencies there are more than a list should hold: the browser asks for those that
match (kub/ui/filter_route.py).
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache, partial
from typing import Any, Literal

import streamlit as st

from kub import places
from kub.ui import assets, filter_route
from kub.words import Words

Width = int | Literal["stretch"]
# What the combobox says, of the filter bar's words.
SAYS = ("options", "none", "more", "searching", "lost", "added", "removed", "remove", "search")


def regency_field(
    label: str,
    key: str,
    words: Words,
    *,
    placeholder: str,
    width: Width = "stretch",
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> str | None:
    """Draw a field for an official regency; the code chosen, None for none. It stands in the
    session's state under `key` and may be put there before.

    width: px. on_change, args: called once another one was chosen.
    """
    code = st.session_state.get(key)
    shown = {
        "address": filter_route.regencies_address(words.lang),
        "name": words.regency(places.regency_name(code) or code) if code else "",
    }
    known = {regency for regency, _ in places.regencies()}
    chosen = partial(_chosen, key, known, on_change, args)
    _draw(label, key, words, shown, placeholder, width, chosen)
    return code


def list_field(
    label: str,
    key: str,
    words: Words,
    options: Mapping[str, str],
    *,
    placeholder: str,
    width: Width = "stretch",
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> str | None:
    """The same of options that travel with the field: names by code. A first option whose code is
    "" chooses none.
    """
    code = st.session_state.get(key)
    shown = {"options": list(options.items()), "name": options.get(code or "", code or "")}
    chosen = partial(_chosen, key, options.keys(), on_change, args)
    _draw(label, key, words, shown, placeholder, width, chosen)
    return code


def _draw(
    label: str,
    key: str,
    words: Words,
    shown: dict[str, Any],
    placeholder: str,
    width: Width,
    on_chosen: Callable[[], None],
) -> None:
    data = {
        "label": label,
        "placeholder": placeholder,
        "lang": words.lang,
        "code": st.session_state.get(key) or "",
        "words": {name: words.texts[f"filters.{name}"].replace(":n}", "}") for name in SAYS},
        **shown,
    }
    _component()(key=f"{key}-field", data=data, width=width, on_chosen_change=on_chosen)


def _chosen(
    key: str,
    known: Collection[str],
    on_change: Callable[..., None] | None,
    args: tuple[Any, ...],
) -> None:
    """What comes from a browser is checked again: an unknown code chooses nothing."""
    sent: Any = st.session_state[f"{key}-field"].get("chosen")
    code = sent.get("code") if isinstance(sent, dict) else None
    if code and code not in known:
        return
    st.session_state[key] = code or None
    if on_change:
        on_change(*args)


_JS = """
export default (component) => {
  import(new URL("%(module)s", document.baseURI).href).then((module) => module.mount(component));
}
"""


@cache
def _component() -> Any:
    js = _JS % {"module": assets.module("list_field.js")}
    html = '<div class="kub-filters kub-list-field"></div>'
    return st.components.v2.component("kub_list", html=html, js=js, isolate_styles=False)
