"""Sentences computed from a chart's data: the finding as title, and a takeaway.

One module per screen; one function per chart, named like it in kub/charts. A finding is pure:
it sees the data frame, the words and how the chart is viewed, nothing else.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notes:
    """What stands below a chart in small letters, line by line under a heading. brief: all of it in
    one line, where a slide has no room for more.
    """

    heading: str
    brief: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """title: the finding. subtitle: measure and unit. takeaway: one or two sentences, also the alt
    text.

    caveat: what the numbers must not be read without; who shortens the takeaway keeps it whole.
    measure: what is measured, where the subtitle says more than that; it names the one series of a
    native chart. notes: what is marked in the chart besides its numbers, with where it is from.
    """

    title: str
    subtitle: str
    takeaway: str
    caveat: str = ""
    measure: str = ""
    notes: Notes | None = None
