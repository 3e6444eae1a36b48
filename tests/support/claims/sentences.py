"""An answer's sentences held to its rows: every number, share, superlative and narrowing filter."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, note

from kub import words
from kub.answers.answer import Answer, answer
from kub.answers.catalog import CATALOG
from kub.findings.options import parse
from kub.guests import Guest
from kub.guests import rooms as shared
from kub.store.data import Data
from kub.store.versions import Version
from queries import REFERENCE
from queries.filters import SECTORS, Filters
from tests.support.claims import Listening, beside, growth, money, places
from tests.support.claims.shares import LITERAL, alien, written
from tests.support.database import connection
from tests.twins.rows import Records

CLAIMS = {**growth.CLAIMS, **places.CLAIMS, **beside.CLAIMS, **money.CLAIMS}
VERSION = Version(Path("kub-20261124T031500Z-a1b2c3d4e5f6.duckdb"))
SHORT = {
    "id": ("makanan", "kerajinan", "laundry", "koperasi", "lainnya"),
    "en": ("food", "crafts", "laundry", "savings", "other"),
}
# What no filter of sectors narrows; only the KUB named beside it are.
BESIDE = {"microfinance", "libraries"}


def opened(records: tuple[Records, ...]) -> Data:
    return Data(VERSION, connection(records), role="analyst")


def said(
    data: Data, chart: str, filters: Filters, lang: str, view: dict[str, Any], guests: str = "[]"
) -> tuple[Answer, Listening]:
    """The answer in words alone: the drawing is another test's."""
    listening = Listening(lang, words.of(lang).texts)
    options = parse(CATALOG[chart].options, view)
    found = answer(data, chart, filters, listening, options=options, guests=guests)
    return found, listening


def is_named(answer: Answer, text: str, data: Data, lang: str) -> None:
    """Every filter that narrows the answer stands in the text."""
    filters, whole = answer.filters, text.casefold()
    if 0 < len(set(filters.sectors)) < len(SECTORS) and answer.question not in BESIDE:
        chosen = [
            name for code, name in zip(SECTORS, SHORT[lang], strict=True) if code in filters.sectors
        ]
        assert all(name in whole for name in chosen), (chosen, text)
    places = data.districts[str(filters.programme)]
    names = [places[code] for code in filters.districts if code in places]
    names += [data.villages[str(filters.programme)][code].village for code in filters.villages]
    for codes in (filters.districts, filters.villages):
        shown = names if len(codes) <= 3 else [str(len(codes))]
        assert not codes or any(name.casefold() in whole for name in shown), (names, text)
    assert filters.denominator == "regency" or "target" in whole or "sasaran" in whole, text
    for year in (filters.since, filters.until):
        assert year is None or re.search(rf"\b{year}\b", text), (year, text)


def numbers(text: str, lang: str) -> set[str]:
    """The whole numbers in a text, without their thousands; shares and means are CLAIMS' part."""
    point, comma = (".", ",") if lang == "id" else (",", ".")
    found = re.findall(
        rf"(?<![\w{re.escape(comma)}])\d{{1,3}}(?:{re.escape(point)}\d{{3}})*"
        rf"(?!\d|{re.escape(comma)}\d|[ \u00a0]?%|\w)",
        text,
    )
    return {number.replace(point, "") for number in found}


BY = ("year", "sector", "district", "village_code", "activity", "indicator", "level")


def derived(frame: pd.DataFrame) -> set[int]:
    """Whole numbers that rows hold, or that are counted, summed or subtracted from them."""
    found: set[float] = {0, 1, len(frame)}
    for column in frame:
        values = frame[column].dropna()
        found |= {len(values), len(frame) - len(values), values.nunique(), *values.value_counts()}
        if pd.api.types.is_datetime64_any_dtype(values):
            found |= {*values.dt.year, *values.dt.day, *values.dt.month}
    for column in frame.select_dtypes("number"):
        values = frame[column].dropna()
        found |= {*values, values.sum(), *(int((values > least).sum()) for least in (0, 1))}
        for by in (name for name in BY if name in frame and name != column):
            sums = pd.Series(frame.groupby(by)[column].sum())
            found |= {*sums, int((sums > 0).sum()), int((sums == sums.max()).sum())}
    if "district" in frame and "year" in frame:
        for column in ("kub", "members"):
            wide = frame.pivot_table(index="year", columns="district", values=column, aggfunc="sum")
            for change in (wide.diff(back) for back in (1, 2, 3)):
                known = {value for value in change.to_numpy().ravel() if value == value}
                found |= known | {int((change == value).sum(axis=1).max()) for value in known}
    small = sorted(value for value in found if value == value)[:400]
    found |= {abs(left - right) for left in small for right in small}
    return {int(value) for value in found if value == value and float(value).is_integer()}


def percentages(listening: Listening, texts: list[str], frames: list[pd.DataFrame]) -> None:
    """Every percentage of the texts was written from a share of the rows."""
    shown = {number for text in texts for number in written(text)} - LITERAL
    shares = [
        (number, share)
        for text, share in listening.shares
        for number in written(text)
        if number in shown
    ]
    assert shown == {number for number, _ in shares}, texts
    assert not (wrong := alien([share for _, share in shares], frames)), (wrong, texts)


# Written in the words themselves: how long a pace is, how many judged indicators, indicators of a
# definition, units.
ALWAYS = {*range(13), 10_000, 1_000, 20, 95, 99, 100}


def check(
    data: Data,
    chart: str,
    filters: Filters,
    lang: str,
    view: dict[str, Any],
    guests: Sequence[Guest] = (),
) -> int:
    """One answer, title and takeaway. How many sentences were checked."""
    answer, listening = said(
        data, chart, filters, lang, view, shared.figures(shared.rows(None, guests, filters))
    )
    note(
        f"{chart} {lang} {view} {answer.filters}\n{answer.title}\n{answer.takeaway}\n{answer.frame.to_string()}"
    )
    for text in (answer.title, answer.takeaway):
        assert "nan" not in text.casefold().split() and "{" not in text
        assert text == text.strip() and "  " not in text and ".." not in text, text
        if text and answer.question not in REFERENCE:
            is_named(answer, text, data, lang)
    assert answer.takeaway.endswith(answer.finding.caveat)
    shown = {
        "measure": answer.filters.measure,
        "own": answer.filters.programme,
        "words": listening,
        **view,
    }
    for key, values in listening.heard:
        if rule := CLAIMS.get(key):
            assert rule(answer.frame, values, shown), (key, values)
    if answer.question not in REFERENCE:
        percentages(listening, [answer.title, answer.takeaway], [answer.frame])
    if answer.question.startswith("revenue"):
        money.amounts(listening, [answer.title, answer.takeaway], answer.frame)
    allowed = derived(answer.frame) | ALWAYS
    names = " ".join(
        str(v)
        for c in answer.frame.select_dtypes(exclude="number")
        for v in answer.frame[c].dropna()
    )
    # Rows about a single year do not say which; the sentences do.
    programme = data.programme(filters)
    when = f"{programme.years} {programme.as_of} {programme.as_of.day if programme.as_of else ''}"
    scope = f"{when} {answer.scope} {' '.join(v.village for v in data.villages[str(filters.programme)].values())} {names}"
    # An index and the ratios of likeness are computed; the first has a rule, the second is
    # tests/twins/test_peers.py's.
    computed = [
        values
        for key, values in listening.heard
        if key in ("growth.size.takeaway", "peers.kelurahan") or key.endswith("_most")
    ]
    scope += " ".join(
        f"{v:.0f}" if isinstance(v, float) else str(v) for vs in computed for v in vs.values()
    )
    for text in (answer.title, answer.takeaway) if answer.question not in REFERENCE else ():
        alien = {
            n
            for n in numbers(money.without(text), lang)
            if int(n) not in allowed and n not in scope
        }
        assert not alien, (alien, text)
    return len(re.findall(r"[.?!;:](?= |$)|$", answer.title)) + len(
        re.findall(r"[.?!;:](?= |$)", answer.takeaway)
    )


TOO_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
