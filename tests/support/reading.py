"""One reading process for many tests: its start, half a second of work, is most of what reading a
small workbook takes.
"""

from kub.progress import Progress
from kub.records import sandbox
from kub.records.sandbox_messages import Message

_Process = sandbox._Process
_REUSED_BELOW_MB = sandbox._REUSED_BELOW_MB


class LastingProcess(_Process):
    """A reading process that is the next one's too, unless what it read went wrong or was large."""

    _is_whole = False

    def ask(self, request: Message, seconds: float, progress: Progress) -> Message:
        self._is_whole = False
        kind, *content = super().ask(request, seconds, progress)
        # A limit of memory cannot be raised again, other than by root.
        usual = request[-1] == sandbox.Bounds().memory_mb
        self._is_whole = kind == "checked" and content[-1] < _REUSED_BELOW_MB and usual
        return kind, *content

    def close(self) -> None:
        spare = sandbox._spare
        if self._is_whole and self.is_alive and not spare:
            self._is_whole = False
            spare.append(self)
        else:
            super().close()
