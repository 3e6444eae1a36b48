"""Programmes of one KUB to build versions of, and what a version answers of them."""

from datetime import date

from kub.records import Programme
from kub.store.data import Data
from kub.store.versions import Version
from queries.filters import Filters
from tests.support.database import programme
from tests.twins.rows import Kub, Records, Report, Village


def records(programme_id: str, members: int = 10, sample: bool = False) -> Programme:
    """One village, one KUB, one report."""
    rows = Records(
        programme_id,
        (Village("99.01.01.2001", "Satu", "99.01.01", "Tulis"),),
        (Kub("K1", "99.01.01.2001", "makanan", date(2015, 3, 1)),),
        (Report("K1", date(2016, 11, 30), members),),
    )
    found = programme(rows)
    flag = found.tables["programme"].schema.get_field_index("is_sample")
    tables = found.tables | {
        "programme": found.tables["programme"].set_column(flag, "is_sample", [[sample]])
    }
    return Programme(found.programme_id, tables, [(f"{programme_id}.xlsx", f"{members:064x}")])


def members(version: Version, programme_id: str) -> int:
    """The members that a version has of a programme."""
    return int(Data.open(version).ask("headline", Filters(programme_id))["members"].iloc[0])
