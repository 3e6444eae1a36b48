"""python -m kub sample."""

from pathlib import Path
from typing import Annotated

import typer

from kub import sample, words
from kub.cli import console, options
from kub.sample import national
from kub.shipped import NEW_SAMPLES


def write_sample(
    out: Annotated[Path, typer.Option(help="Folder tujuan. Where to write.")] = NEW_SAMPLES,
    kub: Annotated[
        int | None, typer.Option(min=1, help="Jumlah KUB, untuk uji skala. Number of KUB.")
    ] = None,
    regencies: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=national.REGENCIES,
            help=(
                "Satu program per kabupaten/kota, sebanyak ini. One programme in each of so many "
                "regencies."
            ),
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Sama seed, sama isi. Same seed, same records.")] = 2017,
    parquet: Annotated[
        bool,
        typer.Option("--parquet", help="Dengan --kub: folder Parquet. With --kub: Parquet."),
    ] = False,
    lang: options.Lang = "id",
) -> None:
    """Tulis buku kerja contoh (data dibuat). Write the invented sample workbooks."""
    w = words.of(lang)
    if regencies and not kub:
        raise typer.BadParameter(w("cli.regencies_kub"), param_hint="--regencies")
    with console.progress(w) as progress:
        written = sample.write(out, kub, seed, progress, parquet, regencies)
    for path in written:
        typer.echo(path)
