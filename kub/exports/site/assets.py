"""What every page of the published site needs: styles, scripts, typeface and sign, each once, under
a name that holds the hash of what is in it, so that it may be kept for ever.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kub.exports.html import branded, colour_modes, font_face
from kub.web import brand
from kub.web.script import FONT_FILE, PLOTLY_NAME, STATIC, WEB, chart_script

HERE = Path(__file__).parent
FOLDER = "assets"
SHEETS = ("style.css", "page.css", "long_page.css")
LICENCES = ("plotly-cartesian.LICENSE.txt", "plus-jakarta-sans.OFL.txt")
_EXPORT = re.compile(r"^export (?=(async )?function|const|let)", re.MULTILINE)


@dataclass(frozen=True)
class Assets:
    """Paths below the site's folder. files: path -> content of all of them, licences included."""

    style: str
    script: str
    plotly: str
    icon: str
    icon_type: str
    files: dict[str, bytes]


def hashed(name: str, body: bytes) -> str:
    """The path of a file that may be kept for ever."""
    stem, _, ending = name.rpartition(".")
    return f"{FOLDER}/{stem}-{hashlib.sha256(body).hexdigest()[:12]}.{ending}"


@cache
def assets() -> Assets:
    """The assets; the same code gives the same names and bytes."""
    files: dict[str, bytes] = {}

    def add(name: str, body: bytes) -> str:
        path = hashed(name, body)
        files[path] = body
        return path

    plotly = add("plotly.js", (STATIC / PLOTLY_NAME).read_bytes())
    font = add("font.woff2", FONT_FILE.read_bytes())
    # Styles look from their own folder, pages from that of their language.
    style = add("site.css", _style(Path(font).name))
    script = add("site.js", _script(f"../{plotly}", f"../{font}"))
    icon_type, sign = brand.sign()
    icon = add("icon.png" if icon_type == "image/png" else "icon.svg", sign)
    files |= {f"{FOLDER}/{name}": (STATIC / name).read_bytes() for name in LICENCES}
    return Assets(style, script, plotly, icon, icon_type, files)


def _style(font: str) -> bytes:
    sheets = (*(WEB / name for name in SHEETS), HERE / "site.css")
    texts = (path.read_text("utf-8") for path in sheets)
    return "\n".join([font_face(font), *texts, *branded(), colour_modes()]).encode()


def _script(plotly: str, font: str) -> bytes:
    """The scripts of the screen for charts and tables, and behind them what begins to draw.

    One plain script, for browsers load no module from a disk. Raises ValueError where a part
    needs another module.
    """
    parts = (WEB / "table.js", HERE / "site.js")
    code = "\n".join([chart_script(plotly, font), *(path.read_text("utf-8") for path in parts)])
    code = _EXPORT.sub("", code)
    if re.search(r"^(import|export) ", code, re.MULTILINE):
        raise ValueError("a script of the site needs a module")
    return f'"use strict";\n(() => {{\n{code}\n}})();\n'.encode()
