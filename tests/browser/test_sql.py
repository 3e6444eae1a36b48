"""SQL in a real browser: by keyboard, from a link, and back."""

import re
from pathlib import Path

from playwright.sync_api import expect

from kub import words
from tests.browser.visitor import Visitor, until

ID = words.of("id")
SQL = "SELECT sector, kub FROM sectors WHERE programme = 'BPI-BATANG' ORDER BY kub DESC"


def test_a_link_runs_at_a_click_and_back_brings_the_result_again(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open("/explore", explore="sql", sql=SQL)
    editor = page.get_by_role("textbox", name=ID("sql.editor"))
    expect(editor).to_have_value(SQL)
    expect(page.get_by_text(ID("sql.not_run"))).to_be_visible()
    page.get_by_role("button", name=ID("sql.run"), exact=True).click()
    rows = page.locator(".kub-sql-result tbody tr")
    expect(rows).to_have_count(5)
    expect(page.locator(".kub-sql-result .kub-chart[data-drawn]")).to_be_visible()

    editor.focus()
    page.keyboard.press("Tab")
    until(page, "document.activeElement.classList.contains('kub-sql-run')")
    editor.fill("SELECT 42 AS jawaban")
    page.keyboard.press("Control+Enter")
    expect(rows).to_have_count(1)
    assert "SELECT+42" in page.url or "SELECT%2042" in page.url
    page.go_back()
    expect(editor).to_have_value(SQL)
    expect(rows).to_have_count(5)

    page.get_by_role("button", name=ID("sql.download"), exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=ID("card.csv_intl"), exact=True).click()
    assert re.fullmatch(r"kub-sql_.*\.csv", download.value.suggested_filename)
    download.value.save_as(tmp_path / "rows.csv")
    assert "sector,kub" in (tmp_path / "rows.csv").read_text("utf-8-sig")


def test_what_is_wrong_is_said_and_a_slow_one_is_given_up(visitor: Visitor) -> None:
    page = visitor.open("/explore", explore="sql")
    editor = page.get_by_role("textbox", name=ID("sql.editor"))
    editor.fill("SELECT 1\nFROM kubb")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text(ID("sql.problem.table", name="kubb"))
    expect(page.locator(".kub-sql-lines .kub-wrong")).to_have_text("2")
    editor.fill("SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = 1")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name=ID("sql.cancel"), exact=True).click()
    expect(page.get_by_role("button", name=ID("sql.run"), exact=True)).to_be_focused()
    # What is in the tables beside goes where the cursor is.
    editor.fill("SELECT ")
    page.locator(".kub-sql-tables summary", has_text="village_kub").click()
    page.get_by_role("button", name="kub_id").first.click()
    expect(editor).to_have_value("SELECT kub_id")
