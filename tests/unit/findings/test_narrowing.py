"""What filters leave of the records is named in every sentence, once, and only where it narrows."""

from typing import get_args

import pytest

from kub import words
from kub.answers.answer import answer
from kub.answers.scope import narrowing
from kub.findings import Finding
from kub.findings.judgement import directions, is_better
from kub.findings.narrowing import Narrowing
from kub.store.data import Data
from kub.store.database import current
from kub.words.trades import trade
from queries.filters import SECTORS, Filters, Measure

ID, EN = words.of("id"), words.of("en")
TULIS = Narrowing(place="Kecamatan Tulis", groups="KUB kerajinan", years="sampai 2020")


def test_what_a_sentence_leaves_unsaid_stands_before_it() -> None:
    found = TULIS.applied(
        Finding("5 desa memiliki KUB kerajinan", "", "turun dari 6 pada 2017.", "sebagian sama.")
    )
    assert found.title == "Kecamatan Tulis, sampai 2020: 5 desa memiliki KUB kerajinan"
    assert found.takeaway == "Kecamatan Tulis, KUB kerajinan, sampai 2020: Turun dari 6 pada 2017."
    assert found.caveat == "Sebagian sama."
    same = TULIS.applied(Finding("5 KUB kerajinan", "", "5 KUB kerajinan. Pada 2020 begitu."))
    assert same.takeaway.startswith(same.title)
    alone = TULIS.applied(Finding("5 KUB kerajinan pada 2020", "", "", "sebagian sama."))
    assert (alone.title, alone.takeaway) == ("Kecamatan Tulis: 5 KUB kerajinan pada 2020", "")
    assert alone.caveat == "Kecamatan Tulis, KUB kerajinan, sampai 2020: Sebagian sama."
    assert Narrowing().applied(Finding("Judul", "", "Inti.")) == Finding("Judul", "", "Inti.")


@pytest.mark.usefixtures("sample_data")
def test_the_noun_takes_the_sectors() -> None:
    data = Data.open(current())
    crafts = Filters(
        programme=data.default.programme_id, districts=("33.25.10",), sectors=("kerajinan",)
    )
    title = answer(data, "villages", crafts, ID).title
    assert (
        title.startswith("Kecamatan Tulis: KUB kerajinan aktif ada di ")
        and " dari 17 desa" in title
    )
    assert answer(data, "villages", crafts, EN).title.startswith(
        "Tulis District: Active crafts KUB are in "
    )
    two = narrowing(data, Filters(sectors=("laundry", "makanan")), ID)
    assert two.groups == "KUB makanan dan laundry"
    assert narrowing(data, Filters(sectors=SECTORS), ID).groups == ""
    target = answer(data, "coverage", Filters(denominator="target"), EN).title
    assert target == "Active KUB in all 14 target villages"
    assert "sasaran" not in answer(data, "growth", Filters(denominator="target"), ID).title


@pytest.mark.usefixtures("sample_data")
def test_a_filter_is_no_finding() -> None:
    data = Data.open(current())
    for measure in get_args(Measure):
        crafts = Filters(sectors=("kerajinan",), measure=measure)
        assert "kerajinan" in answer(data, "sectors", crafts, ID).title
        assert "Semua" not in answer(data, "sectors", crafts, ID).title
    district = answer(data, "district_growth", Filters(districts=("33.25.10",)), ID).title
    assert district.startswith("Kecamatan Tulis: ") and district.count("Tulis") == 1


@pytest.mark.usefixtures("sample_data")
def test_every_indicator_has_a_direction_or_none_for_a_reason() -> None:
    indicators = set(Data.open(current()).ask("benchmark", Filters())["indicator"])
    assert indicators == set(directions()) and set(directions().values()) <= {"more", "less", ""}
    assert is_better("coverage", 0.2, 0.1) and not is_better("coverage", 0.1, 0.2)
    assert (
        not is_better("kub", 2, 1)
        and not is_better("gini", 0.97, 0.5)
        and not is_better("gini", 0.5, 0.97)
    )


def test_trades_and_regencies_are_named_in_the_language() -> None:
    assert [trade(" Katering ", w) for w in (ID, EN)] == [" Katering ", "catering"]
    assert trade("usaha baru", EN) == "usaha baru"
    names = ["Kabupaten Batang", "Kota Cilegon", "DKI Jakarta", "Kota"]
    assert [EN.regency(name) for name in names] == [
        "Batang Regency",
        "Cilegon City",
        "DKI Jakarta",
        "Kota",
    ]
    assert [ID.regency(name) for name in names] == names
