"""What findings about revenue and assets claim, checked against their rows; and that every amount of
a text is one of them.
"""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.support.claims import OTHER, Listening, Rule, Values, direction, near

AMOUNT = re.compile(
    "Rp\u00a0[\\d.,]+(?:[ \u00a0](?:ribu|juta|miliar|triliun|thousand|million|billion|trillion))?"
)
MONEY = ("revenue_idr", "revenue_per_kub", "median_per_kub", "revenue_per_member", "assets_idr")


def of_year(sign: int) -> Rule:
    """The last finished year listed, its change, and over how many KUB that is."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        finished = frame[~frame["provisional"].astype(bool)]
        row = finished.iloc[-1]
        change = row["matched_change"]
        written = direction(round(1000 * change))  # as it is written, in tenths of a percent
        return (
            values["year"] == row["year"]
            and near(values["change"], abs(change))
            and values.get("n", row["matched_kub"]) == row["matched_kub"]
            and written == sign
        )

    return rule


def ranked_sectors(frame: pd.DataFrame) -> pd.DataFrame:
    named = frame["sector"] != OTHER
    return frame[named & (frame["earners"] >= 5) & frame["revenue_per_kub"].notna()]


def sector_leads(whole: bool) -> Rule:
    """One sector alone has the highest mean; whole: of all that state revenue, none withheld."""

    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        rows = ranked_sectors(frame)
        top = rows[rows["revenue_per_kub"] == rows["revenue_per_kub"].max()]
        stated = frame[frame["earners"] > 0]["revenue_per_kub"]
        is_whole = bool(stated.notna().all()) and near(stated.max(), values["amount"])
        return (
            len(top) == 1
            and len(rows) > 1
            and near(values["amount"], top["revenue_per_kub"].iloc[0])
            and values["sector"] == view["words"](f"sector.{top['sector'].iloc[0]}")
            and values["of"] == len(rows)
            and is_whole == whole
        )

    return rule


def village_leads(column: str) -> Rule:
    def rule(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
        rows = frame[(frame["earners"] >= 5) & frame[column].notna()]
        top = rows[rows[column] == rows[column].max()]
        names = all(name in values["names"] for name in top["village"])
        alike = near(values["amount"], top[column].iloc[0])
        return names and alike and values["n"] == len(top) < len(rows) == values["of"]

    return rule


def first_villages(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    column = view.get("revenue_measure", "revenue_per_kub")
    rows = frame[(frame["earners"] >= 5) & frame[column].notna()]
    top = rows[rows[column] == rows[column].max()]
    return all(f"{name} (" in values["names"] for name in top["village"])


def most_missing(frame: pd.DataFrame, values: Values, view: Mapping[str, Any]) -> bool:
    counts = frame["district"].value_counts()
    return all(f"{name} (" in values["names"] for name in counts[counts == counts.max()].index)


def _known(frame: pd.DataFrame) -> list[float]:
    """Every amount of the rows; means of assets and the middle of villages are computed of them."""
    found = [0.0]
    for column in (name for name in MONEY if name in frame):
        values = frame[column].dropna().astype(float)
        found += [*values, *([values.median()] if len(values) else [])]
    if "assets_kub" in frame:
        found += [*(frame["assets_idr"] / frame["assets_kub"]).dropna()]
    return found


def amounts(listening: Listening, texts: list[str], frame: pd.DataFrame) -> None:
    """Every amount of the texts was written from one of the rows."""
    shown = {amount for text in texts for amount in AMOUNT.findall(text)}
    written = {text: value for text, value in listening.money if text in shown}
    assert shown == written.keys() | (shown & {"Rp\u00a00"}), (shown - written.keys(), texts)
    known = _known(frame)
    wrong = [text for text, value in written.items() if not any(near(value, k) for k in known)]
    assert not wrong, (wrong, texts)


def without(text: str) -> str:
    """A text without its amounts: their digits are no counts."""
    return AMOUNT.sub("", text)


def _forms(key: str, rule: Rule) -> dict[str, Rule]:
    return {f"{key}.{n}": rule for n in ("one", "many")}


CLAIMS: Mapping[str, Rule] = {
    **_forms("revenue.rose", of_year(1)),
    **_forms("revenue.fell", of_year(-1)),
    **_forms("revenue.same", of_year(0)),
    "finding.revenue.rose": of_year(1),
    "finding.revenue.fell": of_year(-1),
    "revenue_sectors.leads": sector_leads(whole=True),
    "revenue_sectors.leads_ranked": sector_leads(whole=False),
    **_forms("revenue_villages.leads.revenue_per_kub", village_leads("revenue_per_kub")),
    **_forms("revenue_villages.leads.revenue_per_member", village_leads("revenue_per_member")),
    **_forms("revenue_villages.leads.revenue_idr", village_leads("revenue_idr")),
    "revenue_ranking.first": first_villages,
    "revenue_missing.most": most_missing,
}
