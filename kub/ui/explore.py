"""What Jelajah shows of single KUB: the list that the link asks for, its totals, its first rows."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kub.answers.link import Values
from kub.exports.csv import writings
from kub.exports.kub_files import XLSX_MOST
from kub.findings.numbers import Number
from kub.findings.phrases import records
from kub.store.kub_list import BLOCK, KubList
from kub.ui.content import Content
from kub.ui.view import View
from kub.web import blocks
from kub.web.listing import Column, Listing
from kub.words import Words, trades
from kub.words import columns as columns_of
from queries import listing as lists

# The columns of the list, each with its width in px. Codes are always there, as names are.
WIDTHS: Mapping[str, int] = {
    "name": 190,
    "kub_id": 104,
    "village": 130,
    "village_code": 130,
    "district": 130,
    "district_code": 110,
    "sector": 184,
    "activity": 160,
    "members": 98,
    "women": 110,
    "revenue_idr": 140,
    "assets_idr": 140,
    "has_reported": 104,
    "founded_on": 160,
    "closed_on": 160,
    "active": 90,
}
ALWAYS = ("name", "kub_id", "village_code")
USUAL = (
    *ALWAYS,
    "village",
    "sector",
    "activity",
    "members",
    "women",
    "revenue_idr",
    "has_reported",
)
COLUMNS = tuple(WIDTHS)
SORTS = tuple(f"{sign}{name}" for name in COLUMNS for sign in ("", "-"))
LONGEST, MOST_WORDS = 100, 8  # characters and words of a search
TEXTS = (
    *("search", "search_hint", "columns", "usual", "lines", "line", "line_single", "line_none"),
    *("line_withheld", "totals", "none", "none_todo", "loading", "help", "open", "lost"),
)


def listing(controls: Values | Mapping[str, Sequence[str]], words: Words) -> lists.Listing:
    """The list that a link asks for; what is unknown in it is left aside."""
    search = tuple(_folded(_last(controls, "search")).split())[:MOST_WORDS]
    return lists.Listing(
        search=search,
        trades=tuple(trades.called(word, words) for word in search),
        state=_known(controls, "state", lists.STATES),
        reported=_known(controls, "reported", lists.REPORTED),
        sort=_known(controls, "sort", (lists.SORT, *SORTS)),
    )


def kubs(view: View) -> KubList:
    """The KUB of a view. Raises YearlyOnly."""
    return KubList.of(view.data, view.filters, listing(view.parsed.controls, view.words))


def whole(view: View) -> KubList:
    """All KUB under the filters of a view, in the order of its list. Raises YearlyOnly."""
    asked = listing(view.parsed.controls, view.words)
    return KubList.of(view.data, view.filters, lists.Listing(state="all", sort=asked.sort))


def columns_of_file(controls: Values | Mapping[str, Sequence[str]], everything: bool) -> list[str]:
    """The columns of a file in the order of the question: those chosen, or all."""
    chosen = set(lists.SORTS) if everything else _chosen(controls)
    return [name for name in lists.SORTS if name in chosen]


def rows(listed: KubList, words: Words, offset: int, limit: int) -> list[Mapping[str, Any]]:
    """Rows of the block Listing."""
    frame = listed.rows(offset, limit)
    ids = [str(kub_id) for kub_id in frame["kub_id"]]
    lines = listed.members_by_year(ids)
    texts = {name: _texts(frame, name, words) for name in COLUMNS}
    return [
        {"id": kub_id, "cells": [texts[name][at] for name in COLUMNS], "line": lines.get(kub_id)}
        for at, kub_id in enumerate(ids)
    ]


def _texts(frame: pd.DataFrame, name: str, words: Words) -> list[str]:
    writers = columns_of.writers(frame, name, words)
    cells = zip(frame[name].tolist(), writers, strict=True)
    return [write(value) for value, write in cells]


def block(p: Content, listed: KubList) -> Listing:
    """The list with its first rows."""
    words, number = p.words, listed.number()
    chosen = _columns(p)
    sort = p.asked("sort", SORTS) or lists.SORT
    frame = listed.rows(0, 1)  # whose types say which columns are numbers
    return Listing(
        title=words("listing.title"),
        columns=[
            Column(
                name,
                columns_of.heading(name, frame[name], words),
                width,
                name in _NUMERIC,
                name in chosen,
                name in USUAL,
            )
            for name, width in WIDTHS.items()
        ],
        rows=rows(listed, words, 0, BLOCK),
        number=number,
        size=BLOCK,
        sort=sort,
        search=_last(p.view.parsed.controls, "search")[:LONGEST],
        totals=[(number.value, number.label, number.note) for number in totals(p, listed)],
        texts={name: words.texts[f"listing.{name}"] for name in TEXTS}
        | {"always": " ".join(ALWAYS), "limit": _limit(words, number)},
        files=_files(words, number, whole(p.view).number()),
        opened=_last(p.view.parsed.controls, "kub"),
    )


_NUMERIC = frozenset({"founded_on", "closed_on", "members", "women", "revenue_idr", "assets_idr"})


def _columns(p: Content) -> frozenset[str]:
    """The columns that the link chooses; names and codes always."""
    p.asked("cols", COLUMNS)  # says what is unknown
    return _chosen(p.view.parsed.controls)


def _chosen(controls: Mapping[str, Sequence[str]]) -> frozenset[str]:
    asked = [name for name in controls.get("cols", ()) if name in COLUMNS]
    return frozenset([*ALWAYS, *asked] if asked else USUAL)


def _limit(words: Words, number: int) -> str:
    return words("listing.xlsx_long", most=XLSX_MOST) if number > XLSX_MOST else ""


def _files(words: Words, number: int, of_all: int) -> list[tuple[str, str, str, str, bool]]:
    listed: list[tuple[str, str, str, str, bool]] = []
    for shown, rows_of_file in ((True, number), (False, of_all)):
        part = words("listing.shown" if shown else "listing.whole")
        for writing in writings(words):
            label = words(f"listing.csv_{writing}", part=part)
            listed.append(("csv", writing, label, words(f"card.csv_{writing}_help"), shown))
        if rows_of_file <= XLSX_MOST:
            label = words("listing.xlsx", part=part)
            listed.append(("xlsx", "", label, words("card.xlsx_help"), shown))
        label = words("listing.parquet", part=part)
        listed.append(("parquet", "", label, words("listing.parquet_help"), shown))
    return listed


def leads(p: Content) -> blocks.Leads:
    """On Ringkasan the number of reports leads an analyst to who sent none."""
    if not p.view.analyst:
        return {}
    about = p.words("explore.missing")
    return {p.words("headline.label.reported"): ("explore", {"reported": "no"}, about)}


def totals(p: Content, listed: KubList) -> list[Number]:
    """What the list adds up to."""
    words, total = p.words, _summed(p, listed)
    return [
        Number(words("explore.total"), words.number(total["kub"])),
        _members(total, words),
        _women(total, words),
        _revenue(total, year(p), words, p.data.role == "reader"),
    ]


def _summed(p: Content, listed: KubList) -> Mapping[str, Any]:
    """Sums of the list. Of all active KUB of a scope readers learn more than of any choice of them:
    what the question `headline` tells.
    """
    total = dict(listed.totals())
    if not total["withheld"] or listed.listing.plain != lists.Listing():
        return total
    [now] = records(p.data.ask("headline", listed.filters))
    if pd.isna(now["members"]):
        return total
    return {**total, "members": now["members"], "share": now["women_share"], "withheld": 0}


def _members(total: Mapping[str, Any], words: Words) -> Number:
    label = words("explore.members")
    if total["withheld"]:
        return Number(label, words("withheld.short"))
    return Number(label, words.write(total["members"] or 0, "n"))


def _women(total: Mapping[str, Any], words: Words) -> Number:
    label = words("explore.women")
    if total["withheld"]:
        return Number(label, words("withheld.short"))
    if "share" in total:  # of how many women state it nobody learns
        return Number(label, words.write(total["share"], "p"))
    if not total["women_members"]:
        return Number(label, words.write(None), words("explore.unknown"))
    share = total["women"] / total["women_members"]
    return Number(label, words.write(share, "p"), words("explore.known", n=total["women_members"]))


def _revenue(total: Mapping[str, Any], of_year: int, words: Words, reader: bool) -> Number:
    label = words("explore.revenue", year=of_year)
    if reader:
        return Number(label, words("withheld.short"))
    stated = words("explore.stated", n=total["stated"])
    return Number(label, words.write(total["revenue_idr"], "rp"), stated)


def year(p: Content) -> int:
    """The as-of year of the page, 0 where the programme has none."""
    as_of = p.data.as_of(p.filters)
    return as_of.year if as_of else 0


def _last(controls: Mapping[str, Sequence[str]], name: str) -> str:
    values = controls.get(name, ())
    return values[-1] if values else ""


def _known(controls: Mapping[str, Sequence[str]], name: str, options: Sequence[Any]) -> Any:
    """The last value that is known, else the first option."""
    values = reversed(controls.get(name, ()))
    return next((value for value in values if value in options), options[0])


def _folded(text: str) -> str:
    """Letters without case and accents, as strip_accents(lower(…)) of DuckDB has them."""
    apart = unicodedata.normalize("NFD", text[:LONGEST].lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
