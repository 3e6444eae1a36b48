"""Bawa pulang: the pack of what is in view, or of a visit, made beside the page, which stays usable
meanwhile.

A pack takes seconds (charts on paper are drawn by a browser), so it is made in a thread of its
own: the page shows how far it is and a button to cancel, and then the download. One is made at a
time; others wait their turn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from threading import Event, Lock, Thread
from typing import Any

import streamlit as st

from kub.answers.step import Step
from kub.exports import downloads
from kub.exports.downloads import Narrowed, narrowed_by
from kub.exports.pack import FORMATS, Pack, pack
from kub.guests import Declared, figures
from kub.store.data import Data
from kub.store.versions import NotStored
from kub.ui import who
from kub.ui.errors import NotAudited, logged
from kub.ui.guests import panel as guest_panel
from kub.ui.markdown import escape_markdown
from kub.ui.view import View
from kub.visits import Visit
from kub.words import Words, of
from queries.filters import Filters

EVERYTHING, VIEW = "zip", "view"
POLL = 1.0  # s
STATE = "take home {}".format
# (who, name of the file, rows in it)
Noted = Callable[[str, str, int], None]
_TURN = Lock()  # held while a pack is made: two browsers would take the machine from the pages


class Cancelled(Exception):
    """The reader has cancelled the pack."""


@dataclass
class Job:
    """One pack in the making; its thread writes, the page reads.

    label: key of words; fault: what to say instead.
    """

    share: float = 0.0
    label: str = "pack.progress.waiting"
    name: str = ""
    content: bytes = b""
    fault: str = ""
    over: bool = False
    stopped: Event = field(default_factory=Event)

    def progress(self, share: float, label: str) -> None:
        self.share, self.label = share, label

    def check(self) -> None:
        if self.stopped.is_set():
            raise Cancelled


def of_view(view: View) -> None:
    """The pack of the standard answers under the filters of the page."""
    data, filters, words = view.data, view.filters, view.words
    own: Declared | None = st.session_state.get(guest_panel.STATE)
    row: dict[str, Any] = {}
    if own:
        row = own.row(1, Filters())
    make_pack = partial(
        pack,
        data,
        filters,
        words,
        date.today(),
        guests=_figures(own, filters),
        against=view.against,
        # Names the file, so that the packs of two guests can be kept apart in a folder.
        guest=str(row.get("regency", "")),
    )
    noted = partial(_noted, data, narrowed_by(data, filters, view.against))
    region = partial(_region, row, data, filters)
    offer(VIEW, words, make_pack, region, noted)


def _region(row: Mapping[str, Any], data: Data, filters: Filters) -> str:
    return str(row.get("regency_code") or data.regency_code(filters))


def _noted(data: Data, narrowed: Narrowed, by: str, name: str, rows: int) -> None:
    """Before a pack can be taken home. Raises NotStored."""
    downloads.note(data, by, narrowed, rows, file=name)


def of_visit(visit: Visit, steps: Sequence[Step], data: Data, words: Words) -> None:
    """The pack of a visit: its own steps from its own version, in its language, with its guest's
    blank workbook.

    steps: those that have an answer; there is at least one.
    """
    spoken, filters = of(visit.lang), steps[0].filters
    title = ""
    if visit.institution:
        title = spoken("take_home.visit", institution=visit.institution)
    make_pack = partial(
        pack, data, filters, spoken, date.today(), steps, title, guest=visit.institution
    )
    noted = partial(_noted, data, {"visit": visit.visit_id})
    region = partial(_region, {"regency_code": visit.regency_code}, data, filters)
    offer(visit.visit_id, words, make_pack, region, noted)


def _figures(own: Declared | None, filters: Filters) -> str:
    """The figures of this session's guest as JSON: for the guest's own pack, and no other."""
    if own is None:
        return figures([], filters)
    return figures([own], filters)


def offer(
    key: str, words: Words, make_pack: Callable[[], Pack], region: Callable[[], str], noted: Noted
) -> None:
    """The button, the progress, the download.

    key: whose pack, VIEW or a visit's id. make_pack, region: called in the thread, once the pack is
    wanted; region returns the code of the regency whose blank workbook comes along. noted: called
    there too, before the pack can be had; where it raises NotStored nobody gets it.
    """
    job: Job | None = st.session_state.get(STATE(key))
    with st.container(key=f"take-home-{key}", border=True):
        kind = "view" if key == VIEW else "visit"
        st.markdown(f"**{words('take_home.title')}**  \n{words(f'take_home.says.{kind}')}")
        # One job a session and pack: a second click meets its progress, not another job.
        if job is None:
            _choice(key, words, make_pack, region, noted)
        elif job.over:
            _done(key, job, words)
        else:
            _making(key, words)


def _choice(
    key: str, words: Words, make_pack: Callable[[], Pack], region: Callable[[], str], noted: Noted
) -> None:
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="medium", key=f"take-home-{key}-row"
    ):
        form = st.segmented_control(
            words("take_home.format"),
            (EVERYTHING, *FORMATS),
            default=EVERYTHING,
            required=True,
            format_func=lambda form: words(f"take_home.formats.{form}"),
            key=f"take-home-{key}-format",
        )
        args = (key, words, make_pack, region, noted, form)
        st.button(
            words("take_home.make"),
            type="primary",
            key=f"take-home-{key}-make",
            on_click=_start,
            args=args,
        )


def _start(
    key: str,
    words: Words,
    make_pack: Callable[[], Pack],
    region: Callable[[], str],
    noted: Noted,
    form: str,
) -> None:
    # A thread of its own, not Streamlit's: a rerun would end that, and the pack with it.
    job = Job()
    st.session_state[STATE(key)] = job
    # Who asks is known here, not in the thread.
    args = (job, words, make_pack, region, partial(noted, who.by()), form)
    Thread(target=_run, args=args, daemon=True, name="take-home").start()


def _run(
    job: Job,
    words: Words,
    make_pack: Callable[[], Pack],
    region: Callable[[], str],
    noted: Callable[[str, int], None],
    form: str,
) -> None:
    """Make the pack, in the thread. Never raises: the page gets an end to show in any case."""
    # What writes files costs 1 s to import, which no page should wait for.
    from kub.exports.pictures import NoBrowser, Pictures
    from kub.exports.zip import PARTS, bundle, file_name, write

    try:
        with _TURN:
            job.check()
            job.progress(0.02, "pack.progress.answers")
            made = make_pack()
            job.check()
            with Pictures() as pictures:
                if form == EVERYTHING:
                    job.content = bundle(made, PARTS, pictures, region(), job.progress, job.check)
                else:
                    job.progress(0.3, f"pack.progress.{form}")
                    job.content = write(form, made, pictures)
            job.name = file_name(made, form)
            noted(job.name, sum(len(part.answer.frame) for part in made.parts))
    # What is made already goes with it: the reader asked for nothing any more.
    except Cancelled:
        job.content = b""
    except NoBrowser as reason:
        job.fault = reason.message(words)
    except NotStored as reason:
        job.content, (title, todo) = b"", NotAudited(reason).message(words, str)
        job.fault = f"{title}. {todo}"
    except Exception as fault:  # noqa: BLE001 a thread has nobody above it: logged like any bug
        job.fault = words("take_home.fault", id=logged(fault, "take home"))
    finally:
        job.over = True


@st.fragment(run_every=POLL)
def _making(key: str, words: Words) -> None:
    job: Job = st.session_state[STATE(key)]
    if job.over:
        st.rerun(scope="app")
    st.progress(job.share, text=words(job.label))
    st.button(
        words("take_home.cancel"), key=f"take-home-{key}-cancel", on_click=_cancel, args=(key,)
    )


def _cancel(key: str) -> None:
    """Callback: ends the job for the reader at once; the thread ends at its next part."""
    st.session_state.pop(STATE(key)).stopped.set()


def _done(key: str, job: Job, words: Words) -> None:
    if job.fault:
        st.warning(escape_markdown(job.fault))
    else:
        st.download_button(
            words("take_home.download", size=len(job.content) / 1e6),
            # In the memory of the session until it leaves the page or makes another.
            data=job.content,
            file_name=job.name,
            key=f"take-home-{key}-download",
            on_click="ignore",
            type="primary",
        )
    st.button(
        words("take_home.again"),
        key=f"take-home-{key}-again",
        on_click=st.session_state.pop,
        args=(STATE(key),),
    )
