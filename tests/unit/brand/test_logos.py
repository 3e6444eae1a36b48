"""A logo is a small, whole picture that runs nothing and asks nobody."""

import io
from pathlib import Path

import pytest
from PIL import Image

from kub.brand.logos import MOST_BYTES, BadLogo, read

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
CALM = f"""<?xml version="1.0"?><!-- drawn --> {SVG} viewBox="0 0 9 9">
<defs><linearGradient id="g"/></defs><style>.a {{ fill: url(#g) }}</style>
<path class="a" d="M0 0h9v9z"/><use xlink:href="#g"/></svg>"""


def png(size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    return out.getvalue()


def why(folder: Path, name: str, content: bytes | str) -> str:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadLogo) as bad:
        read(folder, name)
    return bad.value.key


def test_pictures_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "Logo Kendal.PNG").write_bytes(png())
    (tmp_path / "logo.svg").write_text(CALM)
    picture = read(tmp_path, "Logo Kendal.PNG")
    assert (picture.media_type, picture.content) == ("image/png", png())
    drawing = read(tmp_path, "logo.svg")
    assert (drawing.media_type, drawing.ending) == ("image/svg+xml", "svg")


@pytest.mark.parametrize(
    "name", ["../logo.svg", "/etc/passwd", "logo.gif", ".svg", "a/b.png", "", "logo.svg\n"]
)
def test_only_a_name_beside_the_file_is_looked_for(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadLogo) as bad:
        read(tmp_path, name)
    assert bad.value.key == "name"


def test_a_missing_file_and_a_folder_are_missing(tmp_path: Path) -> None:
    (tmp_path / "logo.png").mkdir()
    for name in ("logo.png", "other.png"):
        with pytest.raises(BadLogo) as bad:
            read(tmp_path, name)
        assert bad.value.key == "missing"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        png()[:-8],
        png()[:20],
        png().replace(b"IDAT", b"IDAU"),
        CALM.encode(),
    ],
)
def test_what_is_no_whole_png_is_broken(tmp_path: Path, content: bytes) -> None:
    assert why(tmp_path, "logo.png", content) == "broken"


@pytest.mark.parametrize("content", [b"", b"\x00", png(), b"<html/>", CALM[:-9].encode()])
def test_what_is_no_whole_svg_is_broken(tmp_path: Path, content: bytes) -> None:
    assert why(tmp_path, "logo.svg", content) == "broken"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        '<path onclick="x()"/>',
        '<use xlink:href="http://example.org/a.svg#b"/>',
        '<image href="data:image/png;base64,AA"/>',
        "<foreignObject/>",
        '<path fill="url(http://example.org/x)"/>',
        '<path style="fill: url( &quot;//example.org&quot; )"/>',
        "<style>@import 'http://example.org'</style>",
        "<style>path { fill: url(//example.org) }</style>",
        '<a href="#x"/>',
        '<path><animate attributeName="d"/></path>',
    ],
)
def test_an_svg_that_runs_or_asks_is_refused(tmp_path: Path, inside: str) -> None:
    assert why(tmp_path, "logo.svg", f"{SVG}>{inside}</svg>") == "active"


def test_entities_and_style_sheets_are_refused(tmp_path: Path) -> None:
    entity = f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}>&a;</svg>'
    sheet = f'<?xml-stylesheet href="http://example.org/a.css"?>{SVG}/>'
    assert why(tmp_path, "logo.svg", entity) == why(tmp_path, "logo.svg", sheet) == "active"


def test_large_files_and_pictures_are_refused(tmp_path: Path) -> None:
    assert why(tmp_path, "logo.svg", f"{SVG}><!--{'x' * MOST_BYTES}--></svg>") == "large"
    assert why(tmp_path, "logo.png", png((2_001, 1))) == "wide"
