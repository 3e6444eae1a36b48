"""The figures of a guest as the start of the own records: the blank workbook of the regency, half
filled. It is made in memory, and what was stated stays nowhere else.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kub.guests import Guest
from kub.records import template
from kub.words import Words
from kub.words.slug import slug
from queries.filters import SECTORS

# Of more KUB the list comes from a register, not from a form.
MOST_KUB = 1_000
Rows = dict[str, list[dict[str, Any]]]


def workbook(guest: Guest, words: Words, today: date) -> bytes:
    """The workbook (.xlsx). today: the day on which the figures were stated."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "own.xlsx"
        template.write(guest.regency_code, path, words.lang, rows(guest, words, today))
        return path.read_bytes()


def file_name(guest: Guest, words: Words) -> str:
    """'kub-catatan-awal_kota-cilegon.xlsx'."""
    return f"kub-{words('guest.workbook.file')}_{slug(guest.regency, 40)}.xlsx"


def rows(guest: Guest, words: Words, today: date) -> Rows:
    """What the figures say, by table and field: the regency, a row for each KUB with its sector
    where that is known, a report to be filled in, and the totals, so that the records can be held
    against them later.
    """
    listed = list(_kub(guest))
    return {
        "programme": [{"population": guest.population, "population_year": guest.population_year}],
        "kub": listed,
        "kub_report": [{"kub_id": row["kub_id"], "reported_on": guest.as_of} for row in listed],
        "published_figure": list(_totals(guest, words, today)),
    }


def _kub(guest: Guest) -> Iterator[dict[str, Any]]:
    # Groups aided in a year are no KUB, and of those ever formed some are closed: both are listed
    # by whoever knows which.
    if guest.counted != "active" or guest.kub > MOST_KUB:
        return
    parts = guest.sectors or ()
    sectors = [sector for sector, count in zip(SECTORS, parts, strict=False) for _ in range(count)]
    for number in range(guest.kub):
        row = {"kub_id": f"KUB-{number + 1:03}"}
        yield row | ({"sector": sectors[number]} if sectors else {})


def _totals(guest: Guest, words: Words, today: date) -> Iterator[dict[str, Any]]:
    source = words(f"guest.workbook.source_{guest.counted}", on=today)
    figures = [(guest.as_of, "kub", guest.kub)]
    if guest.counted != "aided":
        figures += [
            (guest.as_of, "anggota", guest.members),
            (guest.as_of, "desa", guest.covered),
        ]
        if guest.kub_before is not None:
            figures.append((date(guest.as_of.year - 3, 12, 31), "kub", guest.kub_before))
    for on, indicator, value in figures:
        yield {"date": on, "indicator": indicator, "value": value, "source": source}
