"""Small random records of what stands beside the KUB, on the programmes of tests/support/strategies.py.

Ids and names repeat in every programme; names and villages are often those of data/reference/,
so that rows meet.
"""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from queries.filters import Filters
from tests.support.strategies import DAYS, YEARS, filters, programmes
from tests.twins.rows import (
    Award,
    Kub,
    Library,
    LibraryReport,
    Lkm,
    LkmReport,
    Records,
    Report,
    SchoolVisit,
    StudyVisit,
    Village,
)

UJUNGNEGORO, PONOWARENG = "33.25.13.2010", "33.25.10.2020"
# As the reference files write them, in capitals, with blanks around.
UNITS = st.sampled_from(
    [
        "KSP Makmur Sejahtera",
        " ksp makmur sejahtera ",
        "ksp berkah jaya",
        " KSP Berkah Jaya ",
        "KSP Lain",
    ]
)
AWARD_NAMES = st.sampled_from(
    [
        "Indonesia CSR Leadership Award 2017",
        " indonesia csr leadership award 2017",
        "3G Award, social empowerment",
        "Literacy Honorable Mention",
        "PROPER BIRU",
        "Piagam Bupati",
    ]
)
BODIES = st.sampled_from(["KLHK", "World CSR Day"])
# 33.24 is Kabupaten Kendal; nothing is called 99.77.
ORIGINS = st.sampled_from(["33.24", "36.72", "99.77"])
# The day of KSP Berkah Jaya's published figures, and the day before.
PUBLISHED_ON = (date(2023, 5, 21), date(2023, 5, 20))
MONEY = st.sampled_from([None, 0.0, 1_000_000.0, 2_500_000.0])
# Mostly as-of dates themselves, where < and <= differ; also beyond the last.
WHEN = (
    st.sampled_from([date(year, 12, 31) for year in YEARS])
    | DAYS
    | st.sampled_from([date(2020, 1, 1), date(2020, 6, 30)])
)


@st.composite
def reported(draw: st.DrawFn, ids: list[str]) -> list[tuple[str, date]]:
    """0-3 days for each, also before it opened."""
    return [(one, on) for one in ids for on in sorted(draw(st.sets(WHEN, max_size=3)))]


@st.composite
def microfinance(
    draw: st.DrawFn, codes: st.SearchStrategy[str]
) -> tuple[tuple[Lkm, ...], tuple[LkmReport, ...]]:
    lkm = [
        Lkm(f"L{n}", draw(codes), draw(st.none() | WHEN), draw(UNITS))
        for n in range(draw(st.integers(0, 5)))
    ]
    reports = [
        LkmReport(one, on, draw(st.sampled_from([0, 7, 40])), *[draw(MONEY) for _ in range(4)])
        for one, on in draw(reported([unit.lkm_id for unit in lkm]))
    ]
    return tuple(lkm), tuple(reports)


@st.composite
def library_sheets(
    draw: st.DrawFn, codes: st.SearchStrategy[str]
) -> tuple[tuple[Library, ...], tuple[LibraryReport, ...]]:
    libraries = [Library(f"P{n}", draw(codes), draw(WHEN)) for n in range(draw(st.integers(0, 4)))]
    numbers = st.none() | st.sampled_from([0, 12, 300])
    reports = [
        LibraryReport(one, on, draw(numbers), draw(numbers))
        for one, on in draw(reported([library.library_id for library in libraries]))
    ]
    return tuple(libraries), tuple(reports)


@st.composite
def supported(draw: st.DrawFn, programme_id: str) -> Records:
    """A programme with all its sheets; half of them in the regency of the
    reference files, one in five without KUB.
    """
    records = draw(programmes(programme_id))
    last = draw(st.none() | st.sampled_from(PUBLISHED_ON))
    if draw(st.integers(0, 4)) == 0:
        records = replace(records, kubs=(), reports=())
    elif last:
        kub = Kub("K99", records.villages[0].code, "makanan", date(2019, 1, 1))
        records = replace(
            records, kubs=(*records.kubs, kub), reports=(*records.reports, Report("K99", last, 9))
        )
    places = records.villages
    if draw(st.booleans()):
        places += (
            Village(
                UJUNGNEGORO,
                "Ujungnegoro",
                "33.25.13",
                "Kandeman",
                True,
                draw(st.none() | st.just(3000)),
                2020,
            ),
            Village(PONOWARENG, "Ponowareng", "33.25.10", "Tulis", False, 2000, 2020),
        )
    # Those of the reference files are last, and count double here.
    codes = st.sampled_from([v.code for v in (*places, *places[-2:])])
    visit = st.builds(
        SchoolVisit,
        WHEN,
        st.sampled_from(["SDN 1", "Harapan"]),
        st.sampled_from(["SMA", "SD", "MI"]),
        codes,
        st.integers(0, 3),
    )
    award = st.builds(Award, WHEN, AWARD_NAMES, BODIES, st.none() | st.just("laporan"))
    study = st.builds(
        StudyVisit, WHEN, st.sampled_from(["Dinas", "DPRD"]), ORIGINS, st.none() | st.integers(0, 3)
    )
    lkm, lkm_reports = draw(microfinance(codes))
    libraries, library_reports = draw(library_sheets(codes))
    return replace(
        records,
        villages=places,
        regency_code=draw(st.sampled_from(["33.25", records.regency_code])),
        lkm=lkm,
        lkm_reports=lkm_reports,
        libraries=libraries,
        library_reports=library_reports,
        school_visits=tuple(draw(st.lists(visit, max_size=6))),
        awards=tuple(draw(st.lists(award, max_size=4))),
        study_visits=tuple(draw(st.lists(study, max_size=6))),
    )


@st.composite
def supported_cases(draw: st.DrawFn, asked: int = 3) -> tuple[tuple[Records, ...], list[Filters]]:
    """Two programmes in one database, and what is asked of them."""
    together = (draw(supported("satu")), draw(supported("dua")))
    return together, [draw(filters(draw(st.sampled_from(together)))) for _ in range(asked)]
