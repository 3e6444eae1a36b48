"""Charts as pictures: what stands in them, that nothing is asked from
outside, and browsers that die or are missing.
"""

import asyncio
import http.server
import io
import os
import re
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from kub import words
from kub.answers.answer import Answer
from kub.answers.catalog import CATALOG
from kub.answers.sizes import TALLEST, USUAL
from kub.answers.step import Step, tell
from kub.exports import pictures as module
from kub.exports.pdf import WIDTH
from kub.exports.pictures import DOTS, NoBrowser, Pictures
from kub.exports.pptx.native import panels
from kub.look import FAMILY
from kub.store.data import Data
from kub.store.database import current
from tests.browser import chromium
from tests.support.answers import made
from tests.support.thinned import thinned

FIGURE: dict[str, Any] = {
    "data": [{"type": "bar", "x": ["Ujungnegoro ◇", "Tulis"], "y": [1234.5, 7]}],
    "layout": {"meta": {"narrow": {}}, "yaxis": {"tickformat": ",.1f"}},
}


def answer(**changes: Any) -> Answer:
    return replace(made(pd.DataFrame({"kub": [1]}), "growth", figure=FIGURE), **changes)


def browser() -> str:
    found = chromium.executable()
    if found is None and "CI" not in os.environ:
        pytest.skip("no Chromium here")
    assert found, "CI draws charts: it needs Chromium"
    return found


@pytest.fixture(scope="module")
def pictures() -> Iterator[Pictures]:
    with pytest.MonkeyPatch.context() as patch, Pictures() as drawing:
        patch.setenv("BROWSER_PATH", browser())
        yield drawing


def test_a_chart_is_drawn_with_its_texts_in_our_typeface(pictures: Pictures) -> None:
    svg = pictures.svg(answer(), 640, 360).decode()
    assert svg.startswith("<svg") and 'width="640"' in svg and 'height="360"' in svg
    assert "Ujungnegoro ◇" in svg and "Tulis" in svg and FAMILY in svg
    assert "1.000,0" in svg  # as Indonesians write it
    assert "1,000.0" in pictures.svg(answer(), 640, 360, "en").decode()


def test_a_picture_has_the_letters_that_its_texts_were_measured_in(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the typeface at hand it comes out otherwise: it is not
    the system's letters that are drawn.
    """
    ours = pictures.png(answer(), 320, 180)
    monkeypatch.setattr(module, "FONTS", Path(__file__).parent)
    assert pictures.png(answer(), 320, 180) != ours


PICTURED = ("villages", "microfinance", "library_villages", "study_visits")


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_text_of_a_slides_picture_is_cut(
    pictures: Pictures, sample_folder: Path, lang: str
) -> None:
    """What is cut has ink at the edge, where a whole chart has none."""
    data, w = Data.open(current(sample_folder)), words.of(lang)
    for chart in PICTURED:
        told = tell(data, Step(CATALOG[chart].question, chart), w)
        assert not panels(told)  # else a native chart says it
        # The land of a map runs to the edge: without it there are its texts, and its legend, alone.
        if told.figure and told.data and told.data.kind == "map":
            keyed = [trace for trace in told.figure["data"] if trace["showlegend"]]
            told = replace(told, figure=told.figure | {"data": keyed})
        drawn = np.asarray(
            Image.open(io.BytesIO(pictures.png(told, *module.slide_size(told), lang))).convert(
                "RGB"
            )
        )
        for edge in (drawn[:, :2], drawn[:, -2:]):
            assert (edge == drawn[0, 0]).all(), chart


NAMED = re.compile(
    r'class="annotation-text-g".*?translate\(([\d.]+),([\d.]+)\).*?width="([\d.]+)" height="([\d.]+)"',
    re.S,
)


@pytest.mark.parametrize("size", thinned([module.SLIDE, (WIDTH, 540), (WIDTH, 300)], 3))
def test_names_on_a_pictures_map_do_not_touch(
    pictures: Pictures, sample_folder: Path, size: tuple[int, int]
) -> None:
    """Here no script leaves any out: what was measured beforehand is what is drawn."""
    told = tell(Data.open(current(sample_folder)), Step("villages"), words.of("id"))
    drawing = pictures.svg(told, *size).decode()
    names = NAMED.findall(drawing)
    # each with its rim, which reads on any shade
    assert drawing.count("paint-order: stroke") == len(names)
    boxes = [tuple(map(float, name)) for name in names]
    assert len(boxes) > 4
    for (x, y, w, h), (u, v, s, t) in combinations(boxes, 2):
        # The frame around the letters is 1 px wider than they are, on each side.
        assert max(u - x - w, x - u - s) >= 4 or max(v - y - h, y - v - t) >= -2


def test_the_same_chart_is_the_same_picture(pictures: Pictures) -> None:
    first, second = (pictures.png(answer(), 320, 180) for _ in range(2))
    assert first == second and first.startswith(b"\x89PNG")
    assert int.from_bytes(first[16:20]) == 320 * DOTS


def test_texts_are_larger_where_slides_want_them(pictures: Pictures) -> None:
    assert "font-size: 13px" in pictures.svg(answer(), 640, 360).decode()
    assert "font-size: 20px" in pictures.svg(answer(), 640, 360, scale=1.5).decode()


def test_no_host_is_asked(pictures: Pictures) -> None:
    asked: list[str] = []

    class Host(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{host.server_port}/outside.png"
        image = {"source": address, "x": 0, "y": 1, "sizex": 1, "sizey": 1}
        pictures.svg(answer(figure=FIGURE | {"layout": {"images": [image]}}), 320, 180)
        host.shutdown()
    assert asked == []
    page = module._Page().generate_index()
    assert "http:" not in page.replace("http-equiv", "") and "https:" not in page


def test_a_browser_that_dies_is_started_again(pictures: Pictures) -> None:
    before = pictures.svg(answer(), 320, 180)
    running = pictures._browser
    assert running is not None
    os.killpg(running.subprocess.pid, signal.SIGKILL)
    assert pictures.svg(answer(), 320, 180) == before
    assert pictures._browser is not running


def test_tables_have_no_picture(pictures: Pictures) -> None:
    with pytest.raises(ValueError, match="table"):
        pictures.svg(answer(figure=None), 320, 180)


@pytest.mark.parametrize(
    "content", [None, "#!/bin/sh\nexit 1\n"], ids=["missing", "does not start"]
)
def test_without_a_browser_it_says_what_to_do(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "chromium"
    if content:
        file.write_text(content)
        file.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(file))
    with Pictures() as drawing, pytest.raises(NoBrowser) as raised:
        drawing.svg(answer(), 320, 180)
    for lang, expected in (("id", "Pasang salah satunya"), ("en", "Install one of them")):
        assert expected in raised.value.message(words.of(lang))


def test_a_browser_that_keeps_dying_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object) -> bytes:
        raise OSError("pipe closed")

    monkeypatch.setattr(Pictures, "_draw", dies)
    with Pictures() as drawing, pytest.raises(NoBrowser, match="pipe closed"):
        drawing.svg(answer(), 320, 180)


def test_a_browser_that_hangs_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hangs(*_: object) -> bytes:
        await asyncio.sleep(60)
        return b""

    monkeypatch.setattr(Pictures, "_draw", hangs)
    with Pictures() as drawing:
        monkeypatch.setattr(module, "PATIENCE", 0.05)
        with pytest.raises(NoBrowser, match="TimeoutError"):
            drawing.svg(answer(), 320, 180)
        monkeypatch.undo()
        left = asyncio.run_coroutine_threadsafe(asyncio.sleep(60), drawing._loop)
    assert left.cancelled()  # nothing stays behind


def test_a_chart_of_rows_is_as_high_as_its_rows() -> None:
    day = date(2020, 12, 31)
    few, many = (
        pd.DataFrame({"date": [day] * n, "indicator": ["kub"] * n, "difference": [1] * n})
        for n in (3, 9)
    )
    by_rows = answer(chart="reconcile").sizes
    assert by_rows.on_paper(few) < by_rows.on_paper(many) <= TALLEST
    assert answer(chart="coverage_years").sizes.on_paper(few) == USUAL
