"""What was published of a programme's course: when something of it began.

They speak of the whole programme, as published figures do, and explain nothing: that a line bends
where one stands is not said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from babel.dates import format_date

from kub import places
from kub.findings import Notes
from kub.findings.phrases import Row
from kub.words import LANGUAGES, Words

YEAR, MONTH = len("2013"), len("2015-12")  # letters of a date that is no day


@dataclass(frozen=True)
class Event:
    """on: the last day of what is known. written: as its source dates it: '2013', '2015-12'.
    labels, texts: by language.
    """

    on: date
    written: str
    labels: Mapping[str, str]
    texts: Mapping[str, str]
    source: str


def events_of(regency_code: str, operator: str) -> tuple[Event, ...]:
    """Those of one operator's programme in one regency, by date
    (data/reference/published_events.csv).
    """
    # Offices write the name with and without "PT" and its short form: its own word decides.
    listed = [
        Event(
            date.fromisoformat(row["happened_on"]),
            row["published_as"],
            {lang: row[f"label_{lang}"] for lang in LANGUAGES},
            {lang: row[f"text_{lang}"] for lang in LANGUAGES},
            row["source"],
        )
        for row in places.reference("published_events.csv")
        if row["regency_code"] == regency_code and row["operator"].lower() in operator.lower()
    ]
    return tuple(sorted(listed, key=lambda event: event.on))


def in_course(events: Sequence[Event] | None, rows: Sequence[Row]) -> list[Event]:
    """Those that lie on the axis of a course. rows: of `growth`."""
    if not events or not rows:
        return []
    first, last = (pd.Timestamp(rows[end]["as_of"]).date() for end in (0, -1))
    return [event for event in events if first <= event.on <= last]


def notes(events: Sequence[Event], words: Words) -> Notes | None:
    """Each with its date and its source; None where there is none."""
    if not events:
        return None
    lines = [
        words("growth.event", on=_when(e, words), text=e.texts[words.lang], source=e.source)
        for e in events
    ]
    brief = " · ".join(f"{event.labels[words.lang]} ({_when(event, words)})" for event in events)
    return Notes(words("growth.events"), brief, tuple(lines))


def _when(event: Event, words: Words) -> str:
    """No more of its date than its source has."""
    if len(event.written) == YEAR:
        return event.written
    pattern = "MMM y" if len(event.written) == MONTH else "d MMM y"
    return format_date(event.on, pattern, locale=words.lang)
