"""'Tambahkan ke presentasi' under a chart: its answer, as the page shows it, becomes the last step
of a visit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from kub import visits
from kub.answers.answer import Answer
from kub.answers.step import Step, tellable
from kub.store.versions import NotStored, Version, data_folder, printable
from kub.ui.data import data
from kub.ui.markdown import escape_markdown
from kub.ui.who import may, may_host
from kub.visits import ENDING, FOLDER, Changed, Unreadable, Visit
from kub.words import Words

ADDED = "step kept"  # in the session, from the click until it is shown once
NEW = ""  # in place of a visit's name
MOST_OFFERED = 12  # visits that the menu offers, the newest and the one opened last
TRIES = 5  # to append a step while others write the same visit


@dataclass(frozen=True)
class AddedStep:
    """What became of the step added last.

    key: of the card under whose chart it was added. visit: with the step as its last one; None
    where the visit is gone. fault: why it could not be written; refused: why it was not tried, in
    words.
    """

    key: str
    visit: Visit | None = None
    fault: NotStored | None = None
    refused: str = ""


def offers(words: Words) -> dict[str, object]:
    """The menu of visits under every card that a step can show again."""
    return {
        "visits": visits_offered(words),
        "label": words("keep.add"),
        "help": words("keep.add_help"),
    }


def visits_offered(words: Words) -> list[tuple[str, str]]:
    """(id, name) of the visits in the menu, a new one last."""
    by_id = {visit.visit_id: visit for visit in listed(data_folder()) if may_host(visit)}
    # The visit that the host comes from stands first, whatever its day.
    opened = st.query_params.get("visit", "")
    ids = [opened] * (opened in by_id) + [visit_id for visit_id in by_id if visit_id != opened]
    names = [(visit_id, name(by_id[visit_id], words)) for visit_id in ids[:MOST_OFFERED]]
    return [*names, (NEW, words("keep.new"))]


def news(words: Words, key: str = "") -> dict[str, object] | None:
    """Where the card went that was just added, and the way there. key: of the card that asks, ""
    for all of a page.

    Given out once: at the next click it is no news.
    """
    added: AddedStep | None = st.session_state.get(ADDED)
    if not added or key not in ("", added.key):
        return None
    del st.session_state[ADDED]
    if added.refused:
        return {"key": added.key, "tone": "warning", "text": added.refused}
    if added.fault:
        text = not_stored(added.fault, words, str)
        return {"key": added.key, "tone": "error", "text": text}
    if added.visit is None:
        return {"key": added.key, "tone": "warning", "text": words("keep.gone")}
    step = str(len(added.visit.steps))
    return {
        "key": added.key,
        "text": _done(added.visit, words),
        "open": words("keep.open"),
        "changes": {"visit": added.visit.visit_id, "step": step},
    }


def _done(visit: Visit, words: Words) -> str:
    sentences = [words("keep.done", n=len(visit.steps), name=name(visit, words))]
    # The visit shows the numbers of its own version, not those under this card.
    if visit.version != data().version.name:
        sentences.append(words("keep.done_pinned", version=label(visit.version)))
    return " ".join(sentences)


def not_stored(
    fault: NotStored, words: Words, shown: Callable[[str], str] = escape_markdown
) -> str:
    """Why nothing was stored. shown: how names reach the screen as they are."""
    return words(
        "visits.not_stored",
        folder=shown(printable(fault.folder)),
        reason=shown(printable(fault.why(words))),
    )


def name(visit: Visit, words: Words) -> str:
    """'1 Desember 2026 · Pemerintah Kota Cilegon'."""
    return words("keep.one", on=visit.on, institution=visit.institution or words("visits.unnamed"))


def label(version: str) -> str:
    """'2026-11-24 a1b2c3' of a version's name, also where its file is gone.

    A name that is none, written by hand, comes back as it is; '–' for an empty one.
    """
    try:
        return Version(Path(f"{version}.duckdb")).label
    except ValueError:
        return version or "–"


def listed(folder: Path) -> Sequence[Visit]:
    """The visits that can be read, the newest first; read again only when a file has changed."""
    # Times of change are the key: every card of every page asks, and reads nothing anew.
    files = (folder / FOLDER).glob(f"*{ENDING}")
    return _listed(folder, tuple(sorted((path.name, _modified(path)) for path in files)))


def _modified(path: Path) -> int:
    """Time of its last change, ns; 0 for a link that leads nowhere and for a file just removed."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _listed(folder: Path, _seen: tuple[tuple[str, int], ...]) -> Sequence[Visit]:
    return tuple(visit for visit in visits.visits(folder) if isinstance(visit, Visit))


def add(answer: Answer, visit_id: str, key: str, words: Words) -> None:
    """Add an answer to a visit, NEW for a new one. key: of its card, which says so."""
    if tellable(answer):
        add_step(Step.of(answer), visit_id, key, words)


def add_step(step: Step, visit_id: str, key: str, words: Words) -> None:
    """The same of a step."""
    if not may("host", programme=step.filters.programme or data().default.programme_id):
        return  # has left in another window
    try:
        if visit_id == NEW:
            added = AddedStep(key, _new(step, words))
        else:
            added = AddedStep(key, _appended(visit_id, step))
    except NotStored as fault:
        added = AddedStep(key, fault=fault)
    st.session_state[ADDED] = added


def refuse(key: str, why: str) -> None:
    """Say under a card why it was not added. why: in words."""
    st.session_state[ADDED] = AddedStep(key, refused=why)


def _new(step: Step, words: Words) -> Visit:
    # Institution and regency stay empty: the host adds them on the page of the visit.
    visit = Visit("", date.today(), "", "", words.lang, data().version.name, (step,))
    return visits.store(data_folder(), visit)


def _appended(visit_id: str, step: Step) -> Visit | None:
    """Append a step to whatever the visit holds by now; None where it is gone or unreadable.

    Read anew at each try: what somebody else has written meanwhile stays in it.
    """
    for _ in range(TRIES):
        try:
            visit = visits.visit(data_folder(), visit_id)
            if visit is None or not may_host(visit):
                return None
            return visits.store(data_folder(), replace(visit, steps=(*visit.steps, step)))
        except Unreadable:
            return None
        except Changed:
            continue
    return None
