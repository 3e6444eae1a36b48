"""The year that a page shows, as a control that year.js draws: a slider over all years, which may
also run through them by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kub.web.blocks import Block


@dataclass(frozen=True)
class Year(Block):
    """A control over the filter `until`: the last year is left out of the link.

    years: in order; value: the one shown; note: what is to be said of the last one. texts: `play`,
    `pause` and `keys`, how it is used by keyboard.
    """

    kind: ClassVar[str] = "year"
    label: str
    years: Sequence[int]
    value: int
    texts: Mapping[str, str]
    note: str = ""
