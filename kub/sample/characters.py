"""Four regencies that do not exist, each with another character: what makes them different."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Character:
    """What makes one fictional programme different.

    `served` villages of each district have groups.
    """

    code: str
    programme_id: str
    about: str
    years: Mapping[int, tuple[int, int]]
    mean_members: Mapping[int, float]
    sectors: Mapping[str, float]
    women: float
    bounds: tuple[int, int]
    silent_share: float
    last_report: date
    districts: int
    villages: int
    served: int
    residents: tuple[int, int]
    centre: tuple[float, float]
    libraries: int
    lenders: int
    city: bool = False
    aims: bool = True  # whether it has targets


def _mix(
    food: float, crafts: float, services: float, cooperatives: float, other: float
) -> dict[str, float]:
    return {
        "makanan": food,
        "kerajinan": crafts,
        "laundry": services,
        "koperasi": cooperatives,
        "lainnya": other,
    }


# Young and fast, old and saturated, a dense city, many closings: what comparisons must be able to
# show. All numbers are invented.
CHARACTERS = (
    Character(
        code="99.01",
        programme_id="CONTOH-A",
        about="muda dan cepat",
        years={
            2018: (22, 0),
            2019: (49, 0),
            2020: (67, 2),
            2021: (92, 3),
            2022: (126, 4),
            2023: (160, 5),
        },
        mean_members={2018: 11.5, 2023: 12.8},
        sectors=_mix(0.52, 0.12, 0.20, 0.02, 0.14),
        women=0.74,
        bounds=(5, 22),
        silent_share=0.04,
        last_report=date(2023, 12, 31),
        districts=6,
        villages=10,
        served=6,
        residents=(2_400, 9_500),
        centre=(-7.25, 110.30),
        libraries=6,
        lenders=1,
    ),
    Character(
        code="99.02",
        programme_id="CONTOH-B",
        about="tua dan jenuh",
        years={
            **{2003 + n: (12 + 11 * n, n // 2) for n in range(8)},
            **{2011 + n: (96 - (n + 1) // 2, 3 + n % 3) for n in range(13)},
        },
        mean_members={2003: 23.0, 2012: 20.5, 2023: 16.5},
        sectors=_mix(0.30, 0.22, 0.08, 0.08, 0.32),
        women=0.47,
        bounds=(6, 38),
        silent_share=0.19,
        last_report=date(2023, 12, 31),
        districts=8,
        villages=10,
        served=4,
        residents=(1_600, 6_800),
        centre=(-7.45, 110.75),
        libraries=9,
        lenders=3,
    ),
    Character(
        code="99.03",
        programme_id="CONTOH-C",
        about="kota, padat, jasa",
        years={
            2013: (14, 0),
            2014: (30, 1),
            2015: (45, 3),
            2016: (58, 4),
            2017: (70, 5),
            2018: (81, 6),
            2019: (92, 6),
            2020: (90, 11),
            2021: (95, 8),
            2022: (104, 7),
            2023: (110, 3),
        },
        mean_members={2013: 10.5, 2023: 9.4},
        sectors=_mix(0.31, 0.12, 0.42, 0.05, 0.10),
        women=0.63,
        bounds=(4, 20),
        silent_share=0.08,
        last_report=date(2023, 6, 30),
        districts=4,
        villages=9,
        served=7,
        residents=(7_500, 24_000),
        centre=(-7.02, 110.95),
        libraries=4,
        lenders=2,
        city=True,
    ),
    Character(
        code="99.04",
        programme_id="CONTOH-D",
        about="banyak yang tutup",
        years={
            2014: (26, 0),
            2015: (46, 5),
            2016: (61, 10),
            2017: (70, 15),
            2018: (74, 18),
            2019: (72, 20),
            2020: (58, 24),
            2021: (54, 17),
            2022: (57, 14),
            2023: (60, 13),
        },
        mean_members={2014: 13.5, 2023: 8.6},
        sectors=_mix(0.40, 0.24, 0.16, 0.03, 0.17),
        women=0.56,
        bounds=(3, 22),
        silent_share=0.14,
        last_report=date(2023, 12, 31),
        districts=5,
        villages=12,
        served=5,
        residents=(1_900, 7_200),
        centre=(-7.60, 111.25),
        libraries=2,
        lenders=0,
        aims=False,
    ),
)
