"""The data of the screens: the version in use, opened once and shared by all sessions."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kub.store import database
from kub.store.alone import Holder
from kub.store.data import Data
from kub.store.small_cells import governing_version
from kub.store.versions import Damaged, NotStored, Version, data_folder, held_by, named, printable
from kub.ui.errors import DataDamaged, NoData, NothingStored, language
from kub.ui.markdown import escape_markdown
from kub.words import of

MOST_SECONDS = 60  # that a page waits for another process


def data() -> Data:
    """The version in use now. The pointer is read at every rerun, so an import shows at the next
    click.

    Raises NoData where there is nothing to show and nothing to build it from, NothingStored
    where it cannot be built, DataDamaged where there have been versions and none can be used.
    """
    try:
        version = _current()
    except NotStored as fault:
        raise NothingStored(fault) from fault
    except Damaged as fault:
        raise DataDamaged(fault) from fault
    opened = _opened(version.path, version.notice, governing_version(version.path))
    if not opened.programmes:
        raise NoData
    return opened


def _current() -> Version:
    """The version in use. Where another process is writing, the page says for whom it waits, and
    waits no longer than MOST_SECONDS.
    """
    notes: list[DeltaGenerator] = []

    def waiting(holder: Holder | None) -> None:
        if get_script_run_ctx():  # else it is the start of the server, before the first page
            words = of(language())
            text = words(
                "version.waiting", folder=printable(data_folder()), who=held_by(holder, words)
            )
            notes.append(st.info(escape_markdown(text)))

    version = database.current(waiting=waiting, most=MOST_SECONDS)
    for note in notes:
        note.empty()
    return version


def pinned(name: str) -> Data | None:
    """The version a visit is pinned to, whatever is in use now; None where its file is gone."""
    version = named(data_folder(), name)
    if version is None:
        return None
    return _opened(version.path, None, governing_version(version.path))


# Four: sessions that still draw the old version while the new one is opened, and those visits are
# pinned to. An evicted connection closes when the last of its cursors is gone. An older version
# withholds more once a newer one stands beside it, so it is opened again then.
@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(path: Path, notice: str | None, governing: Path | None) -> Data:  # noqa: ARG001 part of the cache key
    return _ADOPTED.pop(path, None) or Data.open(Version(path, notice))


_ADOPTED: dict[Path, Data] = {}


def adopt(opened: Data, version: Version) -> None:
    """Have the pages show a version that is open already, with all that is known of it, from the
    moment that it is in use. opened: the same rows, from before the file had its name.
    """
    _ADOPTED[version.path] = opened.under(version)
    # The newest import governs itself (small_cells.governing_version).
    _opened(version.path, None, version.path)


def has_targets(data: Data, programme_id: str) -> bool:
    """Whether the programme named target villages: without any there is no second denominator."""
    return _has_targets(data, data.version.path, programme_id)


@st.cache_data(max_entries=200, show_spinner=False)
def _has_targets(_data: Data, path: Path, programme_id: str) -> bool:  # noqa: ARG001 path is the cache key
    target = _data.con.cursor().execute(
        "SELECT 1 FROM village WHERE programme_id = $programme AND is_target LIMIT 1",
        {"programme": programme_id},
    )
    return target.fetchone() is not None
