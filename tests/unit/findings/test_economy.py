"""What Ekonomi says: change on matched KUB alone, what is withheld, not stated or unfinished."""

from dataclasses import replace

import pytest

from kub import words
from kub.findings import economy as findings
from kub.findings import economy_places as places
from kub.findings.economy_numbers import numbers, per_kub
from queries.filters import Filters
from tests.support.economy import (
    FINISHED,
    MILLION,
    UNFINISHED,
    missing,
    revenue,
    sectors,
    villages,
    year,
)

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"
COURSE = revenue(
    year(2019, 4, 0, None),
    year(2020, 10, 2, None),
    year(2021, 20, 10, 500, change=-0.05, matched=8),
    year(2022, 25, 20, 1600, change=0.0812, matched=9),
    year(2023, 25, 12, 300, provisional=True, matched=7),
)


def test_the_title_is_the_change_on_matched_kub_of_the_last_finished_year() -> None:
    finding = findings.revenue(COURSE, ID)
    assert (
        finding.title
        == f"Omzet KUB yang melapor dua tahun berturut-turut naik 8,1{NBSP}% pada 2022 (9 KUB)"
    )
    assert finding.subtitle.startswith(
        "Omzet setahun, rupiah nominal (tidak disesuaikan dengan harga), 2020–2023"
    )
    assert "2023 sementara, sampai 30 Juni 2023" in finding.subtitle
    assert finding.takeaway == (
        f"20 dari 25 KUB yang berjalan pada 2022 menyebut omzet (80{NBSP}%): seluruhnya "
        f"Rp{NBSP}1,6{NBSP}miliar, Rp{NBSP}80{NBSP}juta per KUB dan Rp{NBSP}8{NBSP}juta per anggota."
        f" Perubahan setahun sebelumnya (2021, 8 KUB): −5,0{NBSP}%."
    )
    assert "bukan ukuran pertumbuhan" in finding.caveat


@pytest.mark.parametrize(
    ("change", "words_of_it"),
    [(-0.25, "fell 25.0%"), (0.0004, "hardly changed"), (0.0006, "rose 0.1%")],
)
def test_a_change_has_its_direction_as_it_is_written(change: float, words_of_it: str) -> None:
    rows = revenue(year(2022, 9, 9, 90, change=change, matched=3))
    assert words_of_it in findings.revenue(rows, EN).title


def test_a_rising_total_without_matched_kub_is_no_growth() -> None:
    rows = revenue(year(2021, 9, 5, 10), year(2022, 9, 5, 100, matched=2))
    finding = findings.revenue(rows, EN)
    assert finding.title == f"Mean revenue of KUB: Rp{NBSP}20{NBSP}million in 2022"
    assert "rose" not in finding.takeaway


def test_withheld_silent_and_never_stated_are_three_things() -> None:
    withheld = findings.revenue(revenue(year(2022, 3, 2, None)), EN)
    assert withheld.title == "Revenue of KUB in 2022 is withheld"
    assert withheld.takeaway.endswith("could give such a figure away).")
    silent = findings.revenue(revenue(year(2021, 3, 3, 9), year(2022, 3, 0, None)), EN)
    assert silent.title == "No KUB stated its revenue in 2022"
    never = findings.revenue(revenue(year(2022, 3, 0, None)), EN)
    assert never.title == "No KUB has stated its revenue yet"
    assert "Omzet" in never.takeaway


def test_an_unfinished_year_alone_says_until_when() -> None:
    rows = revenue(year(2023, 4, 4, 40, provisional=True))
    assert findings.revenue(rows, EN).title == (
        f"Mean revenue of KUB: Rp{NBSP}10{NBSP}million in 2023 (until 30 June 2023)"
    )


def test_no_members_leave_out_what_is_per_member() -> None:
    rows = revenue(year(2022, 5, 5, 50, revenue_per_member=None))
    assert "anggota" not in findings.revenue(rows, ID).takeaway
    assert "anggota" not in findings.revenue_averages(rows, ID).takeaway


def test_median_stands_beside_mean() -> None:
    finding = findings.revenue_averages(COURSE, EN)
    assert (
        finding.title
        == f"Revenue of KUB in 2022: mean Rp{NBSP}80{NBSP}million, median Rp{NBSP}64{NBSP}million"
    )
    assert finding.takeaway.endswith(f"Mean per KUB in 2021: Rp{NBSP}50{NBSP}million.")
    few = findings.revenue_averages(revenue(year(2022, 4, 4, 8)), EN)
    assert few.title == f"Mean revenue of KUB: Rp{NBSP}2{NBSP}million in 2022"
    assert "from five KUB" in few.takeaway
    withheld = findings.revenue_averages(revenue(year(2022, 3, 2, None)), EN)
    assert withheld.title == "Revenue of KUB in 2022 is withheld"
    assert findings.revenue_averages(revenue(), EN).title == "No KUB has stated its revenue yet"


def test_assets_say_how_many_state_them() -> None:
    rows = revenue(
        year(2021, 5, 5, 1, assets_kub=2, assets_idr=None),
        year(2022, 5, 5, 1, assets_kub=4, assets_idr=8.0 * MILLION),
    )
    finding = findings.revenue_assets(rows, EN)
    assert finding.title == f"4 KUB state assets at the end of 2022: Rp{NBSP}8{NBSP}million in all"
    assert finding.takeaway == f"Rp{NBSP}2{NBSP}million on average per KUB that states assets."
    assert findings.revenue_assets(rows[:1], EN).title.endswith("the amount is withheld")
    gone = revenue(year(2021, 5, 5, 1, assets_kub=3), year(2022, 5, 0, None))
    assert findings.revenue_assets(gone, EN).title.startswith("No active KUB states assets")
    assert findings.revenue_assets(rows[:0], EN).title == "No KUB has stated its assets yet"


def test_a_sector_leads_only_among_what_is_known() -> None:
    whole = sectors(("makanan", 9, 8, 80), ("kerajinan", 9, 9, 60), ("koperasi", 2, 0, None))
    finding = places.revenue_sectors(whole, EN, FINISHED)
    assert finding.title == f"Revenue per KUB is highest in Food: Rp{NBSP}80{NBSP}million in 2022"
    assert finding.takeaway.endswith("In 1 sector no KUB states its revenue.")
    above = sectors(("makanan", 9, 8, 80), ("kerajinan", 9, 9, 60), ("lainnya", 9, 9, 300))
    assert places.revenue_sectors(above, EN, FINISHED).title.endswith("of 2 ranked sectors")
    hidden = sectors(("makanan", 9, 8, 80), ("kerajinan", 9, 9, 60), ("koperasi", 2, 2, None))
    finding = places.revenue_sectors(hidden, EN, FINISHED)
    assert finding.title.endswith("of 2 ranked sectors")
    assert "Revenue of 1 sector is withheld" in finding.takeaway


def test_level_few_and_single_sectors_name_no_leader() -> None:
    level = sectors(("makanan", 9, 9, 60), ("kerajinan", 9, 9, 60))
    assert places.revenue_sectors(level, EN, FINISHED).title == (
        "18 KUB in 2 sectors state their revenue in 2022"
    )
    few = sectors(("makanan", 9, 4, 90), ("kerajinan", 9, 9, 60))
    assert places.revenue_sectors(few, EN, FINISHED).title.startswith("13 KUB in 2 sectors")
    single = sectors(("makanan", 9, 9, 60))
    assert places.revenue_sectors(single, EN, UNFINISHED).title == (
        f"Mean revenue of KUB: Rp{NBSP}60{NBSP}million in 2023 (until 30 June 2023)"
    )
    hidden = sectors(("makanan", 2, 2, None))
    assert places.revenue_sectors(hidden, EN, FINISHED).title.endswith("the amount is withheld")
    silent = sectors(("makanan", 2, 0, None))
    assert places.revenue_sectors(silent, EN, FINISHED).title == (
        "No KUB stated its revenue in 2022"
    )


PLACES = villages(
    ("Beji", 9, 8, 90),
    ("Tulis", 8, 6, 70),
    ("Kenconorejo", 3, 3, 120),
    ("Ponowareng", 2, 2, None),
    ("Wringingintung", 4, 0, None),
    ("Sembojo", 3, 3, 0),
)


def test_the_map_sets_not_stated_apart_from_zero_and_withheld() -> None:
    finding = places.revenue_villages(PLACES, EN, FINISHED)
    assert finding.title == (
        f"Revenue per KUB is highest in Beji: Rp{NBSP}90{NBSP}million in 2022, of 2 ranked villages"
    )
    assert finding.takeaway == (
        "In 5 of 6 villages there are KUB that state their revenue in 2022."
        " In 1 village the revenue stated is Rp 0."
        " In 1 village no KUB states its revenue: that is not zero."
        " Revenue of 1 village is withheld (it rests on 1–2 KUB, or could give such a figure away)."
    )
    states = [places.state(row, "revenue_per_kub") for row in PLACES.to_dict("records")]
    assert states == ["value"] * 3 + ["suppressed", "not_stated", "zero"]
    members = PLACES[:1].assign(revenue_per_member=float("nan")).to_dict("records")
    assert places.state(members[0], "revenue_per_member") == "no_members"


def test_without_a_leader_the_map_says_where_revenue_is_stated() -> None:
    few = places.revenue_villages(PLACES[2:], EN, FINISHED)
    assert few.title == ("In 3 of 4 villages there are KUB that state their revenue in 2022")
    silent = places.revenue_villages(PLACES[4:5], EN, FINISHED)
    assert silent.title == "No KUB stated its revenue in 2022"
    alone = places.revenue_villages(PLACES[:1], EN, FINISHED, "revenue_idr")
    assert alone.title == f"Beji: revenue of KUB Rp{NBSP}720{NBSP}million in 2022"
    chosen = Filters(villages=("33.25.10.2001",))
    here = places.revenue_villages(PLACES[:1], EN, FINISHED, "revenue_per_member", chosen)
    assert here.title == f"Revenue of KUB: Rp{NBSP}9{NBSP}million per member in 2022"


def test_the_ranking_says_how_far_villages_are_apart() -> None:
    finding = places.revenue_ranking(PLACES, EN, FINISHED)
    assert finding.title == (
        f"Revenue per KUB in 4 villages: from Rp{NBSP}0 to Rp{NBSP}120{NBSP}million in 2022"
    )
    assert finding.takeaway == (
        f"First in 2022: Beji (Rp{NBSP}90{NBSP}million)."
        f" The median in 2022 is Rp{NBSP}80{NBSP}million."
    )
    assert places.revenue_places(
        places.ranked_villages(PLACES, "revenue_per_kub"), "revenue_per_kub"
    ) == [
        None,
        1,
        2,
        None,
    ]
    many = villages(*((f"Desa {n}", 6, 6, 20 + n) for n in range(17)))
    long = places.revenue_ranking(many, EN, FINISHED)
    assert long.takeaway.startswith(f"First in 2022: Desa 16 (Rp{NBSP}36{NBSP}million), Desa 15")
    assert long.takeaway.endswith("2 other villages are not drawn.")
    assert places.revenue_ranking(PLACES[3:5], EN, FINISHED).title == "There is no revenue to rank"
    assert places.revenue_ranking(PLACES[:1], EN, FINISHED).title.startswith("Beji: mean revenue")


def test_the_work_list_counts_what_never_was_stated() -> None:
    rows = missing(("Melati", "Tulis", 2020), ("Mawar", "Tulis", None), ("Anggrek", "Subah", 2021))
    finding = places.revenue_missing(rows, EN, FINISHED)
    assert finding.title == "3 KUB do not state their revenue in 2022"
    assert finding.takeaway == (
        "Most in 2022: Tulis (2) and Subah (1). 1 of them has never stated it."
    )
    assert places.revenue_missing(rows[:0], EN, FINISHED).title == (
        "All KUB state their revenue in 2022"
    )
    assert places.revenue_missing(rows[:1], EN, FINISHED).takeaway == ""


def test_the_strip_is_of_the_year_of_the_title() -> None:
    assert [(n.label, n.value, n.tone) for n in numbers(COURSE, ID)] == [
        ("Omzet KUB yang sama", f"+8,1{NBSP}%", "up"),
        ("Omzet per KUB", f"Rp{NBSP}80{NBSP}juta", ""),
        ("Omzet per anggota", f"Rp{NBSP}8{NBSP}juta", ""),
        ("Menyebut omzet", f"80{NBSP}%", ""),
    ]
    assert numbers(COURSE[:1], ID) == []
    shown = per_kub(COURSE, ID)
    assert shown and shown.note == "20 dari 25 KUB pada 2022"
    assert per_kub(COURSE[:1], ID) is None


def test_the_strip_says_what_is_withheld_and_what_is_unknown() -> None:
    hidden = numbers(revenue(year(2022, 3, 2, None)), ID)
    assert [n.value for n in hidden] == [
        "–",
        "disembunyikan",
        "disembunyikan",
        f"67{NBSP}%",
    ]
    silent = numbers(revenue(year(2021, 3, 3, 9), year(2022, 3, 0, None)), ID)
    assert [n.value for n in silent] == ["–", "–", "–", f"0{NBSP}%"]
    unknown = numbers(revenue(year(2022, 3, 3, 9, revenue_per_member=None)), ID)
    assert unknown[2].note == "anggotanya tidak tercatat atau disembunyikan"


def test_filters_narrow_the_nouns() -> None:
    narrowed = replace(ID, nouns=ID.nouns | {"groups": "KUB kerajinan"})
    assert findings.revenue(COURSE, narrowed).title.startswith("Omzet KUB kerajinan yang melapor")
