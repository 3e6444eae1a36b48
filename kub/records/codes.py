"""Codes of places and the office's own, as programs and spreadsheets leave them."""

import re

from kub import places
from kub.records.problems import Breach
from kub.records.text import text, unguarded

# What a program makes of a whole number: a code 3325132010 becomes 3325132010.0.
POINT_ZERO = re.compile(r"(?<=\d)[.,]0+$")


def regency(value: object) -> str | Breach:
    """`33.25`, also from the number 33.25, `3325`, `33,25` or `Kabupaten Batang`. It must exist."""
    written = unguarded(text(value))
    if re.match(r"\d{4}[.,]", written):
        written = POINT_ZERO.sub("", written)
    # As a number 33.20 has lost its zero, which two decimals bring back.
    code = f"{value:.2f}" if isinstance(value, float) and value < 100 else written.replace(",", ".")
    if re.fullmatch(r"\d{4}", code):
        code = f"{code[:2]}.{code[2:]}"
    # A spreadsheet that took 33.20 for a number wrote 33.2 into the CSV.
    if re.fullmatch(r"\d\d\.\d", code):
        code += "0"
    if places.regency_name(code):
        return code
    return places.regency_code(written) or Breach("unknown_regency")


_ROUNDED = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)


def village(value: object) -> str | Breach:
    """`33.25.13.2010`, also from `3325132010` or `3325132010.0`. Whether it lies in the regency is
    for kub/records.

    `3,32513E+09` has lost its last digits. The letter O cannot be meant where only digits stand.
    """
    written = unguarded(text(value))
    if _ROUNDED.fullmatch(written):
        return Breach("digits_lost")
    digits = re.sub(r"[.,/_\s-]", "", written).upper().replace("O", "0")
    if re.fullmatch(r"\d{10}[.,]0+", written):
        digits = digits[:10]
    if not re.fullmatch(r"[0-9]{10}", digits):
        return Breach("not_village_code")
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def code(value: object) -> str:
    """A code of the office's own, as text; `="001"` is 001."""
    return unguarded(text(value))
