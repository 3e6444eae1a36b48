"""python -m kub card: the benchmark card of a programme, to be published or mailed."""

from pathlib import Path
from typing import Annotated

import typer

from kub import words
from kub.cli import options
from kub.store.data import Data
from queries.filters import Filters


def card(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="Berkas tujuan. File to write.")],
    programme: options.ProgrammeCode = None,
    force: Annotated[
        bool, typer.Option("--force", help="Timpa berkas yang ada. Overwrite.")
    ] = False,
    lang: options.Lang = "id",
) -> None:
    """Tulis kartu pembanding: angka tahunan satu program, tanpa catatannya. Write the benchmark
    card: the yearly figures of a programme, without its records.
    """
    # Not above: the other commands would wait for what they do not need.
    from kub.exports import benchmark_card

    w = words.of(lang)
    if out.suffix.lower() != ".zip":
        raise typer.BadParameter(
            w("cli.export.ending", file=out, format="zip"), param_hint="OUT.zip"
        )
    options.free(out, force, w)
    data = Data.open(options.in_use(w))
    filters = Filters(programme)
    options.known(data, filters, w)
    with options.yearly_shown(w):
        content = benchmark_card.card(data, filters)
    options.store(out, content, w)
    typer.echo(out)
