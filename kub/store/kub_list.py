"""The list of KUB of one view, in blocks: what a screen scrolls through and a file is written from.

The order of a list is kept as codes alone, 14 bytes a KUB, so that a block in the middle of a
million costs as much as the first.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
import pyarrow as pa

from kub.store.data import Data
from kub.store.frame_cache import FrameCache
from queries import listing as lists
from queries.filters import Filters
from queries.listing import Listing

BLOCK = 100  # rows that a screen asks for at once
MOST_ROWS = 500  # of a block that anybody asks for
MOST_BYTES = 64_000_000  # of all orders that a version keeps: four of a million KUB

_KEPT: "WeakKeyDictionary[FrameCache, Orders]" = WeakKeyDictionary()
_NEW = Lock()


class Orders:
    """The orders used last, within MOST_BYTES; the newest is kept however large it is."""

    def __init__(self) -> None:
        self._orders: OrderedDict[Hashable, pa.ChunkedArray] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> pa.ChunkedArray | None:
        with self._lock:
            if key in self._orders:
                self._orders.move_to_end(key)
            return self._orders.get(key)

    def put(self, key: Hashable, order: pa.ChunkedArray) -> None:
        with self._lock:
            self._orders[key] = order
            while len(self._orders) > 1 and self._bytes() > MOST_BYTES:
                self._orders.popitem(last=False)

    def _bytes(self) -> int:
        return sum(order.nbytes for order in self._orders.values())


@dataclass(frozen=True)
class KubList:
    """The KUB of a version that a role sees under filters, narrowed and ordered by a listing."""

    data: Data
    filters: Filters
    listing: Listing

    @classmethod
    def of(cls, data: Data, filters: Filters, listing: Listing) -> "KubList":
        """Raises YearlyOnly where the programme has no single KUB."""
        data.refuse("kubs", filters)
        return cls(data, data.resolved(filters), listing)

    def number(self) -> int:
        """How many KUB the list has."""
        with self.data.cursor() as cursor:
            return lists.number(cursor, self.filters, self.listing)

    def totals(self) -> Mapping[str, Any]:
        """What they add up to (queries/listing.py)."""
        with self.data.cursor() as cursor:
            return lists.totals(cursor, self.filters, self.listing.plain)

    def rows(self, offset: int, limit: int) -> pd.DataFrame:
        """Rows of the question `kubs`, limit many from offset on (0 is the first)."""
        kub_ids = self._codes(offset, limit)
        with self.data.cursor() as cursor:
            return lists.block(cursor, self.filters, kub_ids)

    def single(self, kub_id: str) -> pd.DataFrame:
        """The row of one KUB of the programme, whatever narrows the list; none where it was not
        founded by the as-of date.
        """
        with self.data.cursor() as cursor:
            return lists.block(cursor, self._whole, [kub_id])

    @property
    def _whole(self) -> Filters:
        return Filters(programme=self.filters.programme, until=self.filters.until)

    def history(self, kub_ids: list[str]) -> pd.DataFrame:
        """What is known of these KUB year by year."""
        with self.data.cursor() as cursor:
            return lists.history(cursor, self._whole, kub_ids)

    def sources(self, kub_id: str) -> pd.DataFrame:
        """The rows of workbooks that one KUB comes from."""
        with self.data.cursor() as cursor:
            return lists.sources(cursor, self._whole, kub_id)

    def members_by_year(self, kub_ids: list[str]) -> Mapping[str, list[tuple[int, int | None]]]:
        """(year, members) of these KUB, but of those that are withheld."""
        with self.data.cursor() as cursor:
            return lists.members_by_year(cursor, self.filters, kub_ids)

    def batches(self) -> Iterator[pd.DataFrame]:
        """All rows in their order, some at a time: what a file is written from."""
        with self.data.cursor() as cursor:
            yield from lists.batches(cursor, self.filters, self.listing)

    def _codes(self, offset: int, limit: int) -> list[str]:
        orders = self._orders()
        order = orders.get(self._key)
        # The first rows of a million are ready long before the order of all.
        if order is None and offset == 0:
            with self.data.cursor() as cursor:
                return _texts(lists.codes(cursor, self.filters, self.listing, limit))
        return _texts(self._order().slice(offset, limit))

    def _order(self) -> pa.ChunkedArray:
        orders = self._orders()
        order = orders.get(self._key)
        if order is None:
            with self.data.cursor() as cursor:
                order = lists.codes(cursor, self.filters, self.listing)
            orders.put(self._key, order)
        return order

    @property
    def _key(self) -> Hashable:
        return self.data.role, self.filters, self.listing

    def _orders(self) -> Orders:
        with _NEW:
            return _KEPT.setdefault(self.data.frame_cache, Orders())


def _texts(codes: pa.ChunkedArray) -> list[str]:
    return [str(code) for code in codes.to_pylist()]
