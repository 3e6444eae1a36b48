"""Frames as the questions give them, written down year by year; and what a chart drew of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

Figure = dict[str, Any]


def growth(
    first: int,
    kub: Sequence[int],
    members: Sequence[int] | None = None,
    *,
    provisional: bool = False,
    founded: Sequence[int] | None = None,
    closed: Sequence[int] | None = None,
    reported: Sequence[int] | None = None,
    unreported: int = 0,
) -> pd.DataFrame:
    """Rows of `growth` from the year `first` on; ten members per KUB unless told.

    unreported: of the last year.
    """
    years = list(range(first, first + len(kub)))
    ends = [date(year, 12, 31) for year in years]
    if provisional:
        ends[-1] = date(years[-1], 6, 30)
    zeros = [0] * len(kub)
    return pd.DataFrame(
        {
            "year": years,
            "as_of": pd.to_datetime(ends),
            "provisional": [False] * (len(kub) - 1) + [provisional] if len(kub) else [],
            "founded": list(founded or zeros),
            "closed": list(closed or zeros),
            "active": list(kub),
            "members": list(members if members is not None else [10 * n for n in kub]),
            "women_share": [0.5] * len(kub),
            "reported": list(reported or kub),
            "unreported": zeros[:-1] + [unreported] if len(kub) else [],
        }
    )


def survival(*rows: tuple[int, float]) -> pd.DataFrame:
    """Rows of `survival`: (at risk, share) at 0, 1, 2, … years."""
    at_risk, shares = zip(*rows, strict=True) if rows else ((), ())
    return pd.DataFrame(
        {"years": range(len(rows)), "at_risk": list(at_risk), "survival": list(shares)}
    )


def districts(first: int, **kub: Sequence[int]) -> pd.DataFrame:
    """Rows of `district_growth`: name = KUB of each year; ten members each."""
    rows = [
        (first + number, f"33.25.{code:02}", name, n, 10 * n, 0, 0)
        for code, (name, counts) in enumerate(kub.items(), 1)
        for number, n in enumerate(counts)
    ]
    columns = ["year", "district_code", "district", "kub", "members", "founded", "closed"]
    return pd.DataFrame(rows, columns=columns)


def reconcile(*rows: tuple[date, str, float, float], source: str = "berita") -> pd.DataFrame:
    """Rows of `reconcile`: (date, indicator, published, recorded)."""
    frame = pd.DataFrame(rows, columns=["date", "indicator", "published", "recorded"])
    frame["date"] = pd.to_datetime(frame["date"])
    frame["difference"] = frame["recorded"] - frame["published"]
    frame["definition"] = ["yes" if i == "perpustakaan" else "partly" for i in frame["indicator"]]
    return frame.assign(source=source)


def points(figure: Figure, **where: object) -> set[tuple[Any, Any]]:
    """(x, y) of all points in traces that have these properties; gaps left out."""
    chosen = [
        trace
        for trace in figure["data"]
        if all(trace.get(name) == value for name, value in where.items())
    ]
    return {
        (x, y)
        for trace in chosen
        for x, y in zip(trace["x"], trace["y"], strict=True)
        if y is not None
    }


def texts(annotations: Iterable[dict[str, Any]]) -> list[str]:
    return [note["text"] for note in annotations]


def narrow(figure: dict[str, Any]) -> dict[str, Any]:
    layout: dict[str, Any] = figure["layout"]["meta"]["narrow"]
    return layout
