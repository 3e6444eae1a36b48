"""What Ekonomi says of the years: how revenue moved on the KUB that state it in both years, what a
KUB earns, what the assets are.

A change is told of matched KUB alone: a bare total also moves with how many KUB report it.
"""

import pandas as pd

from kub.findings import Finding
from kub.findings.overview import known
from kub.findings.phrases import Row, at, plural, records, signed_share, with_period
from kub.words import Words


def in_year(row: Row, words: Words) -> str:
    """'in 2022', or 'in 2023 (until 30 June 2023)' of an unfinished year.

    row: year, as_of, provisional.
    """
    state = "provisional" if row["provisional"] else "finished"
    return words(f"economy.in.{state}", year=row["year"], on=row["as_of"])


def reported_years(frame: pd.DataFrame) -> list[Row]:
    """The rows of `revenue` from the first year in which any KUB stated it; [] where none did."""
    rows = records(frame)
    first = next((number for number, row in enumerate(rows) if row["earners"]), len(rows))
    return rows[first:]


def title_year(rows: list[Row]) -> Row:
    """The row that titles speak of: the last finished year, else the last. rows: at least one."""
    return next((row for row in reversed(rows) if not row["provisional"]), rows[-1])


def revenue(frame: pd.DataFrame, words: Words) -> Finding:
    """How revenue changed on matched KUB in the last finished year; how many state it, and what
    they earn.
    """
    rows = reported_years(frame)
    subtitle = " · ".join([with_period(words("revenue.subtitle"), rows), *_unfinished(rows, words)])
    measure = words("revenue.measure")
    if not rows:
        return Finding(words("revenue.none"), subtitle, words("economy.none_todo"), measure=measure)
    row = title_year(rows)
    sentences = [_stated(row, words), _before(rows, row, words)]
    return Finding(
        matched(row, words) or _level(row, words),
        subtitle,
        " ".join(sentence for sentence in sentences if sentence),
        words("revenue.caveat"),
        measure,
    )


def matched(row: Row, words: Words) -> str:
    """How the revenue of matched KUB changed in the year; '' where that is not known."""
    move = moved(row, words)
    if not move:
        return ""
    values = {"change": abs(row["matched_change"]), "year": row["year"]}
    return plural(words, f"revenue.{move}", row["matched_kub"], **values)


def moved(row: Row, words: Words) -> str:
    """How the revenue of matched KUB moved: rose, fell or same; '' where that is not known."""
    if not known(row["matched_change"]):
        return ""
    # As written: a change that reads 0,0 % has no direction.
    sign = signed_share(words, row["matched_change"])[:1]
    return {"+": "rose", "−": "fell"}.get(sign, "same")


def _level(row: Row, words: Words) -> str:
    """What a KUB earns, where no change can be told; or why that cannot be either."""
    when = in_year(row, words)
    if known(row["revenue_per_kub"]):
        return words("revenue.level", amount=row["revenue_per_kub"], when=when)
    return words("revenue.withheld" if row["earners"] else "revenue.silent", when=when)


def _stated(row: Row, words: Words) -> str:
    """How many of those that lived state revenue, and how much that is."""
    when = in_year(row, words)
    if not row["earners"]:
        return words("revenue.stated_none", when=when, lived=row["lived"])
    stated = words(
        "revenue.stated",
        when=when,
        earners=row["earners"],
        lived=row["lived"],
        share=row["stated_share"],
    )
    if not known(row["revenue_idr"]):
        return f"{stated}. {words('economy.withheld')}"
    amounts = {name: row[name] for name in ("revenue_idr", "revenue_per_kub")}
    if not known(row["revenue_per_member"]):
        return stated + words("revenue.amounts_kub", **amounts)
    return stated + words(
        "revenue.amounts", **amounts, revenue_per_member=row["revenue_per_member"]
    )


def _before(rows: list[Row], row: Row, words: Words) -> str:
    """The change of the year before the one in the title: one year is no course."""
    earlier = next((other for other in rows if other["year"] == row["year"] - 1), None)
    if earlier is None or not known(earlier["matched_change"]):
        return ""
    written = signed_share(words, earlier["matched_change"])
    return words("revenue.before", change=written, year=earlier["year"], n=earlier["matched_kub"])


def _unfinished(rows: list[Row], words: Words) -> list[str]:
    if not rows or not rows[-1]["provisional"]:
        return []
    last = rows[-1]
    return [words("growth.subtitle.provisional", year=last["year"], on=last["as_of"])]


def revenue_averages(frame: pd.DataFrame, words: Words) -> Finding:
    """Mean beside median of a KUB's year, and what that is per member."""
    rows = reported_years(frame)
    subtitle = " · ".join(
        [with_period(words("revenue_averages.subtitle"), rows), *_unfinished(rows, words)]
    )
    if not rows:
        return Finding(words("revenue.none"), subtitle, words("economy.none_todo"))
    row = title_year(rows)
    if not known(row["revenue_per_kub"]):
        return Finding(_level(row, words), subtitle, _stated(row, words))
    values = {"when": in_year(row, words), "mean": row["revenue_per_kub"]}
    if known(row["median_per_kub"]):
        title = words("revenue_averages.title", median=row["median_per_kub"], **values)
        sentences = [words("revenue_averages.median")]
    else:
        title = words("revenue.level", amount=row["revenue_per_kub"], when=values["when"])
        sentences = [words("revenue_averages.no_median")]
    if known(row["revenue_per_member"]):
        sentences.append(words("revenue_averages.member", amount=row["revenue_per_member"]))
    first = next((other for other in rows if known(other["revenue_per_kub"])), row)
    if first is not row:
        sentences.append(
            words(
                "revenue_averages.first",
                amount=first["revenue_per_kub"],
                when=in_year(first, words),
            )
        )
    return Finding(title, subtitle, " ".join(sentences))


def asset_years(frame: pd.DataFrame) -> list[Row]:
    """The rows of `revenue` from the first year in which any KUB states assets; [] where none."""
    rows = records(frame)
    first = next((number for number, row in enumerate(rows) if row["assets_kub"]), len(rows))
    return rows[first:]


def revenue_assets(frame: pd.DataFrame, words: Words) -> Finding:
    """What the assets of the KUB that state any come to."""
    rows = asset_years(frame)
    subtitle = " · ".join(
        [with_period(words("revenue_assets.subtitle"), rows), *_unfinished(rows, words)]
    )
    if not rows:
        return Finding(words("revenue_assets.none"), subtitle, words("economy.none_todo"))
    last = rows[-1]
    kub, when = last["assets_kub"], at(last, words)
    if not kub:
        return Finding(words("revenue_assets.gone", when=when), subtitle, "")
    if not known(last["assets_idr"]):
        title = plural(words, "revenue_assets.withheld", kub, when=when)
        return Finding(title, subtitle, words("economy.withheld"))
    title = plural(words, "revenue_assets.title", kub, amount=last["assets_idr"], when=when)
    mean = words("revenue_assets.mean", amount=last["assets_idr"] / kub)
    return Finding(title, subtitle, mean, words("revenue_assets.caveat"))
