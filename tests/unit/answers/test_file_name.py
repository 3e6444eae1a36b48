"""Names of an answer's files: question, scope, data date, and whether it is a sample."""

import pandas as pd

from kub import words
from kub.answers.file_name import file_name
from tests.support.answers import made

ID, EN = words.of("id"), words.of("en")
FRAME = pd.DataFrame({"village": ["Ujungnegoro"], "kub": [12]})


def test_file_name_says_question_scope_and_data_date() -> None:
    frame = pd.DataFrame({"as_of": pd.to_datetime(["2022-12-31", "2023-06-30"])})
    scope = "Kecamatan Tulis · Désa  Ponowareng/Beji"
    named = made(frame, "growth_flow", sample=False, scope=scope)
    assert (
        file_name(named, "csv", ID)
        == "kub-growth-flow_kecamatan-tulis-desa-ponowareng-beji_2023-06-30.csv"
    )
    assert file_name(made(frame, "growth_flow"), "png", EN).endswith("_2023-06-30_sample.png")


def test_the_two_writings_have_two_names() -> None:
    names = {
        file_name(made(FRAME, "villages", sample=False), "csv", words, writing)
        for words in (ID, EN)
        for writing in ("id", "intl")
    }
    assert len(names) == 4 and all(
        name.endswith("-writing.csv") or "penulisan-" in name for name in names
    )


def test_file_name_without_a_date_in_the_rows_has_the_day_of_the_version() -> None:
    for frame in (FRAME, pd.DataFrame({"as_of": pd.to_datetime([])})):
        assert (
            file_name(made(frame, "villages", sample=False), "csv", ID)
            == "kub-villages_kabupaten-batang_2026-11-24.csv"
        )


def test_file_name_is_short_enough_for_every_file_system() -> None:
    assert (
        len(file_name(made(FRAME, "villages", sample=False, scope="Desa " * 100), "csv", ID)) < 120
    )
