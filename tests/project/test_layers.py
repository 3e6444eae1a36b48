"""The rules of the house: which room may import which, and how large a file may be."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import streamlit

from kub.store.versions import ROOT

# A whole idea may fill a file of 350 lines; tables of cases in tests some more.
LARGEST = {"tests": 430, "kub": 350, "queries": 250, "pages": 60}


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
    from kub.ui.frame import BARE, PAGES

    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == {"frame", *PAGES, *BARE}


def test_streamlit_is_the_version_that_was_tried() -> None:
    """The frame relies on what this version does with history, keys and
    widget values: see kub/ui/filters.py.
    """
    assert streamlit.__version__ == "1.67.0"
    assert "streamlit==1.67.0" in (ROOT / "requirements.txt").read_text("utf-8")


def test_configuration_keeps_the_menu_our_own() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["client"]["showErrorDetails"] == "none"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
