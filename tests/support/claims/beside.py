"""What findings that compare programmes, or speak of what stands beside
the KUB, claim, checked against their rows.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.support.claims import OTHER, Rule, Values, direction, near, unique


def subject(
    frame: pd.DataFrame, values: Values, view: Mapping[str, Any]
) -> tuple[pd.DataFrame, bool]:
    """The rows of the guest whom a text names, or of the own
    programme; and whether they are a guest's.
    """
    declared = frame[frame["declared"]]
    homes = {*frame.loc[~frame["declared"], "regency"]}
    for name, rows in declared.groupby("regency", sort=False):
        shown = f"{name} ({view['words']('compared.declared')})" if name in homes else str(name)
        if view["words"].regency(shown) == values["regency"]:
            return rows, True
    return frame[frame["programme"] == view["own"]], False


def among(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    """A guest beside the host; the host beside the median of regencies
    of neither, where a better side exists.
    """
    better = {
        "kub_per_10k",
        "members_per_1k",
        "coverage",
        "women_share",
        "cagr_3y",
        "survival_3y",
        "diversity",
    }
    rows, is_guest = subject(frame, values, view)
    host = frame["programme"] == view["own"]
    apart = frame[
        ~frame["declared"] & ~frame["regency"].isin(frame.loc[host | frame["declared"], "regency"])
    ]
    others = (frame[host] if is_guest else apart).groupby("indicator")["value"].median()
    own = rows.set_index("indicator")
    if values["regency"] == values["other"] and values["n"] == 1:
        return False
    compared = [
        name for name in better if pd.notna(own["value"][name]) and pd.notna(others.get(name))
    ]
    ahead = [name for name in compared if own["value"][name] > others[name]]
    return (values["better"], values["compared"]) == (len(ahead), len(compared))


def placed(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[
        (frame["per"] == view.get("per", "residents")) & frame["value"].notna() & (frame["n"] >= 5)
    ]
    mine = rows["value"][rows.index.intersection(subject(frame, values, view)[0].index)].iloc[0]
    return (values["rank"], values["of"]) == (1 + int((rows["value"] > mine).sum()), len(rows))


def extremes(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[(frame["per"] == view.get("per", "residents")) & frame["value"].notna()]
    high, low = (rows[rows["value"] == end()] for end in (rows["value"].max, rows["value"].min))
    regency = view["words"].regency
    return len(high) == len(low) == 1 and (values["highest"], values["lowest"]) == (
        regency(high["regency"].iloc[0]),
        regency(low["regency"].iloc[0]),
    )


def ends_of_provinces(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[frame["coverage"].notna() & (frame["villages"] >= 5)]
    high, low = (
        rows[rows["coverage"] == end()] for end in (rows["coverage"].max, rows["coverage"].min)
    )
    names = [
        view["words"]("provinces.invented")
        if pd.isna(end["province"].iloc[0])
        else end["province"].iloc[0]
        for end in (high, low)
    ]
    return len(high) == len(low) == 1 and [values["highest"], values["lowest"]] == names


def beyond_chance(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    """A count lies beyond chance where its own exact interval misses the rate of all."""
    rows = frame[
        (frame["per"] == view.get("per", "villages")) & frame["value"].notna() & ~frame["declared"]
    ]
    some = rows[rows["n"] > 0].iloc[0]
    overall = (
        rows["n"].sum() / rows["exposure"].sum() * some["value"] * some["exposure"] / some["n"]
    )
    above, below = int((rows["low"] > overall).sum()), int((rows["high"] < overall).sum())
    return (values["above"], values["below"], values["n"]) == (above, below, len(rows))


def mix_of(sign: int) -> Rule:
    """The sector of the own programme whose quotient is the highest, or
    the lowest, of those that can be told.
    """

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        own = subject(frame, values, view)[0]
        rows = own[(own["sector"] != OTHER) & own["others_share"].notna()]
        told = (
            rows[(rows["share"] >= 0.05) & (rows["others_share"] > 0)]
            if sign > 0
            else rows[rows["others_share"] >= 0.05]
        )
        end = told["lq"].max() if sign > 0 else told["lq"].min()
        return near(values["lq"], end) and (
            values["lq"] >= 1.1 if sign > 0 else values["lq"] <= 0.8
        )

    return rule


def largest_of(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    own = subject(frame, values, view)[0]
    rows = own[own["sector"] != OTHER]
    return (
        near(values["share"], rows["share"].max())
        and (rows["share"] == rows["share"].max()).sum() >= 1
    )


def nearest(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    known = frame[frame["distance"].notna()]
    top = known[known["distance"] == known["distance"].min()]
    regency = view["words"].regency
    return len(top) > 3 or all(regency(name) in values["regency"] for name in top["regency"])


def furthest(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[frame["recorded"].notna()]
    off = rows["difference"].abs() / rows["published"].clip(lower=1)
    top = rows[off == off.max()]
    superlative = values["which"] == view["words"]("reconcile.largest")
    return superlative == (len(top) == 1) and values["on"] in set(top["date"])


def yearly(sign: int) -> Rule:
    """The year named against the one before it, in one of the columns of visits."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        by_year = frame.set_index("year")
        now, then = by_year.loc[values["year"]], by_year.loc[values["before"]]
        return any(direction(now[c] - then[c]) == sign for c in by_year if c.startswith("visits"))

    return rule


def visits_peak(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    rows = frame[~frame["provisional"] & frame["visits_per_library"].notna()]
    top = rows[rows["visits_per_library"] == rows["visits_per_library"].max()]
    return len(top) > 3 or all(str(year) in values["year"] for year in top["year"])


def microfinance_course(sign: int) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        if "year" not in frame:  # the profile of one unit, by its reports
            return values["first"] != values["value"]
        known = frame["assets_idr"].dropna()
        return direction(known.iloc[-1] - known.iloc[0]) == sign

    return rule


def most_of(column: str, named: str, said: str) -> Rule:
    """Names that stand in order of a column: those that are level at
    the top are all there, or none is named.
    """

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        # Two villages may have a single name.
        key = "village_code" if named == "village" else named
        sums = frame.groupby(key)[column].sum()
        top = frame.loc[frame[key].isin(sums[sums == sums.max()].index), named]
        regency = view["words"].regency if named == "regency" else str
        return all(regency(name).split(" (")[0] in values[said] for name in top)

    return rule


def school_most(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    stages = {
        "SD": "primary",
        "MI": "primary",
        "SMP": "junior",
        "MTs": "junior",
        "SMA": "senior",
        "SMK": "senior",
        "MA": "senior",
    }
    sums = frame.groupby(frame["level"].map(lambda level: stages.get(level, "other")))[
        "visits"
    ].sum()
    top = sums[sums == sums.max()]
    return (
        len(top) == 1
        and values["stage"] == view["words"](f"school_visits.stage.{top.index[0]}")
        and top.index[0] != "other"
    )


def school_peak(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    sums = frame.groupby("year")["visits"].sum()
    return all(str(year) in values["years"] for year in sums[sums == sums.max()].index)


def schools_most(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    top = frame[frame["visits"] == frame["visits"].max()]
    named = len(top) > 3 or all(name in values["names"] for name in top["school"])
    return (
        named
        and values["most"] == frame["visits"].max()
        and values["n"] == (frame["visits"] > 1).sum()
    )


CLAIMS: Mapping[str, Rule] = {
    "benchmark.median": among,
    "benchmark.pair": among,
    "rates.ranked": placed,
    "rates.open": placed,
    "rates.ends": extremes,
    "provinces.ends": ends_of_provinces,
    "rates_map.title": beyond_chance,
    "programme_sectors.leads": mix_of(1),
    "programme_sectors.level": mix_of(1),
    "programme_sectors.fewer": mix_of(-1),
    "programme_sectors.alone": largest_of,
    "programme_sectors.alone_level": largest_of,
    **{f"peers.{key}": nearest for key in ("title", "far_rather_unlike", "far_unlike")},
    "reconcile.part": furthest,
    "reconcile.nothing": furthest,
    "library_years_visits.up": yearly(1),
    "library_years_visits.down": yearly(-1),
    "library_years_visits.peak": visits_peak,
    **{
        f"libraries.most.{column}": unique(column, "name", "name")
        for column in ("visits", "books", "visits_per_1k")
    },
    "microfinance.largest": unique("customers", "name", "name"),
    "microfinance_years.rose": microfinance_course(1),
    "microfinance_years.times": microfinance_course(1),
    "microfinance_years.fell": microfinance_course(-1),
    "school_visits.most": school_most,
    "school_visits.peak": school_peak,
    "school_villages.leaders": most_of("visits", "village", "names"),
    **{
        f"schools.{key}.{n}": schools_most
        for key in ("title", "title_many")
        for n in ("one", "many")
    },
    "study_regencies.title": most_of("visits", "regency", "regency"),
    "study_regencies.leaders": most_of("visits", "regency", "names"),
}
