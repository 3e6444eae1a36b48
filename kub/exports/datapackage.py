"""What the data by address are: a Frictionless Data Package (v2) with a resource per question.

Descriptions are in both languages, Indonesian first, as comments in the database are.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from kub.answers.answer import asked
from kub.answers.link import Query
from kub.answers.source import source_of
from kub.exports.csv import NOTE
from kub.store.data import Data, ProgrammeName
from kub.words import LANGUAGES, of
from queries import QUESTIONS
from queries.filters import Filters
from queries.yearly import answers

PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DOUBLE": "number",
    "INTEGER": "integer",
    "VARCHAR": "string",
}
# fmt: off
# What a number counts, or the unit it is measured in; a number without one has none.
UNITS = {
    "KUB": (
        "active", "assets_kub", "at_risk", "closed", "earners", "founded", "kub", "lived",
        "matched_kub", "reported", "unreported",
    ),
    "person": (
        "customers", "members", "participants", "people", "population", "published_customers",
        "students", "women",
    ),
    "village": ("covered", "villages", "villages_covered"),
    "sector": ("diversity", "sectors"),
    "group": ("groups",),
    "programme": ("programmes", "ranked"),
    "regency": ("regencies",),
    "library": ("libraries", "opened"),
    "book": ("books",),
    "school": ("schools",),
    "visit": ("stated", "visits"),
    "LKM": ("units",),
    "year": (
        "age", "exposure_year", "population_year", "published_founded", "stated_year", "year",
        "years",
    ),
    "IDR": (
        "assets_idr", "loans_idr", "overdue_idr", "published_assets_idr", "revenue_idr",
        "savings_idr",
    ),
    "IDR/KUB": ("lower_per_kub", "median_per_kub", "revenue_per_kub", "upper_per_kub"),
    "IDR/person": ("revenue_per_member",),
    "share 0-1": (
        "coverage", "covered_share", "kelurahan_share", "members_share", "others_share",
        "overdue_share", "programme_share", "share", "stated_share", "survival",
        "women_known_share", "women_share", "kelurahan_difference",
    ),
    "ratio": (
        "density_ratio", "fast_villages", "fast_years", "lq", "matched_change",
        "population_ratio", "reached", "slow_villages", "slow_years", "villages_ratio",
    ),
    "index 0-1": ("idm",),
    "km2": ("area_km2",),
    "degree": ("lat", "lon"),
    "person/km2": ("density",),
    "KUB/10000 person": ("kub_per_10k",),
    "KUB/village": ("kub_per_village",),
    "person/1000 person": ("members_per_1k",),
    "person/group": ("members_per_group",),
    "person/KUB": ("members_per_kub",),
    "person/village": ("members_per_village",),
    "visit/1000 person": ("visits_per_1k",),
    "visit/library": ("visits_per_library",),
    "rank": ("near", "rank", "rank_best", "rank_worst"),
    "measure": ("shared",),
    # The unit is that of the indicator, or of what is counted, in the same row.
    "by row": (
        "actual", "difference", "exposure", "high", "low", "n", "projected", "published",
        "recorded", "target", "value",
    ),
    "distance": ("distance",),
}
# fmt: on
UNIT = {column: unit for unit, columns in UNITS.items() for column in columns}


def package(data: Data, filters: Filters, query: Query) -> Mapping[str, Any]:
    """The descriptor of the data under these filters.

    query: the request's, which every path repeats.
    """
    programme, as_of = data.programme(filters), data.as_of(filters)
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "kub",
        "title": line("address.package.title"),
        **described("address.package.description", programme=programme.name),
        "version": data.version.name,
        "created": data.version.built_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [licence(data.programmes.values())],
        "sources": list(_sources(data)),
        "kub": {
            "programme": programme.programme_id,
            "as_of": as_of.isoformat() if as_of else None,
            "sample": programme.is_sample,
        },
        "resources": [
            _resource(data, question, filters, query)
            for question in QUESTIONS
            if not programme.is_card or answers(question, filters)
        ],
    }


def _resource(data: Data, question: str, filters: Filters, query: Query) -> Mapping[str, Any]:
    path = f"{question}.csv"
    fields = [_field(name, kind) for name, kind in data.types(question).items()]
    if source_of(data, question, asked(data, question, filters)).sample:
        fields.append(_field(NOTE, "VARCHAR"))
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": question,
        "type": "table",
        "path": f"{path}?{urlencode(query, doseq=True)}" if query else path,
        **described(f"address.row.{question}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"$schema": f"{PROFILES}/tableschema.json", "fields": fields},
    }


def _field(name: str, kind: str) -> Mapping[str, Any]:
    unit = UNIT.get(name) if _TYPES[kind] in ("integer", "number") else None
    field = {"name": name, "type": _TYPES[kind], **described(f"address.column.{name}")}
    return field | ({"unit": unit} if unit else {})


def licence(programmes: Iterable[ProgrammeName]) -> Mapping[str, str]:
    """Invented records come with the code and under its licence; real ones are the operators'."""
    if all(programme.is_sample for programme in programmes):
        return {"name": "MIT", "title": line("address.package.sample")}
    return {"name": "notspecified", "title": line("address.package.rights")}


def _sources(data: Data) -> Iterator[Mapping[str, str]]:
    for file in data.source_files().to_dict("records"):
        programme = data.programmes[file["programme_id"]]
        label = f" ({line('address.package.sample')})" if programme.is_sample else ""
        title = f"{programme.name}: {file['file']}, SHA-256 {file['sha256']}{label}"
        yield {"title": title}
    yield {"title": line("address.package.places")}
    yield {"title": line("address.package.published")}


def described(key: str, **values: object) -> Mapping[str, Any]:
    """A description in one line, as the standard has it, and by language."""
    texts = {lang: of(lang)(key, **values) for lang in LANGUAGES}
    return {"description": line(key, **values), "descriptions": texts}


def line(key: str, **values: object) -> str:
    """'Indonesian | English'; once where they are the same."""
    return " | ".join(dict.fromkeys(of(lang)(key, **values) for lang in LANGUAGES))
