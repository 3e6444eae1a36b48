"""python -m kub card, remove-card: a programme's benchmark card, to be published or mailed, and the
way out of a card that was imported.
"""

from pathlib import Path
from typing import Annotated

import typer

from kub import words
from kub.cli import console, options
from kub.store import database
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


def remove_card(
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME", help="kode_program")],
    lang: options.Lang = "id",
) -> None:
    """Keluarkan program yang hadir lewat kartu pembanding. Take out a programme that is here by its
    benchmark card.
    """
    w = words.of(lang)
    data = Data.open(options.in_use(w))
    options.known(data, Filters(programme), w)
    if programme not in data.cards:
        console.warn(w("cli.card_is_records", programme=programme))
        raise typer.Exit(1)
    if len(data.programmes) == 1:
        console.warn(w("cli.card_is_alone", programme=programme))
        raise typer.Exit(1)
    with options.storage_faults_shown(w), console.progress(w) as progress:
        version = database.build(
            [],
            keep_samples=True,
            progress=progress,
            waiting=options.waiting(w),
            removed=[programme],
        )
    console.say(w("cli.card_removed", programme=programme, version=version.label))
