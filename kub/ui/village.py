"""What the screen Desa shows besides answers: the map's ground and its notes, the profile of a
village.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from kub.answers.context import located
from kub.answers.cross_filter import stands_among_others
from kub.answers.options import MOST_OPTIONS
from kub.answers.scope import village_names
from kub.findings.phrases import records
from kub.findings.profile import numbers
from kub.places import boundaries
from kub.places.areas import Areas, drawn
from kub.places.boundaries import Report
from kub.store.versions import data_folder
from kub.ui.content import Content
from kub.web import blocks
from kub.web.year import Year
from kub.words import Words
from queries.filters import Filters

NAMED = 8  # villages or features named in a note; the others are counted


def ground(p: Content, frame: pd.DataFrame) -> tuple[Areas, Report | None]:
    """What the map draws on: the user's own borders if they fit, otherwise schematic areas or
    tiles.

    frame: of the question villages; of few villages the borders are drawn in more detail.
    """
    villages = located(p.data, p.programme.programme_id)
    own = boundaries.read(data_folder(), villages)
    # Without borders of its own a regency still has a map: areas drawn from the list.
    if own is None:
        return drawn(villages), None
    focus: tuple[str, ...] = ()
    if p.filters.districts or p.filters.villages:
        focus = tuple(frame["village_code"])
    return boundaries.areas(own, focus) or drawn(villages), own.report


def notes(p: Content, areas: Areas, report: Report | None) -> None:
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
        p.add(blocks.Note(lines))


def _own(report: Report, names: Mapping[str, str], words: Words) -> list[str]:
    """What came of the user's GeoJSON, in the order in which it matters."""
    lines = []
    for file, rule, values in report.problems:
        problem = words(f"boundaries.problem.{rule}", **values)
        lines.append(words("boundaries.unusable", file=file, problem=problem))
    used = [name for name in report.files if name not in {file for file, _, _ in report.problems}]
    if used:
        lines += _read(report, words.listing(used), names, words)
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
    shown = list(names[:NAMED])
    if len(names) <= NAMED:
        return words.listing(shown)
    return words("boundaries.and_more", names=", ".join(shown), n=len(names) - NAMED)


def chosen(p: Content, frame: pd.DataFrame) -> tuple[blocks.Choice, str | None]:
    """The list of villages, and the one whose profile is open: by click, by this list, by the link,
    or as the only one filtered.

    frame: of the question villages.
    """
    names = village_names(p.data, p.programme.programme_id)
    options = list(names)
    if len(options) > MOST_OPTIONS:
        # Those with KUB first, then the others in scope: a browser takes seconds to list thousands.
        ordered = frame.sort_values("kub", ascending=False, kind="stable")["village_code"].tolist()
        kept = set(ordered[:MOST_OPTIONS]) | set(p.view.parsed.controls.get("profile", ()))
        options = [code for code in options if code in kept]
    choice, code = p.choose("profile", options, format=names.__getitem__)
    if len(options) < len(names):
        choice = replace(choice, note=p.words("profile.shortened", n=MOST_OPTIONS))
    [alone] = p.filters.villages if len(p.filters.villages) == 1 else [None]
    return choice, code or alone


def year(p: Content) -> None:
    """The year that the page shows, if there are several."""
    years, words, as_of = p.programme.years, p.words, p.programme.as_of
    if len(years) < 2:
        return
    unfinished = as_of is not None and as_of < date(years[-1], 12, 31)
    p.add(
        Year(
            words("year.label"),
            years,
            p.filters.until or years[-1],
            {name: words(f"year.{name}") for name in ("play", "pause", "keys")},
            words("year.unfinished", on=as_of) if unfinished else "",
        )
    )


def profile(p: Content, code: str) -> None:
    """What is known of one village, beside the map."""
    words, filters = p.words, only(p, code)
    [place] = records(p.data.ask("village_profile", filters))
    [now] = records(p.data.ask("villages", filters))
    line = [words("profile.district", district=place["district"]), code]
    if place["is_target"]:
        line.append(words("profile.target"))
    close = None
    if code not in p.filters.villages or len(p.filters.villages) > 1:
        close = blocks.Action(words("profile.close"), {"profile": None})
    panel = p.panel("profile", place["village"], " · ".join(line), close)
    panel.numbers(numbers(now, place, words), words("profile.numbers"))
    if now["kub"] > now["unreported"]:
        panel.card(p.answer("profile_years", filters=filters, alone=True))


def groups(p: Content, code: str) -> None:
    """The trades of one village and its KUB one by one, below the map."""
    filters = only(p, code)
    kubs = p.answer("village_kub", filters=filters, alone=True)
    if not kubs.frame["active"].any():
        p.card(kubs)
        return
    left, right = p.columns(5, 8)
    if not kubs.frame["members"].notna().any():
        filters = replace(filters, measure="kub")
    trades = p.answer("sectors", filters=filters, alone=True)
    left.card(trades, key="profile_sectors", height=240)
    right.card(kubs)


def only(p: Content, code: str) -> Filters:
    """The page's filters, for this village alone; also where it lies
    outside the districts or targets chosen.
    """
    return replace(p.filters, villages=(code,), districts=(), denominator="regency")


def reach(p: Content) -> None:
    """How far KUB reach, by district and over time, and which villages are left."""
    p.section("reach")
    years = p.answer("coverage_years")
    districts = p.answer("coverage")
    # Of a single district alone it would be one bar, and of one beside another the two that the
    # years end with: these have the whole width.
    several = len(districts.frame) > 1 or stands_among_others("coverage", p.filters)
    if several and districts.title != years.title:
        left, right = p.columns(1, 1)
        left.card(districts)
        right.card(years)
    else:
        p.card(years, height=320)
    p.section("gaps")
    p.card(p.answer("gaps"), opens="profile")
