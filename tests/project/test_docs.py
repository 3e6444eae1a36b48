"""docs/ says what the code does: every sheet, column, question, filter, command and variable."""

import ast
import re
from collections.abc import Iterator
from csv import DictReader
from typing import Any

import duckdb
import pytest
import typer

import queries
from kub.cli.main import app
from kub.exports.pack import ITEMS
from kub.records import sheets
from kub.records.problems import WARNINGS
from kub.store.versions import ROOT
from kub.ui.link import FRAME
from kub.ui.site import BARE, CORNER, PAGES
from kub.words import of
from queries.filters import SECTORS, Filters
from tests.support.database import connection
from tests.support.documents import document, quoted, section, tables
from tests.twins.rows import Records

RECORDS, DATA, DEFINITIONS = "docs/records.md", "docs/data.md", "docs/definitions.md"
PLACES = [*sorted((ROOT / "kub").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
# What the code says of a cell, by the word that docs/records.md has for it.
KINDS = {"ya/tidak": "flag", "rupiah": "money", "school level": "level", "degrees": "coordinate"}
KINDS |= {"target indicator": "target_indicator", "target value": "target_value"}
KINDS |= {"village code": "village", "regency code": "regency"}
ASKS_THE_LINK = {"asked", "control", "toggle", "choose", "number", "link_value"}


@pytest.mark.parametrize("sheet", sheets.SHEETS, ids=lambda sheet: sheet.heading)
def test_every_sheet_and_heading_is_described(sheet: sheets.Sheet) -> None:
    text = section(RECORDS, sheet.heading)
    described = [
        (*quoted(heading), *quoted(field), KINDS.get(kind, kind), bool(must))
        for heading, field, kind, must in tables(text)
    ]
    assert described == [(c.heading, c.field, c.kind, c.required) for c in sheet.columns]
    assert f"Table `{sheet.table}`" in text
    assert ("; required." in text) is sheet.required


def test_no_sheet_is_described_that_is_not_read() -> None:
    headings = re.findall(r"^## (.+)$", document(RECORDS), re.M)
    assert headings == [
        *(sheet.heading for sheet in sheets.SHEETS),
        "Values",
        "Problems and warnings",
    ]


def test_every_rule_between_rows_is_described() -> None:
    described = {
        quoted(rule)[0]: (what, level)
        for rule, what, level in tables(section(RECORDS, "Problems and warnings"))
    }
    rules = {path.stem for path in (ROOT / "kub/records/rules").glob("*.sql")}
    words = of("en")
    levels = {rule: "warning" if rule in WARNINGS else "problem" for rule in rules}
    assert described == {rule: (words(f"problem.{rule}.title"), levels[rule]) for rule in rules}


def test_definitions_are_those_of_the_method_page() -> None:
    headings = re.findall(r"^## (.+)$", document(DEFINITIONS), re.M)
    assert sorted(headings) == sorted(of("en")(f"method.item.{item}.name") for item in ITEMS)


def test_every_indicator_has_its_direction() -> None:
    with (ROOT / "data/reference/directions.csv").open(encoding="utf-8") as file:
        directions = {row["indicator"]: row["better"] for row in DictReader(file)}
    described = {
        quoted(name)[0]: better for name, _, better in tables(section(DEFINITIONS, "Benchmark"))
    }
    assert described == directions


@pytest.fixture(scope="module")
def columns() -> Iterator[dict[str, list[tuple[str, str]]]]:
    """Name and type of every column of every question."""
    with connection((Records("satu", ()),)) as con:
        yield {question: list(_columns(con, question)) for question in queries.QUESTIONS}


def _columns(con: duckdb.DuckDBPyConnection, question: str) -> Iterator[tuple[str, str]]:
    frame = queries.ask(con, question, Filters(programme="satu"))
    kinds = {"b": "true/false", "M": "date", "O": "text", "i": "number", "f": "number"}
    for name, values in frame.items():
        yield str(name), "text" if values.dtype == "str" else kinds[values.dtype.kind]


def test_every_question_is_described_with_its_columns(
    columns: dict[str, list[tuple[str, str]]],
) -> None:
    described = {
        quoted(question)[0]: quoted(names)
        for question, _, names in tables(section(DATA, "Questions"))
    }
    assert described == {
        question: [name for name, _ in pairs] for question, pairs in columns.items()
    }


def test_every_kind_of_rows_is_described() -> None:
    kinds = [quoted(row[0])[0] for row in tables(section(DATA, "Where a number comes from"))]
    assert kinds == list(queries.ROWS)


def test_every_column_is_described_with_its_type(columns: dict[str, list[tuple[str, str]]]) -> None:
    types: dict[str, set[str]] = {}
    for name, kind in {pair for pairs in columns.values() for pair in pairs}:
        types.setdefault(name, set()).add(kind)
    described = {
        quoted(name)[0]: set(kind.split(" or "))
        for name, _, kind in tables(section(DATA, "Columns"))
    }
    numbers = {"share": "number", "rupiah": "number"}
    assert {
        name: {numbers.get(kind, kind) for kind in kinds} for name, kinds in described.items()
    } == types


def test_every_page_is_described() -> None:
    addresses = [f"/{'' if name == PAGES[0] else name}" for name in (*PAGES, *CORNER, *BARE)]
    assert [quoted(address)[0] for address, _ in tables(section(DATA, "Pages"))] == addresses


def test_every_filter_is_described() -> None:
    assert [quoted(name)[0] for name, _, _ in tables(section(DATA, "Filters"))] == [*FRAME, "role"]


def test_every_control_of_a_page_is_described() -> None:
    described = {
        name for row in tables(section(DATA, "Controls of single pages")) for name in quoted(row[0])
    }
    assert described == set(_controls()) - {*FRAME, "role"}


def _controls() -> Iterator[str]:
    """The names that pages read from the link, by whatever call."""
    for node in (node for path in PLACES for node in ast.walk(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner = ast.unparse(node.func.value)
            asks = node.func.attr in ASKS_THE_LINK and owner == "p" or node.func.attr == "get"
            if asks and (owner == "p" or owner.endswith("query_params")):
                yield from _names(node.args[0])
    yield from (
        *("speaker", "private", "join"),
        *("search", "sort", "cols", "kub", "sql"),
    )  # in the link, read under the name of a constant or through a copy


def _names(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.JoinedStr) and ast.unparse(argument) == "f'mix_{sector}'":
        yield from (f"mix_{sector}" for sector in SECTORS)


def test_every_command_is_described_with_its_options() -> None:
    command: Any = typer.main.get_command(app)  # typer brings a click of its own
    described = {
        quoted(name)[0]: quoted(options) for name, _, options in tables(section(DATA, "Commands"))
    }
    assert described == {
        name: [_option(param) for param in part.params] for name, part in command.commands.items()
    }


def _option(param: Any) -> str:
    return (
        param.opts[0] if param.param_type_name == "option" else param.metavar or param.name.upper()
    )


def test_every_variable_of_the_environment_is_described() -> None:
    code = "".join(path.read_text("utf-8") for path in [*PLACES, ROOT / "Makefile"])
    # of the tests alone
    read = set(re.findall(r"\b(?:KUB|STREAMLIT)_[A-Z_]+\b", code)) - {"KUB_SEARCH"}
    described = {quoted(name)[0] for name, _ in tables(section(DATA, "Environment"))}
    assert described == read


PAGES_OF_DOCS = [
    path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))
]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", *PAGES_OF_DOCS]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_a_document_names_exist(name: str) -> None:
    """Paths that begin with a folder of the repository; those of a data folder are made later."""
    folders = "docs|kub|pages|queries|tests|data/reference|data/sample|deploy"
    paths = [
        path for path in quoted(document(name)) if re.fullmatch(rf"({folders})/[\w./-]+", path)
    ]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", PAGES_OF_DOCS)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document(name))
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


def test_every_decision_is_listed_and_weighs_other_ways() -> None:
    pages = sorted(path.name for path in (ROOT / "docs/decisions").glob("0*.md"))
    listed = re.findall(r"\((0[^)]+)\)", document("docs/decisions/README.md"))
    assert listed == pages
    parts = ["Needed", "Decided", "Why", "Costs", "Other ways"]
    assert all(
        re.findall(r"^## (.+)$", document(f"docs/decisions/{page}"), re.M) == parts
        for page in pages
    )
