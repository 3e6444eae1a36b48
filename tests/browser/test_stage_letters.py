"""Every letter of a presented chart can be read, and none lies on
another: on a projector, and on a guest's phone.
"""

import shutil
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.bench.bench_present import prepared
from tests.browser.server import serve
from tests.browser.visitor import Visitor

PROJECTOR, PHONE = 18, 11  # px of the smallest letter
# px that boxes of two texts may share: letters fill theirs neither to the sides nor to the top
TOUCH = (1.5, 2.5)
# What is written in the chart: its words, the smallest letters in px of the window, and the box;
# not what is turned.
WRITTEN = """() => {
  const chart = document.querySelector('.kub-slide:not([data-behind]) .kub-chart');
  if (!chart) return [];
  const edge = chart.getBoundingClientRect();
  const seen = text => {
    const { visibility, display, opacity } = getComputedStyle(text);
    return visibility !== 'hidden' && display !== 'none' && +opacity > 0 && text.getBoundingClientRect().width > 0;
  };
  return [...chart.querySelectorAll('svg text')].filter(text => text.textContent.trim() && seen(text)).map(text => {
    const svg = text.ownerSVGElement, box = text.getBoundingClientRect();
    const scale = svg.getBoundingClientRect().width / svg.width.baseVal.value;
    const own = text.getCTM(), parts = [text, ...text.querySelectorAll('tspan')];
    const written = parts.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
    const px = Math.min(...written.map(e => parseFloat(getComputedStyle(e).fontSize)));
    return {
      said: text.textContent.trim(), px: px * scale * Math.hypot(own.a, own.b), turned: Math.abs(own.b) > 0.01,
      box: [box.left, box.top, box.right, box.bottom],
      out: Math.max(edge.left - box.left, edge.top - box.top, box.right - edge.right, box.bottom - edge.bottom),
    };
  });
}"""
ALL = range(1, 21)
# The map, the awards and the benchmark: names, long rows and many rows. The whole story only in
# `make thorough`.
FEW = (8, 15, 17)


@pytest.fixture(scope="module")
def story(
    sample_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Where a dashboard answers that has a visit of 30 minutes, and the visit's name."""
    folder = tmp_path_factory.mktemp("letters")
    shutil.copytree(sample_folder, folder, dirs_exist_ok=True)
    one = prepared(folder)
    assert len(one.steps) == len(ALL)
    with serve(folder) as address:
        yield address, one.visit_id


def present(
    visitor: Visitor, visit_id: str, step: int, size: tuple[int, int], mode: str, lang: str
) -> Page:
    page = visitor._context(mode, 1440).new_page()
    visitor.pages.append(page)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(visitor.link("/present", lang, visit=visit_id, step=step))
    at(page, step)
    return page


def at(page: Page, step: int) -> None:
    expect(page.locator(".kub-remote")).to_have_attribute("data-step", str(step))
    expect(page.locator(".kub-chart:not([data-drawn])")).to_have_count(0)
    # The chart's node outlives its step: wait until it says what the step says, and is drawn.
    page.wait_for_timeout(400)


def faults(found: list[dict[str, Any]], least: float) -> list[str]:
    """What cannot be read: too small, out of the chart, or on another text."""
    small = [f"{each['px']:.1f} px: {each['said']}" for each in found if each["px"] < least]
    out = [f"{each['out']:.0f} px out: {each['said']}" for each in found if each["out"] > 2]
    level = [each for each in found if not each["turned"]]
    on = [
        f"{a['said']} on {b['said']}"
        for a, b in combinations(level, 2)
        if overlap(a["box"], b["box"])
    ]
    return small + out + on


def overlap(a: list[float], b: list[float]) -> bool:
    shared = (min(a[2 + side], b[2 + side]) - max(a[side], b[side]) for side in (0, 1))
    return all(px > free for px, free in zip(shared, TOUCH, strict=True))


@pytest.mark.parametrize(
    ("width", "height", "mode", "lang", "steps"),
    [
        (1440, 900, "light", "id", FEW),
        pytest.param(390, 844, "light", "id", FEW, marks=pytest.mark.thorough),
        pytest.param(1440, 900, "dark", "en", ALL, marks=pytest.mark.thorough),
        pytest.param(1920, 1080, "light", "id", ALL, marks=pytest.mark.thorough),
        pytest.param(390, 844, "dark", "id", ALL, marks=pytest.mark.thorough),
        pytest.param(844, 390, "light", "id", ALL, marks=pytest.mark.thorough),
    ],
)
def test_every_letter_of_a_chart_is_read(
    story: tuple[str, str],
    visit: Callable[[str], Visitor],
    width: int,
    height: int,
    mode: str,
    lang: str,
    steps: Any,
) -> None:
    address, visit_id = story
    page = present(visit(address), visit_id, steps[0], (width, height), mode, lang)
    charts = 0
    for step in range(steps[0], steps[-1] + 1):
        at(page, step)
        if step in steps:
            found = page.evaluate(WRITTEN)
            charts += bool(found)
            assert faults(found, PROJECTOR if min(width, height) > 500 else PHONE) == [], step
        page.keyboard.press("PageDown")
    # All but the large numbers and the two tables: villages without KUB, and published figures.
    assert charts >= min(len(steps), len(ALL) - 3)


@pytest.mark.thorough
def test_what_a_chart_leaves_out_is_counted(
    story: tuple[str, str], visit: Callable[[str], Visitor]
) -> None:
    address, visit_id = story
    page = present(visit(address), visit_id, 15, (1440, 900), "light", "id")
    expect(page.locator(".kub-slide:not([data-behind]) .kub-more")).to_have_text(
        words.of("id")("present.more", n=5)
    )
