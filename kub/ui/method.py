"""Parts of the method page: what readers ask, data dictionary, sources."""

from kub.answers.scope import scope
from kub.exports import explanations
from kub.exports.pack import source_list
from kub.ui.content import Content
from kub.web.blocks import Definitions, Disclosure, Heading, Note, Rows, Table, Text
from kub.web.long_page import Place
from kub.words import LANGUAGES

FURTHER = ("quality", "dictionary", "sources", "licence")


def explained(p: Content) -> None:
    """The way down the page, then every number's meaning under the question that readers ask."""
    words = p.words
    further = [Place(words(f"method.{part}"), part) for part in FURTHER]
    p.add(
        explanations.contents(words, further),
        Note([words("method.definitions_more")]),
        *explanations.explained(words),
    )


def quality(p: Content) -> None:
    """How complete the records are, and of which part of them: no filters stand beside the page."""
    p.add(
        Heading(p.words("method.quality"), "quality"),
        Note([scope(p.data, p.filters, p.words)]),
    )
    if p.can_answer("growth_reported"):
        p.card(p.answer("growth_reported"))
    if p.can_answer("reconcile"):
        p.card(p.answer("reconcile"), height=320)


def dictionary(p: Content) -> None:
    """Tables and columns as the database describes them (COMMENT ON: 'Indonesian | English').

    So what stands here cannot fall behind the tables.
    """
    words, half = p.words, LANGUAGES.index(p.lang)
    p.add(
        Heading(words("method.dictionary"), "dictionary"), Note([words("method.dictionary_more")])
    )
    rows = p.data.dictionary()
    comments = rows["comment"].fillna(" | ").str.split(" | ", regex=False).str[half]
    headings = [words("method.column"), words("method.type"), words("method.meaning")]
    for table, columns in rows.assign(comment=comments).groupby("table", sort=False):
        meaning = columns["table_comment"].iloc[0].split(" | ")[half]
        texts = columns[["column", "type", "comment"]].to_numpy().tolist()
        p.add(Disclosure(str(table), str(table), meaning, Table(headings, texts)))


def sources(p: Content) -> None:
    """Where the numbers come from, the files of this version, and the licence."""
    words = p.words
    listed = source_list(words, p.programme.is_sample)
    files = p.data.source_files()
    texts = files.assign(imported_at=files["imported_at"].dt.strftime("%Y-%m-%d %H:%M"))
    headings = [
        words("column.programme"),
        words("method.file"),
        "SHA-256",
        words("method.imported"),
    ]
    p.add(
        Heading(words("method.sources"), "sources"),
        Definitions(listed),
        Rows("files", words("method.files"), Table(headings, texts.to_numpy().tolist())),
        Heading(words("method.licence"), "licence"),
        Text("", words("method.licence_text")),
    )
