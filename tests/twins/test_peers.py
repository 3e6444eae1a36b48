"""Whom to compare with: how near others are, by hand and in words; what
a choice changes; the control on the page.
"""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import duckdb
import pandas as pd
import pytest

import queries
from kub import words
from kub.answers.answer import answer
from kub.answers.source import source_line
from kub.findings import benchmark, compared
from kub.findings import peers as findings
from kub.findings.phrases import records
from kub.places import REFERENCE, population_of, regency_name, villages_of
from kub.store.data import Data
from kub.store.database import current
from kub.ui import matrix
from kub.ui.peers import KEY
from kub.words import LANGUAGES
from queries.filters import Filters
from tests import twins
from tests.support.blocks import said
from tests.support.database import connection
from tests.support.frames import Row, differences, only, rows
from tests.support.offices import FOUR
from tests.support.pages import open_page
from tests.support.thinned import thinned
from tests.support.tiny import expect
from tests.twins.rows import Records, Village

ID, EN = words.of("id"), words.of("en")
BATANG, KENDAL = ("33.25", "Kabupaten Batang"), ("33.24", "Kabupaten Kendal")


def place(
    name: str, regency: tuple[str, str], desa: int, kelurahan: int, people: int | None, **more: Any
) -> Records:
    numbers = [2001 + n for n in range(desa)] + [1001 + n for n in range(kelurahan)]
    code = f"{regency[0]}.01"
    return Records(
        name,
        tuple(Village(f"{code}.{number}", str(number), code, "Tulis") for number in numbers),
        population=() if people is None else ((2020, people, False),),
        regency_code=regency[0],
        regency=regency[1],
        **more,
    )


# Without KUB the year in scope is the year asked for.
OURS = place("ours", BATANG, 3, 1, 800_000)
TWICE = place("twice", ("99.01", "Kabupaten Contoh A"), 6, 2, 400_000)
NEXT = place("next", KENDAL, 3, 1, 800_000, is_sample=False)
SILENT = place("silent", ("99.03", "Kota Contoh C"), 0, 0, None)
OFFICE = place("office", BATANG, 3, 1, 800_000)
FIVE = (OURS, SILENT, TWICE, NEXT, OFFICE)
ASKED = Filters("ours", until=2020)
CILEGON = {
    "programme": "guest-1",
    "regency": "Kota Cilegon",
    "regency_code": "36.72",
    "as_of": "2020-12-31",
}
GUEST = json.dumps(
    [CILEGON | {"population": 800_000, "population_year": 2020, "villages": 8, "kelurahan": 9}]
)
Ask = Callable[..., list[Row]]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return connection(FIVE)


def by_sql(filters: Filters = ASKED, guests: str = "[]") -> list[Row]:
    return rows(queries.ask(_database(), "peers", filters, guests))


def by_twin(filters: Filters = ASKED) -> list[Row]:
    return twins.answer("peers", FIVE, filters)


both = pytest.mark.parametrize("ask", (by_sql, by_twin))


@both
def test_distance_is_the_mean_over_what_both_know(ask: Ask) -> None:
    denser = 857.073 / 1006.174  # as many residents on more land
    ln2, ln_denser = 0.6931471805599453, 0.16038859
    names = (
        "programme near population_ratio villages_ratio density_ratio kelurahan_difference shared"
    )
    found = ask()
    expect(
        found,
        names,
        ("next", 1, 1.0, 1.0, denser, 0.0, 4),
        ("twice", 2, 0.5, 2.0, None, 0.0, 3),
        ("silent", None, None, None, None, None, 0),
    )
    assert [row["distance"] for row in found[:2]] == pytest.approx(
        [ln_denser / 4, 2 * ln2 / 3], rel=1e-5
    )
    assert found[2]["distance"] is None
    assert {row["subject"] for row in found} == {"Kabupaten Batang"}


@both
def test_chosen_peers_leave_the_list_whole(ask: Ask) -> None:
    assert not differences(ask(Filters("ours", until=2020, peers=("twice",))), ask())


def test_the_first_guest_is_whom_the_others_are_near_to() -> None:
    found = by_sql(guests=GUEST)
    assert {row["subject"] for row in found} == {"Kota Cilegon"} and not any(
        row["declared"] for row in found
    )
    # More kelurahan than villages can only mean that all are. Both offices of Batang are equally
    # near.
    names = "programme near population_ratio villages_ratio kelurahan_difference"
    offices = [*only(found, programme="ours"), *only(found, programme="office")]
    expect(offices, names, ("ours", 2, 1.0, 0.5, -0.75), ("office", 2, 1.0, 0.5, -0.75))
    expect(found, "near", (1,), (2,), (2,), (4,), (None,))


@pytest.mark.parametrize("question", thinned(sorted(queries.COMPARED - {"peers"}), 2))
def test_only_the_chosen_are_compared(question: str) -> None:
    """Also beside a guest; and as if nobody else were loaded."""
    chosen = Filters("besar", peers=("tengah", "nowhere"))
    guest = json.dumps(
        [
            CILEGON
            | {"kub": 30, "sectors": [9, 9, 9, 3, 0], "first_year": 2018, "years": [{"year": 2020}]}
        ]
    )
    with connection(FOUR) as con, connection((FOUR[0], FOUR[2])) as two:
        ours = rows(queries.ask(con, question, chosen))
        assert {row["programme"] for row in ours} == {"besar", "tengah"}
        assert not differences(ours, rows(queries.ask(two, question, Filters("besar"))))
        assert not differences(ours, twins.answer(question, FOUR, chosen))
        beside = rows(queries.ask(con, question, chosen, guest))
        assert {row["programme"] for row in beside} == {"besar", "tengah", "guest-1"}


def test_a_reference_regency_is_the_official_one() -> None:
    with (REFERENCE / "regencies.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len(listed) == 10 and listed[0]["regency_code"] == "33.25"
    for line in listed:
        code, year = line["regency_code"], int(line["population_year"])
        assert line["regency"] == regency_name(code)
        assert int(line["villages"]) == len(villages_of(code))
        assert (year, int(line["population"])) in [
            (at, people) for at, people, _ in population_of(code)
        ]
    found = rows(queries.ask(_database(), "regencies", ASKED))
    assert [row["regency"] for row in found] == [line["regency"] for line in listed]
    assert found[0]["density"] == pytest.approx(855_878 / 857.073) and all(
        "BIG 2024" in row["source"] for row in found
    )


def test_reason_and_distance_in_words() -> None:
    nearest, twice, silent = by_sql()
    assert findings.reason(nearest, ID) == (
        "sangat mirip: penduduk 1,0 kali, jumlah desa 1,0 kali, kepadatan 0,9 kali, pangsa kelurahan 0 poin persentase"
    )
    assert findings.reason(twice, EN) == (
        "alike: 0.5 times the residents, 2.0 times the villages, share of kelurahan 0 percentage points"
    )
    assert findings.reason(silent, ID) == ID("peers.no_distance")
    bare = {**silent, "distance": 3.0, "population_ratio": 0.05}
    assert findings.reason(bare, ID) == "kurang mirip: penduduk 0,050 kali"
    assert [findings.likeness(d) for d in (0.2, 0.21, 0.51, 1.01)] == [
        "very_like",
        "like",
        "rather_unlike",
        "unlike",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_names_the_nearest(lang: str) -> None:
    w = words.of(lang)
    frame = queries.ask(_database(), "peers", ASKED)
    found = findings.peers(frame, w)
    assert "Kabupaten Kendal" in found.title and "Kabupaten Batang" in found.title
    assert "Kabupaten Contoh A" in found.takeaway and "Kota Contoh C" not in found.takeaway
    assert found.caveat == w("peers.sample")
    assert not findings.peers(frame.head(1), w).caveat
    far = findings.peers(frame.assign(distance=frame["distance"] + 0.6), w)
    assert w("peers.likeness.rather_unlike") in far.title
    level = findings.peers(pd.concat([frame.head(1), frame.head(1).assign(regency="Kota Lain")]), w)
    assert words.of(lang).listing(["Kabupaten Kendal", "Kota Lain"]) in level.title
    assert findings.peers(frame.tail(1), w).title == w("peers.unknown", subject="Kabupaten Batang")
    assert findings.peers(frame.head(0), w).title == w("peers.alone")


def test_the_regency_compared_is_left_out_of_the_median() -> None:
    """tiga is a second office of the own regency, empat the guest's."""
    names = ["satu", "dua", "tiga", "empat"]
    frame = pd.DataFrame(
        {
            "programme": names,
            "indicator": "coverage",
            "regency": ["A", "B", "A", "D"],
            "declared": False,
            "value": [5.0, 4.0, 99.0, 77.0],
            "definition": "yes",
            "because": None,
            "is_sample": False,
        }
    )
    both = benchmark.benchmark(frame, ID, own="satu")
    assert both.title == ID("benchmark.median", regency="A", n=2, better=0, compared=1)
    alone = frame[frame["regency"] == "A"]
    assert benchmark.benchmark(alone, ID, own="satu").title == ID("benchmark.alone", regency="A")
    guest = frame.tail(1).assign(programme="guest-1", declared=True, value=6.0)
    every = benchmark.benchmark(pd.concat([frame, guest]), ID, own="satu")
    # Of the loaded ones only B is left to hold the own programme against: 5 is more than 4.
    assert ID("benchmark.pair", regency="A", other="B", better=1, compared=1) in every.takeaway
    assert [row["programme"] for row in findings.elsewhere(records(frame), {"regency": "A"})] == [
        "dua",
        "empat",
    ]


def test_a_second_office_is_in_no_median_of_years(sample_data: object) -> None:
    frame = Data.open(current()).ask("programme_years", Filters())
    # The samples are compared in the second year of the programme, which all have had.
    frame = frame[frame["age"] == 2]
    said = compared.programme_years(frame, ID, own="BPI-BATANG", per="count").title
    assert "4 program lain" in said
    second = frame.assign(
        regency=frame["regency"].replace("Kabupaten Contoh A", "Kabupaten Batang")
    )
    assert (
        "3 program lain"
        in compared.programme_years(second, ID, own="BPI-BATANG", per="count").title
    )


def test_the_matrix_leaves_the_regency_compared_out_of_its_median(
    sample_data: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(matrix.st, "html", lambda body: shown.append(str(body)))
    monkeypatch.setattr(matrix.st, "subheader", lambda *_, **__: None)
    found = answer(Data.open(current()), "benchmark", Filters(), ID)
    frame = found.frame.assign(
        regency=found.frame["regency"].replace("Kota Contoh C", "Kabupaten Batang")
    )
    guest = frame[frame["programme"] == "CONTOH-D"].assign(programme="guest-1", declared=True)
    for beside, left in ((frame, 3), (pd.concat([frame, guest]), 2)):
        matrix.matrix(replace(found, frame=beside), ID)
        kub = frame[(frame["indicator"] == "kub") & (frame["regency"] != "Kabupaten Batang")]
        kub = kub if left == 3 else kub[kub["programme"] != "CONTOH-D"]
        assert len(kub) == left
        assert f'<td class="median">{ID.write(kub["value"].median(), "n0")}</td>' in shown[-1]


def test_the_source_and_scope_speak_of_the_chosen(sample_data: object) -> None:
    data = Data.open(current())
    chosen = Filters(peers=("CONTOH-A",))
    found = answer(data, "benchmark", chosen, ID)
    assert found.scope == "dibandingkan dengan 1 program pilihan" and "2 program" in source_line(
        found.source, ID
    )
    assert (
        answer(data, "peers", chosen, ID).filters.peers == ()
        and len(answer(data, "peers", chosen, ID).frame) == 4
    )
    assert answer(data, "regencies", chosen, EN).scope == EN("scope.regencies")
    assert list(data.unknown(Filters(peers=("CONTOH-A", "x")))) == [("peers", "x")]


def test_the_page_compares_with_whom_one_chooses(sample_data: object) -> None:
    app = open_page("benchmark")
    assert app.multiselect(key=KEY).value == [] and len(app.multiselect(key=KEY).options) == 4
    app.button(key="peers-nearest").click().run()
    assert not app.exception and sorted(app.query_params["peers"]) == [
        "CONTOH-A",
        "CONTOH-B",
        "CONTOH-D",
    ]
    assert app.button(key="peers-nearest").disabled
    assert "dibandingkan dengan 3 program pilihan" in said(app)
    app.multiselect(key=KEY).set_value(["CONTOH-C"]).run()
    assert app.query_params["peers"] == "CONTOH-C"
    told = [caption.value for caption in app.caption if ID("peers.chosen")[:-1] in caption.value]
    assert len(told) == 1 and "Kota Contoh C" in told[0] and "Contoh A" not in told[0]
    app.button(key="peers-all").click().run()
    assert "peers" not in app.query_params and app.button(key="peers-all").disabled
