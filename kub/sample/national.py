"""Invents a programme in every regency and city of the country, to try what a ministry would see.

Codes and villages are the official ones, so that a national view has its provinces; the programmes
say in their codes, names and the column `contoh` that they are invented.
"""

from datetime import date
from pathlib import Path

import numpy as np

from kub import places
from kub.progress import Progress
from kub.sample import scale, writing
from kub.sample.plan import Row

# From this many groups on a sample is of the whole country, unless it is told otherwise.
NATIONAL_KUB = 1_000_000
# Some villages have no group, and some groups so few members that readers may not see them.
SERVED_SHARE, FEW_SHARE, BOUNDS = 0.9, 0.01, (2, 40)
REGENCIES = 514  # in the country
# Residents of an invented village, on average: the sum is about that of the country.
RESIDENTS = (600, 6_000)


def write(out: Path, kub: int, regencies: int, seed: int, progress: Progress) -> Path:
    """Writes the folder `skala-<kub>`: a folder of Parquet files for each of the first so many
    regencies, which share the groups by their villages; no more regencies than groups.

    Raises ValueError where kub is below 1, or regencies are no number of them.
    """
    if kub < 1 or not 1 <= regencies <= REGENCIES:
        raise ValueError(f"at least 1 group and 1 to {REGENCIES} regencies")
    codes = [code for code, _ in places.regencies()[: min(regencies, kub)]]
    villages = [[village.code for village in places.villages_of(code)] for code in codes]
    folder = out / f"skala-{kub}"
    ends = np.rint(np.cumsum([len(own) for own in villages]) * _rest(kub, villages)).astype(int)
    ends += np.arange(1, len(codes) + 1)
    starts = np.concatenate([[0], ends[:-1]])
    for code, own, start, end in zip(codes, villages, starts, ends, strict=True):
        progress(float(start) / kub, "progress.write")
        rng = np.random.default_rng([seed, kub, int(code.replace(".", ""))])
        with writing.Folder(folder / code) as book:
            book.put("programme", [_programme(code, len(own) * int(rng.integers(*RESIDENTS)))])
            served = rng.permutation(own)[: max(1, round(len(own) * SERVED_SHARE))].tolist()
            many = int(end - start)
            for table, rows in scale.records(rng, 0, many, served, FEW_SHARE, BOUNDS).items():
                book.put(table, rows)
    progress(1.0, "progress.done")
    return folder


def _rest(kub: int, villages: list[list[str]]) -> float:
    """Groups for each village, where every regency has one already."""
    return (kub - len(villages)) / sum(len(own) for own in villages)


def _programme(code: str, population: int) -> Row:
    return {
        "programme_id": f"CONTOH-{code}",
        "name": f"Program KUB {places.regency_name(code)} (contoh, uji skala)",
        "regency_code": code,
        "operator": f"Pengelola contoh {places.regency_name(code)}",
        "started_on": date(scale.FIRST_YEAR, 1, 1),
        "population": population,
        "population_year": 2020,
        "source": scale.SOURCE,
        "is_sample": True,
    }
