"""The part of Jelajah in which analysts write SQL: the editor, the tables, the examples."""

from dataclasses import replace
from functools import cache

from kub.exports.csv import writings
from kub.sql.limits import LONGEST
from kub.sql.tables import Table, schema
from kub.ui import headers
from kub.ui.content import Content
from kub.ui.view import View
from kub.web.blocks import Note
from kub.web.sql_blocks import Sql, TableOffer
from kub.words import LANGUAGES, Words
from queries import ROLES

# Signs that a statement may take in a link, percent-encoded: a page's request has 8,000 in all.
LONGEST_LINK = 6_000
TEXTS = (
    *("editor", "editor_help", "placeholder", "run", "cancel", "examples", "running", "not_run"),
    *("download", "detail", "place", "place_line", "not_linked", "lost", "tables", "tables_help"),
    *("insert", "find"),
)
KEEP_TEXTS = ("own_title", "shape", "chart", "table", "keep_help")
KINDS = ("answer", "record", "fact")
# Questions of the sample, and of every other programme as well.
EXAMPLES = {
    "years": """SELECT year, sector, kub
FROM sector_years
WHERE programme = {programme}
ORDER BY year, sector""",
    "villages": """SELECT village, district, kub, members
FROM villages
WHERE programme = {programme}
ORDER BY kub DESC, village
LIMIT 15""",
    "gaps": """SELECT district, count(*) AS villages
FROM gaps
WHERE programme = {programme}
GROUP BY district
ORDER BY villages DESC, district""",
    "trades": """SELECT activity, count(*) AS kub
FROM kub
WHERE programme_id = {programme} AND closed_on IS NULL
GROUP BY activity
ORDER BY kub DESC, activity
LIMIT 15""",
    "programmes": """SELECT programme, value AS kub_per_10k
FROM benchmark
WHERE indicator = 'kub_per_10k' AND value IS NOT NULL
ORDER BY value DESC""",
}
ANALYST_EXAMPLES = {
    "unreported": """SELECT k.kub_id, k.name, v.village, v.district
FROM kub_year y
JOIN kub k USING (programme_id, kub_id)
JOIN village v ON v.programme_id = k.programme_id AND v.village_code = k.village_code
WHERE k.programme_id = {programme} AND k.sector = 'kerajinan'
  AND y.year = 2022 AND y.active AND NOT y.reported
ORDER BY v.district, v.village, k.name""",
}

# Of villages and single KUB, which a programme of yearly figures does not share.
OF_RECORDS = frozenset({"villages", "gaps", "trades", "unreported"})


def show(p: Content) -> None:
    """The editor, for whom the page has let in."""
    words, data = p.words, seen(p.view).data
    role = data.role
    if not p.data.everywhere:
        p.add(Note([words("sql.scope")]))
    texts = {name: words.texts[f"sql.{name}"] for name in TEXTS}
    texts |= {name: words.texts[f"sql_step.{name}"] for name in KEEP_TEXTS}
    p.add(
        Sql(
            key="sql",
            text=asked(p),
            title=words("sql.title"),
            note=words(f"sql.whose_{role}"),
            address=f"{headers.base()}/api/sql",
            kinds={kind: words(f"sql.kind.{kind}") for kind in KINDS},
            tables=[_offer(table, words) for table in schema(data)],
            examples=examples(role, p.programme.programme_id, words, _with_records(p)),
            files=_files(words),
            longest=LONGEST,
            longest_link=LONGEST_LINK,
            texts=texts,
        )
    )


def seen(view: View) -> View:
    """The view as SQL has it, which sees every programme: an analyst of a few is a reader there."""
    return view if view.data.everywhere else replace(view, data=view.data.seen_by(ROLES[0]))


def asked(p: Content) -> str:
    """The statement of the link, the last where there are several; what is too long is cut, since
    it would not be run.
    """
    statements = p.view.parsed.controls.get("sql", ())
    return statements[-1][: LONGEST + 1] if statements else ""


def _with_records(p: Content) -> str:
    """The programme of the page, or where it shares yearly figures only one that has records."""
    own, cards = p.programme.programme_id, p.data.cards
    others = (name for name in p.data.programmes if name not in cards)
    return own if own not in cards else next(others, "")


def examples(
    role: str, programme_id: str, words: Words, records: str | None = None
) -> list[tuple[str, str]]:
    """What each asks, and the statement for a programme. records: the one for what is asked of
    villages and single KUB, "" for none; the same where it is left out.
    """
    more = ANALYST_EXAMPLES if role == ROLES[-1] else {}
    records = programme_id if records is None else records
    listed = []
    for name, text in {**EXAMPLES, **more}.items():
        of = records if name in OF_RECORDS else programme_id
        literal = "'" + of.replace("'", "''") + "'"
        if of or "{programme}" not in text:
            listed.append((words(f"sql.example.{name}"), text.replace("{programme}", literal)))
    return listed


def _files(words: Words) -> list[tuple[str, str, str, str]]:
    listed = [
        ("csv", writing, words(f"card.csv_{writing}"), words(f"card.csv_{writing}_help"))
        for writing in writings(words)
    ]
    excel = ("xlsx", "", words("card.xlsx"), words("card.xlsx_help"))
    return [*listed, excel, ("parquet", "", words("sql.parquet"), "")]


def _offer(table: Table, words: Words) -> TableOffer:
    if table.kind == "answer":
        meaning = words(f"address.row.{table.name}")
        comments = tuple(_meaning(name, words) for name, _ in table.columns)
    else:
        meaning = _half(table.comment, words.lang)
        comments = tuple(
            _half(comment, words.lang) or _meaning(name, words)
            for (name, _), comment in zip(table.columns, table.comments, strict=True)
        )
    columns = [
        (name, _type(kind), comment)
        for (name, kind), comment in zip(table.columns, comments, strict=True)
    ]
    return TableOffer(table.name, table.kind, meaning, columns)


def _meaning(column: str, words: Words) -> str:
    key = f"address.column.{column}"
    return words(key) if words.has(key) else ""


@cache
def _half(comment: str, lang: str) -> str:
    """The part of 'Indonesian | English' in a language."""
    parts = comment.split(" | ")
    return parts[LANGUAGES.index(lang)] if len(parts) == len(LANGUAGES) else comment


def _type(kind: str) -> str:
    """Short: an enumeration would list all its values."""
    return kind.partition("(")[0]
