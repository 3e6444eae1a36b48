"""With whom the page compares: chosen by hand, or those most like us,
with the reason and distance in words.
"""

from collections import Counter

import streamlit as st

from kub.findings.peers import NEAREST, reason
from kub.findings.phrases import Row, records
from kub.ui.filters import hold
from kub.ui.page import Page, go
from kub.ui.plain import plain

KEY = "peers-chosen"
FEWEST = 2  # with a single other programme there is nothing to choose


def choose(p: Page, guests: str) -> None:
    """A list, `peers` in the link; a button for the nearest, one for all; and how near each is.

    guests: JSON.
    """
    rows = {row["programme"]: row for row in records(p.answer("peers", guests=guests).frame)}
    if len(rows) < FEWEST:
        return
    words, chosen = p.words, list(p.filters.peers)
    subject = words.regency(str(next(iter(rows.values()))["subject"]))
    nearest = [code for code, row in rows.items() if row["distance"] == row["distance"]][:NEAREST]
    # The link may name one of the subject's own regency, which is no peer: it can still be taken
    # out.
    options = [*rows, *(code for code in chosen if code not in rows)]
    with st.container(key="peers", gap="small"):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            hold(KEY, chosen, p.lang, *options)
            names = _names(p, options)
            st.multiselect(
                words("peers.label"),
                options,
                format_func=names.__getitem__,
                key=KEY,
                on_change=_changed,
                placeholder=words("peers.placeholder"),
                width=340,
            )
            st.button(
                plain(words("peers.nearest", subject=subject)),
                key="peers-nearest",
                on_click=go,
                kwargs={"peers": tuple(nearest)},
                disabled=not nearest or set(chosen) == set(nearest),
            )
            st.button(
                words("peers.all"),
                key="peers-all",
                on_click=go,
                kwargs={"peers": None},
                disabled=not chosen,
            )
            with st.popover(words("peers.how"), type="tertiary"):
                st.markdown(words("peers.explained"))
        told = [
            rows[code] for code in (rows if chosen else nearest) if not chosen or code in chosen
        ]
        if told:
            st.caption(
                _told(
                    p,
                    told,
                    words("peers.chosen") if chosen else words("peers.likely", subject=subject),
                )
            )


def _told(p: Page, rows: list[Row], heading: str) -> str:
    lines = (
        p.words(
            "peers.because", regency=p.words.regency(row["regency"]), reason=reason(row, p.words)
        )
        for row in rows
    )
    return "\n".join([plain(heading), "", *(f"- {plain(line)}" for line in lines)])


def _names(p: Page, codes: list[str]) -> dict[str, str]:
    """Regencies, with the programme's name where two are of one regency."""
    regencies = {code: p.words.regency(p.data.programmes[code].regency) for code in codes}
    twice = {name for name, n in Counter(regencies.values()).items() if n > 1}
    return {
        code: p.words("peers.one", name=name, programme=p.data.programmes[code].name)
        if name in twice
        else name
        for code, name in regencies.items()
    }


def _changed() -> None:
    go(peers=tuple(st.session_state[KEY]))
