"""What the coverage charts of Desa say: how many villages have a KUB, in which districts, and since when."""

from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import Row, at, plural, records
from kub.findings.reach import NAMED, RANKED_FROM
from kub.words import Words

# Years without a new village from which the title says so.
STANDSTILL = 2


def coverage(frame: pd.DataFrame, words: Words, kelurahan: bool = False, tell: str = "", **_: Any) -> Finding:
    """How many villages have a KUB, and where the share is highest. kelurahan: that is what they are called here.

    tell="districts": the districts first, where the total is said already.
    """
    nouns = _noun(words, kelurahan)
    subtitle = words("coverage.subtitle", noun=nouns)
    if frame.empty:
        return Finding(words("villages.title.empty"), subtitle, words("villages.todo"))
    covered, of = int(frame["covered"].sum()), int(frame["villages"].sum())
    said: dict[str, Any] = {"covered": covered, "villages": of, "share": covered / of, "noun": nouns}
    if len(frame) == 1:
        title = words("coverage.one", district=frame["district"].iloc[0], **said)
    elif covered in (0, of):
        title = words("coverage.all" if covered else "coverage.none", **said)
    elif tell == "districts" and (highest := _highest(frame, words, "coverage.first")):
        without = int((frame["covered"] == 0).sum())
        left = plural(words, "coverage.first_without", without, of=len(frame)) if without else ""
        rest = "" if without else f" {_districts(frame, words)}"
        return Finding(highest + left, subtitle, f"{words('coverage.title', **said)}.{rest}")
    else:
        title = words("coverage.title", **said) + _highest(frame, words)
    return Finding(title, subtitle, _districts(frame, words))


def _highest(frame: pd.DataFrame, words: Words, key: str = "coverage.highest") -> str:
    """'; tertinggi di …' among districts with enough villages; nothing where too many share it."""
    large = frame[frame["villages"] >= RANKED_FROM]
    top = large[large["share"] == large["share"].max()]
    if not 0 < len(top) <= NAMED or not top["covered"].iloc[0]:
        return ""
    return words(key, names=words.listing(list(top["district"])), share=top["share"].iloc[0])


def _districts(frame: pd.DataFrame, words: Words) -> str:
    """How many districts have no KUB yet, by name if they are few; else where the share is lowest."""
    without = list(frame.loc[frame["covered"] == 0, "district"])
    if len(without) == len(frame):
        return plural(words, "coverage.nowhere", len(frame))
    if len(without) > NAMED:
        return words("coverage.without_many", n=len(without), of=len(frame))
    if without:
        return words("coverage.without", names=words.listing(without))
    lowest = frame[frame["share"] == frame["share"].min()]
    if len(lowest) > NAMED or len(lowest) == len(frame):
        return words("coverage.everywhere")
    names = words.listing(list(lowest["district"]))
    return words("coverage.lowest", names=names, share=lowest["share"].iloc[0])


def coverage_years(
    frame: pd.DataFrame, words: Words, kelurahan: bool = False, published: pd.DataFrame | None = None, **_: Any
) -> Finding:
    """From how many villages to how many, and whether the reach still grows.

    published: rows of `reconcile`; those about villages (desa) are told beside.
    """
    marks = named_desa(published)
    subtitle = words("coverage_years.subtitle", noun=_noun(words, kelurahan)) + (
        words("coverage_years.published") if marks else ""
    )
    rows = records(frame)
    reached = next((row for row in rows if row["covered"]), None)
    if reached is None:
        return Finding(words("coverage_years.none"), subtitle, words("villages.todo"))
    last = rows[-1]
    said = {**last, "at": at(last, words), "noun": _noun(words, kelurahan, last["villages"])}
    takeaway = words("coverage_years.takeaway", **said)
    if marks:
        takeaway += " " + words("coverage_years.takeaway_published", figures=_published(marks, words))
    return Finding(_course(rows, reached, words, kelurahan), subtitle, takeaway)


def _course(rows: list[Row], first: Row, words: Words, kelurahan: bool) -> str:
    last = rows[-1]
    said = {"first": first["covered"], "since": first["year"], "last": last["covered"], "until": last["year"]}
    change = "single" if first is last else "same"
    if first["covered"] != last["covered"]:
        change = "up" if last["covered"] > first["covered"] else "down"
    nouns = _noun(words, kelurahan, first["covered"])  # `same` and `single`: both are equal
    title = words(f"coverage_years.{change}", noun=nouns, **said)
    if change not in ("up", "down"):
        return title
    moved = [row["year"] for row in rows if row["covered"] != last["covered"]]
    still = min(row["year"] for row in rows if row["year"] > max(moved))
    return title + (words("coverage_years.still", year=still) if last["year"] - still >= STANDSTILL else "")


def named_desa(published: pd.DataFrame | None) -> list[Row]:
    """The published numbers of villages. published: rows of `reconcile`, or None where none are to be shown."""
    return [] if published is None else records(published[published["indicator"] == "desa"])


def _published(marks: list[Row], words: Words) -> str:
    return words.listing([f"{words.number(mark['published'])} ({words.date(mark['date'])})" for mark in marks])


def _noun(words: Words, kelurahan: bool, n: float = 2) -> str:
    return plural(words, f"villages.noun.{'kelurahan' if kelurahan else 'village'}", n)
