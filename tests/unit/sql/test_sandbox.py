"""Whose tables a process holds, how much it answers, and who gives way to whom."""

from threading import Thread

import pytest

from kub.sql import limits, sandbox, tables
from kub.sql.faults import SqlFault
from kub.sql.limits import Limits
from kub.store.data import Data
from queries.filters import Filters

SLOW = "SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range % 11"


def rule(data: Data, sql: str, **more: object) -> str:
    with pytest.raises(SqlFault) as fault:
        sandbox.run(data, sql, **more)  # type: ignore[arg-type]
    return fault.value.rule


def test_a_reader_asks_of_what_answers_tell(reader: Data) -> None:
    for programme in reader.programmes:
        if programme in reader.cards:
            continue
        told = reader.ask("villages", Filters(programme))
        sql = (
            "SELECT village_code, members FROM villages "  # noqa: S608 a code of the sample
            f"WHERE programme = '{programme}'"
        )
        rows = sandbox.run(reader, sql).table.to_pylist()
        assert [row["village_code"] for row in rows] == told["village_code"].tolist()
        withheld = told["members"].isna()
        assert [row["members"] is None for row in rows] == withheld.tolist()
        assert sum(row["members"] or 0 for row in rows) == told["members"].sum()


def test_what_is_withheld_from_readers_is_told_to_analysts(reader: Data, analyst: Data) -> None:
    sql = "SELECT count(members) FROM villages"
    numbers = [sandbox.run(data, sql).table.column(0).to_pylist()[0] for data in (reader, analyst)]
    assert numbers[0] < numbers[1]


@pytest.mark.parametrize("table", ["kub_report", "kub_year", "village_fact", "kub_money", "card"])
def test_a_reader_has_no_record_of_people_and_money(reader: Data, table: str) -> None:
    assert rule(reader, f"FROM {table}") == "table"


def test_no_record_of_a_reader_counts_people_or_money(reader: Data) -> None:
    people = {"members", "women", "students", "participants", "customers", "revenue_idr"}
    records = [table for table in tables.schema(reader) if table.kind == "record"]
    assert {table.name for table in records} == set(tables.READER_RECORDS)
    assert not people & {name for table in records for name, _ in table.columns}


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_every_table_and_column_that_is_listed_can_be_asked(reader: Data, role: str) -> None:
    data = reader.seen_by(role)
    for table in tables.schema(data):
        answer = sandbox.run(data, f"FROM {table.name} LIMIT 1").table
        assert answer.column_names == [name for name, _ in table.columns], table.name


def test_a_large_version_is_read_in_place_and_its_path_is_not_told(
    analyst: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "COPY_MOST_BYTES", 0)
    content = tables.contents(analyst)
    assert not content.copied
    process = sandbox._Process(content, Limits())
    try:
        answer = process.run("SELECT count(*) AS n FROM kub_report", Limits())
        assert answer.table.to_pylist() == [{"n": len(analyst.con.cursor().table("kub_report"))}]
        for sql in ("SELECT * FROM kub_report WHERE x = 1", "SELECT 1 + 'a' FROM kub"):
            with pytest.raises(SqlFault) as fault:
                process.run(sql, Limits())
            assert analyst.version.path.name not in fault.value.detail
    finally:
        process.close()


def test_answers_are_cut_and_say_so(reader: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.SECONDS, "120")  # a busy machine takes long for long texts
    sandbox.cool()  # of its memory, others have used a part
    answer = sandbox.run(reader, "SELECT * FROM range(100000)")
    assert (len(answer.table), answer.cut) == (limits.ROWS, "rows")
    answer = sandbox.run(reader, "SELECT repeat('x', 3000000) AS a FROM range(9)")
    assert answer.cut == "bytes" and 0 < len(answer.table) < 9
    assert sandbox.run(reader, "SELECT 1").cut == ""


def test_every_kind_of_value_has_a_column(reader: Data) -> None:
    sql = """SELECT 1 AS a, 1.5 AS b, 1e30::HUGEINT AS c, [1, 2] AS d, DATE '2020-02-03' AS e,
      TIMESTAMPTZ '2020-01-01 00:00:00+00' AS f, NULL AS g, 'a'::BLOB AS h, true AS i, 2 AS a"""
    table = sandbox.run(reader, sql).table
    assert table.column_names == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "a"]
    assert [str(kind) for kind in table.schema.types] == [
        *("int64", "double", "string", "string", "date32[day]", "timestamp[us]", "string"),
        *("string", "bool", "int64"),
    ]


def test_faults_name_what_is_wrong_and_where(reader: Data) -> None:
    cases = {
        "SELEC 1": ("syntax", {"name": "SELEC", "line": 1, "sign": 1}),
        "SELECT *\nFROM kubb": ("table", {"name": "kubb", "like": "kub", "line": 2, "sign": 6}),
        "SELECT nme FROM kub": ("column", {"name": "nme", "line": 1, "sign": 8}),
        "SELECT summ(1)": ("function", {"name": "summ", "line": 1, "sign": 8}),
        "SELECT name, count(*) FROM kub": ("group", {"name": "name"}),
        "SELECT 'a'::INTEGER": ("conversion", {"line": 1}),
    }
    for sql, (expected, values) in cases.items():
        with pytest.raises(SqlFault) as fault:
            sandbox.run(reader, sql)
        assert fault.value.rule == expected, fault.value
        assert values.items() <= fault.value.values.items(), fault.value


def test_a_second_run_gives_up_the_first(reader: Data) -> None:
    first, rules = sandbox.Ticket(), []
    thread = Thread(target=lambda: rules.append(rule(reader, SLOW, asker="a", ticket=first)))
    thread.start()
    while first._process is None:
        thread.join(0.01)
    assert len(sandbox.run(reader, "SELECT 17", asker="a").table) == 1
    thread.join()
    assert rules == ["cancelled"]


def test_more_than_two_wait_and_are_told(reader: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WAIT", 0)
    monkeypatch.setattr(sandbox, "_running", {sandbox.Ticket(), sandbox.Ticket()})
    assert rule(reader, "SELECT 18") == "busy"


def test_what_is_given_up_before_its_turn_never_runs(reader: Data) -> None:
    ticket = sandbox.Ticket()
    ticket.cancel()
    assert rule(reader, "SELECT 19", ticket=ticket) == "cancelled"


def test_a_process_that_died_is_replaced(reader: Data) -> None:
    sandbox.run(reader, "SELECT 20")
    for _, process in sandbox._idle:
        process._popen.kill()
        process._popen.wait()
    assert len(sandbox.run(reader, "SELECT 21").table) == 1


def test_nothing_of_the_environment_goes_along() -> None:
    assert not {"KUB_DATA", "HOME", "KUB_HOST_CODE"} & {*sandbox.PASSED_ON, *sandbox.SETTINGS}


@pytest.mark.parametrize(("text", "seconds"), [("3", 3), ("0", 10), ("nan", 10), ("9999", 10)])
def test_seconds_are_a_number_or_as_usual(
    monkeypatch: pytest.MonkeyPatch, text: str, seconds: float
) -> None:
    monkeypatch.setenv(limits.SECONDS, text)
    assert limits.limits().seconds == seconds
