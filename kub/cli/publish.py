"""python -m kub publish: the readers' pages of a programme as a static site."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kub import look, words
from kub.cli import console, options
from kub.store.data import Data
from kub.words import Words
from kub.words.system_reasons import system_reason
from queries import ROLES
from queries.filters import Filters


def publish(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="Folder tujuan. Folder to write.")],
    programme: options.ProgrammeCode = None,
    lang: options.Lang = "id",
) -> None:
    """Terbitkan halaman pembaca sebagai situs statis. Write the readers' pages as a static site,
    for any web server.
    """
    # Not above: the other commands would wait for what they do not need.
    from kub.exports.site import files, folder

    w = words.of(lang)
    with _faults_shown(out, w):
        _writable(out, w)
        folder.former(out)
    data = Data.open(options.in_use(w)).seen_by(ROLES[0])
    filters = Filters(programme)
    options.known(data, filters, w)
    with console.progress(w) as progress:
        made = files(data, filters, progress)
        progress(1.0, "publish.progress.folder")
        with _faults_shown(out, w):
            folder.store(out, made, _about(data, filters))
    size = sum(map(len, made.values())) / 1_000_000
    console.say(w("publish.done", folder=out, files=len(made) + 1, size=size))


@contextmanager
def _faults_shown(out: Path, w: Words) -> Iterator[None]:
    """Within: a folder that is not ours, or cannot be written, ends the command with 2."""
    from kub.exports.site import folder

    try:
        yield
    except folder.Refused as fault:
        message = w(f"publish.refused.{fault.rule}", path=fault.path, folder=out)
        raise typer.BadParameter(message, param_hint="DIR") from fault
    except OSError as error:
        _not_written(out, system_reason(error, w), w, error)


def _writable(out: Path, w: Words) -> None:
    """Refuse a place that cannot be written before the work, which takes seconds."""
    parent = out.resolve().parent
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        rule = "denied" if parent.is_dir() else "missing"
        _not_written(out, w(f"system.{rule}"), w)


def _not_written(out: Path, reason: str, w: Words, error: OSError | None = None) -> NoReturn:
    message = w("cli.not_written", file=out, reason=reason)
    raise typer.BadParameter(message, param_hint="DIR") from error


def _about(data: Data, filters: Filters) -> dict[str, object]:
    programme = data.programme(filters)
    named = {"name": look.BRAND.name} if look.BRAND.name else {}
    return named | {
        "programme": programme.programme_id,
        "version": data.version.name,
        "as_of": str(programme.as_of or ""),
        "sample": programme.is_sample,
    }
