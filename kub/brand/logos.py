"""The logo of a brand: a small PNG or SVG that runs nothing and asks nobody.

Browsers run no script of a picture, and the page's policy lets none of it ask another host; it is
refused here all the same, for the file also goes into packs and onto sites that others serve.
"""

import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

MOST_BYTES = 100_000  # it travels with every page and every pack
WIDEST = 2_000  # px of a PNG; a small file may unpack to a picture that fills memory
_NAME = re.compile(r"[\w-][\w .-]*\.(png|svg)", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"
# Elements that run, move, sound, or bring in something else.
_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "image", "feimage", "a", "audio", "video", "handler"}
    | {"animate", "animatemotion", "animatetransform", "animatecolor", "set", "listener"}
)
# What asks for another file wherever it stands in a style; `url(#…)` is a part of the picture.
_ASKS = re.compile(r"@import|url\(\s*[\"']?(?!\s*#)|javascript:|expression\(", re.IGNORECASE)


class BadLogo(Exception):
    """key: of the words under [brand.fault], after 'logo_'."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Logo:
    """A picture that has been looked through. path: where it lies."""

    media_type: str
    content: bytes
    path: Path

    @property
    def ending(self) -> str:
        return "png" if self.media_type == "image/png" else "svg"


def read(folder: Path, name: str) -> Logo:
    """The logo of that name beside brand.toml. Raises BadLogo."""
    if not _NAME.fullmatch(name):
        raise BadLogo("name")
    path = folder / name
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadLogo("missing", folder=folder) from error
    if len(content) > MOST_BYTES:
        raise BadLogo("large", most=MOST_BYTES // 1000)
    if name.lower().endswith(".png"):
        _check_png(content)
        return Logo("image/png", content, path)
    _check_svg(content)
    return Logo("image/svg+xml", content, path)


def _check_png(content: bytes) -> None:
    """Whole from its signature to its end, each part with its checksum; nothing is unpacked."""
    if not content.startswith(_PNG):
        raise BadLogo("broken")
    at, kind = len(_PNG), b""
    while at + 12 <= len(content) and kind != b"IEND":
        size = int.from_bytes(content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 8 + size
        if zlib.crc32(content[at + 4 : end]) != int.from_bytes(content[end : end + 4]):
            raise BadLogo("broken")
        if at == len(_PNG):
            width, height = (int.from_bytes(content[at + 8 + n : at + 12 + n]) for n in (0, 4))
            if kind != b"IHDR" or not width or not height:
                raise BadLogo("broken")
            if max(width, height) > WIDEST:
                raise BadLogo("wide", most=WIDEST)
        at = end + 4
    if kind != b"IEND":
        raise BadLogo("broken")


def _check_svg(content: bytes) -> None:
    root: list[str] = []
    texts: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        local = element.rpartition(":")[2].lower()
        root.append(local)
        if local in _FORBIDDEN:
            raise BadLogo("active", what=local)
        for attribute, value in attributes.items():
            key = attribute.rpartition(":")[2].lower()
            foreign = key in ("href", "src", "base") and not value.strip().startswith("#")
            if key.startswith("on") or foreign or _ASKS.search(value):
                raise BadLogo("active", what=key)

    def refuse(*_: object) -> None:
        # Entities are how a small file becomes a large one, or asks for another.
        raise BadLogo("active", what="DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = refuse
    # A style sheet beside the file: <?xml-stylesheet href=…?>
    parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise BadLogo("broken") from error
    if root[0] != "svg":
        raise BadLogo("broken")
    if _ASKS.search("".join(texts)):
        raise BadLogo("active", what="style")
