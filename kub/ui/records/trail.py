"""The audit trail as stewards read it: who did what, newest first, and its files."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, get_args

import pandas as pd
import streamlit as st

from kub.exports.csv import Writing, of_frame, writings
from kub.store import audit
from kub.store.audit import Action
from kub.store.versions import Version, data_folder, printable
from kub.ui.page import Page
from kub.ui.part import part
from kub.ui.records import theirs, written
from kub.web import blocks
from kub.words import Words

ALL = "all"
ACTIONS: tuple[str, ...] = get_args(Action)
SHOWN = 200  # lines on the screen; files have all
LONGEST = 300  # signs of what a line says
OWN = ("at", "action", "by")  # fields that every line has
Line = Mapping[str, Any]


def section(p: Page) -> None:
    """What happened, narrowed to one kind of act; the files; what is kept."""
    words = p.words
    every = list(audit.lines(data_folder()))[::-1]
    names = written.log_ins(every)
    readable = theirs.lines(every)
    if not theirs.everything():
        part("trail-few", words, blocks.Note([words("trail.few")]))
    action = p.choose(
        "trail_action",
        (ALL, *ACTIONS),
        default=ALL,
        format=lambda code: _action(code, words),
        label=words("trail.filter"),
        width=280,
    )
    shown = [line for line in readable if action in (ALL, line.get("action"))]
    part("trail", words, *_blocks(shown, names, words))
    if shown:
        _files(shown, words)
    part("trail-kept", words, blocks.Text(words("trail.kept"), words("trail.kept_more")))


def _blocks(lines: Sequence[Line], names: Mapping[str, str], words: Words) -> list[blocks.Block]:
    if not lines:
        return [blocks.Text(words("trail.none"), words("trail.none_todo"), boxed=True)]
    headings = [words(f"trail.{name}") for name in ("at", "what", "who", "details")]
    texts = [row(line, names, words) for line in lines[:SHOWN]]
    cut = words("card.cut", shown=len(texts), rows=len(lines)) if len(lines) > SHOWN else ""
    # The text of a moment does not sort by time.
    order = {0: [str(line.get("at", "")) for line in lines[:SHOWN]]}
    table = blocks.Table(headings, texts, order=order, cut=cut)
    return [blocks.Rows("trail_lines", words("trail.title", n=len(lines)), table)]


def row(line: Line, names: Mapping[str, str], words: Words) -> list[str]:
    """When, what, who and the rest, in words. A line of another program is shown as it is."""
    action = _action(str(line.get("action", "")), words)
    if line.get("failed"):
        action = words("trail.failed", action=action)
    by = written.actor(str(line.get("by", "")), names, words)
    return [_at(line, words), action, printable(by), _details(line, words)]


def _action(code: str, words: Words) -> str:
    """What was done; one that a newer program writes as it writes it."""
    key = f"trail.action.{code}"
    return words(key) if words.has(key) else printable(code)


def _at(line: Line, words: Words) -> str:
    text = str(line.get("at", ""))
    try:
        at = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return printable(text)
    return written.moment(at, words)


def _details(line: Line, words: Words) -> str:
    """Every other field: the known ones named in words."""
    parts = []
    for name, value in line.items():
        if name in (*OWN, "failed") or value in (None, "", [], {}):
            continue
        key = f"trail.fact.{name}"
        label = words(key) if words.has(key) else name
        parts.append(f"{label}: {_text(name, value, words)}")
    text = printable("; ".join(parts))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _text(name: str, value: Any, words: Words) -> str:
    match value:
        case dict() if "version" in value:
            return _label(value["version"])
        case dict() if "name" in value:
            return f"{value['name']} ({written.short(str(value.get('sha256') or ''))})"
        case dict():
            return ", ".join(f"{key} {_text(name, item, words)}" for key, item in value.items())
        case list():
            return ", ".join(_text(name, item, words) for item in value)
        case bool():
            return words("cell.yes" if value else "cell.no")
        case int():
            return words.number(value)
    return _label(value) if name in ("version", "before") else str(value)


def _label(name: Any) -> str:
    """'2026-11-24 a1b2c3' of a version's name; another text as it is."""
    version = Version(data_folder() / "versions" / f"{name}.duckdb")
    return version.label if str(name).count("-") == 2 else str(name)


def _files(lines: Sequence[Line], words: Words) -> None:
    with st.container(key="trail-files", horizontal=True, gap="small"):
        for writing in writings(words):
            _download(
                f"csv_{writing}", "csv", "text/csv", partial(as_csv, lines, words, writing), words
            )
        _download("jsonl", "jsonl", "application/jsonl", partial(as_json_lines, lines), words)


def _download(kind: str, ending: str, mime: str, make: Any, words: Words) -> None:
    label = words("trail.jsonl") if kind == "jsonl" else words(f"card.{kind}")
    st.download_button(
        label,
        data=make,
        file_name=f"kub-audit_{datetime.now(UTC).date().isoformat()}.{ending}",
        mime=mime,
        key=f"trail-{kind}",
        on_click="ignore",
    )


def as_csv(lines: Sequence[Line], words: Words, writing: Writing) -> bytes:
    """A row per line: at, action, by, facts (all other fields as JSON)."""
    rows = [
        {name: line.get(name) for name in OWN}
        | {"facts": _json({name: value for name, value in line.items() if name not in OWN})}
        for line in lines
    ]
    return of_frame(pd.DataFrame(rows, columns=[*OWN, "facts"]), False, words, writing)


def as_json_lines(lines: Sequence[Line]) -> bytes:
    """The lines as they stand in the file, the newest first."""
    out = io.StringIO()
    for line in lines:
        out.write(_json(line) + "\n")
    return out.getvalue().encode("utf-8", "replace")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
