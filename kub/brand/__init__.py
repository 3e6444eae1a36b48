"""How a copy of the dashboard looks like the office that runs it: `brand.toml` in the data folder.

    name = "KUB Kendal"      # in the header, titles, slides, documents and on the published site
    logo = "logo.svg"        # a PNG or SVG beside it
    accent = "#7A1F3D"       # links, the chosen, the line that matters
    second = "#00677A"       # beside it: the other side of a comparison, guests' figures

All of it is optional. Whatever is wrong leaves the whole file unused: a copy that looks half like
one office and half like another would say less than our own look. Nothing here raises.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from kub.brand import colours, logos
from kub.brand.logos import Logo as Logo

FILE = "brand.toml"
KEYS = ("name", "logo", "accent", "second")
LONGEST = 28  # letters of a name: what the header has room for beside the menu
MOST_BYTES = 10_000  # of the file: a slip, such as a picture under its name, is not read whole
TEXT = 4.5  # contrast of letters (WCAG 2, AA)
APART = 0.075  # the least distance of two sides of a comparison; ours are 0.134 apart
CLEAR = 0.1  # how far apart two sides are made on the dark ground, where both are light
LIKE_SECTOR = 0.07  # nearer than this, one would take the accent for a sector's colour
LIKE_LOSS = 0.15  # nearer than this, a gain in the accent looks like a loss
# Losses beside such an accent, on light and on dark: grey, which no accent that reads as red is.
LOSSES = ("#636C73", "#D9DDE0")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True)
class Own:
    """Our own look, which a brand's colours are checked against.

    light, dark: (background, surface). sides, dark_sides: (accent, other side) on either. loss:
    what is lost, on light. sectors: name → colour. taken: every colour that charts know a role by,
    which no brand's colour may equal.
    """

    light: tuple[str, str]
    dark: tuple[str, str]
    sides: tuple[str, str]
    dark_sides: tuple[str, str]
    loss: str
    sectors: Mapping[str, str]
    taken: frozenset[str]


@dataclass(frozen=True)
class Fault:
    """What is wrong with the file. key: of the words under [brand.fault], with its values."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Brand:
    """What the file says; nothing of it where it has faults or is not there.

    light, dark: colours by what they are for, as kub/look.py names them; those that differ from
    ours. hints: what would be better, though it works.
    """

    path: Path
    is_there: bool = False
    name: str = ""
    logo: Logo | None = None
    light: Mapping[str, Any] = field(default_factory=dict)
    dark: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    hints: tuple[Fault, ...] = ()


def read(folder: Path, own: Own) -> Brand:
    """The brand of a data folder."""
    path = folder / FILE
    values, faults = _values(path)
    if values is None:
        return Brand(path)
    name, wrong_name = _name(values)
    tones, wrong_tones = _tones(values, own)
    logo, wrong_logo = _logo(values, folder)
    faults += wrong_name + wrong_tones + wrong_logo
    if faults:
        return Brand(path, is_there=True, faults=tuple(faults))
    light, dark = _colours(tones, own)
    return Brand(path, True, name, logo, light, dark, hints=_hints(tones, own))


def _values(path: Path) -> tuple[dict[str, str] | None, list[Fault]]:
    """(what it says, what is wrong with it); None where there is no such file."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None, []
    except OSError:
        return {}, [Fault("unreadable")]
    if len(content) > MOST_BYTES:
        return {}, [Fault("large", {"most": MOST_BYTES // 1000})]
    try:
        raw = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {}, [Fault("encoding")]
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        # Only the end of the file has no number: a quote that is never closed.
        return {}, [Fault("toml", {"line": line[1]}) if line else Fault("toml_end")]
    faults = [
        Fault("unknown", {"key": key, "known": ", ".join(KEYS)}) for key in raw if key not in KEYS
    ]
    texts = {key: value.strip() for key, value in raw.items() if isinstance(value, str)}
    faults += [Fault("text", {"key": key}) for key in KEYS if key in raw and key not in texts]
    return {key: text for key, text in texts.items() if key in KEYS}, faults


def _name(values: Mapping[str, str]) -> tuple[str, list[Fault]]:
    name = values.get("name", "")
    if "name" in values and not (0 < len(name) <= LONGEST and name.isprintable()):
        return "", [Fault("name", {"most": LONGEST})]
    return name, []


def _logo(values: Mapping[str, str], folder: Path) -> tuple[Logo | None, list[Fault]]:
    if "logo" not in values:
        return None, []
    try:
        return logos.read(folder, values["logo"]), []
    except logos.BadLogo as bad:
        return None, [Fault(f"logo_{bad.key}", {"file": values["logo"], **bad.values})]


def _tones(values: Mapping[str, str], own: Own) -> tuple[dict[str, str], list[Fault]]:
    """(colours that are said, what is wrong with them)."""
    tones: dict[str, str] = {}
    faults: list[Fault] = []
    for key in ("accent", "second"):
        if key not in values:
            continue
        if not _COLOUR.fullmatch(values[key]):
            faults.append(Fault("colour", {"key": key, "value": values[key]}))
            continue
        tone = values[key].upper()
        # Also on itself, faint: what is chosen lies on a tenth of the accent.
        grounds = (*own.light, colours.mixed(tone, own.light[0], 0.1))
        contrast = min(colours.contrast(tone, ground) for ground in grounds)
        if contrast < TEXT:
            better = colours.readable(tone, grounds, TEXT + 0.3, darker=True)
            wrong = {"key": key, "value": tone, "contrast": contrast, "better": better}
            faults.append(Fault("contrast", wrong))
            continue
        tones[key] = tone
    if tones and not faults:
        sides = [tones.get("accent", own.sides[0]), tones.get("second", own.sides[1])]
        if min(colours.apart(*sides), colours.apart(*_sides_on_dark(tones, own))) < APART:
            faults.append(Fault("alike", {"accent": sides[0], "second": sides[1]}))
    return tones, faults


def _on_dark(tone: str, own: Own) -> str:
    """The same hue, light enough for letters on our dark ground."""
    lightness, chroma, hue = colours.tone(tone)
    lighter = colours.of_tone(max(lightness, 0.74), min(chroma, 0.13), hue)
    return colours.readable(lighter, own.dark, TEXT, darker=False)


def _sides_on_dark(tones: Mapping[str, str], own: Own) -> tuple[str, str]:
    """(accent, other side) on our dark ground.

    Dark colours that differ by how dark they are, such as deep red and gold, become equally light
    there: the second is then made lighter still, until every eye tells them apart.
    """
    accent, second = own.dark_sides
    if "accent" in tones:
        accent = _on_dark(tones["accent"], own)
    if "second" in tones:
        second = _on_dark(tones["second"], own)
        lightness, chroma, hue = colours.tone(second)
        if colours.apart(accent, second) < APART:
            while colours.apart(accent, second) < CLEAR and lightness < 0.95:
                lightness += 0.01
                second = colours.of_tone(lightness, chroma, hue)
    return accent, second


# Lightness and chroma of the five steps of a map, from little to much, as ours have them.
_STEPS = (
    ((0.90, 0.028), (0.78, 0.052), (0.65, 0.074), (0.51, 0.080), (0.375, 0.072)),
    ((0.365, 0.045), (0.475, 0.065), (0.605, 0.080), (0.745, 0.075), (0.885, 0.045)),
)


def _colours(tones: Mapping[str, str], own: Own) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs from our look, in light and in dark."""
    taken = set(own.taken)

    def unlike(tone: str) -> str:
        """The same to every eye, but no colour that stands for something else already."""
        number = int(tone[1:], 16)
        # The last bits of blue: less than any screen shows.
        free = next(name for bits in count() if (name := f"#{number ^ bits:06X}") not in taken)
        taken.add(free)
        return free

    light: dict[str, Any] = {}
    dark: dict[str, Any] = {}
    on_dark, other_on_dark = _sides_on_dark(tones, own)
    if accent := tones.get("accent"):
        _, chroma, hue = colours.tone(accent)
        light["accent"], dark["accent"] = unlike(accent), unlike(on_dark)
        light["tint"] = unlike(colours.of_tone(0.925, min(chroma, 0.02), hue))
        dark["tint"] = unlike(colours.of_tone(0.315, min(chroma, 0.045), hue))
        strength = min(1.5, chroma / 0.08)
        for side, ladder in zip((light, dark), _STEPS, strict=True):
            side["steps"] = tuple(
                unlike(colours.of_tone(at, strength * full, hue)) for at, full in ladder
            )
        if colours.distance(accent, own.loss) < LIKE_LOSS:
            light["negative"], dark["negative"] = (unlike(loss) for loss in LOSSES)
    if second := tones.get("second"):
        lightness, chroma, hue = colours.tone(second)
        light["against"], dark["against"] = unlike(second), unlike(other_on_dark)
        # A guest's figures: the same hue, deeper, so that both can stand in one chart.
        light["guest"] = unlike(colours.of_tone(max(0.2, lightness - 0.13), chroma, hue))
        dark["guest"] = unlike(dark["against"])
    return light, dark


def _hints(tones: Mapping[str, str], own: Own) -> tuple[Fault, ...]:
    return tuple(
        Fault("sector", {"key": key, "value": tone, "sector": sector})
        for key, tone in tones.items()
        for sector, colour in own.sectors.items()
        if colours.distance(tone, colour) < LIKE_SECTOR
    )
