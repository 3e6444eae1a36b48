"""Uploads of visitors: how much a session may hold and have read, and that nothing of it stays."""

import time
from collections.abc import Iterable
from functools import wraps

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from kub.records.limits import MB
from kub.records.problems import Problem, level_of
from kub.records.sandbox import upload_mb
from kub.records.source import Upload

# Above the largest upload: what a form adds to its file, and a second small file.
_ROOM_MB = 14
# Reading is work for the whole machine: so much of it for one session in so many minutes.
MOST_FILES, MOST_MB, MINUTES = 10, 60, 10
_READ = "files read"


def most_held() -> int:
    """Bytes that one session may have sent and nobody has read yet. Streamlit itself keeps as much
    as is sent.
    """
    return (upload_mb() + _ROOM_MB) * MB


def allow() -> None:
    """Let the server take the largest upload that an office allows (KUB_UPLOAD_MB), and no more.

    Its parser puts what is above 1 MB into a temporary file; above server.maxUploadSize it takes
    nothing at all, so with a larger bound nothing ever reaches the disk.
    """
    config.set_option("server.maxUploadSize", upload_mb())
    MultiPartParser.spool_max_size = most_held()


def _hold_little() -> None:
    keep = MemoryUploadedFileManager.add_file

    @wraps(keep)
    def add_file(self: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        held = self.file_storage.get(session_id, {}).values()
        # [*held]: a copy, for other uploads of the session arrive in other threads.
        if sum(len(other.data) for other in [*held]) + len(file.data) > most_held():
            raise HTTPException(413, "This session has sent enough")
        keep(self, session_id, file)

    MemoryUploadedFileManager.add_file = add_file  # type: ignore[method-assign]


_hold_little()


def take(dropped: UploadedFile) -> Upload:
    """The content of an upload, which the server forgets with this call."""
    upload = Upload(dropped.name, dropped.getvalue())
    dropped.close()
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, dropped.file_id)
    return upload


def refusal(upload: Upload) -> Problem | None:
    """Why this session may not have this file read now; None: it may, and the file is counted."""
    now = time.monotonic()
    recent = [(at, size) for at, size in st.session_state.get(_READ, []) if now - at < MINUTES * 60]
    size = len(upload.content)
    if len(recent) >= MOST_FILES or _total(recent) + size > MOST_MB * MB:
        values = {"count": MOST_FILES, "mb": MOST_MB, "minutes": MINUTES}
        rule = "uploads_often"
        return Problem(upload.name, None, None, None, None, rule, level_of(rule), values)
    st.session_state[_READ] = [*recent, (now, size)]
    return None


def _total(sizes: Iterable[tuple[float, int]]) -> int:
    return sum(size for _, size in sizes)
