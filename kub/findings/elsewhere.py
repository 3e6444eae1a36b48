"""What was published about groups elsewhere, and why it may not
be laid over a programme's count.
"""

import pandas as pd

from kub.findings import Finding
from kub.words import Words


def elsewhere(frame: pd.DataFrame, words: Words) -> Finding:
    """How many published figures there are, and how many of them count the same as here."""
    # "partly" counts as alike: the table names what differs beside each figure.
    alike = int((frame["definition"] != "no").sum())
    title = words("elsewhere.title", n=len(frame) - alike)
    return Finding(
        title, words("elsewhere.subtitle"), words("elsewhere.takeaway", alike=alike, n=len(frame))
    )
