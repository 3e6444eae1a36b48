"""Cards on a page that Streamlit draws: an answer with its words as they are, its rows and files by
the session, and a table that reads well.
"""

from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import queries
from kub import words
from kub.answers.source import Source, on_page, source_line
from kub.store import database
from kub.store.data import Data
from kub.ui.markdown import escape_markdown
from kub.web import twin
from kub.words import columns as table
from queries.filters import Filters
from tests.support.answers import VERSION
from tests.support.blocks import Block, blocks, drawn, parts, take, tell
from tests.support.thinned import thinned

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"


def page(with_figure: bool = True, rows: int = 3, files: bool = True, opened: bool = False) -> None:
    import pandas as pd

    from kub.ui.card import card
    from tests.support.answers import made

    frame = pd.DataFrame(
        {"village": ["=A | *b*"] * rows, "kub": range(rows), "main_sector": ["makanan"] * rows}
    )
    figure = {"data": [{"type": "bar", "x": [1]}], "layout": {}} if with_figure else None
    answer = made(
        frame,
        "villages",
        figure=figure,
        title="3 desa *berani*: www.a.id",
        subtitle="KUB aktif",
        takeaway="Tiga <b>desa</b>.",
        programme="$x$",
    )
    card(answer, opened=opened, files=files, extra=["Anggapan"])


SOURCE = Source(VERSION, "$x$", sample=True)


def shown(lang: str = "", **kwargs: object) -> AppTest:
    at = AppTest.from_function(page, kwargs=kwargs)
    if lang:
        at.query_params["lang"] = lang
    at.run()
    assert not at.exception
    return at


def block(at: AppTest) -> Block:
    [card] = blocks(at, "card")
    return card


def test_a_card_says_what_its_answer_says_and_nothing_is_markup() -> None:
    at = shown()
    card = block(at)
    assert card["title"] == "3 desa *berani*: www.a.id"
    assert card["subtitle"] == "KUB aktif · Kabupaten Batang"
    assert (card["takeaway"], card["source"]) == ("Tiga <b>desa</b>.", on_page(SOURCE, ID))
    chart = drawn(at)["villages"]
    assert (chart.alt, chart.selectable) == ("Tiga <b>desa</b>.", True)
    assert chart.caption.source == source_line(SOURCE, ID)
    assert chart.filename == "kub-villages_kabupaten-batang_2026-11-24_contoh"


def test_the_table_is_given_only_when_it_is_asked_for_and_once() -> None:
    at = shown()
    assert "table" not in block(at) and "reply" not in parts(at)[0]
    table = take(at, "villages", "table")["table"]
    assert table["headings"] == ["Desa", "KUB", "Sektor utama"]
    assert [row[2] for row in table["rows"]] == ["Makanan"] * 3
    assert "reply" not in parts(at.run())[0]


@pytest.mark.usefixtures("sample_data")
def test_files_come_by_the_session_in_both_writings_and_as_a_workbook() -> None:
    at = shown()
    for writing, first in (("id", "village;kub"), ("intl", "village,kub")):
        file = take(at, "villages", "csv", writing)
        assert first in b64decode(file["body"]).decode("utf-8-sig")
        assert file["name"].endswith(".csv") and file["type"].startswith("text/csv")
    file = take(at, "villages", "xlsx")
    book = openpyxl.load_workbook(BytesIO(b64decode(file["body"])))
    said = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert file["name"].endswith(".xlsx") and "Anggapan" in said


@pytest.mark.parametrize(("ending", "writing"), [("csv", "../id"), ("exe", "")])
def test_what_no_menu_offers_is_not_answered(ending: str, writing: str) -> None:
    at = shown()
    tell(at, "part-villages", "ask", {"number": 1, "ending": ending, "writing": writing})
    assert parts(at)[0]["reply"] is None


def test_an_opened_card_has_its_table_at_once() -> None:
    assert len(block(shown(opened=True))["table"]["rows"]) == 3


@pytest.mark.parametrize(("lang", "label"), [("", "Tabel"), ("en", "Table"), ("jw", "Tabel")])
def test_the_words_follow_the_link(lang: str, label: str) -> None:
    said = parts(shown(lang))[0]["words"]
    assert said["table"] == label
    assert said["writings"] == (["intl", "id"] if label == "Table" else ["id", "intl"])


def test_an_answer_without_a_figure_is_its_table() -> None:
    at = shown(with_figure=False)
    assert len(block(at)["table"]["rows"]) == 3 and not drawn(at)


def test_a_long_table_is_cut_and_says_so() -> None:
    table = take(shown(rows=1001), "villages", "table")["table"]
    assert len(table["rows"]) == 1000 and table["cut"] == ID("card.cut", shown=1000, rows=1001)


def test_no_rows_are_said_not_shown_as_an_empty_table() -> None:
    card = block(shown(with_figure=False, rows=0))
    assert "table" not in card and card["empty"] == ID("card.none")


def test_a_figure_can_stand_without_table_and_downloads_but_never_without_its_source() -> None:
    card = block(shown(files=False))
    assert card["files"] is False and card["source"] == on_page(SOURCE, ID)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_page_says_the_version_once_at_its_foot_and_not_under_each_chart(lang: str) -> None:
    said = words.of(lang)
    line, version, sample = (
        said("source.line", programme="P", as_of=pd.Timestamp("2023-06-30")),
        "1 a",
        "source.sample",
    )
    source = Source(version, "P", as_of=date(2023, 6, 30), sample=True)
    assert (
        source_line(source, said)
        == f"{line} · {said('source.version', version=version)} · {said(sample)}"
    )
    assert on_page(source, said) == f"{line} · {said('source.sample_short')}"


def test_a_list_of_kub_of_one_village_does_not_repeat_the_village() -> None:
    frame = pd.DataFrame(
        {"village_code": ["a", "a"], "village": ["A", "A"], "kub_id": [1, 2], "name": ["K", "L"]}
    )
    assert list(table.columns(frame)) == ["name"]
    assert list(table.columns(frame[:1])) == ["village", "name"]
    assert list(table.columns(frame.assign(village_code=["a", "b"]))) == ["village", "name"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Dua\n# judul", r"Dua \# judul"),
        ("  1. satu ", r"1\. satu"),
        ("a_b*c`d$e", r"a\_b\*c\`d\$e"),
        (":red[x] <b>", r"\:red\[x\] \<b\>"),
        ("www.a.id", "www\u2060\\.a\\.id"),
        ("http://a", "http\\:\u2060//a"),
        ("a@b", "a\u2060@b"),
        (":material/home:", "\\:\u2060material/home\\:"),
        ("->", "\\-\u2060\\>"),
        ("Melati Wangi", "Melati Wangi"),
    ],
)
def test_text_from_records_stays_text(text: str, written: str) -> None:
    assert escape_markdown(text) == written


def test_numbers_and_dates_are_written_in_the_language_and_sort_as_values() -> None:
    frame = pd.DataFrame(
        {
            "year": [2017],
            "kub": [2305],
            "women_share": [0.571],
            "members_per_kub": [14.37],
            "as_of": pd.to_datetime(["2017-12-31"]),
            "provisional": [True],
            "sector": ["laundry"],
            "savings_idr": [3.87e9],
            "lq": [1.234],
        }
    )
    shown = twin.table(frame, ID)
    at = list(shown.headings).index("KUB")
    assert shown.order and shown.order[at] == [2305]
    assert shown.rows[0] == [
        "2017",
        "2.305",
        f"57,1{NBSP}%",
        "14,4",
        "31 Desember 2017",
        "ya",
        "Laundry dan jasa",
        f"Rp{NBSP}3,87 miliar",
        "1,23",
    ]
    assert table.written(frame, EN).iloc[0].tolist()[:4] == ["2017", "2,305", "57.1%", "14.4"]


def test_each_indicator_has_its_own_way_of_writing() -> None:
    frame = pd.DataFrame(
        {"indicator": ["coverage", "kub", "gini", "new"], "value": [0.5, 207.0, 0.456, 3.0]}
    )
    written = table.written(frame, ID)
    assert written["Nilai"].tolist() == [f"50,0{NBSP}%", "207", "0,46", "3"]
    assert written["Indikator"].tolist() == ["Cakupan desa", "KUB", "Pemusatan (Gini)", "new"]


def test_missing_cells_are_a_dash_in_every_kind_of_column() -> None:
    frame = pd.DataFrame(
        {
            "main_sector": [None],
            "women_share": [float("nan")],
            "first_founded_on": [pd.NaT],
            "is_sample": [None],
            "provisional": [pd.NA],
            "population": pd.array([pd.NA], dtype="Int64"),
        }
    )
    for column in frame.columns:
        [write] = table.writers(frame, column, ID)
        assert write(frame[column].iloc[0]) == "–", column


def test_active_is_a_count_in_one_question_and_a_flag_in_another() -> None:
    assert table.written(pd.DataFrame({"active": [203]}), ID).to_dict("list") == {
        "KUB aktif": ["203"]
    }
    assert table.written(pd.DataFrame({"active": [False]}), ID).to_dict("list") == {
        "Masih aktif": ["tidak"]
    }


def test_codes_give_way_to_the_names_beside_them() -> None:
    frame = pd.DataFrame(columns=["village_code", "village", "district_code", "is_target"])
    assert list(table.columns(frame)) == ["village", "district_code"]
    assert list(table.columns(frame[["village_code"]])) == ["village_code"]


@pytest.mark.parametrize("question", thinned(queries.QUESTIONS, 3))
def test_every_column_of_every_question_has_a_heading_of_its_own(
    sample_data: Path, question: str
) -> None:
    frame = Data.open(database.current(sample_data)).ask(question, Filters())
    for w in (ID, EN):
        headings = [table.heading(column, frame[column], w) for column in frame.columns]
        assert len(set(headings)) == len(headings), headings
        assert set(twin.table(frame.head(5), w).headings) <= set(headings)
