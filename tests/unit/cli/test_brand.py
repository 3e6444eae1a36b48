"""python -m kub brand: what it says of a file, in both languages."""

from pathlib import Path

import pytest

from kub import words
from tests.support.command import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KUB_DATA", str(tmp_path))
    return tmp_path


def unwrapped(text: object) -> str:
    """Without blanks: lines are broken where the terminal ends, paths anywhere."""
    return "".join(str(text).split())


@pytest.mark.parametrize("lang", ["id", "en"])
def test_without_a_file_an_example_is_printed_that_works(folder: Path, lang: str) -> None:
    said = run("brand", "--lang", lang)
    example = words.of(lang)("brand.example")
    assert said.exit_code == 0 and unwrapped(folder / "brand.toml") in unwrapped(said.stdout)
    assert unwrapped(example.splitlines()[0]) in unwrapped(said.stdout)
    (folder / "brand.toml").write_text(example)
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    read = run("brand", "--lang", lang)
    assert (read.exit_code, read.stderr) == (0, "")
    for part in ("KUB Kendal", "logo.svg", "#7A1F3D", "#00677A"):
        assert part in read.stdout


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("text", "fault", "part"),
    [
        ("name = KUB", "toml", "1"),
        ('nama = "KUB"', "unknown", "nama"),
        ('accent = "#9ACD32"', "contrast", "#9ACD32"),
        ('accent = "\\u001b[31m"', "colour", "[31m"),
        ('logo = "x.png"', "logo_missing", "x.png"),
        ('logo = "bad.svg"', "logo_active", "script"),
    ],
)
def test_a_fault_says_what_to_do(folder: Path, lang: str, text: str, fault: str, part: str) -> None:
    (folder / "brand.toml").write_text(text)
    (folder / "bad.svg").write_text("<svg><script/></svg>")
    said = run("brand", "--lang", lang)
    say = words.of(lang)
    literal = max(say.texts[f"brand.fault.{fault}"].replace("{", "\0{").split("\0"), key=len)
    assert said.exit_code == 1
    stderr = unwrapped(said.stderr)
    assert unwrapped(literal.partition("}")[2]) in stderr and part in stderr
    assert "\x1b" not in said.stderr
    assert unwrapped(folder / "brand.toml") in unwrapped(said.stdout)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_logo_that_files_cannot_show_is_said(folder: Path, lang: str) -> None:
    (folder / "brand.toml").write_text('logo = "line.svg"')
    (folder / "line.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 1"/>'
    )
    said = run("brand", "--lang", lang)
    assert said.exit_code == 0 and "line.svg" in said.stderr and "PDF" in said.stderr


def test_a_hint_does_not_fail(folder: Path) -> None:
    (folder / "brand.toml").write_text('accent = "#2F62C9"\nsecond = "#7A1F3D"')
    said = run("brand")
    assert said.exit_code == 0 and "Laundrydanjasa" in unwrapped(said.stderr)
