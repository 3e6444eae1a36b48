"""Versi: what is in use, what differs, going back and forth, notes, pruning; and the audit trail."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import visits, words
from kub.store import audit, catalogue, database, keeping
from kub.store.versions import NotStored, pointed, versions
from kub.ui.markdown import escape_markdown
from kub.ui.records import trail
from kub.ui.records import versions as versions_page
from kub.visits import Visit
from kub.words import LANGUAGES
from tests.support.blocks import blocks, notices, said, table, titles
from tests.support.pages import open_page, page_html
from tests.support.versions import records

ID, EN = words.of("id"), words.of("en")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three versions of one programme: 10, 12 and 15 members."""
    folder = tmp_path_factory.mktemp("office") / "data"
    for members in (10, 12, 15):
        database.build([records("A", members)], folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, office: Path) -> Path:
    """A copy of it, in use."""
    folder = tmp_path / "data"
    monkeypatch.setenv("KUB_DATA", str(folder))
    shutil.copytree(office, folder)
    return folder


def names(folder: Path) -> list[str]:
    """The newest first."""
    return [version.name for version in versions(folder)]


def show(folder: Path, **link: str) -> AppTest:
    return open_page("records", section="versions", **link)


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def in_use(folder: Path) -> str:
    version = pointed(folder)
    assert version
    return version.name


def pin(folder: Path, version: str) -> Visit:
    visit = Visit("", date(2026, 12, 1), "Bappeda", "33.24", "id", version, ())
    return visits.store(folder, visit)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_says_which_is_in_use_and_who_needs_which(folder: Path, lang: str) -> None:
    newest, _, oldest = names(folder)
    pinned = pin(folder, oldest)
    app = show(folder, lang=lang)
    say, html = words.of(lang), page_html(app)
    assert html.count(say("versions.now")) == 1
    assert pinned.visit_id in html
    assert html.index(say("versions.now")) < html.index(pinned.visit_id)
    assert html.count("A.xlsx") == 3
    # 15 members, three versions
    assert "15" in said(app) and say("versions.pinned", n=1) in said(app)
    assert {f"version-open-{name}" for name in names(folder)} <= {b.key for b in app.button}
    assert newest == in_use(folder)


def test_a_single_version_says_what_will_come(folder: Path) -> None:
    keeping.prune(folder, 1, audit.COMMAND)
    app = show(folder)
    assert ID("versions.single") in said(app)
    assert not any(button.key == "versions-prune" for button in app.button)
    app = show(folder, shown_version=in_use(folder))
    assert ID("versions.alone") in titles(app)
    assert not any(button.key == "version-use" for button in app.button)


def test_two_versions_are_compared(folder: Path) -> None:
    newest, middle, oldest = names(folder)
    app = show(folder, shown_version=oldest)
    # beside the one in use, unless the link says otherwise
    assert ID("versions.changes", added=0, changed=1, removed=0) in titles(app)
    [members] = [r for r in table(app, "version_figures") if r[0] == ID("versions.figures.members")]
    assert members[1:] == ["15", "10", "−5"]
    [sheet] = table(app, "version_sheets")
    assert sheet == ["Laporan", "1", "1", "0", "1", "0"]
    [examples] = [b for b in blocks(app, "disclosure") if b["key"] == "changes-kub_report"]
    assert examples["table"]["rows"] == [[ID("versions.changed"), "K1 · 2016-11-30"]]
    other = show(folder, shown_version=oldest, shown_with=middle)
    [members] = [
        r for r in table(other, "version_figures") if r[0] == ID("versions.figures.members")
    ]
    assert members[1:] == ["12", "10", "−2"]
    # of the version in use the one before it
    now = show(folder, shown_version=newest)
    [members] = [r for r in table(now, "version_figures") if r[0] == ID("versions.figures.members")]
    assert members[1:] == ["12", "15", "+3"]


def test_equal_versions_are_said_to_be_equal(folder: Path) -> None:
    database.build([records("A", 15)], folder)
    app = show(folder, shown_version=names(folder)[1])
    assert ID("versions.same") in titles(app)


def test_going_back_is_asked_done_and_undone(folder: Path) -> None:
    newest, _, oldest = names(folder)
    app = click(show(folder, shown_version=oldest), "version-use")
    # asked first, with the figures that will be
    [members] = [r for r in table(app, "ask_figures") if r[0] == ID("versions.figures.members")]
    assert members[1:3] == ["15", "10"] and in_use(folder) == newest
    click(app, "version-use-yes")
    assert in_use(folder) == oldest
    [done] = [n["text"] for n in notices(app)]
    assert done.startswith("Sekarang dipakai versi terbitan")
    click(app, "version-undo")
    assert in_use(folder) == newest
    acts = [(line["action"], line["by"], line["version"]) for line in audit.lines(folder)][-2:]
    assert acts == [("rollback", "local", oldest), ("rollback", "local", newest)]


def test_what_is_not_confirmed_does_not_happen(folder: Path) -> None:
    newest, _, oldest = names(folder)
    app = click(show(folder, shown_version=oldest), "version-use")
    click(app, "records-cancel")
    assert in_use(folder) == newest and not notices(app)


def test_a_version_that_went_meanwhile_is_said(folder: Path) -> None:
    newest, _, oldest = names(folder)
    app = click(show(folder, shown_version=oldest), "version-use")
    keeping.prune(folder, 1, audit.COMMAND)
    click(app, "version-use-yes")
    assert in_use(folder) == newest
    assert any(oldest in notice["text"] for notice in notices(app))


def test_a_disk_that_refuses_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotStored(folder, "penuh")

    oldest = names(folder)[-1]
    app = click(show(folder, shown_version=oldest), "version-use")
    monkeypatch.setattr(keeping, "roll_back", refuse)
    click(app, "version-use-yes")
    assert any("penuh" in notice["text"] for notice in notices(app))
    monkeypatch.setattr(catalogue, "set_note", refuse)
    app.text_input(key=f"version-note-{oldest}").set_value("x").run()
    assert any("penuh" in notice["text"] for notice in notices(app))


def test_a_note_is_stored_as_it_is_typed(folder: Path) -> None:
    oldest = names(folder)[-1]
    note = "Semester I <b>*diperiksa*</b>"
    app = show(folder, shown_version=oldest)
    app.text_input(key=f"version-note-{oldest}").set_value(note).run()
    assert catalogue.note(folder, oldest) == note
    assert "&lt;b&gt;*diperiksa*&lt;/b&gt;" in page_html(show(folder))


def test_pruning_says_what_goes_and_why_the_rest_stays(folder: Path) -> None:
    newest, middle, oldest = names(folder)
    pinned = pin(folder, oldest)
    app = click(show(folder), "versions-prune")
    assert ID("versions.prune_none") in titles(app)
    assert app.button(key="versions-prune-yes").disabled
    app.selectbox(key="versions-keep").set_value(1).run()
    reasons = [row[1] for row in table(app, "plan_kept")]
    assert len(reasons) == 2 and ID("keeping.kept.in_use", visits="", keep=1) in reasons[0]
    assert pinned.visit_id in reasons[1]
    assert len(names(folder)) == 3  # not before it is confirmed
    click(app, "versions-prune-yes")
    assert names(folder) == [newest, oldest] and middle not in names(folder)
    assert ID("versions.pruned", n=1, kept=2) in said(app)


def test_two_hundred_versions_are_shown_a_page_at_a_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions_page, "SHOWN", 2)
    app = show(folder)
    shown = [button.key for button in app.button if str(button.key).startswith("version-open-")]
    assert shown == [f"version-open-{name}" for name in names(folder)[:2]]
    click(app, "versions-older")
    shown = [button.key for button in app.button if str(button.key).startswith("version-open-")]
    assert shown == [f"version-open-{names(folder)[2]}"]
    assert app.button(key="versions-older").disabled


def test_a_damaged_version_is_named_and_left(folder: Path) -> None:
    oldest = versions(folder)[-1]
    oldest.path.write_bytes(b"none")
    app = show(folder)
    [warning] = app.warning
    assert escape_markdown(oldest.path.name) in warning.value
    assert oldest.path.exists()


def test_the_trail_is_read_newest_first_and_narrowed(folder: Path) -> None:
    audit.append(folder, "login", "L-1", name="Sri", role="steward")
    audit.append(folder, "rollback", "L-1", version=names(folder)[0], before=None)
    app = open_page("records", section="trail")
    rows = table(app, "trail_lines")
    assert [row[1] for row in rows[:2]] == [ID("trail.action.rollback"), ID("trail.action.login")]
    assert rows[0][2] == "Sri" and len(rows) == 5
    app = open_page("records", section="trail", trail_action="import", lang="en")
    rows = table(app, "trail_lines")
    assert len(rows) == 3 and {row[2] for row in rows} == {EN("trail.by.command")}
    assert "A.xlsx" in rows[0][3]


def test_an_empty_trail_says_what_it_will_hold(folder: Path) -> None:
    (folder / audit.FILE).unlink()
    app = open_page("records", section="trail")
    assert ID("trail.none") in titles(app)


def test_the_files_of_the_trail_hold_every_line(folder: Path) -> None:
    lines = list(audit.lines(folder))
    assert [json.loads(text) for text in trail.as_json_lines(lines).splitlines()] == lines
    text = trail.as_csv(lines, EN, "intl").decode("utf-8-sig").splitlines()
    assert text[0] == "at,action,by,facts" and len(text) == len(lines) + 1


def test_lines_of_others_are_shown_as_they_are() -> None:
    strange = {"at": "yesterday", "action": "=cmd", "by": "x", "odd": {"a": [1, True]}}
    assert trail.row(strange, {}, EN) == ["yesterday", "=cmd", "x", "odd: a 1, yes"]
    failed = {"at": "2026-11-24T03:15:00Z", "action": "import", "by": "local", "failed": True}
    at, action, by, details = trail.row(failed, {}, EN)
    assert (action, by, details) == ("Publication (failed)", EN("trail.by.local"), "")
    assert at.startswith("24 November 2026, 10:15")
