"""Where a number comes from, as the panel under a card shows it: the value, what it means, the
question that was asked with its values, the rows behind it, and the files that these came from.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import queries
from kub.answers.answer import NO_GUESTS, Answer
from kub.answers.catalog import CATALOG
from kub.answers.origins import Rows, origin_of, readable, rows_behind
from kub.store import provenance
from kub.store.data import Data
from kub.web import blocks
from kub.web.twin import table
from kub.words import Words
from queries.filters import Filters

FIRST = 200  # rows on the screen; files have all
MOST_IN_SHEET = 50_000  # rows, which take 20 s to write as a workbook; CSV has no such bound
_LABELS = ("title", "close", "value", "meaning", "rows", "sql", "bound", "copy", "copied", "files")


@dataclass(frozen=True)
class RowsShown:
    """Rows of one kind. note: how many there are; cut: what is left out on the screen; sql: their
    question; sheet: whether they are few enough for a workbook.
    """

    kind: str
    title: str
    note: str
    cut: str
    sql: str
    sheet: bool
    table: blocks.Table | None = None


@dataclass(frozen=True)
class OriginPanel:
    """What origin.js draws. meanings: name, sentence, formula. bound: name and value, in words.
    copy: the question with its values in comments above it.
    """

    value: str
    measure: str
    notes: Sequence[str]
    meanings: Sequence[tuple[str, str, str]]
    sql: str
    bound: Sequence[tuple[str, str]]
    copy: str
    rows: Sequence[RowsShown]
    files: blocks.Table | None
    words: dict[str, str]


def panel(data: Data, answer: Answer, words: Words) -> OriginPanel:
    """Where the numbers of an answer come from. data: of the answer's version and role."""
    question = answer.question
    origin = origin_of(data, question, answer.filters)
    behind = [rows_behind(data, question, kind, answer.filters, FIRST) for kind in origin.rows]
    return OriginPanel(
        value=answer.title,
        measure=answer.subtitle,
        notes=notes(data, answer, behind, words),
        meanings=[meaning(item, words) for item in origin.meanings],
        sql=queries.sql(question).strip(),
        bound=bound(answer, words),
        copy=copied(answer),
        rows=[_shown(data, rows, answer.filters, words) for rows in behind],
        files=_files(data, answer, words),
        words={name: words(f"origin.{name}") for name in _LABELS},
    )


def meaning(item: str, words: Words) -> tuple[str, str, str]:
    """Name, sentence and formula of a definition of the method page."""
    name, says, formula = (
        words(f"method.item.{item}.{part}") for part in ("name", "says", "formula")
    )
    return name, says, formula


def bound(answer: Answer, words: Words) -> list[tuple[str, str]]:
    """The values that the question was asked with, in words where there is none."""
    values = queries.bound(queries.heeded(answer.question), answer.filters)
    # A guest's figures stay in the session: the list says that there are some, not which.
    values.pop("guests", None)
    listed = [(name, _in_words(value, words)) for name, value in values.items()]
    if answer.source.guests:
        listed.append(("guests", words("origin.guests_bound")))
    return listed


def _in_words(value: object, words: Words) -> str:
    if value is None:
        return words("origin.none")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or words("origin.all")
    return str(value)


def copied(answer: Answer) -> str:
    """The question as SQL, with the values it was bound with as comments above it."""
    values = queries.bound(queries.heeded(answer.question), answer.filters, NO_GUESTS)
    # As JSON a value has no line break, so that none ends the comment.
    lines = [
        f"-- ${name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()
    ]
    return "\n".join([*lines, queries.sql(answer.question).strip()])


def notes(data: Data, answer: Answer, behind: Sequence[Rows], words: Words) -> list[str]:
    """What must be known before rows are read: what is not known, or not shown."""
    programme = data.programme(answer.filters)
    listed = []
    if CATALOG[answer.chart].computed:
        listed.append(words("origin.computed"))
    if answer.source.guests:
        listed.append(words("origin.guests"))
    if answer.question in queries.REFERENCE:
        return [*listed, words("origin.reference")]
    if programme.is_card:
        listed.append(words("origin.card"))
    elif not provenance.knows_rows(data.con, programme.programme_id):
        listed.append(words("origin.older"))
    if any("withheld" in rows.frame and rows.frame["withheld"].any() for rows in behind):
        listed.append(words("origin.withheld"))
    if data.role == "reader" and any("revenue_idr" in rows.frame for rows in behind):
        listed.append(words("origin.money"))
    return listed


def _shown(data: Data, rows: Rows, filters: Filters, words: Words) -> RowsShown:
    frame = readable(data, rows, filters)
    texts = [words("origin.count", count=rows.count)]
    if rows.members is not None:
        texts.append(words("origin.members", members=rows.members))
    return RowsShown(
        rows.kind,
        words(f"origin.kind.{rows.kind}"),
        " · ".join(texts),
        words("origin.cut", shown=len(frame)) if rows.count > len(frame) else "",
        queries.rows_sql(rows.kind).strip(),
        rows.count <= MOST_IN_SHEET,
        table(frame, words, FIRST, codes=True) if len(frame) else None,
    )


def _files(data: Data, answer: Answer, words: Words) -> blocks.Table | None:
    if answer.question in queries.REFERENCE:
        return None
    rows = provenance.files(data.con, data.programme(answer.filters).programme_id)
    texts = rows.assign(imported_at=rows["imported_at"].dt.strftime("%Y-%m-%d %H:%M"))
    headings = [words("column.file"), words("column.sha256"), words("method.imported")]
    headings.append(words("card.xlsx_version"))
    version = data.version.name
    return blocks.Table(headings, [[*row, version] for row in texts.to_numpy().tolist()])


def file_notes(data: Data, answer: Answer, kind: str, words: Words) -> list[str]:
    """The sentences that a workbook of rows says besides: what the figure means, the values it was
    asked with, the files with their SHA-256, and the query of the rows.
    """
    origin = origin_of(data, answer.question, answer.filters)
    lines = [f"{name}: {says}" for name, says, _ in (meaning(i, words) for i in origin.meanings)]
    lines += [f"${name} = {value}" for name, value in bound(answer, words)]
    programme = data.programme(answer.filters).programme_id
    files = provenance.files(data.con, programme).to_dict("records")
    lines += [f"{file['file']} · SHA-256 {file['sha256']}" for file in files]
    return [*lines, queries.rows_sql(kind).strip()]
