"""Two answers as one: what a page, a slide or a file shows under a comparison."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from kub.answers import context, sizes
from kub.answers.answer import Answer, answer, asked, scope_of
from kub.answers.catalog import CATALOG
from kub.answers.comparisons import COMPARISONS, Choice, Comparison
from kub.answers.joined import KEYS, joined
from kub.answers.scope import narrowing
from kub.answers.sides import common, scope_line, sides
from kub.answers.sizes import Sizes, Stage
from kub.answers.source import source_of
from kub.charts import against as courses
from kub.charts import against_bars, against_map, against_places, panels
from kub.charts.chart_data import Chart
from kub.findings import Finding
from kub.findings import against as findings
from kub.findings.against import Part, Sides, spec_of, value
from kub.findings.against_parts import parts
from kub.findings.options import GrowthOptions, Options
from kub.findings.reach import RANKED_FROM
from kub.look import Mode
from kub.store.data import Data, YearlyOnly
from kub.words import Words
from kub.words.columns import heading
from kub.words.trades import trade
from queries.against import Against
from queries.filters import SECTORS, Filters

# Rates and means, which rest on the KUB behind them.
RANKED = frozenset({"revenue_per_kub", "revenue_per_member", "kub_per_10k", "diversity"})
TALL, PANEL = 380, 290  # px of a course, and of one of several panels
Drawn = tuple[Chart | None, Finding, Sizes]


class Asked(NamedTuple):
    """Both sides of one chart. own, other: filters as the question heeds them; mine, theirs: the
    rows of each; columns: what is drawn; narrowed: words with the nouns of common filters.
    """

    data: Data
    chart: str
    how: Comparison
    own: Filters
    other: Filters
    mine: pd.DataFrame
    theirs: pd.DataFrame
    columns: tuple[str, ...]
    options: Options
    sides: Sides
    narrowed: Words
    words: Words
    mode: Mode

    @property
    def spec(self) -> str:
        return spec_of(self.columns[0], self.mine, self.theirs)

    @property
    def what(self) -> str:
        """What is measured, where the heading of the column does not say it; else ''."""
        by_members = "_members" if self.columns[0] == "members_share" else ""
        key = f"against.what.{self.chart}{by_members}"
        counted = self.columns[0] == self.own.measure
        return self.words(key) if self.words.has(key) and not counted else ""

    @property
    def subtitle(self) -> str:
        return self.what or findings.heads(self.columns, self.mine, self.words)


def compared(
    data: Data,
    chart: str,
    filters: Filters,
    against: Against,
    words: Words,
    mode: str = "light",
    options: Options | None = None,
) -> Answer:
    """The chart's answer with both sides in rows, figure and sentences.

    Where both cannot be shown it is the answer of this side alone, and its subtitle says so.
    Raises YearlyOnly where this side has no answer.
    """
    question = CATALOG[chart].question
    whole = data.resolved(filters)
    own, other = (asked(data, question, side) for side in (whole, against.filters(whole)))
    reason = _alone(data, chart, own, other, against.filters(whole), words)
    if reason:
        alone = answer(data, chart, filters, words, mode, options)
        return replace(alone, instead=" · ".join(filter(None, (alone.instead, reason))))
    chosen = CATALOG[chart].options() if options is None else options
    if type(chosen) is not CATALOG[chart].options:
        raise TypeError(f"{chart} has no {type(chosen).__name__}")
    how = COMPARISONS[chart]
    # Titles name both sides: what narrows both alike stands before them.
    shared = narrowing(data, common(own, other), words)
    asked_for = Asked(
        data,
        chart,
        how,
        own,
        other,
        data.ask(question, own),
        data.ask(question, other),
        how.columns(Choice(own.measure, chosen, own.sectors != other.sectors)),
        chosen,
        sides(data, own, other, words),
        shared.words(words),
        words,
        "dark" if mode == "dark" else "light",
    )
    drawn, finding, room = DRAW[how.kind](asked_for)
    if how.kind == "total":  # the date that the numbers speak of
        subtitle = answer(data, chart, filters, words, mode, options).finding.subtitle
        finding = replace(finding, subtitle=subtitle)
    source, theirs = source_of(data, chart, own), source_of(data, chart, other)
    if theirs.programme != source.programme:
        source = replace(source, against=theirs.programme, sample=source.sample or theirs.sample)
    return Answer(
        chart=chart,
        filters=own,
        frame=joined(question, asked_for.mine, asked_for.theirs),
        finding=shared.applied(finding),
        scope=f"{scope_of(data, question, own, words)} · {scope_line(data, own, other, words)}",
        source=source,
        data=drawn.data if drawn else None,
        figure=drawn.figure if drawn else None,
        options=chosen,
        against=against,
        room=room,
        measures=asked_for.columns,
    )


def _alone(
    data: Data, chart: str, own: Filters, other: Filters, whole: Filters, words: Words
) -> str:
    """Why a chart shows this side alone; '' where it shows both. own, other: filters as it heeds
    them; whole: all of the other side.
    """
    question = CATALOG[chart].question
    try:
        data.refuse(question, whole)
    except YearlyOnly as fault:
        regency = words.regency(fault.programme.regency)
        return words("against.yearly", regency=regency)
    single = chart == "specialisation" and any(len(side.sectors) == 1 for side in (own, other))
    if chart not in COMPARISONS or own == other or single:
        return words("against.alone")
    # Two regencies lie on no common map.
    abroad = COMPARISONS[chart].kind == "map" and own.programme != other.programme
    return words("against.alone_map") if abroad else ""


def _names(a: Asked) -> Callable[[Mapping[Hashable, object]], tuple[str, str]]:
    """(code, name) of a row."""
    labels: dict[str, str] = {}
    for side in (a.other, a.own):
        labels |= a.data.village_labels.get(str(side.programme), {})

    def name(row: Mapping[Hashable, object]) -> tuple[str, str]:
        if "village_code" in row:
            code = str(row["village_code"])
            return code, labels.get(code, code)
        if "district_code" in row:
            return str(row["district_code"]), str(row["district"])
        if "activity" in row:
            return str(row["activity"]), trade(str(row["activity"]), a.words)
        return str(row["sector"]), a.words(f"sector.{row['sector']}")

    return name


def _listed(a: Asked, mine: pd.DataFrame, theirs: pd.DataFrame) -> list[Part]:
    """The rows of both sides by name, with the first of the columns."""
    name, keys = _names(a), KEYS[CATALOG[a.chart].question]
    rows: dict[tuple[object, ...], list[object]] = {}
    for at, (frame, side) in enumerate(((mine, a.own), (theirs, a.other))):
        for row in frame.to_dict("records"):
            # KUB without a trade are none of a trade's.
            if _left_out(row, side) or ("activity" in row and pd.isna(row["activity"])):
                continue
            code, text = name(row)
            key = tuple(row[column] for column in keys if column != "year")
            part = rows.setdefault(key, [code, text, None, None, True])
            part[2 + at] = value(row[a.columns[0]])
            part[4] = part[4] and _is_ranked(row, a.columns[0])
    if a.chart == "activities" and a.own.sectors == a.other.sectors:
        # Trades that a side does not list have no KUB there.
        for part in rows.values():
            part[2:4] = [0.0 if number is None else number for number in part[2:4]]
    return [Part(*part) for part in rows.values()]  # type: ignore[arg-type]


def _is_ranked(row: Mapping[Hashable, object], column: str) -> bool:
    """Whether enough KUB stand behind a rate or a mean for a title to call it the largest."""
    base = row.get("earners" if column.startswith("revenue") else "kub")
    return column not in RANKED or (isinstance(base, int | float) and base >= RANKED_FROM)


def _left_out(row: Mapping[Hashable, object], side: Filters) -> bool:
    """Whether a row is of a sector that the side leaves out: its nothing is no figure."""
    return bool(side.sectors) and "sector" in row and row["sector"] not in side.sectors


def _total(a: Asked) -> Drawn:
    return None, findings.total(a.mine, a.theirs, a.sides, a.columns[0], a.narrowed), Sizes()


def _years(a: Asked) -> Drawn:
    finding = findings.years(a.mine, a.theirs, a.sides, a.columns, a.narrowed, a.what)
    indexed = isinstance(a.options, GrowthOptions) and a.options.scale == "indexed"
    if indexed:
        finding = replace(finding, subtitle=a.words("against.indexed", what=finding.subtitle))
    course = courses.Course(
        a.columns,
        tuple("n" if indexed else spec_of(name, a.mine, a.theirs) for name in a.columns),
        tuple(heading(name, a.mine[name], a.words) for name in a.columns),
        indexed,
        a.how.step,
    )
    chart = courses.years(a.mine, a.theirs, course, a.sides, a.words, a.mode)
    count = len(a.columns)
    return chart, finding, _room(TALL if count == 1 else PANEL * count)


def _ages(a: Asked) -> Drawn:
    column = a.columns[0]
    finding = findings.ages(a.mine, a.theirs, a.sides, column, a.narrowed)
    chart = courses.ages(a.mine, a.theirs, column, a.sides, a.words, a.mode)
    return chart, finding, _room(TALL)


def _bars(a: Asked, listed: list[Part]) -> Drawn:
    column, spec = a.columns[0], a.spec
    finding = parts(listed, column, spec, a.how.rows, a.sides, a.narrowed, a.subtitle)
    names = {"district": "district", "village": "village", "sector": "sector"}
    cells = {column: names[a.how.rows]} if a.how.rows in names and a.how.kind == "parts" else {}
    chart = against_bars.pairs(listed, column, spec, a.sides, a.words, a.mode, cells)
    return chart, finding, _room(against_bars.pairs_height(listed))


def _parts(a: Asked) -> Drawn:
    return _bars(a, _listed(a, a.mine, a.theirs))


def _last(a: Asked) -> Drawn:
    """Of each side the last year that it lists."""
    ends = [frame[frame["year"] == frame["year"].max()] for frame in (a.mine, a.theirs)]
    return _bars(a, _listed(a, *ends))


def _panels(a: Asked) -> Drawn:
    column, lines = a.columns[0], []
    for frame, side in ((a.mine, a.own), (a.theirs, a.other)):
        by_name: dict[str, dict[int, float | None]] = {}
        for row in frame.to_dict("records"):
            if _left_out(row, side):
                continue
            name = a.words(f"sector.{row['sector']}")
            by_name.setdefault(name, {})[int(row["year"])] = value(row[column])
        lines.append(by_name)
    _, finding, _ = _last(a)
    # A side without a sector has an empty line there.
    names = {name: lines[0].get(name, {}) for side in lines for name in side}
    chart = against_places.multiples(names, lines[1], a.spec, a.sides, a.words, a.mode)
    return chart, finding, _room(panels.height(len(names)) + courses.TOP)


def _cells(a: Asked) -> Drawn:
    column, name = a.columns[0], _names(a)
    cells: dict[tuple[str, str], Part] = {}
    villages: dict[str, str] = {}
    total: dict[str, float] = {}
    scopes = [_villages_of(a, side) for side in (a.own, a.other)]
    for at, frame in enumerate((a.mine, a.theirs)):
        for row in frame.to_dict("records"):
            code, text = name(row)
            key = (code, str(row["sector"]))
            villages[code] = text
            # A village in both scopes without such KUB on a side has none there, and not nothing.
            nothing = [0.0 if code in scope else None for scope in scopes]
            before = cells.get(key) or Part(code, text, nothing[0], nothing[1])
            number = value(row[column])
            both = (number, before.other) if at == 0 else (before.own, number)
            cells[key] = Part(code, text, *both)
            total[code] = total.get(code, 0.0) + (number or 0.0)
    order = sorted(villages, key=lambda code: -total[code])
    sectors = {
        code: a.words(f"sector.{code}") for code in SECTORS if any(key[1] == code for key in cells)
    }
    named = {code: villages[code] for code in order}
    chart = against_places.matrix(cells, named, sectors, a.sides, a.words, a.mode)
    counts = [float(len(frame)) for frame in (a.mine, a.theirs)]
    hidden = findings.withheld(
        [n for part in cells.values() for n in (part.own, part.other)], column, a.words
    )
    title = findings.pair(counts[0], counts[1], "cells", "n", a.sides, a.narrowed)
    finding = Finding(title, a.words("against.cells", what=a.subtitle), "", hidden)
    return chart, finding, _room(against_places.matrix_height(len(order)))


def _villages_of(a: Asked, side: Filters) -> set[str]:
    """The villages that a side counts, with and without KUB."""
    return set(a.data.ask("villages", side)["village_code"])


def _map(a: Asked) -> Drawn:
    listed = _listed(a, a.mine, a.theirs)
    column, spec = a.columns[0], a.spec
    finding = parts(
        listed, column, spec, a.how.rows, a.sides, a.narrowed, a.subtitle, tell="spread"
    )
    # Of both sides' places: in more detail only where they are the same.
    where = context.areas(a.data, replace(a.own, districts=(), villages=()))
    chart = against_map.land(listed, column, spec, where, a.sides, a.words, a.mode)
    return chart, finding, CATALOG[a.chart].sizes


def _room(high: int) -> Sizes:
    return Sizes(
        high, min(high, sizes.TALLEST), None, Stage(min(round(high * sizes.CLOSE), 380), high)
    )


DRAW: Mapping[str, Callable[[Asked], Drawn]] = {
    "total": _total,
    "years": _years,
    "ages": _ages,
    "parts": _parts,
    "last": _last,
    "panels": _panels,
    "cells": _cells,
    "map": _map,
}
