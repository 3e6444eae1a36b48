"""A statement as a step of a visit: kept, seen beside its fields, mended, presented without ever
standing in the way of the next step.
"""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kub import visits, words
from kub.answers.step import Step, tell
from kub.presenting.prefetch import ANSWERS, Prefetch
from kub.sql import sandbox
from kub.sql.answer import Answer
from kub.sql.faults import SqlFault
from kub.store.data import Data
from kub.store.database import current
from kub.ui.presenter import present
from kub.ui.visits import sql as visit_sql
from kub.ui.visits.state import KEY
from kub.visits import FOLDER, Unreadable
from tests.support.blocks import blocks
from tests.support.pages import open_page, page_html
from tests.support.visits import ID, open_visit, page_text, store_visit

pytestmark = pytest.mark.usefixtures("folder")
SQL = "SELECT sector, kub FROM sectors WHERE programme = 'BPI-BATANG' ORDER BY kub DESC"
STEP = Step("sql", "sql", sql=SQL)
NEXT = Step("growth", "growth_flow")


@pytest.fixture(autouse=True, scope="module")
def _warm(sample_folder: Path) -> None:
    """A process for the sample, whose first start a page of a test need not wait for."""
    tell(Data.open(current(sample_folder)), STEP, ID)


def test_its_file_is_read_again_and_a_wrong_one_is_refused_with_its_place(folder: Path) -> None:
    step = replace(
        STEP, title="Usaha", note="Catatan", view={"show": "table"}, sql=f"{SQL}\r\n-- x"
    )
    stored = store_visit(folder, NEXT, step)
    assert visits.visit(folder, stored.visit_id) == stored
    path = folder / FOLDER / f"{stored.visit_id}.toml"
    text = path.read_text("utf-8")
    assert "SELECT sector, kub" in text
    for old, new, place in (
        ('question = "sql"', 'question = "growth"', "question"),
        ('chart = "sql"', 'chart = "growth"', "chart"),
        ('title = "Usaha"', "title = 3", "title"),
        ('title = "Usaha"', 'filters = {since = 2020}\ntitle = "Usaha"', "filters"),
        ("SELECT sector", "SELECT " + "x" * 4000, "sql"),
    ):
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        with pytest.raises(Unreadable) as fault:
            visits.visit(folder, stored.visit_id)
        assert fault.value.rule == "step" and fault.value.value.startswith(f"2: {place}")


def test_the_editor_shows_it_with_its_statement_and_writes_what_is_changed(folder: Path) -> None:
    visit = store_visit(folder, STEP)
    app = open_visit(visit)
    [card] = blocks(app, "card")
    assert card["chart"] and card["title"] == "KUB menurut sektor"
    area = app.text_area(key=KEY("sql-0", visit.visit_id))
    assert area.value == SQL
    area.set_value("SELECT 42 AS jawaban").run()
    kept = visits.visit(folder, visit.visit_id)
    assert kept and kept.steps[0].sql == "SELECT 42 AS jawaban"
    app.text_area(key=KEY("sql-0", visit.visit_id)).set_value("  ").run()
    assert ID("sql_step.query_long", limit=4000) in page_text(app)
    kept = visits.visit(folder, visit.visit_id)
    assert kept and kept.steps[0].sql == "SELECT 42 AS jawaban"


def test_what_needs_the_analysts_tables_is_said_in_the_list_and_on_the_stage(folder: Path) -> None:
    bad = Step("sql", "sql", sql="SELECT sum(revenue_idr) FROM kub_report")
    visit = store_visit(folder, bad, NEXT)
    told = ID("sql.problem.analyst_only", name="kub_report")
    assert told in page_text(open_visit(visit)).replace("\\", "")
    stage = open_page("present", visit=visit.visit_id, step="1")
    assert told in page_html(stage)
    assert not open_page("present", visit=visit.visit_id, step="2").exception


def test_only_what_a_reader_may_see_is_added(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Step] = []
    refused: list[str] = []
    monkeypatch.setattr(visit_sql.keep, "add_step", lambda step, *_: kept.append(step))
    monkeypatch.setattr(visit_sql.keep, "refuse", lambda _, why: refused.append(why))
    monkeypatch.setattr(visit_sql, "may", lambda _role: True)
    data = Data.open(current(folder)).seen_by("analyst")
    visit_sql.add({"sql": SQL, "title": " Usaha ", "show": "table", "visit": ""}, data, ID)
    assert kept == [replace(STEP, title="Usaha", view={"show": "table"})]
    visit_sql.add({"sql": "SELECT * FROM kub_report", "visit": ""}, data, ID)
    assert len(kept) == 1 and "kub_report" in refused[0]
    monkeypatch.setattr(visit_sql, "may", lambda _role: False)
    visit_sql.add({"sql": SQL, "visit": ""}, data, ID)
    assert len(kept) == 1


def test_a_slow_statement_never_stands_before_the_next_step(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()
    asked: list[str] = []

    def slow(_data: Data, sql: str, *_: object) -> Answer:
        asked.append(sql)
        free.wait(20)
        raise SqlFault("slow", limit=10)

    monkeypatch.setattr(sandbox, "run", slow)
    monkeypatch.setattr(present, "SOON_S", 0.05)
    monkeypatch.setattr(present, "ANSWERS", Prefetch())
    visit = store_visit(folder, STEP, NEXT)
    stage = open_page("present", visit=visit.visit_id, step="1")
    shown = page_html(stage)
    assert ID("sql_step.waiting") in shown
    second = open_page("present", visit=visit.visit_id, step="2")
    assert ID("sql_step.waiting") not in page_html(second)
    assert len(asked) == 1  # it runs on, once for all screens
    free.set()
    monkeypatch.setattr(present, "SOON_S", 20)
    again = open_page("present", visit=visit.visit_id, step="1")
    assert ID("sql.problem.slow", limit=10) in page_html(again)
    # What may go well the next time is tried again then.
    open_page("present", visit=visit.visit_id, step="1")
    assert len(asked) >= 2
    assert ANSWERS is not present.ANSWERS


def test_private_hides_texts_that_may_name_somebody(folder: Path) -> None:
    names = Step("sql", "sql", sql="SELECT name AS siapa, sector FROM kub ORDER BY name LIMIT 3")
    visit = store_visit(folder, names, STEP)
    shown = [
        page_html(open_page("present", visit=visit.visit_id, step="1", private=private))
        for private in ("no", "yes")
    ]
    assert "siapa" in shown[0] and "siapa" not in shown[1]
    assert words.of("id")("present.hidden") in shown[1]
