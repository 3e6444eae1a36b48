"""Plausible invented records: what the dashboard shows until real ones are imported."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kub.progress import Progress, silent
from kub.sample import batang, fictional, national, scale, writing
from kub.sample.characters import CHARACTERS
from kub.sample.plan import Tables

# Of the workbooks in data/sample: another seed would change committed files.
SEED = 2017


def write(
    out: Path,
    kub: int | None = None,
    seed: int = SEED,
    progress: Progress = silent,
    parquet: bool = False,
    regencies: int | None = None,
) -> list[Path]:
    """Writes the sample into the folder `out` and returns what was written.

    kub None: the workbook of Batang and four of fictional regencies. kub N: one programme of N
    groups in the regency 99.90, a workbook, or a folder of Parquet files where a sheet could not
    hold its reports; parquet: sub-folders of parts, whatever its size. With regencies, and from
    NATIONAL_KUB groups on, a folder of such folders, one for each of so many real regencies. The
    same seed gives the same bytes. progress is called with the share done (0-1) and a key of the
    words. Raises ValueError where kub is below 1 or regencies are no number of them, OSError where
    `out` cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    if kub is not None:
        if regencies is None and kub >= national.NATIONAL_KUB and not parquet:
            regencies = national.REGENCIES
        if regencies is not None:
            return [national.write(out, kub, regencies, seed, progress)]
        return [scale.write(out, kub, seed, progress, parquet)]
    makers: dict[str, Callable[[int], Tables]] = {"batang": batang.tables}
    for character in CHARACTERS:
        makers[character.programme_id.lower()] = partial(fictional.tables, character)
    written = []
    for done, (name, make) in enumerate(makers.items()):
        progress(done / len(makers), "progress.write")
        written.append(writing.workbook(out / f"{name}.xlsx", make(seed)))
    progress(1.0, "progress.done")
    return written
