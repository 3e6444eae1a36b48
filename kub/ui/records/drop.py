"""What a steward dropped: taken from the server, checked, compared, kept by the session until it is
published or left.

The bytes are in memory alone. They are kept while problems are shown, for the workbook that comes
back with its bad cells marked, and gone once the records are ready, with a new drop, and on any
other page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import PurePath

import streamlit as st

from kub.progress import Progress, part_of
from kub.records import Checked, sandbox
from kub.records.limits import MB
from kub.records.problems import Problem, level_of
from kub.records.reading import Reading
from kub.records.source import Upload
from kub.store import candidate, replaced
from kub.store.candidate import Candidate
from kub.store.data import Data
from kub.store.versions import Version, data_folder, keepable
from kub.ui import who
from kub.ui.guests import uploads
from kub.ui.records import preview, theirs
from kub.ui.records.preview import Preview
from kub.words import Words

STATE, _NUMBER = "records dropped", "records drops"
MOST_FILES = 20
KINDS = ("xlsx", "xlsm", "zip")


@dataclass
class Drop:
    """One drop of files. checked: None before they are. ready: the version that they would make,
    None where problems stop it; opened: that version, as pages would show it.
    page: of the table of problems. asking: whether the question before publishing stands open.
    """

    files: list[Upload]
    checked: Checked | None = None
    ready: Candidate | None = None
    opened: Data | None = None
    preview: Preview | None = None
    superseded: Version | None = None
    page: int = 0
    asking: bool = False


@dataclass
class Published:
    """What stands there after it is in use."""

    version: Version
    programme: str
    names: list[str] = field(default_factory=list)


def key() -> str:
    """Of the widget that takes files: a new one after each drop, so that it forgets them."""
    return f"records-file-{st.session_state.get(_NUMBER, 0)}"


def state() -> Drop | Published | None:
    """What this session has dropped."""
    kept: Drop | Published | None = st.session_state.get(STATE)
    return kept


def take() -> None:
    """Callback of the widget: the server forgets the files, this session has them."""
    dropped = st.session_state[key()]
    # Streamlit calls this also when a file is taken out again.
    if not dropped:
        return
    files = [uploads.take(file) for file in dropped]
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    clear()
    st.session_state[STATE] = Drop(files)


def clear() -> None:
    """Forget the drop and remove what was prepared of it."""
    kept = st.session_state.pop(STATE, None)
    if isinstance(kept, Drop) and kept.ready:
        kept.ready.discard()


def leave() -> None:
    """Another page is shown: no uploaded byte stays. What is ready to be published does."""
    kept = st.session_state.get(STATE)
    if isinstance(kept, Drop) and kept.ready:
        kept.files.clear()
    elif kept is not None:
        clear()


def check(drop: Drop, progress: Progress) -> None:
    """Read the files in the reading process; where nothing stops them, prepare what they make.

    Raises NotStored where the data folder cannot be written.
    """
    refused = [*_refused(drop.files)]
    if refused:
        drop.checked = Checked([], refused)
        return
    reading = part_of(progress, 0, 2)
    checked = sandbox.read(drop.files, date.today(), sandbox.bounds(), reading)
    before = replaced.standing(keepable(data_folder()))
    checked = replaced.checked_against(checked, before)
    drop.checked = Checked(
        checked.programmes, [*checked.problems, *_not_theirs(checked)], checked.reading
    )
    if drop.checked.ok and checked.programmes:
        prepare(drop, part_of(progress, 1, 2))


def prepare(drop: Drop, progress: Progress) -> None:
    """Build what would be published, on the version in use now, and compare both."""
    assert drop.checked
    if drop.ready:
        drop.ready.discard()
    # The samples are others' programmes too: whose role is for a few leaves them where they are.
    drop.ready = candidate.prepare(
        drop.checked.programmes,
        keep_samples=who.scope() is not None,
        progress=part_of(progress, 0, 2),
    )
    progress(0.6, "upload.progress.compare")
    drop.opened = Data.open(drop.ready.version)
    drop.preview = preview.compare(drop.ready, drop.opened)
    # Ready: the bytes are needed for the marks of warnings alone.
    if not drop.checked.problems:
        drop.files.clear()


def _refused(files: Sequence[Upload]) -> list[Problem]:
    """The widget looks at size and kind in the browser alone."""
    if len(files) > MOST_FILES:
        return [_problem(files[0].name, "upload_many", {"most": MOST_FILES})]
    largest = sandbox.upload_mb()
    return [
        _problem(file.name, "too_large_file", {"mb": largest})
        for file in files
        if len(file.content) > largest * MB
    ] + [
        _problem(file.name, "wrong_type", {"suffix": file.suffix or file.name})
        for file in files
        if PurePath(file.name).suffix.lower().removeprefix(".") not in KINDS
    ]


def _not_theirs(checked: Checked) -> list[Problem]:
    """Programmes that this steward may not change; that it was tried is written down."""
    others = theirs.not_theirs(checked.programmes)
    if others:
        theirs.refused()
    return [
        _problem(programme.files[0][0], "not_theirs", {}, programme.programme_id)
        for programme in others
    ]


def _problem(
    file: str, rule: str, values: Mapping[str, object], value: str | None = None
) -> Problem:
    return Problem(file, None, None, None, value, rule, level_of(rule), values)


def reading_of(drop: Drop) -> Reading:
    """What was read and what was not."""
    return drop.checked.reading if drop.checked else Reading()


def shown(words: Words) -> Progress:
    """A bar with words, drawn here; call it to move it."""
    bar = st.progress(0.0, words("records.progress.reading"))
    return partial(_move, bar, words)


def _move(bar: object, words: Words, share: float, label: str) -> None:
    bar.progress(min(max(share, 0.0), 1.0), words(label))  # type: ignore[attr-defined]
