"""The workbooks of the fictional regencies, so that there is something to compare.

Codes 99.xx, names "Contoh": nobody can take them for real. Their places lie on an inland grid
drawn at random. Nothing here stands for, or is measured in, any real regency.
"""

from collections.abc import Mapping
from datetime import date
from random import Random

from kub.places import regency_name
from kub.sample import groups, reports, services, targets
from kub.sample.characters import CHARACTERS, Character
from kub.sample.plan import ProgrammePlan, Row, Tables, VillagePlan, kub_row

SOURCE = (
    "Data contoh: kabupaten/kota, desa, KUB, anggota, dan semua angka dibuat oleh "
    "generator; tidak ada yang nyata."
)
DISTRICTS = ("Utara", "Selatan", "Timur", "Barat", "Tengah", "Hulu", "Hilir", "Baru")
ROOTS = (
    "rejo sari mulyo agung harjo asri jaya kerto wangi tirto dadi luhur makmur sekar wening raharjo"
)
# Villages that a programme means to reach but has not.
EXTRA_TARGETS = 0.2
SIDES = ("", " Lor", " Kidul", " Wetan", " Kulon")


def tables(character: Character, seed: int) -> Tables:
    """All sheets of a fictional programme; the same seed gives the same rows."""
    # Each programme has its own numbers: another one added changes none of the others.
    rng = Random(f"{seed}-{character.programme_id}")
    villages = _villages(character, rng)
    outline = plan(character, villages, rng)
    invented = groups.invent(outline, rng)
    # Libraries and lenders stand where groups are, as in Batang.
    served = {place.code: place.village for place in outline.places}
    for row in villages:
        row["is_target"] = row["village_code"] in served or rng.random() < EXTRA_TARGETS
    libraries = _libraries(character, served, rng)
    lenders = _lenders(character, served, rng)
    first, until = min(character.years), character.last_report
    others = [
        (other.code, str(regency_name(other.code)))
        for other in CHARACTERS
        if other is not character
    ]
    days = services.spread(date(first + 2, 2, 1), until, 6, rng)
    schools = {
        year: rng.randrange(1, 2 + character.libraries) for year in range(first + 1, until.year + 1)
    }
    kub_reports = reports.invent(outline, invented, rng)
    return {
        "programme": [_programme(character, villages)],
        "village": villages,
        "kub": [kub_row(group) for group in invented],
        "kub_report": kub_reports,
        "lkm": [lender.row() for lender in lenders],
        "lkm_report": [row for lender in lenders for row in lender.reports(rng)],
        "library": libraries,
        "library_report": services.library_reports(libraries, until, rng),
        "school_visit": services.school_visits(served, schools, until, rng),
        "study_visit": services.study_visits(others, days, rng),
        "target": targets.rows(_goals(character, kub_reports)) if character.aims else [],
    }


def _goals(character: Character, kub_reports: list[Row]) -> dict[str, dict[int, float]]:
    """Its targets: KUB from the start, women and revenue of late, and what is next."""
    last = character.last_report.year
    kub = targets.of_kub(character.years)
    women = round(100 * character.women) + 1
    return {
        "kub": kub | {last + 1: kub[last] + 5},
        "perempuan": {last - 1: women - 2, last: women},
        "omzet": targets.of_revenue(kub_reports, last - 1, last),
    }


def plan(character: Character, villages: list[Row], rng: Random) -> ProgrammePlan:
    """The course of the programme; the villages with groups join over its first years."""
    first = min(character.years)
    places: list[VillagePlan] = []
    for start in range(0, len(villages), character.villages):
        for row in rng.sample(villages[start : start + character.villages], character.served):
            since = first + min(len(places) * 6 // (character.districts * character.served), 4)
            code, village, district = (
                str(row[field]) for field in ("village_code", "village", "district")
            )
            places.append(VillagePlan(code, village, district, rng.uniform(0.6, 3.0), since))
    return ProgrammePlan(
        programme_id=character.programme_id,
        places=tuple(places),
        years=character.years,
        mean_members=character.mean_members,
        sectors=character.sectors,
        women=character.women,
        bounds=character.bounds,
        silent_share=character.silent_share,
        report_day=(12, 31),
        last_report=character.last_report,
    )


def _programme(character: Character, villages: list[Row]) -> Row:
    return {
        "programme_id": character.programme_id,
        "name": f"Program KUB {regency_name(character.code)} ({character.about})",
        "regency_code": character.code,
        "operator": f"Pengelola {regency_name(character.code)}",
        "started_on": date(min(character.years), 1, 1),
        # The sum of its villages, so that rates of regency and villages agree.
        "population": sum(int(str(row["population"])) for row in villages),
        "population_year": 2020,
        "source": SOURCE,
        "is_sample": True,
    }


def _villages(character: Character, rng: Random) -> list[Row]:
    """District by district on a loose grid of about 3 km, a city's of about 1 km."""
    step = 0.010 if character.city else 0.028
    # Kelurahan begin with 1, desa with 2 (kub/places).
    kind = 1 if character.city else 2
    names = [f"Contoh{root}{side}" for side in SIDES for root in ROOTS.split()][
        : character.districts * character.villages
    ]
    rng.shuffle(names)
    rows: list[Row] = []
    for number, name in enumerate(names):
        district, inside = divmod(number, character.villages)
        lat = character.centre[0] + step * (
            4 * (district // 2) + inside // 3 + rng.uniform(-0.35, 0.35)
        )
        lon = character.centre[1] + step * (
            3 * (district % 2) + inside % 3 + rng.uniform(-0.35, 0.35)
        )
        rows.append(
            {
                "village_code": f"{character.code}.{district + 1:02d}.{kind}{inside + 1:03d}",
                "village": name,
                "district": f"Contoh {DISTRICTS[district]}",
                "population": rng.randrange(*character.residents),
                "population_year": 2020,
                "lat": round(lat, 4),
                "lon": round(lon, 4),
            }
        )
    return rows


def _libraries(character: Character, served: Mapping[str, str], rng: Random) -> list[Row]:
    first = min(character.years)
    days = services.spread(
        date(first + 1, 3, 1), date(min(first + 7, 2022), 11, 1), character.libraries, rng
    )
    codes = rng.sample(sorted(served), character.libraries)
    return [
        {
            "library_id": f"PD-{number:02d}",
            "name": f"Taman Baca {served[code]}",
            "village_code": code,
            "opened_on": day,
        }
        for number, (code, day) in enumerate(zip(codes, days, strict=True), 1)
    ]


def _lenders(character: Character, served: Mapping[str, str], rng: Random) -> list[services.Lender]:
    codes = rng.sample(sorted(served), character.lenders)
    first = min(character.years) + 1
    return [
        services.Lender(
            lkm_id=f"LKM-{number}",
            name=f"LKM {served[code]}",
            village_code=code,
            founded=str(first),
            first_year=first,
            until=character.last_report,
            customers=rng.randrange(260, 1_500),
            assets_idr=rng.randrange(300, 2_200) * 1_000_000,
        )
        for number, code in enumerate(codes, 1)
    ]
