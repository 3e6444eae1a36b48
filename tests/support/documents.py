"""Reading the project's documents, to hold them to the code."""

import re
from functools import cache

from kub.store.versions import ROOT


@cache
def document(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(name: str, heading: str) -> str:
    """The text below a heading, up to the next that is no deeper. ValueError if it is missing."""
    text = document(name)
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.M)
    if not start:
        raise ValueError(f"{name} has no heading {heading!r}")
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def tables(text: str) -> list[list[str]]:
    """The rows of all tables in a text, cell by cell, without heads and rules."""
    rows = [
        re.split(r"(?<!\\)\|", line.strip())[1:-1]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    rules = [number for number, row in enumerate(rows) if set("".join(row)) <= set("-: ")]
    heads = {number - 1 for number in rules}
    return [
        [cell.strip() for cell in row]
        for number, row in enumerate(rows)
        if number not in heads | set(rules)
    ]


def quoted(text: str) -> list[str]:
    """What a text has between backticks, with {a,b} written out."""
    names = []
    for name in re.findall(r"`([^`]+)`", text):
        choice = re.search(r"\{([^}]+)\}", name)
        names += (
            [name.replace(choice[0], way) for way in choice[1].split(",")] if choice else [name]
        )
    return names
