"""python -m kub versions, rollback, prune, audit: which versions there are, the way back, and what
was done.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from kub import words
from kub.cli import console, options
from kub.store import audit, catalogue, keeping
from kub.store.catalogue import Listed
from kub.store.keeping import Kept, VersionRefused
from kub.store.versions import Version, data_folder, printable, storing
from kub.words import Words

_YES = frozenset({"y", "ya", "yes"})


def versions(as_json: options.AsJson = False, lang: options.Lang = "id") -> None:
    """Versi data, yang terbaru dahulu: waktu, berkas, jumlah, catatan. Data versions, the newest
    first.
    """
    w = words.of(lang)
    options.in_use(w)  # where there is none at all, one is built
    with options.storage_faults_shown(w):
        entries, wrong = catalogue.listed(data_folder()), catalogue.faults(data_folder())
    if as_json:
        typer.echo(json.dumps([_row(entry) for entry in entries], ensure_ascii=False, indent=2))
    else:
        for entry in entries:
            # Not a table: on a terminal of 80 signs it would break the name, which is copied.
            console.say(entry.version.name)
            facts = [
                f"{w(f'cli.versions.{name}')}: {console.harmless(fact)}"
                for name, fact in _facts(entry, w).items()
                if fact
            ]
            console.say(f"  {' · '.join(facts)}")
    for fault in wrong:
        reason = w(f"version.reason.{fault.reason}", file=fault.path.name, detail=fault.detail)
        console.warn(printable(w("cli.versions.damaged", reason=reason)))


def _row(entry: Listed) -> dict[str, Any]:
    row = asdict(entry) | {
        "version": entry.version.name,
        "built_at": f"{entry.built_at:%Y-%m-%dT%H:%M:%SZ}",
        "files": [{"name": name, "sha256": digest} for name, digest in entry.files],
    }
    return row | {"pinned_by": list(entry.pinned_by)}


def _facts(entry: Listed, w: Words) -> dict[str, str]:
    states = [w("keeping.kept.in_use")] if entry.current else []
    if entry.pinned_by:
        states.append(w("keeping.kept.pinned", visits=", ".join(entry.pinned_by)))
    return {
        "built_at": f"{entry.built_at:%Y-%m-%d %H:%M}",
        "kub": w.number(entry.rows.get("KUB", 0)),
        "reports": w.number(entry.rows.get("Laporan", 0)),
        "files": ", ".join(sorted({name for name, _ in entry.files})),
        "state": "; ".join(states),
        "note": entry.note,
    }


def rollback(
    version: Annotated[
        str,
        typer.Argument(
            metavar="VERSION",
            help="Nama, atau bagiannya yang tidak ganda. Its name, or a part that no other has.",
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Tanpa bertanya. Without a question.")] = False,
    lang: options.Lang = "id",
) -> None:
    """Gunakan versi data lain. Go back, or forward, to another data version."""
    w = words.of(lang)
    with options.storage_faults_shown(w):
        try:
            # Whatever is in use may be damaged: this is the way out.
            chosen = catalogue.find(data_folder(), version)
            if _is_asked() and not yes and not _confirmed(chosen, w):
                console.say(w("cli.rollback.unchanged"))
                raise typer.Exit(1)
            chosen = keeping.roll_back(
                data_folder(), chosen.name, audit.COMMAND, options.waiting(w)
            )
        except VersionRefused as fault:
            # A name that there is not is a slip of the command, like an unknown programme.
            status = 2 if fault.rule in ("unknown", "ambiguous") else 1
            options.refuse(fault.message(w), fault, status)
    console.say(w("cli.rollback.done", version=chosen.name))


def _is_asked() -> bool:
    """Whether a person types, and no script."""
    return sys.stdin.isatty()


def _confirmed(version: Version, w: Words) -> bool:
    asked = w(
        "cli.rollback.ask", version=version.name, built_at=f"{version.built_at:%Y-%m-%d %H:%M}"
    )
    answer: str = typer.prompt(asked, default="", show_default=False, err=True)
    return answer.strip().casefold() in _YES


def prune(
    keep: Annotated[int, typer.Option(min=1, help="Jumlah versi terbaru. Newest to keep.")],
    lang: options.Lang = "id",
) -> None:
    """Hapus versi data lama. Remove old data versions; the one in use and those of visits stay."""
    w = words.of(lang)
    with options.storage_faults_shown(w):
        pruned = keeping.prune(data_folder(), keep, audit.COMMAND, options.waiting(w))
    for version in pruned.removed:
        console.say(w("cli.prune.removed", version=version.name))
    for entry in pruned.kept:
        console.say(
            w("cli.prune.kept", version=entry.version.name, reasons=_reasons(entry, keep, w))
        )
    console.say(w("cli.prune.done", removed=len(pruned.removed), kept=len(pruned.kept)))


def _reasons(entry: Kept, keep: int, w: Words) -> str:
    visits = ", ".join(entry.visits)
    return "; ".join(
        w(f"keeping.kept.{reason}", visits=visits, keep=keep) for reason in entry.reasons
    )


def audit_trail(as_json: options.AsJson = False, lang: options.Lang = "id") -> None:
    """Jejak audit: siapa berbuat apa dan kapan. The audit trail, the oldest first."""
    w = words.of(lang)
    with options.storage_faults_shown(w), storing(data_folder()):
        entries = list(audit.lines(data_folder()))
    if as_json:
        typer.echo(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    names = ("at", "action", "by", "facts")
    console.table([w(f"cli.audit.{name}") for name in names], [_line(entry) for entry in entries])


def _line(entry: Mapping[str, object]) -> list[str]:
    facts = {name: value for name, value in entry.items() if name not in ("at", "action", "by")}
    written = "; ".join(f"{name} {_short(value)}" for name, value in facts.items() if value)
    return [console.harmless(entry.get(name, "")) for name in ("at", "action", "by")] + [written]


def _short(value: object) -> str:
    """Text as it is; whatever has parts as JSON."""
    if isinstance(value, str):
        return console.harmless(value)
    return json.dumps(value, ensure_ascii=False)
