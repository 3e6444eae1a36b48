"""Which figures about people would let a reader work out those of very few.

A cell is a village and sector of a programme. One that has 1-4 members in some year is joined with others into a
group, the same for all years, until each year of the group has none or at least FEWEST. Every figure is a sum over
cells; one that cuts a group is withheld, so whatever is told of a year adds and subtracts to whole groups alone. Women
(members who state their sex, and those who do not) are grouped in the same way, on top of the groups of members.

Refused: to blank small numbers where they are shown, since a total less the other parts gives them back.
"""

import duckdb
import numpy as np
import pyarrow as pa

import queries

FEWEST = 5
# Cells are joined with the nearest that help: those of the same district and sector, of the same sector, of the same
# village, and so on. The sector comes before the village: a pair of sectors would take both out of every total
# by sector, of a district and of the whole programme; a pair of villages takes out two villages.
LEVELS = (("district", "sector"), ("sector",), ("village",), ("district",), ())
MEMBERS, STATED, UNSTATED = range(3)

_SMALL = """SELECT programme_id FROM village_fact
WHERE few(members) OR few(women_members) OR few(members - women_members) GROUP BY programme_id ORDER BY programme_id"""
_CELLS = """SELECT village_code, district_code, sector::VARCHAR AS sector, year, members, women_members
FROM village_fact WHERE programme_id = $programme AND members > 0 ORDER BY village_code, sector, year"""
_MARK = """CREATE SCHEMA access; CREATE TABLE access.village_mark (programme_id VARCHAR, year INTEGER,
village_code VARCHAR, district_code VARCHAR, sector sector, mark BIGINT, women_mark BIGINT)"""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Withhold from readers what the records of this connection call for; nothing is done where no cell is small."""
    programmes = [programme for (programme,) in con.execute(_SMALL).fetchall()]
    if not programmes and not con.execute("FROM kub_report WHERE few(members) LIMIT 1").fetchall():
        return
    con.execute(_MARK)
    for programme in programmes:
        con.from_arrow(_marks(con, programme)).insert_into("access.village_mark")
    con.execute(queries.sql("_small_cells"))
    con.execute(queries.sql("_access_small"))


def _marks(con: duckdb.DuckDBPyConnection, programme: str) -> pa.Table:
    """The rows of access.village_mark: cells of groups in the years in which they have members."""
    found = con.execute(_CELLS, {"programme": programme}).fetchnumpy()
    codes = {name: np.asarray(found[f"{name}_code"], str) for name in ("village", "district")}
    codes["sector"] = np.asarray(found["sector"], str)
    _, first, cell = np.unique(np.char.add(codes["village"], codes["sector"]), return_index=True, return_inverse=True)
    years, year = np.unique(found["year"], return_inverse=True)
    sums = np.zeros((len(first), 3, len(years)), np.int64)
    members, stated = (np.asarray(found[name]) for name in ("members", "women_members"))
    for quantity, people in ((MEMBERS, members), (STATED, stated), (UNSTATED, members - stated)):
        sums[cell, quantity, year] = people
    keys = {name: np.unique(values[first], return_inverse=True)[1] for name, values in codes.items()}
    alone = np.arange(len(first))
    of_members = Grouping(sums[:, [MEMBERS]], keys, alone)
    of_women = Grouping(sums[:, [STATED, UNSTATED]], keys, of_members.labels)
    marks = [_balanced(g.labels[cell], year, g.hopeless) for g in (of_members, of_women)]
    kept = (marks[0] != 0) | (marks[1] != 0)
    return pa.table(
        {
            "programme_id": pa.array([programme] * int(kept.sum()), pa.string()),
            "year": found["year"][kept],
            "village_code": codes["village"][kept].tolist(),
            "district_code": codes["district"][kept].tolist(),
            "sector": codes["sector"][kept].tolist(),
            "mark": marks[0][kept],
            "women_mark": marks[1][kept],
        }
    )


def _small(people: np.ndarray) -> np.ndarray:
    return np.asarray((people > 0) & (people < FEWEST))


def _alike(values: np.ndarray) -> list[np.ndarray]:
    """The positions of equal values, together."""
    order = np.argsort(values, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(values[order])) + 1)


def _neighbours(keys: list[np.ndarray], cells: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """For each cell the number of its neighbourhood, and the cells of each; a neighbourhood is alike in all keys."""
    place = np.zeros(cells, np.int64)
    for key in keys:
        place = np.unique(place * (int(key.max()) + 1) + key, return_inverse=True)[1]
    return place, _alike(place)


class Grouping:
    """Cells joined until no group is small.

    labels: of each cell the number of its group. hopeless: the years whose total is itself small, in which no
    joining helps and everything is withheld; they are left out of account otherwise, or a first year with one
    KUB of four members would take all later ones with it.
    """

    def __init__(self, sums: np.ndarray, keys: dict[str, np.ndarray], labels: np.ndarray) -> None:
        self.hopeless = np.asarray(_small(sums.sum(axis=0)).any(axis=0))
        self.labels = labels.copy()
        self._sums = np.zeros_like(sums[:, :, ~self.hopeless])
        np.add.at(self._sums, labels, sums[:, :, ~self.hopeless])
        self._cells = {int(labels[cells[0]]): cells.tolist() for cells in _alike(labels) if len(cells) > 1}
        self._near = [_neighbours([keys[name] for name in level], len(labels)) for level in LEVELS]
        for label in np.flatnonzero(_small(self._sums).any(axis=(1, 2))):
            while self.labels[label] == label and (lacking := _small(self._sums[label])).any():
                self._join(int(label), self._nearest(int(label), lacking))

    def _nearest(self, label: int, lacking: np.ndarray) -> int:
        """The group to join: of the first level that has any with people where they are lacking."""
        for place, cells in self._near:
            others = np.unique(self.labels[cells[place[label]]])
            others = others[others != label]
            others = others[(self._sums[others][:, lacking] > 0).any(axis=1)]
            if len(others):
                return self._best(label, others)
        raise AssertionError("a total that is not small has people elsewhere")

    def _best(self, label: int, others: np.ndarray) -> int:
        """One that suffices, first one that is withheld anyway, then the smallest; else the largest."""
        suffices = ~_small(self._sums[others] + self._sums[label]).any(axis=(1, 2))
        free = np.array([int(o) not in self._cells for o in others]) & ~_small(self._sums[others]).any(axis=(1, 2))
        people = self._sums[others].sum(axis=(1, 2))
        order = np.lexsort((others, np.where(suffices, people, -people), free & suffices, ~suffices))
        return int(others[order[0]])

    def _join(self, label: int, other: int) -> None:
        """The group keeps the label of the one that was lacking, so its own cell says what is near."""
        moved = self._cells.pop(other, [other])
        self._cells.setdefault(label, [label]).extend(moved)
        self.labels[moved] = label
        self._sums[label] += self._sums[other]
        self._sums[other] = 0


def _balanced(group: np.ndarray, year: np.ndarray, hopeless: np.ndarray) -> np.ndarray:
    """A mark for each row (cell and year) that adds up to 0 over the rows of one group and year, and over no part.

    Each is a random number less that of the next row of the group, in a ring: over a part the ends are left.
    62 bits each, so that two that cancel by chance are nothing to expect.
    """
    random = np.random.default_rng(2017).integers(1, 2**61, len(group))
    order = np.lexsort((group, year))
    starts = np.ones(len(order), bool)
    starts[1:] = (np.diff(group[order]) != 0) | (np.diff(year[order]) != 0)
    following = np.arange(1, len(order) + 1)
    first = np.flatnonzero(starts)
    following[np.append(first[1:], len(order)) - 1] = first
    marks = np.empty(len(order), np.int64)
    marks[order] = random[order] - random[order][following]
    return np.where(hopeless[year], random, marks)
