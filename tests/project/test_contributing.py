"""The lists of CONTRIBUTING.md: the files that an example really touches, no others."""

import re
from functools import cache
from pathlib import Path

import pytest

from kub.store.versions import ROOT
from kub.words import LANGUAGES
from tests.support.documents import quoted, section, tables

PRODUCT = ("kub", "pages", "queries", "data/reference")
TEXTS = {".py", ".sql", ".toml", ".csv", ".js", ".css", ".typ"}
RECIPES = ("Add a question", "Add an indicator", "Add a filter", "Add an export format")
# Where a file writes something by language itself, other than by a text of the words.
BY_LANGUAGE = r"""["']en["']: |lang [!=]==? ["']|Literal\["id"|LANGUAGES\[1\]|LANGUAGES\.index"""


@cache
def texts() -> dict[str, str]:
    paths = [
        path
        for folder in PRODUCT
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in TEXTS and path.parent.name != "static"
    ]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def listed(recipe: str) -> list[str]:
    return [path for row in tables(section("CONTRIBUTING.md", recipe)) for path in quoted(row[0])]


def example(recipe: str) -> str:
    text = section("CONTRIBUTING.md", recipe)
    return re.findall(r"Example: `(\w+)`", text)[0]


def naming(name: str) -> set[str]:
    """Files that name a thing or are named after it; to bind $name is not to name it."""
    word = re.compile(rf"(?<!\$)\b{name}\b")
    spoken = {
        path: re.sub("--.*", "", text) if path.endswith(".sql") else text
        for path, text in texts().items()
    }
    return {path for path, text in spoken.items() if word.search(text) or Path(path).stem == name}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_list_has_the_files_that_its_example_touches(recipe: str) -> None:
    files = {path for path in listed(recipe) if not path.startswith("tests/")}
    assert files == naming(example(recipe))


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_tests_of_a_list_know_its_example(recipe: str) -> None:
    tests = [path for path in listed(recipe) if path.startswith("tests/")]
    assert tests
    assert [path for path in tests if example(recipe) not in (ROOT / path).read_text("utf-8")] == []


def test_what_differs_by_language_is_listed() -> None:
    files = {path for path, text in texts().items() if re.search(BY_LANGUAGE, text)}
    assert set(listed("Add a language")) == files


def test_the_languages_are_those_of_the_words() -> None:
    text = section("CONTRIBUTING.md", "Add a language")
    assert re.findall(r"The languages are `(\w+)` and `(\w+)`", text) == [LANGUAGES]
