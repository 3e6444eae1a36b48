"""The large sheets of a folder of Parquet, while their rows stay with Spark: staged as
kub/records/staging.py does it, where every cell is plain or its column's values all mean something.

Everything else (cells that break a rule, totals and signatures between the records, names that fit
no village) is refused with NotPlain: kub/records reads such a folder whole, and says what is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kub import places
from kub.places import Gazetteer
from kub.records import asides, parts, villages
from kub.records.columns import Raw
from kub.records.grid import Watch
from kub.records.staging import FROM
from kub.records.tabular import RawSheet
from kub.records.totals import key_of
from kub.records.typed_columns import simple
from kub.spark import cells
from kub.spark.cells import NotPlain
from kub.spark.dialect import literal, name
from kub.spark.session import Session

# The sheets that grow with the programme; all others are read here.
LARGE = ("kub", "kub_report")
# As many rows at the end are looked at for signatures as kub/records/asides.py looks at.
_TAIL = 200


@dataclass(frozen=True)
class Sheet:
    """One large sheet. raw: its headings, no rows. path: file or folder of parts. counts: rows of
    each part. kinds: Arrow type by field.
    """

    raw: RawSheet
    path: Path
    counts: list[int]
    kinds: dict[str, pa.DataType]

    @property
    def rows(self) -> int:
        """How many rows all parts have."""
        return sum(self.counts)

    def numbered(self, numbers: Sequence[int], fields: Sequence[str]) -> RawSheet:
        """The sheet with some of its rows, by their numbers in ascending order."""
        starts = [parts.FIRST_ROW, *accumulate(self.counts, initial=parts.FIRST_ROW)][1:]
        headings = [self.raw.headings[field] for field in fields]
        taken = []
        for start, count, path in zip(starts, self.counts, parts.of(self.path), strict=False):
            here = [number - start for number in numbers if start <= number < start + count]
            if here:
                taken.append(pq.ParquetFile(path).read(columns=headings).take(here))
        kept: dict[str, Raw] = {}
        for field, heading in zip(fields, headings, strict=True):
            chunks = [chunk for table in taken for chunk in simple(table[heading], heading).chunks]
            kept[field] = pa.chunked_array(chunks)
        return replace(self.raw, columns=kept, rows=pa.array(numbers, pa.int32()))


def sheet(folder: Path, raw: RawSheet) -> Sheet:
    """Where the rows of a sheet are. Raises NotPlain where Spark would not read them as we do."""
    path = parts.of_table(folder, raw.sheet.table)
    if path is None:
        raise NotPlain(raw.sheet.table)
    schema = parts.schema(path)
    kinds = {field: schema.field(heading).type for field, heading in raw.headings.items()}
    kinds = {
        field: kind.value_type if pa.types.is_dictionary(kind) else kind
        for field, kind in kinds.items()
    }
    if not all(map(cells.is_known, kinds.values())):
        raise NotPlain(raw.sheet.table)
    return Sheet(raw, path, parts.counts(path), kinds)


def stage(session: Session, source: Sheet, today: date) -> None:
    """Makes the view of the staged sheet, under the name of its table. Raises NotPlain."""
    table = source.raw.sheet.table
    raw = f"raw_{table}"
    session.files(f"read_{table}", parts.of(source.path), numbered=True)
    fields = [f"{name(heading)} AS `{field}`" for field, heading in source.raw.headings.items()]
    session.view(raw, f"SELECT {', '.join(fields)}, {_row(source)} AS _row FROM read_{table}")
    odd = _odd_columns(session, raw, source, today)
    _refuse_asides(session, raw, source)
    typed = []
    for column in source.raw.sheet.columns:
        if column.field not in source.kinds:
            typed.append(cells.absent(column))
        elif column.field in odd:
            typed.append(cells.read(session, raw, column, source.kinds[column.field], today))
        else:
            typed.append(cells.plain(column))
    joins = " ".join(column.join for column in typed if column.join)
    selected = ", ".join(["r._row", *cells.selected(typed, FROM)])
    session.write(table, f"SELECT {selected} FROM {raw} r {joins}")
    _refuse_blanks(session, source)


def _row(source: Sheet) -> str:
    """The number of a row: through all parts, in the order of their names."""
    names = [path.name for path in parts.of(source.path)]
    starts = accumulate(source.counts[:-1], initial=parts.FIRST_ROW)
    pairs = ", ".join(
        f"{literal(file)}, {start}L" for file, start in zip(names, starts, strict=True)
    )
    return f"CAST(try_element_at(map({pairs}), _file) + _index AS INT)"


def _odd_columns(session: Session, raw: str, source: Sheet, today: date) -> set[str]:
    """The fields whose cells are not taken as they are."""
    checks = {}
    odd = set()
    for column in source.raw.sheet.columns:
        if column.field in source.kinds:
            check = cells.suspicion(column, source.kinds[column.field], today)
            if check:
                checks[column.field] = f"coalesce({check}, false) AS `{column.field}`"
            else:
                odd.add(column.field)
    numbered = "count(_row) AS _count, min(_row) AS _min, max(_row) AS _max, sum(_row) AS _sum"
    asked = ", ".join([numbered, *checks.values()])
    [row] = session.rows(f"SELECT {asked} FROM {raw}").to_pylist()
    # A name of a file that Spark writes otherwise would leave its rows without a number. To count
    # different numbers would be one more shuffle of all rows.
    ends = (parts.FIRST_ROW, source.rows + parts.FIRST_ROW - 1)
    expected = (source.rows, *ends, source.rows * sum(ends) // 2)
    if tuple(row[name] for name in ("_count", "_min", "_max", "_sum")) != expected:
        raise NotPlain("_row")
    return odd | {field for field in checks if row[field]}


def _refuse_asides(session: Session, raw: str, source: Sheet) -> None:
    """Rows that may be no records: totals, signatures, headings again."""
    if not source.rows:
        raise NotPlain(source.raw.sheet.table)
    key = key_of(source.raw.sheet, source.kinds)
    heading = source.raw.headings[key]
    if pa.types.is_string(source.kinds[key]):
        begins = literal(f"(?iu)^(?:{asides.BEGINS.pattern})")
        labels = session.rows(
            f"SELECT DISTINCT `{key}` AS label FROM {raw} "
            f"WHERE `{key}` RLIKE {begins} OR `{key}` = {literal(heading)}"
        )["label"]
        if any(asides.is_label(label, heading) for label in labels.to_pylist()):
            raise NotPlain(key)
    last = source.rows + parts.FIRST_ROW
    first = max(parts.FIRST_ROW, last - _TAIL)
    tail = source.numbered(range(first, last), list(source.raw.headings))
    left_out = asides.find(
        source.raw.sheet, tail.columns, tail.headings, first, last - first, Watch()
    )
    if left_out:
        raise NotPlain(key)


def _refuse_blanks(session: Session, source: Sheet) -> None:
    """Cells that a record must have, and columns that may be filled from the cell above."""
    filled_down = source.kinds.keys() & {*source.raw.sheet.any_of, "district"}
    needed = [
        column.field
        for column in source.raw.sheet.columns
        if column.required or column.field in filled_down
    ]
    checks = ", ".join(f"count(`{field}`) AS `{field}`" for field in needed)
    [filled] = session.rows(f"SELECT {checks} FROM {source.raw.sheet.table}").to_pylist()
    for field, count in filled.items():
        if count != source.rows:
            raise NotPlain(field)


def locate(session: Session, regency_code: str, listed: list[places.Village]) -> None:
    """Gives the staged KUB the codes that only the names of their villages tell. Raises NotPlain
    where a name and a code do not go together, or one of them fits nothing.
    """
    written = session.rows(
        "SELECT village_code, village, district, min(_row) AS _row FROM kub "
        "GROUP BY village_code, village, district ORDER BY _row"
    )
    rows = written.cast(
        pa.schema(
            [(name, pa.string()) for name in ("village_code", "village", "district")]
            + [("_row", pa.int32())]
        )
    )
    gazetteer = Gazetteer(regency_code, listed)
    with duckdb.connect() as con:
        if villages.suspects(con, gazetteer, rows):
            raise NotPlain("village_code")
        if rows["village"].null_count == rows.num_rows:
            return
        located = villages.locate(con, gazetteer, rows)
    if located.findings:
        raise NotPlain("village")
    if rows["village_code"].null_count:
        # Both are in the order of `_row`.
        named = rows.append_column("located", located.table["village_code"])
        session.put("located_village", named.drop_columns(["_row"]))
        session.write(
            "kub_located",
            "SELECT k.* EXCEPT (village_code), coalesce(k.village_code, m.located) AS village_code "
            "FROM kub k LEFT JOIN located_village m ON k.village <=> m.village "
            "AND k.district <=> m.district AND k.village_code <=> m.village_code",
        )
        session.files("kub", [session.folder / "kub_located"])


def with_rows(sheets: Sequence[Sheet], breaches: pa.Table, most: int) -> Iterator[RawSheet]:
    """The large sheets with the rows that a rule names, so that the cells can be quoted.

    most: of the first rows alone, in the order in which problems are told.
    """
    ordered = breaches.sort_by([("table", "ascending"), ("_row", "ascending")]).slice(0, most)
    for source in sheets:
        own = ordered.filter(pc.equal(ordered["table"], source.raw.sheet.table))
        named = own.filter(pc.and_(pc.is_valid(own["_row"]), pc.is_valid(own["field"])))
        if named.num_rows:
            numbers = np.unique(named["_row"].to_numpy()).tolist()
            fields = sorted(set(named["field"].to_pylist()))
            yield source.numbered(numbers, fields)
