"""Tolok Ukur draws exactly its frames, and says who stands
where, how surely, and on whose figures.
"""

from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.charts import benchmark as benchmark_module
from kub.charts import funnel as funnel_module
from kub.findings import benchmark as findings
from kub.look import DARK, LIGHT
from queries.statistics import poisson_high, poisson_low
from tests.support.comparisons import FIVE, INDICATORS, WITH_GUEST, compared, guest, rate, rated
from tests.support.figures import Figures

charts = Figures(benchmark_module, funnel_module)

ID, EN, NAN = words.of("id"), words.of("en"), float("nan")
ROWS = len(INDICATORS)


def notes(figure: dict[str, Any], narrow: bool = False) -> list[str]:
    layout = figure["layout"]["meta"]["narrow"] if narrow else figure["layout"]
    return [note["text"].replace("<b>", "").replace("</b>", "") for note in layout["annotations"]]


def by_color(figure: dict[str, Any], color: str) -> dict[str, Any]:
    [trace] = [
        t for t in figure["data"] if t["mode"] == "markers" and t["marker"]["color"] == color
    ]
    return trace


def test_a_row_per_indicator_has_all_dots_on_a_scale_of_its_own() -> None:
    frame = compared()
    figure = charts.benchmark(frame, ID, "light", own="own")
    go.Figure(figure)
    others, own = by_color(figure, LIGHT.context), by_color(figure, LIGHT.accent)
    assert others["x"][:3] == pytest.approx([0, 1 / 3, 1])
    assert own["x"] == pytest.approx([2 / 3] * ROWS)
    assert own["y"] == list(range(ROWS))
    assert len(others["x"]) == 3 * ROWS
    assert "error_x" not in others
    assert figure["layout"]["yaxis"]["ticktext"][3] == "KUB per 10.000 penduduk"
    assert notes(figure)[:4] == ["3", "3", "3,0", "3,0"]
    assert charts.height(frame) == ROWS * charts.ROW + charts.HEAD
    assert "Kabupaten &lt;A&gt; · KUB: 1" in others["hovertext"]


def test_the_key_names_host_guest_and_others_without_colour_alone() -> None:
    figure = charts.benchmark(guest(compared()), EN, "dark", own="own")
    assert all(
        part in notes(figure)[-1]
        for part in ("● Kabupaten Batang", "○ Kota Tamu", "• other programmes")
    )
    assert by_color(figure, DARK.guest)["marker"]["symbol"] == "circle-open"
    assert notes(figure)[0] == "4 ≠"  # the guest's value, marked
    assert EN("cell.because.aided") in by_color(figure, DARK.guest)["hovertext"][0]
    narrow = notes(figure, narrow=True)
    assert narrow[-1].count("<br>") == 2
    assert narrow[ROWS : 2 * ROWS] == [EN(f"cell.indicator.{name}") for name in INDICATORS]


def test_intervals_of_host_and_guest_stay_within_their_row() -> None:
    frame = guest(compared(low=0.6, high=9.0), low=0.1, high=4.0)
    figure = charts.benchmark(frame, ID, "light", own="own")
    for color in (LIGHT.accent, LIGHT.guest):
        trace = by_color(figure, color)
        assert (
            min(x - e for x, e in zip(trace["x"], trace["error_x"]["arrayminus"], strict=True))
            >= -1e-9
        )
        assert (
            max(x + e for x, e in zip(trace["x"], trace["error_x"]["array"], strict=True))
            <= 1 + 1e-9
        )
    assert "(selang 95 %: 1–9)" in by_color(figure, LIGHT.accent)["hovertext"][0]


def test_equal_values_lie_in_the_middle_and_missing_ones_nowhere() -> None:
    frame = compared()
    frame["value"] = 2.0
    frame.loc[frame["indicator"] == "gini", ["value", "definition"]] = [NAN, "no"]
    figure = charts.benchmark(frame, ID, "light", own="own")
    assert set(by_color(figure, LIGHT.accent)["x"]) == {0.5}
    assert len(by_color(figure, LIGHT.accent)["x"]) == ROWS - 1
    assert notes(figure)[10] == "–"
    assert "≠" not in findings.benchmark(frame, ID, own="own").subtitle


def test_a_programme_alone_is_told_what_to_load() -> None:
    for frame in (compared(()), rated(rate("own", 20, 1000))):
        name = "benchmark" if "indicator" in frame else "rates_funnel"
        measure = {} if name == "benchmark" else {"measure": "kub"}
        assert getattr(charts, name)(frame, ID, "light", own="own", **measure)["data"] == []
        found = getattr(findings, name)(frame, ID, own="own")
        assert (
            found.title
            == "Baru Kabupaten Batang yang dimuat; belum ada program lain untuk dibandingkan"
        )
        assert found.takeaway.startswith("Muat buku kerja program lain")
    alone = findings.rates(rated(rate("own", 20, 1000)), ID, own="own")
    assert alone.title == "Kabupaten Batang memiliki 200,0 KUB per 10.000 penduduk"
    assert alone.takeaway.endswith(ID("benchmark.alone_todo"))


def test_the_host_is_told_against_the_median_of_the_others() -> None:
    found = findings.benchmark(compared(), ID, own="own")
    assert (
        found.title
        == "Kabupaten Batang lebih baik daripada median 3 program lain pada 7 dari 7 indikator"
    )
    assert "contoh" not in found.takeaway + found.caveat
    frame = compared(is_sample=True)
    frame.loc[frame["indicator"] != "kub", "value"] = 1.0
    frame.loc[frame["indicator"] == "gini", "value"] = NAN
    frame.loc[frame["indicator"] == "kub", ["definition", "because"]] = [
        "partly",
        "population_year",
    ]
    found = findings.benchmark(frame, EN, own="own")
    assert (
        found.title
        == "Kabupaten Batang is better than the median of 3 other programmes on 0 of 7 indicators"
    )
    assert "Better on" not in found.takeaway  # the larger number of KUB is no better
    assert found.caveat.startswith("On 1 of the indicators")
    assert EN("cell.because.population_year") in found.caveat
    assert found.caveat.endswith("rest on sample data.")
    assert found.subtitle.endswith("≈ partly the same definition")
    one = findings.benchmark(compared(("b",)), ID, own="own")  # its name instead of a median of one
    assert one.title == "Kabupaten Batang lebih baik daripada Kota B pada 7 dari 7 indikator"
    frame["value"] = NAN
    assert findings.benchmark(frame, ID, own="own").title == ID(
        "benchmark.incomparable", regency="Kabupaten Batang"
    )


def test_a_guest_is_set_beside_the_host_even_without_other_programmes() -> None:
    found = findings.benchmark(guest(compared()), ID, own="own")
    assert found.title == "Kota Tamu lebih baik daripada Kabupaten Batang pada 7 dari 7 indikator"
    assert (
        "Kabupaten Batang lebih baik daripada median 3 program lain pada 7 dari 7" in found.takeaway
    )
    assert ID("cell.because.aided") in found.caveat
    assert "angka di kanan: Kota Tamu · ≠ definisi lain" in found.subtitle
    pair = guest(compared(()), because="something new")
    assert "median" not in findings.benchmark(pair, ID, own="own").takeaway
    assert "something new" in findings.benchmark(pair, ID, own="own").caveat
    assert len(charts.benchmark(pair, ID, "light", own="own")["data"]) == 2


def test_rates_are_sorted_and_say_value_year_and_sample() -> None:
    figure = charts.rates(FIVE, ID, "light", own="own")
    go.Figure(figure)
    names = figure["layout"]["yaxis"]["ticktext"]
    # this name says already that it is a sample
    assert names[:2] == ["Kabupaten &lt;A&gt;", "Kabupaten Contoh C"]
    assert "<b>" in names[2] and "Kabupaten Batang (contoh)" in names[2]
    # What is the same of all stands in the subtitle, once.
    assert notes(figure)[:3] == ["4,2", "2,6", "2,5"]
    assert "· penduduk 2022" in findings.rates(FIVE, ID, own="own").subtitle
    assert notes(figure, narrow=True)[2] == "2,5"
    assert notes(figure, narrow=True)[7] == "Kabupaten Batang (contoh)"
    assert charts.height(FIVE) == 5 * charts.ROW + charts.FOOT
    villages = charts.rates(FIVE, ID, "light", own="own", per="villages")
    assert notes(villages)[0] == "20,00 · 10 desa"


def test_another_year_of_residents_is_written_at_its_rate() -> None:
    frame = FIVE.copy()
    mine = (frame["programme"] == "own") & (frame["per"] == "residents")
    frame.loc[mine, "exposure_year"] = 2020
    figure = charts.rates(frame, ID, "light", own="own")
    assert notes(figure)[:3] == ["4,2", "2,6", "2,5 · penduduk 2020"]
    assert notes(figure, narrow=True)[7] == "Kabupaten Batang (contoh) · penduduk 2020"
    said = findings.rates(frame, ID, own="own").subtitle
    assert "· penduduk 2022 kecuali disebut lain" in said
    assert "penduduk 20" not in findings.rates(frame, ID, own="own", per="villages").subtitle


def test_values_of_an_axis_have_as_many_decimals() -> None:
    figure = charts.rates(FIVE, ID, "light", own="own")
    texts = figure["layout"]["xaxis"]["ticktext"]
    assert len({len(text.partition(",")[2]) for text in texts}) == 1 and texts[0].startswith("0")
    funnel = charts.rates_funnel(FIVE, EN, "light", measure="kub", own="own")
    assert len({len(t.partition(".")[2]) for t in funnel["layout"]["yaxis"]["ticktext"]}) == 1


def test_counts_have_no_divisor_no_interval_and_no_funnel() -> None:
    figure = charts.rates(FIVE, EN, "dark", own="own", per="count")
    assert notes(figure)[0] == "200"
    assert by_color(figure, DARK.accent)["error_x"]["array"] == [0]
    assert "95" not in findings.rates(FIVE, EN, own="own", per="count").subtitle
    assert (
        charts.rates_funnel(FIVE, ID, "light", measure="kub", own="own", per="count")["data"] == []
    )
    assert findings.rates_funnel(FIVE, ID, own="own", per="count").takeaway == ID(
        "funnel.count_todo"
    )


def test_a_guest_among_the_rates_is_a_marked_ring_and_missing_values_come_last() -> None:
    figure = charts.rates(WITH_GUEST, ID, "light", own="own")
    assert by_color(figure, LIGHT.guest)["marker"]["symbol"] == "circle-open"
    assert notes(figure) == ["4,2", "2,5", "0,9 ≠", "–", "–"]
    found = findings.rates(WITH_GUEST, ID, own="own")
    assert found.title == "Kota Tamu 0,9, Kabupaten Batang 2,5 KUB per 10.000 penduduk"
    assert found.subtitle.endswith("≠ definisi lain")
    # One list for all: nobody is third of three beside a second of two.
    assert "peringkat 3 dari 3" in found.takeaway and "peringkat 2 dari 3" in found.takeaway
    assert f"Definisi angka Kota Tamu berbeda: {ID('cell.because.aided')}." in found.caveat


@pytest.mark.parametrize("n", [0, None])
def test_nothing_to_rate_is_said_calmly(n: int | None) -> None:
    frame = rated(rate("own", n, 1000), rate("a", n, 2000))
    assert charts.rates(frame, ID, "light", own="own")["data"] == []
    assert charts.rates_funnel(frame, ID, "light", measure="kub", own="own")["data"] == []
    assert (
        findings.rates_funnel(frame, EN, own="own").title
        == "There are no KUB per 10,000 residents in this selection yet"
    )


def test_a_rank_is_said_with_what_the_intervals_leave_open() -> None:
    found = findings.rates(FIVE, ID, own="own")
    told = "Kabupaten Batang memiliki 2,5 KUB per 10.000 penduduk, peringkat 3 dari 5 (rentang 2–5)"
    assert found.title == told
    assert "Tertinggi Kabupaten <A> (4,2), terendah Kota B (1,8)." in found.takeaway
    assert found.caveat == ID("rates.sample")
    equal = findings.rates(rated(rate("own", 40, 10_000), rate("a", 40, 10_000)), ID, own="own")
    assert "Tertinggi" not in equal.takeaway
    assert (
        findings.rates(FIVE, EN, own="own", per="count").title
        == "Kabupaten Batang has 200 active KUB, rank 1 of 5"
    )


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (
            rate("own", 4, 10_000),
            (
                "Kabupaten Batang memiliki 4,0 KUB per 10.000 penduduk, tanpa peringkat karena "
                "hitungannya di bawah 5"
            ),
        ),
        (rate("own", 9, None), "KUB per 10.000 penduduk Kabupaten Batang belum dapat dihitung"),
    ],
)
def test_no_rank_below_five_and_no_rate_without_residents(
    own: list[dict[str, Any]], says: str
) -> None:
    found = findings.rates(rated(own, rate("a", 40, 100_000)), ID, own="own")
    assert found.title == says


@given(st.integers(0, 400), st.floats(0.5, 400))
def test_a_count_lies_outside_the_limits_exactly_where_its_interval_misses_the_expected(
    n: int, expected: float
) -> None:
    low, high = findings.limits(expected, 0.025)
    if min(abs(n - low), abs(n - high)) > 1e-6:
        assert (n < low or n > high) == (poisson_low(n) > expected or poisson_high(n) < expected)


def test_the_funnel_draws_its_limits_and_names_who_lies_outside() -> None:
    figure = charts.rates_funnel(FIVE, ID, "light", measure="kub", own="own")
    go.Figure(figure)
    overall, low, high, lower, higher = (trace["y"] for trace in figure["data"][:5])
    assert overall[0] == pytest.approx(610 / 2_360_000 * 10_000)
    assert all(
        e < b < o < t < h for e, b, o, t, h in zip(lower, low, overall, high, higher, strict=True)
    )
    # The own one, those outside, and the others, which have room here.
    names = notes(figure)[3:]
    assert names[0] == "Kab. Batang (contoh)"
    assert set(names[1:3]) == {"Kab. &lt;A&gt;", "Kota B (contoh)"}
    assert len(names) == len(FIVE.query("per == 'residents'"))
    top, ends = figure["layout"]["yaxis"]["range"][1], figure["layout"]["annotations"][:3]
    heights = [charts.PLOT * note["y"] / top + note["yshift"] for note in ends]
    assert heights[0] - heights[1] >= charts.LINE - 1e-9 <= heights[1] - heights[2]
    assert notes(figure)[:3] == [
        "batas 99,8\N{NO-BREAK SPACE}%",
        "batas 95\N{NO-BREAK SPACE}%",
        "rata-rata 2,6",
    ]
    found = findings.rates_funnel(FIVE, ID, own="own")
    assert found.title == "Kabupaten Batang (2,5) di dalam batas 95 %"
    assert ID("funnel.outside", names="Kabupaten <A> dan Kota B") in found.takeaway
    assert found.caveat == ID("funnel.sample")


def test_a_guest_in_the_funnel_counts_for_no_limit_and_is_marked() -> None:
    figure = charts.rates_funnel(WITH_GUEST, ID, "light", measure="kub", own="own")
    assert figure["data"][0]["y"][0] == pytest.approx(350 / 1_160_000 * 10_000)
    assert "Kota Tamu ≠" in notes(figure)
    said = "Kota Tamu (0.9) lies below the 99.8% limits; Kabupaten Batang (2.5)"
    assert findings.rates_funnel(WITH_GUEST, EN, own="own").title.startswith(said)


@pytest.mark.parametrize(
    ("n", "where"),
    [
        (30, "far_below"),
        (80, "below"),
        (100, "within"),
        (122, "above"),
        (140, "far_above"),
    ],
)
def test_each_place_around_the_overall_rate_has_its_words(n: int, where: str) -> None:
    assert findings.position({"n": n, "exposure": 100}, 1.0) == where
    assert all(w.has(f"funnel.{where}") for w in (ID, EN))


def test_all_within_the_limits_may_be_chance_and_a_host_without_residents_is_told_so() -> None:
    frame = rated(rate("own", 9, None), rate("a", 40, 100_000), rate("b", 41, 100_000))
    found = findings.rates_funnel(frame, ID, own="own")
    assert found.title == "KUB per 10.000 penduduk Kabupaten Batang belum dapat dihitung"
    assert ID("funnel.inside") in found.takeaway
    figure = charts.rates_funnel(frame, ID, "light", measure="members", own="own", per="villages")
    assert figure["data"][0]["y"][0] == pytest.approx(3.0)
