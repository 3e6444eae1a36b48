"""What a card gives away: the rows of its answer as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from kub.answers.answer import Answer
from kub.answers.file_name import file_name
from kub.exports.csv import Writing, csv
from kub.exports.xlsx import sheet
from kub.words import Words

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """A file as it is saved. rows: how many of the answer it holds."""

    name: str
    media_type: str
    body: bytes
    rows: int


def file(
    answer: Answer, ending: str, asked: Sequence[str], words: Words, extra: Sequence[str] = ()
) -> File:
    """The file of that ending. asked: the writings wanted of a CSV, of which the first known one
    counts; extra: sentences that a workbook says besides.

    Raises KeyError for a writing or an ending that there is not.
    """
    if ending == "xlsx":
        name, body = file_name(answer, "xlsx", words), sheet(answer, words, extra)
        return File(name, SHEET, body, len(answer.frame))
    writing = next((known for known in get_args(Writing) if known in asked), None)
    if ending != "csv" or writing is None:
        raise KeyError(ending)
    name, body = file_name(answer, "csv", words, writing), csv(answer, words, writing)
    return File(name, "text/csv; charset=utf-8", body, len(answer.frame))
