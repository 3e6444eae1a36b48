"""The audit trail: one line of JSON for each act that somebody may have to answer for.

`audit.jsonl` in the data folder is only ever appended to. A line says when, what and by whom; a
name stands in the line of a login alone, and later lines carry that login's id, so that nobody's
name is kept more often than it has to be.
"""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kub.records import Programme
from kub.records.sheets import BY_TABLE
from kub.store.versions import NotStored, storing

FILE = "audit.jsonl"
StoreAction = Literal["import", "rollback", "prune", "backup", "restore"]
Action = Literal[StoreAction, "login", "logout", "refused", "download"]
# Who acts where nobody has logged in: at the machine itself, by a command, by the watched inbox.
LOCAL, COMMAND, INBOX = "local", "command", "inbox"


def append(folder: Path, action: Action, by: str, **facts: object) -> None:
    """Add one line. by: LOCAL, COMMAND, INBOX or the id of a login. facts: as JSON writes them.

    Raises NotStored where the folder cannot be written.
    """
    line = {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "action": action, "by": by, **facts}
    text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        # One write in append mode: lines of several processes do not mix.
        file = os.open(folder / FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if _is_cut_off(file):
                text = f"\n{text}"
            content = text.encode("utf-8", "replace")
            # A full disk may take a part of it: a line that is cut off says nothing.
            if os.write(file, content) < len(content):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / FILE))
            os.fsync(file)
        finally:
            os.close(file)


@contextmanager
def recording(folder: Path, action: Action, by: str, **facts: object) -> Iterator[None]:
    """Within: the act itself. Its line is written before it, and where it fails another that says
    so: what cannot be written down is not done.

    After a kill between the two the line stands for an act that was begun. Raises as `append`.
    """
    append(folder, action, by, **facts)
    try:
        yield
    except BaseException:
        with suppress(NotStored):
            append(folder, action, by, **facts, failed=True)
        raise


def imported(programmes: Sequence[Programme]) -> dict[str, object]:
    """What a line says of programmes that were imported: their files and how many rows each sheet
    has.
    """
    counts = {
        sheet.heading: sum(programme.rows(table) for programme in programmes)
        for table, sheet in BY_TABLE.items()
    }
    return {
        "programmes": [programme.programme_id for programme in programmes],
        "files": [
            {"name": name, "sha256": digest}
            for programme in programmes
            for name, digest in programme.files
        ],
        "rows": {sheet: count for sheet, count in counts.items() if count},
    }


def _is_cut_off(file: int) -> bool:
    """Whether the last line has no end: another one behind it would be lost with it."""
    end = os.lseek(file, 0, os.SEEK_END)
    if not end:
        return False
    os.lseek(file, end - 1, os.SEEK_SET)  # not pread, which Windows does not have
    return os.read(file, 1) != b"\n"


def lines(folder: Path) -> Iterator[dict[str, object]]:
    """Every line, the oldest first; one that a full disk cut off is left out."""
    try:
        text = (folder / FILE).read_text("utf-8", "replace")
    except FileNotFoundError:
        return
    # Not splitlines, which also breaks at signs that a text may hold.
    for line in text.split("\n"):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield entry
