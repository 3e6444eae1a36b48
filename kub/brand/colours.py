"""Colours as numbers: contrast as WCAG 2 counts it, and OKLCH (Ottosson 2020), in which equal steps
look equal, so that a lighter or darker colour of the same hue can be made.

Colours are texts: '#0B6274'. Without a library: coloraide is one of the tests', and this is a page.
"""

from collections.abc import Sequence
from math import atan2, cbrt, cos, dist, hypot, sin

Triple = tuple[float, float, float]
# Light as eyes see it that lack one kind of cones (Machado, Oliveira and Fernandes 2009, severity
# 1), by the linear light of the screen.
_EYES: tuple[tuple[Triple, Triple, Triple], ...] = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
)


def contrast(first: str, second: str) -> float:
    """From 1, none, to 21, black on white."""
    low, high = sorted(_luminance(_linear(color)) for color in (first, second))
    return (high + 0.05) / (low + 0.05)


def distance(first: str, second: str) -> float:
    """How different two colours look: 0 for equal ones, 1 for black and white."""
    return dist(_oklab(_linear(first)), _oklab(_linear(second)))


def apart(first: str, second: str) -> float:
    """`distance` for the eyes that see the least of it."""
    return min(
        dist(*(_oklab(_seen(_linear(color), eye)) for color in (first, second))) for eye in _EYES
    )


def tone(color: str) -> Triple:
    """(lightness 0–1, chroma, hue in radians)."""
    lightness, a, b = _oklab(_linear(color))
    return lightness, hypot(a, b), atan2(b, a)


def of_tone(lightness: float, chroma: float, hue: float) -> str:
    """The colour of a tone; of less chroma where no screen has so much."""
    while True:
        light = _of_oklab(lightness, chroma * cos(hue), chroma * sin(hue))
        if all(-0.001 <= part <= 1.001 for part in light) or chroma < 0.001:
            return "#" + "".join(f"{_channel(part):02X}" for part in light)
        chroma *= 0.96


def mixed(color: str, ground: str, share: float) -> str:
    """So much of a colour over a ground, as `color-mix(in srgb, …)` has it."""
    parts = (
        round(share * int(color[at : at + 2], 16) + (1 - share) * int(ground[at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in parts)


def readable(color: str, grounds: Sequence[str], least: float, *, darker: bool) -> str:
    """The colour, or the nearest darker (else lighter) one of its hue that has the contrast."""
    lightness, chroma, hue = tone(color)
    step = -0.01 if darker else 0.01
    end = 0.0 if darker else 1.0
    while min(contrast(color, ground) for ground in grounds) < least and lightness != end:
        lightness = min(1.0, max(0.0, lightness + step))
        color = of_tone(lightness, chroma, hue)
    return color


def _linear(color: str) -> Triple:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _light(red), _light(green), _light(blue)


def _light(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channel(light: float) -> int:
    light = min(1.0, max(0.0, light))
    part = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * part)


def _luminance(light: Triple) -> float:
    red, green, blue = light
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(light: Triple, eye: tuple[Triple, Triple, Triple]) -> Triple:
    first, second, third = (
        min(1.0, max(0.0, sum(part * weight for part, weight in zip(light, row, strict=True))))
        for row in eye
    )
    return first, second, third


def _oklab(light: Triple) -> Triple:
    red, green, blue = light
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _of_oklab(lightness: float, a: float, b: float) -> Triple:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
