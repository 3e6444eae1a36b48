"""Our few lines of colour arithmetic, beside a library's."""

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from kub.brand import colours

HEXES = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@given(HEXES, HEXES)
def test_contrast_is_that_of_wcag(first: str, second: str) -> None:
    wanted = Color(first).contrast(second, method="wcag21")
    assert colours.contrast(first, second) == pytest.approx(wanted, rel=1e-3)


@given(HEXES, HEXES)
def test_distance_is_that_of_oklab(first: str, second: str) -> None:
    wanted = Color(first).distance(second, space="oklab")
    assert colours.distance(first, second) == pytest.approx(wanted, abs=1e-3)
    assert colours.apart(first, second) <= colours.distance(first, second)


@given(HEXES)
def test_a_colour_is_that_of_its_tone(color: str) -> None:
    back = colours.of_tone(*colours.tone(color))
    parts = zip(bytes.fromhex(color[1:]), bytes.fromhex(back[1:]), strict=True)
    assert all(abs(first - second) <= 1 for first, second in parts)


@given(HEXES, st.booleans())
def test_a_readable_colour_is_made_of_any(color: str, darker: bool) -> None:
    ground = "#FBFAF6" if darker else "#131A22"
    made = colours.readable(color, [ground], 4.5, darker=darker)
    assert colours.contrast(made, ground) >= 4.5
    if colours.contrast(color, ground) >= 4.5:
        assert made == color


def test_a_tone_that_no_screen_has_loses_chroma_alone() -> None:
    lightness, chroma, _ = colours.tone(colours.of_tone(0.7, 0.5, 2.0))
    assert lightness == pytest.approx(0.7, abs=0.01) and chroma < 0.5


def test_a_mix_is_that_of_the_browser() -> None:
    assert colours.mixed("#000000", "#FFFFFF", 0.1) == "#E6E6E6"
