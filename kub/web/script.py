"""The script that draws charts, the same on pages, on the stage and in the HTML file of a pack."""

import json
from pathlib import Path

from kub import look

WEB = Path(__file__).parent
STATIC = WEB / "static"
# The build without maps, 3D and WebGL: a third of the 4.8 MB inside the installed package, of the
# same release (npm plotly.js-cartesian-dist-min, MIT; tests/unit/ui/test_draw.py).
PLOTLY_NAME = "plotly-cartesian-4.1.1.min.js"
# The grid of Jelajah, fetched by that page alone (npm ag-grid-community, MIT; its file without
# styles, which it makes of ours; docs/decisions/0015-grid.md).
GRID_NAME = "ag-grid-community-36.2.0.min.js"
FONT_FILE = STATIC / "plus-jakarta-sans.woff2"
PARTS = ("chart.js", "chart_fit.js", "chart_margins.js")  # one module


def chart_script(plotly: str, font: str) -> str:
    """The parts of chart.js with the look before them: a figure then travels without its template.

    plotly, font: addresses of the library and the typeface; "" where the file holds them itself.
    """
    # Two sizes and two modes: the browser changes the mode without asking the server.
    templates = {
        mode: {str(scale): look.template(mode, scale=scale) for scale in (1.0, look.PRESENTING)}
        for mode in ("light", "dark")
    }
    shared = {
        "swap": look.swap(),
        "templates": templates,
        "family": look.FAMILY,
        "font": look.FONT,
        "colours": {
            mode: {"background": p.background, "ink": p.ink, "muted": p.muted, "line": p.line}
            for mode, p in (("light", look.LIGHT), ("dark", look.DARK))
        },
        "sizes": {"small": look.SMALL, "body": look.BODY, "title": look.TITLE},
        "plotly": plotly,
        "fontFile": font,
    }
    code = "\n".join((WEB / name).read_text("utf-8") for name in PARTS)
    return f"const LOOK = {json.dumps(shared)};\n{code}"
