"""The problems of a drop: as a table that stays usable with thousands, as CSV, and as the same
workbooks with their bad cells marked.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from kub.exports.csv import of_frame
from kub.records import sandbox
from kub.records.marks import Listing, Mark
from kub.records.problems import Problem
from kub.records.source import Upload
from kub.ui.records.drop import Drop
from kub.words import LANGUAGES, MISSING, Words, of

SHOWN = 50  # a page of the table
RULE, PAGE = "records-rule", "records-page-{}".format
COLUMNS = ("sheet", "row", "column", "value", "rule", "todo")
WIDTHS = (14, 8, 22, 26, 60, 60)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(drop: Drop, words: Words) -> None:
    """Draw what is wrong, problems before warnings, and what can be taken along."""
    assert drop.checked
    listed = ordered(drop.checked.problems)
    _downloads(drop, listed, words)
    rules = Counter(problem.rule for problem in listed)
    if len(rules) > 1 and len(listed) > SHOWN // 2:
        titles = {problem.rule: problem.title(words) for problem in listed}
        chosen = st.selectbox(
            words("upload.problems.filter"),
            [None, *rules],
            format_func=lambda rule: _choice(rule, titles, rules, words),
            key=RULE,
        )
        listed = [problem for problem in listed if chosen in (None, problem.rule)]
    pages = max(1, -(-len(listed) // SHOWN))
    drop.page = min(drop.page, pages - 1)
    start = drop.page * SHOWN
    files = len({problem.file for problem in drop.checked.problems}) > 1
    st.html(table(listed[start : start + SHOWN], words, files))
    if pages > 1:
        _pager(drop, pages, len(listed), words)


def ordered(problems: Sequence[Problem]) -> list[Problem]:
    """Problems, which stop an import, before warnings; else as they stand in the files."""
    # By name: "problem" comes before "warning".
    return sorted(problems, key=lambda problem: problem.level)


def _choice(rule: str | None, titles: dict[str, str], rules: Counter[str], words: Words) -> str:
    if rule is None:
        return words("upload.problems.all", count=rules.total())
    return f"{titles[rule]} ({words.number(rules[rule])})"


def _pager(drop: Drop, pages: int, count: int, words: Words) -> None:
    first = drop.page * SHOWN + 1
    with st.container(key="records-pager", horizontal=True, vertical_alignment="center"):
        st.button(
            words("upload.problems.previous"),
            key=PAGE("previous"),
            disabled=drop.page == 0,
            on_click=_turn,
            args=(drop, -1),
        )
        last = min(first + SHOWN - 1, count)
        place = words("upload.problems.place", first=first, last=last, count=count)
        st.html(f'<p class="kub-records-note">{escape(place)}</p>', width="content")
        st.button(
            words("upload.problems.next"),
            key=PAGE("next"),
            disabled=drop.page == pages - 1,
            on_click=_turn,
            args=(drop, 1),
        )


def _turn(drop: Drop, by: int) -> None:
    drop.page += by


def table(problems: Sequence[Problem], words: Words, files: bool) -> str:
    """HTML of problems. files: whether each says its file."""
    names = ("file", *COLUMNS) if files else COLUMNS
    labels = {name: escape(words(f"upload.problems.{name}")) for name in names}
    heads = "".join(f'<th scope="col">{labels[name]}</th>' for name in names)
    rows = []
    for problem in problems:
        cells = _cells(problem, words)
        columns = "".join(
            f'<td data-label="{labels[name]}" class="{name}">{cells[name]}</td>' for name in names
        )
        rows.append(f'<tr class="{problem.level}">{columns}</tr>')
    label = escape(words("upload.problems.title"))
    return (
        f'<div class="kub-records-problems" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cells(problem: Problem, words: Words) -> dict[str, str]:
    what, todo = problem.message(words)
    level = escape(words(f"cli.{problem.level}"))
    return {
        "file": escape(problem.file),
        "sheet": escape(problem.sheet or MISSING),
        "row": MISSING if problem.row is None else words.number(problem.row),
        "column": escape(problem.column or MISSING),
        "value": escape(problem.value or MISSING),
        "rule": f'<b class="kub-records-level">{level}</b> {escape(what)}',
        "todo": escape(todo),
    }


def _downloads(drop: Drop, listed: Sequence[Problem], words: Words) -> None:
    with st.container(key="records-downloads", horizontal=True, gap="small"):
        for number, file in enumerate(drop.files):
            own = [problem for problem in listed if problem.file == file.name]
            if own and file.suffix.lower() in (".xlsx", ".xlsm"):
                name = words("upload.marked.button", file=file.name)
                st.download_button(
                    name,
                    data=partial(marked, file, own, words),
                    file_name=words("upload.marked.file", stem=PurePath(file.name).stem),
                    mime=XLSX,
                    key=f"records-marked-{number}",
                    type="primary",
                    on_click="ignore",
                )
        st.download_button(
            words("upload.problems.csv"),
            data=partial(csv, listed, words),
            file_name=words("upload.problems.file"),
            mime="text/csv",
            key="records-problems-csv",
            on_click="ignore",
        )


def marked(file: Upload, problems: Sequence[Problem], words: Words) -> bytes:
    """The workbook with its bad cells marked; the list of them alone where it cannot be."""
    marks = [_mark(problem, words) for problem in problems]
    listing = _listing(words)
    bound = sandbox.bounds()
    # Reading a workbook cell by cell and writing it takes longer than checking it.
    content = sandbox.mark(file, marks, listing, replace(bound, seconds=2 * bound.seconds))
    if content is None:
        from kub.records import marked as writer  # openpyxl, which no page needs

        alone = _listing(words, "upload.marked.alone")
        return writer.listed(marks, alone)
    return content


def _mark(problem: Problem, words: Words) -> Mark:
    what, todo = problem.message(words)
    level = words(f"cli.{problem.level}")
    cells: tuple[str | int, ...] = (
        problem.sheet or MISSING,
        MISSING if problem.row is None else problem.row,
        problem.column or MISSING,
        problem.value or "",
        f"{level}: {what}",
        todo,
    )
    return Mark(problem.sheet, problem.row, problem.column, problem.level, what, todo, cells)


def _listing(words: Words, note: str = "upload.marked.note") -> Listing:
    languages = [words, *(of(lang) for lang in LANGUAGES if lang != words.lang)]
    return Listing(
        tuple(other("upload.marked.sheet") for other in languages),
        tuple(other("upload.marked.title") for other in languages),
        words(note),
        tuple(words(f"upload.problems.{name}") for name in COLUMNS),
        WIDTHS,
    )


def csv(problems: Sequence[Problem], words: Words) -> bytes:
    """All problems, a row each."""
    rows: list[dict[str, Any]] = []
    for problem in problems:
        what, todo = problem.message(words)
        values = (
            problem.file,
            problem.sheet,
            problem.row,
            problem.column,
            problem.value,
            what,
            todo,
        )
        row = dict(zip(("file", *COLUMNS), values, strict=True))
        rows.append({"level": words(f"cli.{problem.level}"), **row})
    names = ("level", "file", *COLUMNS)
    frame = pd.DataFrame(rows, columns=list(names)).astype({"row": "Int64"})
    headed = frame.rename(columns={name: words(f"upload.problems.{name}") for name in names})
    return of_frame(headed, False, words, "id" if words.lang == "id" else "intl")
