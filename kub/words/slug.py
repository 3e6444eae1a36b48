"""Turns text into a part of a file's name."""

import re
import unicodedata


def slug(text: str, longest: int) -> str:
    """a-z, 0-9 and hyphens, at most `longest` of them."""
    # What has no ASCII form is dropped: every file system and mail program takes the rest.
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:longest].rstrip("-")
