"""The filters in the sidebar, and the chips that show and clear them.

The address is the truth: the bar (kub/web/filters.js) reads it there and writes it there, so a
click, Back, a shared link and a language switch take the same path, and two quick clicks do not
lose the first. A run of the script only says where the options are; they travel once for a version,
programme and language (kub/ui/filter_route.py), not with every run.
"""

from collections.abc import Callable, Hashable, Iterator
from functools import cache
from typing import Any

import streamlit as st

from kub.answers.options import MOST_OPTIONS
from kub.answers.scope import village_names
from kub.ui import assets, filter_route
from kub.ui.link import NOTHING
from kub.ui.markdown import escape_markdown
from kub.ui.view import View, analysts, go

# In the order of the bar.
SIDEBAR = ("programme", "districts", "villages", "sectors", "since", "until", "denominator")
# More chips than this of one kind are counted in one.
MOST_CHIPS = 4
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
    if analysts() and view.data.withholds:
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


def chips(view: View) -> None:
    """The active filters under the page's title; one click clears one."""
    active = list(_active(view))
    if not active:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        # Keys by place: a chip that is clicked goes, and the next one takes its key.
        for number, (label, without) in enumerate(active):
            st.button(
                f"{escape_markdown(label)} ×",
                key=f"chip-{number}",
                help=view.words("filters.drop", filter=escape_markdown(label)),
                on_click=go,
                kwargs=without,
            )


def _active(view: View) -> Iterator[tuple[str, dict[str, Any]]]:
    """(label, what clears it) of each active filter."""
    words, chosen = view.words, view.filters
    names = village_names(view.data, view.programme.programme_id)
    districts = view.data.districts[view.programme.programme_id]
    yield from _code_chips(
        view, "districts", lambda code: words("filters.district", name=districts[code])
    )
    yield from _code_chips(view, "villages", names.__getitem__)
    yield from _code_chips(view, "sectors", lambda code: words(f"sector.{code}"))
    for name in ("since", "until"):
        if (year := getattr(chosen, name)) is not None:
            yield words(f"scope.{name}", year=year), {name: None}
    if chosen.denominator != NOTHING.denominator:
        yield words(f"denominator.{chosen.denominator}"), {"denominator": NOTHING.denominator}


def _code_chips(
    view: View, name: str, label: Callable[[str], str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(label, what clears it) for each code of a filter; of many codes only their number."""
    codes: tuple[str, ...] = getattr(view.filters, name)
    # More chips than a line would push the page down.
    if len(codes) > MOST_CHIPS:
        yield view.words(f"filters.{name}_count", count=len(codes)), {name: ()}
        return
    for code in codes:
        yield label(code), {name: tuple(other for other in codes if other != code)}


def labels(view: View) -> list[str]:
    """The active filters in words, as the chips say them."""
    return [label for label, _ in _active(view)]
