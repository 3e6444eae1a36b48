"""The lists of packages: what is pinned by hand, locked and installed agree."""

from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kub.store.versions import ROOT
from tests.support.packages import pins, requirements

LISTS = ("requirements", "requirements-test")
# In an environment of its own (`make spark`), which need not be there.
ALL_LISTS = (*LISTS, "requirements-spark")


@pytest.mark.parametrize("name", ALL_LISTS)
def test_every_line_of_a_list_pins_a_version_and_gives_a_reason(name: str) -> None:
    lines = (ROOT / f"{name}.txt").read_text("utf-8").splitlines()[1:]
    own = [line for line in lines if line != "-r requirements.txt"]
    assert [line for line in own if "==" not in line or not line.partition("#")[2].strip()] == []


@pytest.mark.parametrize("name", ALL_LISTS)
def test_the_lock_has_what_the_list_pins(name: str) -> None:
    locked = pins(f"{name}.lock")
    assert {package: locked.get(package) for package in pins(f"{name}.txt")} == pins(f"{name}.txt")


@pytest.mark.parametrize("name", ALL_LISTS)
def test_every_locked_package_has_hashes(name: str) -> None:
    entries = (ROOT / f"{name}.lock").read_text("utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in entries if line and not line.startswith("#")]
    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line or "==" not in line] == []


@pytest.mark.parametrize("name", LISTS)
def test_the_lock_leaves_nothing_to_be_chosen(name: str) -> None:
    """What a locked package needs is locked too, so that the next install is this one."""
    locked = pins(f"{name}.lock")
    extras = {canonicalize_name(entry.name): entry.extras for entry in requirements(f"{name}.txt")}
    missing = {}
    for package in locked:
        for line in distribution(package).requires or []:
            needed = Requirement(line)
            asked = [{"extra": extra} for extra in ("", *extras.get(package, ()))]
            applies = not needed.marker or any(needed.marker.evaluate(extra) for extra in asked)
            if applies and canonicalize_name(needed.name) not in locked:
                missing[package] = needed.name
    assert missing == {}


def test_the_tests_run_on_what_is_locked() -> None:
    locked = pins("requirements-test.lock")
    assert {package: distribution(package).version for package in locked} == locked


def test_the_tests_add_packages_and_change_none() -> None:
    plain, tests = pins("requirements.lock"), pins("requirements-test.lock")
    assert {package: tests.get(package) for package in plain} == plain
