"""The ZIP of a benchmark card → its descriptor and the bytes of its resources.

Nothing is unpacked to the disk, and what the archive says of sizes is never believed.
"""

import hashlib
import json
import posixpath
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kub.records.card_format import BY_NAME, DESCRIPTOR, MOST_BYTES, READ_ME, RESOURCES, SCHEMA
from kub.records.limits import MB
from kub.records.problems import LONGEST_VALUE, Problems
from kub.records.source import Upload
from kub.records.unreadable import ZIP_FAULTS, Unreadable

_MOST_MEMBERS = 50
_CHUNK = 2**16


@dataclass(frozen=True)
class Archive:
    """descriptor: the JSON object. about: its object `kub`. files: content by resource's name."""

    descriptor: Mapping[str, Any]
    about: Mapping[str, Any]
    files: Mapping[str, bytes]


def open_archive(file: Upload, problems: Problems) -> Archive | None:
    """What a card holds, None where anything about the archive is wrong.

    Raises Unreadable where it is no ZIP, too large inside, or no card at all.
    """
    before = problems.stops
    try:
        with zipfile.ZipFile(file.open("rb")) as archive:
            contents = _contents(archive, file.name, problems)
    except (*ZIP_FAULTS, OSError) as error:
        # Something else that bears the name of a ZIP is no damaged card.
        rule = "card_damaged" if zipfile.is_zipfile(file.open("rb")) else "packed"
        raise Unreadable(rule, suffix=file.suffix) from error
    if DESCRIPTOR not in contents:
        raise Unreadable("packed", suffix=file.suffix)
    descriptor = _descriptor(contents[DESCRIPTOR])
    about = descriptor["kub"]
    if (schema := about.get("schema")) != SCHEMA or isinstance(schema, bool):
        # What its figures would mean is not known: nothing more can be said of it.
        problems.add("card_schema", file.name, DESCRIPTOR, None, "schema", _short(schema))
        return None
    files = _listed(file.name, descriptor, contents, problems)
    if problems.stops > before:
        return None
    return Archive(descriptor, about, files)


def _contents(archive: zipfile.ZipFile, shown: str, problems: Problems) -> dict[str, bytes]:
    """The bytes of every file by its name. Names that leave the folder are told and left out."""
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise Unreadable("card_too_many", most=_MOST_MEMBERS)
    contents: dict[str, bytes] = {}
    inflated = 0
    for info in archive.infolist():
        if leaves(info, info.orig_filename):
            problems.add("card_path", shown, None, None, None, info.filename)
            continue
        if info.filename in contents:
            problems.add("card_twice", shown, None, None, None, info.filename)
        parts = []
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                inflated += len(chunk)
                if inflated > MOST_BYTES:
                    raise Unreadable("card_too_large", mb=MOST_BYTES // MB)
                parts.append(chunk)
        contents[info.filename] = b"".join(parts)
    return contents


def leaves(info: zipfile.ZipInfo, name: str) -> bool:
    """Whether a name, on some system, is of a place outside the archive; a link may be of any.

    name: orig_filename, since zipfile makes "/" of the separators of the system that it runs on.
    """
    parts = name.replace("\\", "/").split("/")
    away = name != posixpath.normpath(name).lstrip("/") or ".." in parts or ":" in name
    return away or "\\" in name or "\0" in name or stat.S_ISLNK(info.external_attr >> 16)


def _descriptor(content: bytes) -> Mapping[str, Any]:
    """Raises Unreadable."""
    try:
        descriptor = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable("card_json") from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("kub"), dict):
        raise Unreadable("not_card")
    return descriptor


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _listed(
    shown: str, descriptor: Mapping[str, Any], contents: Mapping[str, bytes], problems: Problems
) -> dict[str, bytes]:
    """The content of each resource that is listed, there, unchanged and of the format."""
    listed = descriptor.get("resources")
    entries = listed if isinstance(listed, list) else []
    resources = [entry for entry in entries if isinstance(entry, dict)]
    files: dict[str, bytes] = {}
    unlisted = contents.keys() - {DESCRIPTOR, READ_ME}
    for entry in resources:
        name, path = entry.get("name"), entry.get("path")
        resource = BY_NAME.get(name) if isinstance(name, str) else None
        if resource is None or path != resource.path:
            problems.add(
                "card_unknown_resource", shown, DESCRIPTOR, None, "resources", _short(name)
            )
            continue
        unlisted.discard(resource.path)
        content = contents.get(resource.path)
        if content is None:
            problems.add("card_missing", shown, resource.name, value=resource.path)
        elif _is_changed(entry, content):
            problems.add("card_changed", shown, resource.name, value=resource.path)
        else:
            files[resource.name] = content
    names = {entry.get("name") for entry in resources if isinstance(entry.get("name"), str)}
    for resource in RESOURCES:
        if resource.name not in names:
            problems.add("card_missing", shown, resource.name, value=resource.path)
    for path in sorted(unlisted):
        problems.add("card_unlisted", shown, None, None, None, path)
    return files


def _is_changed(entry: Mapping[str, Any], content: bytes) -> bool:
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return entry.get("bytes") != len(content) or entry.get("hash") != digest


def _short(value: object) -> str:
    return str(value)[:LONGEST_VALUE]
