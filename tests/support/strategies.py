"""Small random programmes and filters: few places, few days, so that coincidences are common.

Days cluster around year's ends, because there the rules meet: a founding on the as-of date, a
closing on 31 December, a report of the next morning, four years of exactly 1,461 days.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

from kub.guests import Guest, faults
from queries.filters import DENOMINATORS, DIMENSIONS, MEASURES, SECTORS, Filters
from tests.twins.rows import Kub, Library, Published, Records, Report, Village

FIRST, LAST = 2014, 2019
YEARS = range(FIRST, LAST + 1)
TURNING_DAYS = [
    date(y, m, d) for y in YEARS for m, d in ((1, 1), (6, 30), (11, 30), (12, 30), (12, 31))
]
DAYS = st.sampled_from(TURNING_DAYS) | st.dates(date(FIRST, 1, 1), date(LAST, 12, 31))
# Days a KUB lives: closed on the day it was founded; around one, two, three and four whole years;
# any.
LIFETIMES = st.sampled_from([0, 1, 365, 366, 730, 731, 1095, 1096, 1461]) | st.integers(0, 2200)
SECTOR = st.sampled_from(SECTORS)
# Names stand twice, in capitals or not, so that order rests on the id as well.
NAMES = st.sampled_from(["Melati", "Maju Jaya", "maju jaya", "Ébeg"])
ACTIVITIES = st.none() | st.sampled_from(["keripik", "anyaman", "Batik"])
# Whole rupiah and halves of one; zero is stated.
MONEY = st.sampled_from([None, 0.0, 1_000_000.0, 2_500_000.0, 700_000.5, 1.4])
INDICATORS = st.sampled_from(["kub", "anggota", "desa", "perpustakaan"])
REGENCIES = {
    "satu": ("99.01", "Kabupaten Contoh A"),
    "dua": ("99.02", "Kabupaten Contoh B"),
    # Two offices in one regency.
    "tiga": ("99.01", "Kabupaten Contoh A"),
}
UNKNOWN_DISTRICT, UNKNOWN_VILLAGE = "99.09.99", "99.09.99.2999"


@st.composite
def villages(draw: st.DrawFn) -> tuple[Village, ...]:
    """2-6 villages in 1-3 districts. All programmes draw from the same codes: as in one regency."""
    districts = draw(st.integers(1, 3))
    found = []
    for number in range(draw(st.integers(2, 6))):
        district = draw(st.integers(1, districts))
        population = draw(st.none() | st.sampled_from([0, 900, 2500]))
        found.append(
            Village(
                # Kelurahan begin with 1.
                code=f"99.01.{district:02}.{draw(st.sampled_from([1001, 2001])) + number}",
                # Two villages of one name, as Batang has eleven times.
                name=draw(st.sampled_from(["Wonokerso", "Sukorejo", f"Desa {number}"])),
                district_code=f"99.01.{district:02}",
                district=("Tulis", "Subah", "Kandeman")[district - 1],
                is_target=draw(st.booleans()),
                population=population,
                population_year=None if population is None else draw(st.sampled_from([2013, 2020])),
                lat=draw(st.none() | st.just(-6.9)),
                lon=draw(st.none() | st.just(109.8)),
                idm=draw(st.none() | st.just(0.6773)),
                idm_class=draw(st.none() | st.just("Berkembang")),
            )
        )
    return tuple(found)


@st.composite
def reports(draw: st.DrawFn, kub: Kub) -> list[Report]:
    """0-4 reports between founding and closing. A KUB founded "in 2016" (read as its last day) may
    have reported earlier in that year."""
    earliest = (
        date(kub.founded_on.year, 1, 1)
        if (kub.founded_on.month, kub.founded_on.day) == (12, 31)
        else kub.founded_on
    )
    days = draw(st.just(set()) | st.sets(DAYS, min_size=3, max_size=7))
    found = []
    for day in sorted(days):
        if day < earliest or (kub.closed_on and day > kub.closed_on):
            continue
        members = draw(st.integers(0, 30))
        women = draw(st.integers(0, members) | st.integers(0, members) | st.none())
        money = (draw(MONEY), draw(MONEY)) if kub.activity else (None, None)
        found.append(Report(kub.kub_id, day, members, women, *money))
    return found


@st.composite
def population(draw: st.DrawFn) -> tuple[tuple[int | None, int, bool], ...]:
    """Residents in some years of the reference file, and perhaps as the
    workbook states them, even without a year.
    """
    numbers = st.sampled_from([0, 2500, 40_000])
    stated = draw(st.dictionaries(st.integers(FIRST - 2, LAST + 3), numbers, max_size=3))
    rows: list[tuple[int | None, int, bool]] = [
        (year, number, False) for year, number in stated.items()
    ]
    if draw(st.sampled_from([True, False, False])):
        rows.append((draw(st.none() | st.integers(FIRST - 2, LAST + 3)), draw(numbers), True))
    return tuple(draw(st.permutations(rows)))


@st.composite
def programmes(draw: st.DrawFn, programme_id: str) -> Records:
    """One programme; ids of KUB and libraries stand in the other one too."""
    places = draw(villages())
    codes = st.sampled_from([v.code for v in places])
    kubs, told = [], []
    for number in range(draw(st.integers(0, 3) | st.integers(4, 12))):
        founded_on = draw(DAYS)
        lifetime = draw(st.none() | st.none() | LIFETIMES)
        kub = Kub(
            kub_id=f"K{number:02}",
            village_code=draw(codes),
            sector=draw(SECTOR),
            founded_on=founded_on,
            closed_on=None if lifetime is None else founded_on + timedelta(days=lifetime),
            name=draw(NAMES),
            activity=draw(ACTIVITIES),
        )
        kubs.append(kub)
        told += draw(reports(kub))
    libraries = [Library(f"P{n}", draw(codes), draw(DAYS)) for n in range(draw(st.integers(0, 2)))]
    # Mostly published on a day on which something happened, where < and <= differ.
    happened = [k.founded_on for k in kubs] + [k.closed_on for k in kubs if k.closed_on]
    happened += [r.reported_on for r in told] + [library.opened_on for library in libraries]
    days = st.sampled_from(happened) if happened else DAYS
    keys = draw(
        st.lists(st.tuples(days, INDICATORS, st.sampled_from("ab")), max_size=5, unique=True)
    )
    published = [
        Published(on, what, draw(st.integers(0, 40)) / 2, source) for on, what, source in keys
    ]
    regency_code, regency = REGENCIES[programme_id]
    return Records(
        programme_id,
        places,
        tuple(kubs),
        tuple(told),
        tuple(libraries),
        tuple(published),
        draw(population()),
        regency_code,
        regency,
        draw(st.booleans()),
    )


@st.composite
def filters(draw: st.DrawFn, records: Records) -> Filters:
    """Any scope of one programme, places that do not exist and
    years outside the records included.
    """
    districts = sorted({v.district_code for v in records.villages}) + [UNKNOWN_DISTRICT]
    codes = [v.code for v in records.villages] + [UNKNOWN_VILLAGE]
    years = st.none() | st.none() | st.integers(FIRST - 1, LAST + 2)
    return Filters(
        programme=records.programme_id,
        districts=draw(chosen(districts)),
        villages=draw(chosen(codes)),
        sectors=draw(chosen(SECTORS)),
        since=draw(years),
        until=draw(years),
        denominator=draw(st.sampled_from(DENOMINATORS)),
        measure=draw(st.sampled_from(MEASURES)),
        peers=draw(chosen(list(REGENCIES))),
        rows=draw(st.sampled_from(DIMENSIONS)),
        columns=draw(st.sampled_from(DIMENSIONS)),
    )


def chosen(codes: list[str] | tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly no filter: three filters at once leave little to compare."""
    some = st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple)
    return st.sampled_from([True, True, True, False, False]).flatmap(
        lambda everything: st.just(()) if everything else some
    )


@st.composite
def cases(
    draw: st.DrawFn, asked: int = 4, loaded: tuple[str, ...] = ("satu", "dua")
) -> tuple[tuple[Records, ...], list[Filters]]:
    """Some of REGENCIES' programmes in one database, and what is asked of them."""
    together = tuple(draw(programmes(name)) for name in loaded)
    return together, [draw(filters(draw(st.sampled_from(together)))) for _ in range(asked)]


GUESTS = {"36.72": "Kota Cilegon", "33.24": "Kabupaten Kendal", "99.01": "Kabupaten Contoh A"}


@st.composite
def guests(draw: st.DrawFn) -> tuple[Guest, ...]:
    """One to three regencies with figures of their own, as the form
    takes them; one may be of a loaded regency.
    """
    return tuple(draw(st.lists(guest(), min_size=1, max_size=3)))


@st.composite
def guest(draw: st.DrawFn) -> Guest:
    """Figures without a fault, the optional ones stated or not."""
    code = draw(st.sampled_from(list(GUESTS)))
    as_of = draw(DAYS)
    kub = draw(st.sampled_from([0, 4, 5]) | st.integers(0, 40))
    members = draw(st.integers(2 * kub, 30 * kub))
    villages = draw(st.integers(3, 43))
    parts = draw(st.none() | st.lists(SECTOR, min_size=kub, max_size=kub))
    stated = {
        "regency_code": code,
        "population": draw(st.sampled_from([2_500, 40_000, 480_378])),
        "population_year": draw(st.integers(FIRST - 2, LAST)),
        "villages": villages,
        "as_of": as_of,
        "kub": kub,
        "members": members,
        "covered": draw(st.integers(min(1, kub), min(kub, villages))),
        "women": draw(st.none() | st.integers(0, members)),
        "first_year": draw(st.none() | st.integers(FIRST - 4, FIRST - 3)),
        "kub_before": draw(st.none() | st.integers(0, kub)),
        "closed": draw(st.none() | st.integers(0, kub)),
        "sectors": None if parts is None else tuple(parts.count(sector) for sector in SECTORS),
        "counted": draw(st.sampled_from(["active", "active", "formed", "aided"])),
    }
    assert faults(stated, date(LAST + 1, 1, 1)) == []
    return Guest(regency=GUESTS[code], **stated)
