"""Cleans the text of a cell: blanks, control characters, guarding quotes."""

import re
from datetime import datetime, time

# Control characters, and the invisible ones that change how the text beside them is shown
# (U+200B-200F, 202A-202E, 2060-2069, FEFF). Tabs and line breaks become blanks below.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_BLANKS = re.compile(r"\s+")
_SINGLE = "['`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]"
_GUARD = re.compile(rf"""=?(["'])(.*)\1|{_SINGLE}(.*)""", re.DOTALL)


def clean(text: str) -> str:
    """Trimmed, each run of blanks (NO-BREAK SPACE and line breaks
    too) one space, no control characters.
    """
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def unguarded(text: str) -> str:
    """Without the quotes that keep a spreadsheet from taking
    digits for a number: `'332`, `="332"`.
    """
    match = _GUARD.fullmatch(text)
    return (match[2] or match[3] or "").strip() if match else text


def text(value: object) -> str:
    """A cell as text: 12.0 is `12`, midnight of a day is that day, a flag is ya or tidak."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
