"""Two versions side by side: what their headlines say, and which rows differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from kub.store.changes import Changes, between
from kub.store.small_cells import governing_version
from kub.store.versions import Version
from kub.ui.data import pinned
from kub.ui.records import theirs
from kub.web import blocks
from kub.words import Words
from kub.words import columns as columns_of
from queries import ROLES
from queries.filters import Filters

# What a headline is compared by, each with how it is written; the rest is on the pages.
FIGURES = {"kub": "n", "members": "n", "villages_covered": "n", "reported": "n", "as_of": "d"}


@dataclass(frozen=True)
class Figures:
    """The headline of one programme. values: by name of FIGURES, None where it is withheld or not
    known.
    """

    programme_id: str
    name: str
    values: dict[str, Any]


def figures(version: Version, role: str) -> list[Figures]:
    """The headlines of a version, the default programme first. role: whose eyes they are for."""
    governing = governing_version(version.path)
    frame = _figures(version.path, governing, role if role in ROLES else ROLES[0])
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [
        Figures(row["programme"], row["name"], {name: row[name] for name in FIGURES})
        for row in rows
    ]


def theirs_of(before: Version, after: Version, role: str) -> tuple[list[Figures], list[Figures]]:
    """As `figures`, of two versions: the programmes alone that are the steward's in both."""
    barred = theirs.barred(before) | theirs.barred(after)
    was, will = (
        [entry for entry in figures(version, role) if entry.programme_id not in barred]
        for version in (before, after)
    )
    return was, will


# A version never changes; what is withheld in it follows from the one that governs.
@st.cache_data(max_entries=400, show_spinner=False)
def _figures(path: Path, governing: Path | None, role: str) -> pd.DataFrame:  # noqa: ARG001 part of the cache key
    version = pinned(path.stem)
    if version is None:  # removed meanwhile
        return pd.DataFrame(columns=["programme", *FIGURES, "name"])
    data, frames = version.seen_by(role), []
    for programme_id, programme in data.programmes.items():
        frame = data.ask("headline", Filters(programme=programme_id))[["programme", *FIGURES]]
        frames.append(frame.assign(programme=programme_id, name=programme.name))
    return pd.concat(frames, ignore_index=True)


@st.cache_data(max_entries=200, show_spinner=False)
def changes(before: Path, after: Path, programme_ids: Sequence[str]) -> Changes:
    """The rows that differ, kept: comparing a million reports takes seconds."""
    return between(before, after, programme_ids)


def table(
    before: Sequence[Figures], after: Sequence[Figures], headings: Sequence[str], words: Words
) -> blocks.Table:
    """A row for each figure of the default programme and of those that differ. headings: of the
    two versions.
    """
    was, will = ({entry.programme_id: entry for entry in side} for side in (before, after))
    listed = []
    for place, code in enumerate(dict.fromkeys([*will, *was])):
        sides = was.get(code), will.get(code)
        if place and sides[0] and sides[1] and sides[0].values == sides[1].values:
            continue
        listed.append(_rows(sides[0], sides[1], words))
    columns = [
        words("column.programme"),
        words("versions.figure"),
        *headings,
        words("versions.difference"),
    ]
    texts = [row for rows in listed for row in rows]
    # The name of a single programme says nothing.
    skip = int(len(listed) == 1)
    right = list(range(2 - skip, len(columns) - skip))
    return blocks.Table(columns[skip:], [row[skip:] for row in texts], right)


def _rows(before: Figures | None, after: Figures | None, words: Words) -> list[list[str]]:
    known = after or before
    assert known
    rows = []
    for name, spec in FIGURES.items():
        was, will = (side.values[name] if side else None for side in (before, after))
        rows.append(
            [
                known.name,
                words(f"versions.figures.{name}"),
                words.write(was, spec),
                words.write(will, spec),
                _difference(was, will, spec, words),
            ]
        )
    return rows


def _difference(was: Any, will: Any, spec: str, words: Words) -> str:
    if was is None or will is None or spec == "d":
        return ""
    return columns_of.difference(float(will) - float(was), spec, words) if was != will else "="
