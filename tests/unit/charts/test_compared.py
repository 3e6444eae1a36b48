"""Programmes at the same age: lines named at their ends, and findings that say all they rest on."""

from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from kub import words
from kub.charts import compared as compared_module
from kub.charts.ends import LINE, PHONE, TALL, Course, apart, room
from kub.findings import compared as findings
from kub.look import DARK, LIGHT
from tests.support.figures import Figures

charts = Figures(compared_module)

ID, EN = words.of("id"), words.of("en")


def years(name: str, kub: list[float], first: int = 2015, **more: Any) -> pd.DataFrame:
    """A programme of 100,000 residents and 10 villages, whose groups have ten members."""
    listed = range(first, first + len(kub))
    frame = pd.DataFrame({"year": list(listed), "age": range(1, len(kub) + 1), "kub": kub})
    frame["members"] = frame["kub"] * 10
    frame["kub_per_10k"], frame["members_per_1k"] = frame["kub"] / 10, frame["members"] / 100
    frame["kub_per_village"], frame["members_per_village"] = (
        frame["kub"] / 10,
        frame["members"] / 10,
    )
    frame["as_of"] = [pd.Timestamp(year, 12, 31) for year in listed]
    plain: dict[str, Any] = {
        "programme": name,
        "regency": f"Kota {name}",
        "provisional": False,
        "is_sample": False,
        "declared": False,
    }
    return frame.assign(**(plain | more))


def guest(kub: list[float], ages: list[int], first: int = 2015, **more: Any) -> pd.DataFrame:
    frame = years("guest-1", kub, declared=True, regency="Kota Tamu", **more)
    moments = [first + age - 1 for age in ages]
    return frame.assign(
        age=ages, year=moments, as_of=[pd.Timestamp(year, 12, 31) for year in moments]
    )


OWN = years("A", [10, 20, 30])
OTHERS = [
    years("B", [20, 40], 2010),
    years("C", [5, 30, 60, 80], 2012, is_sample=True),
    years("D", [30, 10], 2010),
]


def joined(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


def test_own_is_set_beside_the_only_other_that_has_come_as_far() -> None:
    finding = findings.programme_years(joined(*OTHERS, OWN), EN, own="A")
    assert (
        finding.title
        == "Kota A had 3.0 KUB per 10,000 residents in programme year 3; Kota C had 6.0"
    )
    assert finding.takeaway.startswith(
        "Latest figure of Kota A: 3.0 in programme year 3 (31 December 2017)."
    )
    assert finding.takeaway.endswith("Other programmes range from 1.0 to 8.0.")
    assert finding.caveat == "The comparison is with sample data."
    assert finding.subtitle == "Unit: KUB per 10,000 residents, by age of the programme"


def test_where_several_have_come_as_far_their_median_is_told() -> None:
    frame = joined(years("A", [10, 20]), *OTHERS)
    finding = findings.programme_years(frame, ID, own="A", measure="members", per="count")
    assert (
        finding.title
        == "Kota A memiliki 200 anggota pada tahun program ke-2; median 3 program lain 300"
    )
    assert finding.caveat == "Median bertumpu pada data contoh."
    real = findings.programme_years(frame.assign(is_sample=False), ID, own="A")
    assert "contoh" not in real.takeaway


def test_by_calendar_the_last_common_year_counts() -> None:
    frame = joined(OWN, years("B", [50, 60], 2015))
    finding = findings.programme_years(frame, EN, own="A", per="villages", axis="calendar")
    assert finding.title == "Kota A had 2.00 KUB per village in 2016; Kota B had 6.00"
    assert finding.takeaway == "Latest figure of Kota A: 3.00 (31 December 2017). Kota B: 6.00."


def test_a_guest_is_set_beside_the_own_programme_at_the_same_age() -> None:
    frame = joined(OWN, *OTHERS, guest([12, 25], [2, 5]))
    finding = findings.programme_years(frame, EN, own="A")
    assert (
        finding.title
        == "Kota Tamu had 1.2 KUB per 10,000 residents in programme year 2; Kota A had 2.0"
    )
    assert "The median of 3 other programmes was then 3.0." in finding.takeaway
    assert (
        finding.caveat
        == "The figures of Kota Tamu are self-declared. The median rests on sample data."
    )
    one = findings.programme_years(joined(OWN, OTHERS[0], guest([12], [2])), EN, own="A")
    assert "Kota B then had 4.0." in one.takeaway
    assert "sample" not in one.takeaway


def test_a_guest_older_than_the_own_programme_has_nothing_beside_it() -> None:
    finding = findings.programme_years(joined(OWN, guest([25], [9])), EN, own="A")
    assert finding.title.endswith(
        "in programme year 9; there is nothing to compare with at the same point yet"
    )
    assert finding.takeaway.endswith("")


def test_a_guest_without_a_value_is_left_out_and_an_own_programme_without_one_says_nothing_of_itself() -> (
    None
):
    unknown = guest([float("nan")], [2])
    assert findings.programme_years(joined(OWN, unknown), EN, own="A").title.startswith(
        "Kota A had"
    )
    silent = findings.programme_years(
        joined(OWN.assign(kub_per_10k=None), guest([12], [2])), EN, own="A"
    )
    assert silent.takeaway == ""


def test_a_programme_alone_says_how_to_compare() -> None:
    finding = findings.programme_years(years("A", [10]), ID, own="A", per="count")
    assert finding.title == "Kota A memiliki 10 KUB aktif pada tahun program ke-1"
    assert finding.takeaway.endswith(
        "Muat buku kerja program lain, atau isi angka daerah Anda, untuk membandingkan."
    )


def test_without_figures_or_kub_the_title_says_so() -> None:
    nobody = findings.programme_years(joined(OWN.assign(kub_per_10k=None), *OTHERS), ID, own="A")
    assert nobody.title == "KUB per 10.000 penduduk Kota A belum dapat dihitung"
    assert (
        findings.programme_years(years("A", [0, 0]), EN, own="A").title
        == "No active KUB in Kota A in this selection yet"
    )
    assert findings.programme_years(OWN[:0], EN).title == "No figures for this selection"


def test_an_unfinished_year_is_dashed_and_the_subtitle_says_so() -> None:
    own = OWN.assign(provisional=[False, False, True])
    figure = charts.programme_years(joined(own, *OTHERS), EN, "light", own="A")
    *_, line, dashed, dot, unseen = figure["data"]
    assert (dashed["x"], dashed["line"]["dash"]) == ([2, 3], "dot")
    assert line["line"] == {"color": LIGHT.accent, "width": 4}
    assert dot["marker"]["symbol"] == "circle-open"
    assert (
        unseen["hovertext"][-1]
        == "Kota A, programme year 3, 31 December 2017<br>3.0 KUB per 10,000 residents"
    )
    assert findings.programme_years(own, EN, own="A").subtitle.endswith("dotted: year not finished")


def test_each_line_is_named_at_its_end_on_a_phone_only_own_and_guests() -> None:
    frame = joined(OWN, *OTHERS, guest([12], [2]))
    layout = charts.programme_years(frame, ID, "dark", own="A")["layout"]
    texts = [note["text"] for note in layout["annotations"]]
    marked = ["<b>Kota A 3,0</b>", "<b>Kota Tamu 1,2</b><br>angka sendiri"]
    assert texts == [*marked, "Kota C (contoh) 8,0", "Kota B 4,0", "Kota D 1,0"]
    assert [note["text"] for note in layout["meta"]["narrow"]["annotations"]] == marked
    colors = [note["font"]["color"] for note in layout["annotations"]]
    assert colors == [DARK.accent, DARK.guest, *[DARK.muted] * 3]


def test_a_guest_with_one_figure_is_a_dot_that_says_whose_it_is() -> None:
    data = charts.programme_years(joined(OWN, guest([12], [2])), EN, "light", own="A")["data"]
    [dot] = [t for t in data if t["mode"] == "markers" and t["marker"].get("color") == LIGHT.guest]
    assert (dot["x"], dot["y"]) == ([2], [1.2])
    assert any("Kota Tamu (self-declared)" in text for t in data for text in t.get("hovertext", []))


def test_names_carry_no_markup() -> None:
    frame = OWN.assign(regency="<i>A")
    figure = charts.programme_years(frame, EN, "light", own="A")
    assert figure["layout"]["annotations"][0]["text"] == "<b>&lt;i&gt;A 3.0</b>"
    assert figure["data"][-1]["hovertext"][0].startswith("&lt;i&gt;A,")


def test_programme_years_are_whole_and_on_a_phone_fewer_are_named() -> None:
    layout = charts.programme_years(years("A", [n + 1 for n in range(21)]), EN, "light", own="A")[
        "layout"
    ]
    assert layout["xaxis"]["tickvals"] == list(range(1, 22, 2))
    assert layout["meta"]["narrow"]["xaxis"]["tickvals"] == [1, 5, 10, 15, 20]
    assert layout["yaxis"]["range"][0] == 0


def test_by_calendar_points_stand_at_their_dates() -> None:
    late = OWN.assign(
        as_of=[*OWN["as_of"][:2], pd.Timestamp(2017, 6, 30)], provisional=[False, False, True]
    )
    frame = joined(late, years("B", [1, 2, 3], 2015))
    figure = charts.programme_years(frame, EN, "light", own="A", axis="calendar", per="count")
    assert figure["data"][-1]["x"] == ["2015-12-31", "2016-12-31", "2017-06-30"]
    assert figure["layout"]["xaxis"]["ticktext"] == ["2015", "2016", "2017"]
    assert figure["layout"]["yaxis"]["tickformat"] == ",d"


@pytest.mark.parametrize("frame", [years("A", [0, 0]), OWN.assign(kub_per_10k=None)])
def test_without_any_kub_or_figure_no_lines_are_drawn(frame: pd.DataFrame) -> None:
    assert charts.programme_years(frame, EN, "light", own="A")["data"] == []


def course(x: float, y: float, text: str = "Kabupaten Panjang 2,5", size: int = 1) -> Course:
    return Course([0, x], [0, y], (x, y), [text] * size, "#111111", "#222222", False)


def span(note: dict[str, Any]) -> float:
    return float(note["ay"] if note["showarrow"] else -note["yshift"])


def test_labels_are_pushed_apart_with_a_line_to_those_far_away() -> None:
    every = [course(1, 0.5 + n / 1000) for n in range(8)]
    notes = apart(every, every, 640, room(every), LIGHT)
    middles = [
        (1 - each.y[-1]) * TALL + span(note) for each, note in zip(every, notes, strict=True)
    ]
    assert all(abs(a - b) >= LINE for a, b in combinations(middles, 2))
    assert {note["showarrow"] for note in notes} == {True, False}


def test_a_label_without_room_at_the_right_stands_clear_of_its_own_dot_and_inside_the_plot() -> (
    None
):
    end = course(1, 0.98, size=2)
    [note] = apart([end], [end], PHONE, 16, LIGHT)
    assert note["xshift"] + end.width <= 16
    assert span(note) >= LINE + 10


def test_a_label_stands_behind_a_dot_close_by() -> None:
    near, close = course(0.5, 0.5), course(0.52, 0.5)
    [note] = apart([near], [near, close], 640, 100, LIGHT)
    assert note["xshift"] == pytest.approx(12 + 0.02 * 540)


def test_where_labels_fill_the_height_the_last_ones_overlap_rather_than_vanish() -> None:
    every = [course(1, 0.5) for _ in range(60)]
    assert len(apart(every, every, 640, 170, LIGHT)) == 60
