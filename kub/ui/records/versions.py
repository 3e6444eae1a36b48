"""The versions of the records: which is in use, what each holds, and the way to any of them."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from kub.findings.numbers import Number
from kub.store import audit, catalogue, keeping
from kub.store.catalogue import Listed
from kub.store.versions import NotStored, data_folder, printable
from kub.ui.errors import NothingStored
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page, go
from kub.ui.part import part
from kub.ui.records import acts, compare, theirs, version, written
from kub.web import blocks, cards
from kub.words import Words
from queries import ROLES

SHOWN = 20  # rows of the list at a time; each has a button


def section(p: Page) -> None:
    """The version of the link, else all of them."""
    folder = data_folder()
    try:
        entries = catalogue.listed(folder)
    except NotStored as fault:  # a visit's file that cannot be read
        raise NothingStored(fault) from fault
    names = written.log_ins(audit.lines(folder))
    acts.news(p)
    if not acts.allowed():
        part("versions-few", p.words, blocks.Note([p.words("versions.few")]))
    asked = p.link_value("shown_version", [entry.version.name for entry in entries])
    if asked:
        version.show(p, entries, asked, names)
        return
    _in_use(p, entries, names)
    _rows(p, entries, names)
    _damaged(p)
    if len(entries) > 1:
        acts.pruning(p)


def _in_use(p: Page, entries: Sequence[Listed], names: Mapping[str, str]) -> None:
    words = p.words
    now = next((entry for entry in entries if entry.current), None)
    if now is None:
        return
    # Of the default programme, which may be another's: then as readers see it.
    role = ROLES[0] if theirs.barred(now.version) else p.data.role
    [headline, *_] = compare.figures(now.version, role)
    numbers = [
        Number(words("versions.figures.kub"), words.write(headline.values["kub"], "n")),
        Number(words("versions.figures.members"), words.write(headline.values["members"], "n")),
        Number(words("versions.kept"), words.number(len(entries)), _pinned(entries, words)),
        Number(
            words("versions.size"),
            written.megabytes(keeping.size([entry.version for entry in entries]), words),
            words("versions.size_of"),
        ),
    ]
    title = words("versions.title", at=written.moment(now.built_at, words))
    card = blocks.Card(
        key="versions",
        name="versions",
        title=title,
        subtitle=written.about(now, names, words),
        takeaway=now.note,
        source=words("versions.single" if len(entries) == 1 else "versions.about"),
        numbers=cards.numbers(title, numbers),
        files=False,
    )
    part("versions", words, card)


def _pinned(entries: Sequence[Listed], words: Words) -> str:
    pinned = sum(bool(entry.pinned_by) for entry in entries)
    return words("versions.pinned", n=pinned) if pinned else ""


def _rows(p: Page, entries: Sequence[Listed], names: Mapping[str, str]) -> None:
    """A page of the list, the newest first."""
    words, pages = p.words, range(1, (len(entries) - 1) // SHOWN + 2)
    page = int(p.link_value("versions_page", [str(number) for number in pages]) or 1)
    first = (page - 1) * SHOWN
    part("versions-list", words, blocks.Heading(words("versions.list"), "versions"))
    for entry in entries[first : first + SHOWN]:
        _row(entry, names, words)
    if len(pages) > 1:
        _pager(page, len(pages), words)


def _row(entry: Listed, names: Mapping[str, str], words: Words) -> None:
    name = entry.version.name
    with st.container(
        key=f"version-row-{name}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        # Text from records and people: never markup.
        note = f'<p class="kub-version-note">{escape(entry.note)}</p>' if entry.note else ""
        st.html(
            f'<div class="kub-version"><p><b>{escape(written.moment(entry.built_at, words))}</b>'
            f"{marks(entry, words)}</p>"
            f'<p class="kub-version-about">{escape(written.about(entry, names, words))}</p>'
            f"{note}</div>"
        )
        st.button(
            words("versions.open"),
            key=f"version-open-{name}",
            help=escape_markdown(
                words("versions.open_help", at=written.moment(entry.built_at, words))
            ),
            type="tertiary",
            on_click=go,
            kwargs={"shown_version": name, "versions_page": None},
        )


def marks(entry: Listed, words: Words) -> str:
    """HTML: whether a version is in use, and who is pinned to it."""
    listed = []
    if entry.current:
        listed.append(f'<span class="kub-mark kub-mark-now">{escape(words("versions.now"))}</span>')
    if entry.pinned_by:
        visits = words("versions.pinned_by", visits=", ".join(map(printable, entry.pinned_by)))
        listed.append(f'<span class="kub-mark">{escape(visits)}</span>')
    return "".join(listed)


def _pager(page: int, pages: int, words: Words) -> None:
    with st.container(
        key="versions-pager", horizontal=True, vertical_alignment="center", gap="small"
    ):
        for key, to, shown in (("newer", page - 1, page > 1), ("older", page + 1, page < pages)):
            st.button(
                words(f"versions.{key}"),
                key=f"versions-{key}",
                disabled=not shown,
                on_click=go,
                kwargs={"versions_page": None if to == 1 else str(to)},
            )
        st.caption(words("versions.page", page=page, pages=pages))


def _damaged(p: Page) -> None:
    """Versions that cannot be used: they are left as they are."""
    words = p.words
    for fault in catalogue.faults(data_folder()):
        text = words(f"version.reason.{fault.reason}", file=fault.path.name, detail=fault.detail)
        st.warning(escape_markdown(printable(text)))
