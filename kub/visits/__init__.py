"""Study visits: one small TOML file each in visits/ of the data folder, which people may read and
mend by hand.

    date = 2026-12-01
    institution = "Pemerintah …"
    regency_code = "36.72"
    lang = "id"
    version = "kub-20261124T101500Z-e0c6db…"
    agenda, notes, questions = free text
    contact = what the closing slide says of whom to ask, e.g. "Sekretariat, 0285 …"
    minutes = planned for all of it
    [[steps]]  question, chart, title, note, minutes, filters = {…}, view = {…}, against = {…}
    [[steps]]  question = "sql", sql = one SELECT, title, note, view = {show = "chart" or "table"}

A file is replaced whole, and only by somebody who has seen what is in it: `stamp` is its
fingerprint when it was read, and whoever writes over another's change gets Changed, with nothing
lost.
"""

import errno
import hashlib
import os
import re
import tomllib
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from kub.answers.step import Step
from kub.store.alone import alone
from kub.store.pins import ENDING as ENDING
from kub.store.pins import FOLDER as FOLDER
from kub.store.pins import LOCK as LOCK
from kub.store.versions import storing, sync
from kub.store.whole import TooLarge, content
from kub.visits.step import step_of
from kub.words import LANGUAGES, MISSING
from kub.words.slug import slug
from queries.against import NO_COMPARISON, Against
from queries.filters import Filters

DELETED = ".deleted"
# characters of an institution's name in a file's name: with date and number it stays below the 80
# that _ID admits
LONGEST = 40
# What a link may name and a file may be called: no dot and no slash, so that no link leads out of
# the folder.
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,80}", re.ASCII)
MOST_BYTES = 256_000  # a visit of twenty steps has about 8,000
MOST_FILES = 500  # read for one list
LONGEST_VISIT = 600  # minutes
TEXTS = ("agenda", "notes", "questions")


@dataclass(frozen=True)
class Visit:
    """One study visit.

    visit_id: name of the file, without ending; '' before the first writing. lang: in which language
    it is presented. version: name of the data version it is pinned to. stamp: SHA-256 of the file
    when it was read, in hex; '' if new. minutes: planned for the presentation; 0 if not planned.
    """

    visit_id: str
    on: date
    institution: str
    regency_code: str
    lang: str
    version: str
    steps: tuple[Step, ...] = ()
    agenda: str = ""
    notes: str = ""
    questions: str = ""
    contact: str = ""
    stamp: str = ""
    minutes: int = 0

    @property
    def spoken(self) -> int:
        """Minutes that its steps take together."""
        return sum(step.minutes for step in self.steps)


class Unreadable(Exception):
    """An invalid visit file.

    rule: key under [visit.unreadable] in the words; value: what is wrong there.
    """

    def __init__(self, path: Path, rule: str, value: str = "") -> None:
        super().__init__(f"{path.name}: {rule} {value}")
        self.path, self.rule, self.value = path, rule, value


class Changed(Exception):
    """Somebody else has written or removed the visit since it was read.

    now: what it holds, None if it is gone.
    """

    def __init__(self, now: Visit | None) -> None:
        super().__init__("changed meanwhile")
        self.now = now


def visits(folder: Path) -> list[Visit | Unreadable]:
    """The visits of a data folder, the newest first; for a file that cannot be read its
    Unreadable, not raised.

    Of more than MOST_FILES files the newest by name (names begin with the date), with an Unreadable
    that counts those left out.
    """
    listed: list[Visit | Unreadable] = []
    files = sorted((folder / FOLDER).glob(f"*{ENDING}"), reverse=True)
    if len(files) > MOST_FILES:
        listed.append(Unreadable(folder / FOLDER, "many", str(len(files) - MOST_FILES)))
    for path in reversed(files[:MOST_FILES]):
        try:
            listed.append(_read(path))
        except Unreadable as reason:
            if os.path.lexists(path):  # else it was removed meanwhile
                listed.append(reason)
    return sorted(listed, key=_day_of, reverse=True)


def _day_of(entry: Visit | Unreadable) -> date:
    """Its day; of an unreadable file the last there is, so that it comes first and is seen."""
    if isinstance(entry, Visit):
        return entry.on
    return date.max


def visit(folder: Path, visit_id: str) -> Visit | None:
    """One visit; None if there is none of that name. Raises Unreadable."""
    path = _path(folder, visit_id)
    # lexists, not exists: a link that leads nowhere is an unreadable visit, not a missing one.
    if path is None or not os.path.lexists(path):
        return None
    try:
        return _read(path)
    except Unreadable:
        if os.path.lexists(path):
            raise
        return None  # removed meanwhile


def store(folder: Path, visit: Visit) -> Visit:
    """Write a visit, whole or not at all. Returns it with its new stamp, a new one with its
    visit_id.

    Raises Changed where the file is not what `visit.stamp` says, Unreadable where its file is
    invalid by now, NotStored where the disk refuses.
    """
    visit = _tidy(visit)
    with storing(folder):
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        # most=0: a locked folder is a fault at once. A click must not wait for a
        # shared disk, and the page keeps what was typed.
        with alone(folder / FOLDER / LOCK, most=0):
            if not visit.visit_id:
                visit = replace(visit, visit_id=_free(folder, visit))
            path = _unchanged(folder, visit)
            new = _written(visit)
            if len(new) > MOST_BYTES:
                # What could not be read again is not written: `_content` refuses more.
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
            # Beside it, then renamed: a power cut leaves the old file or the new one, never half.
            unfinished = path.with_suffix(".new")
            unfinished.write_bytes(new)
            sync(unfinished)
            unfinished.replace(path)
    return replace(visit, stamp=_stamp(new))


def remove(folder: Path, visit: Visit) -> None:
    """Take a visit out of the list; its file stays beside, for `restore`. Raises as `store`."""
    with storing(folder), alone(folder / FOLDER / LOCK, most=0):
        path = _unchanged(folder, visit)
        path.replace(path.with_suffix(DELETED))


def restore(folder: Path, visit_id: str) -> Visit | None:
    """Undo `remove` and return the visit. Raises as `remove`.

    None where nothing is left to bring back, or where there is a visit of that name again.
    """
    path = _path(folder, visit_id)
    if path is None:
        return None
    with storing(folder), alone(folder / FOLDER / LOCK, most=0):
        if path.exists() or not path.with_suffix(DELETED).exists():
            return None
        path.with_suffix(DELETED).replace(path)
    return _read(path)


def _path(folder: Path, visit_id: str) -> Path | None:
    """The file of a visit; None for a name that could lead to any other file."""
    if not _ID.fullmatch(visit_id):
        return None
    return folder / FOLDER / f"{visit_id}{ENDING}"


def _unchanged(folder: Path, visit: Visit) -> Path:
    """The file of a visit, if it is as it was read. Raises Changed, Unreadable.

    Compared by content: times of change have steps of 2 s on USB sticks (FAT), in which two people
    can write.
    """
    path = folder / FOLDER / f"{visit.visit_id}{ENDING}"
    if not os.path.lexists(path):
        if visit.stamp:
            raise Changed(None)
        return path
    if _stamp(_content(path)) != visit.stamp:
        raise Changed(_read(path))
    return path


def _free(folder: Path, visit: Visit) -> str:
    """'2026-12-01-pemerintah-kota-cilegon', with a number where that is taken."""
    name = f"{visit.on.isoformat()}-{slug(visit.institution, LONGEST)}".strip("-")
    # Of any ending: the name of a removed visit stays taken, so that it can come back.
    taken = {path.stem for path in (folder / FOLDER).glob("*.*")}
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


def _tidy(visit: Visit) -> Visit:
    """The visit as it will be read: each line end one sign, each chart with its name.

    What comes back from `store` then equals what a later `visit` reads: browsers may send CR LF.
    """

    def with_unix_line_ends(row: Any, *names: str) -> dict[str, Any]:
        return {name: getattr(row, name).replace("\r\n", "\n") for name in names}

    steps = tuple(
        replace(s, chart=s.chart or s.question, **with_unix_line_ends(s, "title", "note", "sql"))
        for s in visit.steps
    )
    return replace(
        visit, steps=steps, **with_unix_line_ends(visit, "institution", "contact", *TEXTS)
    )


def _stamp(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _written(visit: Visit) -> bytes:
    content: dict[str, Any] = {"date": visit.on}
    content |= {
        name: getattr(visit, name)
        for name in ("institution", "regency_code", "lang", "version", *TEXTS)
    }
    if visit.contact:  # the file shows only what was stated
        content["contact"] = visit.contact
    if visit.minutes:
        content["minutes"] = visit.minutes
    content["steps"] = [_step_written(step) for step in visit.steps]
    return tomli_w.dumps(content, multiline_strings=True).encode()


def _step_written(step: Step) -> dict[str, Any]:
    """A step as a table of the file, without what is empty or the default: people read it."""
    row: dict[str, Any] = {
        name: getattr(step, name) for name in ("question", "chart", "title", "note", "sql")
    }
    row |= {
        "minutes": step.minutes if step.minutes != Step.minutes else 0,
        "filters": _codes_written(step.filters, Filters()),
        "against": _codes_written(step.against, NO_COMPARISON),
        "view": dict(step.view),
    }
    return {name: value for name, value in row.items() if value}


def _codes_written(codes: Filters | Against, empty: Filters | Against) -> dict[str, Any]:
    defaults = asdict(empty)
    chosen = {name: value for name, value in asdict(codes).items() if value != defaults[name]}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items()
    }


def _content(path: Path) -> bytes:
    """The bytes of a visit's file, never more than one may have. Raises Unreadable."""
    try:
        return content(path, MOST_BYTES)
    except TooLarge as reason:
        raise Unreadable(path, "size", f"{MOST_BYTES // 1000}") from reason
    except OSError as reason:
        raise Unreadable(path, "file", str(reason.errno)) from reason


def _read(path: Path) -> Visit:
    if not _ID.fullmatch(path.stem):
        raise Unreadable(path, "name", path.name)
    # Stamp and content of the same bytes: read twice, they might be of two writings.
    written = _content(path)
    try:
        # utf-8-sig: editors on Windows put a byte order mark before the text.
        content = tomllib.loads(written.decode("utf-8-sig"))
    except (ValueError, RecursionError) as reason:  # tomllib has more of them than its own
        place = re.search(r"line (\d+), column (\d+)", str(reason))
        raise Unreadable(path, "toml", f"{place[1]}:{place[2]}" if place else MISSING) from reason
    on, steps = content.get("date"), content.get("steps", [])
    # A TOML date with an hour is a datetime, which is a date in Python.
    if type(on) is not date:
        raise Unreadable(path, "date", str(on))
    if content.get("lang") not in LANGUAGES:
        raise Unreadable(path, "lang", str(content.get("lang")))
    texts = {
        name: content.get(name, "")
        for name in ("institution", "regency_code", "version", "contact", *TEXTS)
    }
    if wrong := [name for name, text in texts.items() if not isinstance(text, str)]:
        raise Unreadable(path, "text", wrong[0])
    minutes = content.get("minutes", 0)
    if type(minutes) is not int or not 0 <= minutes <= LONGEST_VISIT:
        raise Unreadable(path, "minutes", str(minutes))
    if not isinstance(steps, list):
        raise Unreadable(path, "step", "steps")
    parsed_steps = tuple(_step(path, number, row) for number, row in enumerate(steps, 1))
    rest = {"lang": content["lang"], "steps": parsed_steps, "minutes": minutes}
    return Visit(path.stem, on, stamp=_stamp(written), **texts, **rest)


def _step(path: Path, number: int, row: Any) -> Step:
    try:
        if not isinstance(row, dict):
            raise TypeError(str(row))
        return step_of(row)
    except (TypeError, ValueError) as reason:
        raise Unreadable(path, "step", f"{number}: {reason}") from reason
