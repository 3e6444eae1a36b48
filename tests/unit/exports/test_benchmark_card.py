"""The benchmark card: what is in it, that it is a valid Data Package, and that it answers as the
records do for readers.
"""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import frictionless
import jsonschema
import pytest

from kub.answers.catalog import CATALOG
from kub.exports import address
from kub.exports.benchmark_card import card, file_name
from kub.records.card_format import DESCRIPTOR, KEYS, READ_ME, RESOURCES, guarded, unguarded
from kub.store.data import Data, YearlyOnly
from kub.store.database import build_connection, current
from kub.words import of
from queries import COMPARED, QUESTIONS
from queries.filters import Filters
from queries.yearly import YEARLY, answers
from tests.support import cards, histories
from tests.support.cards import files_of, of_records, opened, shared
from tests.support.database import programme
from tests.support.frames import rows
from tests.support.tiny import BRIEF, TINY

PROFILE = Path(__file__).parents[2] / "support" / "datapackage-2.0.json"
YEARS = range(histories.FIRST, histories.LAST + 1)
# Years in which members are withheld in some sectors and told in all, and in all.
SEEDS = (9, 21)
BATANG = Filters("BPI-BATANG")


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Data:
    return Data.open(current(sample_folder))


@pytest.fixture(scope="module")
def files(data: Data) -> dict[str, bytes]:
    return files_of(card(data, BATANG))


@pytest.mark.parametrize("seed", [SEEDS[0], pytest.param(SEEDS[1], marks=pytest.mark.thorough)])
def test_a_card_answers_as_the_records_do_for_readers(seed: int) -> None:
    random = Random(seed)
    full = of_records(cards.aiming(histories.programme(random)), TINY)
    beside = opened(build_connection([shared(full, "satu"), programme(TINY)]))
    scopes = list(cards.scopes("satu", YEARS))
    chosen = [Filters("satu"), *random.sample(scopes, 3)]
    assert cards.differing(full, beside, chosen) == []
    # Beside another programme that has its records, and for an analyst too.
    other = [replace(filters, programme="contoh") for filters in chosen[:2]]
    assert [
        cell
        for filters in other
        for question in sorted(COMPARED)
        for cell in cards.unlike(full, beside, question, filters)
    ] == []
    seen = beside.seen_by("analyst").ask("sector_years", Filters("satu"))
    assert rows(seen) == rows(beside.ask("sector_years", Filters("satu")))


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(30, 50))
def test_cards_of_many_programmes_answer_so(seed: int) -> None:
    random = Random(seed)
    full = of_records(cards.aiming(histories.programme(random)), TINY)
    beside = opened(build_connection([shared(full, "satu"), programme(TINY)]))
    assert cards.differing(full, beside, cards.scopes("satu", YEARS)) == []


def test_what_rests_on_few_people_is_empty_and_named() -> None:
    full = of_records(histories.programme(Random(SEEDS[0])))
    lines = files_of(card(full, Filters("satu")))["sector_years.csv"].decode().split("\r\n")[1:-1]
    named = [line for line in lines if "members" in line.rpartition(",")[2].split(" ")]
    assert named and len(named) < len(lines)
    told = full.ask("sector_years", Filters("satu"))["members"]
    assert len(named) == told.isna().sum()


def test_the_same_version_gives_the_same_bytes(data: Data) -> None:
    assert card(data, BATANG) == card(data.seen_by("analyst"), BATANG) == card(data, Filters())
    assert len(card(data, BATANG)) < 20_000


def test_it_holds_what_the_format_says_and_nothing_else(
    data: Data, files: dict[str, bytes]
) -> None:
    assert set(files) == {DESCRIPTOR, READ_ME, *(resource.path for resource in RESOURCES)}
    descriptor = json.loads(files[DESCRIPTOR])
    assert list(descriptor["kub"]) == list(KEYS)
    assert descriptor["kub"] | {"version": "", "population": 0, "population_year": 0} == {
        "schema": 1,
        "programme": "BPI-BATANG",
        "regency_code": "33.25",
        "as_of": "2023-06-30",
        "sample": True,
        "version": "",
        "regency": "Kabupaten Batang",
        "operator": "PT Bhimasena Power Indonesia",
        "villages": 248,
        "kelurahan": 9,
        "population": 0,
        "population_year": 0,
    }
    everything = b"\n".join(files.values()).decode()
    names = data.con.sql("SELECT name FROM kub UNION ALL SELECT kub_id FROM kub").fetchall()
    places = list(data.villages["BPI-BATANG"])
    assert [text for text in (*places, *(name for (name,) in names)) if text in everything] == []


def test_it_is_a_valid_data_package(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    report = frictionless.validate(str(tmp_path / DESCRIPTOR))
    assert report.valid, report.to_summary()
    assert {task.name for task in report.tasks} == {resource.name for resource in RESOURCES}
    # frictionless can refuse: a size, a digest and a cell of another kind.
    (tmp_path / "years.csv").write_bytes(files["years.csv"].replace(b"2012", b"tahu", 1))
    assert not frictionless.validate(str(tmp_path / DESCRIPTOR)).valid


def test_it_is_valid_by_the_profile_of_the_standard(files: dict[str, bytes]) -> None:
    validator = jsonschema.Draft7Validator(json.loads(PROFILE.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(json.loads(files[DESCRIPTOR]))] == []


def test_the_read_me_says_that_records_are_invented(files: dict[str, bytes]) -> None:
    text = files[READ_ME].decode("utf-8-sig")
    assert "contoh buatan" in text and "invented samples" in text
    assert all(resource.path in text for resource in RESOURCES)


def test_its_name_says_where_when_and_that_it_is_invented(data: Data) -> None:
    name = "kub-kartu-pembanding_kabupaten-batang_2023-06-30_contoh.zip"
    assert file_name(data, BATANG, of("id")) == name


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''@x", "'ayam", "-", "Dinas", "'"])
def test_no_text_is_a_formula_and_each_reads_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


def test_a_programme_without_any_kub_has_a_card() -> None:
    empty = replace(TINY, kubs=(), reports=(), published=())
    assert (
        json.loads(files_of(card(of_records(empty), Filters("contoh")))[DESCRIPTOR])["kub"]["as_of"]
        is None
    )
    full = of_records(empty, histories.programme(Random(0)))
    beside = opened(
        build_connection([shared(full, "contoh"), programme(histories.programme(Random(0)))])
    )
    asked = [Filters("contoh"), Filters("contoh", until=2017, sectors=("makanan",))]
    assert cards.differing(full, beside, asked) == []


def test_other_questions_and_filters_say_that_there_is_no_more() -> None:
    beside = opened(build_connection([shared(of_records(TINY), "contoh")]))
    refused = [
        *((question, {}) for question in QUESTIONS if not answers(question, Filters())),
        ("growth", {"districts": ("99.01.01",)}),
        ("benchmark", {"villages": ("99.01.01.2001",)}),
        ("sectors", {"sectors": ("makanan", "laundry")}),
        ("headline", {"denominator": "target"}),
        ("survival", {"until": 2017}),
        ("survival", {"sectors": ("makanan",)}),
    ]
    assert {"villages", "gaps", "peers", "pace"} <= {question for question, _ in refused}
    for question, chosen in refused:
        with pytest.raises(YearlyOnly) as fault:
            beside.ask(question, Filters("contoh", **chosen))
        assert "Contoh A" in fault.value.message(of("id"))[0]
    with pytest.raises(YearlyOnly):
        card(beside, Filters())
    # Survival at three years is of the newest date and of all sectors.
    at_three = beside.ask("benchmark", Filters(until=2017)).set_index("indicator")
    assert at_three.loc["survival_3y", ["value", "n"]].isna().all()
    assert set(QUESTIONS) >= YEARLY


def test_by_address_it_is_a_problem_of_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    beside = opened(build_connection([shared(of_records(TINY), "contoh"), programme(BRIEF)]))
    for path, params in (
        ("villages.csv", {}),
        ("growth.csv", {"districts": ["99.01.01"]}),
        ("growth.csv", {"sectors": ["makanan", "laundry"]}),
    ):
        with pytest.raises(address.Problem) as fault:
            address.answer(path, {"programme": ["contoh"], **params}, beside, False)
        assert (fault.value.status, fault.value.rule) == (400, "yearly")
        assert "yearly" in fault.value.body(of("en")).decode()
    asked = {"programme": ["contoh"], "sectors": ["makanan"]}
    assert address.answer("growth.csv", asked, beside, False).body
    shown = [question for question in QUESTIONS if question in CATALOG]
    monkeypatch.setattr("kub.exports.datapackage.QUESTIONS", shown)
    described = address.answer(address.PACKAGE, {"programme": ["contoh"]}, beside, False).body
    names = {resource["name"] for resource in json.loads(described)["resources"]}
    assert names == {question for question in shown if answers(question, Filters())}
