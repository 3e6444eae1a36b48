"""Statements that want out, or want to fill or stop the process: refused in words, or harmless."""

import pytest

from kub.sql import sandbox
from kub.sql.faults import RULES, SqlFault
from kub.sql.limits import SECONDS
from kub.store.data import Data
from kub.words import LANGUAGES, of
from tests.support.hostile_sql import QUICK, SLOW


def outcome(data: Data, sql: str) -> str:
    """What becomes of a statement. Whatever it is, it tells nothing of the machine."""
    try:
        answer = sandbox.run(data, sql)
    except SqlFault as fault:
        shown = f"{fault.detail} {dict(fault.values)}"
        assert data.version.path.parent.as_posix() not in shown and "Traceback" not in shown
        assert data.version.path.name not in shown
        return fault.rule
    assert "root:" not in str(answer.table.to_pylist())
    return "answer"


@pytest.mark.parametrize(("sql", "expected"), [c[1:] for c in QUICK], ids=[c[0] for c in QUICK])
def test_a_reader_gets_no_further_than_the_tables(reader: Data, sql: str, expected: str) -> None:
    assert outcome(reader, sql) in expected.split("|")


@pytest.mark.parametrize(("sql", "expected"), [c[1:] for c in QUICK], ids=[c[0] for c in QUICK])
def test_an_analyst_gets_no_further_either(analyst: Data, sql: str, expected: str) -> None:
    assert outcome(analyst, sql) in expected.split("|")


@pytest.mark.thorough
@pytest.mark.parametrize(("sql", "expected"), [c[1:] for c in SLOW], ids=[c[0] for c in SLOW])
def test_none_takes_more_than_its_bounds(
    reader: Data, monkeypatch: pytest.MonkeyPatch, sql: str, expected: str
) -> None:
    monkeypatch.setenv(SECONDS, "3")
    assert outcome(reader, sql) in expected.split("|")
    assert outcome(reader, "SELECT count(*) FROM kub") == "answer"


def test_there_are_forty_and_each_has_a_name_of_its_own() -> None:
    names = [name for name, *_ in (*QUICK, *SLOW)]
    assert len(names) >= 40 and len(set(names)) == len(names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_words(lang: str) -> None:
    values = {"name": "x", "like": "y", "line": 1, "sign": 2, "limit": 3}
    for rule in RULES:
        assert of(lang)(f"sql.problem.{rule}", **values) and of(lang)(f"sql.todo.{rule}", **values)
