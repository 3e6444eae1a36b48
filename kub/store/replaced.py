"""The programmes that an import replaces: those of the same codes in the version in use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from kub import places
from kub.records import Checked, Programme
from kub.records.card_format import DESCRIPTOR
from kub.records.problems import Problem, level_of
from kub.records.sheets import BY_TABLE
from kub.store import cards
from kub.store.versions import Version

RULE = "programme_elsewhere"
OVER = "card_over_records"


@dataclass(frozen=True)
class Standing:
    """One programme as it is or will be: where, and how much of it.

    years: of the yearly figures of a benchmark card, which has neither KUB nor reports; None for
    records.
    """

    regency_code: str
    is_sample: bool
    kub: int
    reports: int
    years: int | None = None


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
        years = cards.years(con, "file")
    return {
        code: Standing(regency_code, is_sample, kub, reports, years.get(code))
        for code, regency_code, is_sample, kub, reports in rows
    }


def coming(programme: Programme) -> Standing:
    """A checked programme that is to be imported."""
    tables = programme.tables
    # Exactly one: reading has checked it.
    [row] = tables["programme"].to_pylist()
    years = None
    if programme.is_card:
        years = tables["card_year"]["sector"].null_count
    return Standing(
        row["regency_code"],
        row["is_sample"],
        programme.rows("kub"),
        programme.rows("kub_report"),
        years,
    )


def checked_against(checked: Checked, before: Mapping[str, Standing]) -> Checked:
    """With a problem for each programme whose code another regency's records have, and for each
    card of a programme that is here with its records: they would be lost to view.
    """
    problems = [
        _lost(programme, before[programme.programme_id], rule)
        for programme, rule in _losing(checked.programmes, before)
    ]
    return replace(checked, problems=[*checked.problems, *problems])


def _losing(
    programmes: Sequence[Programme], before: Mapping[str, Standing]
) -> Iterator[tuple[Programme, str]]:
    """Each programme that may not replace what is here, with the rule it breaks.

    Samples may be replaced by anything.
    """
    for programme in programmes:
        old = before.get(programme.programme_id)
        if old is None or old.is_sample:
            continue
        if old.regency_code != coming(programme).regency_code:
            yield programme, RULE
        elif programme.is_card and old.years is None:
            yield programme, OVER


def _lost(programme: Programme, old: Standing, rule: str) -> Problem:
    sheet = BY_TABLE["programme"]
    place, heading = (
        sheet.heading,
        next(column.heading for column in sheet.columns if column.field == "programme_id"),
    )
    if programme.is_card:
        place, heading = DESCRIPTOR, "programme"
    values = {"regency": places.regency_name(old.regency_code), "kub": old.kub}
    # Of a folder the name alone: the problem is of the programme, not of a file in it.
    file = programme.files[0][0].split("/")[0]
    return Problem(file, place, None, heading, programme.programme_id, rule, level_of(rule), values)
