"""All programmes together, where so many are loaded that no chart could set them side by side: by
province and regency, and down to the programmes of one province.
"""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from kub.answers.context import seats
from kub.findings.options import Per, RatesMapOptions
from kub.findings.provinces import seated
from kub.ui.card import card
from kub.ui.page import Page
from queries.filters import Filters

NEAREST = 10  # programmes that stand beside one that is alone in its province
MANY = 40  # programmes: more rows than this no chart holds


def compared(p: Page, per: Per) -> Filters:
    """The filters for whatever sets programmes side by side: where there are many, and the link
    chooses none, those of one province. Draws the national view above it.
    """
    if len(p.data.programmes) <= MANY:
        return p.filters
    every = replace(p.filters, peers=())
    p.heading(p.words("provinces.heading"), "national")
    card(p.answer("provinces", filters=every))
    # A count has no average to lie above.
    rate = RatesMapOptions("villages" if per == "count" else per)
    card(p.answer("rates_map", rate, filters=every))
    if p.filters.peers:
        return p.filters
    of, names = _provinces(p)
    own = of[p.programme.programme_id]
    chosen = p.choose(
        "province",
        sorted(names, key=names.__getitem__),
        default=own,
        format=names.__getitem__,
        label=p.words("provinces.label"),
        width=340,
    )
    peers = [code for code, province in of.items() if province == (chosen or own)]
    key = "all_note"
    if set(peers) <= {p.programme.programme_id}:
        # With nobody beside it a chart says nothing.
        peers = p.answer("peers").frame["programme"].tolist()[:NEAREST]
        key = "alone_note"
    values = {"n": len(peers), "province": names[chosen or own], "all": len(of)}
    st.caption(p.words(f"provinces.{key}", **values))
    return replace(p.filters, peers=tuple(peers))


def _provinces(p: Page) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """(code of the province of each programme, names of the provinces)."""
    codes = {programme: code[:2] for programme, code in p.data.regency_codes.items()}
    named = {codes[code]: seated(seat, p.words) for code, seat in seats(p.data, p.filters).items()}
    return codes, named
