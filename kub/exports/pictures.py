"""Charts as pictures, for paper and slides: Plotly drawn by a browser that stays warm, without
asking any other host.

Kaleido drives the browser; its own server is not used, for it hangs for good once its browser
has died. Here the loop and the browser live on a thread of their own (Streamlit's loop is never
touched), every picture has a time limit, and a browser that died is started again once.
"""

import asyncio
import re
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import plotly
import typst
from choreographer.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError
from kaleido import Kaleido, PageGenerator  # type: ignore[import-untyped]

from kub.answers.answer import Answer
from kub.charts import labels
from kub.look import FAMILY, dressed
from kub.words import Words

Result = TypeVar("Result")

HERE = Path(__file__).parent
# of the same release as the screen's (kub/web/static), which Typst cannot read
FONTS = HERE / "fonts"
PATIENCE = 40.0  # s for one picture; a cold start takes 2
NOWHERE = "127.0.0.1:9"  # the proxy of a browser that has no one to ask

DOTS = 3  # of a PNG per px of its drawing: sharp on a projector, though half a slide wide
SLIDE = 600, 410  # px of a chart on a slide: so few that its 13 px are 9 points there
# Names on a map reach into land of another shade: the rim that a browser draws around their
# letters, as Typst draws it.
HALO = (
    re.compile(rb"text-shadow: (rgb\([^)]*\))[^;]*;"),
    rb"stroke: \1; stroke-width: 2.5px; stroke-linejoin: round; paint-order: stroke;",
)
# What the death of a browser looks like, between two pictures or in the middle of one.
GONE = (BrowserClosedError, BrowserFailedError, OSError, CancelledError, Late)


class NoBrowser(Exception):
    """No Chrome, Chromium or Edge on this machine, or none that starts.

    What needs no browser can still be written.
    """

    def message(self, words: Words) -> str:
        return words("pack.no_browser")


def slide_size(answer: Answer) -> tuple[int, int]:
    """(width, height) in px of a chart drawn for a slide, larger where its rows need the room."""
    wide, high = SLIDE
    times = 1.0
    if not isinstance(answer.sizes.paper, int):  # its height follows from its rows
        times = max(1.0, answer.sizes.on_paper(answer.frame) / high)
    # Both ways by the same factor: the slide shrinks it again, and its proportions stay.
    return round(wide * times), round(high * times)


class _Page(PageGenerator):
    """Kaleido's page with Plotly of the installed package and our
    typeface; its policy forbids every host.
    """

    header = f"""<!DOCTYPE html>
<html>
    <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy"
              content="default-src file: data: blob: 'unsafe-inline' 'unsafe-eval'">
        <style id="head-style"></style>
        <style>{
        "".join(
            f"@font-face {{font-family: '{FAMILY}'; font-weight: {weight};"
            f" src: url('{(FONTS / f'plus-jakarta-sans-{name}.ttf').as_uri()}')}}"
            for name, weight in (("regular", 400), ("bold", 700))
        )
    }</style>
        <script>
            // The same chart is the same picture: Plotly draws names of its parts by lot.
let seed = 1;
            Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
        </script>
        <title>KUB</title>
"""
    # Plotly measures texts when it draws: not before the typeface is there.
    footer = PageGenerator.footer.replace(
        "</head>",
        f"""<script>
            const draw = kaleido_scopes.plotly;
            kaleido_scopes.plotly = (...all) =>
                Promise.all(
                    ["400", "700"].map((w) => document.fonts.load(`${{w}} 13px "{FAMILY}"`))
                ).then(() => draw(...all));
        </script>
    </head>""",
    )

    def __init__(self) -> None:
        script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
        super().__init__(plotly=(script.as_uri(), "utf-8"), mathjax=False)


class Pictures:
    """`with Pictures() as pictures:` draws as many as are asked for; the browser starts with the
    first.

    One picture at a time, from any thread. Raises NoBrowser where there is none to start.
    """

    def __enter__(self) -> "Pictures":
        self._drawing_lock = threading.Lock()
        self._browser: Kaleido | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="pictures", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._wait(_nothing_left())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def svg(
        self, answer: Answer, width: int, height: int, lang: str = "id", scale: float = 1.0
    ) -> bytes:
        """width, height: px of the drawing; scale: of its texts. The answer has a figure."""
        drawing = self._picture(
            answer, lang, scale, {"format": "svg", "width": width, "height": height}
        )
        return HALO[0].sub(HALO[1], drawing)

    def png(
        self, answer: Answer, width: int, height: int, lang: str = "id", scale: float = 1.0
    ) -> bytes:
        """As `svg`, with DOTS dots per px.

        Set by Typst, for the browser draws an SVG as a picture of its own, which may not use the
        page's typeface: texts measured in ours came out in the system's, wider, and were cut.
        """
        drawing = self.svg(answer, width, height, lang, scale).decode()
        picture: bytes = typst.compile(
            HERE / "picture.typ",
            root=HERE,
            format="png",
            ppi=72 * DOTS,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"svg": drawing, "width": str(width), "height": str(height)},
        )
        return picture

    def _picture(self, answer: Answer, lang: str, scale: float, opts: dict[str, Any]) -> bytes:
        if answer.figure is None:
            raise ValueError(f"{answer.chart} is a table")
        drawn = labels.fitted(
            answer.figure, round(opts["width"] / scale), round(opts["height"] / scale)
        )
        figure = dressed(drawn, "light", lang, scale)
        # `meta` holds what only the screen uses: another layout for phones.
        figure["layout"] = {
            name: value for name, value in figure["layout"].items() if name != "meta"
        }
        # A second try with a new browser: that one died between two pictures is no reason to fail.
        with self._drawing_lock:
            try:
                return self._wait(self._draw(figure, opts))
            except GONE:
                self._stop()
            try:
                return self._wait(self._draw(figure, opts))
            except GONE as error:
                raise NoBrowser(f"{type(error).__name__}: {error}") from error

    async def _draw(self, figure: dict[str, Any], opts: dict[str, Any]) -> bytes:
        if self._browser is None:
            try:
                browser = Kaleido(
                    n=1, timeout=PATIENCE, page_generator=_Page(), proxy_server=NOWHERE
                )
            except ChromeNotFoundError as error:
                raise NoBrowser(str(error)) from error
            self._browser = browser
            try:
                await browser.open()
            except (BrowserFailedError, OSError) as error:
                raise NoBrowser(str(error)) from error
        drawing: bytes = await self._browser.calc_fig(figure, opts)
        return drawing

    def _stop(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            with suppress(Exception):  # it is gone already, or goes with its process
                self._wait(browser.close())

    def _wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        # Not future.result(None): a browser that hangs must not hang its page for good.
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(PATIENCE)
        except Late:
            future.cancel()
            raise


async def _nothing_left() -> None:
    """Cancel and await what a dead browser has left on the loop, or Python warns at the end."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
