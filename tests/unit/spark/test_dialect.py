"""One text of every rule and fact for two engines: what Spark is told, without any Spark."""

import duckdb
import pytest
import sqlglot

import queries
from kub.records import rules
from kub.spark import dialect
from kub.spark.reading import _MODELS
from kub.store.opening import FACT_TABLES


@pytest.mark.parametrize("rule", rules.names())
def test_every_rule_is_translated(rule: str) -> None:
    sql = dialect.query(rules.text(rule))
    assert "`table`" in sql, "what is quoted in SQL stands in other quotes there"
    assert "FROM (FROM" not in sql and "arg_min" not in sql.lower()


def test_every_fact_is_translated_and_none_is_forgotten() -> None:
    made = [table for model in _MODELS for table in dialect.tables(queries.model(model))]
    assert sorted(made) == sorted(FACT_TABLES)


def test_sums_stay_whole_and_years_are_spread_by_what_spark_has() -> None:
    facts = dialect.tables(queries.model("facts"))
    assert "EXPLODE" in facts["programme_year"] and "SEQUENCE" in facts["programme_year"]
    money = dialect.tables(queries.model("kub_money"))["kub_money"]
    assert "SUM(CAST(ROUND(revenue_idr) AS BIGINT))" in money
    assert "ORDER BY l.programme_id" not in money, "rows are put in order where they are stored"


def test_macros_stand_in_the_place_of_their_calls() -> None:
    [view] = rules.views()
    sql = dialect.tables(view)["unresolved_code"]
    assert "CODE_KEY" not in sql.upper() and "CODE_LOOKS" not in sql.upper()
    assert "TRANSLATE(LOWER(code)" in sql


def test_groups_of_a_replacement_are_named_as_java_names_them() -> None:
    sql = dialect.query(r"SELECT regexp_replace(a, '0+([0-9])', '\1x', 'g') FROM t")
    assert "'$1x'" in sql and r"\1" not in sql


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM t ASOF LEFT JOIN u ON t.a = u.a AND t.b >= u.b",
        "SELECT quantile_cont(a, 0.5) FROM t",
    ],
)
def test_what_spark_would_answer_otherwise_is_refused(sql: str) -> None:
    with pytest.raises(dialect.Untranslatable):
        dialect.query(sql)


def test_a_rule_names_the_tables_that_it_reads() -> None:
    assert dialect.sources(rules.text("women_over_members")) == {"kub_report"}
    assert dialect.sources(rules.text("near_code")) == {"unresolved_code"}
    assert dialect.sources(rules.text("target_over")) == {"target"}
    assert "place" not in dialect.sources(rules.text("village_outside"))


def test_no_heading_and_no_text_ends_a_statement() -> None:
    assert dialect.name("a`; DROP TABLE x; --") == "`a``; DROP TABLE x; --`"
    assert dialect.literal("d'\\") == r"'d\'\\'"


@pytest.mark.parametrize("code", ["KUB-007.0", "KOI", "a1", "\u041a\u041e-0010", "9.0,0"])
def test_a_macro_and_what_stands_in_its_place_mean_the_same(code: str) -> None:
    call = "SELECT code_key($code), code_looks($code)"
    expanded = sqlglot.parse_one(call, read="duckdb").transform(dialect._expanded).sql("duckdb")
    assert "code_" not in expanded.replace("$code", "").lower()
    with duckdb.connect() as con:
        for name, body in rules.MACROS.items():
            con.execute(f"CREATE MACRO {name}(code) AS {body}")
        asked = [con.execute(sql, {"code": code}).fetchall() for sql in (call, expanded)]
    assert asked[0] == asked[1]
