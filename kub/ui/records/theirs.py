"""Of which programmes a steward may act on and see the records: a role for a few holds for no
other, and what touches all needs a role for all.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kub.records import Programme
from kub.store import replaced
from kub.store.versions import Version
from kub.ui import doors, who
from kub.ui.data import data, pinned


def everything() -> bool:
    """Whether whoever asks is a steward of every programme, of those to come too."""
    return who.may("steward") and who.scope() is None


def not_theirs(programmes: Sequence[Programme]) -> list[Programme]:
    """Those that whoever asks may not publish."""
    return [
        programme
        for programme in programmes
        if not who.may(
            "steward",
            programme=programme.programme_id,
            regency=replaced.coming(programme).regency_code,
        )
    ]


def own(programmes: Mapping[str, object]) -> list[str]:
    """The ids of those in the version in use that are theirs, in order."""
    return [code for code in programmes if who.may("steward", programme=code)]


def barred(version: Version) -> frozenset[str]:
    """The ids of programmes in a version, of its regencies or of those in use, that are not
    theirs.
    """
    opened = None if who.scope() is None else pinned(version.name)
    if opened is None:  # a version that is removed meanwhile shows nothing
        return frozenset()
    codes = opened.regency_codes
    return frozenset(
        code
        for code in opened.programmes
        if not who.may("steward", programme=code, regency=codes.get(code, ""))
    )


def lines(every: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The lines of the audit trail that they may read: their own, and those that name programmes
    and none but theirs.
    """
    if who.scope() is None:
        return list(every)
    by, known = who.by(), frozenset(data().programmes)
    return [line for line in every if line.get("by") == by or _is_own(line, known)]


def refused() -> None:
    """Note in the audit trail that this session asked for more than its role."""
    who.refused("steward", doors.connection())


def _is_own(line: Mapping[str, Any], known: frozenset[str]) -> bool:
    named = set(_programmes(line, known))
    return bool(named) and all(who.may("steward", programme=code) for code in named)


def _programmes(value: Any, known: frozenset[str], key: str = "") -> Iterator[str]:
    """What stands under the name of a programme, and every id of one wherever it stands."""
    match value:
        case Mapping():
            for name, item in value.items():
                yield from _programmes(item, known, f"{key} {name}")
        case list():
            for item in value:
                yield from _programmes(item, known, key)
        case _ if "programme" in key or value in known:
            yield str(value)
