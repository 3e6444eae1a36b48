"""The site's folder: written beside, then put in the place of a former publication in one step, so
that a web server never gives half of one; nothing that is not ours is ever touched.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

MARK = "publication.json"  # lists what a publication wrote, and by that what is ours
SCHEMA = 1


class Refused(Exception):
    """Why a folder is not written. rule: key under [publish.refused] in the words."""

    def __init__(self, rule: str, path: Path) -> None:
        super().__init__(rule, path)
        self.rule, self.path = rule, path


def former(out: Path) -> Mapping[str, str]:
    """Path -> SHA-256 of what a former publication wrote there; empty where there is none.

    Raises Refused for a folder that holds anything else, OSError.
    """
    if not out.exists():
        return {}
    if not out.is_dir():
        raise Refused("file", out)
    there = dict(_hashes(out))
    if not there:
        return {}
    ours = _listed(out / MARK)
    # Also what somebody changed or added since: it would be gone with the folder.
    for name, digest in there.items():
        if name != MARK and ours.get(name) is None:
            raise Refused("foreign", out / name)
        if name != MARK and ours[name] != digest:
            raise Refused("changed", out / name)
    return ours


def _listed(mark: Path) -> dict[str, str]:
    try:
        listed: Any = json.loads(mark.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(listed, dict) or listed.get("kub_publication") != SCHEMA:
        return {}
    return dict(listed["files"])


def _hashes(out: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_symlink():
            yield name, ""  # never ours, wherever it leads
        elif not path.is_dir():
            yield name, _digest(path.read_bytes())


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def store(out: Path, files: Mapping[str, bytes], about: Mapping[str, object]) -> None:
    """Put a publication in the place of `out`, whole or not at all.

    about: what its list says of it. Raises Refused, OSError.
    """
    out = out.resolve()  # a link to the folder stays what it is
    before = former(out)
    hashes = {name: _digest(body) for name, body in sorted(files.items())}
    mark = json.dumps({"kub_publication": SCHEMA, **about, "files": hashes}, indent=1)
    # Beside it, so on the same disk: only there a rename is one step.
    new, old = (out.with_name(f".{out.name}.{os.getpid()}.{part}") for part in ("new", "old"))
    try:
        for name, body in {**files, MARK: f"{mark}\n".encode()}.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
            # What is as before keeps its time: servers tell by it that a browser has it already.
            if before.get(name) == hashes.get(name, ""):
                shutil.copystat(out / name, path)
        _put(new, out, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _put(new: Path, out: Path, old: Path) -> None:
    if not out.exists():
        new.rename(out)
        return
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    with suppress(OSError):  # the new one stands: what is left of the old one harms nobody
        shutil.rmtree(old)
