"""Requests for data: the rows of `ask` under every filter, refused where `ask` refuses."""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kub import words
from kub.answers.answer import answer as full_answer
from kub.answers.link import CONTROLS
from kub.cli.main import app
from kub.exports import address
from kub.exports.address import NAMES, WRITINGS, File, Problem
from kub.exports.data_files import MEDIA_TYPES
from kub.store.data import Data
from kub.store.database import current
from kub.words import LANGUAGES
from kub.words.rows import rows
from queries import QUESTIONS
from queries.filters import DENOMINATORS, MEASURES, SECTORS, Filters
from tests.conftest import examples
from tests.support import small
from tests.support.documents import quoted, section, tables

ID = words.of("id")
Params = dict[str, list[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@pytest.fixture(scope="module")
def data(folder: Path) -> Iterator[Data]:
    yield Data.open(small.write(folder))


def asked(data: Data, path: str, analyst: bool = False, **params: str | list[str]) -> File:
    lists = {name: [value] if isinstance(value, str) else value for name, value in params.items()}
    address.exists(path)
    return address.answer(path, lists, data, analyst)


def refused(data: Data, path: str, **params: str | list[str]) -> Problem:
    with pytest.raises(Problem) as caught:
        asked(data, path, **params)
    return caught.value


def some(codes: Any) -> st.SearchStrategy[list[str]]:
    return st.just([]) | st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)


def maybe(codes: Any) -> st.SearchStrategy[list[str]]:
    return st.just([]) | st.sampled_from(codes).map(lambda code: [code])


PLACES = [village[1] for village in small.VILLAGES]
# What is known and what is not, what fits together and what does not.
queries_ = st.fixed_dictionaries(
    {
        "programme": maybe([small.A, small.B, small.B, "x"]),
        "districts": some([small.KANDEMAN, small.LIMPUNG, small.KANDEMAN, "99.01.01"]),
        "villages": some([*PLACES[:4], "33.25.13.2999"]),
        "sectors": some([*SECTORS, "pertanian"]),
        "since": maybe(["2015", "2018", "2024", "1899"]),
        "until": maybe(["2014", "2019", "2023", "2050", "20"]),
        "denominator": maybe([*DENOMINATORS, "all"]),
        "measure": maybe(MEASURES),
        "peers": some([small.A, small.B, "x"]),
        "lang": maybe(LANGUAGES),
    }
)


@settings(max_examples=examples(10))
@given(st.sampled_from(QUESTIONS), queries_)
@example("villages", {"districts": [small.LIMPUNG], "villages": [small.WONOKERSO]})
@example("benchmark", {"until": ["2050"], "peers": [small.A]})
def test_it_answers_what_ask_answers_and_refuses_what_ask_refuses(
    data: Data, folder: Path, question: str, params: Params
) -> None:
    options = [part for name, values in params.items() for v in values for part in (f"--{name}", v)]
    printed = {
        form: CliRunner().invoke(
            app, ["ask", question, *options, "--format", form], env={"KUB_DATA": str(folder)}
        )
        for form in ("json", "csv")
    }
    assert {result.exit_code for result in printed.values()} <= {0, 2}
    if printed["json"].exit_code == 2:
        assert refused(data, f"{question}.json", **params).status == 400
        return
    assert asked(data, f"{question}.json", **params).body == printed["json"].stdout_bytes
    csv = asked(data, f"{question}.csv", **params).body
    assert csv == codecs.BOM_UTF8 + printed["csv"].stdout_bytes


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_the_rows_of_the_screen_in_every_format(
    data: Data, question: str
) -> None:
    filters = Filters(sectors=("makanan",), until=2021)
    shown = full_answer(data, question, filters, ID)
    params = {"sectors": "makanan", "until": "2021"}
    assert json.loads(asked(data, f"{question}.json", **params).body) == rows(
        shown.frame, shown.source.sample
    )
    for ending, media_type in MEDIA_TYPES.items():
        file = asked(data, f"{question}.{ending}", **params)
        assert (file.media_type, file.sample) == (media_type, shown.source.sample)
        assert file.name.startswith(f"kub-{question}_{small.A}_20") and len(file.body) > 1


def test_it_says_version_and_the_date_of_its_figures(data: Data) -> None:
    file = asked(data, "growth.csv")
    assert (file.version, file.as_of, file.sample) == (data.version.name, small.NEWEST, True)
    assert file.name == f"kub-growth_{small.A}_2023-06-30_contoh.csv"
    file = asked(data, "sectors.csv", until="2020", lang="en", programme=small.B)
    assert file.name == f"kub-sectors_{small.B}_2020-12-31_sample.csv"
    assert str(asked(data, "pace.csv", until="2020").as_of)[:4] in ("2020", "2023")


def test_the_writing_is_international_unless_asked_for(data: Data) -> None:
    usual = asked(data, "sectors.csv").body
    assert asked(data, "sectors.csv", writing="intl").body == usual
    assert asked(data, "sectors.csv", writing="").body == usual
    assert b";" in asked(data, "sectors.csv", writing="id").body.splitlines()[0]


@pytest.mark.parametrize(
    ("path", "rule", "value"),
    [
        ("nothing.csv", "question", "nothing"),
        ("growth.pdf", "ending", "pdf"),
        ("growth.CSV", "ending", "CSV"),
        ("GROWTH.csv", "question", "GROWTH"),
        ("growth.csv\n", "ending", "csv\n"),
        (".csv", "question", ""),
        ("growth", "path", "growth"),
        ("", "path", ""),
        ("../growth.csv", "path", "../growth.csv"),
        ("growth.csv/", "path", "growth.csv/"),
        ("datapackage.csv", "question", "datapackage"),
        ("x" * 5000, "path", "x" * 5000),
    ],
)
def test_addresses_without_data(data: Data, path: str, rule: str, value: str) -> None:
    problem = refused(data, path)
    assert (problem.status, problem.rule, problem.value) == (404, rule, value)


@pytest.mark.parametrize(
    ("params", "rule", "value"),
    [
        ({"tahun": "2020"}, "name", "tahun"),
        ({"Until": "2020"}, "name", "Until"),
        ({"lang": "fr"}, "lang", "fr"),
        ({"programme": "x"}, "programme", "x"),
        ({"districts": "33.25.99"}, "districts", "33.25.99"),
        ({"villages": [small.WONOKERSO, "Wonokerso"]}, "villages", "Wonokerso"),
        ({"villages": "99.01.01.2001"}, "villages", "99.01.01.2001"),
        ({"sectors": "makanan,kerajinan"}, "sectors", "makanan,kerajinan"),
        ({"since": "dulu"}, "since", "dulu"),
        ({"until": "2020.0"}, "until", "2020.0"),
        ({"until": "٢٠٢٠"}, "until", "٢٠٢٠"),
        ({"until": "1899"}, "year_without_data", "1899"),
        ({"since": "2020", "until": "2018"}, "since_after_until", "2020 > 2018"),
        ({"denominator": "all"}, "denominator", "all"),
        ({"measure": "women"}, "measure", "women"),
        ({"peers": "x"}, "peers", "x"),
        ({"role": "admin"}, "role", "admin"),
        ({"writing": "en"}, "writing", "en"),
        ({"until": ["2019", "2019"]}, "repeated", "until=2019&until=2019"),
        ({"programme": [small.A, ""]}, "repeated", f"programme={small.A}&programme="),
        ({"writing": ["id", "intl"]}, "repeated", "writing=id&writing=intl"),
        ({"role": ["reader", "reader"]}, "repeated", "role=reader&role=reader"),
    ],
)
@pytest.mark.parametrize("path", ["growth.json", "datapackage.json"])
def test_queries_that_are_refused(
    data: Data, path: str, params: dict[str, Any], rule: str, value: str
) -> None:
    problem = refused(data, path, **params)
    assert (problem.status, problem.rule, problem.value) == (400, rule, value)


def test_too_many_rows_for_excel(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kub.exports.data_files.MOST", 2)
    problem = refused(data, "villages.xlsx")
    assert (problem.status, problem.rule, problem.value) == (400, "long", "4")


def test_the_analysts_view_is_for_those_who_may_have_it(data: Data) -> None:
    for path in ("headline.json", "datapackage.json"):
        problem = refused(data, path, role="analyst")
        assert (problem.status, problem.rule) == (403, "analyst")
    assert asked(data, "headline.json", analyst=True, role="analyst").body
    assert asked(data, "headline.json", role="reader").body == asked(data, "headline.json").body
    package = json.loads(asked(data, "datapackage.json", analyst=True, role="analyst").body)
    paths = [resource["path"] for resource in package["resources"]]
    assert "headline.csv?role=analyst" in paths


def test_readers_get_no_small_figures_and_analysts_do(sample_folder: Path) -> None:
    sample = Data.open(current(sample_folder))
    for question in ("village_sectors", "village_kub", "kubs", "sectors"):
        reader, analyst = (
            json.loads(
                asked(sample, f"{question}.json", True, programme="CONTOH-C", role=role).body
            )
            for role in ("reader", "analyst")
        )
        hidden = [
            (a["members"], b["members"])
            for a, b in zip(reader, analyst, strict=True)
            if a["members"] != b["members"]
        ]
        assert all(shown is None and known is not None for shown, known in hidden)
        assert hidden


def test_controls_of_a_page_change_no_rows(data: Data) -> None:
    described = {
        name
        for row in tables(section("docs/data.md", "Controls of single pages"))
        for name in quoted(row[0])
    }
    assert described == CONTROLS
    assert asked(data, "growth.csv", scale="indexed", code="ABCDE").body == (
        asked(data, "growth.csv").body
    )
    assert not CONTROLS & set(NAMES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_says_what_to_do_in_the_language_of_the_link(lang: str) -> None:
    w = words.of(lang)
    rules = {key.removeprefix("address.todo.") for key in w.texts if key.startswith("address.todo")}
    assert {f"address.problem.{rule}" for rule in rules} == {
        key for key in w.texts if key.startswith("address.problem")
    }
    for rule in rules:
        body = json.loads(Problem(400, rule, "9" * 500, map(str, range(90))).body(w))
        assert list(body) == ["problem", "value", "todo"]
        assert len(body["value"]) < 70 and "{" not in body["todo"] and len(body["todo"]) < 300


def test_the_language_is_known_without_data() -> None:
    assert address.language({"lang": ["en"]}) == "en"
    assert address.language({"lang": ["fr", ""]}) == address.language({}) == "id"


def test_the_first_writing_is_the_usual_one() -> None:
    assert WRITINGS == ("intl", "id")
