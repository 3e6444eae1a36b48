"""The guest's own figures on the page: a form or a workbook, checked like records, kept in this session alone."""

from datetime import date
from typing import Any

import streamlit as st

from kub import places, shared
from kub.guest_file import GuestFile
from kub.guests import COUNTED, Declared, Fault, Guest, faults
from kub.ui import guest_file, share
from kub.ui.page import Page, go
from kub.ui.plain import plain
from kub.words import Words
from queries.filters import SECTORS, Filters

STATE, FAULTS = "guest figures", "guest faults"
SHOWN = "guests shown"
KEY = "guest-{}".format
REGENCY = KEY("regency_code")
NUMBERS = ("kub", "members", "women", "covered", "first_year", "kub_before", "closed")


def panel(p: Page) -> str:
    """The invitation, a workbook or the form (`ours=yes` in the link), or what was stated; and the visit in the link.

    Returns own figures and those shared under the visit's code, for questions.
    """
    words = p.words
    guest: Declared | None = st.session_state.get(STATE)
    opened = p.said("ours", ("yes",)) == "yes"
    visit = share.linked(p)
    others = visit.guests if visit else ()
    st.session_state[SHOWN] = guest, others
    rows = shared.rows(guest, others, p.filters)
    if visit:
        share.show(visit, [row["regency"] for row in rows[len(rows) - len(others) :]], words)
    with st.container(key="guest", border=True):
        if opened:
            guest_file.drop(words, _keep)
            _form(p, guest if isinstance(guest, Guest) else None)
        elif guest:
            _shown(guest, words, visit.code if visit else "")
        else:
            st.markdown(f"**{words('guest.title')}** {words('guest.invite')}")
            with st.container(horizontal=True, gap="small"):
                st.button(words("guest.open"), type="primary", key="guest-open", on_click=go, kwargs={"ours": "yes"})
                if not visit:
                    share.receive(words)
    return shared.figures(rows)


def under(filters: Filters) -> str:
    """The guests that panel() has just shown, under other filters than the page's."""
    own, others = st.session_state[SHOWN]
    return shared.figures(shared.rows(own, others, filters))


def _keep(guest: Declared) -> None:
    """These figures are shown from now on, and the form is closed."""
    st.session_state[STATE] = guest
    share.follow(guest)
    go(ours=None)


def _shown(guest: Declared, words: Words, code: str) -> None:
    row = guest.row(1, Filters())
    said = words("guest.shown", **row)
    if guest.closed is not None:
        said += f" {words('guest.shown_closed', closed=guest.closed)}"
    st.markdown(plain(said))
    if isinstance(guest, GuestFile):
        with st.expander(words("reading.title")):
            st.markdown("\n".join(f"- {plain(line)}" for line in guest.reading.lines(words)))
    on_screen = share.state(words)
    if not on_screen:
        st.caption(words("guest.private"))
    with st.container(horizontal=True, gap="small"):
        # A workbook is mended where it was made.
        if isinstance(guest, Guest):
            st.button(words("guest.edit"), key="guest-edit", on_click=go, kwargs={"ours": "yes"})
        if on_screen:
            st.button(words("share.withdraw"), key="share-withdraw", on_click=share.withdraw)
        else:
            share.offer(guest, row["regency"], words, code)
        with st.popover(words("guest.remove"), type="tertiary"):
            st.markdown(words("guest.remove_ask"))
            st.button(words("guest.remove_yes"), key="guest-remove", on_click=_remove)


def _remove() -> None:
    share.withdraw()
    st.session_state.pop(STATE)


def _form(p: Page, guest: Guest | None) -> None:
    words = p.words
    st.markdown(f"**{words('guest.form')}**")
    names = dict(places.regencies())
    if guest:
        st.session_state.setdefault(REGENCY, guest.regency_code)
    code = st.selectbox(
        words("guest.region"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=REGENCY,
        placeholder=words("guest.region_placeholder"),
    )
    if code:
        _numbers(p, code, guest if guest and guest.regency_code == code else None)
    st.button(words("guest.close"), key="guest-close", type="tertiary", on_click=go, kwargs={"ours": None})


def _numbers(p: Page, code: str, guest: Guest | None) -> None:
    words, known = p.words, places.population_of(code)
    if wrong := st.session_state.pop(FAULTS, None):
        _tell(wrong, words)
    st.caption(words("guest.prefilled", source=plain(known[-1][2])) if known else words("guest.prefilled_villages"))
    start: dict[str, Any] = {
        "population": known[-1][1] if known else None,
        "population_year": known[-1][0] if known else None,
        "villages": len(places.villages_of(code)),
        "as_of": date(date.today().year - 1, 12, 31),
    }
    if guest:
        start = vars(guest)
    with st.form(KEY(code), border=False, enter_to_submit=False):
        st.markdown(f"**{words('guest.group_region')}**")
        with _row():
            for name in ("population", "population_year", "villages"):
                _number(name, code, start, words)
        st.markdown(f"**{words('guest.group_kub')}**")
        st.radio(
            words("guest.field.counted"),
            COUNTED,
            index=COUNTED.index(start.get("counted", COUNTED[0])),
            format_func=lambda one: words(f"guest.counted.{one}"),
            key=KEY(f"counted-{code}"),
            horizontal=True,
        )
        with _row():
            st.date_input(words("guest.field.as_of"), start["as_of"], key=KEY(f"as_of-{code}"), format="DD/MM/YYYY")
            for name in NUMBERS:
                _number(name, code, start, words)
        st.markdown(f"**{words('guest.group_sectors')}**")
        with _row():
            for at, sector in enumerate(SECTORS):
                parts = start.get("sectors")
                _number(sector, code, {sector: parts[at]} if parts else {}, words, words(f"sector.{sector}"), 178)
        st.form_submit_button(words("guest.show"), type="primary", on_click=_submit, args=(code,))


def _row() -> Any:
    return st.container(horizontal=True, gap="small", vertical_alignment="bottom")


def _number(name: str, code: str, start: dict[str, Any], words: Words, label: str = "", width: int = 190) -> None:
    st.number_input(
        label or words(f"guest.field.{name}"),
        min_value=0,
        step=1,
        value=start.get(name),
        key=KEY(f"{name}-{code}"),
        width=width,
    )


def _tell(wrong: list[Fault], words: Words) -> None:
    listed = "\n".join(f"- {plain(each.message(words))}" for each in wrong)
    st.error(f"{words('guest.faults')}\n{listed}")


def _submit(code: str) -> None:
    """What the form says becomes the guest, or is told back with everything left as it was filled in."""
    said: dict[str, Any] = {
        name: st.session_state[KEY(f"{name}-{code}")]
        for name in ("population", "population_year", "villages", "counted", "as_of", *NUMBERS)
    }
    parts = [st.session_state[KEY(f"{sector}-{code}")] for sector in SECTORS]
    said["regency_code"] = code
    said["sectors"] = None if all(part is None for part in parts) else tuple(part or 0 for part in parts)
    if wrong := faults(said, date.today()):
        st.session_state[FAULTS] = wrong
        return
    _keep(Guest(regency=str(places.regency_name(code)), **said))
