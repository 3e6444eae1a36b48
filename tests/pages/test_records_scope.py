"""The page of records for a steward of one programme beside another's."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.doors.per_minute import PerMinute
from kub.doors.roles import READER, Rights
from kub.progress import silent
from kub.records import Checked
from kub.store import audit, catalogue, database
from kub.store.data import Data
from kub.store.versions import pointed, versions
from kub.ui import trail as doors_trail
from kub.ui import view, who
from kub.ui.records import acts, drop, publish, theirs
from kub.ui.records.drop import Drop
from tests.support.blocks import said
from tests.support.pages import open_page, page_html
from tests.support.versions import records

ID = words.of("id")
ME = "0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two versions of A and B; whoever asks is a steward of A alone."""
    folder = tmp_path / "data"
    monkeypatch.setenv("KUB_DATA", str(folder))
    for members in (1310, 1320):
        database.build([records("A", members), records("B", members + 1)], folder)
    monkeypatch.setattr(doors_trail, "REFUSED", PerMinute())
    monkeypatch.setattr(who, "by", lambda *_: ME)
    have(monkeypatch, Rights("steward", frozenset({"A"})))
    return folder


def have(monkeypatch: pytest.MonkeyPatch, rights: Rights) -> None:
    monkeypatch.setattr(who, "rights_of", lambda *_: rights)


def refusals(folder: Path) -> list[object]:
    return [line["reason"] for line in audit.lines(folder) if line["action"] == "refused"]


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def dropped(*programmes: str) -> Drop:
    """What was checked while it was allowed, ready to be published."""
    kept = Drop([], Checked([records(code, 20) for code in programmes], []))
    drop.prepare(kept, silent)
    return kept


def test_what_touches_every_programme_has_no_buttons_and_is_not_done(folder: Path) -> None:
    app = open_page("records", section="versions")
    assert "versions-prune" not in keys(app) and ID("versions.few") in said(app)
    before, older = versions(folder)[0], versions(folder)[-1]
    app = open_page("records", section="versions", shown_version=older.name)
    assert "version-use" not in keys(app) and not app.text_input
    acts._roll_back(older.name, ID)
    acts._prune(1, ID)
    assert pointed(folder) == before and len(versions(folder)) == 2
    assert not catalogue.note(folder, older.name)
    assert refusals(folder) == ["steward"]


def test_a_comparison_holds_the_rows_of_ones_own_programme(folder: Path) -> None:
    before, after = versions(folder)[-1], versions(folder)[0]
    assert theirs.barred(before) == {"B"}
    app = open_page("records", section="versions", shown_version=before.name)
    assert "1.320" in said(app) and "1.321" not in said(app)
    assert len(versions(folder)) == 2 and after != before


def test_all_buttons_are_there_for_a_steward_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, Rights("steward"))
    app = open_page("records", section="versions")
    assert "versions-prune" in keys(app) and ID("versions.few") not in said(app)


def test_the_calendar_is_of_ones_own_programmes(monkeypatch: pytest.MonkeyPatch) -> None:
    name = Data.open(database.current()).programmes["A"].name
    app = open_page("records", section="calendar", programme="B")
    assert ID("calendar.few", names=name) in said(app)
    have(monkeypatch, Rights("steward", frozenset()))
    app = open_page("records", section="calendar", programme="A")
    assert ID("calendar.none_yours") in said(app) and not app.code


def test_the_trail_shows_ones_own_lines_and_programmes(folder: Path) -> None:
    audit.append(folder, "import", "other", programmes=["A"], version="a")
    audit.append(folder, "import", "other", programmes=["A", "B"], version="ab")
    audit.append(folder, "download", "other", filters={"programme": "A"}, version="down")
    audit.append(folder, "download", "other", filters={"against_programme": "B", "programme": "A"})
    audit.append(folder, "download", "other", filters={}, statement="SELECT 1")
    audit.append(folder, "login", "other", name="Siti", role="steward")
    audit.append(folder, "download", ME, filters={"programme": "B"}, version="mine")
    shown = [line.get("version") for line in theirs.lines(list(audit.lines(folder)))]
    assert shown == ["a", "down", "mine"]
    app = open_page("records", section="trail")
    assert ID("trail.few") in said(app) and "peran: steward" not in said(app)


@pytest.mark.parametrize("rights", [Rights("steward", frozenset({"B"})), READER])
def test_publishing_asks_once_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch, rights: Rights
) -> None:
    kept, before, seen = dropped("A"), pointed(folder), view.of({}, False)
    have(monkeypatch, rights)
    publish.publish(kept, "", seen, silent)
    assert pointed(folder) == before and refusals(folder) == ["steward"]
    have(monkeypatch, Rights("steward", frozenset({"A"})))
    publish.publish(kept, "", seen, silent)
    assert pointed(folder) != before


def test_what_is_not_theirs_is_said_and_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = dropped("A", "B")
    assert publish.beyond(kept) == ["B"]
    app = open_page("records")
    app.session_state[drop.STATE] = kept
    app.run()
    assert ID("upload.not_theirs", names="B") in page_html(app)
    assert "records-publish-open" not in keys(app)


def test_the_samples_of_others_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUB_DATA", str(folder.parent / "samples"))
    database.build([records("S", sample=True)], folder.parent / "samples")
    assert dropped("A").preview.leaving == ()
    have(monkeypatch, Rights("steward"))
    whole = dropped("A")
    assert len(whole.preview.leaving) == 1 and publish.beyond(whole) == []
    have(monkeypatch, Rights("steward", frozenset({"A"})))
    assert publish.beyond(whole) == [*whole.preview.leaving]
