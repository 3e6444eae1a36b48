"""python -m kub: sample, template, check, import, info, ask, export, publish, card, versions and
more.

Exit status 0: done. 1: problems in the user's data. 2: wrong usage. A bug is a traceback.
"""

import codecs
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import pyarrow as pa
import typer
from xlsxwriter.exceptions import FileCreateError

from kub import records, words
from kub.answers.answer import answer
from kub.answers.compare import compared
from kub.answers.rows import rows_of
from kub.cli import backup, console, engines, options, origin, versions, watch
from kub.cli.brand import brand
from kub.cli.card import card, remove_card
from kub.cli.export import export
from kub.cli.options import AsJson, in_use, storage_faults_shown, waiting
from kub.cli.publish import publish
from kub.cli.sample import write_sample
from kub.exports.data_files import file_of
from kub.exports.downloads import narrowed_by
from kub.records import template
from kub.records.folder import programmes_in
from kub.records.limits import OF_SIZE
from kub.records.spool import counted, spool
from kub.store import database, replaced
from kub.store.data import Data
from kub.store.summary import summary
from kub.store.versions import Damaged, Version, data_folder, pointed, storing
from kub.words import Words
from kub.words.rows import plain
from kub.words.system_reasons import system_reason

app = typer.Typer(
    name="kub",
    no_args_is_help=True,
    add_completion=False,
    # Typer's own tracebacks print local variables, and these hold rows of records.
    pretty_exceptions_enable=False,
    help="KUB Batang: catatan, jawaban. Records, answers.",
)

app.command("sample")(write_sample)  # first in --help

Format = Literal["table", "csv", "json"]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE…",
        help=(
            "Buku kerja .xlsx, folder .csv/.parquet, atau kartu pembanding .zip. "
            "Workbooks, folders or benchmark cards."
        ),
    ),
]


NoLimits = Annotated[
    bool,
    typer.Option(
        "--no-limits",
        help=(
            "Tanpa batas memori, waktu, dan besar berkas. No limits on memory, time and size "
            "of a file."
        ),
    ),
]


@app.command("template")
def write_template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx")],
    region: Annotated[str, typer.Option(help="Kode kabupaten/kota, mis. 33.24. Regency code.")],
    lang: options.Lang = "id",
) -> None:
    """Tulis buku kerja kosong dengan daftar desa kabupaten itu. Write a blank workbook for a
    regency.
    """
    w = words.of(lang)
    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter(w("cli.not_xlsx", file=out), param_hint="OUT.xlsx")
    if out.exists():
        # It may well be the office's filled one.
        raise typer.BadParameter(w("cli.exists", file=out), param_hint="OUT.xlsx")
    try:
        template.write(region, out, lang)
    except template.UnknownRegency as error:
        raise typer.BadParameter(error.message(w), param_hint="--region") from error
    except FileCreateError as error:
        raise typer.BadParameter(
            w("cli.not_written", file=out, reason=system_reason(error, w)), param_hint="OUT.xlsx"
        ) from error
    typer.echo(out)


@app.command("check")
def check_files(
    files: Files, no_limits: NoLimits = False, as_json: AsJson = False, lang: options.Lang = "id"
) -> None:
    """Periksa berkas tanpa mengimpor. Check files without importing them."""
    w = words.of(lang)
    before, lost = _before(w)
    read = engines.here(no_limits, counted)
    checked = _read(files, w, as_json, replaced.standing(before), read)
    if lost:
        # After the problems: it is about the data in use, not about the files.
        console.warn(lost)
    if not as_json:
        console.reading(checked.reading, w)
    if not checked.ok:
        raise typer.Exit(1)


@app.command("import")
def import_files(
    files: Files,
    keep_samples: Annotated[
        bool, typer.Option(help="Biarkan data contoh. Keep the sample programmes.")
    ] = False,
    no_limits: NoLimits = False,
    engine: engines.Engine = "duckdb",
    master: engines.Master = None,
    as_json: AsJson = False,
    lang: options.Lang = "id",
) -> None:
    """Periksa lalu impor: semua atau tidak sama sekali. Check, then import all or nothing."""
    w = words.of(lang)
    with engines.reader(engine, master, no_limits, _on_disk(), w) as read:
        _import(files, keep_samples, read, as_json, w)


def _import(
    files: Sequence[Path], keep_samples: bool, read: engines.Read, as_json: bool, w: Words
) -> None:
    # Before anything is built: the new version must be compared with the old one, not with itself.
    previous, lost = _before(w)
    before = replaced.standing(previous)
    with storage_faults_shown(w):
        checked = _read(files, w, as_json, before, read)
    if not checked.ok:
        if not as_json:
            console.say(w("cli.nothing_imported"))
            console.reading(checked.reading, w)
        raise typer.Exit(1)
    # Left out, the sample programmes go with the first real import.
    if keep_samples:
        in_use(w)  # in an empty folder there would be no samples to keep
    # Only around the build: a fault while reading files is a problem in them or a bug.
    with storage_faults_shown(w), console.progress(w) as progress:
        version = database.build(
            checked.programmes, keep_samples=keep_samples, progress=progress, waiting=waiting(w)
        )
    if lost:
        console.warn(f"{lost} {w('cli.lost')}")
    if not as_json:
        console.say(
            w(
                "cli.imported",
                programmes=", ".join(p.programme_id for p in checked.programmes),
                version=version.label,
            )
        )
        for programme in checked.programmes:
            console.replaced(
                programme.programme_id,
                replaced.coming(programme),
                before.get(programme.programme_id),
                w,
            )
        console.reading(checked.reading, w)


@app.command()
def info(as_json: AsJson = False, lang: options.Lang = "id") -> None:
    """Versi data, berkas sumber dan hash, jumlah baris. Data version, source files and hashes, row
    counts.
    """
    w = words.of(lang)
    facts = summary(in_use(w))
    if as_json:
        # Not escaped to ASCII: names of villages stay readable in a terminal.
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=plain))
    else:
        console.info(facts, w)


@app.command()
def ask(
    question: options.Question,
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
    rows: options.Rows = "district",
    columns: options.Columns = "sector",
    role: options.Roles = "reader",
    form: Annotated[Format, typer.Option("--format")] = "table",
    behind: options.Behind = False,
    lang: options.Lang = "id",
) -> None:
    """Jawaban yang sama dengan layar. The same answer as on the screen."""
    w = words.of(lang)
    filters = options.filters(
        w, programme, districts, villages, sectors, since, until, denominator, measure, peers
    )
    against = options.comparison(
        against_programme, against_districts, against_villages, against_sectors, against_until
    )
    filters = replace(filters, rows=rows, columns=columns)
    data = Data.open(in_use(w)).seen_by(role)
    # Before its codes: whatever place is named, a programme of yearly figures has none.
    with options.yearly_shown(w):
        data.refuse(question, filters)
    # Codes are checked against the version, or a slip would answer "nothing" instead of "unknown".
    options.known(data, filters, w)
    options.comparable(data, filters, against, question, w)
    if behind:
        origin.show(data, question, filters, form, w)
        return
    with options.yearly_shown(w):
        frame = rows_of(data, question, filters, against)
    narrowed = narrowed_by(data, filters, against)
    options.note_download(data, narrowed, len(frame.frame), w, question=question)
    if form == "table":
        asked = partial(compared, against=against) if against else answer
        console.answer(asked(data, question, filters, words=w), w)
        return
    # A pipe wants plain UTF-8; the byte order mark is for Excel, which opens files.
    file = file_of(frame, form, w)
    sys.stdout.buffer.write(file.removeprefix(codecs.BOM_UTF8))


# In modules of their own: they alone need what draws and writes files.
app.command("export")(export)
app.command("publish")(publish)
app.command("remove-card")(remove_card)
app.command("card")(card)
app.command("versions")(versions.versions)
app.command("rollback")(versions.rollback)
app.command("prune")(versions.prune)
app.command("audit")(versions.audit_trail)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("watch")(watch.watch)
app.command("brand")(brand)


def _before(w: Words) -> tuple[Version | None, str]:
    """(version, warning): what an import builds on, and what to say where that is not the version
    named by `current`; None where none can be used.
    """
    try:
        version = pointed(data_folder())
    except Damaged as fault:
        return None, ". ".join(fault.message(w))
    if version and version.notice:
        return version, w("cli.fallback", version=version.label)
    return version, ""


def _on_disk() -> records.Keep:
    """Keeps large tables on the disk, beside the data that they will be."""
    folder = data_folder()
    put = spool(folder)

    def keep(tables: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
        with storing(folder):
            return put(tables)

    return keep


def _read(
    files: Sequence[Path],
    w: Words,
    as_json: bool,
    before: Mapping[str, replaced.Standing],
    read: engines.Read,
) -> records.Checked:
    """Read and check the files, and print what is wrong in them.

    before: size of each programme in the version in use, by id.
    """
    paths = [own for path in files for own in programmes_in(path)]
    with console.progress(w) as progress:
        result = read(paths, date.today(), progress)
        # Half a workbook is right cell by cell: only beside what it replaces is it a problem.
        checked = replaced.checked_against(result, before)
    if as_json:
        typer.echo(json.dumps(console.problem_rows(checked.problems), ensure_ascii=False, indent=2))
    else:
        console.problems(checked.problems, w)
    # The way around a limit is shown to whoever meets one, and to nobody else.
    if any(problem.rule in OF_SIZE for problem in checked.problems):
        console.warn(w("cli.no_limits"))
    return checked


def main() -> None:
    """The command `kub`.

    Text goes out as UTF-8: on Windows a file or pipe would have a code page without ◇ and →.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app()


if __name__ == "__main__":
    main()
