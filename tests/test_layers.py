"""The rules of the house that imports and file sizes can break."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit

from kub.versions import ROOT

OURS = ("queries", "kub", "pages", "dashboard")
LAYERS = {"queries": 0, "kub": 1, "kub.ui": 2, "pages": 3, "dashboard": 4}
# What the reader of records may not know, not even through others: how records are kept, asked, drawn and shown.
UPSTAIRS = ("kub.data", "kub.answers", "kub.charts", "kub.findings", "kub.exports", "kub.ui")
LARGEST = {"tests": 350, "kub": 250, "queries": 250, "pages": 60}


def sources() -> list[Path]:
    found = [ROOT / "dashboard.py"]
    for folder in OURS[:3]:
        found += sorted((ROOT / folder).rglob("*.py"))
    return found


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it; `from kub import words` counts as kub.words."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module in OURS:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def layer(name: str) -> int:
    return max(number for prefix, number in LAYERS.items() if name == prefix or name.startswith(f"{prefix}."))


@pytest.mark.parametrize("path", sources(), ids=module)
def test_arrows_go_one_way(path: Path) -> None:
    own = layer(module(path))
    ours = [name for name in imported(path) if name.split(".")[0] in OURS]
    assert [name for name in ours if layer(name) > own] == []


@pytest.mark.parametrize("path", sources(), ids=module)
def test_streamlit_stays_upstairs(path: Path) -> None:
    names = {name.split(".")[0] for name in imported(path)}
    if layer(module(path)) < LAYERS["kub.ui"]:
        assert "streamlit" not in names


def rests_on(name: str) -> set[str]:
    """Every module of ours that a module needs, directly or through others; itself included."""
    by_name = {module(path): path for path in sources()}
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        # `from kub.words import Words` names a module; `from kub import words` may name a thing in kub/__init__.py.
        if one in by_name and one not in found:
            found.add(one)
            waiting += imported(by_name[one])
    return found - {"kub"}


@pytest.mark.parametrize("name", ["kub.words", "kub.look", "kub.sheets", "kub.ui.plain"])
def test_the_ground_floor_knows_nothing_of_ours(name: str) -> None:
    assert rests_on(name) == {name}


@pytest.mark.parametrize("name", ["kub.records.cells", "kub.records", "kub.places", "kub.records.problems"])
def test_records_do_not_know_what_becomes_of_them(name: str) -> None:
    assert {one for one in rests_on(name) if one.startswith(UPSTAIRS)} == set()


def test_charts_and_findings_know_neither_data_nor_questions() -> None:
    for path in sources():
        if module(path).startswith(("kub.charts", "kub.findings")):
            knows = {
                name for name in imported(path) if name.startswith(("queries", "kub.data", "kub.answers", "duckdb"))
            }
            assert knows <= {"queries.filters"}, f"{module(path)} imports {sorted(knows)}"


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


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
    """The frame relies on what this version does with history, keys and widget values: see kub/ui/filters.py."""
    assert streamlit.__version__ == "1.67.0"
    assert "streamlit==1.67.0" in (ROOT / "requirements.txt").read_text("utf-8")


def test_configuration_keeps_the_menu_our_own() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["client"]["showErrorDetails"] == "none"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
