"""Where a steward drops records: checked, compared with today, published."""

from html import escape
from pathlib import Path

import streamlit as st

from kub.records import sandbox
from kub.store.versions import NotStored
from kub.ui.drop_zone import drop_zone
from kub.ui.page import Page
from kub.ui.records import blank, preview, problems, publish
from kub.ui.records import drop as drops
from kub.ui.records.drop import Drop, Published
from kub.words import Words

CSS = Path(__file__).parent / "upload.css"


def section(p: Page) -> None:
    """Drop → check → problems → what changes → publish."""
    st.html(CSS)
    p.heading(p.words("upload.title"), "upload")
    kept = drops.state()
    if isinstance(kept, Published):
        publish.done(kept, p)
        return
    if kept is None:
        _start(p)
        return
    if kept.checked is None:
        _check(kept, p.words)
    else:
        _result(kept, p)


def _start(p: Page) -> None:
    words = p.words
    sandbox.warm()  # a process that has started already, for the files that come
    left, right = st.columns((3, 2), gap="large")
    with left:
        bounds = {"files": drops.MOST_FILES, "mb": sandbox.upload_mb()}
        drop_zone(
            "records",
            words("upload.files"),
            [
                words("upload.kinds"),
                words("upload.limits", **bounds),
                words("upload.next", seconds=sandbox.bounds().seconds),
            ],
            type=list(drops.KINDS),
            accept_multiple_files=True,
            key=drops.key(),
            max_upload_size=sandbox.upload_mb(),
            on_change=drops.take,
        )
    with right, st.container(key="records-start"):
        blank.offer(p)
        st.caption(blank.help_of(words))


def _check(drop: Drop, words: Words) -> None:
    """Check now, with progress; then the page is drawn anew."""
    names = words.listing([file.name for file in drop.files[:5]])
    st.html(f'<p class="kub-records-note">{escape(words("upload.checking", names=names))}</p>')
    try:
        drops.check(drop, drops.shown(words))
    except NotStored as fault:
        drops.clear()
        st.error(publish.not_stored(fault, words))
        return
    except sandbox.ReaderFailed:
        drops.clear()  # a bug of ours: whoever comes back starts anew
        raise
    st.rerun()


def _result(drop: Drop, p: Page) -> None:
    words = p.words
    assert drop.checked
    bad = sum(problem.level == "problem" for problem in drop.checked.problems)
    warnings = len(drop.checked.problems) - bad
    if drop.ready:
        _ready(drop, warnings, p)
        return
    text = escape(words("upload.problems.stop", problems=bad, warnings=warnings))
    st.html(f'<p class="kub-records-stop" role="status">{text}</p>')
    sandbox.warm()  # for the marked workbook
    problems.show(drop, words)
    st.button(words("upload.again"), key="records-clear", on_click=drops.clear)
    _reading(drop, words)


def _ready(drop: Drop, warnings: int, p: Page) -> None:
    words = p.words
    assert drop.preview and drop.ready
    if others := publish.beyond(drop):
        names = words.listing(others)
        text = escape(words("upload.not_theirs", names=names))
        st.html(f'<p class="kub-records-stop" role="status">{text}</p>')
        st.button(words("upload.again"), key="records-clear", on_click=drops.clear)
        return
    # Looked at in every run: whoever waits is told before the button is pressed.
    if drop.ready.is_stale:
        try:
            publish.again(drop, drops.shown(words))
        except NotStored as fault:
            st.error(publish.not_stored(fault, words))
            return
        st.rerun()
    if drop.superseded:
        st.warning(publish.superseded(drop.superseded, words))
    key = "upload.passed_warnings" if warnings else "upload.passed"
    text = escape(words(key, warnings=warnings))
    st.html(f'<p class="kub-records-passed" role="status">{text}</p>')
    p.heading(words("upload.changes"), "changes")
    if not drop.preview.any:
        st.html(f'<p class="kub-records-note">{escape(words("upload.nothing"))}</p>')
    preview.show(drop.preview, words)
    publish.offer(drop, p)
    if warnings:
        with st.expander(words("upload.warnings", count=warnings)):
            problems.show(drop, words)
    _reading(drop, words)


def _reading(drop: Drop, words: Words) -> None:
    """What was read and what was not, as `python -m kub check` says it."""
    read = drops.reading_of(drop)
    if not read.sheets and not read.not_read:
        return
    with st.expander(words("reading.title")):
        lines = "".join(f"<li>{escape(line)}</li>" for line in read.lines(words))
        st.html(f'<ul class="kub-records-lines">{lines}</ul>')
