"""Labels never lie on each other: the less important go, all give way, or each looks for room."""

from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kub.charts.label_layout import (
    GAP,
    LINE,
    Box,
    centred,
    free_move,
    kept,
    spread,
    text_width,
    widest,
)
from tests.conftest import examples

PLACES = st.integers(0, 400)
TEXTS = st.sampled_from(["Batang", "Bandar", "Gringsing 12", "Warungasem"])
LABELS = st.builds(centred, TEXTS, PLACES, PLACES, st.sampled_from([400, 700]))
PIECES = st.lists(st.tuples(PLACES, st.integers(1, 60)), min_size=1, max_size=12)
MOVES = sorted(range(180, -181, -3), key=abs)
PLOT = Box(-inf, inf, 0, 400)


def still(_: Box) -> float:
    return 0


@pytest.mark.faults
@settings(max_examples=examples(60))
@given(st.lists(LABELS, min_size=1, max_size=25))
def test_no_two_labels_kept_touch_and_none_goes_without_a_better_one_in_its_way(
    boxes: list[Box],
) -> None:
    staying = kept(boxes)
    assert staying[0] == 0
    for first, second in combinations([boxes[place] for place in staying], 2):
        across = max(second.left - first.right, first.left - second.right)
        assert across >= GAP or abs(first.low - second.low) >= LINE
    for place in set(range(len(boxes))) - set(staying):
        better = [boxes[other] for other in staying if other < place]
        assert any(boxes[place].touches(other, GAP) for other in better)


@pytest.mark.faults
@settings(max_examples=examples(60))
@given(PIECES, st.booleans())
def test_pieces_spread_along_a_line_touch_no_other_and_stay_within_it(
    pieces: list[tuple[int, int]], bounded: bool
) -> None:
    middles, sizes = zip(*sorted(pieces), strict=True)
    low, high = (0, 800) if bounded else (-inf, inf)
    places = spread(middles, sizes, low, high)
    ends = [(place - size / 2, place + size / 2) for place, size in zip(places, sizes, strict=True)]
    assert all(before[1] <= after[0] + 1e-6 for before, after in pairwise(ends))
    assert ends[0][0] >= low - 1e-6
    assert ends[-1][1] <= high + 1e-6


def test_pieces_that_stand_clear_stay_and_those_that_touch_part_evenly() -> None:
    assert spread([10, 40, 90], [20, 20, 20]) == [10, 40, 90]
    assert spread([50, 50], [18, 18]) == [41, 59]
    assert spread([3, 5, 99], [10, 10, 10], 0, 100) == [5, 15, 95]
    assert spread([], []) == []


def test_pieces_longer_than_their_line_stick_out_at_its_beginning() -> None:
    assert spread([5, 5], [10, 10], 0, 15) == [0, 10]


@pytest.mark.faults
@settings(max_examples=examples(60))
@given(st.lists(LABELS, min_size=1, max_size=10), LABELS)
def test_a_label_finds_the_nearest_free_place(taken: list[Box], box: Box) -> None:
    up = free_move(box, taken, MOVES, still, PLOT)
    nearer = [move for move in MOVES if abs(move) < abs(up) and box.moved(move).is_inside(PLOT)]
    assert not any(box.moved(up).touches(other) for other in taken)
    assert all(any(box.moved(move).touches(other) for other in taken) for move in nearer)


def test_a_costly_place_is_left_for_a_free_one_unless_that_is_farther_than_it_costs() -> None:
    box = Box(0, 50, 100, 118)
    for price, up in ((20, 18), (10, 0)):

        def cost(moved: Box, price: int = price) -> float:
            return price if moved.low < 118 else 0

        assert free_move(box, [], MOVES, cost, PLOT) == up


def test_a_label_leaves_the_plot_only_where_that_has_no_room_and_stays_where_nothing_has() -> None:
    box = Box(0, 50, 3, 21)
    low, high, all_of_it = (Box(0, 50, *ends) for ends in ((0, 30), (0, 220), (-inf, inf)))
    assert free_move(box, [low], MOVES, still, PLOT) == 27
    assert free_move(box, [high], MOVES, still, PLOT) == -21
    assert free_move(box, [all_of_it], MOVES, still, PLOT) == 0


def test_bold_and_large_texts_are_wider() -> None:
    widths = [
        text_width("Kecamatan"),
        text_width("Kecamatan", 700),
        text_width("Kecamatan", 700, 16),
    ]
    assert widths == sorted(set(widths))
    assert widest(["Kec.", "Kecamatan"]) == widths[0]
    assert widest([]) == 0
