"""What the school visits say: how many came when, of which stage,
from where, and which schools came again.
"""

from datetime import date

import pandas as pd

from kub.findings import Finding
from kub.findings.leaders import NAMED, leading
from kub.findings.phrases import plural, records
from kub.findings.reach import named
from kub.words import Words

# The stages of Indonesian schooling, the youngest pupils first; levels of no stage are "other".
STAGES = {
    "primary": ("SD", "MI"),
    "junior": ("SMP", "MTs"),
    "senior": ("SMA", "SMK", "MA"),
}
OTHER = "other"
MEASURES = ("visits", "students")


def stage(level: str) -> str:
    """primary | junior | senior | other."""
    return next((name for name, levels in STAGES.items() if level in levels), OTHER)


def amount(words: Words, measure: str, n: int) -> str:
    """'75 kunjungan', '3.209 siswa'. measure: visits | students."""
    return plural(words, f"school_visits.count.{measure}", n)


def by_stage(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A row per year from first to last, none left out; a column per stage
    that has any record, in order of STAGES.
    """
    table = frame.assign(stage=frame["level"].map(stage)).pivot_table(
        index="year", columns="stage", values=measure, aggfunc="sum", fill_value=0
    )
    # A year without visits is a row of zeros: left out, it would not be seen at all.
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    return table.reindex(years, fill_value=0)[
        [name for name in [*STAGES, OTHER] if name in table]
    ].astype(int)


def school_visits(
    frame: pd.DataFrame, words: Words, school_measure: str = "visits", as_of: date | None = None
) -> Finding:
    """How many school visits with how many students in all, of which stage most, and how many in
    the newest year.

    as_of: day up to which the programme's records go, where known: it may cut the newest year
    short.
    """
    subtitle = words(f"school_visits.subtitle.{school_measure}")
    if frame.empty:
        return Finding(words("school_visits.empty"), subtitle, words("school_visits.empty_todo"))
    # Visits and students both stand in the title, whichever the chart shows.
    other = next(measure for measure in MEASURES if measure != school_measure)
    second = amount(words, other, int(frame[other].sum()))
    n = int(frame[school_measure].sum())
    sums = by_stage(frame, school_measure).sum().sort_values(ascending=False, kind="stable")
    title = plural(words, f"school_visits.title.{school_measure}", n, second=second)
    title += _most(sums, school_measure, words)
    years = frame.groupby("year")[list(MEASURES)].sum()
    takeaway = [_newest(years, as_of, words)]
    # Of two years one always has most and one fewest.
    if len(years) > 2:
        every = by_stage(frame, school_measure).sum(axis=1)
        takeaway.append(_ends(every, school_measure, words))
    return Finding(title, subtitle, " ".join(takeaway))


def _most(sums: "pd.Series[int]", measure: str, words: Words) -> str:
    """'; SD/MI terbanyak (42 kunjungan)': left out where a single stage came, or two lead."""
    if len(sums) < 2 or sums.iloc[0] == sums.iloc[1] or sums.index[0] == OTHER:
        return ""
    count_text = amount(words, measure, int(sums.iloc[0]))
    return words(
        "school_visits.most", stage=words(f"school_visits.stage.{sums.index[0]}"), amount=count_text
    )


def _newest(years: pd.DataFrame, as_of: date | None, words: Words) -> str:
    """'Pada 2023 (sampai 30 Juni): 13 kunjungan dengan 511 siswa; pada 2022: …'."""
    sentences = []
    for year in years.index[:-3:-1]:
        visits, students = (
            amount(words, measure, int(years[measure][year])) for measure in MEASURES
        )
        # Records that end within the year have only a part of its visits.
        cut = as_of is not None and as_of.year == year and (as_of.month, as_of.day) != (12, 31)
        key = "school_visits.in_part" if cut else "school_visits.in_year"
        sentences.append(words(key, year=year, visits=visits, students=students, on=as_of))
    return words(
        "school_visits.newest",
        newest=sentences[0],
        before="".join(f"; {sentence}" for sentence in sentences[1:]),
    )


def _ends(every: "pd.Series[int]", measure: str, words: Words) -> str:
    """The years with most and with fewest, as the numbers have them: no reason is on record."""
    most, least = int(every.max()), int(every.min())
    if most == least:
        return words("school_visits.level", amount=amount(words, measure, most))
    highest, lowest = (
        [str(year) for year in every.index[every == value]] for value in (most, least)
    )
    few = "fewest" if least else "silent"
    return words(
        "school_visits.peak",
        years=words.listing(highest),
        amount=amount(words, measure, most),
        least=words(
            f"school_visits.{few}",
            years=words.listing(lowest),
            amount=amount(words, measure, least),
        ),
    )


def ranked(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The villages, most first; of equal ones in the order of the question."""
    return frame.sort_values(measure, ascending=False, kind="stable")


def school_villages(frame: pd.DataFrame, words: Words, school_measure: str = "visits") -> Finding:
    """How much of it comes from the core villages; where none are known, which villages lead."""
    subtitle = words(f"school_villages.subtitle.{school_measure}")
    if frame.empty:
        return Finding(words("school_visits.empty"), subtitle, words("school_visits.empty_todo"))
    rows = ranked(frame, school_measure)
    names, values = named(rows), [int(value) for value in rows[school_measure]]
    total = amount(words, school_measure, sum(values))
    top = leading(names, values, words)
    if top:
        leaders = words("school_villages.leaders", names=top)
    else:
        leaders = _level(values, school_measure, words)
    if len(rows) == 1:
        leaders = total
    core = [
        (name, value)
        for name, value, is_core in zip(names, values, rows["is_core"], strict=True)
        if is_core
    ]
    spread = plural(words, "school_villages.spread", len(rows), total=total)
    if not core:
        return Finding(leaders, subtitle, spread)
    coloured = subtitle + words("school_villages.coloured")
    n = sum(value for _, value in core)
    kind = "core_all" if n == sum(values) else "core"
    parts = {"part": n, "total": total, "names": words.listing([name for name, _ in core])}
    title = plural(words, f"school_villages.{kind}", len(core), **parts)
    share = words("school_villages.share", share=n / max(sum(values), 1))
    takeaway = " ".join([share, f"{leaders}.", spread])
    return Finding(title, coloured, takeaway, measure=subtitle)


def _level(values: list[int], measure: str, words: Words) -> str:
    return words(
        "school_villages.level", n=values.count(values[0]), amount=amount(words, measure, values[0])
    )


def schools(frame: pd.DataFrame, words: Words) -> Finding:
    """How many schools came more than once, and which most often."""
    subtitle = words("schools.subtitle")
    if frame.empty:
        return Finding(words("school_visits.empty"), subtitle, words("school_visits.empty_todo"))
    rows = sorted(records(frame), key=lambda row: -row["visits"])
    again, most = sum(row["visits"] > 1 for row in rows), rows[0]["visits"]
    villages = plural(words, "schools.villages", int(frame["village_code"].nunique()))
    visits = amount(words, "visits", int(frame["visits"].sum()))
    takeaway = plural(words, "schools.takeaway", len(rows), villages=villages, visits=visits)
    if not again:
        return Finding(plural(words, "schools.once", len(rows)), subtitle, takeaway)
    top = [row["school"] for row in rows if row["visits"] == most]
    key = "schools.title" if len(top) <= NAMED else "schools.title_many"
    title = plural(words, key, again, of=len(rows), names=words.listing(top), most=most)
    return Finding(title, subtitle, takeaway)
