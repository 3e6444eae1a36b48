"""How columns of the comparison are written, the same on screen, sheet and paper."""

import pandas as pd
import pytest

import queries
from kub import words as languages
from kub.words import Words
from kub.words import columns as table
from queries.filters import Filters
from tests.support.comparisons import FIVE, WITH_GUEST
from tests.support.database import connection
from tests.support.questions import SUPPORTING
from tests.twins.rows import Records

ID, EN = languages.of("id"), languages.of("en")


def test_the_table_writes_each_rate_in_its_way_and_hides_codes_beside_names() -> None:
    written = table.written(FIVE.head(3), ID)
    assert written["Nilai"].tolist() == ["2,5", "20,00", "200"]
    assert written["Hitungan"].tolist() == ["per penduduk", "per desa", "jumlah"]
    assert written["Program contoh"].tolist() == ["ya"] * 3
    assert "Program" not in written
    assert table.written(pd.DataFrame({"value": [1200]}), ID)["Nilai"].tolist() == ["1.200"]
    assert table.written(WITH_GUEST.tail(1), ID)["Sebab definisi berbeda"].tolist() == [
        ID("cell.because.aided")
    ]


def test_what_stands_beside_the_kub_is_written_in_words() -> None:
    frame = pd.DataFrame(
        {"has": ["both", "neither"], "published_founded": [2013.0, None], "is_core": [True, False]}
    )
    assert table.written(frame, ID).to_dict("list") == {
        "Yang ada": ["perpustakaan dan KUB", "belum ada keduanya"],
        "Tahun berdiri (publikasi)": ["2013", "–"],
        "Desa inti": ["ya", "tidak"],
    }
    awards = pd.DataFrame(
        {
            "published_as": ["before 2018", "2018"],
            "remark": ["year_unknown", None],
            "recorded": True,
        }
    )
    assert table.written(awards, ID).to_dict("list") == {
        "Waktu menurut sumber": ["sebelum 2018", "2018"],
        "Catatan tentang sumber": ["tahunnya tidak disebut di sumber", "–"],
        "Tercatat": ["ya", "ya"],
    }
    assert table.written(pd.DataFrame({"recorded": [1200]}), ID)["Tercatat"].tolist() == ["1.200"]


def test_codes_of_units_and_libraries_give_way_to_names() -> None:
    frame = pd.DataFrame(
        {"lkm_id": ["L1"], "name": ["KSP Satu"], "regency_code": ["33.24"], "regency": ["Kendal"]}
    )
    assert list(table.columns(frame)) == ["name", "regency"]
    assert list(table.columns(frame[["lkm_id", "regency_code"]])) == ["lkm_id", "regency_code"]


@pytest.mark.parametrize("words", (ID, EN))
@pytest.mark.parametrize(
    "question", [question for group in SUPPORTING.values() for question in group]
)
def test_every_column_beside_the_kub_has_a_heading_of_its_own(question: str, words: Words) -> None:
    with connection((Records("satu", ()),)) as con:
        frame = queries.ask(con, question, Filters(programme="satu"))
    headings = {table.heading(column, frame[column], words) for column in map(str, frame.columns)}
    assert len(headings) == len(frame.columns)


def test_names_are_no_numbers_whatever_letter_their_kind_begins_with() -> None:
    frame = pd.DataFrame(
        {"regency": ["Kabupaten Batang"], "remark": ["x"], "assets_idr": [1], "kub": [1]}
    )
    assert table.numeric(frame, ID) == [ID("column.assets_idr"), ID("column.kub")]
