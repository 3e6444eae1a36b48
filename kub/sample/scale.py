"""Invents one programme of any size, a chunk of groups at a time, to try speed and memory;
national.py invents the whole country of such.

Vectorised with numpy: a million groups and their nine million reports in seconds and a few
hundred MB. Each chunk has its own random stream, so that memory does not grow with the
programme.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kub.places import regency_name
from kub.progress import Progress
from kub.sample import writing
from kub.sample.plan import SECTORS, Row
from kub.sample.trades import FIRST, TRADES

CODE, PROGRAMME = "99.90", "CONTOH-SKALA"
SOURCE = "Data contoh: semua dibuat oleh generator untuk menguji kecepatan; tidak ada yang nyata."
DISTRICTS, VILLAGES = 48, 50
SERVED_SHARE = 0.9
FIRST_YEAR, LAST_FOUNDING_YEAR, LAST_YEAR = 2008, 2018, 2023
REPORT_DAYS = np.array(
    [f"{year}-11-30" for year in range(FIRST_YEAR, LAST_YEAR + 1)], "datetime64[D]"
)
# One at founding and one each year: the most that one group can have.
MOST_REPORTS = 1 + len(REPORT_DAYS)
CHUNK = 50_000
SECTOR_SHARES = (0.46, 0.17, 0.18, 0.04, 0.15)
# A group lives at least a year and a month; after that closings come at random.
LEAST_LIFE_DAYS, MEAN_LIFE_DAYS = 400, 15 * 365
SILENT_SHARE, WOMEN_UNSTATED, REVENUE_UNSTATED, KEEPS_ASSETS = 0.06, 0.06, 0.12, 0.45
GROWTH = 1.06
BOUNDS = (5, 40)
# Members of a group of very few, where there are any.
FEW = 3

Array = np.ndarray[Any, Any]


def write(out: Path, kub: int, seed: int, progress: Progress, parquet: bool = False) -> Path:
    """Writes `skala-<kub>.xlsx`, or the folder `skala-<kub>` of
    Parquet files where a sheet would not do; with parquet, of sub-folders with parts.
    """
    if kub < 1:
        raise ValueError(f"kub must be at least 1, not {kub}")
    # By the most that groups can report, so that the form of the file does not depend on the seed.
    fits = kub * MOST_REPORTS <= writing.SHEET_ROWS
    book_of: writing.Workbook | writing.Folder | writing.Parts
    if parquet:
        path = out / f"skala-{kub}"
        book_of = writing.Parts(path)
    elif fits:
        path = out / f"skala-{kub}.xlsx"
        book_of = writing.Workbook(path)
    else:
        path = out / f"skala-{kub}"
        book_of = writing.Folder(path)
    with book_of as book:
        villages = _villages(np.random.default_rng([seed, kub]))
        book.put("programme", [_programme(villages)])
        # The last villages of each district have no group at all.
        served = [str(row["village_code"]) for row in villages if _is_served(row)]
        book.put("village", villages)
        for start in range(0, kub, CHUNK):
            progress(start / kub, "progress.write")
            rng = np.random.default_rng([seed, start])
            for table, rows in records(rng, start, min(CHUNK, kub - start), served).items():
                book.put(table, rows)
    progress(1.0, "progress.done")
    return path


def _programme(villages: list[Row]) -> Row:
    return {
        "programme_id": PROGRAMME,
        "name": f"Program KUB {regency_name(CODE)} (uji skala)",
        "regency_code": CODE,
        "operator": f"Pengelola {regency_name(CODE)}",
        "started_on": date(FIRST_YEAR, 1, 1),
        "population": sum(int(str(row["population"])) for row in villages),
        "population_year": 2020,
        "source": SOURCE,
        "is_sample": True,
    }


def _villages(rng: np.random.Generator) -> list[Row]:
    """Districts of ten columns and five rows of villages, six
    districts abreast, about 1 km apart.
    """
    rows: list[Row] = []
    for district in range(DISTRICTS):
        for inside in range(VILLAGES):
            north, east = 5 * (district // 6) + inside // 10, 10 * (district % 6) + inside % 10
            jitter = rng.uniform(-0.35, 0.35, 2)
            rows.append(
                {
                    "village_code": f"{CODE}.{district + 1:02d}.{2001 + inside}",
                    "village": f"Contoh {district + 1:02d}-{inside + 1:02d}",
                    "district": f"Contoh {district + 1:02d}",
                    "is_target": True,
                    "population": int(rng.integers(9_000, 36_000)),
                    "population_year": 2020,
                    "lat": round(-7.6 + 0.01 * (north + jitter[0]), 4),
                    "lon": round(110.2 + 0.01 * (east + jitter[1]), 4),
                }
            )
    return rows


def _is_served(village: Row) -> bool:
    return int(str(village["village_code"])[-4:]) < 2001 + VILLAGES * SERVED_SHARE


def records(
    rng: np.random.Generator,
    start: int,
    count: int,
    villages: Sequence[str],
    few_share: float = 0.0,
    bounds: tuple[int, int] = BOUNDS,
) -> dict[str, pa.Table]:
    """Groups number start+1 to start+count of a programme and their reports, by group and date.

    villages: codes, those with most groups first. few_share: of groups that hardly have members.
    """
    ids = pa.array([f"KUB-{number:07d}" for number in range(start + 1, start + count + 1)])
    sector = rng.choice(len(SECTORS), count, p=SECTOR_SHARES)
    # More foundings early than late (the exponent), as programmes have.
    years = FIRST_YEAR + ((LAST_FOUNDING_YEAR - FIRST_YEAR + 1) * rng.random(count) ** 1.3).astype(
        int
    )
    founded = (
        (years - 1970).astype("datetime64[Y]").astype("datetime64[D]")
        + 7
        + rng.integers(0, 290, count)
    )
    closed = founded + LEAST_LIFE_DAYS + rng.exponential(MEAN_LIFE_DAYS, count).astype(int)
    # NaT compares false with every day, so a group still open needs no case of its own below.
    closed[closed > REPORT_DAYS[-1]] = np.datetime64("NaT")
    kub = {
        "kub_id": ids,
        "name": _names(rng, sector, ids),
        # Villages differ in size.
        "village_code": pa.array(villages).take(
            pa.array((len(villages) * rng.random(count) ** 1.4).astype(int))
        ),
        "sector": pa.array(SECTORS).take(pa.array(sector)),
        "activity": _activities(rng, sector),
        "founded_on": pa.array(founded),
        "closed_on": pa.array(closed),
    }
    size = 14.5 + np.array([TRADES[code].size for code in SECTORS])[sector]
    size += rng.normal(0, 3, count)
    if few_share:
        size[rng.random(count) < few_share] = FEW
    reports = _reports(rng, ids, sector, founded, closed, size, bounds)
    return {"kub": pa.table(kub), "kub_report": reports}


def _names(rng: np.random.Generator, sector: Array, ids: pa.Array) -> pa.Array:
    first = pa.array(FIRST.split()).take(pa.array(rng.integers(0, len(FIRST.split()), len(ids))))
    second = _picked(rng, sector, [TRADES[code].words.split() for code in SECTORS])
    # The number keeps a million names apart.
    return pc.binary_join_element_wise("KUB", first, second, pc.utf8_slice_codeunits(ids, 4), " ")


def _activities(rng: np.random.Generator, sector: Array) -> pa.Array:
    return _picked(rng, sector, [list(TRADES[code].activities) for code in SECTORS])


def _picked(rng: np.random.Generator, sector: Array, choices: list[list[str]]) -> pa.Array:
    """For each row one of the texts of its sector."""
    sizes = np.array([len(texts) for texts in choices])
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    picked = offsets[sector] + (rng.random(len(sector)) * sizes[sector]).astype(int)
    return pa.array([text for texts in choices for text in texts]).take(pa.array(picked))


def _reports(
    rng: np.random.Generator,
    ids: pa.Array,
    sector: Array,
    founded: Array,
    closed: Array,
    size: Array,
    bounds: tuple[int, int],
) -> pa.Table:
    """size: members of each group before they come and go."""
    count = len(founded)
    days = np.column_stack([founded, np.broadcast_to(REPORT_DAYS, (count, len(REPORT_DAYS)))])
    known = (days > founded[:, None]) & ~(days > closed[:, None])
    first_year = days.astype("datetime64[Y]") == founded.astype("datetime64[Y]")[:, None]
    known &= first_year | (rng.random(days.shape) >= SILENT_SHARE)
    # Every group reports when it is founded.
    known[:, 0] = True
    drift = np.cumsum(rng.integers(-1, 2, days.shape), axis=1)
    members = np.clip(np.rint(size)[:, None] + drift, *bounds).astype(np.int32)
    group, _ = np.nonzero(known)
    on, members, opening = days[known], members[known], np.nonzero(known)[1] == 0
    yearly = (
        12
        * members
        * _earning(rng, sector)[group]
        * GROWTH ** (on.astype("datetime64[Y]").astype(int) - 42)
    )
    yearly *= rng.lognormal(0, 0.15, len(on))
    share = np.array([TRADES[code].women for code in SECTORS])[sector] + rng.normal(0, 0.1, count)
    women = rng.binomial(members, np.clip(share, 0.05, 0.98)[group])
    assets = np.where(rng.random(count) < KEEPS_ASSETS, rng.lognormal(-1.2, 0.3, count), np.nan)[
        group
    ]
    return pa.table(
        {
            "kub_id": ids.take(pa.array(group)),
            "reported_on": pa.array(on),
            "members": pa.array(members),
            "women": pa.array(women, pa.int32(), mask=rng.random(len(on)) < WOMEN_UNSTATED),
            "revenue_idr": _rupiah(yearly, opening | (rng.random(len(on)) < REVENUE_UNSTATED)),
            "assets_idr": _rupiah(np.nan_to_num(yearly * assets), np.isnan(assets)),
        }
    )


def _earning(rng: np.random.Generator, sector: Array) -> Array:
    """Rupiah per member and month, per group, at prices of 2012."""
    return np.array([TRADES[code].monthly_idr for code in SECTORS])[sector] * rng.lognormal(
        0, 0.35, len(sector)
    )


def _rupiah(values: Array, unknown: Array) -> pa.Array:
    return pa.array((np.rint(values / 50_000) * 50_000).astype(np.int64), mask=unknown)
