"""Official places, and the ways people write them."""

import csv

import pytest

from kub import places
from kub.places import Gazetteer, NoVillage, Village
from kub.records import cells


@pytest.fixture(scope="module")
def batang():
    return Gazetteer("33.25", places.villages_of("33.25"))


def test_batang_has_its_official_villages():
    villages = places.villages_of("33.25")
    assert len(villages) == 248
    assert len({village.district for village in villages}) == 15
    assert [village.code for village in villages] == sorted(village.code for village in villages)


def test_reference_rows_of_batang():
    ujungnegoro = next(
        village for village in places.villages_of("33.25") if village.code == "33.25.13.2010"
    )
    assert ujungnegoro == Village(
        "33.25.13.2010",
        "Ujungnegoro",
        "33.25.13",
        "Kandeman",
        -6.906,
        109.791,
        0.6938,
        "Berkembang",
    )
    kelurahan = [village for village in places.villages_of("33.25") if village.idm is None]
    assert len(kelurahan) == 9 and all(village.lat for village in kelurahan)


def test_reference_names_are_the_official_ones():
    named = {row["code"]: row["village"] for row in places.reference("batang_villages.csv")}
    assert named == {village.code: village.village for village in places.villages_of("33.25")}


def test_other_regencies_have_villages_but_no_reference_rows():
    kendal = places.villages_of("33.24")
    assert len(kendal) == 286
    assert {village.lat for village in kendal} == {None}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("33.25", "Kabupaten Batang"),
        ("36.72", "Kota Cilegon"),
        ("99.01", "Kabupaten Contoh A"),
        ("99.55", "Kabupaten Contoh 99.55"),
        ("88.88", None),
        ("33", None),
        ("33.25.13", None),
        ("", None),
    ],
)
def test_regency_names(code, name):
    assert places.regency_name(code) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kabupaten Batang", "33.25"),
        ("kab. batang", "33.25"),
        ("Kota Cilegon", "36.72"),
        ("Pemkot Cilegon", "36.72"),
        ("Kodya Pekalongan", "33.75"),
        ("Pekalongan", None),
    ],
)
def test_regency_codes(name, code):
    assert places.regency_code(name) == code


def test_no_official_list_for_unknown_or_invented_regencies():
    assert places.villages_of("88.88") == places.villages_of("99.01") == []


def test_population_by_year_with_source():
    batang = places.population_of("33.25")
    assert [year for year, _, _ in batang] == [2010, 2013, 2019, 2020, 2022, 2024]
    assert {year: count for year, count, _ in batang}[2020] == 801_718
    assert all(source for _, _, source in batang)
    assert places.population_of("99.01") == []


@pytest.mark.parametrize(
    "written",
    [
        "Ujungnegoro",
        "UJUNG NEGORO",
        "ujung-negoro",
        "Desa Ujungnegoro",
        "Ds. Ujung Negoro",
        "Ujungnegara",
    ],
)
def test_a_village_in_many_writings(batang, written):
    found = batang.find(written)
    assert isinstance(found, Village) and found.code == "33.25.13.2010"


def test_a_name_that_stands_twice_needs_its_district(batang):
    ambiguous = batang.find("Wonokerso")
    assert ambiguous == NoVillage(
        "ambiguous_village",
        ["Wonokerso (Limpung, 33.25.08.2024)", "Wonokerso (Kandeman, 33.25.13.2009)"],
    )
    found = batang.find("Wonokerso", "Kec. Kandeman")
    assert isinstance(found, Village) and found.code == "33.25.13.2009"


def test_batang_has_eleven_such_names(batang):
    twice = {
        v.village for v in batang.by_code.values() if isinstance(batang.find(v.village), NoVillage)
    }
    assert len(twice) == 11


def test_a_corrected_district(batang):
    found = batang.find("Banaran", "Banyu Putih")
    assert isinstance(found, Village) and found.district == "Banyuputih"


def test_an_unknown_name_suggests_near_ones(batang):
    unknown = batang.find("Ujungnegro")
    assert unknown == NoVillage("unknown_village", ["Ujungnegoro (Kandeman, 33.25.13.2010)"])
    assert batang.find("Xyzzy") == NoVillage("unknown_village", [])


def test_a_name_in_the_wrong_district_suggests_the_right_one(batang):
    wrong = batang.find("Ujungnegoro", "Subah")
    assert wrong == NoVillage("village_elsewhere", ["Ujungnegoro (Kandeman, 33.25.13.2010)"])
    assert batang.find("Ujungnegoro", "Kandemann") == NoVillage("unknown_district", ["Kandeman"])


def test_the_same_name_twice_in_one_district_needs_the_code():
    twins = [Village(f"99.01.01.200{n}", "Kembar", "99.01.01", "Satu") for n in (1, 2)]
    found = Gazetteer("99.01", twins).find("kembar", "satu")
    assert (
        isinstance(found, NoVillage)
        and found.rule == "ambiguous_village"
        and len(found.options) == 2
    )


def test_a_village_called_like_a_prefix():
    only = Village("99.01.01.2001", "Desa", "99.01.01", "Satu")
    assert Gazetteer("99.01", [only]).find("desa") == only


@pytest.mark.parametrize(
    "row", places.reference("place_corrections.csv"), ids=lambda row: row["written"]
)
def test_every_correction_leads_to_an_official_name(row, batang):
    assert row["reason"]
    if row["level"] == "village":
        assert (
            not isinstance(batang.find(row["official"]), NoVillage)
            or row["official"] == "Wonokerso"
        )
        assert batang.find(row["written"]) == batang.find(row["official"])
    elif row["level"] == "district":
        assert row["official"] in {village.district for village in batang.by_code.values()}
    else:
        assert (
            places.regency_code(row["written"]) == places.regency_code(row["official"]) is not None
        )


def test_every_sector_spelling_has_a_sector_and_a_reason():
    rows = places.reference("sector_synonyms.csv")
    assert {row["sector"] for row in rows} == set(cells.SECTORS)
    assert all(row["reason"] for row in rows)
    spelled = [cells.spelled(row["written"]) for row in rows]
    assert len(spelled) == len(set(spelled))
    assert spelled == [row["written"] for row in rows]


def test_reference_files_say_their_sources():
    told = (places.REFERENCE / "README.md").read_text("utf-8")
    for path in places.REFERENCE.glob("*.csv"):
        assert f"`{path.name}`" in told
        with path.open(encoding="utf-8", newline="") as file:
            assert len({len(row) for row in csv.reader(file)}) == 1
