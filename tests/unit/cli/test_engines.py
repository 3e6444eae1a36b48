"""`import --engine spark` where Spark is not: what is missing, in a sentence, and nothing changed."""

from pathlib import Path

import pytest

from kub.records.workbook import Book
from kub.spark import session
from tests.support import parts, workbooks
from tests.support.command import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KUB_DATA", str(tmp_path / "data"))
    return parts.folder(tmp_path / "uji", workbooks.good(), 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--engine", "spark"], "deploy/spark up"),
        (["--engine", "spark", "--master", "http://127.0.0.1"], "spark://HOST:PORT"),
        (["--master", "spark://127.0.0.1:7077"], "--engine spark"),
    ],
)
def test_engine_and_cluster_go_together(folder: Path, arguments: list[str], words: str) -> None:
    result = run("import", folder, "--lang", "en", *arguments)
    assert result.exit_code == 2
    assert words in result.output.replace("\n", " ").replace("│", "").replace("  ", " ")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_without_its_environment_it_says_how_to_get_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(session, "ENVIRONMENT", tmp_path / "nowhere")
    result = run("import", folder, "--engine", "spark", "--master", "spark://h:1", "--lang", lang)
    assert result.exit_code == 2 and "make spark" in result.output
    assert list((tmp_path / "data").iterdir()) == [], "nothing is left in the data folder"


def test_a_cluster_that_is_not_there_is_said_in_a_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "python", lambda: tmp_path)
    # Nobody may listen there: it is the port "discard".
    result = run("import", folder, "--engine", "spark", "--master", "spark://127.0.0.1:9")
    assert result.exit_code == 2 and "deploy/spark up" in result.output


def test_java_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "bin"
    home.mkdir()
    (home / "java").write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019' >&2\n")
    (home / "java").chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert session.java_version() == 11
    there = tmp_path / "env" / "bin" / "python"
    there.parent.mkdir(parents=True)
    there.touch()
    package = tmp_path / "env" / "lib" / "python3.11" / "site-packages" / "pyspark"
    package.mkdir(parents=True)
    (package / "version.py").touch()
    monkeypatch.setattr(session, "ENVIRONMENT", tmp_path / "env")
    with pytest.raises(session.SparkFault) as fault:
        session.python()
    assert (fault.value.rule, fault.value.values["found"]) == ("no_java", 11)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    assert session.java_version() == 0


def test_headings_alone_are_read_of_what_is_left_to_others(folder: Path) -> None:
    from kub.records.problems import Problems
    from kub.records.workbook import open_book

    book: Book = open_book(folder, Problems(), left=frozenset({"kub_report"}))
    assert len(book.sheets["kub_report"].rows) == 0
    assert book.sheets["kub_report"].headings["members"] == "anggota"
    assert len(book.sheets["kub"].rows) == 2
