"""One cell as an office wrote it → a typed value, or the rule it breaks.

Cells come as str, float, int, bool, date or datetime, as a spreadsheet or typed column gives
them. Everything here works on single values; kub/records/columns.py applies it to the distinct
values of a column.
"""

import re
from collections.abc import Callable
from datetime import date, time
from difflib import get_close_matches
from functools import cache

from kub import places
from kub.records import codes, dates, numbers
from kub.records.codes import POINT_ZERO
from kub.records.problems import Breach
from kub.records.text import clean as clean
from kub.records.text import text as text
from kub.records.text import unguarded
from queries.filters import SECTORS as SECTORS

LEVELS = ("SD", "MI", "SMP", "MTs", "SMA", "SMK", "MA")
INDICATORS = ("kub", "anggota", "desa", "perpustakaan")
TARGET_INDICATORS = (*INDICATORS, "perempuan", "omzet")
LARGEST_COUNT = 2**31 - 1

_YES = frozenset({"ya", "y", "yes", "true", "benar", "1"})
_NO = frozenset({"tidak", "tdk", "t", "no", "n", "false", "salah", "0"})

_DASHES = frozenset({"", "-", "--", "\N{EN DASH}", "\N{EM DASH}"})
# Signs alone that offices type where they have nothing to say. A tick or a plus is something.
_SIGNS = re.compile(r"[-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}.?_*/\\ ]+")

# Of Excel, LibreOffice and Google: `#REF!`, `#NAME?`, `#N/A`, `Err:502`.
_FORMULA_ERROR = re.compile(r"#(N/A|DIV/0!|GETTING_DATA|[^\W\d_][\w/]*[!?])|Err:\d{3}")
# What a spreadsheet shows, and writes into a CSV, where a column is too narrow for its number.
_TOO_NARROW = re.compile(r"##+")
# Before the text of a cell that holds an error, whatever a program calls it (#SPILL!, #ERROR!); no
# cell can hold it.
ERROR = "\x01"
# Before the text of a formula whose result is not in the file; no cell can hold it.
UNCALCULATED = "\x00="


def is_empty(value: object) -> bool:
    """Nothing written: None, blank, a lone dash, NaN."""
    if isinstance(value, str):
        return clean(value) in _DASHES
    return value is None or value != value


@cache
def _empty_words() -> dict[str, str]:
    return {row["written"]: row["means"] for row in places.reference("empty_words.csv")}


def words_for_nothing() -> list[str]:
    """The usual words for nothing, spelled as `spelled` spells them."""
    return [written for written, means in _empty_words().items() if means == "nothing"]


def is_nothing(kind: str, value: object) -> bool:
    """Nothing written, or a usual word for nothing: `n/a`, `nihil`, `belum ada`.

    Any text may be a code.
    """
    if is_empty(value):
        return True
    if not isinstance(value, str) or kind == "code":
        return False
    written = clean(value)
    # "0" is a value; no word for nothing begins with a digit.
    if written[0].isdigit():
        return False
    return (
        _SIGNS.fullmatch(written) is not None or _empty_words().get(spelled(written)) == "nothing"
    )


def number(value: object) -> float | Breach:
    """A number as Excel holds it, or as text where the text alone says what its signs mean.

    Of a whole column, kub/records/columns.py lets all cells say it together.
    """
    if isinstance(value, date | time):
        return Breach("date_in_number")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Breach("not_number")
    if not isinstance(value, str):
        if abs(value) < float("inf"):
            return float(value)
        return Breach("not_number")
    writing = numbers.writing(clean(value))
    if isinstance(writing, Breach):
        return writing
    verdict = numbers.decide("number", [writing])
    if verdict.unclear:
        return next(breach for breach, _ in verdict.unclear.values())
    return numbers.value(writing, verdict.means)


def percentless(value: str) -> str:
    """A number without the sign of percent behind it: `60 %` is 60."""
    return value.rstrip().removesuffix("%")


def is_percent(value: object) -> bool:
    """Whether a cell is a text with the sign of percent behind it."""
    return isinstance(value, str) and value.rstrip().endswith("%")


def target_value(value: object) -> float | Breach:
    """A number of 0 or more, with or without the sign of percent."""
    return money(percentless(value) if isinstance(value, str) else value)


def count(value: object) -> int | Breach:
    """A whole number from 0 to LARGEST_COUNT."""
    return counted(number(value))


def counted(amount: float | Breach) -> int | Breach:
    """A number as a count."""
    amount = positive(amount)
    if isinstance(amount, Breach):
        return amount
    if not amount.is_integer():
        return Breach("fractional")
    if amount <= LARGEST_COUNT:
        return int(amount)
    return Breach("too_large")


def money(value: object) -> float | Breach:
    """A number of 0 or more."""
    return positive(number(value))


def positive(amount: float | Breach) -> float | Breach:
    """A number as an amount."""
    if not isinstance(amount, Breach) and amount < 0:
        return Breach("negative")
    return amount


_DEGREES = re.compile(r"[+-]?\d+(\.\d+)?")


def coordinate(value: object) -> float | Breach:
    """Degrees, -180 to 180. Never thousands, so in text point and comma both are decimal."""
    if isinstance(value, str):
        decimal = unguarded(clean(value)).replace(",", ".").replace("\N{MINUS SIGN}", "-")
        value = float(decimal) if _DEGREES.fullmatch(decimal) else None
    degrees = number(value)
    if not isinstance(degrees, Breach) and -180 <= degrees <= 180:
        return degrees
    return Breach("not_coordinate")


def flag(value: object) -> bool | Breach:
    """ya/tidak in any usual writing."""
    # A spreadsheet writes the flag 1 as 1.0.
    written = spelled(POINT_ZERO.sub("", text(value)))
    if written in _YES | _NO:
        return written in _YES
    return Breach("not_flag")


def spelled(name: str) -> str:
    """How sectors and levels are compared: letters and digits, `&`
    as `dan`, one blank between words.
    """
    return re.sub(r"[\W_]+", " ", name.casefold().replace("&", " dan ")).strip()


@cache
def _sectors() -> dict[str, str]:
    return {
        spelled(row["written"]): row["sector"] for row in places.reference("sector_synonyms.csv")
    }


def sector(value: object) -> str | Breach:
    """One of SECTORS, through the committed table of spellings; an
    unknown one is never `lainnya`.
    """
    written = spelled(text(value))
    if code := _sectors().get(written):
        return code
    # Refused: to take the nearest spelling. A wrong sector is worse than a question.
    near = get_close_matches(written, _sectors(), n=2, cutoff=0.75)
    return Breach("unknown_sector", {"near": [f"{name} ({_sectors()[name]})" for name in near]})


def _choice(names: tuple[str, ...], rule: str) -> Callable[[object], str | Breach]:
    by_spelling = {spelled(name): name for name in names}
    return lambda value: (
        by_spelling.get(spelled(text(value))) or Breach(rule, {"allowed": list(names)})
    )


Cell = str | float | int | bool | dates.DateRange | Breach

_READERS: dict[str, Callable[[object], Cell]] = {
    "text": text,
    "code": codes.code,
    "number": number,
    "money": money,
    "count": count,
    "coordinate": coordinate,
    "flag": flag,
    "regency": codes.regency,
    "village": codes.village,
    "sector": sector,
    "year": dates.year,
    "level": _choice(LEVELS, "unknown_level"),
    "indicator": _choice(INDICATORS, "unknown_indicator"),
    "target_indicator": _choice(TARGET_INDICATORS, "unknown_indicator"),
    "target_value": target_value,
}


def read(kind: str, value: object, today: date) -> Cell | None:
    """The value of a cell of that kind (see kub/records/sheets.py), None if nothing, a Breach if it
    breaks a rule.

    A date is a DateRange; everything else is the value to store.
    """
    if breach := spoiled(value):
        return breach
    if is_nothing(kind, value):
        return None
    if kind != "date":
        return _READERS[kind](value)
    cleaned = clean(value) if isinstance(value, str) else value
    # Only a text that is not a date may be a word about the state.
    cell = dates.span(cleaned, today)
    if isinstance(cell, Breach) and cell.rule == "not_date" and isinstance(value, str):
        means = _empty_words().get(spelled(clean(value)))
        return Breach(_STATES[means]) if means in _STATES else cell
    return cell


# A word in the place of a date that says whether something has closed.
_STATES = {"running": "state_running", "closed": "state_closed"}


def spoiled(value: object) -> Breach | None:
    """What a spreadsheet shows in the place of a value."""
    if not isinstance(value, str):
        return None
    if value.startswith(UNCALCULATED):
        return Breach("formula_uncalculated")
    if value.startswith(ERROR) or _FORMULA_ERROR.fullmatch(value.strip()):
        return Breach("formula_error")
    if _TOO_NARROW.fullmatch(value.strip()):
        return Breach("too_narrow")
    return None
