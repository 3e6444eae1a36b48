"""The data of the screens: the version in use, opened once and shared by all sessions."""

from pathlib import Path

import streamlit as st

from kub import database
from kub.data import Data
from kub.ui.errors import NoData, NothingStored
from kub.versions import NotStored, Version, data_folder, named


def data() -> Data:
    """The version in use now. The pointer is read at every rerun, so an import shows at the next click.

    Raises NoData where there is nothing to show and nothing to build it from, NothingStored where it cannot be built.
    """
    try:
        version = database.current()
    except NotStored as fault:
        raise NothingStored(fault) from fault
    opened = _opened(version.path, version.notice)
    if not opened.programmes:
        raise NoData
    return opened


def pinned(name: str) -> Data | None:
    """The version a visit is pinned to, whatever is in use now; None where its file is gone."""
    version = named(data_folder(), name)
    return _opened(version.path, None) if version else None


# Four: sessions that still draw the old version while the new one is opened, and those visits are pinned to. An
# evicted connection closes when the last of its cursors is gone.
@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(path: Path, notice: str | None) -> Data:
    return Data.open(Version(path, notice))


def has_targets(data: Data, programme_id: str) -> bool:
    """Whether the programme named target villages: without any there is no denominator to switch to."""
    return _has_targets(data, data.version.path, programme_id)


@st.cache_data(max_entries=200, show_spinner=False)
def _has_targets(_data: Data, path: Path, programme_id: str) -> bool:  # noqa: ARG001 path is the cache key
    found = _data.con.cursor().execute(
        "SELECT 1 FROM village WHERE programme_id = $programme AND is_target LIMIT 1", {"programme": programme_id}
    )
    return found.fetchone() is not None
