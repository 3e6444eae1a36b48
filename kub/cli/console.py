"""What the command line prints: tables, problems, progress. Text from records is never read as
markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
from rich.console import Console
from rich.progress import Progress, TextColumn
from rich.table import Table
from rich.text import Text

from kub.answers.answer import Answer
from kub.answers.source import source_line
from kub.progress import Progress as ProgressCall
from kub.records.problems import Problem
from kub.records.reading import Reading
from kub.store.replaced import Standing
from kub.words import LANGUAGES, Words, of
from kub.words.columns import written

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
SHOWN = 100


def say(text: str) -> None:
    out.print(Text(text))


def warn(text: str) -> None:
    """Beside the answer, which may go to a machine."""
    err.print(Text(text, "bold yellow"))


@contextmanager
def progress(words: Words) -> Iterator[ProgressCall]:
    """A bar on a terminal; nothing where output is read by a machine."""
    columns = (TextColumn("{task.description}", markup=False), *Progress.get_default_columns()[1:])
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda share, label: bar.update(task, completed=share, description=words(label))


def problems(found: Sequence[Problem], words: Words) -> None:
    """Problems first, then warnings; each with its place, the value as written and what to do."""
    ordered = sorted(found, key=lambda problem: problem.level)
    for problem in ordered[:SHOWN]:
        what, todo = problem.message(words)
        row = None if problem.row is None else words("cli.row", row=problem.row)
        place = " · ".join(
            part for part in (problem.file, problem.sheet, row, problem.column) if part
        )
        label = Text(
            words(f"cli.{problem.level}"),
            "bold red" if problem.level == "problem" else "bold yellow",
        )
        written = Text(
            f"  {words('cli.written', value=problem.value)}" if problem.value else "", "dim"
        )
        out.print(
            Text.assemble(label, f"  {place}", written),
            Text(f"  {what}"),
            Text(f"  → {todo}\n"),
            sep="\n",
        )
    if len(ordered) > SHOWN:
        say(words("cli.more", count=len(ordered) - SHOWN))
    count = sum(problem.level == "problem" for problem in found)
    say(
        words("cli.counts", problems=count, warnings=len(found) - count)
        if found
        else words("cli.clean")
    )


def problem_rows(found: Sequence[Problem]) -> list[dict[str, Any]]:
    """The same for machines: place, rule and level, and both languages' sentences."""
    rows = []
    for problem in found:
        row = {
            name: getattr(problem, name)
            for name in ("file", "sheet", "row", "column", "value", "rule", "level")
        }
        for lang in LANGUAGES:
            row[f"what_{lang}"], row[f"todo_{lang}"] = problem.message(of(lang))
        rows.append(row)
    return rows


def reading(read: Reading, words: Words) -> None:
    """What was read and what was not, in a line or two for each sheet; long lists cut."""
    out.print(Text(words("reading.title"), "bold"))
    for line in read.lines(words):
        say(f"  {line}")


def answer(found: Answer, words: Words) -> None:
    """Title, table and source line of an answer."""
    out.print(Text(found.title, "bold"))
    out.print(Text(found.subtitle, "dim"))
    if found.frame.empty:
        say(words("cli.empty"))
    else:
        out.print(_table(written(found.frame, words)))
    say(source_line(found.source, words))


def replaced(programme_id: str, now: Standing, before: Standing | None, words: Words) -> None:
    """How much of a programme was imported, and instead of how much: a workbook with half its rows
    shows here.
    """
    said = words("cli.size", kub=now.kub, reports=now.reports)
    if before and not before.is_sample:
        said = words(
            "cli.instead",
            now=said,
            before=words("cli.size", kub=before.kub, reports=before.reports),
        )
    say(f"{programme_id}: {said}")


def info(facts: dict[str, Any], words: Words) -> None:
    say(f"{words('cli.info.version')}: {facts['version']}")
    say(
        f"{words('cli.info.built_at')}: {facts['built_at']:%Y-%m-%d %H:%M} UTC "
        f"({facts['importer']})"
    )
    say(f"{words('cli.info.default')}: {facts['default_programme']}")
    programmes = _headed(
        words(f"cli.column.{name}") for name in ("programme", "name", "regency", "as_of", "sample")
    )
    for row in facts["programmes"]:
        sample = words("cli.info.yes" if row["is_sample"] else "cli.info.no")
        programmes.add_row(
            *map(
                Text,
                (
                    row["programme_id"],
                    row["name"],
                    row["regency"],
                    words.write(row["as_of"], "d"),
                    sample,
                ),
            )
        )
    out.print(programmes)
    files = _headed(words(f"cli.column.{name}") for name in ("programme", "file", "sha256"))
    for row in facts["source_files"]:
        files.add_row(*map(Text, (row["programme_id"], row["file"], row["sha256"])))
    out.print(files)
    counts = _headed(words(f"cli.column.{name}") for name in ("table", "rows"))
    for name, count in facts["rows"].items():
        counts.add_row(name, words.number(count))
    out.print(counts)


def _table(frame: pd.DataFrame) -> Table:
    """Cells that are text already. A lone row stands upright: side by side its headings need three
    screens.
    """
    if len(frame) == 1:
        table = _headed(["", ""], show_header=False)
        for heading, value in frame.iloc[0].items():
            table.add_row(Text(str(heading), "bold"), Text(value))
        return table
    table = _headed(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        table.add_row(*map(Text, row))
    return table


def _headed(headings: Iterable[str], show_header: bool = True) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False, show_header=show_header)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table
