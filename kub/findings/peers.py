"""Which programmes are like ours: the reason and the distance in words."""

from collections.abc import Sequence

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import Row, records, signed
from kub.words import Words

# A distance up to this is so called; 0.1 is about ten per cent, 0.7 (ln 2) twice as much or half.
LIKENESS = {"very_like": 0.2, "like": 0.5, "rather_unlike": 1.0}
RATIOS = ("population", "villages", "density")
NEAREST = 3


def elsewhere(rows: Sequence[Row], *compared: Row) -> list[Row]:
    """The rows of other regencies than those compared: a regency never
    stands in the median it is held against.
    """
    left_out = {home(row) for row in compared}
    return [row for row in rows if home(row) not in left_out]


def home(row: Row) -> str:
    """The regency of a row; a guest of a loaded regency is shown under
    another name (kub/answers/answer.py).
    """
    return str(row.get("home", row["regency"]))


def likeness(distance: float) -> str:
    """very_like | like | rather_unlike | unlike."""
    return next((name for name, most in LIKENESS.items() if distance <= most), "unlike")


def reason(row: Row, words: Words) -> str:
    """'sangat mirip: penduduk 0,8 kali, jumlah desa 1,1 kali, kepadatan 0,9 kali'.

    row: of `peers`.
    """
    if pd.isna(row["distance"]):
        return words("peers.no_distance")
    parts = [
        _times(name, row[f"{name}_ratio"], words)
        for name in RATIOS
        if not pd.isna(row[f"{name}_ratio"])
    ]
    if not pd.isna(row["kelurahan_difference"]):
        parts.append(
            words("peers.kelurahan", points=signed(words, 100 * row["kelurahan_difference"]))
        )
    likewise = words(f"peers.likeness.{likeness(row['distance'])}")
    return words("peers.reason", reasons=", ".join(parts), likeness=likewise)


def _times(name: str, ratio: float, words: Words) -> str:
    # A small ratio would be 0,0 with one decimal.
    decimals = 1 if ratio >= 0.095 else 3
    return words(f"peers.{name}", times=words.number(ratio, decimals))


def peers(frame: pd.DataFrame, words: Words) -> Finding:
    """Which loaded programme is most like the subject, and in what."""
    subtitle = words("peers.subtitle")
    if not len(frame):
        return Finding(words("peers.alone"), subtitle, words("peers.alone_todo"))
    rows = records(frame)
    # A programme without residents or villages on record has no distance to be ranked by.
    known = [row for row in rows if not pd.isna(row["distance"])]
    subject = rows[0]["subject"]
    if not known:
        return Finding(
            words("peers.unknown", subject=subject), subtitle, words("peers.unknown_todo")
        )
    # Rows come by distance; several may be equally near, and then all or none are named.
    nearest = [row for row in known if row["distance"] == known[0]["distance"]]
    alike = likeness(nearest[0]["distance"])
    if len(nearest) > NEAREST:
        regency = words("peers.several", n=len(nearest))
    else:
        regency = words.listing(list(dict.fromkeys(row["regency"] for row in nearest)))
    key = "title" if alike in ("very_like", "like") else f"far_{alike}"
    title = words(
        f"peers.{key}", regency=regency, subject=subject, likeness=words(f"peers.likeness.{alike}")
    )
    reasons = [
        words("peers.because", regency=row["regency"], reason=reason(row, words))
        for row in known[:NEAREST]
    ]
    caveat = ""
    if any(row["is_sample"] for row in known[:NEAREST]):
        caveat = words("peers.sample")
    return Finding(title, subtitle, " ".join(reasons), caveat)


def regencies(frame: pd.DataFrame, words: Words) -> Finding:
    """Ten regencies and cities to compare with: the most and the least densely populated."""
    rows = sorted(records(frame), key=lambda row: row["density"])
    least, most = rows[0], rows[-1]
    values = {
        "most": most["regency"],
        "high": most["density"],
        "least": least["regency"],
        "low": least["density"],
    }
    return Finding(
        words("regencies.title", n=len(rows), **values),
        words("regencies.subtitle"),
        words("regencies.takeaway"),
    )
