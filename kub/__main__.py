"""python -m kub: sample, template, check, import, info, ask.

Exit status 0: done. 1: problems in the user's data. 2: wrong usage. A bug is a traceback.
"""

import codecs
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from kub import console, database, places, records, sample, template, words
from kub.data import Data
from kub.exports.csv import csv
from kub.exports.rows import rows
from kub.questions import answer
from kub.words import Language
from queries import Question
from queries.filters import Denominator, Filters, Measure

app = typer.Typer(
    name="kub",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="KUB Batang: catatan, jawaban. Records, answers.",
)

Format = Literal["table", "csv", "json"]
Lang = Annotated[Language, typer.Option(help="Bahasa pesan. Language of messages.")]
AsJson = Annotated[bool, typer.Option("--json", help="Untuk mesin. For machines.")]
Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help="Buku kerja .xlsx, atau folder .csv/.parquet. Workbooks or folders."),
]


@app.command("sample")
def write_sample(
    out: Annotated[Path, typer.Option(help="Folder tujuan. Where to write.")] = database.SAMPLES,
    kub: Annotated[int | None, typer.Option(min=1, help="Jumlah KUB, untuk uji skala. Number of KUB.")] = None,
    seed: Annotated[int, typer.Option(help="Sama seed, sama isi. Same seed, same records.")] = 2017,
    lang: Lang = "id",
) -> None:
    """Tulis buku kerja contoh (data dibuat). Write the invented sample workbooks."""
    with console.progress(words.of(lang)) as progress:
        written = sample.write(out, kub, seed, progress)
    for path in written:
        typer.echo(path)


@app.command("template")
def write_template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx")],
    region: Annotated[str, typer.Option(help="Kode kabupaten/kota, mis. 33.24. Regency code.")],
    lang: Lang = "id",
) -> None:
    """Tulis buku kerja kosong dengan daftar desa kabupaten itu. Write a blank workbook for a regency."""
    if not places.regency_name(region):
        raise typer.BadParameter(words.of(lang)("cli.unknown_region", code=region), param_hint="--region")
    template.write(region, out, lang)
    typer.echo(out)


@app.command("check")
def check_files(files: Files, as_json: AsJson = False, lang: Lang = "id") -> None:
    """Periksa berkas tanpa mengimpor. Check files without importing them."""
    checked = _read(files, lang, as_json)
    raise typer.Exit(0 if checked.ok else 1)


@app.command("import")
def import_files(
    files: Files,
    keep_samples: Annotated[bool, typer.Option(help="Biarkan data contoh. Keep the sample programmes.")] = False,
    as_json: AsJson = False,
    lang: Lang = "id",
) -> None:
    """Periksa lalu impor: semua atau tidak sama sekali. Check, then import all or nothing."""
    checked = _read(files, lang, as_json)
    w = words.of(lang)
    if not checked.ok:
        if not as_json:
            console.say(w("cli.nothing_imported"))
        raise typer.Exit(1)
    with console.progress(w) as progress:
        version = database.build(checked.programmes, keep_samples=keep_samples, progress=progress)
    if not as_json:
        console.say(
            w("cli.imported", programmes=", ".join(p.programme_id for p in checked.programmes), version=version.label)
        )


@app.command()
def info(as_json: AsJson = False, lang: Lang = "id") -> None:
    """Versi data, berkas sumber dan hash, jumlah baris. Data version, source files and hashes, row counts."""
    facts = database.info(database.current())
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
    else:
        console.info(facts, words.of(lang))


@app.command()
def ask(
    question: Annotated[Question, typer.Argument(help="Pertanyaan. Question.", show_choices=True)],
    programme: Annotated[str | None, typer.Option(help="kode_program")] = None,
    districts: Annotated[list[str] | None, typer.Option(help="Kode kecamatan, boleh diulang. Repeatable.")] = None,
    villages: Annotated[list[str] | None, typer.Option(help="Kode desa, boleh diulang. Repeatable.")] = None,
    sectors: Annotated[list[str] | None, typer.Option(help="Sektor, boleh diulang. Repeatable.")] = None,
    since: Annotated[int | None, typer.Option(help="Tahun pertama yang ditampilkan. First year listed.")] = None,
    until: Annotated[int | None, typer.Option(help="Tahun keadaan. As-of year.")] = None,
    denominator: Annotated[Denominator, typer.Option(help="Penyebut cakupan. Villages counted.")] = "regency",
    measure: Annotated[Measure, typer.Option(help="Ukuran pangsa. What shares are made of.")] = "kub",
    form: Annotated[Format, typer.Option("--format")] = "table",
    lang: Lang = "id",
) -> None:
    """Jawaban yang sama dengan layar. The same answer as on the screen."""
    filters = Filters(
        programme=programme,
        districts=tuple(districts or ()),
        villages=tuple(villages or ()),
        sectors=tuple(sectors or ()),
        since=since,
        until=until,
        denominator=denominator,
        measure=measure,
    )
    w = words.of(lang)
    data = Data.open(database.current())
    if unknown := [w(f"cli.unknown_{field}", value=value) for field, value in data.unknown(filters)]:
        raise typer.BadParameter("; ".join(unknown))
    found = answer(data, question, filters, w)
    if form == "json":
        typer.echo(json.dumps(rows(found.frame, found.sample), ensure_ascii=False, indent=2))
    elif form == "csv":
        # A pipe wants plain UTF-8; the byte order mark is for Excel, which opens files.
        sys.stdout.buffer.write(csv(found, w, "intl").removeprefix(codecs.BOM_UTF8))
    else:
        console.answer(found, w)


def _read(files: Sequence[Path], lang: str, as_json: bool) -> records.Checked:
    w = words.of(lang)
    with console.progress(w) as progress:
        checked = records.read(files, date.today(), progress)
    if as_json:
        typer.echo(json.dumps(console.problem_rows(checked.problems), ensure_ascii=False, indent=2))
    else:
        console.problems(checked.problems, w)
    return checked


if __name__ == "__main__":
    app()
