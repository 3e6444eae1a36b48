"""What Desa says, in both languages: many villages, one, all of them,
none, ties, and figures that are missing.
"""

import pandas as pd
import pytest

from kub import words
from kub.findings import Finding
from kub.findings import villages as findings
from kub.findings.reach import named, ranks, states, valued
from kub.places import areas
from tests.support.grounds import counted, frame, places

ID, EN = words.of("id"), words.of("en")


def both(question: str, rows: pd.DataFrame, **view: object) -> tuple[Finding, Finding]:
    say = getattr(findings, question)
    return say(rows, ID, **view), say(rows, EN, **view)


@pytest.mark.parametrize(
    ("rows", "view", "indonesian", "english"),
    [
        (
            counted(7, 0, 3),
            {},
            "KUB aktif ada di 2 dari 3 desa; terbanyak di Desa 1 (7)",
            "Active KUB are in 2 of 3 villages; most in Desa 1 (7)",
        ),
        (
            counted(0, 1, 0),
            {},
            "KUB aktif ada di 1 dari 3 desa",
            "Active KUB are in 1 of 3 villages",
        ),
        (
            counted(9, 9, 3),
            {},
            "KUB aktif ada di semua 3 desa; terbanyak di Desa 1 dan Desa 2 (masing-masing 9)",
            "Active KUB are in all 3 villages; most in Desa 1 and Desa 2 (9 each)",
        ),
        # Four share the top: no names. Below five KUB: no rank. All alike: no top.
        (
            counted(9, 9, 9, 9, 1),
            {},
            "KUB aktif ada di semua 5 desa",
            "Active KUB are in all 5 villages",
        ),
        (
            counted(4, 1, 0),
            {},
            "KUB aktif ada di 2 dari 3 desa",
            "Active KUB are in 2 of 3 villages",
        ),
        (
            counted(6, 6, 0),
            {},
            "KUB aktif ada di 2 dari 3 desa",
            "Active KUB are in 2 of 3 villages",
        ),
        (
            counted(0, 0),
            {},
            "Belum ada KUB aktif di 2 desa ini",
            "No active KUB in these 2 villages yet",
        ),
        (counted(0), {}, "Belum ada KUB aktif di Desa 1", "No active KUB in Desa 1 yet"),
        (counted(), {}, "Tidak ada desa pada pilihan ini", "No villages in this selection"),
        (
            counted(8),
            {},
            "Satu-satunya yang dihitung, Desa 1: 8 KUB aktif",
            "The only one counted, Desa 1: 8 active KUB",
        ),
        (
            counted(8),
            {"measure": "members"},
            "Satu-satunya yang dihitung, Desa 1: 80 anggota",
            "The only one counted, Desa 1: 80 members",
        ),
        (
            counted(100, 0, 30),
            {"measure": "members"},
            "1.300 anggota di 2 dari 3 desa; terbanyak di Desa 1 (1.000)",
            "1,300 members in 2 of 3 villages; most in Desa 1 (1,000)",
        ),
        (
            frame({"kub": 2, "unreported": 2}, {}),
            {"measure": "members"},
            "KUB aktif ada di 1 dari 2 desa",
            "Active KUB are in 1 of 2 villages",
        ),
        (
            frame(
                {"kub": 6, "population": 1000, "kub_per_10k": 60.0},
                {"kub": 9, "population": 9000, "kub_per_10k": 10.0},
            ),
            {"per": "residents"},
            "KUB aktif ada di semua 2 desa; terpadat di Desa 1 (60,0 per 10.000 penduduk)",
            "Active KUB are in all 2 villages; densest in Desa 1 (60.0 per 10,000 residents)",
        ),
    ],
)
def test_the_map_says_where(
    rows: pd.DataFrame, view: dict[str, str], indonesian: str, english: str
) -> None:
    assert tuple(each.title for each in both("villages", rows, **view)) == (indonesian, english)


def test_the_map_says_what_it_is_drawn_on() -> None:
    schematic = areas.drawn(places([(109.7, -7.0)]))
    said = findings.villages(counted(1), ID, areas=schematic).subtitle
    assert (
        said
        == "KUB aktif per desa · peta skematis: wilayah di sekitar titik pusat desa, bukan batas resmi"
    )
    assert "bukan peta letak" in findings.villages(counted(1), ID).subtitle


def test_kelurahan_are_called_so_where_all_are() -> None:
    town = frame({"village_code": "33.75.01.1001", "kub": 5}, {"village_code": "33.75.01.1002"})
    assert findings.villages(town, ID).title == "KUB aktif ada di 1 dari 2 kelurahan"
    mixed = frame({"village_code": "33.25.01.1001", "kub": 5}, {})
    assert findings.villages(mixed, ID).title == "KUB aktif ada di 1 dari 2 desa"


def spread(*names: str) -> pd.DataFrame:
    return frame(
        *({"district": name, "kub": 1} for name in names),
        {"district": "Bawang"},
        {"district": "Reban"},
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            spread("Tulis"),
            "Semuanya di satu dari 3 kecamatan: Tulis. 2 desa lain belum memiliki KUB aktif.",
        ),
        (
            spread("Tulis", "Subah"),
            "Tersebar di 2 dari 4 kecamatan: Tulis dan Subah. 2 desa lain belum memiliki KUB aktif.",
        ),
        (
            spread("A", "B", "C", "D"),
            "Tersebar di 4 dari 6 kecamatan. 2 desa lain belum memiliki KUB aktif.",
        ),
        (
            spread("Bawang", "Reban"),
            "Tersebar di semua 2 kecamatan. 2 desa lain belum memiliki KUB aktif.",
        ),
        (counted(1, 2), "Setiap desa yang dihitung memiliki KUB aktif."),
        (counted(1), "1 KUB aktif dengan 10 anggota."),
        (counted(0, 0), "Longgarkan filter tahun, sektor, atau wilayah."),
    ],
)
def test_the_takeaway_says_how_far_kub_are_spread(rows: pd.DataFrame, said: str) -> None:
    assert findings.villages(rows, ID).takeaway == said


def test_the_takeaway_says_what_the_figures_leave_open() -> None:
    rows = frame(
        {"kub": 2, "members": 20},
        {"kub": 3, "members": 9, "unreported": 1},
        {"kub": 3, "unreported": 3},
        {"kub": 2, "members": None},
        {"kub": 2, "members": None},
        {"kub": 1, "members": 1, "population": 900, "population_year": 2020, "kub_per_10k": 1.1},
        {"population": 1, "population_year": 2013, "kub_per_10k": 0.0},
    )
    members = findings.villages(rows, EN, measure="members").caveat
    assert "1 village has KUB whose members were never reported." in members
    assert "In 1 village some of the KUB never reported their members." in members
    assert (
        "The figures of 2 villages are withheld (fewer than 5 people, or would give such a figure away)."
        in members
    )
    residents = findings.villages(rows, EN, per="residents").caveat
    assert (
        "The residents of 5 villages with KUB are not on record. Residents as of 2013–2020."
        in residents
    )
    assert findings.villages(rows[5:6], EN, per="residents").caveat == "Residents as of 2020."
    assert not findings.villages(rows, EN).caveat


@pytest.mark.parametrize(
    ("rows", "view", "title", "takeaway"),
    [
        (
            counted(50, 30, 20, 5),
            {},
            "76% of active KUB are in 2 of the 4 villages that have any",
            "At the top: Desa 1 (50), Desa 2 (30) and Desa 3 (20).",
        ),
        (
            counted(60, 30),
            {},
            "67% of active KUB are in one of the 2 villages that have any",
            "At the top: Desa 1 (60) and Desa 2 (30).",
        ),
        (
            counted(6, 6),
            {"measure": "members"},
            "50% of members are in one of the 2 villages that have any",
            "At the top: Desa 1 (60) and Desa 2 (60).",
        ),
        (
            counted(9, 7, 6, 6, 6),
            {},
            "65% of active KUB are in 3 of the 5 villages that have any",
            "At the top: Desa 1 (9), Desa 2 (7) and 3 villages (6 each).",
        ),
        (
            counted(3, 2),
            {},
            "60% of active KUB are in one of the 2 villages that have any",
            "None of the villages has 5 KUB or more, so none is numbered.",
        ),
        (counted(8, 0), {}, "All 8 active KUB are in Desa 1", ""),
        (
            counted(0, 0),
            {},
            "Nothing to rank yet",
            "Loosen the filter of years, sectors or places.",
        ),
        (
            frame({"kub": 2, "members": 0}),
            {"measure": "members"},
            "Nothing to rank yet",
            "Loosen the filter of years, sectors or places.",
        ),
        (
            counted(*[5] * 15, 1),
            {},
            "53% of active KUB are in 8 of the 16 villages that have any",
            "At the top: 15 villages (5 each). One other village is not drawn.",
        ),
        (
            counted(*[5] * 18),
            {},
            "50% of active KUB are in 9 of the 18 villages that have any",
            "At the top: 18 villages (5 each). 3 other villages are not drawn; 3 of them level with the last.",
        ),
        (
            frame(
                {"kub": 6, "population": 1, "kub_per_10k": 60.0},
                {"kub": 9, "population": 1, "kub_per_10k": 10.0},
            ),
            {"per": "residents"},
            "Median of 2 villages: 35.0 KUB per 10,000 residents",
            "At the top: Desa 1 (60.0) and Desa 2 (10.0).",
        ),
    ],
)
def test_the_ranking_says_how_concentrated(
    rows: pd.DataFrame, view: dict[str, str], title: str, takeaway: str
) -> None:
    found = findings.villages_ranking(rows, EN, **view)
    assert (found.title, found.takeaway) == (title, takeaway)


def test_ranks_and_names() -> None:
    rows = frame(
        {"kub": 5, "members": 9, "village": "A"},
        {"kub": 2, "members": 50, "village": "A", "district": "Tulis"},
        {"kub": 7, "members": 9},
    )
    order = valued(rows, "members")
    assert list(zip(named(order), ranks(order, "members"), strict=True)) == [
        ("A (Tulis)", None),
        ("A (Kandeman)", 1),
        ("Desa 3", 1),
    ]
    assert states(rows, "kub") == ["value"] * 3
    assert valued(counted(), "kub").empty


@pytest.mark.parametrize(
    ("rows", "title", "takeaway"),
    [
        (spread("A", "B", "C"), "5 villages have no active KUB yet", "At most 1, in 5 districts."),
        (counted(0, 0), "2 villages have no active KUB yet", "By district: Kandeman."),
        (counted(0), "1 village has no active KUB yet", "By district: Kandeman."),
        (
            frame({"is_target": True}, {}),
            "2 villages have no active KUB yet",
            "By district: Kandeman. 1 of them is a target village of the programme.",
        ),
        # Where only target villages are counted, saying that all are targets says nothing.
        (frame({"is_target": True}), "1 village has no active KUB yet", "By district: Kandeman."),
        (counted(), "All villages in this selection have active KUB", "This work list is empty."),
    ],
)
def test_gaps_say_how_many_and_where_most_are(
    rows: pd.DataFrame, title: str, takeaway: str
) -> None:
    found = findings.gaps(rows, EN)
    assert (found.title, found.takeaway) == (title, takeaway)


def test_gaps_of_a_city_are_kelurahan() -> None:
    title = "Semua kelurahan pada pilihan ini sudah memiliki KUB aktif"
    assert findings.gaps(counted(), ID, kelurahan=True).title == title
