"""python -m kub export: the take-home pack as one file, or all of it as a ZIP."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NoReturn, get_args

import typer

from kub import words
from kub.cli import console, options
from kub.exports.pack import STANDARD, Pack, Untold, pack
from kub.store.data import Data
from kub.store.versions import Version, data_folder, named
from kub.visits import FOLDER, Unreadable, Visit, visit
from kub.words import Language, Words
from kub.words.system_reasons import system_reason
from queries.filters import Filters

Format = Literal["pptx", "pdf", "xlsx", "html", "zip"]
ENDINGS: tuple[Format, ...] = get_args(Format)


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Berkas tujuan. File to write.")],
    form: Annotated[
        Format | None, typer.Option("--format", help="Tanpa ini: dari nama OUT. Else from OUT.")
    ] = None,
    programme: options.Programme = None,
    districts: options.Districts = None,
    villages: options.Villages = None,
    sectors: options.Sectors = None,
    since: options.Since = None,
    until: options.Until = None,
    denominator: options.Denominators = "regency",
    measure: options.Measures = "kub",
    peers: options.Peers = None,
    visit_id: Annotated[
        str, typer.Option("--visit", metavar="ID", help="Kunjungan. The story of a visit.")
    ] = "",
    role: options.Roles = "reader",
    force: Annotated[
        bool, typer.Option("--force", help="Timpa berkas yang ada. Overwrite.")
    ] = False,
    lang: Annotated[
        Language | None, typer.Option(help="Bahasa paket dan pesan. Of pack and messages.")
    ] = None,
) -> None:
    """Tulis paket bawa pulang. Write the take-home pack: slides, document, workbook, page, or all
    as ZIP.
    """
    # Not above: the other commands would wait half a second for what they do not need.
    from kub.exports.pictures import NoBrowser

    w = words.of(lang or "id")
    form = form or _ending(out, w)
    _writable(out, form, force, w)
    filters = options.filters(
        w, programme, districts, villages, sectors, since, until, denominator, measure, peers
    )
    told = _visit(visit_id, filters, w) if visit_id else None
    spoken = words.of(lang or (told.lang if told else "id"))
    data = Data.open(_pinned(told, w) if told else options.in_use(w)).seen_by(role)
    if told:
        filters = told.steps[0].filters
    else:
        options.known(data, filters, w)
    with console.progress(w) as progress:
        progress(0, "pack.progress.answers")
        title = (
            spoken("take_home.visit", institution=told.institution)
            if told and told.institution
            else ""
        )
        try:
            guest = told.institution if told else ""
            steps = told.steps if told else STANDARD
            made = pack(data, filters, spoken, date.today(), steps, title, guest=guest)
        except Untold as fault:
            about = f" {fault.option.message(w)}" if fault.option else ""
            _fail(w("cli.export.visit_step", value=visit_id, n=fault.number) + about, fault)
        region = told.regency_code if told else ""
        try:
            content = _made(form, made, region or data.regency_code(filters), progress)
        except NoBrowser as fault:
            _fail(w("cli.export.no_browser", reason=fault.message(w)), fault)
    _store(out, content, w)
    typer.echo(out)


def _made(form: Format, made: Pack, region: str, progress: Callable[[float, str], None]) -> bytes:
    from kub.exports.pictures import Pictures
    from kub.exports.zip import bundle, write

    with Pictures() as pictures:
        if form == "zip":
            return bundle(made, pictures=pictures, region=region, progress=progress)
        progress(0.3, f"pack.progress.{form}")
        return write(form, made, pictures)


def _ending(out: Path, w: Words) -> Format:
    for each in ENDINGS:
        if out.suffix.lower() == f".{each}":
            return each
    raise typer.BadParameter(w("cli.export.no_format", file=out), param_hint="OUT")


def _writable(out: Path, form: Format, force: bool, w: Words) -> None:
    """Said before the work, not after it."""
    if out.suffix.lower() != f".{form}":
        raise typer.BadParameter(w("cli.export.ending", file=out, format=form), param_hint="OUT")
    try:
        there = out.exists()
    except OSError as error:  # a name that no disk takes
        raise typer.BadParameter(
            w("cli.not_written", file=out, reason=system_reason(error, w)), param_hint="OUT"
        ) from error
    if there and not (force and out.is_file()):
        raise typer.BadParameter(w("cli.export.exists", file=out), param_hint="OUT")
    if not out.parent.is_dir() or not os.access(out.parent, os.W_OK):
        reason = w(f"system.{'denied' if out.parent.is_dir() else 'missing'}")
        raise typer.BadParameter(w("cli.not_written", file=out, reason=reason), param_hint="OUT")


def _store(out: Path, content: bytes, w: Words) -> None:
    """Whole or not at all: an older file of that name stays until the new one is written."""
    unfinished = out.with_name(f".kub-{os.getpid()}.new")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(out)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise typer.BadParameter(
            w("cli.not_written", file=out, reason=system_reason(error, w)), param_hint="OUT"
        ) from error


def _visit(visit_id: str, filters: Filters, w: Words) -> Visit:
    if filters != Filters():
        raise typer.BadParameter(w("cli.export.visit_filters"), param_hint="--visit")
    try:
        found = visit(data_folder(), visit_id)
    except Unreadable as fault:
        _fail(w(f"visit.unreadable.{fault.rule}", file=fault.path.name, value=fault.value), fault)
    if found is None:
        hint = w("cli.export.visit", value=visit_id, folder=data_folder() / FOLDER)
        raise typer.BadParameter(hint, param_hint="--visit")
    if not found.steps:
        _fail(w("cli.export.visit_empty", value=visit_id))
    return found


def _pinned(told: Visit, w: Words) -> Version:
    """The version that the visit was prepared with: its numbers stay what they were."""
    return named(data_folder(), told.version) or _fail(
        w("cli.export.visit_version", version=told.version, value=told.visit_id)
    )


def _fail(text: str, fault: Exception | None = None) -> NoReturn:
    console.warn(text)
    raise typer.Exit(1) from fault
