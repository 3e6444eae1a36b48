"""What is said of the rows of an analyst's statement: which columns there are, never what they
mean, which its author alone knows.
"""

from collections.abc import Sequence

import pandas as pd

from kub.findings import Finding
from kub.words import Words


def sql(
    frame: pd.DataFrame,
    words: Words,
    values: str = "",
    names: Sequence[str] = (),
    caveats: tuple[str, ...] = (),
) -> Finding:
    """values, names: headings of what is drawn and by what, "" of a table."""
    if values:
        by = words.listing([_within(name) for name in names])
        title = words("sql_step.title", values=values, names=by)
        takeaway = words("sql_step.takeaway", values=values, names=by, rows=len(frame))
    else:
        title = words("sql_step.title_table", rows=len(frame))
        takeaway = words("sql_step.takeaway_table", rows=len(frame), columns=len(frame.columns))
    return Finding(title, words("sql_step.subtitle"), takeaway, " ".join(caveats))


def _within(heading: str) -> str:
    """A heading inside a sentence: 'Tahun' as 'tahun', 'KUB' as it is."""
    second = heading[1:2]
    return heading[:1].lower() + heading[1:] if second.islower() else heading
