"""Excel workbooks: a quick survey of the cells, then calamine, which is fast but trusting.

calamine lays a sheet out as one full rectangle and ends the whole process where memory for it is
missing; a single stray cell at XFD1048576 is enough. It also gives formula errors as blanks, which
would hide a fault. So the XML is looked through first: how far the cells reach, and where errors stand.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from io import BytesIO
from itertools import chain
from operator import itemgetter
from typing import IO, Any
from xml.etree import ElementTree

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from kub.records import cells
from kub.records.columns import Raw
from kub.records.grid import Grid, Unreadable, headings, no_rows
from kub.records.source import Source, Upload

# Rows times columns of the rectangle that holds all cells: 1,048,576 rows of 28 columns.
LARGEST_AREA = 30_000_000
LARGEST_BYTES = 4 * 2**30
# What anyone hands in to the running service shares its memory; 10,000 KUB with their reports take a fifth of it.
LARGEST_UPLOAD_AREA = 5_000_000
LARGEST_UPLOAD_BYTES = 2**28
_CHUNK = 2**20
_OVERLAP = 2**10

# A cell that holds something; one that is only formatted closes itself (`/>`).
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
# A formula without a result, as programs write that do not calculate. Text may be empty and yet a result.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>\s*'
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass
class Survey:
    """How far a sheet's cells reach, and what calamine would give as blanks by (row from 1, column from 0):
    formula errors, and formulas without a result."""

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def grids(path: Source, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Callable[[], Grid]]]:
    """(name, how to open it) of each wanted sheet. Raises Unreadable if `path` is no workbook that can be read."""
    with _told():
        _refuse_old(path)
        surveys = _survey(path, wanted)
        book = _opened(path)
    most = LARGEST_UPLOAD_AREA if isinstance(path, Upload) else LARGEST_AREA
    with book:
        for name in book.sheet_names:
            if wanted(name):
                yield name, partial(_grid, book, name, surveys.get(name, Survey()), most)


def _opened(path: Source) -> CalamineWorkbook:
    if isinstance(path, Upload):
        return CalamineWorkbook.from_filelike(BytesIO(path.content))
    return CalamineWorkbook.from_path(path)


# RuntimeError and NotImplementedError are how zipfile says: encrypted member, unknown compression.
_FAULTS: tuple[type[Exception], ...] = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    LookupError,
    ValueError,
    OSError,
    RuntimeError,
)


@contextmanager
def _told() -> Iterator[None]:
    """Faults of the file itself, as Unreadable."""
    try:
        yield
    except _FAULTS as error:
        raise Unreadable("unreadable", reason=str(error)[:200]) from error


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _refuse_old(path: Source) -> None:
    """Excel keeps a workbook with a password, and the old .xls, in another container than a zip."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            encrypted = "EncryptedPackage".encode("utf-16-le") in file.read()
            raise Unreadable("encrypted") if encrypted else Unreadable("wrong_type", suffix=".xls")


def _grid(book: CalamineWorkbook, name: str, survey: Survey, most: int) -> Grid:
    if survey.rows * survey.columns > most:
        raise Unreadable("stray_cells", rows=survey.rows, columns=survey.columns)
    with _told():
        sheet = book.get_sheet_by_name(name)
    rows = _with_errors(sheet.iter_rows(), survey.errors)
    found = headings(rows)
    if found is None:
        return Grid(name, [], no_rows)
    number, row = found
    return Grid(name, [cells.text(cell) for cell in row], partial(_take, rows, first=number + 1))


def _with_errors(rows: Iterator[list[Any]], errors: dict[tuple[int, int], str]) -> Iterator[tuple[int, list[Any]]]:
    broken = {row for row, _ in errors}
    for number, row in enumerate(rows, 1):
        if number in broken:
            row = [errors.get((number, column), cell) for column, cell in enumerate(row)]
        yield number, row


def _take(rows: Iterator[tuple[int, list[Any]]], at: Sequence[int], *, first: int) -> tuple[list[Raw], pa.Array]:
    if not at:
        return no_rows(at)
    # With one position more itemgetter gives a tuple also for a single column.
    pick = itemgetter(*at, at[0])
    columns = [list(column) for column in zip(*(pick(row) for _, row in rows), strict=True)]
    if not columns:
        return no_rows(at)
    return [*columns[: len(at)]], pa.array(range(first, first + len(columns[0])), pa.int32())


def _survey(path: Source, wanted: Callable[[str], bool]) -> dict[str, Survey]:
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if isinstance(path, Upload) and size > LARGEST_UPLOAD_BYTES:
            raise Unreadable("too_large_upload", mb=LARGEST_UPLOAD_BYTES // 2**20)
        if size > LARGEST_BYTES:
            raise Unreadable("too_large_file")
        found = {}
        for name, member in _members(archive):
            if wanted(name):
                with archive.open(member) as xml:
                    found[name] = _survey_sheet(xml)
        return found


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(sheet name, member of the archive) as workbook.xml and its relations say."""
    book = _root_of(archive)
    folder, file = posixpath.split(book)
    relations = ElementTree.fromstring(archive.read(f"{folder}/_rels/{file}.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in ElementTree.fromstring(archive.read(book)).iter():
        if element.tag.rsplit("}", 1)[-1] == "sheet":
            ident = next((value for key, value in element.items() if key.endswith("}id")), None)
            target = targets.get(ident, "")
            yield element.get("name", ""), posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _root_of(archive: zipfile.ZipFile) -> str:
    """The member that holds the workbook itself."""
    relations = ElementTree.fromstring(archive.read("_rels/.rels"))
    targets = {relation.get("Type", "").rsplit("/", 1)[-1]: relation.get("Target", "") for relation in relations}
    return targets["officeDocument"].lstrip("/")


def _survey_sheet(xml: IO[bytes]) -> Survey:
    survey, kept = Survey(), b""
    letters: set[bytes] = set()
    for chunk in chain(iter(lambda: xml.read(_CHUNK), b""), [b""]):
        text = kept + chunk
        found = _CELL.findall(text)
        if found:
            letters.update({column for column, _ in found})
            survey.rows = max(survey.rows, int(found[-1][1]), int(found[0][1]))
        if b't="e"' in text:
            for column, row, error in _ERROR.findall(text):
                survey.errors[int(row), _position(column)] = error.decode(errors="replace")
        if _FORMULA.search(text):
            for column, row, formula in _UNCALCULATED.findall(text):
                written = cells.UNCALCULATED + unescape(formula.decode(errors="replace"))
                survey.errors[int(row), _position(column)] = written
        kept = text[-_OVERLAP:]
    survey.columns = max((_position(column) + 1 for column in letters), default=0)
    return survey


def _position(letters: bytes) -> int:
    """A is 0, Z 25, AA 26."""
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1
