"""The rules of the house: which room may import which, and how large a file may be."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit

from kub.store.versions import ROOT

# A whole idea may fill a file of 350 lines; tables of cases in tests some more.
LARGEST = {"tests": 430, "kub": 350, "queries": 250, "pages": 60}
# As names these say nothing of what they hold.
EMPTY_WORDS = frozenset({"one", "each", "told", "said", "found", "given"})
# Rooms whose names are clean; the others follow, until the whole of kub/ and pages/ stands here.
NAMED_ROOMS = ("kub", "pages", "queries", "dashboard.py")


def test_arrows_go_one_way() -> None:
    """The contracts in pyproject.toml, held by import-linter."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout[-3000:]


def test_every_room_has_its_floor() -> None:
    """A new room that no contract names would be free of all of them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = {room for floor in contracts[0]["layers"] for room in floor.split(" | ")}
    rooms = {f"kub.{path.parent.name}" for path in (ROOT / "kub").glob("*/__init__.py")}
    modules = {
        f"kub.{path.stem}" for path in (ROOT / "kub").glob("*.py") if not path.stem.startswith("__")
    }
    assert named - {"queries"} == rooms | modules


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_conditional_expression_holds_another() -> None:
    nested = {
        f"{path.relative_to(ROOT)}:{outer.lineno}"
        for folder in ("kub", "queries", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for outer in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(outer, ast.IfExp)
        and any(isinstance(part, ast.IfExp) for part in (outer.test, outer.body, outer.orelse))
    }
    assert nested == set()


def bound_names(code: str) -> Iterator[tuple[int, str]]:
    """(line, name) of all variables, parameters, functions, classes, attributes and aliases that
    code binds.
    """
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.ClassDef(name=name) | ast.arg(arg=name) | ast.alias(asname=str(name)):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield node.lineno, name
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield node.lineno, name


def is_empty(name: str) -> bool:
    """Is a name made of one of EMPTY_WORDS, alone or among others (`_told`, `one_of`, `Found`)?"""
    parts = {part.casefold() for part in re.findall(r"[A-Z]*[a-z]+|[A-Z]+", name)}
    return not parts.isdisjoint(EMPTY_WORDS)


@pytest.mark.parametrize(
    "code",
    [
        "told = 1",
        "for each in rows: pass",
        "def one_of(a): pass",
        "lambda found: 0",
        "class Found: pass",
        "self.said = ''",
        "from kub import findings as found",
        "TOLD: int = 0",
        "if given := 1: pass",
        "match a:\n    case [found, *rest]: pass",
    ],
)
def test_names_that_say_nothing_are_known(code: str) -> None:
    assert any(is_empty(name) for _, name in bound_names(code))


def test_words_within_other_words_are_names() -> None:
    assert not any(map(is_empty, ("zone", "founded_on", "reach", "aforesaid", "done", "ones")))


@pytest.mark.parametrize("room", NAMED_ROOMS)
def test_names_say_what_they_hold(room: str) -> None:
    path = ROOT / room
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    empty = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file in files
        for line, name in bound_names(file.read_text("utf-8"))
        if is_empty(name)
    ]
    assert files and empty == []


def test_no_test_imports_another() -> None:
    """What tests share is in tests/support/ and in conftest.py, where it has a name of its own."""
    importing = {
        str(path.relative_to(ROOT)): node.lineno
        for path in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            *(getattr(node, "module", None) or "").split("."),
            *(a.name for a in node.names),
        )
        if name.rpartition(".")[2].startswith("test_")
    }
    assert importing == {}


def test_files_stay_small() -> None:
    kinds = ("*.py", "*.sql", "*.toml", "*.css", "*.js")
    large = {
        str(path.relative_to(ROOT)): lines(path)
        for folder, largest in LARGEST.items()
        for kind in kinds
        for path in (ROOT / folder).rglob(kind)
        if lines(path) > largest
    }
    assert large == {}


def test_a_page_reads_like_a_table_of_contents() -> None:
    sizes = {path.name: lines(path) for path in (ROOT / "pages").glob("*.py")}
    assert {name: size for name, size in sizes.items() if not 10 <= size <= 60} == {}


def test_every_page_of_the_menu_has_its_file() -> None:
    from kub.ui.site import BARE, CORNER, PAGES

    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == {
        "frame",
        *PAGES,
        *CORNER,
        *BARE,
    }


def test_streamlit_is_the_version_that_was_tried() -> None:
    """The frame relies on what this version does with history, keys and
    widget values: see kub/ui/filters.py.
    """
    assert streamlit.__version__ == "1.67.0"
    assert "streamlit[auth]==1.67.0" in (ROOT / "requirements.txt").read_text("utf-8")


def test_configuration_keeps_the_menu_our_own() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["client"]["showErrorDetails"] == "none"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
