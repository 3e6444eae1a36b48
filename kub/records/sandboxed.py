"""The reading process itself: takes requests on its input until
that ends, answers on its output.
"""

import contextlib
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

import duckdb

from kub import records
from kub.records.limits import MB, Limits
from kub.records.marks import Listing, Mark
from kub.records.sandbox_messages import MARK, Message, packed, receive, send
from kub.records.source import SourceFile


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    requests = sys.stdin.buffer
    # Nothing that a library prints may come between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    gc.disable()  # millions of cells, and no circles among them
    with contextlib.suppress(EOFError, OSError):
        while True:
            request = receive(requests)
            _confine(request[-1])
            if request[0] == MARK:
                _, content, marks, listing, _ = request
                send(answers, _marked(content, marks, listing))
            else:
                source, today, seen, limits, _ = request
                send(answers, _answer(source, today, seen, limits, answers))


def _confine(memory_mb: int) -> None:
    """No more memory than that, no file written, no core dump."""
    with contextlib.suppress(ImportError):
        import resource  # not on Windows

        for kind, most in (
            (resource.RLIMIT_DATA, memory_mb * MB),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (most, most))


def _answer(
    source: SourceFile, today: date, seen: dict[str, str], limits: Limits, answers: IO[bytes]
) -> Message:
    try:
        checked = records.read([source], today, partial(_tell, answers), limits, seen)
        return "checked", packed(checked), seen, _resident_mb()
    except (MemoryError, duckdb.OutOfMemoryException):
        return "problem", "too_much_memory"
    except Exception:  # noqa: BLE001 - the asking process raises it
        return "bug", traceback.format_exc()


def _marked(content: bytes, marks: Sequence[Mark], listing: Listing) -> Message:
    from kub.records import marked  # takes a third of a second that reading need not wait for

    try:
        return "marked", marked.marked(content, marks, listing)
    except MemoryError:
        return "problem", "too_much_memory"
    except Exception:  # noqa: BLE001 - whatever openpyxl makes of a strange file: it has many
        return "problem", "unreadable"


def _resident_mb() -> int:
    """Memory that this process has now; 0 where the system does not say. The peak that getrusage
    knows is, after a start from a large process, that one's.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // MB


def _tell(answers: IO[bytes], share: float, label: str) -> None:
    send(answers, ("progress", share, label))


if __name__ == "__main__":
    main()
