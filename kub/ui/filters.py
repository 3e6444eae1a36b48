"""The filters in the sidebar.

The address is the truth: the bar (kub/web/filters.js) reads it there and writes it there, so a
click, Back, a shared link and a language switch take the same path, and two quick clicks do not
lose the first. A run of the script only says where the options are; they travel once for a version,
programme and language (kub/ui/filter_route.py), not with every run.
"""

from collections.abc import Hashable
from functools import cache
from typing import Any

import streamlit as st

from kub.answers.options import MOST_OPTIONS
from kub.answers.scope import village_names
from kub.ui import assets, filter_route
from kub.ui.view import View

# In the order of the bar.
SIDEBAR = ("programme", "districts", "villages", "sectors", "since", "until", "denominator")
_ABSENT = object()


def hold(key: str, value: Any, *drawn_with: Hashable) -> None:
    """Make the widget `key` say `value` when it is drawn next.

    Only where it does not say it already: a value set again would undo a pick made meanwhile in
    the browser. drawn_with: language and options; when they change Streamlit forgets the value.
    """
    state = st.session_state
    memory = f"{key} drawn with"
    if state.get(key, _ABSENT) != value or state.get(memory, _ABSENT) != drawn_with:
        state[key] = value
        state[memory] = drawn_with


def sidebar(view: View) -> None:
    """All filters, in one place."""
    with st.sidebar, st.container(key="filters"):
        _bar()(key="filter-bar", data=state(view))


def state(view: View) -> dict[str, Any]:
    """What the bar is told by a run of the script: where its options are, and what the address
    says as the server understands it.

    names: of chosen places that are not among the options. analyst: whether that view is on; left
    out where it cannot be chosen.
    """
    chosen, programme_id = view.filters, view.programme.programme_id
    bar_state: dict[str, Any] = {
        "options": filter_route.address(view.data),
        "lang": view.lang,
        "programme": programme_id,
        "chosen": {name: getattr(chosen, name) for name in SIDEBAR[1:]},
        "names": _names(view),
    }
    if view.analyst and view.data.withholds:
        bar_state["analyst"] = view.data.role == "analyst"
    return bar_state


def _names(view: View) -> dict[str, str]:
    """The chosen places of which there are too many to be listed."""
    programme_id = view.programme.programme_id
    chosen: dict[str, str] = {}
    for kind, labels_of in (
        ("districts", view.data.districts[programme_id]),
        ("villages", village_names(view.data, programme_id)),
    ):
        if len(labels_of) > MOST_OPTIONS:
            chosen |= {code: labels_of[code] for code in getattr(view.filters, kind)}
    return chosen


_JS = """
export default (component) => {
  import(new URL("%(module)s", document.baseURI).href).then((module) => module.mount(component));
}
"""


@cache
def _bar() -> Any:
    js = _JS % {"module": assets.module("filters.js")}
    html = '<div class="kub-filters"></div>'
    return st.components.v2.component("kub_filters", html=html, js=js, isolate_styles=False)
