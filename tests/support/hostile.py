"""Files that bring a careless reader down, each built from nothing: name
→ builder, and the rules that tell of it.
"""

import csv
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kub.records.limits import Limits
from tests.support import workbooks
from tests.support.zips import (
    MAIN,
    MB,
    Member,
    around,
    book,
    far_apart,
    inline,
    member,
    parts,
    repeated,
    shared,
    sheet,
    zipped,
)

Corpus = dict[str, tuple[Callable[[Path], Path], set[str]]]


def members_without_end(folder: Path) -> Path:
    return zipped(
        folder / "a.xlsx", [*parts(), *(Member(f"x/{n}", b"\x03\x00") for n in range(20_000))]
    )


def bomb_in_another_method(folder: Path) -> Path:
    raw = lzma.compress(b"<row/>" * 2_000_000)
    return zipped(
        folder / "a.xlsx", [*parts(), Member("xl/worksheets/sheet0.xml", raw, 0, 12_000_000, 14)]
    )


def many_sheets(folder: Path) -> Path:
    return zipped(
        folder / "a.xlsx",
        [*parts(["KUB"] * 20_000), member("xl/worksheets/sheet0.xml", sheet(inline("kode_kub")))],
    )


def twice_in_the_zip(folder: Path) -> Path:
    one = member("xl/worksheets/sheet0.xml", sheet(inline("kode_kub", "x")))
    return zipped(folder / "a.xlsx", [*parts(), one, *[one] * 100])


def folder_with(name: str, build: Callable[[Path], object]) -> Callable[[Path], Path]:
    """A folder of good CSV files, one of them built by `build`."""

    def make(folder: Path) -> Path:
        path = workbooks.csv_folder(folder / "a", workbooks.good()) / name
        path.with_suffix(".csv").unlink()
        build(path)
        return path.parent

    return make


def of_size(size: int) -> Callable[[Path], None]:
    """A file of so many zero bytes that takes no room."""

    def build(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return build


def text(*lines: str) -> Callable[[Path], object]:
    return lambda path: path.write_text("".join(lines), "utf-8")


def parquet_bomb(path: Path) -> None:
    """A long text two million times, as one entry of a dictionary."""
    rows = 2_000_000
    value = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), pa.array(["x" * 5000]))
    table = pa.table({"kode_kub": value, "tanggal": value, "anggota": value})
    pq.write_table(table, path, store_schema=False)


def unknown_words(path: Path) -> None:
    """Every sector a new word that resembles many."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["kode_kub", "nama_kub", "kode_desa", "sektor", "tanggal_berdiri"])
        rows.writerows(
            [f"K{n}", "a", "33.25.13.2010", f"makanan ringan {n}", "2014"] for n in range(300_000)
        )


def links_in_a_circle(path: Path) -> None:
    path.symlink_to(path.name)


def device(folder: Path) -> Path:
    (folder / "a.xlsx").symlink_to("/dev/zero")
    return folder / "a.xlsx"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.xlsx")
    return folder / "a.xlsx"


def crowd(folder: Path) -> Path:
    (folder / "a").mkdir()
    for number in range(3000):
        (folder / "a" / f"kub{number}.csv").touch()
    return folder / "a"


def cut(folder: Path) -> Path:
    path = workbooks.xlsx(folder / "a.xlsx", workbooks.good())
    path.write_bytes(path.read_bytes()[:-300])
    return path


def no_zip(folder: Path) -> Path:
    (folder / "a.xlsx").write_bytes(b"PK\x03\x04" * 1000)
    return folder / "a.xlsx"


OPEN, CLOSE = around()
MERGES, _ = around("<mergeCells>@</mergeCells>")
WIDE = "".join(f"<row><c r='XFD{row}'><v>1</v></c></row>" for row in range(1, 4000)).encode()
ATTRIBUTES = " ".join(f"a{n}='1'" for n in range(50_000))
ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    f"<!ENTITY {name} '{f'&{inner};' * 10}'>".encode()
    for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
)
STRINGS = f"<sst xmlns='{MAIN}'>".encode()
# So small that each limit is met at once.
SMALL = Limits(file=64 * MB, inflated=6 * MB, cells=50_000, area=5_000_000, text=2_000_000)
# Small to build and quick to refuse: all of `make test`.
CORPUS: Corpus = {
    "stray quote": (far_apart("'", "A1", "XFD1048576"), {"stray_cells"}),
    "stray lower case": (far_apart('"', "a1", "xfd1048576"), {"stray_cells"}),
    "wide rows": (book(OPEN, WIDE, CLOSE), {"stray_cells"}),
    "address beyond the sheet": (far_apart('"', "A1", "ZZZ9999999"), {"cell_reference"}),
    "cells without end": (
        repeated("<row><c><v>1</v></c><c><v>2</v></c></row>", 150_000),
        {"too_many_cells"},
    ),
    "formatted cells without end": (repeated("<c s='1'/>", 2_500_000), {"too_large_inside"}),
    "text without end": (repeated(inline("x" * 10_000), 900), {"too_much_text"}),
    "one endless text": (repeated("x", 15 * MB), {"too_complex"}),
    "one endless attribute": (
        repeated("<row><c a='" + "x" * MB, 15),
        {"unreadable", "too_complex"},
    ),
    "many attributes": (repeated(f"<row {ATTRIBUTES}/>", 1), {"missing_heading"}),
    "nested without end": (repeated("<x>", 1_200_000), {"too_complex", "too_large_inside"}),
    "nested in a cell": (repeated("<row><c><is>", 1_500_000), {"too_large_inside"}),
    "merged without end": (
        book(MERGES, (b"<mergeCell ref='A1:XFD1048576'/>" * 10_000, 11)),
        {"too_complex"},
    ),
    "entities": (book(ENTITIES + b"]>" + sheet(inline("&i;"))), {"document_type"}),
    "a document from elsewhere": (
        book(b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + sheet("")),
        {"document_type"},
    ),
    "size that lies": (book(sheet(inline("a", "b") * 9), size=12), {"unreadable"}),
    "another method": (bomb_in_another_method, {"unreadable"}),
    "twenty thousand members": (members_without_end, {"too_many_members"}),
    "the same member a hundred times": (twice_in_the_zip, {"missing_heading", "unreadable"}),
    "fifty thousand sheets": (many_sheets, {"sheet_twice"}),
    "zip bomb in the strings": (
        shared("sharedStrings", "s.xml", STRINGS, (b"<si><t>" + b"a" * 1000 + b"</t></si>", 8_000)),
        {"too_much_text"},
    ),
    "strings without end": (
        shared("sharedStrings", "s.xml", STRINGS, (b"<si/>" * 100_000, 3)),
        {"too_many_cells"},
    ),
    "zip bomb in the styles": (
        shared(
            "styles",
            "s.xml",
            f"<styleSheet xmlns='{MAIN}'><cellXfs>".encode(),
            (b"<xf/>" * 100_000, 11),
        ),
        {"too_complex", "too_large_inside"},
    ),
    "zip bomb of blanks": (shared("styles", "s.xml", b"<a>", (b" " * MB, 5)), {"too_complex"}),
    "a string that is not there": (
        book(sheet("<row><c t='s'><v>9</v></c></row>")),
        {"shared_string"},
    ),
    "cut": (cut, {"unreadable"}),
    "no zip": (no_zip, {"unreadable"}),
    "device": (device, {"no_file"}),
    "pipe": (pipe, {"no_file"}),
    "circle of links": (folder_with("laporan.csv", links_in_a_circle), {"unreadable"}),
    "pipe in a folder": (folder_with("laporan.csv", os.mkfifo), {"no_file"}),
    "three thousand files": (crowd, {"too_many_files"}),
    "a line of five gigabytes": (
        folder_with("laporan.csv", of_size(5 * 2**30)),
        {"too_large_file"},
    ),
    "a parquet file of five gigabytes": (
        folder_with("laporan.parquet", of_size(5 * 2**30)),
        {"too_large_file"},
    ),
    "a cell of five megabytes": (
        folder_with("laporan.csv", text("kode_kub,tanggal\n", "x" * 5 * MB)),
        {"unreadable"},
    ),
    "a quote that never ends": (
        folder_with("laporan.csv", text("kode_kub,tanggal\n", '"', "x\n" * 900_000)),
        {"unreadable"},
    ),
    "two hundred thousand columns": (
        folder_with(
            "laporan.csv", text("kode_kub,tanggal,anggota", ",x" * 200_000, "\nK1,2017,5\n")
        ),
        {"stray_cells"},
    ),
}
# These take seconds each: `make bench`, `make faults`.
HEAVY: Corpus = {
    "zip bomb of ten gigabytes": (
        repeated(inline("x" * 100, "y") * 100, 600_000),
        {"cell_reference", "too_large_inside"},
    ),
    "empty cells of two gigabytes": (
        repeated("<c s='1'/>", 200_000_000),
        {"too_large_inside", "too_slow"},
    ),
    "parquet bomb": (folder_with("laporan.parquet", parquet_bomb), {"too_much_memory"}),
    "a line of 190 megabytes": (
        folder_with("laporan.csv", of_size(190 * MB)),
        {"unreadable", "csv_encoding", "too_much_memory"},
    ),
    "three hundred thousand unknown words": (
        folder_with("kub.csv", unknown_words),
        {"unknown_sector", "too_slow"},
    ),
}


def built(folder: Path, corpus: Corpus) -> dict[str, Path]:
    """The path of each by name; its file's name is its number, so that
    problems say which one they are about.
    """
    paths = {}
    for number, (name, (build, _)) in enumerate(corpus.items()):
        (folder / str(number)).mkdir()
        path = build(folder / str(number))
        paths[name] = path.rename(
            folder / f"{number}{path.suffix}" if path.suffix else folder / f"f{number}"
        )
    return paths
