"""What findings about growth, districts and sectors claim, checked against their rows."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.support.claims import OTHER, PEOPLE, Rule, Values, compared, count_of, direction, near


def index(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    """KUB and members at the end, where the first year with members is 100."""
    base, last = frame[frame["members"].fillna(0) > 0].iloc[0], frame.iloc[-1]
    return near(values["kub"], 100 * last["active"] / base["active"]) and near(
        values["members"], 100 * last["members"] / base["members"]
    )


def ends(frame: pd.DataFrame, column: str) -> tuple[float, float]:
    """The first value that is there and not zero, and the last of all."""
    known = frame[column][frame[column].notna() & (frame[column] != 0)]
    return known.iloc[0], frame[column].iloc[-1]


def course(sign: int) -> Rule:
    """first and last are the frame's ends, and differ in this direction."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        told = values["first"], values["last"]
        known = [
            ends(frame, column)
            for column in ("active", "members", "covered")
            if column in frame and frame[column].fillna(0).any()
        ]
        return told in known and direction(told[1] - told[0]) == sign

    return rule


def number(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> pd.Series:
    """The sums by sector of the year that is named, or of the last; or of the rows as they are."""
    rows = (
        frame[frame["year"] == values.get("year", frame["year"].max())]
        if "year" in frame
        else frame
    )
    column = view["measure"] if not rows[view["measure"]].isna().any() else "kub"
    return rows.groupby("sector")[column].sum()


def sector_leads(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    sums = number(frame, values, view).drop(OTHER, errors="ignore")
    top = [code for code in sums.index if sums[code] == sums.max()]
    names = [view["words"](f"sector.{code}") for code in top]
    said = sorted(re.split(r", | dan | and ", values["sector"]))
    return said == sorted(part for name in names for part in re.split(r", | dan | and ", name))


def sector_share(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    total = number(frame, values, view).sum()
    counted = values.get("count", values.get("n"))
    return (
        sector_leads(frame, values, view)
        and total == values["total"]
        and near(values["share"], counted / total)
    )


def alone(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    sums = number(frame, values, view).drop(OTHER, errors="ignore")
    return (sums == sums.max()).sum() == 1 and sector_leads(frame, values, view)


def tie(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    return (
        sector_leads(frame, values, view) and number(frame, values, view).sum() == values["total"]
    )


def mix_since(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> pd.DataFrame:
    """Shares by year, from the first of twenty KUB or more where there is a later one."""
    mix = frame.pivot_table(index="year", columns="sector", values=view["measure"], aggfunc="sum")
    mix = mix[mix.sum(axis=1) > 0]
    kub = frame.groupby("year")["kub"].sum()
    enough = [year for year in mix.index if kub[year] >= 20 and year < mix.index[-1]]
    mix = mix[mix.index >= (enough or [mix.index[0]])[0]]
    assert values["since"] == mix.index[0]
    return mix.div(mix.sum(axis=1), axis=0)


def share_of(sign: int) -> Rule:
    """The share of a named sector that moved furthest, this way."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        mix = mix_since(frame, values, view)
        pairs = [(mix[code].iloc[0], mix[code].iloc[-1]) for code in mix if code != OTHER]
        same = any(
            near(values["first"], first) and near(values["last"], last) for first, last in pairs
        )
        largest = max(abs(last - first) for first, last in pairs)
        moved = values["last"] - values["first"]
        return same and near(abs(moved), largest) and direction(moved) == sign

    return rule


def furthest(sign: int) -> Rule:
    """And no other sector, nor what is left over, moved as far; in points as a reader counts them."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        mix = mix_since(frame, values, view)
        changes = sorted(abs(mix[code].iloc[-1] - mix[code].iloc[0]) for code in mix)
        ends = [round(100 * values[end]) for end in ("first", "last")]
        return (
            share_of(sign)(frame, values, view)
            and (len(changes) < 2 or changes[-2] < changes[-1] - 1e-12)
            and near(changes[-1], abs(values["last"] - values["first"]))
            and values["points"] == abs(ends[1] - ends[0]) == round(100 * changes[-1]) > 0
        )

    return rule


def by_district(frame: pd.DataFrame, view: Mapping[str, Any], back: int = 0) -> pd.Series:
    until = frame["year"].max()
    year = max(until - back, frame["year"].min())
    column = "kub" if frame["members"].isna().any() else view["measure"]
    return frame[frame["year"] == year].set_index("district")[column]


def holds_most(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    now = by_district(frame, view)
    top = now[now == now.max()]
    return values["n"] == now.max() and sorted(
        values["district"].replace(" dan ", ", ").replace(" and ", ", ").split(", ")
    ) == sorted(top.index)


def gained(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    change = by_district(frame, view) - by_district(frame, view, 3)
    top = change[change == change.max()]
    named = (
        all(name in values["movers"] for name in top.index)
        if "movers" in values
        else values["n"] == len(top)
    )
    return change.max() > 0 and named and int(str(values["more"]).lstrip("+")) == change.max()


def pace(sign: int) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        found = []
        for column in ("active", "members"):
            by_year = frame.set_index("year")[column]
            if {values.get("since"), values.get("until")} <= set(by_year.index):
                first, last = by_year[values["since"]], by_year[values["until"]]
                found.append((last / first) ** (1 / 3) - 1 if first else 0.0)
        rates = [rate for rate in found if near(abs(rate), values["rate"])]
        return any(rate > 0 if sign > 0 else rate < 0 for rate in rates)

    return rule


def since(sign: int) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        for column in ("active", "members"):
            if frame[column].fillna(0).any():
                first, last = ends(frame, column)
                fits = {
                    "change": abs(last / first - 1),
                    "difference": abs(last - first),
                    "times": last / first,
                }
                told = {name: value for name, value in fits.items() if name in values}
                if told and all(near(values[name], value) for name, value in told.items()):
                    return direction(last - first) == sign
        return False

    return rule


def flow(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    row = frame[frame["year"] == values["year"]].iloc[0]
    net = row["founded"] - row["closed"]
    return (values["founded"], values["closed"], values["net"]) == (
        row["founded"],
        row["closed"],
        abs(net),
    )


def closings(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    """Exactly the finished years with closings, as many as foundings or more."""
    finished = frame[~frame["provisional"].astype(bool) & (frame["closed"] > 0)]
    years = finished.loc[finished["closed"] >= finished["founded"], "year"].tolist()
    if "n" in values:
        return (values["n"], values["of"]) == (len(years), int((~frame["provisional"]).sum()))
    spans = re.findall(r"(\d{4})(?:–(\d{4}))?", values["years"])
    told = [n for first, last in spans for n in range(int(first), int(last or first) + 1)]
    return told == years


def flow_peak(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    top = frame[frame["founded"] == frame["founded"].max()]
    years = (
        all(str(year) in values["peak_year"] for year in top["year"])
        if len(top) <= 3
        else str(len(top)) in values["peak_year"]
    )
    sums = (frame["founded"].sum(), frame["closed"].sum())
    return (
        years
        and values["peak"] == top["founded"].iloc[0]
        and sums == (values["founded"], values["closed"])
    )


def reports_most(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    share = frame["reported"] / frame["active"].where(frame["active"] > 0)
    top = frame[share == share.max()]
    return near(values["share"], share.max()) and all(
        str(year) in values["best"] or len(top) > 3 for year in top["year"]
    )


def gone(column: str) -> Rule:
    """Nothing is left, and so many there once were."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        return bool(values["peak"] == frame[column].max() and not frame[column].iloc[-1])

    return rule


def profile(sign: int) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        now = frame["members"].iloc[-1]
        return count_of(values["members"]) == now and direction(now - values["before"]) == sign

    return rule


def many_hold(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    return int((by_district(frame, view) == values["n"]).sum()) == values["districts"] > 3


def lost(sign: int) -> Rule:
    """The best change of any district is none, or a loss."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        return direction((by_district(frame, view) - by_district(frame, view, 3)).max()) == sign

    return rule


def district_course(sign: int) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        now, then = by_district(frame, view).sum(), by_district(frame, view, 3).sum()
        return values["before"] == then and direction(now - then) == sign

    return rule


def number_course(sign: int) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        return direction(count_of(values["count"]) - values["first"]) == sign

    return rule


def lull(is_more: bool) -> Rule:
    """Brisk growth over three years, then two finished years and what follows at hardly more."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        by_year, since = frame.set_index("year")["active"], values["since"]
        first, base, last = by_year[since - 3], by_year[since], by_year.iloc[-1]
        later = by_year[by_year.index > since]
        until = frame.loc[~frame["provisional"].astype(bool), "year"].max()
        return bool(
            until == since + 2
            and first >= 20
            and base >= first * 1.03**3 * (1 - 1e-9)
            and later.min() >= base
            and later.max() < base * 1.01**2
            and (last > base) == is_more
        )

    return rule


CLAIMS: Mapping[str, Rule] = {
    **{f"growth.takeaway.rose_{what}": course(1) for what in PEOPLE},
    **{f"growth.takeaway.fell_{what}": course(-1) for what in PEOPLE},
    **{f"growth.takeaway.same_{what}": course(0) for what in PEOPLE},
    **{f"growth.since.{key}": since(1) for key in ("up", "more", "times")},
    **{f"growth.since.{key}": since(-1) for key in ("down", "fewer")},
    **{f"growth.pace.{key}": pace(1) for key in ("grows", "steady", "slows", "speeds", "recovers")},
    **{f"growth.pace.{key}": pace(-1) for key in ("falls", "turns")},
    "hero.stalls": lull(is_more=True),
    "hero.stopped": lull(is_more=False),
    "hero.gone": gone("active"),
    "growth.title.gone_kub": gone("active"),
    "growth.title.gone_members": gone("members"),
    **{f"growth.size.smaller{end}": compared(-1) for end in ("", "_falling")},
    **{f"growth.size.larger{end}": compared(1) for end in ("", "_falling")},
    "growth.size.takeaway": index,
    **{f"growth_flow.{key}": flow for key in ("more", "fewer", "same")},
    "growth.takeaway.closings": closings,
    "growth.takeaway.closings_many": closings,
    "growth_flow.takeaway": flow_peak,
    "growth_reported.takeaway": reports_most,
    "profile_years.up": profile(1),
    "profile_years.down": profile(-1),
    "district_growth.leads": holds_most,
    "district_growth.level": holds_most,
    "district_growth.level_many": many_hold,
    **{f"district_growth.{key}": gained for key in ("gained", "gained_level", "gained_many")},
    "district_growth.lost": lost(0),
    "district_growth.lost_all": lost(-1),
    "district_growth.up": district_course(1),
    "district_growth.down": district_course(-1),
    **{
        f"sectors.{key}_{what}": sector_share
        for key in ("title", "named", "level")
        for what in PEOPLE
    },
    "sector_years.takeaway": alone,
    "sector_years.takeaway_named": alone,
    "sector_years.takeaway_level": sector_leads,
    "sector_years.title_up": share_of(1),
    "sector_years.title_down": share_of(-1),
    "sector_years.title_up_most": furthest(1),
    "sector_years.title_down_most": furthest(-1),
    "sector_years.number_up": number_course(1),
    "sector_years.number_down": number_course(-1),
    "finding.sector.title": sector_share,
    "finding.sector.named": sector_share,
    "finding.sector.tie": tie,
}
