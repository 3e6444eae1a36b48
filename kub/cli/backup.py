"""python -m kub backup, restore: the data folder as one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from kub import words
from kub.cli import console, options
from kub.store import audit
from kub.store import backup as packing
from kub.store.backup import BackupRefused
from kub.store.versions import data_folder, printable
from kub.words.system_reasons import system_reason


def backup(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas tujuan. File to write.")],
    force: Annotated[
        bool, typer.Option("--force", help="Timpa berkas yang ada. Overwrite.")
    ] = False,
    lang: options.Lang = "id",
) -> None:
    """Cadangkan seluruh folder data ke satu berkas. Back up the whole data folder as one file."""
    w = words.of(lang)
    options.free(out, force, w)
    options.in_use(w)  # where there is none at all, one is built
    with options.storage_faults_shown(w), console.progress(w) as progress:
        try:
            made = packing.backup(data_folder(), out, progress, audit.COMMAND, options.waiting(w))
        except OSError as error:
            raise typer.BadParameter(
                w("cli.not_written", file=out, reason=system_reason(error, w)), param_hint="FILE"
            ) from error
    for fault in made.left_out:
        reason = w(f"version.reason.{fault.reason}", file=fault.path.name, detail=fault.detail)
        console.warn(printable(w("cli.backup.left_out", reason=reason)))
    values = {"versions": len(made.versions), "visits": made.visits, "mb": made.size / 1e6}
    console.say(w("cli.backup.done", file=printable(out), **values))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas cadangan. A backup.")],
    lang: options.Lang = "id",
) -> None:
    """Pulihkan cadangan ke folder data yang kosong. Restore a backup into an empty data folder."""
    w = words.of(lang)
    with options.storage_faults_shown(w), console.progress(w) as progress:
        try:
            restored = packing.restore(
                file, data_folder(), progress, audit.COMMAND, options.waiting(w)
            )
        except BackupRefused as fault:
            options.refuse(fault.message(w), fault)
    console.say(
        w(
            "cli.restore.done",
            folder=printable(data_folder()),
            version=restored.version.name,
            versions=restored.versions,
            visits=restored.visits,
        )
    )
