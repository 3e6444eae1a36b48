"""Sector mix beside sector mix: bars that can be read, and
findings that say where a mix stands out.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from coloraide import Color

from kub import words
from kub.charts import compared as compared_module
from kub.charts import mixes as mixes_module
from kub.findings import compared as findings
from kub.look import LIGHT, SECTORS, swap
from tests.support.figures import Figures

charts = Figures(compared_module, mixes_module)

ID, EN = words.of("id"), words.of("en")
CODES = list(SECTORS)


def joined(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


def mix(
    name: str, kub: Sequence[float | None], others: list[float] | None = None, **more: Any
) -> pd.DataFrame:
    frame = pd.DataFrame({"sector": CODES, "kub": kub}, dtype=object)
    total = sum(n or 0 for n in kub)
    frame["share"] = [n / total if total and n is not None else None for n in kub]
    frame["others_share"] = others or [float("nan")] * 5
    pairs = zip(frame["share"], frame["others_share"], strict=True)
    frame["lq"] = [share / other if other and share is not None else None for share, other in pairs]
    plain: dict[str, Any] = {
        "programme": name,
        "regency": f"Kota {name}",
        "is_sample": False,
        "declared": False,
    }
    return frame.assign(**(plain | more)).astype(
        {"share": float, "others_share": float, "lq": float}
    )


EVEN = [0.2] * 5
MIXES = [mix("B", [1, 1, 1, 1, 1], EVEN), mix("A", [6, 2, 0, 1, 1], EVEN)]
TAMU = {"declared": True, "regency": "Kota Tamu"}


def test_own_stands_first_then_guests_and_segments_add_up_to_one() -> None:
    frame = joined(*MIXES, mix("guest-1", [0, 0, 2, 2, 0], EVEN, **TAMU))
    figure = charts.programme_sectors(frame, EN, "light", own="A")
    own, other = (f'<b style="color: {color}">' for color in (LIGHT.accent, LIGHT.guest))
    names = [f"{own}Kota A</b>", f"{other}Kota Tamu</b> · self-declared", "Kota B"]
    assert figure["layout"]["yaxis"]["ticktext"] == names
    assert [bar["marker"]["color"] for bar in figure["data"]] == list(SECTORS.values())
    assert sum(bar["x"][0] for bar in figure["data"]) == pytest.approx(1)
    assert charts.height(frame) == charts.height(MIXES[0]) + 2 * charts.PITCH


def test_share_and_times_stand_inside_where_they_fit() -> None:
    frame = joined(mix("A", [60, 25, 0, 10, 5], [0.2, 0.25, 0.2, 0.2, 0.15]))
    layout = charts.programme_sectors(frame, EN, "light", own="A")["layout"]
    wide, narrow = (
        [n["text"] for n in each["annotations"][5:]] for each in (layout, layout["meta"]["narrow"])
    )
    assert wide == ["<b>60%</b><br>3.0×", "<b>25%</b>", "<b>10%</b><br>0.5×"]
    assert narrow[:2] == ["<b>60%</b> · 3.0×", "<b>25%</b>"]
    assert narrow[2].endswith("Kota A</b>")


def test_the_pointer_tells_times_where_there_are_others() -> None:
    frame = joined(mix("A", [1, 0, 0, 0, 1]), mix("guest-1", [1, 0, 0, 0, 3], EVEN, **TAMU))
    texts = charts.programme_sectors(frame, EN, "light", own="A")["data"][0]["hovertext"]
    assert texts[0] == "Kota A · Food: 1 KUB, 50.0%"
    assert texts[1].endswith(
        "self-declared) · Food: 1 KUB, 25.0%; 1.2 times the share in other programmes (20.0%)"
    )


@pytest.mark.parametrize("sector", CODES)
def test_text_on_every_sector_can_be_read_in_both_modes(sector: str) -> None:
    ink = charts.ON_SECTORS[sector]
    assert Color(ink).contrast(Color(SECTORS[sector]), method="wcag21") >= 4.5
    assert ink.upper() not in {*swap(), *swap().values()}


def test_sectors_are_named_above_the_first_bar_side_by_side() -> None:
    layout = charts.programme_sectors(mix("A", [97, 0, 0, 1, 2], EVEN), EN, "light", own="A")[
        "layout"
    ]
    heads = layout["annotations"][:5]
    assert [n["text"].split("</span> ")[1] for n in heads] == [
        EN(f"sector_short.{code}") for code in CODES
    ]
    places = [n["x"] * 440 for n in heads]
    halves = [(len(EN(f"sector_short.{code}")) + 2) * 7.6 / 2 for code in CODES]
    gaps = zip(places, places[1:], halves, halves[1:], strict=False)
    assert all(b - a >= p + q - 1e-9 for a, b, p, q in gaps)
    assert places[-1] + halves[-1] <= 440
    assert {n["yshift"] for n in layout["meta"]["narrow"]["annotations"][:5]} == {22, 42}


def test_a_programme_without_kub_has_words_and_a_guest_who_left_sectors_out_has_others() -> None:
    frame = joined(MIXES[1], mix("guest-1", [None] * 5, EVEN, **TAMU), mix("B", [0] * 5, EVEN))
    figure = charts.programme_sectors(frame, EN, "light", own="A")
    assert all(bar["y"] == [0] for bar in figure["data"])
    for notes in (
        figure["layout"]["annotations"],
        figure["layout"]["meta"]["narrow"]["annotations"],
    ):
        said = {note["text"]: note["y"] for note in notes}
        assert (said["sectors not filled in"], said["no active KUB"]) == (1, 2)
    finding = findings.programme_sectors(frame, EN, own="A")
    assert finding.title.startswith("Food is most typical of Kota A")
    assert finding.takeaway.endswith("Kota Tamu has not filled in KUB by sector.")


def test_the_sector_that_stands_out_is_told_and_the_rarer_one() -> None:
    finding = findings.programme_sectors(joined(*MIXES), ID, own="A")
    assert (
        finding.title
        == "Makanan paling khas Kota A: 60\xa0% KUB, 3,0 kali pangsanya di program lain (20\xa0%)"
    )
    assert finding.takeaway == (
        "Lebih jarang daripada di program lain: Laundry dan jasa, 0\xa0% KUB (20\xa0% di program lain)."
    )
    sample = findings.programme_sectors(
        joined(MIXES[0].assign(is_sample=True), MIXES[1]), EN, own="A"
    )
    assert sample.caveat == "The comparison is with sample data."


def test_a_guest_is_told_before_the_own_programme() -> None:
    frame = joined(*MIXES, mix("guest-1", [0, 0, 2, 2, 0], [0.3, 0.3, 0.4, 0, 0], **TAMU))
    finding = findings.programme_sectors(frame, EN, own="A")
    assert finding.title == "Only Kota Tamu has KUB in Savings and loans: 50% of its KUB"
    assert finding.caveat == "The figures of Kota Tamu are self-declared."


@pytest.mark.parametrize(
    ("own", "title", "takeaway"),
    [
        (
            mix("A", [21, 21, 18, 20, 20], EVEN),
            "The sector mix of Kota A is much like",
            "Laundry and services: 18% of KUB",
        ),
        (
            mix("A", [24, 19, 19, 19, 19], EVEN),
            "Food is most typical of Kota A: 24%",
            "Food is most typical",
        ),
        (
            mix("A", [3, 1, 0, 0, 0]),
            "Food leads in Kota A: 75% of KUB; there is no other",
            "Load the workbook",
        ),
        (
            mix("A", [0] * 5, EVEN),
            "No active KUB in Kota A in this selection",
            "Loosen the filters",
        ),
        (
            mix("A", [3] * 5, EVEN)[:1],
            "KUB: 20% of all KUB in Kota A; 20% in other",
            "The mix of sectors shows once",
        ),
        (MIXES[0][:0], "No figures for this selection", "Loosen"),
    ],
)
def test_what_is_said_of_plain_and_of_missing_mixes(
    own: pd.DataFrame, title: str, takeaway: str
) -> None:
    finding = findings.programme_sectors(own, EN, own="A")
    assert (finding.title.startswith(title), finding.takeaway.startswith(takeaway)) == (True, True)


def test_without_any_kub_no_bars_are_drawn() -> None:
    assert charts.programme_sectors(mix("A", [0] * 5), EN, "light", own="A")["data"] == []


def test_more_programmes_than_can_be_read_are_left_to_the_table() -> None:
    frame = joined(*(mix(f"P{n}", [1] * 5, EVEN) for n in range(22)))
    assert (
        len(charts.programme_sectors(frame, EN, "light", own="P3")["layout"]["yaxis"]["tickvals"])
        == 20
    )
    assert findings.programme_sectors(frame, EN, own="P3").subtitle.endswith(
        "2 more programmes are in the table"
    )
