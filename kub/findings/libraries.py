"""What the charts of village libraries say: how many, how much they
are used, and which villages lack what.
"""

from typing import Any

import pandas as pd
from babel.dates import format_date

from kub.findings import Finding
from kub.findings.leaders import years_of
from kub.findings.options import HAS, Has
from kub.findings.phrases import Row, at, plural, records, signed_share, span, with_period
from kub.findings.reach import NAMED, named, noun
from kub.words import Words

SHOWN = 20  # more bars cannot be read from five metres; the table has all
LISTED = 8  # villages of a chosen tile that are named in a sentence; the page lists them all
# What the control `library_amount` offers, and how each is written.
AMOUNTS = {"visits": "n", "books": "n", "visits_per_1k": "n1"}
# What the control `library_base` offers: its column, and how that is written.
BASES = {
    "library": ("visits_per_library", "n"),
    "residents": ("visits_per_1k", "n1"),
    "count": ("visits", "n"),
}


def known(value: Any) -> bool:
    """Whether a cell of a frame has a value."""
    return not pd.isna(value)


def ordered(frame: pd.DataFrame, amount: str) -> pd.DataFrame:
    """Most first; those without a value last, oldest first."""
    return frame.sort_values(amount, ascending=False, kind="stable", na_position="last")


def written_amount(words: Words, what: str, value: Any) -> str:
    """'661 kunjungan', '1.564 buku', '12,3 kunjungan per 1.000 penduduk'. what: a column."""
    return plural(words, f"libraries.amount.{what}", value)


def libraries(frame: pd.DataFrame, words: Words, amount: str = "visits") -> Finding:
    """How many libraries in how many villages, and which is used
    most or has the largest collection.
    """
    reported = frame.loc[frame["visits"].notna(), "reported_on"].max()
    subtitle = words(f"libraries.subtitle.{amount}")
    if amount != "books" and known(reported):
        # A year whose newest report lies before December is unfinished: its visits are of a part of
        # it.
        key = "year" if reported.month == 12 else "part"
        subtitle += ", " + words(f"libraries.when.{key}", year=reported.year, on=reported)
    if frame.empty:
        return Finding(words("libraries.empty"), subtitle, words("libraries.todo"))
    villages = frame["village_code"].nunique()
    title = plural(
        words,
        "libraries.title",
        len(frame),
        villages=villages,
        noun=noun(frame["village_code"], words, villages),
    )
    if frame[amount].isna().all():
        missing = words(f"libraries.none.{amount}")
        return Finding(f"{title}; {missing}", subtitle, words(f"libraries.none_todo.{amount}"))
    first = records(ordered(frame, amount))[0]
    if frame[amount].notna().sum() > 1 and (frame[amount] == first[amount]).sum() == 1:
        title += words(
            f"libraries.most.{amount}",
            name=first["name"],
            value=words.write(first[amount], AMOUNTS[amount]),
        )
    return Finding(title, subtitle, " ".join(_takeaway(frame, amount, words)))


def _takeaway(frame: pd.DataFrame, amount: str, words: Words) -> list[str]:
    parts = [
        written_amount(words, column, frame[column].sum())
        for column in ("books", "visits")
        if frame[column].notna().any()
    ]
    texts = [words("libraries.together", parts=words.listing(parts))]
    if missing := int(frame[amount].isna().sum()):
        texts.append(plural(words, f"libraries.missing.{amount}", missing))
    years = sorted(set(frame["population_year"].dropna().astype(int)))
    if amount == "visits_per_1k" and years:
        years_text = span(years[0], years[-1])
        texts.append(words("villages.takeaway.population_year", years=years_text))
    if len(frame) > SHOWN:
        texts.append(words("libraries.more", n=SHOWN))
    return texts


def published_libraries(published: pd.DataFrame | None) -> list[Row]:
    """The published figures about libraries among the rows of `reconcile`, oldest first."""
    if published is None:
        return []
    return records(published[published["indicator"] == "perpustakaan"])


def library_years(
    frame: pd.DataFrame,
    words: Words,
    published: pd.DataFrame | None = None,
    libraries: pd.DataFrame | None = None,
    sample: bool = False,
) -> Finding:
    """How many libraries, since when, and when the first opened.

    published: rows of `reconcile`. libraries: the frame of that question, for the month of the
    first one.
    """
    rows, marks = records(frame), published_libraries(published)
    parts = [with_period(words("library_years.subtitle"), rows), *_provisional(rows, words)]
    if marks:
        parts.append(words("library_years.published"))
    subtitle = " · ".join(parts)
    if not rows or not rows[-1]["libraries"]:
        return Finding(words("libraries.empty"), subtitle, words("libraries.todo"))
    last, now = rows[-1], rows[-1]["libraries"]
    # Titles say since when there have been as many, not only how many there are.
    since = next(row for row in rows if row["libraries"] == now)
    key = "title_at" if since is last or not since["opened"] else "title_since"
    title = plural(words, f"library_years.{key}", now, at=at(last, words), since=since["year"])
    first = _first(rows, libraries, words)
    if first:
        title += words("library_years.first", when=first)
    opened = [
        words("library_years.opened_year", n=row["opened"], year=row["year"])
        for row in rows
        if row["opened"]
    ]
    texts = []
    if opened:
        texts.append(words("library_years.opened", years=words.listing(opened)))
    if known(last["books"]):
        texts.append(
            words(
                "library_years.books",
                books=written_amount(words, "books", last["books"]),
                at=at(last, words),
            )
        )
    if marks:
        figures = [
            words("library_years.mark", n=mark["published"], when=_month(mark["date"], words))
            for mark in marks
        ]
        off = sum(1 for mark in marks if mark["difference"])
        texts.append(words("library_years.marks", marks=words.listing(figures)))
        if off:
            texts.append(plural(words, "library_years.differ", off, of=len(marks)))
        elif not sample:  # invented records agree because they were made to
            texts.append(words("library_years.agree"))
    return Finding(title, subtitle, " ".join(texts) or f"{title}.", measure=parts[0])


def _first(rows: list[Row], libraries: pd.DataFrame | None, words: Words) -> str:
    """When the first opened: its month where the libraries are
    passed in, else its year, else unknown.
    """
    if libraries is not None and libraries["opened_on"].notna().any():
        return _month(libraries["opened_on"].min(), words)
    # Where more libraries stand in the first listed year than opened in it, the filter has cut the
    # years before.
    first = next(row for row in rows if row["libraries"])
    if first["opened"] == first["libraries"]:
        return str(first["year"])
    return ""


def _month(on: Any, words: Words) -> str:
    """'Desember 2015'."""
    return format_date(pd.Timestamp(on).date(), "MMMM y", locale=words.lang)


def _provisional(rows: list[Row], words: Words) -> list[str]:
    if not rows or not rows[-1]["provisional"]:
        return []
    return [words("growth.subtitle.provisional", year=rows[-1]["year"], on=rows[-1]["as_of"])]


def library_years_visits(frame: pd.DataFrame, words: Words, base: str = "library") -> Finding:
    """Visits of each year: the latest finished one and how it changed.

    base: library | residents | count.
    """
    rows, (column, _spec) = records(frame), BASES[base]
    known_rows = [row for row in rows if known(row[column])]
    parts = [with_period(words(f"library_years_visits.subtitle.{base}"), rows)]
    if base == "residents" and known_rows:
        earliest, latest = (int(known_rows[at]["population_year"]) for at in (0, -1))
        years_text = span(earliest, latest)
        parts.append(words("library_years_visits.population", years=years_text))
    subtitle = " · ".join([*parts, *_provisional(rows, words)])
    if not known_rows:
        return Finding(
            words(f"library_years_visits.empty.{base}"),
            subtitle,
            words(f"library_years_visits.todo.{base}"),
        )
    finished = [row for row in known_rows if not row["provisional"]]
    texts = []
    if finished:
        last = finished[-1]
        # Only the year right before: across a gap the change would be of several years.
        before = next((row for row in finished[:-1] if row["year"] == last["year"] - 1), None)
        title = _changed(last, before, column, words)
        peak = max(row[column] for row in finished)
        if len(finished) > 1:
            years = years_of(finished, column, words)
            texts.append(
                words(
                    "library_years_visits.peak",
                    year=years,
                    said=written_amount(words, column, peak),
                )
            )
    else:
        title = words(
            "library_years_visits.part",
            on=known_rows[-1]["as_of"],
            said=written_amount(words, column, known_rows[-1][column]),
        )
    if known_rows[-1]["provisional"]:
        texts.append(
            words(
                "library_years_visits.unfinished",
                on=known_rows[-1]["as_of"],
                year=known_rows[-1]["year"],
                said=written_amount(words, column, known_rows[-1][column]),
            )
        )
    return Finding(title, subtitle, " ".join(texts) or f"{title}.", measure=parts[0])


def _changed(last: Row, before: Row | None, column: str, words: Words) -> str:
    values = {"year": last["year"], "said": written_amount(words, column, last[column])}
    if before is None or not before[column]:
        return words("library_years_visits.year", **values)
    change = last[column] / before[column] - 1
    # A change that is written 0,0 % is none.
    if signed_share(words, change)[0] not in "+−":
        verb = "same"
    elif change > 0:
        verb = "up"
    else:
        verb = "down"
    decimals = 0 if abs(change) >= 0.1 else 1
    written = words.percent(abs(change), decimals)
    return words(f"library_years_visits.{verb}", change=written, before=before["year"], **values)


def library_villages(frame: pd.DataFrame, words: Words, has: Has | None = None) -> Finding:
    """Villages with a library, KUB, both or neither.

    has: the one chosen, named where they are few.
    """
    subtitle = words("library_villages.subtitle", noun=noun(frame["village_code"], words))
    if frame.empty:
        return Finding(words("library_villages.empty"), subtitle, words("libraries.todo"))
    counts = {part: int((frame["has"] == part).sum()) for part in HAS}

    def counted(part: Has, key: str = "library_villages.title") -> str:
        nouns = noun(frame["village_code"], words, counts[part])
        if not counts[part]:
            return words(f"{key}.{part}.zero", noun=nouns)
        return plural(words, f"{key}.{part}", counts[part], noun=nouns)

    title = f"{counted('both')}; {counted('kub', 'library_villages.then')}"
    if 0 < counts["kub"] <= NAMED:
        title += f": {_names(frame, 'kub', words)}"
    texts = [
        " ".join(
            [
                words(
                    "library_villages.takeaway",
                    library=counted("library"),
                    neither=counted("neither"),
                )
            ]
        )
    ]
    if has and 0 < counts[has] <= LISTED and (has != "kub" or counts["kub"] > NAMED):
        texts.append(
            words(
                "library_villages.chosen",
                has=words(f"library_villages.tile.{has}"),
                names=_names(frame, has, words),
            )
        )
    # Where every village is a target, counting them says the same twice.
    targets = frame[frame["is_target"].fillna(False).astype(bool)]
    lacking = int(targets["has"].isin(["kub", "neither"]).sum())
    if 0 < len(targets) < len(frame):
        if lacking:
            texts.append(plural(words, "library_villages.targets", lacking, of=len(targets)))
        else:
            texts.append(words("library_villages.targets_none", of=len(targets)))
    return Finding(title, subtitle, " ".join(texts))


def _names(frame: pd.DataFrame, has: str, words: Words) -> str:
    return words.listing(named(frame[frame["has"] == has]))
