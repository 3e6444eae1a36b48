"""Rows of the questions about money, written down by hand."""

from datetime import date
from typing import Any

import pandas as pd

MILLION = 1_000_000
FINISHED = {"year": 2022, "as_of": date(2022, 12, 31), "provisional": False}
UNFINISHED = {"year": 2023, "as_of": date(2023, 6, 30), "provisional": True}


def year(
    number: int,
    lived: int,
    earners: int,
    million: float | None,
    *,
    change: float | None = None,
    matched: int = 0,
    provisional: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """A row of `revenue`. million: revenue in millions of rupiah, None where it is withheld or
    nobody states it; ten members per KUB, and a median of four fifths of the mean.
    """
    amount = None if million is None else million * MILLION
    known = amount is not None and earners > 0
    mean = amount / earners if amount is not None and earners else None
    return {
        "year": number,
        "as_of": pd.Timestamp(date(number, 6, 30) if provisional else date(number, 12, 31)),
        "provisional": provisional,
        "lived": lived,
        "earners": earners,
        "stated_share": earners / lived if lived else None,
        "revenue_idr": amount if known else None,
        "revenue_per_kub": mean,
        "median_per_kub": None if mean is None or earners < 5 else 0.8 * mean,
        "revenue_per_member": None if mean is None else mean / 10,
        "matched_kub": matched,
        "matched_change": change,
        "assets_kub": 0,
        "assets_idr": None,
    } | more


def revenue(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `revenue`, in their order; missing numbers are NaN as the database gives them."""
    frame = pd.DataFrame(list(rows) or [year(2020, 1, 0, None)])
    amounts = [name for name in frame if name.endswith(("_idr", "_change", "_share"))]
    amounts += ["revenue_per_kub", "median_per_kub", "revenue_per_member"]
    frame[amounts] = frame[amounts].astype(float)
    return frame if rows else frame[:0]


def sectors(*rows: tuple[str, int, int, float | None], spread: bool = False) -> pd.DataFrame:
    """Rows of `revenue_sectors`: (sector, lived, earners, millions per KUB); ten members per KUB.

    spread: with quartiles half and one and a half times the median, which is the mean.
    """
    total = sum(earners * (per or 0) for _, _, earners, per in rows)
    listed = []
    for sector, lived, earners, per in rows:
        known = per is not None and earners > 0
        mean = per * MILLION if per is not None and known else None
        row = {
            "sector": sector,
            "lived": lived,
            "earners": earners,
            "revenue_idr": None if mean is None else mean * earners,
            "share": None if mean is None or not total else earners * (per or 0) / total,
            "revenue_per_kub": mean,
            "revenue_per_member": None if mean is None else mean / 10,
        }
        if spread:
            for name, part in (("lower", 0.5), ("median", 1.0), ("upper", 1.5)):
                row[f"{name}_per_kub"] = None if mean is None or earners < 8 else part * mean
        listed.append(row)
    frame = pd.DataFrame(listed)
    amounts = [name for name in frame if name not in ("sector", "lived", "earners")]
    frame[amounts] = frame[amounts].astype(float)
    return frame


def villages(*rows: tuple[str, int, int, float | None]) -> pd.DataFrame:
    """Rows of `revenue_villages`: (village, lived, earners, millions per KUB), all in Tulis; ten
    members per KUB.
    """
    columns = [
        "village_code",
        "village",
        "district",
        "lived",
        "earners",
        "revenue_idr",
        "revenue_per_kub",
        "revenue_per_member",
    ]
    listed = []
    for number, (village, lived, earners, per) in enumerate(rows, 1):
        mean = per * MILLION if per is not None and earners else None
        total = None if mean is None else mean * earners
        member = None if mean is None else mean / 10
        code = f"33.25.10.{2000 + number}"
        listed.append((code, village, "Tulis", lived, earners, total, mean, member))
    frame = pd.DataFrame(listed, columns=columns)
    frame[columns[5:]] = frame[columns[5:]].astype(float)
    return frame


def missing(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    """Rows of `revenue_missing`: (name, district, year in which it last stated its revenue)."""
    listed = [
        (f"K{number}", name, f"33.25.10.{2000 + number}", "Beji", district, "makanan", stated)
        for number, (name, district, stated) in enumerate(rows, 1)
    ]
    columns = ["kub_id", "name", "village_code", "village", "district", "sector", "stated_year"]
    frame = pd.DataFrame(listed, columns=columns)
    return frame.astype({"stated_year": "float"})
