"""Random programmes with revenue and targets: years that are missing, unfinished, past the last and
before the first.
"""

from dataclasses import replace

from hypothesis import strategies as st

from queries.filters import Filters
from tests.support.strategies import FIRST, LAST, filters, programmes
from tests.twins.rows import Records, Target

# Near what a programme of a dozen KUB reaches, and exactly that.
VALUES = {
    "kub": st.integers(0, 12),
    "anggota": st.integers(0, 200),
    "desa": st.integers(0, 6),
    "perpustakaan": st.integers(0, 2),
    "perempuan": st.sampled_from([0.5, 1, 33, 50, 57.1, 60, 100]),
    "omzet": st.integers(0, 12).map(lambda millions: millions * 1_000_000),
}
REVENUE = st.none() | st.sampled_from([0.0, 500_000.0, 1_000_000.0, 2_500_000.0])
KEYS = st.tuples(st.sampled_from(list(VALUES)), st.integers(FIRST - 2, LAST + 3))


@st.composite
def aiming(draw: st.DrawFn, programme_id: str) -> Records:
    """A programme with targets, whose KUB state revenue in some of their reports."""
    records = draw(programmes(programme_id))
    keys = draw(st.lists(KEYS, max_size=12, unique=True))
    return replace(
        records,
        reports=tuple(replace(r, revenue_idr=draw(REVENUE)) for r in records.reports),
        targets=tuple(Target(name, year, draw(VALUES[name])) for name, year in keys),
    )


@st.composite
def aiming_cases(draw: st.DrawFn, asked: int) -> tuple[tuple[Records, ...], list[Filters]]:
    """Two of them in one database, and what is asked of them."""
    together = tuple(draw(aiming(name)) for name in ("satu", "dua"))
    return together, [draw(filters(draw(st.sampled_from(together)))) for _ in range(asked)]
