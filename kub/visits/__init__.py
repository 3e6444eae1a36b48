"""Study visits: one small TOML file each in visits/ of the data folder, which people may read and
mend by hand.

    date = 2026-12-01
    institution = "Pemerintah …"
    regency_code = "36.72"
    lang = "id"
    version = "kub-20261124T101500Z-e0c6db…"
    agenda, notes, questions = free text
    contact = what the closing slide says of whom to ask, e.g. "Sekretariat, 0285 …"
    [[steps]]  question, chart, title, note, filters = {…}, view = {…}

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
from kub.store.versions import storing, sync
from kub.store.whole import TooLarge, content
from kub.visits.step import step_of
from kub.words import LANGUAGES, MISSING
from kub.words.slug import slug
from queries.filters import Filters

FOLDER, ENDING, DELETED, LOCK = "visits", ".toml", ".deleted", ".kub-lock"
LONGEST = 40  # characters of an institution's name in a file's name
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,80}", re.ASCII)
MOST_BYTES = 256_000  # a visit of twenty steps has about 8,000
MOST_FILES = 500
TEXTS = ("agenda", "notes", "questions")


@dataclass(frozen=True)
class Visit:
    """One study visit. version: name of the data version it is pinned to. stamp: fingerprint of the
    file; '' if new.

    visit_id: name of the file, without ending. lang: in which language it is presented.
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


class Unreadable(Exception):
    """A visit's file that is none.

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
    """The visits of a data folder, the newest first; a file that cannot be read stands as the
    reason why.

    Of more than MOST_FILES files those whose names, which begin with the date, come last; and
    how many were left.
    """
    found: list[Visit | Unreadable] = []
    files = sorted((folder / FOLDER).glob(f"*{ENDING}"), reverse=True)
    if len(files) > MOST_FILES:
        found.append(Unreadable(folder / FOLDER, "many", str(len(files) - MOST_FILES)))
    for path in reversed(files[:MOST_FILES]):
        try:
            found.append(_read(path))
        except Unreadable as reason:
            if os.path.lexists(path):  # else it was removed meanwhile
                found.append(reason)
    return sorted(
        found, key=lambda one: one.on if isinstance(one, Visit) else date.max, reverse=True
    )


def visit(folder: Path, visit_id: str) -> Visit | None:
    """One visit; None if there is none of that name. Raises Unreadable."""
    path = _path(folder, visit_id)
    try:
        return _read(path) if path and os.path.lexists(path) else None
    except Unreadable:
        if path and os.path.lexists(path):
            raise
        return None  # removed meanwhile


def store(folder: Path, one: Visit) -> Visit:
    """Write a visit, whole or not at all; what comes back has its new stamp, and a new one its
    visit_id.

    Raises Changed where the file is not what `one.stamp` says, Unreadable where it is no visit
    any more, NotStored where the disk refuses.
    """
    one = _tidy(one)
    with storing(folder):
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        with alone(folder / FOLDER / LOCK, most=0):
            one = one if one.visit_id else replace(one, visit_id=_free(folder, one))
            path = _unchanged(folder, one)
            new = _written(one)
            if len(new) > MOST_BYTES:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
            unfinished = path.with_suffix(".new")
            unfinished.write_bytes(new)
            sync(unfinished)
            unfinished.replace(path)
    return replace(one, stamp=_stamp(new))


def remove(folder: Path, one: Visit) -> None:
    """Take a visit out of the list; its file stays beside, for `restore`. Raises as `store`."""
    with storing(folder), alone(folder / FOLDER / LOCK, most=0):
        path = _unchanged(folder, one)
        path.replace(path.with_suffix(DELETED))


def restore(folder: Path, visit_id: str) -> Visit | None:
    """Undo `remove`; raises as it.

    None where nothing is left to bring back, or a visit of that name stands there.
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
    """A name from a link reaches no file but a visit's."""
    return folder / FOLDER / f"{visit_id}{ENDING}" if _ID.fullmatch(visit_id) else None


def _unchanged(folder: Path, one: Visit) -> Path:
    path = folder / FOLDER / f"{one.visit_id}{ENDING}"
    now = _stamp(_content(path)) if os.path.lexists(path) else ""
    if now != one.stamp:
        raise Changed(_read(path) if now else None)
    return path


def _free(folder: Path, one: Visit) -> str:
    """'2026-12-01-pemerintah-kota-cilegon', with a number where
    that is taken, by a removed one too.
    """
    name = f"{one.on.isoformat()}-{slug(one.institution, LONGEST)}".strip("-")
    taken = {path.stem for path in (folder / FOLDER).glob("*.*")}
    return next(
        each
        for n in range(1, len(taken) + 2)
        if (each := f"{name}-{n}" if n > 1 else name) not in taken
    )


def _tidy(one: Visit) -> Visit:
    """As it will be read: line ends are one sign (browsers may send two), charts are named."""

    def tidy(row: Any, *names: str) -> dict[str, Any]:
        return {name: getattr(row, name).replace("\r\n", "\n") for name in names}

    steps = tuple(
        replace(s, chart=s.chart or s.question, **tidy(s, "title", "note")) for s in one.steps
    )
    return replace(one, steps=steps, **tidy(one, "institution", "contact", *TEXTS))


def _stamp(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _written(one: Visit) -> bytes:
    said: dict[str, Any] = {"date": one.on}
    said |= {
        name: getattr(one, name)
        for name in ("institution", "regency_code", "lang", "version", *TEXTS)
    }
    said |= {"contact": one.contact} if one.contact else {}
    said["steps"] = [_step_written(step) for step in one.steps]
    return tomli_w.dumps(said, multiline_strings=True).encode()


def _step_written(step: Step) -> dict[str, Any]:
    """Filters and settings that are not as usual; an empty title is left out too."""
    usual = asdict(Filters())
    said = {name: value for name, value in asdict(step.filters).items() if value != usual[name]}
    filters = {
        name: list(value) if isinstance(value, tuple) else value for name, value in said.items()
    }
    row = {name: getattr(step, name) for name in ("question", "chart", "title", "note")}
    return {
        name: value
        for name, value in (row | {"filters": filters, "view": dict(step.view)}).items()
        if value
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
    written = _content(path)
    try:
        said = tomllib.loads(written.decode("utf-8-sig"))
    except (ValueError, RecursionError) as reason:  # tomllib has more of them than its own
        place = re.search(r"line (\d+), column (\d+)", str(reason))
        raise Unreadable(path, "toml", f"{place[1]}:{place[2]}" if place else MISSING) from reason
    on, steps = said.get("date"), said.get("steps", [])
    if type(on) is not date:
        raise Unreadable(path, "date", str(on))
    if said.get("lang") not in LANGUAGES:
        raise Unreadable(path, "lang", str(said.get("lang")))
    texts = {
        name: said.get(name, "")
        for name in ("institution", "regency_code", "version", "contact", *TEXTS)
    }
    if wrong := [name for name, text in texts.items() if not isinstance(text, str)]:
        raise Unreadable(path, "text", wrong[0])
    if not isinstance(steps, list):
        raise Unreadable(path, "step", "steps")
    told = tuple(_step(path, number, row) for number, row in enumerate(steps, 1))
    return Visit(path.stem, on, lang=said["lang"], steps=told, stamp=_stamp(written), **texts)


def _step(path: Path, number: int, row: Any) -> Step:
    try:
        if not isinstance(row, dict):
            raise TypeError(str(row))
        return step_of(row)
    except (TypeError, ValueError) as reason:
        raise Unreadable(path, "step", f"{number}: {reason}") from reason
