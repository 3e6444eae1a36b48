"""Figures of Ekonomi: how many state their revenue beside how much it is; no gap bridged, nothing
withheld drawn as nothing.
"""

from typing import Any

from kub import words
from kub.charts import averages, economy_places, economy_sectors
from kub.charts import economy as economy_module
from kub.charts.chart_data import Chart
from kub.look import DARK, LIGHT, SECTORS, area
from tests.support.courses import narrow, points, texts
from tests.support.economy import MILLION, revenue, sectors, villages, year

ID, EN = words.of("id"), words.of("en")
NBSP = "\N{NO-BREAK SPACE}"
COURSE = revenue(
    year(2019, 4, 0, None),
    year(2020, 10, 2, None),
    year(2021, 20, 10, 500, change=-0.05, matched=8),
    year(2022, 25, 20, 1600, change=0.0812, matched=9),
    year(2023, 25, 12, 300, provisional=True, matched=7),
)


def drawn(rows: Any = COURSE, lang: str = "id") -> Chart:
    return economy_module.revenue(rows, words.of(lang), "light")


def bars(figure: dict[str, Any], axis: str | None = None) -> dict[str, float]:
    return {
        key: value
        for trace in figure["data"]
        if trace.get("yaxis") == axis and trace["hoverinfo"] == "text"
        for key, value in zip(trace["x"], trace["y"], strict=True)
    }


def test_columns_stand_in_order_and_withheld_ones_are_left_out() -> None:
    figure = drawn().figure
    assert bars(figure) == {"2021": 500 * MILLION, "2022": 1600 * MILLION, "2023": 300 * MILLION}
    assert figure["layout"]["xaxis"]["categoryarray"] == ["2020", "2021", "2022", "2023"]
    assert bars(figure, "y2") == {"2020": 0.2, "2021": 0.5, "2022": 0.8, "2023": 0.48}


def test_the_year_of_the_title_is_in_the_accent_and_the_unfinished_one_hatched() -> None:
    own, others = drawn().figure["data"][:2]
    assert own["x"] == ["2022"] and own["marker"]["color"] == LIGHT.accent
    assert others["marker"]["color"] == LIGHT.context
    assert others["marker"]["pattern"]["shape"] == ["", "/"]


def test_changes_stand_above_and_shares_below() -> None:
    notes = texts(drawn().figure["layout"]["annotations"])
    assert notes[2:] == [
        "×",
        f"−5,0{NBSP}%",
        f"<b>+8,1{NBSP}%</b>",
        f"20{NBSP}%",
        f"50{NBSP}%",
        f"<b>80{NBSP}%</b>",
        f"48{NBSP}%",
    ]


def test_nothing_stated_and_stated_nothing_differ() -> None:
    rows = revenue(year(2020, 4, 4, 40), year(2021, 4, 4, 0), year(2022, 4, 0, None))
    notes = texts(drawn(rows).figure["layout"]["annotations"])
    assert notes[2:4] == [f"Rp{NBSP}0", "–"]


def test_the_pointer_says_how_many_and_why_there_is_none() -> None:
    hover = [text for t in drawn().figure["data"] for text in t.get("hovertext", [])]
    assert hover[-4].endswith("<br>Jumlahnya disembunyikan")
    assert hover[0] == (
        "Pada 2022: 20 dari 25 KUB menyebut omzet<br>Seluruhnya "
        f"Rp{NBSP}1,6{NBSP}miliar<br>+8,1{NBSP}% pada 9 KUB yang melapor dua tahun berturut-turut"
    )


def test_a_phone_keeps_the_label_of_the_title() -> None:
    rows = revenue(
        *(year(y, 10, 9, 90, change=0.1, matched=5) for y in range(2005, 2023)),
    )
    chart = economy_module.revenue(rows, ID, "dark")
    notes = texts(narrow(chart.figure)["annotations"])
    assert f"<b>+10,0{NBSP}%</b>" in notes
    assert 4 < len(notes) < len(chart.figure["layout"]["annotations"])
    assert len(narrow(chart.figure)["xaxis"]["tickvals"]) <= economy_module.YEARS_NARROW
    assert chart.figure["data"][0]["marker"]["color"] == DARK.accent


def test_slides_get_both_panels_without_what_is_not_known() -> None:
    total, share = drawn().data.panels
    assert [series.name for series in total.series] == ["2022", "Tahun lain"]
    assert [series.keys for series in total.series] == [["2022"], ["2021", "2023"]]
    assert total.series[1].provisional and not total.series[0].provisional
    assert (total.unit, share.unit) == ("rp", "p")
    assert share.series[0].values == [0.2, 0.5, 0.8, 0.48]


def test_averages_leave_gaps_open_and_say_the_year_of_the_title() -> None:
    chart = averages.revenue_averages(COURSE, ID, "light")
    assert points(chart.figure, mode="lines", yaxis="y") >= {
        ("2021-12-31", 50 * MILLION),
        ("2022-12-31", 80 * MILLION),
    }
    shown = texts(chart.figure["layout"]["annotations"])
    assert f"<b>rata-rata Rp{NBSP}80{NBSP}juta</b>" in shown
    assert f"<b>nilai tengah Rp{NBSP}64{NBSP}juta</b>" in shown
    assert f"<b>Rp{NBSP}8{NBSP}juta</b>" in shown
    gap = revenue(year(2020, 9, 9, 90), year(2021, 9, 2, None), year(2022, 9, 9, 99))
    upper = averages.revenue_averages(gap, ID, "light").data.panels[0]
    assert upper.series[0].values[1] is None


def test_without_members_there_is_one_panel() -> None:
    rows = revenue(year(2022, 9, 4, 90, revenue_per_member=None))
    chart = averages.revenue_averages(rows, EN, "light")
    assert [panel.title for panel in chart.data.panels] == ["Per KUB"]
    # No median of four, and no name where its line would end.
    assert [series.name for series in chart.data.panels[0].series] == ["mean"]
    hidden_end = revenue(year(2021, 9, 2, None), year(2022, 9, 9, 9, provisional=True))
    assert len(averages.revenue_averages(hidden_end, EN, "light").data.panels) == 2


def test_assets_are_a_line_from_zero() -> None:
    rows = revenue(
        year(2021, 5, 5, 1, assets_kub=2, assets_idr=4.0 * MILLION),
        year(2022, 5, 5, 1, assets_kub=3, assets_idr=None),
        year(2023, 5, 5, 1, assets_kub=4, assets_idr=8.0 * MILLION),
    )
    figure = economy_module.revenue_assets(rows, EN, "light").figure
    assert figure["layout"]["yaxis"]["range"][0] == 0
    [dots] = [t for t in figure["data"] if "hovertext" in t]
    assert dots["hovertext"][0] == (
        f"2 KUB state assets: Rp{NBSP}4{NBSP}million<br>at the end of 2021"
    )
    assert economy_module.revenue_assets(COURSE, EN, "light").figure["data"] == []


def test_sectors_show_mean_and_spread_in_their_colours() -> None:
    frame = sectors(
        ("makanan", 10, 9, 60),
        ("kerajinan", 9, 5, 80),
        ("koperasi", 3, 2, None),
        ("laundry", 2, 0, None),
        ("lainnya", 0, 0, None),
        spread=True,
    )
    chart = economy_sectors.revenue_sectors(frame, ID, "light")
    band, median, mean = chart.figure["data"]
    assert mean["x"] == [80 * MILLION, 60 * MILLION]
    assert mean["marker"]["color"] == [SECTORS["kerajinan"], SECTORS["makanan"]]
    # Of five KUB no quartile is drawn.
    assert band["x"] == [30 * MILLION, 90 * MILLION]
    assert band["line"]["color"] == SECTORS["makanan"]
    assert median["x"] == [60 * MILLION]
    shown = texts(chart.figure["layout"]["annotations"])
    assert {"disembunyikan", "tidak menyebut", "0 dari 2", "2 dari 3", "9 dari 10"} <= set(shown)
    assert chart.data.labels == [
        "Kerajinan",
        "Makanan",
        "Koperasi simpan pinjam",
        "Laundry dan jasa",
    ]
    assert "nilai tengah" in mean["hovertext"][1] and "nilai tengah" not in mean["hovertext"][0]
    assert economy_sectors.height(frame) == economy_sectors.height(frame[:4])


def test_without_spread_there_are_dots_alone() -> None:
    chart = economy_sectors.revenue_sectors(sectors(("makanan", 9, 9, 60)), EN, "dark")
    assert len(chart.figure["data"]) == len(chart.data.series) == 1
    hidden = economy_sectors.revenue_sectors(sectors(("makanan", 2, 2, None)), EN, "dark")
    assert hidden.figure["data"] == []


PLACES = villages(
    ("Beji", 9, 8, 90),
    ("Tulis", 8, 6, 70),
    ("Kenconorejo", 3, 3, 120),
    ("Ponowareng", 2, 2, None),
    ("Wringingintung", 4, 0, None),
    ("Sembojo", 3, 3, 0),
)


def test_the_map_draws_four_states_apart() -> None:
    figure = economy_places.revenue_villages(PLACES, ID, "light").figure
    legend = {t["name"]: t for t in figure["data"] if t["showlegend"]}
    assert legend["omzet Rp 0: 1 desa"]["fillcolor"] == LIGHT.tint
    withheld, silent = area("suppressed", LIGHT), area("not_reported", LIGHT)
    assert (
        legend["disembunyikan (menyangkut 1–2 KUB): 1 desa"]["fillpattern"]
        == withheld["fillpattern"]
    )
    assert legend["tidak menyebut omzet: 1 desa"]["fillpattern"] == silent["fillpattern"]
    assert any("juta" in name for name in legend)
    [spots] = [t for t in figure["data"] if t["mode"] == "markers"]
    says = dict(zip(spots["customdata"], spots["hovertext"], strict=True))
    assert says["33.25.10.2001"].split("<br>")[2:] == [
        "8 dari 9 KUB menyebut omzet",
        f"Rp{NBSP}90{NBSP}juta per KUB",
        f"Rp{NBSP}720{NBSP}juta setahun",
    ]
    assert says["33.25.10.2004"].endswith("disembunyikan (menyangkut 1–2 KUB)")
    assert says["33.25.10.2005"].endswith("0 dari 4 KUB menyebut omzet")


def test_the_map_of_no_amounts_has_no_classes() -> None:
    chart = economy_places.revenue_villages(PLACES[3:5], EN, "light", "revenue_idr")
    assert chart.data.series[0].values == [None, None]
    assert not any("million" in t.get("name", "") for t in chart.figure["data"])


def test_the_ranking_numbers_only_where_enough_kub_state_their_revenue() -> None:
    chart = economy_places.revenue_ranking(PLACES, EN, "light")
    assert chart.data.labels == ["Kenconorejo", "1. Beji", "2. Tulis", "Sembojo"]
    assert chart.figure["data"][0]["x"] == [120 * MILLION, 90 * MILLION, 70 * MILLION, 0]
    chosen = economy_places.revenue_ranking(PLACES, EN, "light", selected="33.25.10.2001")
    assert chosen.figure["data"][0]["marker"]["color"].count(LIGHT.accent) == 1
    assert economy_places.revenue_ranking(PLACES[3:5], EN, "light").figure["data"] == []
    assert economy_places.height(PLACES) > economy_places.height(PLACES[:2])


def test_no_revenue_at_all_says_what_to_fill() -> None:
    for figure in (
        drawn(revenue()).figure,
        averages.revenue_averages(COURSE[:2], ID, "light").figure,
    ):
        assert figure["data"] == []
        assert "Omzet" in figure["layout"]["annotations"][0]["text"]
