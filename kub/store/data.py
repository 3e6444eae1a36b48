"""One open version: its connection, and the names that filters and sentences need."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

import duckdb
import pandas as pd

import queries
from kub.store.cards import CARD_TABLES
from kub.store.cursors import Cursors
from kub.store.frame_cache import FrameCache
from kub.store.opening import FACT_TABLES, RECORD_TABLES, connect
from kub.store.versions import Version
from kub.words import Words
from queries.filters import SECTORS, Filters
from queries.yearly import answers


@dataclass(frozen=True)
class ProgrammeName:
    """A programme as lists show it.

    as_of: its newest date; years: first founding to newest report. is_card: whether it shares
    yearly figures only, by a benchmark card.
    """

    programme_id: str
    name: str
    regency: str
    is_sample: bool
    as_of: date | None
    years: tuple[int, ...]
    is_card: bool = False


class YearlyOnly(Exception):
    """A question, or filters, that the yearly figures of a benchmark card do not answer.

    programme: which shares no more.
    """

    def __init__(self, programme: ProgrammeName) -> None:
        super().__init__(programme.programme_id)
        self.programme = programme

    def message(self, words: Words) -> tuple[str, str]:
        """(what is the matter, what to do)."""
        regency = words.regency(self.programme.regency)
        return words("yearly.title", regency=regency), words("yearly.todo", regency=regency)


@dataclass(frozen=True)
class VillageName:
    """Codes and names of a village and its district."""

    village_code: str
    village: str
    district_code: str
    district: str


@dataclass(frozen=True)
class Data:
    """A version in use. Sessions share the connection; every query takes its own cursor.

    role: one of queries.ROLES; seen_by("analyst") shares the connection and sees figures about
    1-4 people. everywhere: whether the role holds for every programme; where it does not,
    questions over several are answered as readers get them.
    """

    version: Version
    con: duckdb.DuckDBPyConnection
    role: str = "reader"
    everywhere: bool = True
    frame_cache: FrameCache = field(default_factory=FrameCache, compare=False, repr=False)
    described: dict[str, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def open(cls, version: Version) -> "Data":
        """The version with a connection of its own (kub/store/database.py, `connect`)."""
        return cls(version, connect(version))

    def ask(self, question: str, filters: Filters, guests: str = "[]") -> pd.DataFrame:
        """The answer as a data frame; without a programme, of the default one.

        guests: as in queries.ask. Raises YearlyOnly.
        """
        self.refuse(question, filters)
        # Resolved first: no programme and the default one named must be one entry of the cache.
        filters = self.resolved(filters)
        ask = partial(self._asked, question, filters, guests)
        if guests == "[]":
            return self.frame_cache.get(self._key(question, filters), ask)
        return ask()

    def ahead(self, question: str, filters: Filters) -> None:
        """Begin to ask, beside what is going on; a later `ask` of the same waits for it."""
        filters = self.resolved(filters)
        ask = partial(self._asked, question, filters, "[]")
        self.frame_cache.ahead(self._key(question, filters), ask)

    def _key(self, question: str, filters: Filters) -> Hashable:
        """What the rows of a question follow from: filters that it does not heed are left out."""
        bound = (getattr(filters, name, None) for name in queries.heeded(question))
        return (question, self.role_for(question), *bound)

    def refuse(self, question: str, filters: Filters) -> None:
        """Raise YearlyOnly where the programme shares yearly figures only and these do not answer
        the question under these filters.
        """
        if not answers(question, filters):
            self.refuse_card(filters)

    def refuse_card(self, filters: Filters) -> None:
        """Raise YearlyOnly where the programme shares yearly figures only."""
        programme = self.programmes.get(self.resolved(filters).programme or "")
        if programme and programme.is_card:
            raise YearlyOnly(programme)

    def types(self, question: str) -> Mapping[str, str]:
        """The columns of a question in their order, with DuckDB's names of their types."""
        if question not in self.described:  # which takes 15 ms
            self.described[question] = queries.types(self.con.cursor(), question)
        return self.described[question]

    def as_of(self, filters: Filters) -> date | None:
        """The date that figures of the programme speak of under `until`; None without records."""
        query = "SELECT as_of FROM year_in_scope($programme, $until)"
        values = {"programme": self.resolved(filters).programme, "until": filters.until}
        rows: list[tuple[date | None]] = self.con.cursor().execute(query, values).fetchall()
        return rows[0][0]

    def _asked(self, question: str, filters: Filters, guests: str) -> pd.DataFrame:
        with self._cursors.taken(self.role_for(question)) as cursor:
            return queries.ask_on(cursor, question, filters, guests)

    def cursor(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor that sees what this role may see, for one query at a time."""
        return self._cursors.taken(self.role)

    @cached_property
    def _cursors(self) -> Cursors:
        return Cursors(self.con)

    def role_for(self, question: str) -> str:
        """The role that a question is answered for."""
        if question in queries.COMPARED | queries.SUMMED and not self.everywhere:
            return queries.ROLES[0]
        return self.role

    def seen_by(self, role: str, everywhere: bool | None = None) -> "Data":
        """The same version for other eyes, with the names that are read already.

        everywhere: as before where it is None.
        """
        # dataclasses.replace would drop the names read so far, a query each.
        other = copy(self)
        object.__setattr__(other, "role", role)
        if everywhere is not None:
            object.__setattr__(other, "everywhere", everywhere)
        return other

    def under(self, version: Version) -> "Data":
        """The same rows under the name and place that their file has by now."""
        other = copy(self)
        object.__setattr__(other, "version", version)
        return other

    @cached_property
    def withholds(self) -> bool:
        """Whether this version has small cells: without any, readers and analysts see the same."""
        schemas = self.con.cursor().execute(
            "FROM duckdb_schemas() WHERE schema_name = 'access' LIMIT 1"
        )
        return schemas.fetchone() is not None

    def resolved(self, filters: Filters) -> Filters:
        """Filters with the default programme named where none is."""
        if filters.programme:
            return filters
        return replace(filters, programme=self.default.programme_id)

    def programme(self, filters: Filters) -> ProgrammeName:
        """The programme the filters speak of."""
        if filters.programme:
            return self.programmes[filters.programme]
        return self.default

    def regency_code(self, filters: Filters) -> str:
        """The official code of the programme's regency."""
        return self.regency_codes[self.programme(filters).programme_id]

    @cached_property
    def regency_codes(self) -> Mapping[str, str]:
        """By programme: the official code of its regency."""
        rows = self.con.cursor().execute("SELECT programme_id, regency_code FROM programme")
        return dict(rows.fetchall())

    def compared(self, filters: Filters) -> list[ProgrammeName]:
        """The programmes that stand in a comparison, as the macro `compared`
        has them, in the order of `programmes`.
        """
        own = self.programme(filters).programme_id
        return [
            p
            for code, p in self.programmes.items()
            if code == own or not filters.peers or code in filters.peers
        ]

    def unknown(self, filters: Filters) -> Iterator[tuple[str, str]]:
        """(field, value) of each programme, peer, district, village and
        sector that this version does not have.
        """
        own = filters.programme or self.default.programme_id
        yield from self._unknown("sectors", filters.sectors, own)
        if own not in self.codes("programme", own):
            # Codes of places belong to a programme: without it none of them can be judged.
            yield "programme", own
            return
        for name in ("peers", "districts", "villages"):
            yield from self._unknown(name, getattr(filters, name), own)

    def _unknown(self, name: str, codes: Collection[str], own: str) -> Iterator[tuple[str, str]]:
        known = self.codes(name, own) if codes else ()
        yield from ((name, code) for code in codes if code not in known)

    def codes(self, name: str, programme_id: str) -> Collection[str]:
        """The codes that a filter of codes may have in a programme. Raises KeyError."""
        if name in ("programme", "peers"):
            return self.programmes.keys()
        if name == "sectors":
            return SECTORS
        return {"districts": self.districts, "villages": self.villages}[name][programme_id].keys()

    @property
    def default(self) -> ProgrammeName:
        """The programme for filters that name none: the first real one, else the first sample."""
        return next(iter(self.programmes.values()))

    @cached_property
    def programmes(self) -> Mapping[str, ProgrammeName]:
        """By id: real ones before samples, records before cards, each in the order of its first
        import.
        """
        rows = self.con.cursor().execute(
            """SELECT programme_id, name, regency, is_sample, max(as_of),
                 list(year ORDER BY year) FILTER (WHERE year IS NOT NULL),
                 programme_id IN (SELECT programme_id FROM card) AS is_card
               FROM programme LEFT JOIN programme_year USING (programme_id)
               GROUP BY programme_id, name, regency, is_sample, position
               ORDER BY is_sample, is_card, position"""
        )
        return {
            programme_id: ProgrammeName(
                programme_id, name, regency, is_sample, as_of, tuple(years or ()), is_card
            )
            for programme_id, name, regency, is_sample, as_of, years, is_card in rows.fetchall()
        }

    @cached_property
    def cards(self) -> frozenset[str]:
        """The programmes that share yearly figures only."""
        return frozenset(code for code, programme in self.programmes.items() if programme.is_card)

    @cached_property
    def villages(self) -> Mapping[str, Mapping[str, VillageName]]:
        """By programme and village code, in the order of codes."""
        by_programme: dict[str, dict[str, VillageName]] = {
            programme: {} for programme in self.programmes
        }
        rows = self.con.cursor().execute(
            "SELECT programme_id, village_code, village, district_code, district FROM village "
            "ORDER BY village_code"
        )
        for programme, *names in rows.fetchall():
            by_programme[programme][names[0]] = VillageName(*names)
        return by_programme

    @cached_property
    def districts(self) -> Mapping[str, Mapping[str, str]]:
        """By programme: district code -> name, in the order of codes."""
        return {
            programme: {village.district_code: village.district for village in villages.values()}
            for programme, villages in self.villages.items()
        }

    @cached_property
    def village_labels(self) -> Mapping[str, Mapping[str, str]]:
        """By programme: village code -> name, with the district where the name stands twice in
        the regency; in the order of names.
        """
        labels = {}
        for programme, villages in self.villages.items():
            names = Counter(v.village for v in villages.values())
            named = (
                (f"{v.village} ({v.district})" if names[v.village] > 1 else v.village, code)
                for code, v in villages.items()
            )
            labels[programme] = {code: name for name, code in sorted(named)}
        return labels

    @cached_property
    def with_targets(self) -> frozenset[str]:
        """The programmes that have any target: the others show nothing of them."""
        tables = "SELECT programme_id FROM target UNION SELECT programme_id FROM card_target"
        return frozenset(code for (code,) in self.con.cursor().execute(tables).fetchall())

    def dictionary(self) -> pd.DataFrame:
        """Tables (records, then facts) and columns with the database's own comments.

        Columns: table, table_comment, column, type, comment; a comment is 'Indonesian | English'.
        """
        rows = self.con.cursor().execute(queries.model("dictionary")).df()
        # Records first, since facts are made of them.
        order = {
            table: place for place, table in enumerate([*RECORD_TABLES, *CARD_TABLES, *FACT_TABLES])
        }
        return rows.sort_values(
            "table", key=lambda names: names.map(order), kind="stable", ignore_index=True
        )

    def source_files(self) -> pd.DataFrame:
        """The files this version was built from, with SHA-256 and import time (UTC)."""
        return (
            self.con.cursor()
            .execute("SELECT * EXCLUDE importer FROM source_file ORDER BY programme_id, file")
            .df()
        )
