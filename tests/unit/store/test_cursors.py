"""Cursors that wait for the next question keep their role, and one that failed is not used again."""

import duckdb
import pytest

from kub.store.cursors import Cursors

SCHEMA = "SELECT current_schema()"


@pytest.fixture
def cursors() -> Cursors:
    con = duckdb.connect()
    con.execute("CREATE SCHEMA reader; CREATE SCHEMA analyst")
    return Cursors(con)


def test_a_cursor_is_used_again_for_its_role_alone(cursors: Cursors) -> None:
    with cursors.taken("reader") as first:
        pass
    with cursors.taken("analyst") as other:
        assert other is not first
        assert other.execute(SCHEMA).fetchall() == [("analyst",)]
    with cursors.taken("reader") as again:
        assert again is first
        assert again.execute(SCHEMA).fetchall() == [("reader",)]


def test_two_questions_at_once_have_a_cursor_each(cursors: Cursors) -> None:
    with cursors.taken("reader") as first, cursors.taken("reader") as second:
        assert first is not second


def test_a_cursor_that_failed_is_dropped(cursors: Cursors) -> None:
    with pytest.raises(duckdb.CatalogException), cursors.taken("reader") as first:
        first.execute("FROM nowhere")
    with cursors.taken("reader") as second:
        assert second is not first
