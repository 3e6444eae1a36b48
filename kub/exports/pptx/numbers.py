"""How a native chart writes its numbers: as the deck's language does, whatever machine shows it.

A format's own separators follow the machine: '2,975' beside '2.975' in the text. Thousands are
therefore written out in the format; only decimals are left to the machine.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from kub.charts.chart_data import Axis, ChartData, Key, known_values
from kub.words import Words

FEW = 100  # from which a number's decimals are left out
# a comma after the digits leaves out three of them
UNITS = ((1e12, ",,,,"), (1e9, ",,,"), (1e6, ",,"), (1e3, ","))
TALLEST_FEW = 10  # up to which an axis of counts has a tick at each


class Money(NamedTuple):
    """The commas that shorten an amount as the language does ('Rp 8,01 miliar'), and its word."""

    commas: str
    word: str


@dataclass(frozen=True)
class Formats:
    """Of the chart's own workbook; at its axis, whose ticks are where the screen has them; of a
    value beside its mark; and at a bar.
    """

    cells: str
    axis: str
    value: str
    bar: str


def formats(panel: ChartData, words: Words) -> Formats:
    """The formats of one chart, its intervals among its series."""
    if panel.unit == "p":
        return _shares(panel, words)
    group = words.number(1000)[1]
    whole, cells = _whole(panel, group), "#,##0.##" if _broken(panel) else "#,##0"
    if panel.unit == "rp" and panel.axis:
        money = _money_of(panel.axis, words)
        scaled = panel.axis.step / 1000 ** len(money.commas)
        digits = "0" if scaled > 0 and float(scaled).is_integer() else "0.0"
        value = _money(money, "0.00", group)
        return Formats(cells, _money(money, digits, group), value, _bar(panel, value, group))
    few = _broken(panel) and max(map(abs, known_values(panel.series))) < FEW
    decimal = _decimal("0.0", group)
    value = decimal if few else whole
    axis = whole if not _broken(panel) or step(panel.axis) >= 1 else decimal
    return Formats(cells, axis, value, _bar(panel, value, group))


def step(axis: Axis | None) -> float:
    """The distance between an axis' ticks; 0 where the program may choose."""
    if axis is None or axis.step:
        return axis.step if axis else 0.0
    return 1.0 if 2 <= axis.high - axis.low <= TALLEST_FEW else 0.0


def _shares(panel: ChartData, words: Words) -> Formats:
    space = words.percent(0, 0)[1:-1]
    percent = f'0"{space}"%' if space else "0%"
    bar = f"[>={_least(panel):g}]{percent};" if panel.stacked else percent
    return Formats("0.0%", percent, percent, bar)


def _bar(panel: ChartData, form: str, group: str) -> str:
    """Closings, below zero, are still counts; nothing is said of
    nothing, or of what is too flat.
    """
    by_size = form.startswith("[>=")
    if not panel.stacked:
        return form[:-1] + "#" if by_size else f"{form};{form};"
    least = f"[>={_least(panel):g}]"
    return f'[>=1000]0"{group}"000;{least}0;' if by_size else f"{least}{form};"


def _least(panel: ChartData) -> float:
    """The smallest part of a stacked bar that has room for its value."""
    totals: dict[Key, float] = {}
    for series in panel.series:
        for point in series.points:
            totals[point.key] = totals.get(point.key, 0) + (point.value or 0)
    return 0.045 * (1 if panel.unit == "p" else max(totals.values(), default=1))


def _whole(panel: ChartData, group: str) -> str:
    ends = (panel.axis.low, panel.axis.high) if panel.axis else ()
    values = [*known_values(panel.series), *ends]
    if max(map(abs, values), default=0) < 1000:
        return "0"
    if min(values) < 0:  # a condition would lose the sign
        return "#,##0"
    thousand = f'"{group}"000'
    return f"[>=1000000]0{thousand}{thousand};[>=1000]0{thousand};0"


def _broken(panel: ChartData) -> bool:
    return any(not float(value).is_integer() for value in known_values(panel.series))


def _money_of(axis: Axis, words: Words) -> Money:
    """As the language writes the highest tick."""
    highest = axis.high // axis.step * axis.step if axis.step else axis.high
    word = re.sub(r"^Rp\s?[\d.,]+\s?", "", words.rupiah(highest))
    shortened = (commas for least, commas in UNITS if highest >= least and word)
    return Money(next(shortened, ""), word)


def _money(money: Money, digits: str, group: str) -> str:
    form = f'"Rp "{digits}{money.commas}' + (f'" {money.word}"' if money.word else "")
    return _decimal(form, group) if "." in digits else f'[=0]"Rp 0";{form}'


def _decimal(form: str, group: str) -> str:
    """LibreOffice takes the decimal sign of the language that is
    named; Excel's family that of the machine.
    """
    return f"[$-{'421' if group == '.' else '809'}]{form}"
