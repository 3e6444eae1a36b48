"""Cards: an answer with its words as they are, a table that reads well
and costs nothing closed, and the strip.
"""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import queries
from kub import words
from kub.answers.source import Source, on_page, source_line
from kub.store import database
from kub.store.data import Data
from kub.ui.card import styled
from kub.ui.markdown import escape_markdown
from kub.words import columns as table
from queries.filters import Filters
from tests.support.answers import VERSION
from tests.support.blocks import drawn

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"


def page(
    with_figure: bool = True,
    rows: int = 3,
    table: bool = True,
    lang: str = "",
    opened: bool = False,
) -> None:
    import pandas as pd

    from kub import words
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
    card(
        answer, "villages", 300, print, table, words=words.of(lang) if lang else None, opened=opened
    )


SOURCE = Source(VERSION, "$x$", sample=True)


def shown(**kwargs: object) -> AppTest:
    at = AppTest.from_function(page, kwargs=kwargs).run()
    assert not at.exception
    return at


def test_a_card_says_what_its_answer_says_and_nothing_is_markup() -> None:
    at = shown()
    assert at.subheader[0].value == escape_markdown("3 desa *berani*: www.a.id")
    assert [caption.value for caption in at.caption] == [
        escape_markdown("KUB aktif · Kabupaten Batang"),
        escape_markdown(on_page(SOURCE, ID)),
    ]
    assert escape_markdown("Tiga <b>desa</b>.") in [text.value for text in at.markdown]
    chart = drawn(at)["villages"]
    assert (chart.alt, chart.height, chart.selectable) == ("Tiga <b>desa</b>.", 300, True)
    assert chart.caption.source == source_line(SOURCE, ID)
    assert chart.filename == "kub-villages_kabupaten-batang_2026-11-24_contoh"


def test_the_table_is_built_only_when_opened() -> None:
    at = shown()
    assert not at.dataframe
    at.toggle(key="villages.table").set_value(True).run()
    assert list(at.dataframe[0].value.columns) == ["Desa", "KUB", "Sektor utama"]
    assert at.dataframe[0].value["Sektor utama"].tolist() == ["Makanan"] * 3


def test_a_missing_value_is_a_dash_in_the_table() -> None:
    at = shown(with_figure=False)
    assert at.dataframe[0].proto.placeholder == "–"


def test_both_writings_can_be_taken_away() -> None:
    at = shown()
    labels = [element.proto.label for element in at.get("download_button")]
    assert labels == [ID("card.csv_id"), ID("card.csv_intl"), ID("card.xlsx")]


def test_an_opened_card_has_its_table_at_once_and_no_switch_for_it() -> None:
    at = shown(opened=True)
    assert len(at.dataframe) == 1 and not at.toggle
    assert len(at.get("download_button")) == 3


def test_the_words_follow_the_link_or_the_page() -> None:
    at = AppTest.from_function(page)
    at.query_params["lang"] = "en"
    assert at.run().toggle[0].label == "Table"
    at.query_params["lang"] = "jw"
    assert at.run().toggle[0].label == "Tabel"
    assert shown(lang="en").get("download_button")[0].proto.label == EN("card.csv_intl")


def test_an_answer_without_a_figure_is_its_table() -> None:
    at = shown(with_figure=False)
    assert len(at.dataframe) == 1
    assert not at.toggle
    assert not drawn(at)


def test_a_long_table_is_cut_and_says_so() -> None:
    at = shown(with_figure=False, rows=1001)
    assert len(at.dataframe[0].value) == 1000
    assert at.caption[-1].value == ID("card.cut", shown=1000, rows=1001)


def test_no_rows_are_said_not_shown_as_an_empty_table() -> None:
    at = shown(with_figure=False, rows=0)
    assert not at.dataframe
    assert at.caption[-1].value == ID("card.none")


def test_a_figure_can_stand_without_table_and_downloads_but_never_without_its_source() -> None:
    at = shown(table=False)
    assert not at.toggle
    assert not at.get("download_button")
    assert at.caption[-1].value == escape_markdown(on_page(SOURCE, ID))


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


def strip_page() -> None:
    from kub.findings.numbers import Number
    from kub.ui.card import large_numbers

    large_numbers(
        [Number("KUB <aktif>", "207", "+4 & naik", "up"), Number("Anggota", "2.975")], "Angka utama"
    )


def test_the_strip_is_a_list_of_terms_and_escapes_them() -> None:
    body = AppTest.from_function(strip_page).run().get("html")[0].proto.body
    assert 'aria-label="Angka utama"' in body
    assert "<dt>KUB &lt;aktif&gt;</dt>" in body
    assert '<dd class="kub-note up">+4 &amp; naik</dd>' in body
    assert body.count("<dt>") == 2


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
    style = styled(frame, ID)
    assert style.data["KUB"].tolist() == [2305]
    html = style.to_html()
    written = re.findall(r'class="data[^>]*>([^<]*)<', html)
    assert [cell.replace("&nbsp;", NBSP) for cell in written] == [
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
    assert "207" in styled(frame, ID).to_html()


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


@pytest.mark.parametrize("question", queries.QUESTIONS)
def test_every_column_of_every_question_has_a_heading_of_its_own(
    sample_data: Path, question: str
) -> None:
    frame = Data.open(database.current(sample_data)).ask(question, Filters())
    for w in (ID, EN):
        headings = [table.heading(column, frame[column], w) for column in frame.columns]
        assert len(set(headings)) == len(headings), headings
        assert styled(frame.head(5), w).to_html()


def on_paper(**kwargs: object) -> str:
    """The table that stands for the grid when the page is printed."""
    [html] = [each.proto.body for each in shown(opened=True, **kwargs).get("html")]
    return str(html)


def test_on_paper_a_table_has_all_its_columns_and_nothing_is_markup() -> None:
    table = on_paper(rows=2)
    assert re.findall("<th(?: [^>]*)?>(.*?)</th>", table) == ["Desa", "KUB", "Sektor utama"]
    assert re.findall("<td(?: [^>]*)?>(.*?)</td>", table) == [
        "=A | *b*",
        "0",
        "Makanan",
        "=A | *b*",
        "1",
        "Makanan",
    ]
    assert "&lt;b&gt;" in grid_of_markup()


def grid_of_markup() -> str:
    at = AppTest.from_function(markup).run()
    [html] = [each.proto.body for each in at.get("html")]
    return str(html)


def markup() -> None:
    import pandas as pd

    from kub import words
    from kub.ui.grid import grid

    frame = pd.DataFrame({"<b>a": ["<b>"]})
    grid(frame, frame, words.of("id"), alt="a")


def test_a_long_table_on_paper_says_how_many_rows_it_leaves_out() -> None:
    assert ID("card.cut", shown=300, rows=301) not in on_paper(rows=300)
    table = on_paper(rows=301)
    assert table.count("<tr>") == 301 and ID("card.cut", shown=300, rows=301) in table
