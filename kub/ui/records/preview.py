"""What will change against today: rows by sheet, the headline before and after, what to look at
twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from kub.store import changes
from kub.store.candidate import Candidate
from kub.store.changes import Changes, SheetChanges
from kub.store.data import Data, ProgrammeName
from kub.ui.data import data
from kub.words import MISSING, Words
from queries.filters import Filters

# name of a column of the question `headline`, how it is written
HEADLINE = (
    ("kub", "n"),
    ("members", "n"),
    ("members_per_kub", "n1"),
    ("women_share", "p"),
    ("villages_covered", "n"),
    ("coverage", "p"),
    ("sectors", "n"),
    ("reported", "n"),
    ("reporting", "p"),
)
MOST_GONE = 0.2  # more than this share of something is asked about
KINDS = ("added", "changed", "removed")


@dataclass(frozen=True)
class Warned:
    """Something that vanishes. what: members, kub or reports."""

    what: str
    before: int
    after: int

    @property
    def share(self) -> float:
        """How much of it is gone, 0-1."""
        return 1 - self.after / self.before


@dataclass(frozen=True)
class ProgrammeChange:
    """One programme that is imported. before, now: its headline, as readers see it; before is None
    where it is new. replaces_sample: whether invented records make room for it.
    """

    programme: ProgrammeName
    changes: Changes
    before: Mapping[str, Any] | None
    now: Mapping[str, Any]
    warned: tuple[Warned, ...] = ()
    replaces_sample: bool = False


@dataclass(frozen=True)
class Preview:
    """leaving: names of programmes that are gone afterwards."""

    programmes: tuple[ProgrammeChange, ...]
    leaving: tuple[str, ...]

    @property
    def any(self) -> bool:
        return bool(self.leaving) or any(entry.changes.any for entry in self.programmes)


def compare(ready: Candidate, opened: Data) -> Preview:
    """What a candidate changes. opened: the candidate."""
    before = data() if ready.base else None
    known = before.programmes if before else {}
    ids = [programme.programme_id for programme in ready.programmes]
    entries = (_of_programme(code, ready, before, opened) for code in ids)
    leaving = [entry.name for code, entry in known.items() if code not in opened.programmes]
    return Preview(tuple(entries), tuple(leaving))


def _of_programme(
    code: str, ready: Candidate, before: Data | None, opened: Data
) -> ProgrammeChange:
    old = before.programmes.get(code) if before else None
    path = ready.base.path if ready.base and old else None
    counted = changes.between(path, ready.version.path, [code])
    now = _headline(opened, code)
    if not before or not old:
        return ProgrammeChange(opened.programmes[code], counted, None, now)
    return ProgrammeChange(
        opened.programmes[code],
        counted,
        _headline(before, code),
        now,
        # Invented records are no measure of what should be there.
        () if old.is_sample else tuple(_gone(code, before, opened, counted)),
        old.is_sample and not opened.programmes[code].is_sample,
    )


def _headline(opened: Data, code: str, role: str = "reader") -> Mapping[str, Any]:
    [row] = opened.seen_by(role).ask("headline", Filters(code)).to_dict("records")
    share = row["reported"] / row["kub"] if row["kub"] else None
    return {**{str(name): value for name, value in row.items()}, "reporting": share}


def _gone(code: str, before: Data, opened: Data, counted: Changes) -> Iterator[Warned]:
    """Of members by the true numbers, whoever looks; of rows those whose keys are gone."""
    members = [_headline(side, code, "analyst")["members"] for side in (before, opened)]
    old, new = (0 if pd.isna(number) else int(number) for number in members)
    counts = [("members", old, new)]
    by_table = {sheet.table: sheet for sheet in counted.sheets}
    for table, what in (("kub", "kub"), ("kub_report", "reports")):
        if sheet := by_table.get(table):
            counts.append((what, sheet.before, sheet.before - sheet.removed))
    for what, old, new in counts:
        if old and (old - new) / old > MOST_GONE:
            yield Warned(what, old, new)


def show(preview: Preview, words: Words) -> None:
    """Draw it: first what to look at twice."""
    for entry in preview.programmes:
        with st.container(key=f"records-change-{entry.programme.programme_id}"):
            name = escape(entry.programme.name)
            place = escape(words.regency(entry.programme.regency))
            st.html(f'<h4 class="kub-records-name">{name} <small>{place}</small></h4>')
            if entry.warned:
                st.html(
                    f'<div class="kub-records-gone" role="note">{_gone_lines(entry, words)}</div>'
                )
            for note in _notes(entry, words):
                st.html(f'<p class="kub-records-note">{escape(note)}</p>')
            left, right = st.columns(2, gap="medium")
            with left:
                st.html(_headlines(entry, words))
            with right:
                st.html(_sheets(entry.changes.sheets, words))
            _rows(entry.changes, words)
    if preview.leaving:
        names = words.listing([*preview.leaving])
        st.html(f'<p class="kub-records-note">{escape(words("upload.leaving", names=names))}</p>')


def _gone_lines(entry: ProgrammeChange, words: Words) -> str:
    texts = (
        words(f"upload.gone.{warned.what}", **vars(warned), share=warned.share)
        for warned in entry.warned
    )
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _notes(entry: ProgrammeChange, words: Words) -> Iterator[str]:
    if entry.before is None:
        yield words("upload.new_programme")
    elif not entry.changes.any:
        yield words("upload.same")
    if entry.replaces_sample:
        yield words("upload.replaces_sample")


def _headlines(entry: ProgrammeChange, words: Words) -> str:
    rows = []
    for name, spec in HEADLINE:
        old = MISSING if entry.before is None else words.write(entry.before[name], spec)
        new = words.write(entry.now[name], spec)
        changed = ' class="changed"' if entry.before is not None and old != new else ""
        label = escape(words(f"upload.headline.{name}"))
        rows.append(
            f'<tr{changed}><th scope="row">{label}</th><td>{escape(old)}</td>'
            f"<td>{escape(new)}</td></tr>"
        )
    dates = [
        words.write(row["as_of"], "d") if row else MISSING for row in (entry.before, entry.now)
    ]
    heads = [
        f'<th scope="col">{escape(words(f"upload.{side}"))}<small>{escape(on)}</small></th>'
        for side, on in zip(("today", "after"), dates, strict=True)
    ]
    caption = escape(words("upload.headline.title"))
    return _table(caption, f'<th scope="col">{caption}</th>{"".join(heads)}', rows)


def _sheets(sheets: Sequence[SheetChanges], words: Words) -> str:
    rows = []
    for sheet in sheets:
        cells = "".join(
            f'<td class="{kind}">{_count(getattr(sheet, kind), words)}</td>' for kind in KINDS
        )
        rows.append(
            f'<tr><th scope="row">{escape(sheet.heading)}</th>{cells}'
            f"<td>{words.number(sheet.after)}</td></tr>"
        )
    heads = "".join(
        f'<th scope="col">{escape(words(f"upload.rows.{kind}"))}</th>' for kind in (*KINDS, "after")
    )
    caption = escape(words("upload.rows.title"))
    return _table(caption, f'<th scope="col">{caption}</th>{heads}', rows)


def _count(number: int, words: Words) -> str:
    return f"<b>{words.number(number)}</b>" if number else f"<i>{words.number(0)}</i>"


def _table(caption: str, heads: str, rows: Sequence[str]) -> str:
    return (
        f'<div class="kub-records-table" tabindex="0" role="region" aria-label="{caption}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _rows(counted: Changes, words: Words) -> None:
    """Which rows, for whoever wants to know."""
    lines = []
    for sheet in counted.sheets:
        for kind in KINDS:
            names = [text for other, text in sheet.examples if other == kind]
            if names and sheet.before:  # of a new sheet all rows are new
                more = getattr(sheet, kind) - len(names)
                text = ", ".join(names)
                if more > 0:
                    text += f", {words('reading.more', count=more)}"
                label = words(f"upload.rows.{kind}")
                lines.append(
                    f"<li><b>{escape(sheet.heading)}, {escape(label)}:</b> {escape(text)}</li>"
                )
    if lines:
        with st.expander(words("upload.which")):
            st.html(f'<ul class="kub-records-lines">{"".join(lines)}</ul>')
