"""LibreOffice with Impress, beside poppler's tools.

`python -m tests.support.office` says where, or ends with status 1.
"""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from lxml import etree  # type: ignore[import-untyped]
from PIL import Image

MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
TOOLS = ("pdftoppm", "pdftotext")
DOTS, PATIENCE = 75, 120  # per inch; s
Box = tuple[float, float, float, float]  # left, top, right, bottom in inches


def executable() -> str | None:
    """The office to start: SOFFICE if set, else the first known name;
    None without Impress or poppler's tools.
    """
    if not all(map(shutil.which, TOOLS)):
        return None
    if chosen := os.environ.get("SOFFICE"):
        return shutil.which(chosen)
    found = next(filter(None, map(shutil.which, ("soffice", "libreoffice", MAC))), None)
    # Linux packages each part on its own: soffice may be there without the one that reads slides.
    whole = found and (
        sys.platform != "linux" or (Path(found).resolve().parent / "libsdlo.so").exists()
    )
    return found if whole else None


class Page(NamedTuple):
    """image: height x width x 3; words: (text, where it stands)."""

    image: Any
    words: list[tuple[str, Box]]


def render(deck: Any, folder: Path) -> list[Page]:
    """The slides as pages. folder: an empty one; those beside it
    share the settings of the office.
    """
    deck.save(folder / "deck.pptx")
    run = partial(subprocess.run, cwd=folder, check=True, timeout=PATIENCE, capture_output=True)
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    run([str(executable()), "--headless", profile, "--convert-to", "pdf", "deck.pptx"])
    run(["pdftoppm", "-r", str(DOTS), "-png", "deck.pdf", "page"])
    # Some letters are no XML: poppler writes what a font names them.
    told = etree.fromstring(
        run(["pdftotext", "-bbox", "deck.pdf", "-"]).stdout, etree.XMLParser(recover=True)
    )
    pages = []
    for path, page in zip(sorted(folder.glob("page*.png")), told.iter("{*}page"), strict=True):
        found = [(word.text or "", _inches(word.attrib)) for word in page.iter("{*}word")]
        pages.append(Page(np.asarray(Image.open(path).convert("RGB")).astype(int), found))
    return pages


def _inches(ends: Any) -> Box:
    """Of a word's letters, without the room a font keeps above and below them."""
    left, top, right, bottom = (float(ends[name]) / 72 for name in ("xMin", "yMin", "xMax", "yMax"))
    return left, top + 0.2 * (bottom - top), right, bottom - 0.2 * (bottom - top)


if __name__ == "__main__":
    office = executable()
    print(office or "no LibreOffice Impress with poppler's tools found")
    sys.exit(office is None)
