"""The pivot table of Jelajah: a figure by two dimensions, as a heat map and as a table."""

import pandas as pd

from kub.charts.pivot import COLUMNS, ROWS, names, wide, written
from kub.findings.options import PIVOT_VALUES, PivotOptions
from kub.findings.pivot import ADDITIVE, SPECS, Labels
from kub.ui.content import Content
from kub.web import blocks
from queries.filters import DIMENSIONS

TABLE_ROWS, TABLE_COLUMNS = 300, 40


def show(p: Content, looks: blocks.Choice) -> None:
    """The controls, the picture and the table."""
    words, filters = p.words, p.filters
    rows, _ = p.control("rows", DIMENSIONS, format=lambda code: words(f"dimension.{code}"))
    columns, _ = p.control(
        "columns", DIMENSIONS, default="sector", format=lambda code: words(f"dimension.{code}")
    )
    values, value = p.control(
        "value", PIVOT_VALUES, format=lambda code: words(f"dimension_value.{code}")
    )
    p.controls(looks, values)
    p.controls(rows, columns)
    if filters.rows == filters.columns:
        p.add(blocks.Text(words("pivot.same"), words("pivot.same_todo"), boxed=True))
        return
    answer = p.answer("pivot", PivotOptions(value))
    p.card(answer)
    if answer.frame.empty:
        return
    lines, across = (answer.frame[f"{side}_code"].nunique() for side in ("row", "column"))
    if lines > ROWS or across > COLUMNS:
        p.add(blocks.Note([words("pivot.cut", rows=ROWS, columns=COLUMNS)]))
    p.add(_table(p, answer.frame, value))


def _table(p: Content, frame: pd.DataFrame, value: str) -> blocks.Rows:
    """All cells, with sums where figures add up and none is withheld."""
    words, filters, spec = p.words, p.filters, SPECS[value]
    labels = Labels(words, filters)
    table = wide(frame, value, TABLE_ROWS, TABLE_COLUMNS)
    row_names = names(frame, "row", filters.rows, labels.of)
    column_names = names(frame, "column", filters.columns, labels.of)
    kub = wide(frame, "kub", len(frame), len(frame))
    present = kub.reindex(index=table.index, columns=table.columns)
    headings = [words(f"dimension.{filters.rows}"), *(column_names[str(c)] for c in table.columns)]
    rows, order = [], []
    for code in table.index:
        pairs = zip(table.loc[code].tolist(), present.loc[code].tolist(), strict=True)
        cells = [_cell(p, figure, kub_there, value, spec) for figure, kub_there in pairs]
        rows.append([row_names[str(code)], *cells])
        order.append([None if pd.isna(v) else float(v) for v in table.loc[code]])
    whole = frame["row_code"].nunique() <= TABLE_ROWS and (
        frame["column_code"].nunique() <= TABLE_COLUMNS
    )
    cut = "" if whole else words("pivot.cut_table", rows=TABLE_ROWS, columns=TABLE_COLUMNS)
    title = words("pivot.table", value=words(f"pivot.value.{value}"))
    if spec == "rp":
        title = f"{title} ({words('pivot.million')})"
    numeric = list(range(1, len(headings)))
    sorted_by = {at: [line[at - 1] for line in order] for at in numeric}
    return blocks.Rows("pivot_table", title, blocks.Table(headings, rows, numeric, sorted_by, cut))


def _cell(p: Content, figure: float, kub_there: float, value: str, spec: str) -> str:
    """A figure, '0' or '' where no KUB lived, or that it is withheld."""
    if pd.notna(figure):
        return written(float(figure), spec, p.words)
    if pd.isna(kub_there):
        return p.words.number(0) if value in ADDITIVE and spec == "n" else ""
    # Money may be missing because nobody states it: only the analyst can tell.
    hidden = value in ("members", "women", "women_share") and p.data.role == "reader"
    return p.words("withheld.short") if hidden else "–"
