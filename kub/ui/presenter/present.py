"""Presenting a visit: what the link asks for, and the first screen.

The address says visit and step, so a reload comes back to it; present.js keeps the steps from
filling the browser's history. Screens of the host follow each other by presenting/state.py,
those of the audience go their own way. A screen keeps the visit that it showed last, so that a
file renamed or half written ends no presentation.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any, cast

import streamlit as st

from kub import words as words_of
from kub.answers.step import Step
from kub.guests import rooms
from kub.guests.rooms import Refused, tidy
from kub.look import Mode
from kub.presenting import state as stage
from kub.presenting.prefetch import ANSWERS
from kub.store.data import Data, ProgrammeName
from kub.ui import data as opened
from kub.ui import errors, host
from kub.ui.guests import share
from kub.ui.presenter import ends as present_ends
from kub.ui.presenter import remote, slides
from kub.ui.presenter import step as present_step
from kub.ui.presenter import visit as present_visit
from kub.ui.presenter.slides import Slide
from kub.ui.presenter.step import BuiltStep
from kub.ui.who import may, may_host
from kub.visits import Visit
from kub.words import LANGUAGES, Words
from queries import COMPARED
from queries.filters import Filters

NONE = "[]"  # no guests, as JSON

# a step taken on the other device, or figures a guest shares, are to be here within two seconds
EVERY_S = 1.0
LEAST_S, MOST_S = 3, 3600  # of the kiosk, for each step
AGAIN_S = 2.0  # until what could not be shown is tried again
SOON_S = 1.0  # that a step waits for its statement


@dataclass(frozen=True)
class Show:
    """One run of the page.

    step: from 1; 0 is the welcome slide, total + 1 the closing slide. notes: for the foot. private:
    whether names stay away. kiosk: seconds for each step, minutes: planned for all; 0 where not
    asked for. code: under which guests share, '' without; revision: of what they share. kept:
    whether the visit is as it was before its file became unreadable.
    """

    visit: Visit
    data: Data
    words: Words
    mode: Mode
    step: int
    notes: tuple[str, ...] = ()
    private: bool = False
    kiosk: int = 0
    minutes: int = 0
    code: str = ""
    revision: int = 0
    guests: tuple[Any, ...] = ()
    kept: bool = False

    @property
    def total(self) -> int:
        return len(self.visit.steps)

    @property
    def now(self) -> Step | None:
        """None on the welcome and on the closing slide."""
        if not 1 <= self.step <= self.total:
            return None
        return self.visit.steps[self.step - 1]

    @property
    def stamp(self) -> str:
        """Of all that its screens depend on, beside their step."""
        shown = (self.visit, self.data.version.path, self.words.lang, self.notes, self.private)
        return sha256(repr((*shown, self.code, self.revision)).encode()).hexdigest()

    @property
    def programme(self) -> ProgrammeName:
        """Whose story this is: the programme of the first step."""
        return (
            # A version may not hold the programme any more: then the default names the slides.
            self.data.programmes.get(self.visit.steps[0].filters.programme or "")
            or self.data.default
        )

    def built_step(self, number: int) -> BuiltStep:
        """The step with its answer, from what was prepared if it was. A statement is not waited
        for: until it has its answer, the step says so.
        """
        key, make = self._recipe(number)
        if not self.visit.steps[number - 1].sql:
            return cast(BuiltStep, ANSWERS.get(key, make))
        built: BuiltStep | None = ANSWERS.soon(key, make, SOON_S)
        if built is None:
            return BuiltStep(None, problem=self.words("sql_step.waiting"), waits=True)
        if built.passing:  # tried again when the step is shown again
            ANSWERS.forget(lambda other: other == key)
        return built

    def prepare(self, number: int) -> None:
        """Have a step ready in the background; nothing happens beyond the ends."""
        if not 1 <= number <= self.total:
            return
        if self.visit.steps[number - 1].sql:
            ANSWERS.soon(*self._recipe(number), 0)
        else:
            ANSWERS.prepare(*self._recipe(number))

    def waits(self) -> bool:
        """Whether the step that is shown has no answer yet."""
        return bool(self.now and self.now.sql and not ANSWERS.is_ready(self._recipe(self.step)[0]))

    def _recipe(self, number: int) -> tuple[tuple[Any, ...], Callable[[], BuiltStep]]:
        """(key, function that builds it) of a step in the prepared answers."""
        step = self.visit.steps[number - 1]
        guests = self._figures(step)
        shown = (self.data.version.path, repr(step), self.words.lang, self.mode, guests)
        # Figures of guests are forgotten by their code (share.forget). Steps without any keep one
        # key whatever guests come, or each arrival would build all of them anew.
        key = (self.code, self.revision, *shown)
        if guests == NONE:
            key = ("", 0, *shown)
        return key, partial(present_step.build_step, self.data, step, self.words, self.mode, guests)

    def _figures(self, step: Step) -> str:
        # Only questions that compare regencies have a place for guests.
        if step.question not in COMPARED or list(self.data.unknown(step.filters)):
            return NONE
        return rooms.figures(
            rooms.rows(None, self.guests, Filters(**_resolved(self.data, step.filters)))
        )


def _resolved(data: Data, filters: Filters) -> dict[str, Any]:
    return vars(data.resolved(filters))


def begin() -> Show | None:
    """What the address asks for; None where that cannot be shown, and the page says why, with the
    way out.
    """
    # Before anything else, so that a problem stands on the stage's ground too.
    st.html(present_step.HERE / "present.css")
    try:
        return _read()
    except errors.UserProblem as problem:
        words = words_of.of(errors.language())
        with st.container(key="present-problem"):
            errors.show(problem)
            if isinstance(problem, present_visit.NoStep):
                query = {"visit": problem.visit_id, "lang": words.lang}
                st.page_link("present.py", label=words("present.to_first"), query_params=query)
            with st.container(key="present-elsewhere"):
                st.page_link(
                    "visits.py", label=words("present.to_visits"), query_params={"lang": words.lang}
                )
        _try_again()
        return None


def _read() -> Show:
    """Raises UserProblem."""
    query = st.query_params
    asked = query.get("step", "1")
    visit, kept = present_visit.presented_visit(query.get("visit", ""), asked)
    current = opened.data()
    pinned = opened.pinned(visit.version)
    lang = query.get("lang", "")
    if lang not in LANGUAGES:
        lang = visit.lang
    words = words_of.of(lang)
    # With the language known: a wrong step is explained in it.
    step = present_visit.position(asked, len(visit.steps))
    if step is None:
        raise present_visit.NoStep(visit, asked)
    notes = []
    if kept:
        notes.append(words("present.kept"))
    # A note, not a stop: numbers from other data are better in front of guests than an empty wall,
    # as long as the foot says so.
    if pinned is None:
        notes.append(words("present.gone"))
    elif pinned.version.path != current.version.path:
        notes.append(words("present.newer", version=current.version.label))
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    show = Show(
        visit,
        pinned or current,
        words,
        mode,
        step,
        private=query.get("private") == "yes",
        kiosk=present_visit.number(query.get("kiosk", ""), LEAST_S, MOST_S),
        minutes=present_visit.number(query.get("minutes", ""), 1, 600) or visit.minutes,
        kept=kept,
    )
    return replace(_with_guests(show, notes), notes=tuple(notes))


def _with_guests(show: Show, notes: list[str]) -> Show:
    """The show with the guests who share under the code of the link.

    For whichever step needs them. A code that opens nothing becomes a note.
    """
    asked = st.query_params.get("code", "")
    if not asked:
        return show
    try:
        code = share.entered(asked)
        revision = rooms.ROOMS.revision(code)
        guests = rooms.ROOMS.guests(code)
    except Refused:
        notes.append(show.words("present.no_guests", code=tidy(asked)[:10]))
        return show
    notes.append(show.words("present.guests", code=code))
    return replace(show, code=code, revision=revision, guests=guests)


def screen(show: Show) -> None:
    """The first screen: one step and nothing else.

    It follows the speaker's device if it is the host's.
    """
    leads = may_host(show.visit)
    host.remember()
    if leads:
        show = _on_stage(show)
    # Each run looks for figures that have gone: nothing of a guest waits for a timer.
    share.forget()
    with st.container(key="present"):
        slide = slide_of(show)
        slides.stand(show.step, slide, show.stamp)
        remote.remote(show, partial(move, show.visit.visit_id, leads, show.total))
        _leave(show.words)
    seen = _seen(show.visit.visit_id) if leads else None
    waiting = show if slide.waits else None
    _follow(show.visit.visit_id, seen, show.code, show.revision, show.kept, waiting)
    # What the keys of a clicker reach next: forward, back, Home and End.
    for step in (show.step + 1, show.step - 1, 1, show.total):
        show.prepare(step)
    # Last, for it may have to be made now: what has been drawn above is on its way already.
    following = replace(show, step=show.step + 1)
    if following.step <= show.total + 1 and not following.waits():
        slides.prepare(following.step, slide_of(following), show.stamp)


def slide_of(show: Show) -> Slide:
    """The screen of the step where the show stands."""
    if show.now:
        built = show.built_step(show.step)
        return present_step.slide_of(built, show.now, show.words, show.notes, show.private)
    return present_ends.welcome(show) if show.step < 1 else present_ends.closing(show)


def _leave(words: Words) -> None:
    """Where leaving leads: a page for everybody, since the list of visits names other guests."""
    with st.container(key="present-leave"):
        st.page_link("overview.py", label=words("present.leave"), query_params={"lang": words.lang})


def move(visit_id: str, leads: bool, total: int, step: int) -> None:
    """Put a step in the address, and on the stage if this screen leads. For callbacks."""
    st.query_params["step"] = present_visit.address(step, total)
    if leads and may("host"):  # who has left meanwhile moves nobody
        st.session_state[_key(visit_id)] = stage.STAGE.go(visit_id, step).revision


def _on_stage(show: Show) -> Show:
    """The step that the host's screens show.

    Where this one has just been opened, its address says which.
    """
    visit_id = show.visit.visit_id
    now, seen = stage.STAGE.at(visit_id), _seen(visit_id)
    # Moved by another screen since this one last ran; never beyond the closing slide, for steps may
    # have been taken out of the visit.
    if now and seen is not None and now.revision != seen and now.step <= show.total + 1:
        st.session_state[_key(visit_id)] = now.revision
        st.query_params["step"] = present_visit.address(now.step, show.total)
        return replace(show, step=now.step)
    if now is None or now.step != show.step:
        now = stage.STAGE.go(visit_id, show.step)
    st.session_state[_key(visit_id)] = now.revision
    return show


def _key(visit_id: str) -> str:
    return f"stage {visit_id}"


def _seen(visit_id: str) -> int | None:
    return cast("int | None", st.session_state.get(_key(visit_id)))


@st.fragment(run_every=EVERY_S)
def _follow(
    visit_id: str,
    seen: int | None,
    code: str,
    revision: int,
    kept: bool,
    waiting: Show | None = None,
) -> None:
    """Run the page again when there is something new; draws nothing.

    seen: revision of the stage that this screen shows, None on screens that follow nobody. kept:
    whether the visit's file is waited for. waiting: whose step has no answer yet.
    """
    now = stage.STAGE.at(visit_id)
    moved = seen is not None and now is not None and now.revision != seen
    if (
        moved
        or (code and rooms.ROOMS.revision(code) != revision)
        or (kept and present_visit.is_back(visit_id))
        or (waiting and not waiting.waits())
    ):
        st.rerun(scope="app")


@st.fragment(run_every=AGAIN_S)
def _try_again() -> None:
    """Run the page again once the visit can be shown; draws nothing.

    Whatever stood in the way may be mended by now, and nobody stands at a kiosk to reload it.
    """
    try:
        _read()
    except errors.UserProblem:
        return
    st.rerun(scope="app")
