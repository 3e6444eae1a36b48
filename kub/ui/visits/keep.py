"""'Tambahkan ke presentasi' under a chart: its answer, as the page
shows it, becomes the last step of a visit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from kub import visits
from kub.answers.answer import Answer
from kub.answers.catalog import CATALOG
from kub.answers.step import Step
from kub.store.versions import NotStored, Version, data_folder, printable
from kub.ui import host
from kub.ui.data import data
from kub.ui.link import NOTHING, query
from kub.ui.plain import plain
from kub.visits import ENDING, FOLDER, Changed, Unreadable, Visit
from kub.words import Words

KEPT = "step kept"
NEW = ""  # in place of a visit's name
MOST = 12  # visits that the menu offers, the newest and the one opened last
TRIES = 5


@dataclass(frozen=True)
class Kept:
    """What became of the last step: under which card, in which visit, as
    which step; fault: why it is in none.
    """

    key: str
    visit: Visit | None = None
    fault: NotStored | None = None


def tellable(answer: Answer) -> bool:
    """Whether a step can tell this answer again: not what was computed
    on the page, nor figures of a guest.
    """
    return not (CATALOG[answer.chart].computed or answer.source.guests)


def offer(answer: Answer, key: str, words: Words) -> None:
    """The menu of visits; one element however many cards the page has."""
    if not tellable(answer) or not host.is_host():
        return
    found = {one.visit_id: one for one in listed(data_folder())}
    opened = st.query_params.get("visit", "")
    codes = [opened] * (opened in found) + [code for code in found if code != opened]
    st.menu_button(
        words("keep.add"),
        [*codes[:MOST], NEW],
        format_func=lambda code: plain(name(found[code], words)) if code else words("keep.new"),
        key=f"{key}.keep",
        help=words("keep.add_help"),
        type="tertiary",
        on_click=_add,
        args=(Step.of(answer), key, words),
    )


def said(key: str, words: Words) -> None:
    """Under the card whose answer was just kept: where it went, and the way there."""
    kept: Kept | None = st.session_state.get(KEPT)
    if not kept or kept.key != key:
        return
    del st.session_state[KEPT]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"kept-{key}"):
        if kept.fault:
            st.error(not_stored(kept.fault, words))
        elif kept.visit is None:
            st.warning(words("keep.gone"))
        else:
            one, n = kept.visit, len(kept.visit.steps)
            told = [words("keep.done", n=n, name=name(one, words))]
            if one.version != data().version.name:
                told.append(words("keep.done_pinned", version=label(one.version)))
            st.markdown(plain(" ".join(told)))
            link = query(NOTHING, words.lang, visit=one.visit_id, step=str(n))
            st.page_link("visits.py", label=words("keep.open"), query_params=link)


def not_stored(fault: NotStored, words: Words) -> str:
    return words(
        "visits.not_stored",
        folder=plain(printable(fault.folder)),
        reason=plain(printable(fault.why(words))),
    )


def name(one: Visit, words: Words) -> str:
    """'1 Desember 2026 · Pemerintah Kota Cilegon'."""
    return words("keep.one", on=one.on, institution=one.institution or words("visits.unnamed"))


def label(version: str) -> str:
    """'2026-11-24 a1b2c3' of a version's name, also where its file is
    gone; what was written by hand as it is.
    """
    try:
        return Version(Path(f"{version}.duckdb")).label
    except ValueError:
        return version or "–"


def listed(folder: Path) -> Sequence[Visit]:
    """The visits that can be read, the newest first; read again only when a file has changed."""
    files = (folder / FOLDER).glob(f"*{ENDING}")
    return _listed(folder, tuple(sorted((path.name, _modified(path)) for path in files)))


def _modified(path: Path) -> int:
    """0 for a link that leads nowhere, and a file that was removed meanwhile."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _listed(folder: Path, _seen: tuple[tuple[str, int], ...]) -> Sequence[Visit]:
    return tuple(one for one in visits.visits(folder) if isinstance(one, Visit))


def _add(step: Step, key: str, words: Words) -> None:
    if not host.is_host():  # has left in another window
        return
    code = st.session_state[f"{key}.keep"]
    try:
        kept = Kept(key, _appended(code, step) if code else _new(step, words))
    except NotStored as fault:
        kept = Kept(key, fault=fault)
    st.session_state[KEPT] = kept


def _new(step: Step, words: Words) -> Visit:
    one = Visit("", date.today(), "", "", words.lang, data().version.name, (step,))
    return visits.store(data_folder(), one)


def _appended(code: str, step: Step) -> Visit | None:
    """At the end of whatever the visit holds by now; None where it is gone."""
    for _ in range(TRIES):
        try:
            one = visits.visit(data_folder(), code)
            return (
                visits.store(data_folder(), replace(one, steps=(*one.steps, step))) if one else None
            )
        except Unreadable:
            return None
        except Changed:
            continue
    return None
