"""python -m kub as a person or a script uses it: words, rows, exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import queries
from kub.store import database, opening
from kub.store.versions import ROOT, pointed
from kub.words import LANGUAGES, of
from tests.support import workbooks
from tests.support.command import run


@pytest.fixture
def kub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs a command against an own data folder."""
    monkeypatch.setenv("KUB_DATA", str(tmp_path / "data"))
    return run


@pytest.mark.parametrize(
    "command", ["", "sample", "template", "check", "import", "info", "ask", "export", "card"]
)
def test_every_command_explains_itself(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


_opened_once = cache(opening.connect)


@pytest.mark.parametrize("question", queries.QUESTIONS)
def test_ask_gives_the_rows_of_the_question_in_every_format(
    question: str, sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kub.store.data.connect", _opened_once)  # 0.2 s for each of 200 commands
    rows = json.loads(run("ask", question, "--format", "json").stdout)
    table = list(csv.DictReader(io.StringIO(run("ask", question, "--format", "csv").stdout)))
    assert len(rows) == len(table) > 0
    assert all(row["sample"] is (question not in queries.REFERENCE) for row in rows)
    columns = [name for name in table[0] if name != "note"]  # said only of samples
    assert list(rows[0])[:-1] == columns
    for lang in ("id", "en"):
        assert run("ask", question, "--lang", lang).exit_code == 0


def test_ask_speaks_of_what_is_asked(sample_data: Path) -> None:
    arguments = (
        "--villages",
        "33.25.13.2010",
        "--sectors",
        "makanan",
        "--until",
        "2020",
        "--format",
        "json",
    )
    [row] = json.loads(run("ask", "headline", *arguments).stdout)
    assert row["programme"] == "BPI-BATANG"
    assert (row["as_of"], row["provisional"], row["villages"], row["sectors"]) == (
        "2020-12-31",
        False,
        1,
        1,
    )


def test_the_sample_is_named_in_every_answer(sample_data: Path) -> None:
    assert "data contoh, bukan data nyata" in " ".join(run("ask", "growth").stdout.split())
    assert "sample data, invented" in " ".join(run("ask", "growth", "--lang", "en").stdout.split())
    assert "data contoh, bukan data nyata" in run("ask", "growth", "--format", "csv").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "nonsense"),
        ("ask", "growth", "--programme", "NOBODY"),
        ("ask", "growth", "--villages", "1.2"),
        ("ask", "growth", "--districts", "99.99.99"),
        ("ask", "growth", "--sectors", "fishing"),
        ("ask", "benchmark", "--peers", "NOWHERE"),
        ("ask", "growth", "--since", "x"),
        ("ask", "growth", "--since", "2022", "--until", "2018"),
        ("ask", "headline", "--until", "0"),
        ("ask", "headline", "--until", "99999999999"),
        ("template", "--region", "33.24", "blank.csv"),
        ("template", "--region", "33.24", "nowhere/blank.xlsx"),
        ("template", "--region", "98.01", "out.xlsx"),
        ("check",),
        ("nonsense",),
    ],
)
def test_wrong_usage_ends_with_two(sample_data: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_an_empty_choice_is_said(sample_data: Path) -> None:
    result = run("ask", "growth", "--until", "1999")
    assert (result.exit_code, "Tidak ada baris" in result.stdout) == (0, True)


def test_problems_end_with_one_and_change_nothing(kub, tmp_path: Path) -> None:
    before = database.current()
    result = kub("import", tmp_path / "nowhere.xlsx")
    assert result.exit_code == 1
    assert "nowhere.xlsx" in result.stdout
    assert "tetap seperti semula" in result.stdout
    assert pointed(tmp_path / "data") == before


def test_problems_are_rows_for_machines_in_both_languages(kub, tmp_path: Path) -> None:
    [problem] = json.loads(kub("check", tmp_path / "nowhere.xlsx", "--json").stdout)
    assert problem["file"] == "nowhere.xlsx"
    assert problem["level"] == "problem"
    assert problem["what_id"] != problem["what_en"]


def test_a_folder_that_cannot_be_written_is_said_and_ends_with_one(kub, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    book = workbooks.xlsx(tmp_path / "kendal.xlsx", workbooks.good())
    for command in (("import", book), ("info",), ("ask", "headline")):
        result = kub(*command)
        assert (result.exit_code, "KUB_DATA" in result.stderr) == (1, True), command


@pytest.mark.thorough
def test_a_pointer_that_is_passed_over_is_said_beside_the_answer(kub, tmp_path: Path) -> None:
    database.current()
    (tmp_path / "data" / "current").write_text("nonsense")
    for command in (("ask", "headline", "--format", "json"), ("info", "--json")):
        result = kub(*command)
        assert json.loads(result.stdout)
        assert "versi terbaru yang masih utuh" in " ".join(result.stderr.split())


@pytest.mark.thorough
def test_samples_are_kept_also_in_a_folder_without_any_version(kub, tmp_path: Path) -> None:
    sheets = workbooks.good()
    sheets["Program"][0]["contoh"] = "tidak"
    book = workbooks.xlsx(tmp_path / "kendal.xlsx", sheets)
    assert kub("import", "--keep-samples", book).exit_code == 0
    flags = [row["is_sample"] for row in json.loads(kub("info", "--json").stdout)["programmes"]]
    assert flags == [False, *[True] * 5]


def test_a_folder_of_folders_is_a_programme_each(kub, tmp_path: Path) -> None:
    records = tmp_path / "records"
    assert kub("sample", "--kub", "90", "--regencies", "3", "--out", records).exit_code == 0
    [country] = records.iterdir()
    assert len(list(country.iterdir())) == 3
    assert kub("check", country).exit_code == 0
    assert kub("import", country).exit_code == 0
    programmes = json.loads(kub("info", "--json").stdout)["programmes"]
    assert len(programmes) == 3 and len({row["regency"] for row in programmes}) == 3
    counted = json.loads(kub("ask", "benchmark", "--format", "json").stdout)
    assert sum(row["value"] for row in counted if row["indicator"] == "kub") <= 90
    # A file beside them: no folder of programmes, and nothing of it is taken over.
    (country / "catatan.txt").write_text("Jangan lupa")
    assert kub("check", country).exit_code == 1


def test_a_workbook_is_never_written_over(kub, tmp_path: Path) -> None:
    filled = tmp_path / "kendal.xlsx"
    filled.write_bytes(b"a year of work")
    assert kub("template", "--region", "33.24", filled).exit_code == 2
    assert filled.read_bytes() == b"a year of work"


def test_a_lone_row_stands_upright(sample_data: Path) -> None:
    lines = [line.split() for line in run("ask", "headline", "--lang", "en").stdout.splitlines()]
    assert ["Members", "2,975"] in lines
    assert ["Village", "coverage", "5.6%"] in lines


def test_dates_are_iso_for_machines(sample_data: Path) -> None:
    facts = json.loads(run("info", "--json").stdout)
    assert facts["programmes"][0]["as_of"] == "2023-06-30"
    assert "T" in facts["built_at"]


def test_text_goes_out_as_utf8_whatever_the_code_page(sample_data: Path) -> None:
    command = [sys.executable, "-m", "kub", "ask", "growth", "--until", "2013"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": "cp1252"}, capture_output=True
    )
    assert "◇" in done.stdout.decode("utf-8"), done.stderr


def test_an_office_imports_its_workbook(kub, tmp_path: Path) -> None:
    sheets = workbooks.good()
    sheets["Program"][0]["contoh"] = "tidak"
    book = workbooks.xlsx(tmp_path / "kendal.xlsx", sheets)
    assert kub("check", book).exit_code == 0
    result = kub("import", book)
    assert result.exit_code == 0
    facts = json.loads(kub("info", "--json").stdout)
    assert [row["is_sample"] for row in facts["programmes"]] == [False]
    assert facts["source_files"][0]["file"] == "kendal.xlsx"
    [row] = json.loads(kub("ask", "headline", "--format", "json").stdout)
    assert row["sample"] is False
    assert "contoh" not in kub("ask", "headline").stdout


def test_info_says_version_files_and_rows(sample_data: Path) -> None:
    printed = run("info").stdout
    facts = json.loads(run("info", "--json").stdout)
    assert facts["version"] in printed
    assert facts["default_programme"] == "BPI-BATANG"
    assert "batang.xlsx" in printed


def test_sample_and_template_write_files(kub, tmp_path: Path) -> None:
    assert kub("sample", "--out", tmp_path / "s", "--kub", 30, "--seed", 1).exit_code == 0
    written = list((tmp_path / "s").iterdir())
    assert len(written) == 1
    assert kub("check", *written).exit_code == 0
    assert kub("template", "--region", "33.24", tmp_path / "kosong.xlsx").exit_code == 0
    assert (tmp_path / "kosong.xlsx").stat().st_size > 5000


@pytest.mark.parametrize(("command", "status"), [("check", 0), ("import", 0), ("import", 1)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_reading_ends_with_what_was_read_and_what_was_not(kub, tmp_path, command, status, lang):
    sheets = workbooks.good() | {"Rekap": [{"a": 1}]}
    sheets["KUB"][0]["sektor"] = "makanan" if status == 0 else "tambang"
    result = kub(command, workbooks.xlsx(tmp_path / "a.xlsx", sheets), "--lang", lang)
    assert result.exit_code == status
    said = " ".join(result.output.split())
    title, last = of(lang)("reading.title"), of(lang)("reading.not_read", names="a.xlsx · Rekap")
    assert said.index(title) < said.index("a.xlsx · Laporan: 3") < said.index(last)
    assert said.endswith(f"({of(lang)('reading.reason.other')})")


def test_ask_sets_two_sides_beside_each_other(sample_data: Path) -> None:
    two = ("--districts", "33.25.10", "--against-districts", "33.25.13", "--until", "2022")
    [row] = json.loads(run("ask", "headline", *two, "--format", "json").stdout)
    [own], [other] = (
        json.loads(
            run(
                "ask", "headline", "--districts", code, "--until", "2022", "--format", "json"
            ).stdout
        )
        for code in ("33.25.10", "33.25.13")
    )
    assert (row["kub"], row["kub_against"]) == (own["kub"], other["kub"])
    assert row["kub_difference"] == own["kub"] - other["kub"]
    table = run("ask", "growth", *two)
    assert "Kecamatan Tulis" in table.stdout and "Kecamatan Kandeman" in table.stdout


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("growth", "--against-districts", "99.99"), "99.99"),
        (("gaps", "--against-until", "2018"), "headline"),
        (("growth", "--until", "2020", "--against-until", "2020"), of("id")("cli.against_itself")),
        (("growth", "--against-until", "20"), "--against-until"),
    ],
)
def test_a_comparison_that_means_nothing_is_wrong_usage(
    arguments: tuple[str, ...], text: str, sample_data: Path
) -> None:
    result = run("ask", *arguments)
    assert result.exit_code == 2
    assert text.split()[0] in result.output
