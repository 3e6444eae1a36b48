"""Numbers as text: what their points and commas mean is decided by a whole column, never by one
cell.

`1,250,000` shows that the comma groups thousands, `12,5` that it is decimal; `1,000` alone shows
nothing. Where cells disagree, or nothing decides, the column has a single problem and no number is
read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kub.records.problems import Breach
from kub.records.text import unguarded

Meaning = Literal["thousands", "decimal"]

_LONGEST_NUMBER = 40
_CURRENCY = re.compile(r"^(rp|idr)\b\.?|^rp\.?(?=\d)|(rp|idr|rupiah)$", re.IGNORECASE)
_NO_CENTS = re.compile(r"[,.]([-\N{EN DASH}\N{EM DASH}]+|=)$")
# What Excel's accounting format shows for 0: a currency with a dash.
_ACCOUNTING_ZERO = re.compile(r"(rp|idr)\.?\s*[-\N{EN DASH}\N{EM DASH}]+", re.IGNORECASE)
_BRACKETED = re.compile(r"\((.*)\)")
_SPACED = re.compile(r"\d{1,3}(?:[ '\N{RIGHT SINGLE QUOTATION MARK}]\d{3})+(?=[.,]\d+$|$)")

_PLAIN = re.compile(r"\d+")
_OPEN = re.compile(r"[1-9]\d{0,2}([.,])(\d{3})")
_GROUPED = re.compile(
    r"[1-9]\d{0,2}(?:([.,])\d{3}(?:\1\d{3})+|([.,])\d{3}(?:\2\d{3})*(?!\2)([.,])\d+)"
)
_DECIMAL = re.compile(r"\d+([.,])\d+")

_ROUNDED = re.compile(r"\d+([.,]\d+)?e[+-]?\d+", re.IGNORECASE)
_UNSURE = re.compile(
    r"^(±|\+/-|~|≈|<|>|≤|≥|=<|>=|kurang|lebih|sekitar|kira|k\.?l\.?|l\.?k\.?|hampir|maks|min\b)"
    r"|\d\s*(\?|\+)$|\d\s*(-|\N{EN DASH}|s/?d\.?|sampai|atau|/)\s*\d|\blebih$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"^(rp\.?)?\s*[\d.,\s]*\d\s*[a-z%]+[\w %./]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Writing:
    """One number as written. digits: without sign, currency, and blanks that group thousands.

    shows: what each of its signs must mean. open: the sign that may mean either.
    """

    digits: str
    negative: bool = False
    shows: dict[str, Meaning] = field(default_factory=dict)
    open: str | None = None


def writing(text: str) -> Writing | Breach:
    """The parts of a cleaned, non-empty text. Refuses all but a single, exact number."""
    # Patterns over a text of megabytes would take minutes.
    if len(text) > _LONGEST_NUMBER:
        return Breach("not_number")
    # Most texts are digits and separators alone: patterns for currency and signs come after.
    return _parts(text) or _parsed(unguarded(text))


def _parsed(text: str) -> Writing | Breach:
    if _ACCOUNTING_ZERO.fullmatch(text):
        return Writing("0")
    digits, negative = _unsigned(text)
    if spaced := _SPACED.match(digits):
        digits = re.sub(r"\D", "", spaced[0]) + digits[spaced.end() :]
    return _parts(digits, negative) or Breach(_refused(text))


def _parts(digits: str, negative: bool = False) -> Writing | None:
    """Digits and separators alone; None if there is anything else."""
    if _PLAIN.fullmatch(digits):
        return Writing(digits, negative)
    if match := _OPEN.fullmatch(digits):
        return Writing(digits, negative, open=match[1])
    if match := _GROUPED.fullmatch(digits):
        groups, decimal = match[1] or match[2], match[3]
        shows: dict[str, Meaning] = {groups: "thousands"}
        return Writing(digits, negative, shows | ({decimal: "decimal"} if decimal else {}))
    if match := _DECIMAL.fullmatch(digits):
        return Writing(digits, negative, {match[1]: "decimal"})
    return None


def _unsigned(text: str) -> tuple[str, bool]:
    """The digits and separators, and whether the number is negative."""
    negative = False
    # Accountants write negative numbers in brackets.
    if match := _BRACKETED.fullmatch(text):
        text, negative = match[1].strip(), True
    text = _NO_CENTS.sub("", _CURRENCY.sub("", text).strip())
    sign = re.match(r"[+\-\N{MINUS SIGN}]\s*", text)
    if sign:
        text, negative = text[sign.end() :], negative or sign[0][0] != "+"
    return _CURRENCY.sub("", text).strip(), negative


def _refused(text: str) -> str:
    for rule, pattern in (
        ("digits_lost", _ROUNDED),
        ("number_unsure", _UNSURE),
        ("number_unit", _UNIT),
    ):
        match = pattern.search if rule == "number_unsure" else pattern.fullmatch
        if match(text):
            return rule
    return "not_number"


def value(number: Writing, means: dict[str, Meaning]) -> float:
    """The number itself; `means` says what its open sign means, if it has one."""
    signs = dict(number.shows)
    if number.open:
        signs[number.open] = means[number.open]
    digits = number.digits
    if not signs:
        return -float(digits) if number.negative else float(digits)
    for sign, meaning in signs.items():
        digits = digits.replace(sign, "" if meaning == "thousands" else "\0")
    return float(digits.replace("\0", ".")) * (-1 if number.negative else 1)


# Kinds whose decimals, if any, are never exactly three.
_WHOLE = ("count", "money")


@dataclass(frozen=True)
class Verdict:
    """What the signs of a column mean, where it is decided; else the
    breach and the positions it concerns.
    """

    means: dict[str, Meaning]
    unclear: dict[str, tuple[Breach, list[int]]]


def decide(kind: str, writings: Sequence[Writing | None]) -> Verdict:
    """The verdict on the distinct values of a column; None stands for cells that are not texts.

    kind: `count`, `money` or `number`. Counts have no fractions and rupiah no thousandths, so a
    comma before exactly three digits groups thousands there, unless all it could be is `,000` in
    one value. A point before three digits groups thousands (Indonesian writing) unless a decimal
    point is proven.
    """
    numbers = {at: number for at, number in enumerate(writings) if number is not None}
    shown = {
        (sign, meaning): [
            at
            for at, number in numbers.items()
            if number.shows.get(sign) == meaning and _not_zero(number)
        ]
        for sign in ".,"
        for meaning in ("thousands", "decimal")
    }
    opens = {sign: [at for at, number in numbers.items() if number.open == sign] for sign in ".,"}
    means: dict[str, Meaning] = {}
    unclear: dict[str, tuple[Breach, list[int]]] = {}
    for sign, other in (",.", ".,"):
        thousands, decimal = shown[sign, "thousands"], shown[sign, "decimal"]
        implied = sign == "," and _implies_thousands(kind, [numbers[at] for at in opens[sign]])
        # Rupiah have no thousandths: beside a decimal comma `950,000` is in doubt.
        doubtful = sign == "." or kind in _WHOLE
        likely = thousands or (opens[sign] if doubtful else [])
        if likely and decimal:
            # Some cells show thousands, others decimals: which the rest mean cannot be known.
            breach = _mixed(sign, numbers[likely[0]], numbers[decimal[0]])
            unclear[sign] = breach, sorted({*likely, *decimal, *opens[sign]})
        elif decimal and not opens[sign]:
            means[sign] = "decimal"
        elif thousands:
            # A proof in any cell holds for the open ones of its column.
            means[sign] = "thousands"
        elif decimal and not shown[other, "decimal"]:
            means[sign] = "decimal"
        elif opens[sign] and _contested(sign, other, shown, opens, implied):
            # Refused: to follow the usual writing. "1,250" people read as 1,25 would pass unseen.
            unclear[sign] = _open(numbers[opens[sign][0]], len(opens[sign])), opens[sign]
        else:
            means[sign] = "thousands"
    if len(unclear) > 1:
        # Both signs are in doubt: one problem for the column.
        breach = unclear[","][0]
        unclear = {",": (breach, sorted({at for _, where in unclear.values() for at in where}))}
    return Verdict(means, unclear)


def _contested(
    sign: str,
    other: str,
    shown: dict[tuple[str, str], list[int]],
    opens: dict[str, list[int]],
    implied: bool,
) -> bool:
    """Does nothing say that this open sign groups thousands?

    Its own cells prove nothing either way.
    """
    if shown[sign, "decimal"]:
        return True
    if shown[other, "decimal"]:
        return False
    if shown[other, "thousands"] or opens[other]:
        return True
    return sign == "," and not implied


def _implies_thousands(kind: str, opens: list[Writing]) -> bool:
    if kind not in _WHOLE:
        return False
    if any(not number.digits.endswith("000") for number in opens):
        return True
    return kind == "money" and len({number.digits for number in opens}) > 1


def _not_zero(number: Writing) -> bool:
    """Zero is zero either way: `0,000` shows nothing."""
    return number.digits.strip("0.,") != ""


def _mixed(sign: str, thousands: Writing, decimal: Writing) -> Breach:
    return Breach(
        "number_mixed", {"sign": sign, "thousands": thousands.digits, "decimal": decimal.digits}
    )


def _open(number: Writing, count: int) -> Breach:
    """Both readings as plain digits: a grouped number would have the very fault it speaks of."""
    whole, fraction = re.split("[.,]", number.digits)
    decimal = f"{whole},{fraction}".rstrip("0").rstrip(",")
    return Breach(
        "number_open",
        {"sign": number.open, "grouped": whole + fraction, "decimal": decimal, "count": count},
    )
