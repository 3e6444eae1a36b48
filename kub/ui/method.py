"""Parts of the method page: definitions, data dictionary, sources."""

from kub.exports.pack import ITEMS, source_list
from kub.ui.content import Content
from kub.web.blocks import Definitions, Disclosure, Heading, Note, Rows, Table, Text
from kub.words import LANGUAGES, Words


def definitions(p: Content) -> None:
    """Every number's meaning in a sentence, and its formula."""
    words = p.words
    p.add(
        Heading(words("method.definitions"), "definitions"),
        Note([words("method.definitions_more")]),
        Definitions([_item(f"method.item.{item}", words) for item in ITEMS]),
    )


def _item(key: str, words: Words) -> tuple[str, str, str]:
    return words(f"{key}.name"), words(f"{key}.says"), words(f"{key}.formula")


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
