"""Published events under the line of Pertumbuhan: of their programme and years alone, traceable,
and never upon another text.
"""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kub import places, words
from kub.answers import context
from kub.charts import growth as growth_module
from kub.charts.diamonds import WIDE
from kub.charts.growth import UPPER
from kub.charts.label_layout import text_width
from kub.findings import growth as findings
from kub.findings.events import Event, events_of
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters
from tests.support import courses
from tests.support.courses import narrow, texts
from tests.support.figures import Figures

charts = Figures(growth_module)
LISTED = places.reference("published_events.csv")
BATANG = events_of("33.25", "PT Bhimasena Power Indonesia")
FRAME = courses.growth(2012, [16, 43, 74, 104, 131, 153, 172, 190, 203], provisional=True)
LANGUAGES = [words.of("id"), words.of("en")]


def names(layout: dict[str, Any]) -> list[dict[str, Any]]:
    labels = {label for event in BATANG for label in event.labels.values()}
    return [note for note in layout["annotations"] if note["text"] in labels]


def ticks(layout: dict[str, Any]) -> list[str]:
    shapes = [s for s in layout["shapes"] if s["yref"] == "paper" and "ysizemode" in s]
    return sorted(shape["x0"] for shape in shapes)


def test_every_event_has_a_date_both_languages_and_a_source() -> None:
    for row in LISTED:
        on = date.fromisoformat(row["happened_on"])
        assert on.isoformat().startswith(row["published_as"])
        # What is no day stands on the last that it may have been.
        assert row["published_as"] == on.isoformat() or (on + timedelta(days=1)).day == 1
        assert "." in row["source"].split("/")[0]
        for name in ("label_id", "label_en", "text_id", "text_en", "operator"):
            assert row[name].strip()


def test_events_belong_to_one_operator_in_one_regency() -> None:
    assert len(BATANG) == len(LISTED) and list(BATANG) == sorted(BATANG, key=lambda e: e.on)
    assert events_of("33.25", "PT. BHIMASENA POWER INDONESIA (BPI)") == BATANG
    assert events_of("33.25", "Dinas Koperasi Batang") == ()
    assert events_of("33.26", "PT Bhimasena Power Indonesia") == ()


def test_the_sample_of_batang_has_them_and_no_other_programme(sample_folder: Path) -> None:
    data = Data.open(current(sample_folder))
    programme = data.resolved(Filters()).programme
    assert context.events(data, Filters(programme=programme)) == BATANG
    for other in data.programmes:
        if other != programme:
            assert context.events(data, Filters(programme=other)) == ()
    # They speak of the whole programme, as published figures do.
    assert context.events(data, Filters(programme=programme, sectors=("makanan",))) == ()


@pytest.mark.parametrize("say", LANGUAGES)
def test_ticks_stand_between_the_panels_on_their_days(say: words.Words) -> None:
    figure = charts.growth(FRAME, say, "light", both=True, events=BATANG)
    layout = figure["layout"]
    assert ticks(layout) == ["2012-12-31", "2013-12-31", "2015-12-31"]  # the axis ends in mid-2020
    for note in names(layout):
        assert (note["yref"], note["y"], note["yanchor"]) == ("paper", UPPER[0], "top")
    # Nothing else is written there: the heading of the lower panel stands on that panel.
    assert all(note in names(layout) or note["y"] != UPPER[0] for note in layout["annotations"])
    # A phone has no room for names, and a mark without a name would ask what it is.
    assert not names(narrow(figure)) and not ticks(narrow(figure))


@pytest.mark.parametrize("say", LANGUAGES)
@pytest.mark.parametrize("gap", [1, 30, 200, 400, 1500])
def test_names_never_touch_and_the_older_gives_way(say: words.Words, gap: int) -> None:
    start = date(2012, 12, 31)
    days = [start + number * timedelta(days=gap) for number in range(3)]
    label = {"id": "koperasi", "en": "co-ops"}
    listed = [Event(day, "2013", label, label, "x.id/1") for day in days if day.year < 2020]
    layout = charts.growth(FRAME, say, "light", both=True, events=listed)["layout"]
    shown = [note for note in layout["annotations"] if note["text"] in label.values()]
    per_day = WIDE / (FRAME["as_of"].iloc[-1] - FRAME["as_of"].iloc[0]).days
    spans = []
    for note in shown:
        x = (pd.Timestamp(note["x"]).date() - start).days * per_day + note["xshift"]
        width = text_width(note["text"]) * (1 if note["xanchor"] == "left" else -1)
        spans.append(sorted((x, x + width)))
    assert all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(spans, 2))
    assert shown[0]["x"] == max(listed, key=lambda e: e.on).on.isoformat()
    assert len(ticks(layout)) == len(listed)


@pytest.mark.parametrize("say", LANGUAGES)
def test_the_notes_list_each_with_date_and_source(say: words.Words) -> None:
    notes = findings.growth(FRAME, say, both=True, events=BATANG).notes
    assert notes and notes.heading == say("growth.events")
    assert [line.split(":")[0] for line in notes.lines][:2] == ["2012", "2013"]
    assert notes.brief.startswith("CSR (2012) · 3 ")
    for line, event in zip(notes.lines, BATANG, strict=False):
        assert event.labels[say.lang] in notes.brief
        assert event.texts[say.lang] in line and line.endswith(event.source)
    assert len(notes.lines) == 3
    # A day is not made of a month, and nothing is listed that lies outside the years chosen.
    assert notes.lines[2].startswith({"id": "Des 2015", "en": "Dec 2015"}[say.lang])
    later = findings.growth(FRAME[FRAME["year"] > 2015], say, both=True, events=BATANG)
    assert later.notes is None
    assert findings.growth(FRAME, say, events=BATANG).notes is None
    assert findings.growth(FRAME, say, scale="indexed", both=True, events=BATANG).notes is None


def test_a_chart_without_events_has_none() -> None:
    for events in (None, ()):
        assert (
            ticks(charts.growth(FRAME, LANGUAGES[0], "light", both=True, events=events)["layout"])
            == []
        )
    single = charts.growth(FRAME, LANGUAGES[0], "light", events=BATANG)["layout"]
    assert not [text for text in texts(single["annotations"]) if "koperasi" in text]
