"""How a native chart writes its numbers: as the deck's language does, whatever machine shows it.

A format's own separators follow the machine: '2,975' beside '2.975' in the text. Thousands are
therefore written out in the format; only decimals are left to the machine.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kub.exports.pptx.sketch import Sketch

FEW = 100  # from which a number's decimals are left out
# a comma after the digits leaves out three of them
UNITS = ((1e12, ",,,,"), (1e9, ",,,"), (1e6, ",,"), (1e3, ","))


def axis_format(sketch: Sketch) -> str:
    """Of what stands at an axis, whose ticks are where the screen has them."""
    if sketch.share:
        return sketch.percent
    if sketch.money:
        return _money(sketch, "0" if _scaled_whole(sketch.step, sketch.money[0]) else "0.0")
    return whole(sketch) if not broken(sketch) or sketch.step >= 1 else _decimal(sketch, "0.0")


def value_format(sketch: Sketch) -> str:
    """Of a value beside its mark."""
    if sketch.money:
        return _money(sketch, "0.00")
    few = broken(sketch) and max(map(abs, _values(sketch))) < FEW
    if sketch.share:
        return sketch.percent
    if few:
        return _decimal(sketch, "0.0")
    return whole(sketch)


def bar_format(sketch: Sketch) -> str:
    """Closings, below zero, are still counts; nothing is said of
    nothing, or of what is too flat.
    """
    if sketch.share and not sketch.stacked:
        return sketch.percent
    form = value_format(sketch)
    if not sketch.stacked:
        return form[:-1] + "#" if form.startswith("[>=") else f"{form};{form};"
    totals: dict[Any, float] = {}
    for one in sketch.series:
        for key, value in one.points:
            totals[key] = totals.get(key, 0) + value
    least = 0.045 * (1 if sketch.share else max(totals.values(), default=1))
    if form.startswith("[>="):
        return f'[>=1000]0"{sketch.group}"000;[>={least:g}]0;'
    return f"[>={least:g}]{form};"


def whole(sketch: Sketch) -> str:
    values = [*_values(sketch), *(sketch.axis or ())]
    if max(map(abs, values), default=0) < 1000:
        return "0"
    if min(values) < 0:  # a condition would lose the sign
        return "#,##0"
    thousand = f'"{sketch.group}"000'
    return f"[>=1000000]0{thousand}{thousand};[>=1000]0{thousand};0"


def broken(sketch: Sketch) -> bool:
    return any(not float(value).is_integer() for value in _values(sketch))


def unit(number: float, written: str) -> tuple[str, str]:
    """The commas that shorten a number as `written` is ('Rp 8,01 miliar'), and the word for it."""
    word = re.sub(r"^Rp\s?[\d.,]+\s?", "", written)
    return next(((commas, word) for least, commas in UNITS if number >= least and word), ("", word))


def step(axis: Mapping[str, Any]) -> float:
    """The distance between an axis' ticks; 0 where it has none of its own, or uneven ones."""
    ticks, ends = axis.get("tickvals", ()), axis.get("range") or (0, 0)
    if len(ticks) < 2 or not all(isinstance(tick, int | float) for tick in ticks):
        few = all(isinstance(end, int | float) for end in ends) and 2 <= ends[1] - ends[0] <= 10
        return 1.0 if few else 0.0
    apart = {
        round(float(after - before), 6) for before, after in zip(ticks, ticks[1:], strict=False)
    }
    return apart.pop() if len(apart) == 1 else 0.0


def _money(sketch: Sketch, digits: str) -> str:
    commas, word = sketch.money or ("", "")
    form = f'"Rp "{digits}{commas}' + (f'" {word}"' if word else "")
    return _decimal(sketch, form) if "." in digits else f'[=0]"Rp 0";{form}'


def _decimal(sketch: Sketch, form: str) -> str:
    """LibreOffice takes the decimal sign of the language that is
    named; Excel's family that of the machine.
    """
    return f"[$-{'421' if sketch.group == '.' else '809'}]{form}"


def _scaled_whole(step: float, commas: str) -> bool:
    return step > 0 and float(step / 1000 ** len(commas)).is_integer()


def _values(sketch: Sketch) -> Iterator[float]:
    place = 0 if sketch.kind == "rows" else 1
    return (float(point[place]) for one in sketch.series for point in one.points)
