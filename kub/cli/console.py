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
from kub.store.versions import printable
from kub.words import LANGUAGES, Words, of
from kub.words.columns import written

# No highlighting: Rich would colour the digits of a code as if they were a number.
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
SHOWN = 100  # problems printed: beyond them a person mends the first and checks again


def harmless(text: object) -> str:
    """Text of a file's name or of another program, without signs that would move the cursor."""
    return "".join(filter(str.isprintable, printable(text)))


def say(text: str) -> None:
    out.print(Text(text))


def warn(text: str) -> None:
    """Print on standard error, beside the answer, which may go to a machine."""
    err.print(Text(text, "bold yellow"))


@contextmanager
def progress(words: Words) -> Iterator[ProgressCall]:
    """A bar on a terminal; nothing where output is read by a machine."""
    # The description comes from words and may hold brackets, which Rich reads as markup.
    columns = (TextColumn("{task.description}", markup=False), *Progress.get_default_columns()[1:])
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda share, label: bar.update(task, completed=share, description=words(label))


def problems(rejected: Sequence[Problem], words: Words) -> None:
    """Problems first, then warnings; each with its place, the value as written and what to do."""
    # By name: "problem" comes before "warning".
    ordered = sorted(rejected, key=lambda problem: problem.level)
    for problem in ordered[:SHOWN]:
        _problem(problem, words)
    if len(ordered) > SHOWN:
        say(words("cli.more", count=len(ordered) - SHOWN))
    count = sum(problem.level == "problem" for problem in rejected)
    if rejected:
        say(words("cli.counts", problems=count, warnings=len(rejected) - count))
    else:
        say(words("cli.clean"))


def _problem(problem: Problem, words: Words) -> None:
    what, todo = problem.message(words)
    row, value = "", ""
    if problem.row is not None:
        row = words("cli.row", row=problem.row)
    if problem.value:
        value = f"  {words('cli.written', value=problem.value)}"
    place = " · ".join(part for part in (problem.file, problem.sheet, row, problem.column) if part)
    style = "bold red" if problem.level == "problem" else "bold yellow"
    out.print(
        Text.assemble(Text(words(f"cli.{problem.level}"), style), f"  {place}", Text(value, "dim")),
        Text(f"  {what}"),
        Text(f"  → {todo}\n"),
        sep="\n",
    )


def problem_rows(rejected: Sequence[Problem]) -> list[dict[str, Any]]:
    """The problems for machines: place, rule and level, and the sentences of both languages.

    Both, whatever --lang says: whoever reads the JSON chooses later.
    """
    rows = []
    for problem in rejected:
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


def answer(shown: Answer, words: Words, codes: bool = False) -> None:
    """Title, table and source line of an answer. codes: with those of places and KUB."""
    out.print(Text(shown.title, "bold"))
    out.print(Text(shown.subtitle, "dim"))
    if shown.frame.empty:
        say(words("cli.empty"))
    else:
        # A terminal has no room for three of every column.
        out.print(_table(written(shown.short_frame, words, codes)))
    say(source_line(shown.source, words))


def replaced(programme_id: str, now: Standing, before: Standing | None, words: Words) -> None:
    """How much of a programme was imported, and how much it replaces: a workbook with half its rows
    is noticed here.
    """
    size = _size(now, words)
    # Invented records are no measure of what should be there.
    if before and not before.is_sample:
        size = words("cli.instead", now=size, before=_size(before, words))
    say(f"{programme_id}: {size}")


def _size(standing: Standing, words: Words) -> str:
    if standing.years is not None:
        return words("yearly.size", years=standing.years)
    return words("cli.size", kub=standing.kub, reports=standing.reports)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows of text under their headings."""
    listed = _headed(headings)
    for row in rows:
        listed.add_row(*map(Text, row))
    out.print(listed)


def info(facts: dict[str, Any], words: Words) -> None:
    """What a data version holds. facts: as kub.store.summary returns them."""
    say(f"{words('cli.info.version')}: {facts['version']}")
    say(
        f"{words('cli.info.built_at')}: {facts['built_at']:%Y-%m-%d %H:%M} UTC "
        f"({facts['importer']})"
    )
    say(f"{words('cli.info.default')}: {facts['default_programme']}")
    # Three tables, not one: a programme has several source files, and rows belong to the version.
    programmes = _headed(
        words(f"cli.column.{name}") for name in ("programme", "name", "regency", "as_of", "sample")
    )
    for row in facts["programmes"]:
        sample = words("cli.info.yes") if row["is_sample"] else words("cli.info.no")
        name = f"{row['name']} ({words('yearly.mark')})" if row["is_card"] else row["name"]
        programmes.add_row(
            *map(
                Text,
                (
                    row["programme_id"],
                    name,
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
    """A table of cells that are text already.

    A lone row stands upright: side by side its headings would be wider than three terminals.
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
        # Folded, not cut: an answer without the end of its cells would be another answer.
        table.add_column(Text(heading), overflow="fold")
    return table
