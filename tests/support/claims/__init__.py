"""What titles and takeaways claim, checked against the rows: which are highest, what rose, what
share that is.

CLAIMS of claims_growth, claims_places and claims_beside have a rule for every text of the words
that holds a superlative or a direction (tests/unit/findings/test_sentences.py sees to that). A rule has the
rows, what the text was filled with, and how the chart is viewed; it is written anew from
docs/definitions.md, without the code that it checks.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kub.words import Words

Values = Mapping[str, Any]
Rule = Callable[[pd.DataFrame, Values, Mapping[str, Any]], bool]
OTHER = "lainnya"
PEOPLE = ("kub", "members")
SUPERLATIVE = re.compile(
    r"\b(terbanyak|tertinggi|terendah|terbesar|terpadat|teratas|terlengkap|memimpin|paling (?!sering datang)"
    r"|sama-sama|sama besar|naik|turun|bertambah|berkurang|tumbuh|membesar|mengecil|melambat|menguat"
    r"|kali lipat|most|highest|lowest|largest|densest|leads?|rose|fell|fewest)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Listening(Words):
    """Words that remember what they were asked for, and each share they
    and each amount wrote: its text, and it before rounding.
    """

    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    shares: list[tuple[str, float]] = field(default_factory=list)
    money: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, key: str, /, **values: object) -> str:
        self.heard.append((key, values))
        return super().__call__(key, **values)

    def write(self, value: Any, spec: str = "") -> str:
        text = super().write(value, spec)
        if spec in ("rp", "rp3"):
            self.money.append((text, value))
        return text

    def percent(self, share: float, decimals: int = 1) -> str:
        text = super().percent(share, decimals)
        self.shares.append((text, share))
        return text


def near(left: float, right: float) -> bool:
    return abs(left - right) <= 1e-9 * max(abs(left), abs(right), 1)


def direction(change: float) -> int:
    """1, -1 or 0."""
    return int(change > 0) - int(change < 0)


def count_of(text: str) -> int:
    """'1.234 KUB aktif' -> 1234."""
    return int(re.sub(r"\D", "", str(re.match(r"[\d.,]+", text)[0])))  # type: ignore[index]


def unique(
    column: str, named: str, said: str, least: bool = False, over: Callable[..., Any] | None = None
) -> Rule:
    """The row at the end of a column is one alone, bears the name, and has the value."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        rows = over(frame) if over else frame
        end = rows[column].min() if least else rows[column].max()
        top = rows[rows[column] == end]
        return len(top) == 1 and str(top[named].iloc[0]).strip() in str(values[said])

    return rule


def compared(sign: int, before: str = "before", now: str = "now") -> Rule:
    """Two values of the text itself, in this direction."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        return direction(values[now] - values[before]) == sign

    return rule
