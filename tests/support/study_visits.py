"""Frames of study visits as their questions give them."""

from datetime import date

import pandas as pd

NAMES = {
    "33.24": ("Kabupaten Kendal", "Jawa Tengah"),
    "36.72": ("Kota Cilegon", "Banten"),
    "99.01": ("99.01", None),
}


def visits(*rows: tuple[date, str, str, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows, columns=["visited_on", "institution", "regency_code", "participants"]
    )
    for n, column in enumerate(("regency", "province")):
        frame[column] = [NAMES[code][n] for code in frame["regency_code"]]
    return frame.assign(
        visited_on=pd.to_datetime(frame["visited_on"]),
        participants=frame["participants"].astype("Int64"),
    )


def regencies(**counts: int) -> pd.DataFrame:
    """Rows of study_regencies, by the last two digits of NAMES' codes."""
    rows = [
        (NAMES[code][1], NAMES[code][0], code, counts[f"c{code[-2:]}"])
        for code in NAMES
        if f"c{code[-2:]}" in counts
    ]
    frame = pd.DataFrame(rows, columns=["province", "regency", "regency_code", "visits"])
    return frame.assign(
        first_on=pd.Timestamp(2015, 7, 4), last_on=pd.Timestamp(2023, 3, 31)
    ).sort_values("visits", ascending=False)


CILEGON = (date(2017, 11, 30), "Pemerintah Kota Cilegon", "36.72", None)
KENDAL = (date(2023, 3, 17), "Bappeda Kendal", "33.24", 33)
