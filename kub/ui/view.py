"""What one run of the script shows: the address read against the version in use."""

import os
from dataclasses import dataclass, fields, replace
from typing import Any, cast

import streamlit as st

from kub import words
from kub.look import Mode
from kub.store.data import Data, ProgrammeName
from kub.ui import doors, link
from kub.ui.data import data
from kub.words import Words
from queries.filters import Filters

ANALYST = "KUB_ANALYST"
YES = ("yes", "y", "ya", "iya", "1", "true", "on")
FIELDS = frozenset(field.name for field in fields(Filters))


@dataclass(frozen=True)
class View:
    data: Data
    said: link.Parsed
    mode: Mode

    @property
    def lang(self) -> str:
        return self.said.lang

    @property
    def filters(self) -> Filters:
        return self.said.filters

    @property
    def words(self) -> Words:
        return words.of(self.lang)

    @property
    def programme(self) -> ProgrammeName:
        return self.data.programme(self.filters)

    @property
    def query(self) -> link.Query:
        """The query of this view without what was unknown in it, for links to other pages."""
        return link.query(self.filters, self.lang, **self.said.controls)


def analysts(asking: doors.Connection | None = None) -> bool:
    """Whether a link may ask for the analyst's view: at the machine itself, unless KUB_ANALYST
    decides.

    Whatever it says that is no yes is a no. asking: whoever asks, else this session.
    """
    said = os.environ.get(ANALYST, "").strip().casefold()
    return said in YES if said else (asking or doors.connection()).local


def read() -> View:
    """The view the address asks for now. Raises NoData."""
    opened = data()
    mode = "dark" if st.context.theme.type == "dark" else "light"
    said = link.read(opened)
    return View(opened.seen_by(said.role) if analysts() else opened, said, cast(Mode, mode))


def go(**changes: Any) -> None:
    """Put another view in the address: go(lang="en", districts=("33.25.13",), scale="indexed");
    None takes a value out.

    For callbacks of widgets, where it causes no second run. What does not fit the changed filters
    (a village outside the districts, a year without data) goes out with them.
    """
    view = read()
    filters = {name: value for name, value in changes.items() if name in FIELDS}
    others = {
        name: value for name, value in changes.items() if name not in FIELDS and name != "lang"
    }
    changed = replace(
        view.filters,
        **{n: getattr(link.NOTHING, n) if v is None else v for n, v in filters.items()},
    )
    if (changed.programme or view.data.default.programme_id) != view.programme.programme_id:
        # Places belong to one regency; sectors and years mean the same in another.
        changed = replace(changed, districts=(), villages=())
    lang = changes.get("lang") or view.lang
    link.write(link.within(changed, view.data), lang, **{**view.said.controls, **others})
