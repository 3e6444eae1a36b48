"""Reasons for which the system refused a file, in the reader's language; what
the system says itself is English.
"""

import errno
from collections.abc import Mapping

from kub.words import Words

_REASONS: Mapping[int, str] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder",
    errno.ENAMETOOLONG: "long_name",
    errno.EFBIG: "too_large",
}


def system_reason(error: BaseException | None, words: Words) -> str:
    """'disk penuh', or the system's number of an error that has no sentence here.

    An error may wrap the system's.
    """
    causes = [error, *getattr(error, "args", ())]
    number = next((cause.errno for cause in causes if isinstance(cause, OSError)), None)
    if number is not None and number in _REASONS:
        return words(f"system.{_REASONS[number]}")
    return words("system.other", number=number or type(error).__name__)
