"""How the page of records writes times, sizes, actors and versions."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from kub.store import audit
from kub.store.catalogue import Listed
from kub.words import Words

SHORT = 10  # signs of a SHA-256 that are shown
NAMED = 2  # files that a line names
# Who acts without a log-in, as the trail says it; "outside": nobody who has logged in.
NAMELESS = (audit.LOCAL, audit.COMMAND, audit.INBOX, "outside")


def moment(at: datetime, words: Words) -> str:
    """'24 November 2026, 10.15 WIB': by the clock of the server. at: with its zone."""
    local = at.astimezone()
    sign = "." if words.lang == "id" else ":"
    return f"{words.date(local)}, {local:%H}{sign}{local:%M} {local:%Z}"


def megabytes(size: int, words: Words) -> str:
    """'12,3 MB'. size: bytes."""
    return words("versions.megabytes", size=size / 1e6)


def actor(by: str, names: Mapping[str, str], words: Words) -> str:
    """Whoever acted. by: as the audit trail says it; names: of log-ins, by their ids."""
    if by in NAMELESS:
        return words(f"trail.by.{by}")
    return names.get(by) or by


def log_ins(lines: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """The names of log-ins by their ids: each stands in the line of the log-in alone."""
    return {
        str(line["by"]): str(line["name"])
        for line in lines
        if line.get("action") == "login" and "by" in line and "name" in line
    }


def short(digest: str) -> str:
    """The first signs of a SHA-256."""
    return f"{digest[:SHORT]}…" if len(digest) > SHORT else digest


def files(entry: Listed, words: Words) -> str:
    """'batang.xlsx (3f9a21c07b…), tegal.xlsx (…) dan 3 berkas lain'."""
    named = [f"{name} ({short(digest)})" for name, digest in entry.files[:NAMED]]
    more = len(entry.files) - len(named)
    text = ", ".join(named) or words("versions.no_files")
    return words("versions.files_more", files=text, n=more) if more else text


def about(entry: Listed, names: Mapping[str, str], words: Words) -> str:
    """A version in one line: fingerprint, who published it, its files and how many rows it has."""
    parts = [entry.version.label.rpartition(" ")[2]]
    parts += [actor(entry.by, names, words)] if entry.by else []
    parts += [files(entry, words), words("versions.rows", n=sum(entry.rows.values()))]
    return " · ".join(parts)
