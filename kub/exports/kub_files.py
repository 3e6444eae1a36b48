"""The list of KUB as a file that is made while it is sent: CSV and Parquet row by row, whatever
their number, Excel in memory up to a bound.

Names, columns and values are those of `ask kubs` (kub/exports/data_files.py). What the rows rest
on is in the file's name, in the metadata of Parquet and on a sheet of Excel.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from kub.answers.answer import asked, build_answer
from kub.answers.scope import scope
from kub.answers.source import Source, source_line, source_of
from kub.exports import csv as csv_file
from kub.exports.csv import Writing
from kub.exports.data_files import ARROW, MEDIA_TYPES, SAMPLE, slug, typed
from kub.exports.xlsx import sheet
from kub.store.kub_list import KubList
from kub.words import Words

XLSX_MOST = 100_000  # rows, at about 2 kB of memory each
PIECE = 1 << 16  # bytes of a file that is read back
QUESTION = "kubs"


class TooLong(Exception):
    """More rows than a workbook of Excel is made of here."""


@dataclass(frozen=True)
class StreamedFile:
    """A file as it is sent. chunks: to be read once."""

    name: str
    media_type: str
    chunks: Iterator[bytes]


def file(
    listed: KubList, columns: Sequence[str], ending: str, words: Words, writing: Writing
) -> StreamedFile:
    """The list with some of its columns. writing: of CSV.

    Raises KeyError for an ending other than csv, xlsx and parquet, TooLong.
    """
    source = source_of(listed.data, QUESTION, listed.filters)
    makers: dict[str, Callable[[], Iterator[bytes]]] = {
        "csv": partial(_csv, listed, columns, source, words, writing),
        "parquet": partial(_parquet, listed, columns, source, words),
        "xlsx": partial(_xlsx, listed, columns, words),
    }
    make = makers[ending]
    if ending == "xlsx" and listed.number() > XLSX_MOST:
        raise TooLong
    return StreamedFile(_name(listed, source, ending, words), MEDIA_TYPES[ending], make())


def _name(listed: KubList, source: Source, ending: str, words: Words) -> str:
    """'kub-kubs_BPI-BATANG_2023-06-30_contoh.csv', as by address."""
    as_of = listed.data.as_of(listed.filters)
    parts = [f"kub-{QUESTION}", slug(listed.filters.programme or "")]
    parts += [as_of.isoformat()] if as_of else []
    parts += [words("cell.sample_file")] if source.sample else []
    return "_".join(parts) + f".{ending}"


def _csv(
    listed: KubList, columns: Sequence[str], source: Source, words: Words, writing: Writing
) -> Iterator[bytes]:
    head = pd.DataFrame(columns=list(columns))
    yield csv_file.of_frame(head, source.sample, words, writing)
    for frame in listed.batches():
        yield csv_file.lines(frame[list(columns)], source.sample, words, writing)


def _parquet(
    listed: KubList, columns: Sequence[str], source: Source, words: Words
) -> Iterator[bytes]:
    """Written to a file without a name and read back: its end says where its parts begin."""
    kinds = {name: ARROW[kind] for name, kind in listed.data.types(QUESTION).items()}
    fields = [pa.field(name, kinds[name]) for name in columns]
    schema = pa.schema([*fields, pa.field(SAMPLE, pa.bool_())], _about(listed, source, words))
    with tempfile.TemporaryFile() as held:
        with pyarrow.parquet.ParquetWriter(held, schema) as writer:
            for frame in listed.batches():
                arrays = [typed(frame[name], kinds[name]) for name in columns]
                arrays.append(pa.array([source.sample] * len(frame), pa.bool_()))
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        held.seek(0)
        while piece := held.read(PIECE):
            yield piece


def _about(listed: KubList, source: Source, words: Words) -> Mapping[str, str]:
    """What the rows rest on."""
    return {
        "kub_version": listed.data.version.name,
        "kub_as_of": str(listed.data.as_of(listed.filters) or ""),
        "kub_scope": scope(listed.data, listed.filters, words),
        "kub_list": narrowed(listed, words),
        "kub_source": source_line(source, words),
    }


def _xlsx(listed: KubList, columns: Sequence[str], words: Words) -> Iterator[bytes]:
    frames = list(listed.batches())
    frame = pd.concat(frames, ignore_index=True) if frames else listed.rows(0, 0)
    filters = asked(listed.data, QUESTION, listed.filters)
    answer = build_answer(listed.data, QUESTION, frame, filters, words)
    shown = replace(answer, frame=frame[list(columns)])
    yield sheet(shown, words, [narrowed(listed, words)])


def narrowed(listed: KubList, words: Words) -> str:
    """What narrows the list beyond the filters, in words."""
    listing = listed.listing
    parts = [words("listing.narrowed_state", state=words(f"state.{listing.state}"))]
    if listing.reported != "all":
        parts.append(words(f"reported.{listing.reported}"))
    if listing.search:
        parts.append(words("listing.narrowed_search", text=" ".join(listing.search)))
    return " · ".join(parts)
