"""Random programmes in which few people are common, and their next
versions: later reports, corrections, moves.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from queries.filters import SECTORS
from tests.twins.rows import Kub, Lkm, LkmReport, Published, Records, Report, Village

FIRST, LAST = 2015, 2019


def programme(random: Random) -> Records:
    """2-6 villages, 4-14 KUB of which a third are small; reports are
    missing, KUB close, some state no sex.
    """
    villages = tuple(
        Village(
            f"99.01.0{1 + n // 3}.200{n}",
            f"Desa {n}",
            f"99.01.0{1 + n // 3}",
            f"Kec {1 + n // 3}",
            n % 2 == 0,
            900,
            2016,
        )
        for n in range(random.randint(2, 6))
    )
    sectors = random.sample(SECTORS, random.randint(1, 4))
    kubs, reports = [], []
    for number in range(random.randint(4, 14)):
        founded = date(
            random.randint(FIRST, LAST), random.choice((1, 6, 12)), random.randint(1, 28)
        )
        closed = founded + timedelta(random.randint(100, 1500)) if random.random() < 0.25 else None
        kub = Kub(
            f"K{number:02}",
            random.choice(villages).code,
            random.choice(sectors),
            founded,
            closed,
            activity=random.choice(("keripik", "batik", None)),
        )
        kubs.append(kub)
        reports += _reports(random, kub)
    published = tuple(
        Published(
            date(random.randint(FIRST, LAST), random.choice((3, 6, 12)), 30),
            "anggota",
            9,
            f"berita {n}",
        )
        for n in range(random.randint(0, 2))
    )
    return Records(
        "satu",
        villages,
        tuple(kubs),
        tuple(reports),
        published=published,
        population=((2016, 9000, False),),
        lkm=(Lkm("L1", villages[0].code, date(FIRST, 1, 1)),),
        lkm_reports=(LkmReport("L1", date(FIRST, 12, 31), 90),),
    )


def _reports(random: Random, kub: Kub) -> list[Report]:
    small = random.random() < 0.35
    often = random.choice((0.3, 0.6, 0.95))
    found = []
    for year in range(kub.founded_on.year, LAST + 1):
        for day in (date(year, 6, 30), date(year, 12, 31)):
            if (
                day < kub.founded_on
                or kub.closed_on
                and day > kub.closed_on
                or random.random() > often
            ):
                continue
            found.append(_report(random, kub.kub_id, day, small))
    return found


def _report(random: Random, kub_id: str, day: date, small: bool) -> Report:
    number = (
        random.choice((1, 2, 3, 4, 4, 3)) if small else random.choice((0, 6, 9, 12, 20, 25, 31))
    )
    women = None if random.random() < 0.2 else random.randint(0, number)
    return Report(kub_id, day, number, women, *_money(kub_id, day))


def _money(kub_id: str, day: date) -> tuple[float | None, float | None]:
    """Revenue and assets, of a source of their own; nearly all different, and some not stated."""
    random = Random(f"{kub_id} {day}")
    return (
        None if random.random() < 0.25 else float(random.randint(1, 10**9)),
        None if random.random() < 0.5 else float(random.randint(1, 10**9)),
    )


def until(records: Records, day: date) -> Records:
    """What was known on a day."""
    return replace(
        records,
        kubs=tuple(
            replace(k, closed_on=k.closed_on if k.closed_on and k.closed_on <= day else None)
            for k in records.kubs
            if k.founded_on <= day
        ),
        reports=tuple(r for r in records.reports if r.reported_on <= day),
    )


def corrected(random: Random, records: Records) -> Records:
    """A few things written differently: a number, a village, a
    sector, a KUB that was left out or added.
    """
    kubs, reports = list(records.kubs), list(records.reports)
    for _ in range(random.randint(0, 3)):
        what = random.choice(("number", "women", "move", "sector", "drop", "add", "report"))
        at = random.randrange(len(kubs)) if kubs else None
        if at is None:
            break
        if what in ("number", "women") and reports:
            place = random.randrange(len(reports))
            old = reports[place]
            reports[place] = (
                _report(random, old.kub_id, old.reported_on, random.random() < 0.5)
                if what == "number"
                else replace(old, women=random.choice((None, old.members // 2)))
            )
        if what == "move":
            kubs[at] = replace(kubs[at], village_code=random.choice(records.villages).code)
        if what == "sector":
            kubs[at] = replace(kubs[at], sector=random.choice(SECTORS))
        if what == "drop" and len(kubs) > 1:
            gone = kubs.pop(at)
            reports = [r for r in reports if r.kub_id != gone.kub_id]
        if what == "report" and reports:
            reports.pop(random.randrange(len(reports)))
        if what == "add":
            kub = replace(kubs[at], kub_id=f"N{random.randrange(10**6)}", closed_on=None)
            kubs.append(kub)
            reports += _reports(random, kub)
    return replace(records, kubs=tuple(kubs), reports=tuple(reports))


def history(seed: int) -> list[Records]:
    """1-3 successive versions of one programme, the oldest first."""
    random = Random(seed)
    final = programme(random)
    days = [date(y, m, d) for y in (2017, 2018, 2019) for m, d in ((6, 30), (12, 31))]
    stops = sorted(random.sample(days, random.randint(0, 2)))
    found: list[Records] = []
    for day in [*stops, date(LAST, 12, 31)]:
        final = corrected(random, final) if found else final
        found.append(until(final, day))
    return [records for records in found if records.kubs] or [final]
