"""Jelajah: for whom it is, what its link says, the profile of one KUB, the pivot table."""

from datetime import date
from typing import Any

import pytest

from kub import records, words
from kub.shipped import SAMPLES
from tests.support.blocks import blocks, drawn, notices, said, titles
from tests.support.pages import open_page

pytestmark = pytest.mark.usefixtures("sample_data")
W = words.of("id")
ANALYST = {"role": "analyst"}


def listing(app: Any) -> Any:
    [block] = blocks(app, "listing")
    return block


def test_it_says_for_whom_it_is_where_nobody_may_be_an_analyst(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KUB_ANALYST", "no")
    app = open_page("explore")
    assert W("explore.closed") in titles(app) and not blocks(app, "listing")
    [strip] = blocks(open_page("overview"), "numbers")
    assert not any("lead" in number for number in strip["items"])


def test_ringkasan_leads_to_those_who_did_not_report() -> None:
    [strip] = blocks(open_page("overview"), "numbers")
    [lead] = [number["lead"] for number in strip["items"] if "lead" in number]
    assert lead[:2] == ["explore", {"reported": "no"}]
    app = open_page("explore", reported="no", **ANALYST)
    assert listing(app)["number"] == 207 - 193


def test_readers_see_their_rows_and_are_told_so() -> None:
    app = open_page("explore")
    assert W("explore.reader") in said(app)
    block = listing(app)
    at = [column["name"] for column in block["columns"]].index("revenue_idr")
    assert {row["cells"][at] for row in block["rows"]} == {"–"}
    assert block["totals"][0][:2] == ["207", "KUB"]


def test_a_link_searches_sorts_and_chooses_columns() -> None:
    block = listing(
        open_page("explore", search="Ikan ASIN", sort="-members", cols="women", **ANALYST)
    )
    names = [column["name"] for column in block["columns"] if column.get("shown")]
    assert names == ["name", "kub_id", "village_code", "women"]
    at = [column["name"] for column in block["columns"]].index("members")
    members = [int(row["cells"][at]) for row in block["rows"]]
    assert members == sorted(members, reverse=True) and len(members) == block["number"] > 1
    english = listing(open_page("explore", search="salted", lang="en", **ANALYST))
    assert {row["id"] for row in english["rows"]} == {row["id"] for row in block["rows"]}
    assert english["number"] == block["number"]


def test_what_the_link_says_wrongly_is_said() -> None:
    app = open_page("explore", sort="salary", cols="nik", kub="KUB-999", state="gone")
    values = [item for notice in notices(app) for item in notice["items"]]
    assert len(values) == 4
    for value in ("salary", "nik", "KUB-999", "gone"):
        assert any(value in item for item in values)


def test_a_profile_has_its_history() -> None:
    app = open_page("explore", kub="KUB-034", state="closed", **ANALYST)
    [panel] = blocks(app, "panel")
    assert panel["title"] == "KUB Tunas Rejeki" and "33.25.13.2010" in panel["note"]
    assert list(drawn(app)) == ["kub_history", "kub_revenue"]
    [missing] = [n for n in panel["items"][0]["items"] if n["label"] == W("kub_profile.missing")]
    assert (missing["value"], missing["note"]) == ("1", "2019")
    assert list(drawn(open_page("explore", kub="KUB-034"))) == ["kub_history"]


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_a_profile_says_from_which_rows_of_the_workbook_it_comes(role: str) -> None:
    books = records.read([SAMPLES / "batang.xlsx"], date(2026, 11, 24)).programmes[0].tables
    [own] = [row for row in books["kub"].to_pylist() if row["kub_id"] == "KUB-034"]
    reports = [row for row in books["kub_report"].to_pylist() if row["kub_id"] == "KUB-034"]
    [panel] = blocks(open_page("explore", kub="KUB-034", state="closed", role=role), "panel")
    [shown] = [block for block in panel["items"] if block["kind"] == "rows"]
    assert f"baris {own['source_row']} di batang.xlsx" in shown["title"]
    table = shown["table"]
    at = [table["headings"].index(W(f"column.{name}")) for name in ("source_row", "revenue_idr")]
    written = [[row[place] for place in at] for row in table["rows"]]
    assert [int(row[0]) for row in written] == [
        row["source_row"] for row in sorted(reports, key=lambda r: r["reported_on"], reverse=True)
    ]
    if role == "reader":
        assert {row[1] for row in written} == {"–"}


def test_the_pivot_counts_the_kub_of_the_page() -> None:
    app = open_page("explore", explore="pivot", **ANALYST)
    [table] = [block for block in blocks(app, "rows") if block["key"] == "pivot_table"]
    cells = [int(cell) for row in table["table"]["rows"] for cell in row[1:]]
    assert sum(cells) == 207
    assert "Terbanyak: Kandeman, Makanan: 48 KUB aktif" in titles(app)


@pytest.mark.parametrize("value", ["members", "women_share", "revenue_idr", "assets_idr"])
def test_any_figure_by_any_two(value: str) -> None:
    app = open_page(
        "explore", explore="pivot", rows="activity", columns="year", value=value, **ANALYST
    )
    assert "pivot" in drawn(app)


def test_readers_are_told_what_is_withheld_in_a_pivot() -> None:
    small = {"programme": "CONTOH-C", "explore": "pivot", "rows": "village", "value": "members"}
    app = open_page("explore", **small)
    assert W("withheld.short") in said(app)
    assert W("withheld.short") not in said(open_page("explore", **small, **ANALYST))


def test_two_dimensions_are_needed() -> None:
    app = open_page("explore", explore="pivot", rows="sector")
    assert W("pivot.same") in titles(app) and not drawn(app)
