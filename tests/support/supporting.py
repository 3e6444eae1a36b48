"""Frames of microfinance and libraries as the questions give them,
for the tests of charts and findings.
"""

from datetime import date
from typing import Any

import pandas as pd

NEWS = "<i>berita</i>"
UNIT = {
    "lkm_id": "LKM-1",
    "name": "KSP Satu",
    "village_code": "33.25.10.2020",
    "village": "Ponowareng",
    "district": "Tulis",
    "founded_on": date(2013, 12, 31),
    "reported_on": date(2023, 6, 30),
    "customers": 300,
    "savings_idr": 2e9,
    "loans_idr": 4e9,
    "overdue_idr": None,
    "overdue_share": None,
    "assets_idr": 5e9,
    "kub": 4,
    "members": 60,
    "published_founded": None,
    "published_on": None,
    "published_customers": None,
    "published_assets_idr": None,
    "source": None,
}
PUBLISHED = {
    "published_founded": 2013,
    "published_on": date(2023, 5, 21),
    "published_customers": 290,
    "published_assets_idr": 4.9e9,
    "source": NEWS,
}
LIBRARY = {
    "library_id": "PD-1",
    "name": "Perpusdes Satu",
    "village_code": "33.25.10.2020",
    "village": "Ponowareng",
    "district": "Tulis",
    "opened_on": date(2015, 12, 7),
    "reported_on": date(2023, 6, 30),
    "books": 1000,
    "visits": 200,
    "population": None,
    "population_year": None,
    "visits_per_1k": None,
    "kub": 4,
}


def _frame(
    columns: dict[str, Any], rows: list[dict[str, Any]], days: list[str], counts: list[str]
) -> pd.DataFrame:
    frame = pd.DataFrame([columns | row for row in rows], columns=list(columns))
    for name in days:
        frame[name] = pd.to_datetime(frame[name])
    return frame.astype(dict.fromkeys(counts, "Int64"))


def units(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `microfinance`: UNIT, each with what differs."""
    floats = [
        "savings_idr",
        "loans_idr",
        "overdue_idr",
        "overdue_share",
        "assets_idr",
        "published_assets_idr",
    ]
    frame = _frame(
        UNIT,
        list(rows),
        ["founded_on", "reported_on", "published_on"],
        ["customers", "published_founded", "published_customers"],
    )
    return frame.astype(dict.fromkeys(floats, float))


def unit_years(*assets: float | None, provisional: bool = False, **last: Any) -> pd.DataFrame:
    """Rows of `microfinance_years` from 2014 on: the assets of each
    year, a tenth of a per mille as customers.
    """
    ends = [date(2014 + n, 12, 31) for n in range(len(assets))]
    if provisional:
        ends[-1] = ends[-1].replace(month=6, day=30)
    rows = [
        {
            "year": end.year,
            "as_of": end,
            "provisional": provisional and end == ends[-1],
            "units": 3,
            "reported": 3,
            "customers": None if value is None else int(value / 1e4),
            "savings_idr": value,
            "loans_idr": value,
            "overdue_idr": None,
            "overdue_share": None if value is None else value / 1e11,
            "assets_idr": value,
        }
        for end, value in zip(ends, assets, strict=True)
    ]
    columns = [
        "year",
        "as_of",
        "provisional",
        "units",
        "reported",
        "customers",
        "savings_idr",
        "loans_idr",
        "overdue_idr",
        "overdue_share",
        "assets_idr",
    ]
    if rows:
        rows[-1] |= last
    return _frame(dict.fromkeys(columns), rows, ["as_of"], ["customers"]).astype(
        dict.fromkeys(columns[6:], float)
    )


def unit_reports(*rows: tuple[str, date, int | None, float | None], **more: Any) -> pd.DataFrame:
    """Rows of `microfinance_reports`: (unit, day, customers, assets)."""
    columns = [
        name
        for name in UNIT
        if name
        in {
            "lkm_id",
            "name",
            "village_code",
            "village",
            "district",
            "reported_on",
            "customers",
            "savings_idr",
            "loans_idr",
            "overdue_idr",
            "overdue_share",
            "assets_idr",
        }
    ]
    told = [
        {
            "lkm_id": unit,
            "name": f"KSP {unit}",
            "reported_on": on,
            "customers": customers,
            "assets_idr": assets,
        }
        | more
        for unit, on, customers, assets in rows
    ]
    return _frame({name: UNIT[name] for name in columns}, told, ["reported_on"], ["customers"])


def libraries(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `libraries`: LIBRARY, each with what differs."""
    frame = _frame(
        LIBRARY,
        list(rows),
        ["opened_on", "reported_on"],
        ["books", "visits", "population", "population_year"],
    )
    return frame.astype({"visits_per_1k": float})


def library_years(
    first: int,
    opened: list[int],
    visits: list[int | None],
    provisional: bool = False,
    population: int | None = 1000,
) -> pd.DataFrame:
    """Rows of `library_years`: libraries opened and visits of each year; 100 books per library."""
    rows = []
    for n, (new, seen) in enumerate(zip(opened, visits, strict=True)):
        end = date(first + n, *((6, 30) if provisional and n == len(opened) - 1 else (12, 31)))
        count = sum(opened[: n + 1])
        rows.append(
            {
                "year": end.year,
                "as_of": end,
                "provisional": end.month < 12,
                "opened": new,
                "libraries": count,
                "books": 100 * count or None,
                "visits": seen,
                "visits_per_library": None if seen is None or not count else seen / count,
                "visits_per_1k": None
                if seen is None or not population
                else 1000 * seen / population,
                "population": population,
                "population_year": population and 2022,
            }
        )
    columns = [
        "year",
        "as_of",
        "provisional",
        "opened",
        "libraries",
        "books",
        "visits",
        "visits_per_library",
        "visits_per_1k",
        "population",
        "population_year",
    ]
    frame = _frame(
        dict.fromkeys(columns),
        rows,
        ["as_of"],
        ["books", "visits", "population", "population_year"],
    )
    return frame.astype({"visits_per_library": float, "visits_per_1k": float})


def villages(**has: int) -> pd.DataFrame:
    """Rows of `library_villages`: how many villages have both, kub,
    library, neither; targets are those with KUB.
    """
    rows = [
        (
            f"33.25.01.2{n:03}",
            f"{code.title()}{n}",
            "33.25.01",
            "Wonotunggal",
            int(code in ("both", "library")),
            int(code in ("both", "kub")),
            code,
            code in ("both", "kub"),
        )
        for code, count in has.items()
        for n in range(count)
    ]
    columns = [
        "village_code",
        "village",
        "district_code",
        "district",
        "libraries",
        "kub",
        "has",
        "is_target",
    ]
    return pd.DataFrame(rows, columns=columns)
