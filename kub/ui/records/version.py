"""One version: what it holds, what differs from another, its note, and the way to use it."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from kub.store.catalogue import LONGEST_NOTE, Listed
from kub.store.changes import Changes, SheetChanges
from kub.store.versions import printable
from kub.ui.page import Page, go
from kub.ui.part import part
from kub.ui.records import acts, compare, written
from kub.web import blocks
from kub.words import Words

NOTE = "version-note-{}".format


def show(p: Page, entries: Sequence[Listed], name: str, names: Mapping[str, str]) -> None:
    """The version of that name, beside the one that the link compares it with."""
    words = p.words
    this = next(entry for entry in entries if entry.version.name == name)
    others = [entry for entry in entries if entry is not this]
    st.button(
        words("versions.back"),
        key="version-back",
        type="tertiary",
        on_click=go,
        kwargs={"shown_version": None, "shown_with": None},
    )
    other = _with(p, this, others)
    part("version", words, *_facts(this, names, words))
    with st.container(key="version-acts", horizontal=True, vertical_alignment="bottom"):
        acts.rolling_back(p, this, next((entry for entry in others if entry.current), None))
        _note(this, words)
    if other:
        _compared(p, other, this, others)
    else:
        part(
            "version-single",
            words,
            blocks.Text(words("versions.alone"), words("versions.alone_todo")),
        )
    part("version-holds", words, *_holds(this, words))


def _with(p: Page, this: Listed, others: Sequence[Listed]) -> Listed | None:
    """The version that this one is compared with: of the link, else the one in use, else the one
    before it.
    """
    by_name = {entry.version.name: entry for entry in others}
    if asked := p.link_value("shown_with", list(by_name)):
        return by_name[asked]
    older = [entry for entry in others if entry.built_at < this.built_at]
    in_use = [entry for entry in others if entry.current]
    return next(iter([*in_use, *older, *others]), None)


def _facts(this: Listed, names: Mapping[str, str], words: Words) -> list[blocks.Block]:
    state = [words("versions.now")] if this.current else []
    if this.pinned_by:
        visits = ", ".join(map(printable, this.pinned_by))
        state.append(words("versions.pinned_by", visits=visits))
    lines = [written.about(this, names, words), *state]
    title = words("versions.version", at=written.moment(this.built_at, words))
    return [blocks.Heading(title, "version"), blocks.Note([" · ".join(lines)])]


def _note(this: Listed, words: Words) -> None:
    """The note, which is stored as soon as the field is left; to read for whoever may not."""
    if not acts.allowed():
        st.html(f'<p class="kub-version-note">{escape(this.note)}</p>')
        return
    key = NOTE(this.version.name)
    if key not in st.session_state:
        st.session_state[key] = this.note
    st.text_input(
        words("versions.note"),
        key=key,
        max_chars=LONGEST_NOTE,
        placeholder=words("versions.note_example"),
        on_change=acts.note,
        args=(this.version.name, key),
        width=440,
    )


def _compared(p: Page, other: Listed, this: Listed, others: Sequence[Listed]) -> None:
    words = p.words
    names = {entry.version.name: _name(entry, words) for entry in others}
    sides = compare.theirs_of(other.version, this.version, p.data.role)
    codes = sorted({figures.programme_id for side in sides for figures in side})
    if not codes:
        part("version-changes", words, blocks.Text(words("versions.none_yours"), boxed=True))
        return
    changes = compare.changes(other.version.path, this.version.path, codes)
    headings = tuple(written.moment(entry.built_at, words) for entry in (other, this))
    part("version-changes", words, blocks.Heading(_title(changes, words), "changes"))
    p.choose(
        "shown_with",
        list(names),
        default=other.version.name,
        format=lambda name: names.get(name, name),  # one that was removed meanwhile
        label=words("versions.with"),
        width=420,
    )
    part("version-sheets", words, *_differences(changes, sides, headings, words))


def _name(entry: Listed, words: Words) -> str:
    """'24 November 2026, 10.15 WIB · a1b2c3'.

    Not whether it is in use: the browser sends the text it shows, which must stay an option's.
    """
    return f"{written.moment(entry.built_at, words)} · {entry.version.label.rpartition(' ')[2]}"


def _title(changes: Changes, words: Words) -> str:
    if not changes.any:
        return words("versions.same")
    counts = {
        kind: sum(getattr(sheet, kind) for sheet in changes.sheets)
        for kind in ("added", "changed", "removed")
    }
    return words("versions.changes", **counts)


def _differences(
    changes: Changes,
    sides: tuple[list[compare.Figures], list[compare.Figures]],
    headings: Sequence[str],
    words: Words,
) -> list[blocks.Block]:
    figures = compare.table(*sides, headings, words)
    shown: list[blocks.Block] = [
        blocks.Rows("version_figures", words("versions.headline"), figures)
    ]
    if changes.any:
        differing = [s for s in changes.sheets if s.added or s.changed or s.removed]
        texts = [
            [
                s.heading,
                *(words.number(n) for n in (s.before, s.after, s.added, s.changed, s.removed)),
            ]
            for s in differing
        ]
        names = ("sheet", "before", "after", "added", "changed", "removed")
        table = blocks.Table(
            [words(f"versions.{name}") for name in names], texts, list(range(1, 6))
        )
        shown.append(blocks.Rows("version_sheets", words("versions.sheets"), table))
        shown += [_examples(sheet, words) for sheet in differing]
    return shown


def _examples(sheet: SheetChanges, words: Words) -> blocks.Disclosure:
    """Which rows of a sheet differ, the first of each kind."""
    texts = [[words(f"versions.{kind}"), key] for kind, key in sheet.examples]
    number = sheet.added + sheet.changed + sheet.removed
    cut = words("card.cut", shown=len(texts), rows=number) if number > len(texts) else ""
    table = blocks.Table([words("versions.kind"), words("versions.row")], texts, cut=cut)
    title = words("versions.differing", n=number)
    return blocks.Disclosure(f"changes-{sheet.table}", sheet.heading, title, table)


def _holds(this: Listed, words: Words) -> list[blocks.Block]:
    """Rows by sheet, and the files that they came from."""
    rows = [[sheet, words.number(count)] for sheet, count in this.rows.items() if count]
    sheets = blocks.Table([words("versions.sheet"), words("versions.rows_of")], rows, [1])
    texts = [[printable(name), digest] for name, digest in this.files]
    listed = blocks.Table([words("method.file"), "SHA-256"], texts)
    return [
        blocks.Disclosure(
            "version-rows", words("versions.holds"), _rows_title(this, words), sheets
        ),
        blocks.Disclosure(
            "version-files", words("versions.from"), words("versions.files", n=len(texts)), listed
        ),
    ]


def _rows_title(this: Listed, words: Words) -> str:
    return words("versions.rows", n=sum(this.rows.values()))
