"""The villages of a programme: the official list, what the office adds,
and the list an invented regency brings.
"""

from datetime import date

from tests.support import workbooks
from tests.support.workbooks import kub, report, rules_of, tables


def test_the_whole_list_of_villages_with_what_the_sheet_adds(tmp_path):
    villages = {
        row["village_code"]: row
        for row in tables(tmp_path, workbooks.good())["village"].to_pylist()
    }
    assert len(villages) == 248
    assert villages["33.25.13.2010"] == {
        "programme_id": "uji",
        "village_code": "33.25.13.2010",
        "village": "Ujungnegoro",
        "district_code": "33.25.13",
        "district": "Kandeman",
        "is_target": True,
        "population": 6000,
        "population_year": 2020,
        "lat": -6.906,
        "lon": 109.791,
        "idm": 0.6938,
        "idm_class": "Berkembang",
        "source_row": 2,
    }
    assert not villages["33.25.13.2011"]["is_target"]
    assert villages["33.25.13.2011"]["population"] is None
    assert villages["33.25.13.2011"]["source_row"] is None


def test_coordinates_of_the_office_come_before_the_reference(tmp_path):
    sheets = workbooks.good() | {
        "Desa": [{"kode_desa": "33.25.13.2010", "lintang": "-6,9", "bujur": 109.8}]
    }
    [row] = [
        r
        for r in tables(tmp_path, sheets)["village"].to_pylist()
        if r["village_code"] == "33.25.13.2010"
    ]
    assert (row["lat"], row["lon"]) == (-6.9, 109.8)


def invented(*villages, **changed):
    sheets = {
        "Program": [workbooks.good()["Program"][0] | {"kode_wilayah": "99.01"}],
        "KUB": [kub("K1", kode_desa="99.01.01.2001")],
        "Laporan": [report("K1", date(2017, 11, 30))],
        "Desa": list(villages) or [{"kode_desa": "99.01.01.2001"}],
    }
    return sheets | changed


def test_an_invented_regency_brings_its_own_villages(tmp_path):
    named = {
        "kode_desa": "99.01.02.2001",
        "desa": "Sukacontoh",
        "kecamatan": "Contohan",
        "lintang": -7.1,
    }
    found = tables(tmp_path, invented({"kode_desa": "99.01.01.2001"}, named))
    assert found["programme"]["regency"].to_pylist() == ["Kabupaten Contoh A"]
    assert [(v["village"], v["district"], v["lat"]) for v in found["village"].to_pylist()] == [
        ("Desa 99.01.01.2001", "Kecamatan 99.01.01", None),
        ("Sukacontoh", "Contohan", -7.1),
    ]


def test_an_invented_regency_needs_its_list(tmp_path):
    sheets = invented()
    sheets["KUB"] = [kub("K1", kode_desa="99.01.01.2002")]
    assert rules_of(tmp_path, sheets) == ["unknown_village_code"]
    del sheets["Desa"]
    assert rules_of(tmp_path, sheets) == ["missing_sheet"]
    sheets["Desa"] = [{"kode_desa": None}]
    assert rules_of(tmp_path, sheets) == ["no_villages"]
    sheets["Desa"] = [{"kode_desa": "99.02.01.2001"}]
    assert sorted(rules_of(tmp_path, sheets)) == ["unknown_village_code", "village_outside"]
