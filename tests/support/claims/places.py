"""What findings about villages, coverage and trades claim, checked against their rows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.support.claims import OTHER, PEOPLE, Rule, Values, near
from tests.support.claims.growth import course


def leads(column: str, spec: int = 0, least: int = 5) -> Rule:
    """Villages named first: all of those at the top, none of fewer than
    five KUB, and not every one of them.
    """

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        rows = frame[(frame["kub"] > 0) & frame[column].notna()]
        top = rows[rows[column] == rows[column].max()]
        named = all(str(name) in values["names"] for name in top["village"])
        return named and len(top) <= 3 and len(top) < len(rows) and top["kub"].min() >= least

    return rule


def half(column: str) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        rows = sorted(frame[column][frame[column] > 0], reverse=True)
        share = sum(rows[: values["n"]]) / sum(rows)
        fewer = sum(rows[: values["n"] - 1]) / sum(rows)
        return (
            near(values["share"], share)
            and share >= 0.5 > fewer
            and values["villages"] == len(rows)
        )

    return rule


def coverage_end(least: bool) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        rows = frame if least else frame[frame["villages"] >= 5]
        end = rows["share"].min() if least else rows["share"].max()
        top = rows[rows["share"] == end]
        return near(values["share"], end) and all(
            name in values["names"] for name in top["district"]
        )

    return rule


def lately(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    by_year = frame.set_index("year")["covered"]
    return by_year[values["year"]] == values["peak"] > by_year.iloc[-1] and set(
        by_year[by_year.index > values["year"]]
    ) == {by_year.iloc[-1]}


def fullest(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    """The one cell with most, named by what it stands for; never of other sectors."""
    figures = frame[view.get("value", "kub")]
    top = frame[figures == figures.max()]
    return (
        len(top) == 1
        and OTHER not in top[["row_code", "column_code"]].to_numpy()
        and bool(values["row"] and values["column"])
    )


def gaps_most(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    counts = frame["district"].value_counts()
    top = counts[counts == counts.max()]
    if "names" not in values:
        return (values["most"], values["n"]) == (counts.max(), len(top)) and len(top) > 3
    return all(f"{name} (" in values["names"] for name in top.index)


def ranking_first(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    column = "kub_per_10k" if view.get("per") == "residents" else view["measure"]
    rows = frame[(frame["kub"] >= 5) & frame[column].notna()]
    top = rows[rows[column] == rows[column].max()]
    return len(top) > 3 or all(name in values["names"] for name in top["village"])


def widest_gap(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[frame["covered"] > 0]
    gap = (rows["villages"] - rows["covered"]).groupby(rows["district"]).sum()
    top = gap[gap == gap.max()]
    return values["gap"] == gap.max() > 0 and all(name in values["district"] for name in top.index)


def cells(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    column = "kub" if frame["members"].isna().any() else view["measure"]
    named = frame[frame["sector"] != OTHER]
    top = named[named[column] == named[column].max()]
    said = [
        view["words"](f"sector.{sector}") in values.get("cells", "") for sector in top["sector"]
    ]
    fits = all(said) if "cells" in values else len(top) == values["n"] > 3
    return values["count"] == top[column].iloc[0] and fits


def typical(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[(frame["kub"] >= 5) & (frame["sector"] != OTHER)]
    top = rows[rows["lq"] == rows["lq"].max()]
    return near(values["lq"], top["lq"].iloc[0]) and values["n"] == len(top)


def varied(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[frame["kub"] >= 5]
    widest, narrowest = (
        rows[rows["diversity"] == end()] for end in (rows["diversity"].max, rows["diversity"].min)
    )
    return len(widest) == len(narrowest) == 1 and (values["widest"], values["narrowest"]) == (
        widest["village"].iloc[0],
        narrowest["village"].iloc[0],
    )


def trades(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    column = "kub" if frame["members"].isna().any() else view["measure"]
    sums = frame[frame["activity"].notna()].groupby("activity")[column].sum()
    return values["count"] == sums.max() and (sums == sums.max()).sum() <= 3


CLAIMS: Mapping[str, Rule] = {
    **{
        f"villages.leader.{column}.{n}": leads(column)
        for column in ("kub", "members", "kub_per_10k")
        for n in ("one", "many")
    },
    **{
        f"villages_ranking.half_{column}.{n}": half(column)
        for column in PEOPLE
        for n in ("one", "many")
    },
    "villages_ranking.takeaway": ranking_first,
    "coverage.highest": coverage_end(False),
    "coverage.first": coverage_end(False),
    "coverage.lowest": coverage_end(True),
    "coverage_years.up": course(1),
    "coverage_years.down": course(-1),
    "coverage_years.lately_down": lately,
    "gaps.most": gaps_most,
    "gaps.level": gaps_most,
    "finding.reach.gap": widest_gap,
    "finding.reach.gap_reached": widest_gap,
    **{
        f"village_sectors.{key}_{what}": cells
        for key in ("title", "both", "level")
        for what in PEOPLE
    },
    **{f"specialisation.{key}": typical for key in ("title", "level", "level_many")},
    "specialisation.takeaway": varied,
    **{f"activities.{key}_{what}": trades for key in ("title", "level") for what in PEOPLE},
    "pivot.top": fullest,
}
