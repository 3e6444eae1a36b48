"""What stands in a cell's XML → its value, by the cell's type
and what the workbook's sheets share.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from kub.records import cells
from kub.records.unreadable import Unreadable

_INDEX = re.compile(r"[0-9]{1,9}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`_x000D_` is how a workbook writes a character that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


@dataclass(frozen=True)
class Workbook:
    """What the cells of all sheets refer to. strings: the shared ones. formats: by style, what
    serials.date_format says of it, where it is about dates."""

    strings: Sequence[str] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    is_1904: bool = False

    def value(self, kind: str, written: str) -> Any:
        """The value of a cell that is not a number, by the cell's type."""
        match kind:
            case "s":
                return self._shared(written.strip())
            case "b":
                return written.strip() in ("1", "true")
            # Errors stay recognisable: as a blank cell they would count as nothing reported.
            case "e":
                return cells.ERROR + written.strip()
            case "d":
                return _iso(written.strip())
        return unescaped(written)

    def _shared(self, index: str) -> str:
        if not _INDEX.fullmatch(index) or int(index) >= len(self.strings):
            raise Unreadable("shared_string", reference=index[:40])
        return self.strings[int(index)]


def number_of(written: str) -> float | str:
    """A finite number, or else the text itself (also NaN and infinity)."""
    try:
        number = float(written)
    except ValueError:
        return written.strip()
    if number - number == 0 and "_" not in written:
        return number
    return written.strip()


def _iso(written: str) -> Any:
    try:
        # The day is taken as written: a conversion to another time zone could move it.
        stamp = datetime.fromisoformat(written.removesuffix("Z"))
    except ValueError:
        return written
    return stamp.date() if stamp.time() == time() else stamp
