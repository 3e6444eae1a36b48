"""The programmes that an import replaces: those of the same codes in the version in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from kub import places
from kub.records import Checked, Programme
from kub.records.problems import Problem, level_of
from kub.records.sheets import BY_TABLE
from kub.store.versions import Version

RULE = "programme_elsewhere"


@dataclass(frozen=True)
class Standing:
    """One programme as it is or will be: where, and how much of it."""

    regency_code: str
    is_sample: bool
    kub: int
    reports: int


def standing(version: Version | None) -> dict[str, Standing]:
    """By programme_id, the programmes of a version; none without a version."""
    if version is None:
        return {}
    with duckdb.connect() as con:
        # Straight from the file: a connection for questions would copy it into memory first.
        con.execute("ATTACH $path AS file (READ_ONLY)", {"path": str(version.path)})
        rows = con.execute(
            """SELECT programme_id, regency_code, is_sample,
              (SELECT count(*) FROM file.kub k WHERE k.programme_id = p.programme_id),
              (SELECT count(*) FROM file.kub_report r WHERE r.programme_id = p.programme_id)
            FROM file.programme p"""
        ).fetchall()
    return {programme_id: Standing(*row) for programme_id, *row in rows}


def coming(programme: Programme) -> Standing:
    """A checked programme that is to be imported."""
    tables = programme.tables
    # Exactly one: reading has checked it.
    [row] = tables["programme"].to_pylist()
    return Standing(
        row["regency_code"], row["is_sample"], tables["kub"].num_rows, tables["kub_report"].num_rows
    )


def checked_against(checked: Checked, before: Mapping[str, Standing]) -> Checked:
    """With a problem for each programme whose code another regency's
    records have: they would be lost to view.
    """
    problems = [
        _elsewhere(programme, before[programme.programme_id])
        for programme in _moved(checked.programmes, before)
    ]
    return replace(checked, problems=[*checked.problems, *problems])


def _moved(programmes: Sequence[Programme], before: Mapping[str, Standing]) -> list[Programme]:
    """Samples may be replaced by anything."""
    return [
        programme
        for programme in programmes
        if (old := before.get(programme.programme_id))
        and not old.is_sample
        and old.regency_code != coming(programme).regency_code
    ]


def _elsewhere(programme: Programme, old: Standing) -> Problem:
    sheet = BY_TABLE["programme"]
    heading = next(column.heading for column in sheet.columns if column.field == "programme_id")
    values = {"regency": places.regency_name(old.regency_code), "kub": old.kub}
    # Of a folder the name alone: the problem is of the programme, not of a file in it.
    file = programme.files[0][0].split("/")[0]
    return Problem(
        file, sheet.heading, None, heading, programme.programme_id, RULE, level_of(RULE), values
    )
