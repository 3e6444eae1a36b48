"""A map for the stage: the land where the KUB are fills it, and a small
locator says where in the regency that is.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from kub.charts.ground import Box, Name, outline
from kub.look import Figure, Palette
from kub.places.areas import Area, Areas, extent

MARGIN = 0.12  # land around the villages shown, as a part of their extent: names need room too
LEAST = 0.06  # degrees, so that a single village keeps its neighbours
WORTH = 0.7  # of the regency's width or height: a crop that leaves out less than this is none
# Domains of map and locator: beside each other on a screen, one above the other on a phone.
MAP, LOCATOR = (0.0, 0.83), (0.86, 1.0)
PHONE_MAP, PHONE_LOCATOR = (0.2, 1.0), (0.0, 0.16)


def box(where: Areas, shown: Sequence[Area]) -> Box | None:
    """West, south, east, north of the crop; None where the whole map says as much."""
    if where.kind == "tiles" or not shown:
        return None
    west, south, east, north = extent(shown)
    wide, high = max(east - west, LEAST), max(north - south, LEAST)
    x, y = (west + east) / 2, (south + north) / 2
    across, up = wide * (0.5 + MARGIN), high * (0.5 + MARGIN)
    first, low, last, top = extent(list(where.areas.values()))
    if 2 * across > WORTH * (last - first) and 2 * up > WORTH * (top - low):
        return None
    return x - across, y - up, x + across, y + up


def names(
    where: Areas, shown: Sequence[Area], villages: Mapping[str, str], dark: Container[str]
) -> list[Name]:
    """Every village shown, in the order given; then districts, which
    are left out where they do not fit.
    """
    called = [
        Name(villages[area.code], area.point, "on_dark" if area.code in dark else "village")
        for area in shown
    ]
    return called + [Name(area.name, area.point, "district") for area in where.districts]


def axes(crop: Box, ratio: float) -> dict[str, Any]:
    """Changes to the map's axes, and those of the locator; `narrow` is for phones."""
    hidden = {"visible": False, "showgrid": False}
    return {
        "xaxis": {"range": [crop[0], crop[2]], "domain": list(MAP)},
        "yaxis": {"range": [crop[1], crop[3]]},
        "xaxis2": hidden | {"domain": list(LOCATOR), "anchor": "y2", "constrain": "domain"},
        "yaxis2": hidden
        | {"domain": [0, 1], "anchor": "x2", "constrain": "domain"}
        | {"scaleanchor": "x2", "scaleratio": ratio},
    }


def narrow() -> dict[str, Any]:
    """The same on a phone."""
    return {
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": list(PHONE_MAP)},
        "xaxis2": {"domain": [0, 0.4], "constraintoward": "left"},
        "yaxis2": {"domain": list(PHONE_LOCATOR)},
    }


def room(size: tuple[int, int], phone: bool = False) -> tuple[float, float]:
    """Width and height of the map in a drawing of that size, which the locator shares; px."""
    across, up = ((0.0, 1.0), PHONE_MAP) if phone else (MAP, (0.0, 1.0))
    return size[0] * (across[1] - across[0]), size[1] * (up[1] - up[0])


def locator(where: Areas, crop: Box, p: Palette) -> list[Figure]:
    """The regency's districts as lines, and what the map shows of them as a frame."""
    west, south, east, north = crop
    frame = ((west, east, east, west, west), (south, south, north, north, south))
    land = outline(where.borders, {"color": p.muted, "width": 0.8})
    window = outline([frame], {"color": p.accent, "width": 2.5})
    return [trace | {"xaxis": "x2", "yaxis": "y2"} for trace in (land, window)]
