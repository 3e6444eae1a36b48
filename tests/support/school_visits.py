"""Frames of school visits as their questions give them."""

import pandas as pd


def visits(*rows: tuple[int, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["year", "level", "visits", "students"])
    return frame.assign(schools=frame["visits"])


def villages(*rows: tuple[str, str, bool, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["village", "district", "is_core", "visits", "students"])
    return frame.assign(village_code=[f"33.25.01.20{n:02}" for n in range(len(rows))], schools=1)


def schools(*counts: int) -> pd.DataFrame:
    rows = [(f"SD {n}", "SD", f"33.25.01.20{n % 2:02}", visits) for n, visits in enumerate(counts)]
    return pd.DataFrame(rows, columns=["school", "level", "village_code", "visits"])


YEARS = visits((2019, "SD", 2, 50), (2019, "SMA", 1, 60), (2022, "MI", 3, 20), (2023, "SMP", 1, 30))
CORE = villages(
    ("Beji", "Tulis", False, 5, 90),
    ("Inti", "Tulis", True, 3, 10),
    ("Sama", "A", False, 1, 5),
    ("Sama", "B", True, 1, 5),
)
