"""What the charts of Pertumbuhan say: how fast KUB and members grow,
who comes and goes, how long they last.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from kub.findings import Finding
from kub.findings.events import Event, in_course, notes
from kub.findings.leaders import NAMED, level, years_of
from kub.findings.pace import WINDOW, pace_title, paces, since_title
from kub.findings.phases import with_closings
from kub.findings.phrases import (
    Row,
    at,
    count,
    direction,
    period,
    plural,
    records,
    signed,
    signed_share,
)
from kub.words import Words
from queries.filters import Filters

COLUMN = {"kub": "active", "members": "members"}
AGE = 3  # years since founding: the age at which the title states survival
MOST_DISTRICTS = 5  # districts named in a sentence
EVERYTHING = Filters()


def growth(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    scale: str = "absolute",
    both: bool = False,
    published: pd.DataFrame | None = None,
    tell: str = "pace",
    events: Sequence[Event] | None = None,
) -> Finding:
    """Active KUB or members at each year's end.

    scale: absolute | indexed. both: KUB and members are drawn. published: rows of `reconcile`,
    drawn beside. tell: what the title says, the pace of the last years or how far it came
    "since" the first. events: published ones, in the notes where both are drawn.
    """
    rows = records(frame)
    column = COLUMN[measure]
    base = next((row for row in rows if row[column]), None)
    marks = []
    if published is not None and len(published):
        marks.append(words("growth.subtitle.published"))
    shown = "both" if both else measure
    subtitle = _subtitle(rows, words, shown, marks)
    if base is None:
        title = words(f"growth.title.empty_{measure}")
        return Finding(title, subtitle, f"{title}.")
    # Without members on record there is no first year to set to 100.
    if scale == "indexed" and index_base(rows):
        return _indexed(rows, words)
    last, listed = rows[-1], notes(in_course(events, rows) if both else (), words)
    if last is base or not last[column]:
        title = _without_course(rows, column, measure, words)
        return Finding(title, subtitle, f"{title}.", notes=listed)
    now, before = paces(frame, column)
    drawn = rows if both or measure == "kub" else []
    takeaway = with_closings(_course(base, last, column, measure, words), drawn, words)
    since = since_title(base, last[column], column, measure, words)
    # Too few KUB for percent, or too few years: the title gives the change since the first year.
    if now is None:
        return Finding(since, subtitle, takeaway, notes=listed)
    values = {"since": now.since, "until": now.until, "rate": signed_share(words, now.rate)}
    rates = words("growth.takeaway.pace", **values)
    if before:
        values["before"] = signed_share(words, before.rate)
        rates = words("growth.takeaway.pace_before", **values)
    title = since
    if tell != "since":
        title = pace_title(now, before, count(words, measure, last[column]), words)
    return Finding(title, subtitle, f"{takeaway} {rates}", notes=listed)


def _without_course(rows: list[Row], column: str, measure: str, words: Words) -> str:
    """A single year with KUB, or none any more: nothing to compare."""
    last = rows[-1]
    if last[column]:
        return words(
            "growth.title.single", count=count(words, measure, last[column]), at=at(last, words)
        )
    peak = max(row[column] for row in rows)
    return words(f"growth.title.gone_{measure}", peak=peak, year=years_of(rows, column, words))


def _course(base: Row, last: Row, column: str, measure: str, words: Words) -> str:
    first, now = base[column], last[column]
    verb = direction(first, now, up="rose", down="fell")
    values = {"first": first, "first_at": at(base, words), "last": now, "last_at": at(last, words)}
    return words(f"growth.takeaway.{verb}_{measure}", **values)


def _indexed(rows: list[Row], words: Words) -> Finding:
    """Which grew faster, KUB or members, expressed as the size of a group.

    rows: at least one with members.
    """
    base, last = index_base(rows) or rows[0], rows[-1]
    since = base["year"]
    subtitle = " · ".join(
        [
            words("growth.subtitle.indexed", since=since, period=period(rows)),
            *_notes(rows, words, people=True),
        ]
    )
    kub, members = (100 * last[column] / base[column] for column in COLUMN.values())
    takeaway = words("growth.size.takeaway", since=since, kub=kub, members=members)
    if last is base or not last["active"]:
        return Finding(_without_course(rows, "active", "kub", words), subtitle, takeaway)
    before, now = (row["members"] / row["active"] for row in (base, last))
    # As written: 14.04 and 13.96 both read 14,0, and a title must not call one the larger.
    if words.number(before, 1) == words.number(now, 1):
        return Finding(words("growth.size.alike", now=now, since=since), subtitle, takeaway)
    both_grew = last["active"] > base["active"] and last["members"] > base["members"]
    key = "smaller" if now < before else "larger"
    if not both_grew:
        key += "_falling"
    return Finding(
        words(f"growth.size.{key}", before=before, now=now, since=since), subtitle, takeaway
    )


def index_base(rows: list[Row]) -> Row | None:
    """The first listed year with KUB and their members on record, whose
    values are 100; None if there is none.
    """
    return next((row for row in rows if row["members"]), None)


def _subtitle(rows: list[Row], words: Words, what: str, marks: list[str]) -> str:
    if not rows:
        heading = "kub" if what == "both" else what
        return words(f"growth.heading_{heading}")
    parts = [
        words(f"growth.subtitle.{what}", period=period(rows)),
        *_notes(rows, words, people=what != "kub"),
        *marks,
    ]
    return " · ".join(parts)


def _notes(rows: list[Row], words: Words, people: bool) -> list[str]:
    """What the last year leaves open: that it is unfinished, and
    how many KUB reported their members.
    """
    last, notes = rows[-1], []
    if last["provisional"]:
        notes.append(words("growth.subtitle.provisional", year=last["year"], on=last["as_of"]))
    if people and last["reported"] < last["active"]:
        notes.append(words("growth.subtitle.reported", **last))
    if people and last["unreported"]:
        notes.append(words("growth.subtitle.unreported", n=last["unreported"]))
    return notes


def growth_flow(frame: pd.DataFrame, words: Words) -> Finding:
    """KUB founded against closed: the last finished year in the
    title, the whole period in the takeaway.
    """
    rows = records(frame)
    if not rows:
        return Finding(
            words("growth.title.empty_kub"),
            words("growth.heading_kub"),
            words("growth.title.empty_kub"),
        )
    span = period(rows)
    subtitle = " · ".join(
        [words("growth_flow.subtitle", period=span), *_notes(rows, words, people=False)]
    )
    founded, closed = (sum(row[name] for row in rows) for name in ("founded", "closed"))
    if not founded + closed:
        empty = words("growth_flow.takeaway_empty", period=span)
        return Finding(words("growth_flow.empty", period=span), subtitle, empty)
    # Half a year beside whole ones would look like a fall.
    year = next((row for row in reversed(rows) if not row["provisional"]), rows[-1])
    net = year["founded"] - year["closed"]
    change = direction(0, net, up="more", down="fewer")
    title = words(f"growth_flow.{change}", **{**year, "net": abs(net)})
    peak = max(row["founded"] for row in rows)
    key = "growth_flow.takeaway" if len(rows) > 1 and peak else "growth_flow.takeaway_single"
    sums = {"founded": founded, "closed": closed, "net": signed(words, founded - closed)}
    takeaway = words(
        key, period=span, **sums, peak_year=years_of(rows, "founded", words), peak=peak
    )
    return Finding(title, subtitle, takeaway)


def survival(frame: pd.DataFrame, words: Words) -> Finding:
    """How many of ten KUB are still running AGE years after
    founding, or at the last age observed.
    """
    rows = records(frame)
    subtitle = words("survival.subtitle")
    if not rows:
        return Finding(words("survival.empty"), subtitle, f"{words('survival.empty')}.")
    if len(rows) == 1:
        return Finding(words("survival.young"), subtitle, words("survival.takeaway_young"))
    row, last = title_row(rows), rows[-1]
    share, age = row["survival"], plural(words, "survival.age", row["years"])
    values = {"share": share, "age": age, "at_risk": row["at_risk"]}
    # People picture "7 of 10" more easily than 68 %.
    of, total = round(10 * share), rows[0]["at_risk"]
    if share == 1:
        key = "all"
    elif share == 0:
        key = "none"
    else:
        key = {10: "nearly_all", 0: "hardly_any"}.get(of, "of_ten")
    if 0 < share < 1 and total < 5:  # "5 of 10" would be wrong of two
        key = "few_kub"
    if row is last:
        takeaway = words("survival.takeaway_last", **values)
    else:
        last_age = plural(words, "survival.age", last["years"])
        takeaway = words("survival.takeaway", **values, last=last["survival"], last_age=last_age)
    return Finding(
        words(f"survival.{key}", age=age, of=of, share=share, total=total), subtitle, takeaway
    )


def title_row(rows: list[Row]) -> Row:
    """The row of `survival` for the title: at AGE, or the last age observed."""
    return rows[min(AGE, len(rows) - 1)]


def district_growth(
    frame: pd.DataFrame, words: Words, measure: str = "kub", filters: Filters = EVERYTHING
) -> Finding:
    """Which district holds most, and which has gained most over the last WINDOW years listed."""
    # A district whose KUB have all closed is listed with zeros.
    if frame.empty or not frame.loc[frame["year"] == frame["year"].max(), measure].any():
        empty = words("district_growth.empty")
        return Finding(
            empty, words(f"growth.heading_{measure}"), words("district_growth.takeaway_empty")
        )
    rows = records(frame)
    until = rows[-1]["year"]
    # A filter of years may leave fewer than WINDOW of them.
    since = max(until - WINDOW, rows[0]["year"])
    now, before = (
        {row["district"]: row[measure] for row in rows if row["year"] == year}
        for year in (until, since)
    )
    gained = {district: now[district] - before[district] for district in now}
    ranked = sorted(now, key=now.__getitem__, reverse=True)
    counted = count(words, measure, sum(now.values()))
    start = since if since < until else None
    takeaway = _district_counts(ranked, now, gained, start, words)
    if len(now) == 1:
        subtitle = words(f"district_growth.subtitle_one_{measure}", period=period(rows))
        if filters.districts or filters.villages:  # whose name stands before it
            return Finding(
                _course_of(now[ranked[0]], before[ranked[0]], since, until, measure, words),
                subtitle,
                "",
            )
        return Finding(
            words("district_growth.one", district=ranked[0], count=counted), subtitle, takeaway
        )
    title = _holders(now, counted, words)
    if since < until:
        title += "; " + _movers(gained, since, words)
    return Finding(
        title, words(f"district_growth.subtitle_{measure}", period=period(rows)), takeaway
    )


def _course_of(now: int, before: int, since: int, until: int, measure: str, words: Words) -> str:
    """How many there are in the one district chosen, and how many there were."""
    counted = count(words, measure, now)
    if since == until:
        return words("district_growth.now", count=counted, until=until)
    change = direction(before, now)
    return words(
        f"district_growth.{change}", count=counted, before=before, since=since, until=until
    )


def _holders(now: Mapping[str, int], counted: str, words: Words) -> str:
    """'Kecamatan Tulis memiliki 105 dari 207 KUB aktif', or the level ones, few of them by name."""
    first = level(now)
    values = {"n": now[first[0]], "count": counted}
    if len(first) > NAMED:
        return words("district_growth.level_many", districts=len(first), **values)
    key = "leads" if len(first) == 1 else "level"
    return words(f"district_growth.{key}", district=words.listing(first), **values)


def _movers(gained: Mapping[str, int], since: int, words: Words) -> str:
    """Where most were added; or that none was, and whether some were lost."""
    most, least = max(gained.values()), min(gained.values())
    # "Most were added" would be said of districts that lost KUB.
    if most <= 0:
        if most == least == 0:
            key = "still"
        elif most == 0:
            key = "lost"
        else:
            key = "lost_all"
        losers = sum(change < 0 for change in gained.values())
        return words(
            f"district_growth.{key}",
            since=since,
            n=losers,
            less=signed(words, sum(gained.values())),
        )
    movers = level(gained)
    if len(movers) > NAMED:
        return words(
            "district_growth.gained_many", n=len(movers), since=since, more=signed(words, most)
        )
    key = "gained" if len(movers) == 1 else "gained_level"
    return words(
        f"district_growth.{key}",
        movers=words.listing(movers),
        since=since,
        more=signed(words, most),
    )


def _district_counts(
    ranked: list[str], now: dict[str, int], gained: dict[str, int], since: int | None, words: Words
) -> str:
    """'Now (and since 2020): Tulis 105 (+2), Kandeman 98 (0)': the
    largest MOST, and how many more there are.
    """
    key = "district_growth.takeaway"
    if since is None:
        key += "_single"
    items = [
        words(f"{key}_name", district=name, n=now[name], change=signed(words, gained[name]))
        for name in ranked[:MOST_DISTRICTS]
    ]
    names, more = words.listing(items), len(ranked) - MOST_DISTRICTS
    if more > 0:
        names = words("growth.and_more", names=", ".join(items), more=more)
    return words(key, names=names, since=since)
