"""Reading requirements.txt, requirements-test.txt and their lock files."""

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kub.store.versions import ROOT


def requirements(file: str) -> list[Requirement]:
    """The requirements that a list or a lock states itself, without comments and hashes."""
    lines = (ROOT / file).read_text("utf-8").replace("\\\n", " ").splitlines()
    stated = (line.partition("#")[0].partition("--hash")[0].strip() for line in lines)
    return [Requirement(line) for line in stated if line and not line.startswith("-")]


def pins(file: str) -> dict[str, str]:
    """Version by name, of what a file wants on this machine."""
    here = (entry for entry in requirements(file) if not entry.marker or entry.marker.evaluate())
    return {
        canonicalize_name(entry.name): str(entry.specifier).removeprefix("==") for entry in here
    }
