"""What commands share: the filters as options of a command line, and the version in use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kub.answers.joined import KEYS
from kub.cli import console
from kub.records.dates import FIRST_YEAR, LAST_YEAR
from kub.store import database
from kub.store.alone import Waiting
from kub.store.data import Data, YearlyOnly
from kub.store.versions import Damaged, NotStored, Version, data_folder, held_by, printable
from kub.words import Language, Words
from kub.words.system_reasons import system_reason
from queries import QUESTIONS, Role
from queries.against import Against
from queries.filters import Denominator, Dimension, Filters, Measure

# Years outside of what records may hold are wrong usage, before any data is opened.
_Year = partial(typer.Option, min=FIRST_YEAR, max=LAST_YEAR)
Lang = Annotated[Language, typer.Option(help="Bahasa pesan. Language of messages.")]
AsJson = Annotated[bool, typer.Option("--json", help="Untuk mesin. For machines.")]
ProgrammeCode = Annotated[str | None, typer.Option(help="kode_program")]
Districts = Annotated[
    list[str] | None, typer.Option(help="Kode kecamatan, boleh diulang. Repeatable.")
]
Villages = Annotated[list[str] | None, typer.Option(help="Kode desa, boleh diulang. Repeatable.")]
Sectors = Annotated[list[str] | None, typer.Option(help="Sektor, boleh diulang. Repeatable.")]
Since = Annotated[int | None, _Year(help="Tahun pertama yang ditampilkan. First year listed.")]
Until = Annotated[int | None, _Year(help="Tahun keadaan. As-of year.")]
Denominators = Annotated[Denominator, typer.Option(help="Penyebut cakupan. Villages counted.")]
Measures = Annotated[Measure, typer.Option(help="Ukuran pangsa. What shares are made of.")]
Peers = Annotated[
    list[str] | None, typer.Option(help="Program pembanding, boleh diulang. Repeatable.")
]

# The other side of a comparison.
_AGAINST = "Pembanding: {}. Compared with another."
AgainstProgramme = Annotated[str | None, typer.Option(help=_AGAINST.format("kode_program"))]
AgainstDistricts = Annotated[list[str] | None, typer.Option(help=_AGAINST.format("kecamatan"))]
AgainstVillages = Annotated[list[str] | None, typer.Option(help=_AGAINST.format("desa"))]
AgainstSectors = Annotated[list[str] | None, typer.Option(help=_AGAINST.format("sektor"))]
AgainstUntil = Annotated[int | None, _Year(help=_AGAINST.format("tahun keadaan"))]

Rows = Annotated[Dimension, typer.Option(help="pivot: baris. What its rows are.")]
Columns = Annotated[Dimension, typer.Option(help="pivot: kolom. What its columns are.")]
Roles = Annotated[
    Role, typer.Option(help="analyst: juga angka tentang 1–4 orang. Figures about 1–4 people too.")
]
Behind = Annotated[
    bool,
    typer.Option("--origin", help="Baris catatan di baliknya. The rows of records behind it."),
]


def _question(name: str) -> str:
    """A question's name as typed. Raises typer.BadParameter, naming all, for another."""
    if name not in QUESTIONS:
        raise typer.BadParameter(f"'{name}': {', '.join(QUESTIONS)}")
    return name


# A type of the names themselves would be a second list of them.
Question = Annotated[
    str,
    typer.Argument(
        help=f"Pertanyaan. Question: {', '.join(QUESTIONS)}", callback=_question, show_default=False
    ),
]


def filters(
    w: Words,
    programme: str | None,
    districts: list[str] | None,
    villages: list[str] | None,
    sectors: list[str] | None,
    since: int | None,
    until: int | None,
    denominator: Denominator,
    measure: Measure,
    peers: list[str] | None,
) -> Filters:
    """The options as Filters. Raises typer.BadParameter for years in the wrong order."""
    if since is not None and until is not None and since > until:
        # Not exchanged in silence: in a script it is a slip of a variable.
        raise typer.BadParameter(w("cli.since_after_until", since=since, until=until))
    return Filters(
        programme=programme,
        districts=tuple(districts or ()),
        villages=tuple(villages or ()),
        sectors=tuple(sectors or ()),
        since=since,
        until=until,
        denominator=denominator,
        measure=measure,
        peers=tuple(peers or ()),
    )


def known(data: Data, asked: Filters, w: Words) -> None:
    """Raise typer.BadParameter, naming all of them, for codes that the version does not have."""
    if unknown := [w(f"cli.unknown_{field}", value=value) for field, value in data.unknown(asked)]:
        # All at once: whoever mends a script should not meet them singly.
        raise typer.BadParameter("; ".join(unknown))


def comparison(
    programme: str | None,
    districts: list[str] | None,
    villages: list[str] | None,
    sectors: list[str] | None,
    until: int | None,
) -> Against:
    """The options as the other side of a comparison."""
    return Against(
        programme, tuple(districts or ()), tuple(villages or ()), tuple(sectors or ()), until
    )


def comparable(data: Data, asked: Filters, against: Against, question: str, w: Words) -> None:
    """Raise typer.BadParameter for codes that the other side does not have, for a comparison with
    itself, and for a question that is not compared ("" for a pack, which has many).
    """
    if not against:
        return
    if question and question not in KEYS:
        listed = ", ".join(KEYS)
        raise typer.BadParameter(w("cli.against_question", question=question, known=listed))
    known(data, against.filters(data.resolved(asked)), w)
    if against.filters(data.resolved(asked)) == data.resolved(asked):
        raise typer.BadParameter(w("cli.against_itself"))


@contextmanager
def yearly_shown(w: Words) -> Iterator[None]:
    """Within: what a programme of yearly figures does not answer ends the command with 1."""
    try:
        yield
    except YearlyOnly as fault:
        console.warn(". ".join(fault.message(w)))
        raise typer.Exit(1) from fault


@contextmanager
def storage_faults_shown(w: Words) -> Iterator[None]:
    """Within: a data folder that cannot be used ends the command with 1 and says what to do.

    It is no bug, so nobody is shown a traceback.
    """
    try:
        yield
    except NotStored as fault:
        values = {"folder": printable(fault.folder), "reason": printable(fault.why(w))}
        console.warn(f"{w('error.not_stored.title')}. {w('error.not_stored.todo', **values)}")
        raise typer.Exit(1) from fault
    except Damaged as fault:
        refuse(fault.message(w), fault)


def refuse(message: tuple[str, str], fault: Exception, status: int = 1) -> NoReturn:
    """End the command, saying (what is the matter, what to do)."""
    console.warn(". ".join(message))
    raise typer.Exit(status) from fault


def waiting(w: Words) -> Waiting:
    """A callback that says for whom a command waits: who else writes in the data folder."""
    return lambda holder: console.warn(
        w("version.waiting", folder=data_folder(), who=held_by(holder, w))
    )


def in_use(w: Words) -> Version:
    """The version in use; where it is not the one that `current` names, says so beside the
    answer.
    """
    with storage_faults_shown(w), console.progress(w) as progress:
        version = database.current(progress=progress, waiting=waiting(w))
    # An older version in place of a damaged one: the answer is right, but not the newest.
    if version.notice:
        console.warn(w(version.notice))
    return version


def free(out: Path, force: bool, w: Words) -> None:
    """Refuse a place that cannot be written before the work, which takes seconds to a minute.

    Raises typer.BadParameter.
    """
    try:
        there = out.exists()
    except OSError as error:  # a name that no disk takes
        raise typer.BadParameter(
            w("cli.not_written", file=out, reason=system_reason(error, w)), param_hint="OUT"
        ) from error
    # --force replaces a file, never a folder.
    if there and not (force and out.is_file()):
        raise typer.BadParameter(w("cli.export.exists", file=out), param_hint="OUT")
    if not out.parent.is_dir() or not os.access(out.parent, os.W_OK):
        rule = "denied" if out.parent.is_dir() else "missing"
        reason = w(f"system.{rule}")
        raise typer.BadParameter(w("cli.not_written", file=out, reason=reason), param_hint="OUT")


def store(out: Path, content: bytes, w: Words) -> None:
    """Write the file whole or not at all: an older one stays until the new one is complete.

    Raises typer.BadParameter.
    """
    # Beside OUT, so on the same disk: only there a rename is one step.
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
