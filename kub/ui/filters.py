"""The filters in the sidebar, and the chips that show and clear them.

The address is the truth. Before a widget is drawn its value is set to what the address says, and
its callback writes what all of them say back: so a click, Back, a shared link and a language switch
take the same path, and two quick clicks do not lose the first.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from kub.answers.scope import village_names
from kub.ui.data import has_targets
from kub.ui.link import NOTHING
from kub.ui.markdown import escape_markdown
from kub.ui.view import View, analysts, go
from queries.filters import DENOMINATORS, SECTORS

SIDEBAR = ("programme", "districts", "villages", "sectors", "since", "until", "denominator")
# Chosen on the page itself, so neither chips nor "clear" speak of them.
BESIDE = ("programme", "measure", "peers")
# A browser takes seconds to list tens of thousands of options; no list is longer than this.
MOST_OPTIONS = 500
# More chips than this of one kind are counted in one.
MOST_CHIPS = 4
KEY = "filter-{}".format
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
    words, chosen = view.words, view.filters
    with st.sidebar, st.container(key="filters"):
        st.subheader(words("filters.title"), anchor=False)
        _programme(view)
        districts = view.data.districts[view.programme.programme_id]
        _several(
            view, "districts", sorted(districts, key=districts.__getitem__), districts.__getitem__
        )
        _villages(view)
        _several(view, "sectors", SECTORS, lambda code: words(f"sector.{code}"))
        _years(view)
        _denominator(view)
        st.button(
            words("filters.clear"),
            key="clear",
            on_click=_clear,
            # What is chosen on the page itself is no reason to clear the sidebar.
            disabled=chosen == replace(NOTHING, **{name: getattr(chosen, name) for name in BESIDE}),
            width="stretch",
        )
        _role(view)


def _programme(view: View) -> None:
    """Which programme; nothing where there is one alone."""
    programmes = view.data.programmes
    if len(programmes) > 1:
        # The codes are part of what is held: an import adds programmes, and Streamlit then forgets
        # the value.
        hold(KEY("programme"), view.programme.programme_id, view.lang, *programmes)
        st.selectbox(
            view.words("filters.programme"),
            list(programmes),
            format_func=lambda code: view.words.regency(programmes[code].regency),
            key=KEY("programme"),
            on_change=_changed,
        )
        st.caption(escape_markdown(view.programme.name))


def _several(
    view: View,
    name: str,
    options: Sequence[str],
    label: Callable[[str], str],
    disabled: bool = False,
) -> None:
    placeholder = "filters.too_many" if disabled else f"filters.{name}_all"
    hold(KEY(name), list(getattr(view.filters, name)), view.lang, *options)
    st.multiselect(
        view.words(f"filters.{name}"),
        options,
        format_func=label,
        key=KEY(name),
        on_change=_changed,
        placeholder=view.words(placeholder),
        disabled=disabled,
    )


def _villages(view: View) -> None:
    names = village_names(view.data, view.programme.programme_id)
    places = view.data.villages[view.programme.programme_id]
    districts = view.filters.districts
    # Only villages of the chosen districts: any other choice would be empty.
    options = [code for code in names if not districts or places[code].district_code in districts]
    too_many = len(options) > MOST_OPTIONS
    if too_many:  # those of the link alone, to be seen and not to be changed
        options = list(view.filters.villages)
    _several(view, "villages", options, names.__getitem__, too_many)


def _years(view: View) -> None:
    columns = st.columns(2, gap="small")
    # The newest first: it is the one that most people look for.
    years = list(reversed(view.programme.years))
    for column, name in zip(columns, ("since", "until"), strict=True):
        hold(KEY(name), getattr(view.filters, name), view.lang, *years)
        column.selectbox(
            view.words(f"filters.{name}"),
            years,
            index=None,
            format_func=str,
            key=KEY(name),
            on_change=_changed,
            placeholder=view.words(f"filters.{name}_all"),
        )


def _denominator(view: View) -> None:
    """Of which villages coverage is a share; also where a link says so of a programme without
    targets, so that it can be undone.
    """
    if (
        has_targets(view.data, view.programme.programme_id)
        or view.filters.denominator != NOTHING.denominator
    ):
        hold(KEY("denominator"), view.filters.denominator, view.lang)
        st.radio(
            view.words("filters.denominator"),
            DENOMINATORS,
            format_func=lambda code: view.words(f"denominator.{code}"),
            help=view.words("filters.denominator_help"),
            key=KEY("denominator"),
            on_change=_changed,
        )


def _role(view: View) -> None:
    """The analyst's view: only where it differs, and where no guests may be watching."""
    if analysts() and view.data.withholds:
        hold(KEY("role"), view.data.role == "analyst", view.lang)
        words = view.words
        st.toggle(
            words("withheld.switch"),
            key=KEY("role"),
            on_change=_role_changed,
            help=words("withheld.switch_help"),
        )


def _role_changed() -> None:
    role = "analyst" if st.session_state[KEY("role")] else None
    go(role=role)


def _changed() -> None:
    """Callback of every filter: the values of all of them become the address.

    All of them: a second click may come before the first has reached the address.
    """
    chosen = {
        name: st.session_state[KEY(name)] for name in SIDEBAR if KEY(name) in st.session_state
    }
    go(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in chosen.items()
        }
    )


def _clear() -> None:
    # The programme stays: another regency is another subject, not a filter.
    go(**{name: None for name in SIDEBAR if name != "programme"})


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
