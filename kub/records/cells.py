"""One cell as an office wrote it → a typed value, or the rule it breaks.

Cells come as str, float, int, bool, date or datetime, as a spreadsheet or typed column gives them.
Everything here works on single values; kub/records/columns.py applies it to the distinct values of a column.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache

from kub import places
from kub.records import dates
from kub.records.problems import Breach
from queries.filters import SECTORS as SECTORS

LEVELS = ("SD", "MI", "SMP", "MTs", "SMA", "SMK", "MA")
INDICATORS = ("kub", "anggota", "desa", "perpustakaan")
LARGEST_COUNT = 2**31 - 1

_YES = frozenset({"ya", "y", "yes", "true", "benar", "1"})
_NO = frozenset({"tidak", "tdk", "t", "no", "n", "false", "salah", "0"})

# Control characters, and the invisible ones that change how the text beside them is shown
# (U+200B-200F, 202A-202E, 2060-2069, FEFF). Tabs and line breaks become blanks below.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile(r"\s+")
# What offices type where they have nothing to say.
_NOTHING = frozenset({"", "-", "--", "\N{EN DASH}", "\N{EM DASH}"})

_FORMULA_ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"})
# Before the text of a cell that holds an error, whatever a program calls it (#SPILL!, #ERROR!); no cell can hold it.
ERROR = "\x01"
# Before the text of a formula whose result is not in the file; no cell can hold it.
UNCALCULATED = "\x00="


def clean(text: str) -> str:
    """Trimmed, each run of blanks (NO-BREAK SPACE and line breaks too) one space, no control characters."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def is_empty(value: object) -> bool:
    """Nothing written: None, blank, a lone dash, NaN."""
    return clean(value) in _NOTHING if isinstance(value, str) else value is None or value != value


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


_LONGEST_NUMBER = 40
_CURRENCY = re.compile(r"^(rp|idr)\b\.?|^rp\.?(?=\d)|,-+$", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}((,\d{3}){2,}|(,\d{3})+\.\d+|(,\d{3}){2,}\.\d+)")


def number(value: object) -> float | Breach:
    """A number as Excel holds it or as Indonesians write it.

    A point before exactly three digits groups thousands (`2.305` is 2305); any other point can
    only be a decimal one (`12.5`, or `1250000.0` from a program's CSV). A lone comma is decimal.
    Writing that only English explains (`1,250,000.50`) is read as English.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Breach("not_number")
    if not isinstance(value, str):
        return float(value) if abs(value) < float("inf") else Breach("not_number")
    digits = _CURRENCY.sub("", clean(value)).replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if len(digits) > _LONGEST_NUMBER:
        return Breach("not_number")
    if _GROUPED.fullmatch(digits) or _DECIMAL_COMMA.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(digits):
        return float(digits)
    return float(digits.replace(",", "")) if _ENGLISH.fullmatch(digits) else Breach("not_number")


def count(value: object) -> int | Breach:
    """A whole number from 0 to LARGEST_COUNT."""
    found = money(value)
    if isinstance(found, Breach):
        return found
    if not found.is_integer():
        return Breach("fractional")
    return int(found) if found <= LARGEST_COUNT else Breach("too_large")


def money(value: object) -> float | Breach:
    """A number of 0 or more."""
    found = number(value)
    return Breach("negative") if not isinstance(found, Breach) and found < 0 else found


def coordinate(value: object) -> float | Breach:
    """Degrees, -180 to 180. Never thousands, so in text point and comma both are decimal."""
    if isinstance(value, str):
        decimal = clean(value).replace(",", ".")
        value = float(decimal) if _PLAIN.fullmatch(decimal) else None
    found = number(value)
    return found if not isinstance(found, Breach) and -180 <= found <= 180 else Breach("not_coordinate")


def flag(value: object) -> bool | Breach:
    written = text(value).casefold()
    return written in _YES if written in _YES | _NO else Breach("not_flag")


def regency(value: object) -> str | Breach:
    """`33.25`, also from the number 33.25, `3325`, `33,25` or `Kabupaten Batang`. It must exist."""
    written = text(value)
    code = f"{value:.2f}" if isinstance(value, float) and value < 100 else written.replace(",", ".")
    if re.fullmatch(r"\d{4}", code):
        code = f"{code[:2]}.{code[2:]}"
    # A spreadsheet that took 33.20 for a number wrote 33.2 into the CSV.
    code = code + "0" if re.fullmatch(r"\d\d\.\d", code) else code
    if places.regency_name(code):
        return code
    return places.regency_code(written) or Breach("unknown_regency")


def village(value: object) -> str | Breach:
    """`33.25.13.2010`, also from `3325132010`. Whether it lies in the regency is for kub/records."""
    written = text(value).replace(" ", "")
    digits = re.sub(r"[.,-]", "", written)
    if not re.fullmatch(r"\d{10}", digits):
        return Breach("not_village_code")
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def spelled(name: str) -> str:
    """How sectors and levels are compared: letters and digits, `&` as `dan`, one blank between words."""
    return re.sub(r"[\W_]+", " ", name.casefold().replace("&", " dan ")).strip()


@cache
def _sectors() -> dict[str, str]:
    return {spelled(row["written"]): row["sector"] for row in places.reference("sector_synonyms.csv")}


def sector(value: object) -> str | Breach:
    """One of SECTORS, through the committed table of spellings; an unknown one is never `lainnya`."""
    written = spelled(text(value))
    if found := _sectors().get(written):
        return found
    near = get_close_matches(written, _sectors(), n=2, cutoff=0.75)
    return Breach("unknown_sector", {"near": [f"{name} ({_sectors()[name]})" for name in near]})


def _one_of(names: tuple[str, ...], rule: str) -> Callable[[object], str | Breach]:
    by_spelling = {spelled(name): name for name in names}
    return lambda value: by_spelling.get(spelled(text(value))) or Breach(rule, {"allowed": list(names)})


Cell = str | float | int | bool | dates.Span | Breach

_READERS: dict[str, Callable[[object], Cell]] = {
    "text": text,
    "code": text,
    "number": number,
    "money": money,
    "count": count,
    "coordinate": coordinate,
    "flag": flag,
    "regency": regency,
    "village": village,
    "sector": sector,
    "year": dates.year,
    "level": _one_of(LEVELS, "unknown_level"),
    "indicator": _one_of(INDICATORS, "unknown_indicator"),
}


def read(kind: str, value: object, today: date) -> Cell | None:
    """The value of a cell of that kind (see kub/sheets.py), None if empty, a Breach if it breaks a rule.

    A date is a Span; everything else is the value to store.
    """
    if is_empty(value):
        return None
    if isinstance(value, str) and (value.startswith(ERROR) or value.strip() in _FORMULA_ERRORS):
        return Breach("formula_error")
    if isinstance(value, str) and value.startswith(UNCALCULATED):
        return Breach("formula_uncalculated")
    if kind == "date":
        return dates.span(clean(value) if isinstance(value, str) else value, today)
    return _READERS[kind](value)
