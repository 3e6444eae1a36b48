"""Frames of the questions that compare programmes, as the questions give them."""

from typing import Any

import pandas as pd

from queries.statistics import poisson_high, poisson_low
from tests.twins.compared import rate_place

NAN = float("nan")
INDICATORS = (
    "kub",
    "members",
    "members_per_kub",
    "kub_per_10k",
    "members_per_1k",
    "coverage",
    "women_share",
    "cagr_3y",
    "survival_3y",
    "diversity",
    "gini",
    "revenue_per_kub",
    "revenue_per_member",
)
WHO = {"own": "Kabupaten Batang", "a": "Kabupaten <A>", "b": "Kota B", "c": "Kabupaten Contoh C"}


def figure_of(programme: str, indicator: str, value: float, **more: Any) -> dict[str, Any]:
    """A row of `benchmark`, of a real programme and of the same definition unless said."""
    row = {
        "programme": programme,
        "indicator": indicator,
        "value": value,
        "low": NAN,
        "high": NAN,
        "n": 50,
    }
    row |= {"regency": WHO.get(programme, programme), "definition": "yes", "because": None}
    return row | {"is_sample": False, "declared": False} | more


def compared(others: tuple[str, ...] = ("a", "b", "c"), **more: Any) -> pd.DataFrame:
    """All indicators; the host has 3, the others 1, 2, 4 (in that order)."""
    values = {"own": 3.0} | dict(zip(others, (1.0, 2.0, 4.0), strict=False))
    return pd.DataFrame(
        [
            figure_of(who, name, value, **more)
            for who, value in values.items()
            for name in INDICATORS
        ]
    )


def guest(frame: pd.DataFrame, **changes: Any) -> pd.DataFrame:
    """The frame with a guest that has 3.5 throughout."""
    more: dict[str, Any] = {
        "regency": "Kota Tamu",
        "declared": True,
        "definition": "no",
        "because": "aided",
    } | changes
    rows = [figure_of("guest", name, 3.5, **more) for name in INDICATORS]
    return pd.concat([frame.astype(object), pd.DataFrame(rows).astype(object)], ignore_index=True)


def rate(programme: str, n: int | None, residents: int | None, **more: Any) -> list[dict[str, Any]]:
    """The three rows that `rates` has of a programme with ten villages."""
    row = {
        "programme": programme,
        "regency": WHO.get(programme, programme),
        "n": n,
        "because": None,
    }
    row |= {"is_sample": False, "declared": False} | more
    rows = []
    for per, exposure, unit, year in (
        ("residents", residents, 10_000, 2022),
        ("villages", 10, 1, 2023),
    ):
        known = n is not None and exposure is not None
        ends = (n, poisson_low(n), poisson_high(n)) if known else (NAN, NAN, NAN)
        value, low, high = (end * unit / (exposure or 1) for end in ends)
        said = {
            "value": value,
            "low": low,
            "high": high,
            "exposure": exposure,
            "exposure_year": year,
        }
        rows.append(row | {"per": per} | said)
    count = {
        "value": NAN if n is None else float(n),
        "low": NAN,
        "high": NAN,
        "exposure": None,
        "exposure_year": None,
    }
    return [*rows, row | {"per": "count"} | count]


def rated(*programmes: list[dict[str, Any]]) -> pd.DataFrame:
    rows = [row for rows in programmes for row in rows]
    known = [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in rows
    ]
    places = [rate_place(row, known) for row in known]
    frame = pd.DataFrame([row | its for row, its in zip(rows, places, strict=True)])
    # as DuckDB hands them over
    return frame.astype(dict.fromkeys(("n", "exposure", "exposure_year"), "Int64"))


FIVE = rated(
    rate("own", 200, 800_000, is_sample=True),
    rate("a", 150, 360_000),
    rate("b", 110, 600_000, is_sample=True),
    rate("c", 90, 340_000, is_sample=True),
    rate("d", 60, 260_000),
)
WITH_GUEST = rated(
    rate("own", 200, 800_000),
    rate("a", 150, 360_000),
    rate("b", 3, None),
    rate("d", None, 260_000),
    rate("guest", 45, 480_000, regency="Kota Tamu", declared=True, because="aided"),
)
