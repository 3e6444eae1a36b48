"""The wheel: everything that the command `kub` needs, and the command away from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kub.store.versions import ROOT
from tests.support.packages import requirements

SOURCES = ("kub", "queries", "data/reference", "data/sample")
STATED = ("pyproject.toml", "setup.py", "requirements.txt", "README.md", "LICENSE")
# Without isolation, which would fetch setuptools: the one of requirements-test.txt builds.
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, since setuptools writes beside what it builds."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for folder in SOURCES:
        shutil.copytree(
            ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    for file in STATED:
        shutil.copy(ROOT / file, source)
    subprocess.run([sys.executable, "-c", BUILD, out], cwd=source, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    files = [path for name in SOURCES for path in (ROOT / name).rglob("*") if path.is_file()]
    names = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == {
        name.replace("data/", "kub/_data/", 1) if name.startswith("data/") else name
        for name in names
    }


def test_the_wheel_wants_what_the_list_pins(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        wanted = message_from_bytes(archive.read(name)).get_all("Requires-Dist") or []
    assert {str(Requirement(line)) for line in wanted} == {
        str(entry) for entry in requirements("requirements.txt")
    }


@pytest.mark.thorough
def test_the_command_works_where_only_the_wheel_is(wheel: Path, tmp_path: Path) -> None:
    """In an environment with the wheel and, by a path file, the packages it wants; no checkout."""
    home, place = tmp_path / "home", tmp_path / "a place"
    home.mkdir()
    place.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        wheel,
    ]
    subprocess.run(install, check=True)
    [site] = (tmp_path / "env").rglob("site-packages")
    (site / "packages.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    environment = {
        name: value for name, value in os.environ.items() if name not in ("KUB_DATA", "PYTHONPATH")
    }
    environment |= {"HOME": str(home), "USERPROFILE": str(home)}

    def kub(*arguments: str) -> str:
        command = [python.with_name("kub"), *arguments]
        done = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "export" in kub("--help")
    [headline] = json.loads(kub("ask", "headline", "--format", "json"))
    assert headline["kub"] > 0
    assert (home / "kub-data" / "current").is_file()
    kub("template", "--region", "33.24", "kendal.xlsx")
    kub("export", "halaman.html", "--until", "2020")
    kub("check", str(site / "kub" / "_data" / "sample" / "batang.xlsx"))
    kub("sample")
    assert {path.name for path in place.iterdir()} == {"kendal.xlsx", "halaman.html", "sample"}
    assert not (site / "data").exists()
