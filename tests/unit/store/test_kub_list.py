"""The list of KUB in blocks: search, state, reports, order, and what readers get of it."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from kub.store import kub_list
from kub.store.data import Data
from kub.store.database import current
from kub.store.kub_list import KubList, Orders
from queries.filters import Filters
from queries.listing import SORTS, Listing

SMALL = Filters(programme="CONTOH-C")  # has small cells


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Iterator[Data]:
    opened = Data.open(current(sample_folder))
    yield opened
    opened.con.close()


def listed(
    data: Data, listing: Listing, filters: Filters | None = None, role: str = "analyst"
) -> KubList:
    return KubList.of(data.seen_by(role), filters or Filters(), listing)


def rows(kubs: KubList) -> pd.DataFrame:
    return kubs.rows(0, 500)


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_the_rows_are_those_of_the_question(data: Data, role: str) -> None:
    kubs = listed(data, Listing(state="all", sort="kub_id"), SMALL, role)
    pd.testing.assert_frame_equal(rows(kubs), data.seen_by(role).ask("kubs", SMALL))
    pd.testing.assert_frame_equal(pd.concat(kubs.batches(), ignore_index=True), rows(kubs))


@pytest.mark.parametrize("sort", SORTS)
def test_any_column_sorts_both_ways_and_what_is_missing_stands_last(data: Data, sort: str) -> None:
    everything = rows(listed(data, Listing(state="all")))
    known = everything[sort].dropna().tolist()
    for sign, down in (("", False), ("-", True)):
        frame = rows(listed(data, Listing(state="all", sort=sign + sort)))
        assert frame[sort].tolist()[: len(known)] == sorted(known, reverse=down)
        assert frame[sort].iloc[len(known) :].isna().all()


def test_a_column_that_is_none_is_refused(data: Data) -> None:
    for sort in ("name; DROP TABLE kub", "members_", ""):
        with pytest.raises(KeyError):
            rows(listed(data, Listing(sort=sort)))
        with pytest.raises(KeyError):
            next(listed(data, Listing(sort=sort)).batches())


def test_blocks_are_parts_of_one_order(data: Data) -> None:
    whole = rows(listed(data, Listing(sort="-members")))["kub_id"].tolist()
    kubs = listed(data, Listing(sort="-members"), Filters(until=2023))
    blocks = [kubs.rows(start, 60)["kub_id"].tolist() for start in (120, 0, 60, 180, 240)]
    assert (
        sum(sorted(blocks, key=lambda block: whole.index(block[0]) if block else 999), []) == whole
    )


def test_words_are_looked_for_in_name_activity_and_codes(data: Data) -> None:
    first = rows(listed(data, Listing()))
    found = rows(listed(data, Listing(search=("anggrek", "kub"))))
    assert (
        found["kub_id"].tolist() == first[first["name"].str.contains("Anggrek")]["kub_id"].tolist()
    )
    assert rows(listed(data, Listing(search=("kub-034",))))["kub_id"].tolist() == ["KUB-034"]
    baskets = rows(listed(data, Listing(search=("fish",), trades=(("ikan asin",),))))
    assert set(baskets["activity"]) == {"ikan asin"}
    assert rows(listed(data, Listing(search=("' OR 1=1 --",)))).empty


def test_state_and_reports_are_those_of_the_year(data: Data) -> None:
    now = data.ask("headline", Filters(until=2020)).iloc[0]
    at = Filters(until=2020)
    counts = {
        (state, reported): listed(data, Listing(state=state, reported=reported), at).number()
        for state in ("active", "closed")
        for reported in ("all", "yes", "no")
    }
    assert counts["active", "all"] == now["kub"]
    assert counts["active", "yes"] == now["reported"]
    assert counts["active", "no"] == now["kub"] - now["reported"]
    closed = rows(listed(data, Listing(state="closed"), at))
    assert not closed["active"].any() and closed["closed_on"].notna().all()
    assert (closed["closed_on"] <= pd.Timestamp("2020-12-31")).all()


def test_the_sums_are_those_of_the_rows(data: Data) -> None:
    kubs = listed(data, Listing(search=("ikan",)))
    total, frame = kubs.totals(), rows(kubs)
    assert total["kub"] == len(frame) > 1
    for name in ("members", "women", "revenue_idr"):
        assert total[name] == frame[name].sum()
    assert total["women_members"] == frame[frame["women"].notna()]["members"].sum()
    assert total["stated"] == frame["revenue_idr"].notna().sum()


def test_readers_see_no_money_of_a_kub_and_no_sum_of_what_is_withheld(data: Data) -> None:
    frame = rows(listed(data, Listing(), SMALL, "reader"))
    assert frame["withheld"].any() and not frame["withheld"].all()
    assert frame[["revenue_idr", "assets_idr"]].isna().all(axis=None)
    hidden = frame[frame["withheld"]]
    assert hidden[["members", "women", "has_reported"]].isna().all(axis=None)
    total = listed(data, Listing(), SMALL, "reader").totals()
    assert [total[name] for name in ("members", "women", "women_members", "revenue_idr")] == [
        None
    ] * 4
    # By their reports nobody is told apart: they stand in neither list.
    for reported in ("yes", "no"):
        part = rows(listed(data, Listing(reported=reported), SMALL, "reader"))
        assert not part["withheld"].any()
    # Nor by their place in an order.
    one, other = (
        rows(listed(data, Listing(sort=sort), SMALL, "reader")) for sort in ("members", "-members")
    )
    last = one[one["members"].isna()]["kub_id"].tolist()
    assert last == other[other["members"].isna()]["kub_id"].tolist() == sorted(last)


def test_a_history_is_withheld_as_the_row_is(data: Data) -> None:
    frame = rows(listed(data, Listing(), SMALL, "reader"))
    hidden = frame[frame["withheld"]]["kub_id"].iloc[0]
    for role, withheld in (("reader", True), ("analyst", False)):
        kubs = listed(data, Listing(), SMALL, role)
        history = kubs.history([hidden])
        assert history["members"].isna().all() == withheld
        assert history["reported"].isna().all() == withheld
        assert (hidden in kubs.members_by_year([hidden])) != withheld
    assert history["year"].is_monotonic_increasing and history["revenue_idr"].notna().any()


def test_the_history_ends_with_the_year_asked_for(data: Data) -> None:
    kubs = listed(data, Listing(), Filters(until=2018))
    history = kubs.history(["KUB-034"])
    assert history["year"].tolist() == list(range(2013, 2019))
    assert kubs.members_by_year(["KUB-034"])["KUB-034"] == list(
        zip(history["year"], history["members"], strict=True)
    )
    assert kubs.single("KUB-034")["name"].tolist() == ["KUB Tunas Rejeki"]
    assert kubs.single("KUB-000").empty


def test_orders_stay_within_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kub_list, "MOST_BYTES", 2_000)
    orders = Orders()
    order = pa.chunked_array([[f"KUB-{n:07}" for n in range(60)]])
    for key in range(5):
        orders.put(key, order)
    assert [key for key in range(5) if orders.get(key) is not None] == [3, 4]
    orders.put("large", pa.chunked_array([["x" * 5_000]]))
    assert orders.get("large") is not None and orders.get(4) is None
