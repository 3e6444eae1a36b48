"""python -m kub as a person or a script uses it: words, rows, exit status."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import queries
from kub import database
from kub.__main__ import app
from kub.versions import pointed
from tests import workbooks


@pytest.fixture
def kub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs a command against an own data folder."""
    monkeypatch.setenv("KUB_DATA", str(tmp_path / "data"))
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


@pytest.mark.parametrize("command", ["", "sample", "template", "check", "import", "info", "ask"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


@pytest.mark.parametrize("question", queries.QUESTIONS)
def test_ask_gives_the_rows_of_the_question_in_every_format(question: str, sample_data: Path) -> None:
    rows = json.loads(run("ask", question, "--format", "json").stdout)
    table = list(csv.DictReader(io.StringIO(run("ask", question, "--format", "csv").stdout)))
    assert len(rows) == len(table) > 0
    assert all(row["sample"] is True for row in rows)
    assert list(rows[0])[:-1] == list(table[0])[:-1]
    for lang in ("id", "en"):
        assert run("ask", question, "--lang", lang).exit_code == 0


def test_ask_speaks_of_what_is_asked(sample_data: Path) -> None:
    arguments = ("--villages", "33.25.13.2010", "--sectors", "makanan", "--until", "2020", "--format", "json")
    [row] = json.loads(run("ask", "headline", *arguments).stdout)
    assert row["programme"] == "BPI-BATANG"
    assert (row["as_of"], row["provisional"], row["villages"], row["sectors"]) == ("2020-12-31", False, 1, 1)


def test_the_sample_is_named_in_every_answer(sample_data: Path) -> None:
    assert "data contoh, dibuat" in " ".join(run("ask", "growth").stdout.split())
    assert "sample data, invented" in " ".join(run("ask", "growth", "--lang", "en").stdout.split())
    assert "data contoh, dibuat" in run("ask", "growth", "--format", "csv").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "nonsense"),
        ("ask", "growth", "--programme", "NOBODY"),
        ("ask", "growth", "--villages", "1.2"),
        ("ask", "growth", "--districts", "99.99.99"),
        ("ask", "growth", "--sectors", "fishing"),
        ("ask", "growth", "--since", "x"),
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
