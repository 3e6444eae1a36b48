"""Villages to draw maps of, frames as the question `villages` gives
them, and GeoJSON of square villages.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from shapely import Polygon

from kub.places import villages_of
from kub.places.areas import Area, Place

HERE = "33.25.13."


def places(
    points: Sequence[tuple[float | None, float | None]], district: str = "33.25.13"
) -> tuple[Place, ...]:
    """Villages 2001, 2002, … of one district at (lon, lat)."""
    return tuple(
        Place(f"{district}.{2001 + i}", f"Desa {i + 1}", district, "Kandeman", lat, lon)
        for i, (lon, lat) in enumerate(points)
    )


def frame(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Rows of `villages`; what a row leaves out is as in a village without KUB."""
    empty = {
        "village": "Desa",
        "district": "Kandeman",
        "kub": 0,
        "members": 0,
        "women_share": None,
        "main_sector": None,
        "first_founded_on": pd.NaT,
        "last_founded_on": pd.NaT,
        "population": pd.NA,
        "kub_per_10k": None,
        "population_year": pd.NA,
        "unreported": 0,
        "is_target": False,
    }
    made = [
        {"village_code": f"{HERE}{2001 + i}"} | empty | {"village": f"Desa {i + 1}"} | dict(row)
        for i, row in enumerate(rows)
    ]
    columns = ["village_code", *empty]
    types = {
        "population": "Int64",
        "population_year": "Int32",
        "kub_per_10k": "float64",
        "members": "float64",
    }
    return pd.DataFrame(made, columns=columns).astype(types)


def counted(*kub: int) -> pd.DataFrame:
    """Villages with so many KUB, ten members each."""
    return frame(*({"kub": n, "members": 10 * n} for n in kub))


def polygon(area: Area) -> Polygon:
    """The largest part of an area."""
    return Polygon(list(zip(*area.rings[0], strict=True)))


def square(west: float, south: float = -7.0, side: float = 0.01) -> dict[str, Any]:
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [
            [[west, south], [east, south], [east, north], [west, north], [west, south]]
        ],
    }


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(folder: Path, features: Iterable[Any], name: str = "desa.geojson") -> Path:
    """A GeoJSON file in the data folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), "utf-8")
    return path


def years(*rows: tuple[int, int, int], provisional: bool = False) -> pd.DataFrame:
    """Rows of `coverage_years`: (year, covered, villages)."""
    ends = [date(year, 6 if provisional and year == rows[-1][0] else 12, 30) for year, _, _ in rows]
    return pd.DataFrame(
        {
            "year": [year for year, _, _ in rows],
            "as_of": pd.to_datetime(ends),
            "provisional": [provisional and year == rows[-1][0] for year, _, _ in rows],
            "villages": [of for _, _, of in rows],
            "covered": [covered for _, covered, _ in rows],
            "share": [covered / of if of else None for _, covered, of in rows],
        }
    )


def districts(**rows: tuple[int, int]) -> pd.DataFrame:
    """Rows of `coverage`: name = (covered, villages)."""
    made = [
        {"district_code": f"33.25.{i:02}", "district": name, "villages": of, "covered": covered}
        for i, (name, (covered, of)) in enumerate(rows.items(), 1)
    ]
    shared = pd.DataFrame(made, columns=["district_code", "district", "villages", "covered"])
    return shared.assign(share=shared["covered"] / shared["villages"], kub=shared["covered"])


def batang() -> tuple[Place, ...]:
    """The real villages of Kabupaten Batang."""
    return tuple(
        Place(v.code, v.village, v.district_code, v.district, v.lat, v.lon)
        for v in villages_of("33.25")
    )


def whole_regency() -> pd.DataFrame:
    """Up to eight KUB in each of them, nine members each."""
    rows = [
        {
            "village_code": p.code,
            "village": p.village,
            "district": p.district,
            "kub": i % 9,
            "members": 9 * (i % 9),
        }
        for i, p in enumerate(batang())
    ]
    return frame(*rows)
