"""A programme beside its benchmark card: what readers get from one and from the other."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb

from kub.exports.benchmark_card import card
from kub.records import Checked, Programme, read
from kub.records.card_format import DESCRIPTOR
from kub.records.source import Upload
from kub.store.data import Data
from kub.store.database import build_connection
from kub.store.versions import Version
from queries.filters import SECTORS, Filters
from queries.yearly import YEARLY, answers
from tests.support.database import programme
from tests.support.frames import Row, differences, rows
from tests.twins.rows import Records, Target

TODAY = date(2026, 11, 29)
VERSION = Version(Path("versions/kub-20261124T031500000000Z-a1b2c3d4e5f6.duckdb"))


def opened(con: duckdb.DuckDBPyConnection) -> Data:
    return Data(VERSION, con)


def of_records(*together: Records) -> Data:
    """These programmes in memory, as readers see them."""
    return opened(build_connection([programme(records) for records in together]))


def checked(content: bytes) -> Checked:
    """A card as an import reads it."""
    return read([Upload("kartu.zip", content)], TODAY)


def shared(data: Data, programme_id: str) -> Programme:
    """The programme as another office gets it: by its card, which has no problem."""
    result = checked(card(data, Filters(programme_id)))
    assert result.problems == []
    return result.programmes[0]


def scopes(programme_id: str, years: range) -> Iterator[Filters]:
    """Every filter that a card answers: years from, until or both, and a sector or none."""
    spans = [(None, None), (years[0] + 1, None), (None, years[-1] + 1), (years[0] - 1, years[1])]
    spans += [(None, year) for year in (years[0] - 1, *years)]
    for since, until in spans:
        for sector in (None, *SECTORS):
            sectors = () if sector is None else (sector,)
            yield Filters(programme_id, sectors=sectors, since=since, until=until)


def unlike(full: Data, beside: Data, question: str, filters: Filters) -> list[str]:
    """Each cell in which the answer of `beside`, where a card stands for records, differs."""
    ours, theirs = (_comparable(data, question, filters) for data in (beside, full))
    return [f"{question} {filters}: {cell}" for cell in differences(ours, theirs)]


def _comparable(data: Data, question: str, filters: Filters) -> list[Row]:
    listed = rows(data.ask(question, filters))
    if question == "revenue" and filters.sectors:
        # Medians and what is matched travel as figures of all sectors.
        alone = ("median_per_kub", "matched_kub", "matched_change")
        return [{name: row[name] for name in row if name not in alone} for row in listed]
    if question == "revenue_sectors":
        # The spread within a sector is of single KUB: a card has none (docs/card.md).
        alone = ("lower_per_kub", "median_per_kub", "upper_per_kub")
        return [{name: row[name] for name in row if name not in alone} for row in listed]
    if question == "benchmark" and (filters.until is not None or filters.sectors):
        # That travels as a figure of the newest date and of all sectors.
        return [row for row in listed if row["indicator"] != "survival_3y"]
    return listed


def differing(full: Data, beside: Data, asked: Iterable[Filters]) -> list[str]:
    """The same of all questions that a card answers."""
    return [
        cell
        for filters in asked
        # Of villages that two programmes share a card says how many it has, not which.
        for question in sorted(YEARLY - {"provinces"})
        if answers(question, filters)
        for cell in unlike(full, beside, question, filters)
    ]


def aiming(records: Records) -> Records:
    """The same programme with targets, in years that are over, unfinished, to come and before it."""
    listed = tuple(
        Target(indicator, year, value)
        for year, value in ((2012, 3), (2016, 5), (2018, 40), (2019, 12), (2021, 60))
        for indicator in ("kub", "anggota", "desa", "perpustakaan", "perempuan")
    )
    return replace(records, targets=listed)


Files = dict[str, bytes]


def files_of(content: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def described(files: Files, change: Callable[[dict[str, Any]], object]) -> Files:
    """With another descriptor. change: alters the JSON object."""
    descriptor = json.loads(files[DESCRIPTOR])
    change(descriptor)
    return files | {DESCRIPTOR: json.dumps(descriptor).encode()}


def rewritten(files: Files, resource: str, change: Callable[[list[list[str]]], object]) -> Files:
    """With other rows, and the size and digest that these have. change: alters the lines, headings
    first.
    """
    path = f"{resource}.csv"
    lines = list(csv.reader(io.StringIO(files[path].decode(), newline="")))
    change(lines)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    content = out.getvalue().encode()

    def sign(descriptor: dict[str, Any]) -> None:
        [entry] = [e for e in descriptor["resources"] if e["name"] == resource]
        entry |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}

    return described(files | {path: content}, sign)
