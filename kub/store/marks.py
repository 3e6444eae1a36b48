"""Numbers that add up to 0 over cells that may be released together, and over no part of them."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from kub.store.block_sums import NOWHERE
from kub.store.disclosure import Integers
from kub.store.unknown import UnknownNumbers


def marked(parts: pa.Table) -> pa.Table:
    """The rows of small.part as those of access.village_mark."""
    programme = parts["programme_id"].dictionary_encode().combine_chunks().indices.to_numpy()
    year = parts["year"].to_numpy()
    # Two marks: what may be released of members need not be released of women.
    marks = [_balanced(programme, year, parts[name].to_numpy()) for name in ("part", "women_part")]
    kept = parts.select(["programme_id", "year", "village_code", "district_code", "sector"])
    return kept.append_column("mark", pa.array(marks[0])).append_column(
        "women_mark", pa.array(marks[1])
    )


def _balanced(programme: Integers, year: Integers, part: Integers) -> Integers:
    """A mark for each row that adds up to 0 over the rows of a programme, year and part, and over
    no fewer.

    Each is a random number less that of the next row of the part, in a ring: over some of them
    the ends are left. 62 bits each, so that two that cancel by chance are nothing to expect.
    What is released nowhere has a random mark.
    """
    if not len(part):
        return np.zeros(0, np.int64)
    # A fixed seed: the same records make the same file.
    random = np.random.default_rng(2017).integers(1, 2**61, len(part))
    order = np.lexsort((part, year, programme))
    starts = np.ones(len(order), bool)
    starts[1:] = np.any([np.diff(key[order]) != 0 for key in (programme, year, part)], axis=0)
    following = np.arange(1, len(order) + 1)
    first = np.flatnonzero(starts)
    following[np.append(first[1:], len(order)) - 1] = first
    marks = np.empty(len(order), np.int64)
    marks[order] = random[order] - random[order][following]
    return np.where(part == NOWHERE, random, marks)


def part_table(
    programme: str,
    unknown: UnknownNumbers,
    parts: Sequence[tuple[int, int, Integers, Integers, Integers]],
) -> pa.Table:
    """The rows of small.part of a programme; parts: (records, year, cells, part, women_part)."""
    lengths = [len(cells) for _, _, cells, _, _ in parts]
    none = np.zeros(0, np.int64)
    cells, numbers, women = (
        np.concatenate([none, *(part[i] for part in parts)]) for i in (2, 3, 4)
    )
    table = pa.table(
        {
            "programme_id": pa.array([programme] * len(cells), pa.string()),
            "records": np.repeat(np.array([part[0] for part in parts], np.int32), lengths),
            "year": np.repeat(np.array([part[1] for part in parts], np.int32), lengths),
            "village_code": pa.array(unknown.village[cells].tolist(), pa.string()),
            "district_code": pa.array(unknown.district[cells].tolist(), pa.string()),
            "sector": pa.array(unknown.sector[cells].tolist(), pa.string()),
            "part": numbers,
            "women_part": women,
        }
    )
    # A cell that is released by itself in both sums needs no mark.
    alone = (numbers % 3 == 1) & (women % 3 == 1)
    return table.filter(pa.array(~alone))
