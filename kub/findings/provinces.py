"""What the national view of Tolok Ukur says: how far all programmes together reach."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from kub.findings import Finding
from kub.findings.benchmark import points, position, rows_per, unit
from kub.findings.phrases import Row, records
from kub.findings.reach import RANKED_FROM
from kub.words import Words
from kub.words.columns import rate_kind


class Seat(NamedTuple):
    """Where a programme is: its province, None of an invented regency; and the middle of the
    villages whose centre points are known, as (lon, lat), None where none is.
    """

    province: str | None
    point: tuple[float, float] | None


def seated(seat: Seat, words: Words) -> str:
    """The province of a programme; invented regencies are of none."""
    return seat.province or words("provinces.invented")


def named(row: Row, words: Words) -> str:
    """The province; invented regencies are of none."""
    return words("provinces.invented") if pd.isna(row["province"]) else str(row["province"])


def falling(frame: pd.DataFrame) -> list[Row]:
    """The rows with the highest coverage first; what is not known comes last."""
    ordered = frame.sort_values("coverage", ascending=False, kind="stable", na_position="last")
    return records(ordered)


def provinces(frame: pd.DataFrame, words: Words) -> Finding:
    """How many villages of how many provinces are reached, and where most and fewest are."""
    subtitle, rows = words("provinces.subtitle"), records(frame)
    known = [row for row in rows if not pd.isna(row["covered"]) and row["villages"]]
    villages = sum(row["villages"] for row in known)
    if not villages:
        return Finding(words("provinces.none"), subtitle, words("provinces.none_todo"))
    covered = sum(row["covered"] for row in known)
    title = words(
        "provinces.title",
        covered=covered,
        villages=villages,
        share=covered / villages,
        where=_where(known, words),
    )
    ranked = [row for row in known if row["villages"] >= RANKED_FROM]
    detail = [
        words(
            "provinces.sum",
            kub=sum(row["kub"] for row in rows),
            programmes=sum(row["programmes"] for row in rows),
        ),
        _ends(ranked, words),
    ]
    caveat = []
    if len(known) > len(ranked):
        caveat.append(words("provinces.few", n=len(known) - len(ranked)))
    if any(row["is_sample"] for row in rows):
        caveat.append(words("provinces.sample"))
    return Finding(title, subtitle, " ".join(filter(None, detail)), " ".join(caveat))


def _where(rows: Sequence[Row], words: Words) -> str:
    """'38 provinsi', with the invented regencies beside them where there are any."""
    official = sum(not pd.isna(row["province"]) for row in rows)
    parts = [words("provinces.where", n=official)] if official else []
    if official < len(rows):
        parts.append(words("provinces.where_invented"))
    return words.listing(parts)


def _ends(rows: Sequence[Row], words: Words) -> str:
    """The highest and the lowest, '' where several are level at an end."""
    shares = [row["coverage"] for row in rows]
    if len(rows) < 2 or shares.count(max(shares)) > 1 or shares.count(min(shares)) > 1:
        return ""
    highest, lowest = (
        next(row for row in rows if row["coverage"] == end) for end in (max(shares), min(shares))
    )
    return words(
        "provinces.ends",
        highest=named(highest, words),
        most=highest["coverage"],
        place=placed(highest, words),
        lowest=named(lowest, words),
        least=lowest["coverage"],
    )


def placed(row: Row, words: Words) -> str:
    """'peringkat 3 dari 38 (rentang 2-5)': the places that the intervals leave open are said."""
    if pd.isna(row["rank"]):
        return words("provinces.unranked")
    rank = words("provinces.rank", rank=int(row["rank"]), of=int(row["ranked"]))
    if row["rank_best"] == row["rank_worst"]:
        return rank
    best, worst = int(row["rank_best"]), int(row["rank_worst"])
    return rank + words("provinces.range", best=best, worst=worst)


def rates_map(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    per: str = "villages",
    places: Mapping[str, Seat] | None = None,
) -> Finding:
    """How many regencies differ from the rate of all by more than chance.

    places: of each programme, its province and centre point.
    """
    what, seats = words(f"rates.what.{measure}.{per}"), places or {}
    loaded = [row for row in rows_per(frame, per) if not row["declared"]]
    rows, overall = points(loaded)
    subtitle = words("rates_map.subtitle", what=what)
    if not overall:
        return Finding(words("funnel.none", what=what), subtitle, words("funnel.none_todo"))
    where = [position(row, overall) for row in rows]
    above = sum(place.endswith("above") for place in where)
    below = sum(place.endswith("below") for place in where)
    values = {"above": above, "below": below, "n": len(rows), "what": what}
    title = words("rates_map.title" if above + below else "rates_map.level", **values)
    average = words.write(overall * unit(measure, per), rate_kind(per))
    detail = [f"{title}.", words("rates_map.overall", average=average, what=what)]
    known = sum(seat.point is not None for seat in seats.values())
    caveat = []
    if known < len(seats):
        caveat.append(words("rates_map.points", known=known, n=len(seats)))
    if len(rows) < len(loaded):
        caveat.append(words("rates_map.unknown", n=len(loaded) - len(rows), what=what))
    if any(row["is_sample"] for row in rows):
        caveat.append(words("provinces.sample"))
    return Finding(title, subtitle, " ".join(detail), " ".join(caveat))
