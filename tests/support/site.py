"""A published site as a reader's browser has it: its elements, links, tables and rows."""

import csv
import io
import json
import posixpath
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

Files = Mapping[str, bytes]


class Markup(HTMLParser):
    """elements: (tag, attributes). text: what is read, outside of scripts. tables: the cells of each
    card's table, row by row, by the card's key; headings: of those tables.
    """

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.tables: dict[str, list[list[str]]] = {}
        self._card, self._in_cell, self._silent = "", False, False
        self.feed(body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._silent = tag in ("script", "style")
        if tag == "section" and dict(attrs).get("class") == "kub-card":
            self._card = str(dict(attrs)["id"])
        elif tag == "tr" and self._card:
            self.tables.setdefault(self._card, []).append([])
        elif tag == "td" and self._card:
            self.tables[self._card][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._silent = self._silent and tag not in ("script", "style")
        if tag == "section":
            self._card = ""
        elif tag == "td":
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data
        if self._in_cell:
            self.tables[self._card][-1][-1] += data

    @property
    def ids(self) -> set[str]:
        return {str(named["id"]) for _, named in self.elements if "id" in named}


def pages(site: Files) -> dict[str, Markup]:
    return {name: Markup(body) for name, body in site.items() if name.endswith(".html")}


def targets(name: str, page: Markup) -> Iterator[tuple[str, str]]:
    """(path below the site, anchor) of whatever a page at that path leads to or asks for."""
    for tag, named in page.elements:
        for key in ("href", "src"):
            if key in named:
                address, _, anchor = str(named[key]).partition("#")
                # What is no path of the site stays as it is, and is found nowhere.
                path = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
                yield (path if address else name), anchor
        if tag == "meta" and named.get("http-equiv") == "refresh":
            yield str(named["content"]).partition("url=")[2], ""


def rows(site: Files, path: str) -> list[dict[str, Any]]:
    """The rows of a .json file."""
    listed: list[dict[str, Any]] = json.loads(site[path])
    return listed


def csv_rows(site: Files, path: str, comma: bool) -> list[dict[str, str]]:
    """The rows of a .csv file as text, numbers with a point. comma: whether it has decimal commas."""
    text = site[path].decode("utf-8-sig")
    read = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if comma else ",")
    return [dict(row) for row in read]


def payload(page: bytes) -> dict[str, Any]:
    """What the script of a page is told."""
    _, _, rest = page.decode().partition('<script type="application/json" id="blocks">')
    told: dict[str, Any] = json.loads(rest.partition("</script>")[0])
    return told
