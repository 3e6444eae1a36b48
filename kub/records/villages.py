"""The villages of a programme: the official list with what the
sheet Desa adds, and where each KUB is.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from kub import places
from kub.places import Gazetteer, NoVillage, Village, described

_TABLE = pa.schema(
    {
        "_row": pa.int32(),
        "village_code": pa.string(),
        "village": pa.string(),
        "district_code": pa.string(),
        "district": pa.string(),
        "is_target": pa.bool_(),
        "population": pa.int64(),
        "population_year": pa.int32(),
        "lat": pa.float64(),
        "lon": pa.float64(),
        "idm": pa.float64(),
        "idm_class": pa.string(),
    }
)


def listed(regency_code: str, desa: pa.Table) -> list[Village]:
    """The villages of the regency: the official ones, or for an
    invented regency those of the sheet Desa.
    """
    if not places.is_invented(regency_code):
        return places.villages_of(regency_code)
    by_code: dict[str, Village] = {}
    for row in desa.select(["village_code", "village", "district"]).to_pylist():
        code = row["village_code"]
        if code and code.startswith(f"{regency_code}."):
            district_code = code[:8]
            name, district = (
                row["village"] or f"Desa {code}",
                row["district"] or f"Kecamatan {district_code}",
            )
            by_code.setdefault(code, Village(code, name, district_code, district))
    return sorted(by_code.values(), key=lambda village: village.code)


def table(villages: list[Village], desa: pa.Table) -> pa.Table:
    """One row per village, without programme_id; columns typed as in queries/model/schema.sql."""
    # Of a code that stands twice the first row counts; the second is a problem already.
    stated = {row["village_code"]: row for row in reversed(desa.to_pylist())}
    return pa.Table.from_pylist(
        [_row(village, stated.get(village.code, {})) for village in villages], _TABLE
    )


def _row(village: Village, stated: dict[str, Any]) -> dict[str, Any]:
    def either(name: str, official: float | None) -> float | None:
        return official if stated.get(name) is None else stated[name]

    return {
        "_row": stated.get("_row"),
        "village_code": village.code,
        "village": village.village,
        "district_code": village.district_code,
        "district": village.district,
        "is_target": bool(stated.get("is_target")),
        "population": stated.get("population"),
        "population_year": stated.get("population_year"),
        "lat": either("lat", village.lat),
        "lon": either("lon", village.lon),
        "idm": village.idm,
        "idm_class": village.idm_class,
    }


@dataclass(frozen=True)
class NameProblem:
    """What is wrong with the names of a place, or with the code beside them.

    values fill the rule's words.
    """

    rule: str
    field: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Located:
    """table: the staged rows, village_code filled from names where only those are written.
    findings: (_row numbers in order, what is wrong there)."""

    table: pa.Table
    findings: list[tuple[list[int], NameProblem]]


_MATCHES = pa.schema(
    {
        "village_code": pa.string(),
        "village": pa.string(),
        "district": pa.string(),
        "located": pa.string(),
        "finding": pa.int64(),
    }
)


def locate(con: DuckDBPyConnection, gazetteer: Gazetteer, place: pa.Table) -> Located:
    """Compares the names and codes of the staged table `kub` or `village`."""
    con.register("place", place)
    findings: list[NameProblem] = []
    places_written = con.execute(
        "SELECT DISTINCT village_code, village, district FROM place WHERE village IS NOT NULL "
        "ORDER BY ALL"
    ).fetchall()
    matches = []
    for code, village, district in places_written:
        row = {"village_code": code, "village": village, "district": district}
        located = _locate(gazetteer, code, village, district)
        if isinstance(located, NameProblem):
            findings.append(located)
            row["finding"] = len(findings) - 1
        else:
            row["located"] = located
        matches.append(row)
    con.register("matches", pa.Table.from_pylist(matches, _MATCHES))
    joined = con.sql(
        """SELECT place.* REPLACE (coalesce(place.village_code, matches.located) AS village_code),
          matches.finding
        FROM place LEFT JOIN matches
          ON place.village = matches.village
          AND place.village_code IS NOT DISTINCT FROM matches.village_code
          AND place.district IS NOT DISTINCT FROM matches.district
        ORDER BY _row"""
    ).to_arrow_table()
    wrong = joined.filter(pc.is_valid(joined["finding"])).select(["_row", "finding"])
    rows = wrong.group_by("finding", use_threads=False).aggregate([("_row", "list")]).to_pylist()
    return Located(
        joined.drop_columns(["finding"]),
        [(row["_row_list"], findings[row["finding"]]) for row in rows],
    )


def _locate(
    gazetteer: Gazetteer, code: str | None, village: str, district: str | None
) -> str | NameProblem:
    """The code of the village, or what is wrong with its names."""
    if code is None:
        match = gazetteer.find(village, district)
        if isinstance(match, Village):
            return match.code
        return _unlocated(match, village, district)
    if code not in gazetteer.by_code:
        # Told by the rules of codes; the name may still show what was meant: `suspects`.
        return code
    return _contradiction(gazetteer, code, village, district) or code


def _unlocated(match: NoVillage, village: str, district: str | None) -> NameProblem:
    """The problem stands at the name that is wrong, and quotes the other name."""
    field = "district" if match.rule in ("unknown_district", "village_elsewhere") else "village"
    values = {"options": match.options, "village": village, "district": district}
    return NameProblem(match.rule, field, values)


def _contradiction(
    gazetteer: Gazetteer, code: str, village: str, district: str | None
) -> NameProblem | None:
    coded = described(gazetteer.by_code[code])
    same_name = gazetteer.same_name(code, village)
    if same_name and (not district or gazetteer.same_district(code, district)):
        return None
    # Beyond a slip of the pen the name means another village: then the code is as likely wrong.
    meant = _meant(gazetteer, code, village, district)
    if meant:
        values = {"code": code, "coded": coded, "options": meant, "district": district}
        return NameProblem("village_contradicts", "village", values)
    if same_name:
        return NameProblem("village_district_differs", "district", {"options": [coded]})
    return NameProblem(
        "village_name_differs", "village", {"options": [gazetteer.by_code[code].village]}
    )


def _meant(gazetteer: Gazetteer, code: str, village: str, district: str | None) -> list[str]:
    """The other villages that the names mean beyond a slip of the pen;
    none if they may mean village `code`.
    """
    match = gazetteer.find(village, district)
    if isinstance(match, Village):
        return [described(match)]
    if gazetteer.same_name(code, village):
        return []
    if match.rule in ("unknown_district", "village_elsewhere"):
        match = gazetteer.find(village)
        if isinstance(match, Village):
            return [described(match)]
    if match.rule == "ambiguous_village":
        return match.options
    likely = gazetteer.likely(village, district)
    if likely is None or gazetteer.resembles(code, village) >= _ALIKE:
        return []
    return [described(likely)]


# From this likeness on a name may be that of the village whose code stands beside it, misspelt.
_ALIKE = 0.7


@dataclass(frozen=True)
class Suspects:
    """Codes of a column that look like the statistics office's
    (BPS): the first, and what each shows.
    """

    code: str
    examples: list[str]


def suspects(con: DuckDBPyConnection, gazetteer: Gazetteer, place: pa.Table) -> Suspects | None:
    """Is a whole column of codes in doubt? Yes where one has the shape of a BPS code, or where at
    least as many codes contradict the names beside them as agree. BPS numbers districts with
    three digits and villages with three: its `3325130010` would be `33.25.13.0010`, and the
    ministry's villages begin with 1 or 2. 3,759 of the 80,532 BPS codes are the ministry's codes
    of other villages in the same regency.
    """
    con.register("place", place)
    written = con.execute(
        "SELECT DISTINCT village_code, village, district FROM place WHERE village_code IS NOT "
        "NULL ORDER BY ALL"
    ).fetchall()
    # The tenth sign is the first of the village's four digits: 0 in no code of the ministry.
    shaped = [code for code, _, _ in written if code not in gazetteer.by_code and code[9] == "0"]
    contradicting: list[tuple[str, str]] = []
    agreeing = 0
    for code, village, district in written:
        if village is None:
            continue
        if shown := _shown(gazetteer, code, village, district):
            contradicting.append((code, shown))
        elif code in gazetteer.by_code:
            agreeing += gazetteer.same_name(code, village)
    if contradicting and len(contradicting) >= agreeing:
        return Suspects(contradicting[0][0], [shown for _, shown in contradicting[:2]])
    return Suspects(shaped[0], shaped[:2]) if shaped else None


def _shown(gazetteer: Gazetteer, code: str, village: str, district: str | None) -> str | None:
    """What a code is and what stands beside it, where the two are different villages."""
    if code in gazetteer.by_code:
        wrong = _contradiction(gazetteer, code, village, district)
        if wrong is None or wrong.rule != "village_contradicts":
            return None
        return f"{wrong.values['coded']} \N{NOT EQUAL TO} {wrong.values['options'][0]}"
    match = gazetteer.find(village, district)
    if isinstance(match, Village):
        return f"{code} \N{NOT EQUAL TO} {described(match)}"
    return None


# Sheets with codes of villages, and those that may name the village beside its code.
CODED_SHEETS = ("village", "kub", "lkm", "library", "school_visit")
NAMED_SHEETS = ("village", "kub")


def places_of(table: str, rows: pa.Table) -> pa.Table:
    """The staged rows with names of villages and districts; outside NAMED_SHEETS these are null."""
    if table in NAMED_SHEETS:
        return rows
    nulls = pa.nulls(rows.num_rows, pa.string())
    return rows.append_column("village", nulls).append_column("district", nulls)
