"""All programmes side by side on all indicators, as one table that can be read and projected."""

from collections.abc import Container
from html import escape
from pathlib import Path
from statistics import median

import pandas as pd
import streamlit as st

from kub.answers.answer import Answer
from kub.findings.peers import elsewhere
from kub.findings.phrases import Row, records
from kub.words import MISSING, Words
from kub.words.columns import indicator_kind

_MEDIAN = 'scope="col" class="median"'
# Beside a value: whether it means the same as the others in its row. Never by colour alone.
SIGNS = {"yes": "", "partly": "≈", "no": "≠"}
# Missing of a loaded programme, these are known and withheld: gini where single villages are, the
# others by themselves.
OF_PEOPLE = frozenset({"members", "members_per_kub", "members_per_1k", "women_share", "gini"})
# These are withheld where there are KUB that state their revenue.
OF_MONEY = frozenset({"revenue_per_kub", "revenue_per_member"})


def matrix(answer: Answer, words: Words, cards: Container[str] = ()) -> None:
    """The answer to `benchmark`: a row per indicator, a column per programme, the own one and
    guests first.

    Beside them stands the median of the others: loaded programmes of other regencies than the
    own one and the guest's. cards: programmes that share yearly figures only.
    """
    own = str(answer.filters.programme)
    rows = records(answer.frame)
    names = _columns(rows, own)
    # Every programme has a row for every indicator, if only with a missing value.
    cells = {(row["programme"], row["indicator"]): row for row in rows}
    # Where even the number of members is withheld, all that rests on people is.
    hidden = {
        row["programme"] for row in rows if row["indicator"] == "members" and pd.isna(row["value"])
    }
    others = escape(words("matrix.median"))
    if any(row["is_sample"] and row["programme"] != own for row in names.values()):
        others += f"<small>{escape(words('matrix.median_sample'))}</small>"
    heads = _placed(
        [(row, _head(row, own, cards, words)) for row in names.values()],
        own,
        f"<th {_MEDIAN}>{others}</th>",
    )
    body = "".join(
        _line(indicator, [cells[programme, indicator] for programme in names], own, hidden, words)
        for indicator in dict.fromkeys(row["indicator"] for row in rows)
    )
    st.html(Path(__file__).parent / "matrix.css")
    st.html(
        f'<div class="kub-matrix" tabindex="0" role="region" '
        f'aria-label="{escape(words("matrix.label"))}"><table>'
        f'<thead><tr><th scope="col">{escape(words("column.indicator"))}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
        f'<p class="kub-legend">{escape(words("matrix.legend"))}</p>'
    )


def _placed(cells: list[tuple[Row, str]], own: str, median: str) -> str:
    """HTML of a row's cells: own column and guests, the median, then the others.

    The table scrolls sideways: what a guest compares must stand within one screen.
    """
    near = [text for row, text in cells if _kind(row, own) != "other"]
    return "".join([*near, median, *(text for row, text in cells if _kind(row, own) == "other")])


def _columns(rows: list[Row], own: str) -> dict[str, Row]:
    """One row of each programme: the own one, guests, then the others in their order."""
    # Sorting is stable: within a kind the order of the question stays.
    ordered = sorted(rows, key=lambda row: (row["programme"] != own, not row["declared"]))
    return {row["programme"]: row for row in ordered}


def _head(row: Row, own: str, cards: Container[str], words: Words) -> str:
    dated = pd.notna(row["as_of"])
    notes: list[str] = []
    if dated:
        notes.append(words("matrix.as_of", on=row["as_of"]))
    else:
        notes.append(words("matrix.no_date"))
    if row["declared"]:
        notes.append(words("matrix.declared"))
    elif row["is_sample"]:
        notes.append(words("matrix.sample"))
    if row["programme"] in cards:
        notes.append(words("yearly.mark"))
    small = "".join(f"<small>{escape(text)}</small>" for text in notes)
    return (
        f'<th scope="col" class="{_kind(row, own)}">'
        f"{escape(words.regency(row['regency']))}{small}</th>"
    )


def _kind(row: Row, own: str) -> str:
    if row["programme"] == own:
        return "own"
    if row["declared"]:
        return "guest"
    return "other"


def _line(indicator: str, row: list[Row], own: str, hidden: Container[str], words: Words) -> str:
    spec = indicator_kind(indicator)
    cells = [
        (cell, f'<td class="{_kind(cell, own)}">{_cell(cell, spec, hidden, words)}</td>')
        for cell in row
    ]
    # The same choice as the sentence of the card, so that both name the same median.
    others = elsewhere(row, *(cell for cell in row if _kind(cell, own) != "other"))
    values = [cell["value"] for cell in others if pd.notna(cell["value"])]
    middle = MISSING
    if (
        values
    ):  # of an even number of counts the median may be 14,5: written as a count all the same
        middle = words.write(median(values), "n0" if spec == "n" else spec)
    name = escape(words(f"cell.indicator.{indicator}"))
    placed = _placed(cells, own, f'<td class="median">{escape(middle)}</td>')
    return f'<tr><th scope="row">{name}</th>{placed}</tr>'


def _cell(row: Row, spec: str, hidden: Container[str], words: Words) -> str:
    if pd.isna(row["value"]):
        few = row["indicator"] in OF_PEOPLE and not row["declared"]
        withheld = few and (
            row["programme"] in hidden or pd.isna(row["n"]) or row["indicator"] == "gini"
        )
        if row["indicator"] in OF_MONEY:
            withheld = not row["declared"] and row["n"] > 0
        reason = words("withheld.short") if withheld else words("matrix.unknown")
        return f"{MISSING}<small>{escape(reason)}</small>"
    value = f"<b>{escape(words.write(row['value'], spec))}</b>"
    if sign := SIGNS[row["definition"]]:
        reason = escape(words(f"cell.because.{row['because']}"))
        value += f' <abbr title="{reason}" aria-label="{reason}">{sign}</abbr>'
    if pd.notna(row["low"]):
        low, high = (words.write(row[end], spec) for end in ("low", "high"))
        if spec == "p":  # the sign stands at the value alone
            low, high = (words.number(100 * row[end], 1) for end in ("low", "high"))
        between = words("matrix.interval", low=low, high=high)
        value += f' <small class="between">{escape(between)}</small>'
    rank = _rank(row, words)
    return f"{value}<small>{escape(rank)}</small>" if rank else value


def _rank(row: Row, words: Words) -> str:
    if pd.isna(row["rank"]):
        return words("matrix.too_few", n=int(row["n"]))
    if row["ranked"] < 2:
        return ""
    rank = words("matrix.rank", rank=int(row["rank"]), ranked=int(row["ranked"]))
    # A range of ranks is shown where the intervals overlap.
    if pd.isna(row["rank_best"]) or row["rank_best"] == row["rank_worst"]:
        return rank
    return rank + words("matrix.range", best=int(row["rank_best"]), worst=int(row["rank_worst"]))
