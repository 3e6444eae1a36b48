"""The last step: asked once more, made warm, put into use, told."""

from functools import partial
from html import escape

import streamlit as st

from kub.progress import Progress
from kub.store import audit, candidate, catalogue
from kub.store.candidate import Superseded
from kub.store.data import Data
from kub.store.versions import NotStored, Version, data_folder, printable
from kub.ui import content, who
from kub.ui import data as open_versions
from kub.ui.link import parse
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page
from kub.ui.records import drop as drops
from kub.ui.records import theirs, written
from kub.ui.records.drop import Drop, Published
from kub.ui.site import DIRECT
from kub.ui.view import View
from kub.words import Words

MOST_SECONDS = 30  # that another process is waited for


def offer(drop: Drop, p: Page) -> None:
    """The button that leads to the question."""
    with st.container(key="records-publish", horizontal=True, gap="small"):
        st.button(
            p.words("upload.publish.button"),
            type="primary",
            key="records-publish-open",
            on_click=_ask,
            args=(drop, True),
        )
        st.button(p.words("upload.drop_it"), key="records-clear", on_click=drops.clear)
    # In every run while it is open: one that something else causes would close it.
    if drop.asking:
        _dialog(drop, p)


def _ask(drop: Drop, asking: bool) -> None:
    drop.asking = asking


def _dialog(drop: Drop, p: Page) -> None:
    words = p.words

    @st.dialog(words("upload.publish.title"), on_dismiss=partial(_ask, drop, False))
    def ask() -> None:
        assert drop.checked and drop.preview
        names = words.listing([entry.programme.name for entry in drop.preview.programmes])
        st.markdown(escape_markdown(words("upload.publish.what", names=names)))
        if warned := [entry for entry in drop.preview.programmes if entry.warned]:
            names = words.listing([entry.programme.name for entry in warned])
            st.warning(escape_markdown(words("upload.publish.gone", names=names)))
        note = st.text_area(
            words("upload.publish.note"),
            max_chars=catalogue.LONGEST_NOTE,
            help=words("upload.publish.note_help"),
            key="records-note",
            height=90,
        )
        with st.container(horizontal=True, gap="small"):
            sure = st.button(words("upload.publish.sure"), type="primary", key="records-sure")
            if st.button(words("upload.publish.cancel"), key="records-cancel"):
                _ask(drop, False)
                st.rerun()
        if sure:
            _ask(drop, False)
            publish(drop, note, p.view, drops.shown(words))
            st.rerun()

    ask()


def publish(drop: Drop, note: str, view: View, progress: Progress) -> None:
    """Put what is ready into use; where another steward was first, what changes is worked out
    again and nothing else happens. Whoever may not (any more) is written down. Raises NotStored.
    """
    if not (drop.ready and drop.opened and drop.preview):
        return
    progress(0.1, "upload.progress.warm")
    first = drop.ready.programmes[0].programme_id
    warm(drop.opened.under(drop.ready.published), view, first)
    # Asked last: the log-in may have ended meanwhile.
    if beyond(drop):
        theirs.refused()
        return
    progress(0.8, "upload.progress.publish")
    try:
        version = candidate.publish(drop.ready, who.by(), note, most=MOST_SECONDS)
    except Superseded:
        again(drop, progress)
        return
    open_versions.adopt(drop.opened, version)
    names = [entry.programme.name for entry in drop.preview.programmes]
    st.session_state[drops.STATE] = Published(version, first, names)


def beyond(drop: Drop) -> list[str]:
    """The programmes that publishing would change and whoever asks may not."""
    assert drop.ready and drop.preview
    others = [entry.programme_id for entry in theirs.not_theirs(drop.ready.programmes)]
    return others if theirs.everything() else [*others, *drop.preview.leaving]


def warm(opened: Data, view: View, programme: str) -> None:
    """Make what the pages show first, so that the first visitor of the new version need not wait.

    view: of whoever publishes, for their language. programme: that they will look at.
    """
    lang = {"lang": [view.lang]}
    first = [(name, asked) for name in DIRECT for asked in ({}, lang)]
    first.append((DIRECT[0], {**lang, "programme": [programme]}))
    for analyst in dict.fromkeys((view.analyst, False)):
        for name, asked in first:
            parsed = parse(asked, opened)
            seen = opened.seen_by(parsed.role)
            content.payload(View(seen, parsed, view.mode, asked, analyst), name)


def again(drop: Drop, progress: Progress) -> None:
    """Another version came into use meanwhile: compare with that one."""
    drops.prepare(drop, progress)
    assert drop.ready
    drop.asking = False
    drop.superseded = drop.ready.base


def superseded(version: Version, words: Words) -> str:
    """Markdown: who was first, and when."""
    lines = [
        line
        for line in audit.lines(data_folder())
        if line.get("version") == version.name and line.get("action") in ("import", "rollback")
    ]
    by = str(lines[-1].get("by", "")) if lines else ""
    named = words(f"upload.by.{by}") if words.has(f"upload.by.{by}") else by
    text = words(
        "upload.superseded",
        who=named or words("upload.by.unknown"),
        at=written.moment(version.built_at, words),
        version=version.label,
    )
    return escape_markdown(text)


def done(published: Published, p: Page) -> None:
    """It is in use: which version, where to look, how to go back."""
    words = p.words
    with st.container(key="records-done"):
        title = escape(words("upload.done.title", names=words.listing(published.names)))
        todo = escape(words("upload.done.todo", version=published.version.label))
        st.html(f'<p class="kub-records-done"><b>{title}</b><br>{todo}</p>')
        with st.container(horizontal=True, gap="medium"):
            query = {"lang": p.lang, "programme": published.programme}
            st.page_link("overview.py", label=words("upload.done.overview"), query_params=query)
            st.button(words("upload.done.more"), key="records-more", on_click=drops.clear)


def not_stored(fault: NotStored, words: Words) -> str:
    """Markdown: why the data folder cannot be written, and that nothing has changed."""
    folder, reason = printable(fault.folder), printable(fault.why(words))
    return escape_markdown(words("upload.not_stored", folder=folder, reason=reason))
