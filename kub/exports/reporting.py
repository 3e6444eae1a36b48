"""The KUB that have not reported, as files and as messages to be sent."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import xlsxwriter

from kub.answers.source import Source, source_line
from kub.exports.csv import Writing, of_frame
from kub.exports.data_files import slug
from kub.exports.xlsx import LABELS, NOTES, OPTIONS, formats, write_rows
from kub.store.reporting import Calendar, District
from kub.words import Words

MOST_LINES = 60  # KUB that a message names


def source(calendar: Calendar) -> Source:
    """What the list rests on."""
    programme = calendar.data.programmes[str(calendar.filters.programme)]
    version = calendar.data.version.label
    return Source(version, programme.name, as_of=calendar.as_of, sample=programme.is_sample)


def file_name(calendar: Calendar, ending: str, words: Words) -> str:
    """'kub-belum-lapor_BPI-BATANG_2023_contoh.xlsx'; of one district with its code."""
    parts = [words("calendar.file"), slug(str(calendar.filters.programme)), str(calendar.year)]
    parts += [slug(code) for code in calendar.filters.districts]
    parts += [words("cell.sample_file")] if source(calendar).sample else []
    return f"{'_'.join(parts)}.{ending}"


def as_csv(calendar: Calendar, words: Words, writing: Writing) -> bytes:
    """All rows under their code names."""
    return of_frame(calendar.missing(), source(calendar).sample, words, writing)


def as_xlsx(calendar: Calendar, words: Words, title: str) -> bytes:
    """All rows under the headings that people read, and a sheet that says what they are."""
    frame, out = calendar.missing(), io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        page = book.add_worksheet(words("card.xlsx_rows"))
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.repeat_rows(0)
        write_rows(page, frame, words, formats(book))
        notes = book.add_worksheet(words("card.xlsx_notes"))
        notes.set_column(0, 0, LABELS)
        notes.set_column(1, 1, NOTES)
        lines = {"title": title, "source": source_line(source(calendar), words)}
        for row, (name, text) in enumerate(lines.items()):
            notes.write_string(row, 0, words(f"card.xlsx_{name}"))
            notes.write_string(row, 1, text)
        if frame["withheld"].any():
            notes.write_string(len(lines), 1, words("calendar.withheld"))
    return out.getvalue()


def message(calendar: Calendar, district: District, words: Words) -> str:
    """A plain text for one district, as messengers take it: which KUB are waited for, by village,
    without any figure about people.
    """
    filters = replace(calendar.filters, districts=(district.code,))
    frame = replace(calendar, filters=filters).missing(MOST_LINES)
    values = {"year": calendar.year, "as_of": calendar.as_of}
    lines = [words("calendar.message.head", **vars(district), **values)]
    for village, rows in frame.groupby("village", sort=False):
        lines += ["", words("calendar.message.village", village=village)]
        lines += [_line(*row, words) for row in _rows(rows)]
    if district.missing > len(frame):
        lines += ["", words("calendar.message.more", n=district.missing - len(frame))]
    return "\n".join([*lines, "", words("calendar.message.foot", year=calendar.year)])


def _rows(frame: pd.DataFrame) -> Sequence[tuple[str, str, pd.Timestamp]]:
    return list(frame[["name", "kub_id", "reported_on"]].itertuples(index=False, name=None))


def _line(name: str, kub_id: str, reported_on: pd.Timestamp, words: Words) -> str:
    # On one line, whatever a record holds.
    values = {"name": " ".join(name.split()), "kub_id": kub_id}
    if pd.isna(reported_on):
        return words("calendar.message.never", **values)
    return words("calendar.message.kub", on=reported_on, **values)
