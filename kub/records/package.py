"""The parts of a workbook's zip: which there are, and what all sheets share.

What a file says of itself (sizes in the zip, `dimension`, counts) is never believed.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from kub.records.limits import MB, Limits
from kub.records.serials import date_format
from kub.records.sheet_values import Workbook, unescaped
from kub.records.unreadable import Unreadable
from kub.records.xml import Names, Others, Start, parse, unindented

_CHUNK = 2**18
# OPC knows these two; the others inflate without asking how far.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Members:
    """The members of the archive; all that is inflated of them counts towards one limit."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        if len(archive.infolist()) > limits.members:
            raise Unreadable("too_many_members", most=limits.members)
        self.limits = limits
        self._archive = archive
        # Names of parts know no case.
        self._by_name = {info.filename.lower(): info for info in archive.infolist()}
        self._inflated = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes as they are inflated. Raises Unreadable beyond the limit."""
        info = self._by_name[name.lower()]
        if info.compress_type not in _METHODS:
            raise Unreadable("unreadable", reason="zip")
        with self._archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                self._inflated += len(chunk)
                if self._inflated > self.limits.inflated:
                    raise Unreadable("too_large_inside", mb=self.limits.inflated // MB)
                yield chunk

    def elements(self, name: str, start: Start) -> None:
        """Calls start(local name, attributes) for each element of a member without texts."""
        names, others, parts = Names(), Others(), list[str]()

        def begin(written: str, attributes: dict[str, str]) -> None:
            parts.clear()
            others.add()
            start(names[written], attributes)

        parse(self.chunks(name), begin, parts)


@dataclass(frozen=True)
class _Relation:
    """Another part that a part names: the last word of its type, and its member."""

    kind: str
    member: str


def _relations(members: Members, part: str) -> dict[str, _Relation]:
    """By id, what `part` ("" for the package itself) refers to;
    nothing where it refers to nothing.
    """
    folder, file = posixpath.split(part)
    relations: dict[str, _Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = _Relation(kind, target.lstrip("/"))

    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    if listed in members:
        members.elements(listed, start)
    return relations


@dataclass(frozen=True)
class Contents:
    """sheets: (name, member) in their order. parts: member by kind of relation.

    hidden: names of sheets.
    """

    sheets: list[tuple[str, str]]
    parts: dict[str, str]
    is_1904: bool
    hidden: frozenset[str] = frozenset()


def contents(members: Members) -> Contents:
    """The sheets of a workbook and its other parts. Raises Unreadable."""
    # Asked of the package itself: some programs call the workbook's part otherwise.
    package = {relation.kind: relation.member for relation in _relations(members, "").values()}
    part = package.get("officeDocument", "xl/workbook.xml")
    relations = _relations(members, part)
    sheets: list[tuple[str, str]] = []
    hidden: set[str] = set()
    properties: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            properties.update(attributes)
        elif name == "sheet":
            ident = next((value for key, value in attributes.items() if key.endswith("}id")), "")
            # A sheet whose part is missing from the zip is left out; others of the file are fine.
            if ident in relations:
                sheets.append((attributes.get("name", ""), relations[ident].member))
            if attributes.get("state", "visible") != "visible":
                hidden.add(attributes.get("name", ""))

    members.elements(part, start)
    parts = {relation.kind: relation.member for relation in relations.values()}
    return Contents(sheets, parts, properties.get("date1904") in ("1", "true"), frozenset(hidden))


def workbook(members: Members, package: Contents) -> Workbook:
    """What all sheets share."""
    strings, formats = package.parts.get("sharedStrings"), package.parts.get("styles")
    return Workbook(
        _strings(members, strings) if strings else [],
        _formats(members, formats) if formats else {},
        package.is_1904,
    )


def _strings(members: Members, part: str) -> list[str]:
    """The shared strings, runs in several fonts as a single text, without phonetic guides."""
    names, others, parts = Names(), Others(), list[str]()
    strings: list[str] = []
    # Phonetic guides repeat a text in another script: read too, it would stand there twice.
    is_text = is_phonetic = False
    total = 0

    def start(written: str, _attributes: dict[str, str]) -> None:
        nonlocal is_text, is_phonetic, total
        if is_text:
            text = unescaped(unindented("".join(parts)))
            total += len(text)
            if total > members.limits.text:
                raise Unreadable("too_much_text", most=members.limits.text)
            strings[-1] += text
        parts.clear()
        name = names[written]
        if name == "si":
            strings.append("")
            is_phonetic = False
            if len(strings) > members.limits.cells:
                raise Unreadable("too_many_cells", most=members.limits.cells)
        elif name not in ("t", "r"):
            is_phonetic = is_phonetic or name == "rPh"
            others.add()
        is_text = name == "t" and bool(strings) and not is_phonetic

    parse(members.chunks(part), start, parts)
    if is_text:
        strings[-1] += unescaped(unindented("".join(parts)))
    return strings


def _formats(members: Members, part: str) -> dict[str, str]:
    """By style, how its number format shows dates; others are left out."""
    texts: dict[str, str] = {}
    used: list[str] = []
    group = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal group
        if name in ("cellStyleXfs", "cellXfs"):
            group = name
        elif name == "numFmt":
            texts.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif name == "xf" and group == "cellXfs":
            used.append(attributes.get("numFmtId", "0"))

    members.elements(part, start)
    known = {number: date_format(number, texts.get(number)) for number in set(used)}
    return {str(style): shown for style, number in enumerate(used) if (shown := known[number])}
