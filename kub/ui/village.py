"""What the screen Desa shows besides answers: the map's ground and its notes, the profile of a
village.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from kub.answers.options import MOST_OPTIONS
from kub.answers.scope import village_names
from kub.findings.phrases import records
from kub.findings.profile import numbers
from kub.places import boundaries
from kub.places.areas import Areas, drawn, places
from kub.places.boundaries import Report
from kub.store.versions import data_folder
from kub.ui.card import card, large_numbers
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page
from kub.ui.view import go
from kub.words import Words
from queries.filters import Filters

NAMED = 8  # villages or features named in a note; the others are counted


def ground(p: Page, frame: pd.DataFrame) -> tuple[Areas, Report | None]:
    """What the map draws on: the user's own borders if they fit, otherwise schematic areas or
    tiles.

    frame: of the question villages; of few villages the borders are drawn in more detail.
    """
    st.html(Path(__file__).parent / "village.css")
    villages = places(p.data.ask("village_profile", Filters(programme=p.programme.programme_id)))
    own = boundaries.read(data_folder(), villages)
    # Without borders of its own a regency still has a map: areas drawn from the list.
    if own is None:
        return drawn(villages), None
    focus: tuple[str, ...] = ()
    if p.filters.districts or p.filters.villages:
        focus = tuple(frame["village_code"])
    return boundaries.areas(own, focus) or drawn(villages), own.report


def notes(p: Page, areas: Areas, report: Report | None) -> None:
    """Under the map: what it cannot show, and what came of the user's borders."""
    names = village_names(p.data, p.programme.programme_id)
    lines = []
    if report:
        lines = _own(report, names, p.words)
    if areas.kind == "tiles":
        lines.append(p.words("boundaries.tiles"))
    # Villages that the shipped areas do not know, new ones mostly.
    elif areas.kind == "schematic" and areas.missing:
        lines.append(
            p.words(
                "boundaries.missing", names=_some([names[code] for code in areas.missing], p.words)
            )
        )
    if lines:
        with st.container(key="map-notes"):
            if len(lines) > 1:
                lines = [f"- {line}" for line in lines]
            st.caption("\n".join(lines))


def _own(report: Report, names: Mapping[str, str], words: Words) -> list[str]:
    """What came of the user's GeoJSON, in the order in which it matters."""
    lines = []
    for file, rule, values in report.problems:
        problem = words(f"boundaries.problem.{rule}", **values)
        lines.append(words("boundaries.unusable", file=escape_markdown(file), problem=problem))
    # A file with a problem is named with it already.
    used = [name for name in report.files if name not in {file for file, _, _ in report.problems}]
    if used:
        lines += _read(report, escape_markdown(words.listing(used)), names, words)
    return lines


def _read(report: Report, files: str, names: Mapping[str, str], words: Words) -> list[str]:
    """What came of the files that could be read."""
    if not report.matched:
        foreign = report.elsewhere and not report.strangers and not report.shapeless
        # Borders of another regency are a likely slip, and have another remedy than a wrong file.
        rule = "other" if foreign else "nothing"
        return [words(f"boundaries.{rule}", files=files)]
    lines = [words("boundaries.matched", matched=report.matched, villages=len(names), files=files)]
    if report.without:
        lines.append(
            words(
                "boundaries.without", names=_some([names[code] for code in report.without], words)
            )
        )
    if report.strangers:
        named = [name for name in report.strangers if name]
        kind = "strangers" if named else "strangers_unnamed"
        lines.append(
            words(f"boundaries.{kind}", n=len(report.strangers), names=_some(named, words))
        )
    counts = {"elsewhere": report.elsewhere, "shapeless": report.shapeless}
    return lines + [words(f"boundaries.{kind}", n=n) for kind, n in counts.items() if n]


def _some(names: Sequence[str], words: Words) -> str:
    """The first NAMED names, and how many more there are."""
    shown = [escape_markdown(name) for name in names[:NAMED]]
    if len(names) <= NAMED:
        return words.listing(shown)
    return words("boundaries.and_more", names=", ".join(shown), n=len(names) - NAMED)


def chosen(p: Page, frame: pd.DataFrame) -> str | None:
    """The village whose profile is open, by click, by this list, by the link, or as the only one
    filtered.

    frame: of the question villages.
    """
    names = village_names(p.data, p.programme.programme_id)
    options = list(names)
    if len(options) > MOST_OPTIONS:
        # Those with KUB first, then the others in scope: a browser takes seconds to list thousands.
        ordered = frame.sort_values("kub", ascending=False, kind="stable")["village_code"].tolist()
        # The village in the link is always among them, or its profile would close.
        kept = set(ordered[:MOST_OPTIONS]) | set(st.query_params.get_all("profile"))
        options = [code for code in options if code in kept]
    code = p.choose("profile", options, format=names.__getitem__)
    # So that nobody looks for a village that the list does not hold.
    if len(options) < len(names):
        st.caption(p.words("profile.shortened", n=MOST_OPTIONS))
    if code is None and len(p.filters.villages) == 1:
        return p.filters.villages[0]
    return code


def open_profile(point: Mapping[str, Any]) -> None:
    """Callback of a click on the map: opens the profile of the village; nothing beside villages."""
    if isinstance(point.get("customdata"), str):
        go(profile=point["customdata"])


def profile(p: Page, code: str) -> None:
    """What is known of one village, beside the map."""
    words, filters = p.words, only(p, code)
    # A village has one row in each question, even without any KUB.
    [place] = records(p.data.ask("village_profile", filters))
    [now] = records(p.data.ask("villages", filters))
    with st.container(key="profile"):
        with st.container(horizontal=True, vertical_alignment="top", gap="small"):
            st.header(escape_markdown(place["village"]), anchor=False)
            # The only village of the filters has no button: it would come back at once.
            if code not in p.filters.villages or len(p.filters.villages) > 1:
                st.button(
                    words("profile.close"),
                    icon=":material/close:",
                    type="tertiary",
                    on_click=go,
                    kwargs={"profile": None},
                )
        about = [words("profile.district", district=place["district"]), code]
        if place["is_target"]:
            about.append(words("profile.target"))
        st.caption(escape_markdown(" · ".join(about)))
        large_numbers(numbers(now, place, words), words("profile.numbers"))
        # A chart of years needs a single KUB with reports.
        if now["kub"] > now["unreported"]:
            card(p.answer("profile_years", filters=filters))


def groups(p: Page, code: str) -> None:
    """The trades of one village and its KUB one by one, below the map."""
    filters = only(p, code)
    kubs = p.answer("village_kub", filters=filters)
    if not kubs.frame["active"].any():
        card(kubs, key="village_kub")
        return
    left, right = st.columns([5, 8], gap="large")
    with left:
        # Where members are withheld (1 to 4 people), shares of them would show nothing.
        if not kubs.frame["members"].notna().any():
            filters = replace(filters, measure="kub")
        card(
            p.answer("sectors", filters=filters),
            key="profile_sectors",
            height=240,
        )
    with right:
        card(kubs, key="village_kub")


def only(p: Page, code: str) -> Filters:
    """The page's filters for this village alone, also where it lies outside the districts or the
    target villages chosen: the list of profiles holds every village.
    """
    return replace(p.filters, villages=(code,), districts=(), denominator="regency")


def reach(p: Page) -> None:
    """How far KUB reach, by district and over time, and which villages are left."""
    years = p.answer("coverage_years")
    districts = p.answer("coverage")
    # A chart of a single district would be one bar: the years have the whole width.
    if len(districts.frame) > 1:
        left, right = st.columns(2, gap="large")
        with left:
            card(districts)
        with right:
            card(years)
    else:
        card(years, height=320)
    card(p.answer("gaps"))
