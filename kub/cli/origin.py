"""The rows of records behind an answer, on a terminal or for a pipe: `ask QUESTION --origin`."""

import codecs
import sys
from dataclasses import replace

import typer

from kub.answers.answer import answer
from kub.answers.origins import origin_of, readable, rows_behind
from kub.answers.rows import rows_of
from kub.cli import console, options
from kub.exports.data_files import file_of
from kub.exports.downloads import narrowed_by
from kub.findings import Finding
from kub.store import provenance
from kub.store.data import Data
from kub.words import Words
from queries import REFERENCE
from queries.filters import Filters


def show(data: Data, question: str, filters: Filters, form: str, words: Words) -> None:
    """Print the first kind of rows of a question: those that its figure counts.

    Ends with status 1 where no records stand behind it.
    """
    kinds = origin_of(data, question, filters).rows
    if not kinds:
        console.warn(words("origin.reference" if question in REFERENCE else "origin.card"))
        raise typer.Exit(1)
    behind = rows_behind(data, question, kinds[0], filters)
    options.note_download(data, narrowed_by(data, filters), behind.count, words, question=question)
    if form != "table":
        rows = replace(rows_of(data, question, filters), frame=behind.frame)
        sys.stdout.buffer.write(file_of(rows, form, words).removeprefix(codecs.BOM_UTF8))
        return
    asked = answer(data, question, filters, words)
    finding = Finding(words(f"origin.kind.{kinds[0]}"), asked.title, "")
    console.answer(
        replace(asked, frame=readable(data, behind, filters), finding=finding), words, codes=True
    )
    programme = data.programme(filters).programme_id
    for file, sha256, imported_at in provenance.files(data.con, programme).itertuples(index=False):
        console.say(f"{file} · SHA-256 {sha256} · {imported_at:%Y-%m-%d %H:%M} UTC")
    if not provenance.knows_rows(data.con, programme):
        console.warn(words("origin.older"))
