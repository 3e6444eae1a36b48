"""With whom the page compares: programmes chosen by hand, or those most like the subject, with the
reason and the distance in words.
"""

from collections import Counter

import streamlit as st

from kub.findings.peers import NEAREST, reason
from kub.findings.phrases import Row, records
from kub.ui.filters import hold
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go

KEY = "peers-chosen"
# In a list: the nearest come first, and those that are chosen stand there whoever they are.
MOST = 400
FEWEST = 2  # with a single other programme there is nothing to choose
WIDE = 440  # px of the list, the longest reason in two lines


def choose(p: Page, guests: str) -> None:
    """Behind one button: a list, `peers` in the link; buttons for the nearest and for all; how near
    each is, and how that is reckoned.

    guests: JSON.
    """
    rows = {row["programme"]: row for row in records(p.answer("peers", guests=guests).frame)}
    if len(rows) < FEWEST:
        return
    words, chosen = p.words, list(p.filters.peers)
    subject = words.regency(str(next(iter(rows.values()))["subject"]))
    # A distance equals itself unless it is NaN: unknown ones come last and are nobody's nearest.
    nearest = [code for code, row in rows.items() if row["distance"] == row["distance"]][:NEAREST]
    # The link may name one of the subject's own regency, which is no peer: it can still be taken
    # out.
    offered = list(rows)[:MOST]
    options = [*offered, *(code for code in chosen if code not in offered)]
    label = words("peers.beside", n=len(chosen)) if chosen else words("peers.beside_all")
    with st.popover(label, key="peers"), st.container(width=WIDE, gap="small"):
        hold(KEY, chosen, p.lang, *options)
        names = _names(p, options)
        st.multiselect(
            words("peers.label"),
            options,
            format_func=names.__getitem__,
            key=KEY,
            on_change=_changed,
            placeholder=words("peers.placeholder"),
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                escape_markdown(words("peers.nearest", subject=subject)),
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
        if chosen:
            listed = [row for code, row in rows.items() if code in chosen]
            heading = words("peers.chosen")
        else:
            listed = [rows[code] for code in nearest]
            heading = words("peers.likely", subject=subject)
        if listed:
            st.caption(_distance_list(p, listed, heading))
        with st.expander(words("peers.how")):
            st.caption(words("peers.explained"))


def _distance_list(p: Page, rows: list[Row], heading: str) -> str:
    """Markdown: how near each of these programmes is, and why. rows: of the question peers."""
    lines = (
        p.words(
            "peers.because", regency=p.words.regency(row["regency"]), reason=reason(row, p.words)
        )
        for row in rows
    )
    return "\n".join(
        [escape_markdown(heading), "", *(f"- {escape_markdown(line)}" for line in lines)]
    )


def _names(p: Page, codes: list[str]) -> dict[str, str]:
    """Regencies, with the programme's name where two are of one regency."""
    regencies = {code: p.words.regency(p.data.programmes[code].regency) for code in codes}
    twice = {name for name, n in Counter(regencies.values()).items() if n > 1}
    names = dict(regencies)
    for code, name in regencies.items():
        if name in twice:
            programme = p.data.programmes[code].name
            names[code] = p.words("peers.one", name=name, programme=programme)
    return names


def _changed() -> None:
    go(peers=tuple(st.session_state[KEY]))
