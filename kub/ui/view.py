"""What one run of the script shows: the address read against the version in use."""

from dataclasses import dataclass, fields, replace
from typing import Any

import streamlit as st

from kub import words
from kub.look import Mode
from kub.store.data import Data, ProgrammeName
from kub.ui import link, who
from kub.ui.data import data
from kub.ui.doors import Connection
from kub.words import Words
from queries.against import NAMES as AGAINST
from queries.against import Against
from queries.filters import Filters

FIELDS = frozenset(field.name for field in fields(Filters))


@dataclass(frozen=True)
class View:
    """What one run shows. data: the version in use, for the role in the link. parsed: the link, as
    it is understood; params: as it was asked.
    """

    data: Data
    parsed: link.Parsed
    mode: Mode
    params: link.Values
    analyst: bool = False

    @property
    def lang(self) -> str:
        return self.parsed.lang

    @property
    def filters(self) -> Filters:
        return self.parsed.filters

    @property
    def against(self) -> Against:
        """The other side of a comparison; none where the link names none."""
        return self.parsed.against

    @property
    def words(self) -> Words:
        return words.of(self.lang)

    @property
    def programme(self) -> ProgrammeName:
        return self.data.programme(self.filters)

    @property
    def query(self) -> link.Query:
        """The query of this view without what was unknown in it, for links to other pages."""
        return link.query(self.filters, self.lang, **self.parsed.controls)


class Viewed:
    """What is drawn of a view says its parts by their own names."""

    view: View

    @property
    def data(self) -> Data:
        return self.view.data

    @property
    def filters(self) -> Filters:
        return self.view.filters

    @property
    def words(self) -> Words:
        return self.view.words

    @property
    def lang(self) -> str:
        return self.view.lang

    @property
    def mode(self) -> Mode:
        return self.view.mode

    @property
    def programme(self) -> ProgrammeName:
        return self.view.programme


def read() -> View:
    """The view the address asks for now. Raises NoData."""
    # None before the browser has sent its theme: the first run is then light.
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    return asked_by(params(), None, mode)


def asked_by(asked: link.Values, asking: Connection | None, mode: Mode = "light") -> View:
    """The view of a query for whoever asks. asking: of a plain request, None for this session.

    Raises NoData.
    """
    opened, parsed = _opened(asked)
    return _view(opened, who.sees(opened, parsed, asking), parsed, asked, mode)


def of(asked: link.Values, analyst: bool, mode: Mode = "light") -> View:
    """The view of a query for a role. analyst: whether it may see what readers may not.

    Raises NoData.
    """
    opened, parsed = _opened(asked)
    return _view(opened, opened if analyst else None, parsed, asked, mode)


def _opened(asked: link.Values) -> tuple[Data, link.Parsed]:
    opened = data()
    parsed = link.parse(asked, opened)
    _ = opened.withholds  # read once: a copy for other eyes takes along what is known
    return opened, parsed


def _view(
    opened: Data, analysts: Data | None, parsed: link.Parsed, asked: link.Values, mode: Mode
) -> View:
    if analysts is None:
        return View(opened, parsed, mode, asked)
    return View(analysts.seen_by(parsed.role), parsed, mode, asked, analyst=True)


def params() -> dict[str, list[str]]:
    """The query of this session's address."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def go(**changes: Any) -> None:
    """Put another view in the address: go(lang="en", districts=("33.25.13",), scale="indexed");
    None takes a value out.

    For callbacks of widgets, where it causes no second run. What does not fit the changed filters
    (a village outside the districts, a year without data) goes out with them.
    """
    view = read()
    # A copy: what is None becomes the default below.
    filters = {name: value for name, value in changes.items() if name in FIELDS}
    others = {
        name: value for name, value in changes.items() if name not in FIELDS and name != "lang"
    }
    for name, value in filters.items():
        if value is None:
            filters[name] = getattr(link.NOTHING, name)
    changed = replace(view.filters, **filters)
    # By id, not as written: the default programme stands in no link.
    if (changed.programme or view.data.default.programme_id) != view.programme.programme_id:
        # Places belong to one regency; sectors and years mean the same in another.
        changed = replace(changed, districts=(), villages=())
        others |= dict.fromkeys(AGAINST)
    # What was unknown in the old link is not written again.
    lang = changes.get("lang") or view.lang
    link.write(link.within(changed, view.data), lang, **{**view.parsed.controls, **others})
