"""python -m kub export: the take-home pack as one file, or all of it as a ZIP."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NoReturn, get_args

import typer

from kub import words
from kub.answers.step import Step
from kub.cli import console, options
from kub.exports.downloads import narrowed_by
from kub.exports.pack import STANDARD, Pack, UnanswerableStep, pack
from kub.store.data import Data
from kub.store.versions import Version, data_folder, named
from kub.visits import FOLDER, Unreadable, Visit, visit
from kub.words import Language, Words
from queries.filters import Filters

Format = Literal["pptx", "pdf", "xlsx", "html", "zip"]
ENDINGS: tuple[Format, ...] = get_args(Format)


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Berkas tujuan. File to write.")],
    form: Annotated[
        Format | None, typer.Option("--format", help="Tanpa ini: dari nama OUT. Else from OUT.")
    ] = None,
    programme: options.ProgrammeCode = None,
    districts: options.Districts = None,
    villages: options.Villages = None,
    sectors: options.Sectors = None,
    since: options.Since = None,
    until: options.Until = None,
    denominator: options.Denominators = "regency",
    measure: options.Measures = "kub",
    peers: options.Peers = None,
    against_programme: options.AgainstProgramme = None,
    against_districts: options.AgainstDistricts = None,
    against_villages: options.AgainstVillages = None,
    against_sectors: options.AgainstSectors = None,
    against_until: options.AgainstUntil = None,
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
    # Filters are read before a version is opened: wrong usage is said without waiting for a build.
    filters = options.filters(
        w, programme, districts, villages, sectors, since, until, denominator, measure, peers
    )
    against = options.comparison(
        against_programme, against_districts, against_villages, against_sectors, against_until
    )
    steps: Sequence[Step] = STANDARD
    title, guest, region = "", "", ""
    if visit_id:
        # A visit brings all that options would say: its steps, its language, its data version.
        if against:
            raise typer.BadParameter(w("cli.export.visit_filters"), param_hint="--visit")
        visited = _visit(visit_id, filters, w)
        spoken = words.of(lang or visited.lang)
        data = Data.open(_pinned(visited, w)).seen_by(role)
        filters = visited.steps[0].filters
        steps, guest, region = visited.steps, visited.institution, visited.regency_code
        if guest:
            title = spoken("take_home.visit", institution=guest)
    else:
        spoken = w
        data = Data.open(options.in_use(w)).seen_by(role)
        options.known(data, filters, w)
        options.comparable(data, filters, against, "", w)
    with console.progress(w) as progress:
        progress(0, "pack.progress.answers")
        try:
            # The answers come first: without them no browser need be started.
            made = pack(
                data, filters, spoken, date.today(), steps, title, guest=guest, against=against
            )
        except UnanswerableStep as fault:
            message = w("cli.export.visit_step", value=visit_id, n=fault.number)
            if fault.option:
                message += f" {fault.option.message(w)}"
            _fail(message, fault)
        try:
            content = _made(form, made, region or data.regency_code(filters), progress)
        except NoBrowser as fault:
            _fail(w("cli.export.no_browser", reason=fault.message(w)), fault)
    narrowed = {"visit": visit_id} if visit_id else narrowed_by(data, filters, against)
    rows = sum(len(part.answer.frame) for part in made.parts)
    options.note_download(data, narrowed, rows, w, file=out.name)
    options.store(out, content, w)
    typer.echo(out)


def _made(form: Format, made: Pack, region: str, progress: Callable[[float, str], None]) -> bytes:
    """The bytes of the file. region: code of the regency whose blank workbook the ZIP holds.

    Raises NoBrowser where a format needs drawn charts and nothing can draw them.
    """
    from kub.exports.pictures import Pictures
    from kub.exports.zip import bundle, write

    with Pictures() as pictures:
        # The ZIP reports its own parts; a single file has one step that takes the time.
        if form == "zip":
            return bundle(made, pictures=pictures, region=region, progress=progress)
        progress(0.3, f"pack.progress.{form}")
        return write(form, made, pictures)


def _ending(out: Path, w: Words) -> Format:
    for form in ENDINGS:
        if out.suffix.lower() == f".{form}":
            return form
    # Not a default format: a file called .doc that holds slides would not open.
    raise typer.BadParameter(w("cli.export.no_format", file=out), param_hint="OUT")


def _writable(out: Path, form: Format, force: bool, w: Words) -> None:
    """Refuse a place that cannot be written before the work, which takes seconds to a minute.

    Raises typer.BadParameter.
    """
    if out.suffix.lower() != f".{form}":
        raise typer.BadParameter(w("cli.export.ending", file=out, format=form), param_hint="OUT")
    options.free(out, force, w)


def _visit(visit_id: str, filters: Filters, w: Words) -> Visit:
    """The visit, with at least one step. Ends the command where there is none."""
    # Steps have filters of their own: one on the command line would silently do nothing.
    if filters != Filters():
        raise typer.BadParameter(w("cli.export.visit_filters"), param_hint="--visit")
    try:
        read = visit(data_folder(), visit_id)
    except Unreadable as fault:
        _fail(w(f"visit.unreadable.{fault.rule}", file=fault.path.name, value=fault.value), fault)
    if read is None:
        # The folder is named, for a visit is often looked for in another KUB_DATA.
        hint = w("cli.export.visit", value=visit_id, folder=data_folder() / FOLDER)
        raise typer.BadParameter(hint, param_hint="--visit")
    if not read.steps:
        _fail(w("cli.export.visit_empty", value=visit_id))
    return read


def _pinned(visited: Visit, w: Words) -> Version:
    """The version that the visit was prepared with: its numbers stay what they were."""
    return named(data_folder(), visited.version) or _fail(
        w("cli.export.visit_version", version=visited.version, value=visited.visit_id)
    )


def _fail(text: str, fault: Exception | None = None) -> NoReturn:
    console.warn(text)
    raise typer.Exit(1) from fault
