"""The profile of one KUB under the list: what it is, what is known of it year by year, and the
rows of workbooks that say so.
"""

import pandas as pd

from kub.answers.answer import Answer, asked, build_answer
from kub.findings.numbers import Number
from kub.findings.phrases import Row, records
from kub.store.kub_list import KubList
from kub.ui.content import Content
from kub.ui.content_blocks import left_aside
from kub.ui.link import Unknown
from kub.web import blocks
from kub.web.twin import table
from kub.words import Words
from kub.words import columns as columns_of
from queries.filters import Filters


def show(p: Content, listed: KubList) -> None:
    """The profile that the link opens, if it opens one."""
    values = p.view.parsed.controls.get("kub", ())
    if not values:
        return
    matching = records(listed.single(values[-1]))
    if not matching:
        unknown = Unknown("kub", values[-1], "control")
        p.notices.append(left_aside([unknown], p.words, {"kub": None}))
        return
    profile(p, listed, matching[0])


def profile(p: Content, listed: KubList, row: Row) -> None:
    """Large numbers, members and revenue from year to year. row: of the question `kubs`."""
    words = p.words
    history = listed.history([row["kub_id"]])
    place = words("kub_profile.place", **{name: row[name] for name in _PLACE})
    close = blocks.Action(words("kub_profile.close"), {"kub": None})
    panel = p.panel("kub", row["name"], place, close)
    panel.numbers(numbers(row, records(history), words), words("kub_profile.numbers"))
    charts = [_answer(p, "kub_history", history, row)]
    if history["revenue_idr"].notna().any():
        charts.append(_answer(p, "kub_revenue", history, row))
    for column, answer in zip(panel.columns(*(1 for _ in charts)), charts, strict=True):
        column.card(answer, height=260)
    sources(panel, listed.sources(row["kub_id"]))


def sources(p: Content, rows: pd.DataFrame) -> None:
    """The row of the KUB itself in words, those of its reports as a table."""
    words, own = p.words, rows.iloc[0]
    if pd.isna(own["source_row"]):
        p.add(blocks.Note([words("origin.older")]))
        return
    place = {"sheet": own["sheet"], "row": int(own["source_row"]), "file": own["file"]}
    title = words("kub_profile.rows", **place)
    p.add(blocks.Rows("kub_rows", title, table(rows.iloc[1:].reset_index(drop=True), words)))


_PLACE = ("kub_id", "village", "village_code", "district")


def _answer(p: Content, chart: str, history: pd.DataFrame, row: Row) -> Answer:
    here = Filters(programme=p.filters.programme, until=p.filters.until)
    filters = asked(p.data, "kubs", here)
    frame = history.drop(columns="kub_id")
    return build_answer(p.data, chart, frame, filters, p.words, computed={"name": row["name"]})


def numbers(row: Row, history: list[Row], words: Words) -> list[Number]:
    """row: of `kubs`; history: of queries.listing.history."""
    sector = columns_of.writer("sector", words)(row["sector"])
    activity = columns_of.writer("trade", words)(row["activity"]) if row["activity"] else ""
    state = words("kub_profile.running")
    if not row["active"]:
        state = words("kub_profile.closed", closed_on=row["closed_on"])
    return [
        Number(words("kub_profile.sector"), sector, activity),
        Number(words("kub_profile.founded"), words.write(row["founded_on"], "d"), state),
        _members(row, words),
        _missing(row, history, words),
    ]


def _members(row: Row, words: Words) -> Number:
    label = words("kub_profile.members")
    if row["withheld"]:
        return Number(label, words("withheld.short"), words("withheld.note"))
    note: str = "" if pd.isna(row["women"]) else words("kub_profile.women", women=row["women"])
    return Number(label, words.write(row["members"], "n"), note)


def _missing(row: Row, history: list[Row], words: Words) -> Number:
    """How many of its years have no report, and which."""
    label = words("kub_profile.missing")
    if row["withheld"]:
        return Number(label, words("withheld.short"), words("withheld.note"))
    missing = [str(year["year"]) for year in history if not year["reported"]]
    note = ", ".join(missing) if missing else words("kub_profile.missing_none")
    return Number(label, words.number(len(missing)), note)
