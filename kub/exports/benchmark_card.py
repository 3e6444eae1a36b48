"""The benchmark card: a programme's yearly figures as readers see them, to be published or mailed.

A Data Package (v2) in a ZIP, in the format of kub/records/card_format.py. The same version gives
the same bytes.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import queries
from kub.exports.datapackage import PROFILES, UNIT, described, licence, line
from kub.records.card_format import (
    BY_NAME,
    DESCRIPTOR,
    KEYS,
    READ_ME,
    RESOURCES,
    SCHEMA,
    WITHHELD,
    CardColumn,
    CardResource,
    guarded,
)
from kub.store.data import Data
from kub.words import LANGUAGES, Words, of
from kub.words.rows import plain
from kub.words.slug import slug
from queries.filters import SECTORS, Filters

Row = dict[str, Any]


def card(data: Data, filters: Filters) -> bytes:
    """The card of the programme that the filters name, else of the default one, as a ZIP.

    Raises YearlyOnly where the programme is one of a card itself: its own office publishes it.
    """
    filters = Filters(data.programme(filters).programme_id)
    data = data.seen_by("reader")
    data.refuse_card(filters)
    tables = _tables(data, filters)
    files = {resource.path: _csv(resource, tables[resource.name]) for resource in RESOURCES}
    [whole] = _ask(data, "card_programme", filters)
    descriptor = _descriptor(data, filters, whole, files)
    text = json.dumps(descriptor, ensure_ascii=False, indent=1).encode() + b"\n"
    return _zip(data, {DESCRIPTOR: text, READ_ME: _read_me(descriptor["kub"], whole), **files})


def file_name(data: Data, filters: Filters, words: Words) -> str:
    """'kub-kartu-pembanding_kabupaten-batang_2023-06-30_contoh.zip'."""
    programme = data.programme(filters)
    parts = [f"kub-{words('benchmark_card.file')}", slug(programme.regency, 40)]
    parts += [programme.as_of.isoformat()] if programme.as_of else []
    parts += [words("cell.sample_file")] if programme.is_sample else []
    return "_".join(parts) + ".zip"


def _ask(data: Data, model: str, filters: Filters) -> list[Row]:
    cursor = queries.cursor(data.con, data.role)
    result = cursor.execute(queries.model(model), {"programme": filters.programme})
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _rows(data: Data, question: str, filters: Filters, resource: str = "") -> list[Row]:
    """The rows of a question; withheld is what only analysts see of the columns that may hide."""
    hides = BY_NAME[resource or question].hides
    analyst = data.seen_by("analyst", everywhere=True)
    shown, whole = (seen.ask(question, filters) for seen in (data, analyst))
    listed = []
    for row, full in zip(shown.to_dict("records"), whole.to_dict("records"), strict=True):
        hidden = {
            name for name in hides if plain(row[name]) is None and plain(full[name]) is not None
        }
        listed.append({str(name): row[name] for name in row} | {WITHHELD: hidden})
    return listed


def _tables(data: Data, filters: Filters) -> Mapping[str, list[Row]]:
    """The rows of each resource, each with the set of its withheld columns under `withheld`."""
    years = [_marked(row) for row in _ask(data, "card_years", filters)]
    parts = [replace(filters, sectors=(sector,)) for sector in SECTORS]
    of_sectors = [
        row | {"sector": part.sectors[0]}
        for part in parts
        for row in _rows(data, "revenue", part, "revenue_sectors")
    ]
    return {
        "programme": _ask(data, "card_programme", filters),
        "years": [row for row in years if row["sector"] is None],
        "sector_years": [row for row in years if row["sector"] is not None],
        "survival": _rows(data, "survival", filters),
        "population": _ask(data, "card_population", filters),
        "revenue": _rows(data, "revenue", filters),
        # In the order of the other table: by year, then by sector.
        "revenue_sectors": sorted(of_sectors, key=lambda row: int(row["year"])),
        "targets": _rows(data, "targets", filters),
        "reconcile": _rows(data, "reconcile", filters),
    }


def _marked(row: Row) -> Row:
    """A row of card_years: what readers do not see is empty, and nothing else of these is."""
    hidden = {name for name in ("members", "women", "women_members") if row[name] is None}
    return row | {WITHHELD: hidden | ({"gini"} if row["gini_withheld"] else set())}


def _csv(resource: CardResource, rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(resource.heading)
    for row in rows:
        cells = [_cell(row[column.name], column) for column in resource.columns]
        if resource.hides:
            cells.append(" ".join(name for name in resource.hides if name in row[WITHHELD]))
        writer.writerow(cells)
    return out.getvalue().encode()


def _cell(value: Any, column: CardColumn) -> str:
    """A value as the standard writes it; repr gives the fewest digits that read back the same."""
    value = plain(value)
    if value is None:
        return ""
    if column.kind == "boolean":
        return "true" if value else "false"
    if column.kind == "integer":
        return str(int(value))
    if column.kind == "number":
        return repr(float(value))
    return guarded(str(value))


def _descriptor(
    data: Data, filters: Filters, whole: Row, files: Mapping[str, bytes]
) -> Mapping[str, Any]:
    programme = data.programme(filters)
    about = {
        **whole,
        "schema": SCHEMA,
        "as_of": programme.as_of.isoformat() if programme.as_of else None,
        "sample": programme.is_sample,
        "version": data.version.name,
    }
    texts = {"programme": programme.name, "regency": programme.regency}
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"kub-card-{slug(programme.programme_id, 60) or 'programme'}",
        "title": line("benchmark_card.title", **texts),
        **described("benchmark_card.description", **texts),
        "version": data.version.name,
        "created": data.version.built_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [licence([programme])],
        "kub": {key: about[key] for key in KEYS},
        "resources": [_resource(resource, files[resource.path]) for resource in RESOURCES],
    }


def _resource(resource: CardResource, content: bytes) -> Mapping[str, Any]:
    fields = [_field(column) for column in resource.columns]
    if resource.hides:
        names = ", ".join(resource.hides)
        text = described("benchmark_card.column.withheld", names=names)
        fields.append({"name": WITHHELD, "type": "string", **text})
    schema = {"$schema": f"{PROFILES}/tableschema.json", "fields": fields}
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": resource.name,
        "type": "table",
        "path": resource.path,
        **described(f"benchmark_card.resource.{resource.name}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(column: CardColumn) -> Mapping[str, Any]:
    own = f"benchmark_card.column.{column.name}"
    key = own if of(LANGUAGES[0]).has(own) else f"address.column.{column.name}"
    field: dict[str, Any] = {"name": column.name, "type": column.kind, **described(key)}
    numeric = column.kind in ("integer", "number")
    if not (column.may_miss or column.may_hide):
        field["constraints"] = {"required": True}
    return field | ({"unit": UNIT[column.name]} if numeric and column.name in UNIT else {})


def _read_me(about: Mapping[str, Any], whole: Row) -> bytes:
    """What the card is, in both languages; with a byte order mark, for Windows' editor."""
    texts = {**about, "name": whole["name"]}
    parts = [part for lang in LANGUAGES for part in (*_lines(of(lang), texts), "")]
    return ("\r\n".join(parts)).encode("utf-8-sig")


def _lines(words: Words, texts: Mapping[str, Any]) -> Sequence[str]:
    shown = {name: words.write(value) for name, value in texts.items()}
    counts = {name: words.write(texts[name], "n") for name in ("villages", "kelurahan")}
    shown |= counts | {"population": words.write(texts["population"], "n")}
    keys = ["about", "place", "date", *(["sample"] if texts["sample"] else []), "holds"]
    files = (
        f"- {resource.path}: {words(f'benchmark_card.resource.{resource.name}')}"
        for resource in RESOURCES
    )
    rest = ("withheld", "definitions", "import")
    return [
        words("benchmark_card.title", programme=texts["name"], regency=texts["regency"]),
        "",
        *(words(f"benchmark_card.read_me.{key}", **shown) for key in keys),
        *files,
        *(words(f"benchmark_card.read_me.{key}") for key in rest),
    ]


def _zip(data: Data, files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    # The second of the import, not now: the same version gives the same bytes.
    stamp = data.version.built_at.timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # whatever system wrote it
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
