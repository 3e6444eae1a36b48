"""Long searches: random damage to a data folder, and an import killed at any moment."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kub import words
from kub.store import database
from kub.store.data import Data
from kub.store.summary import summary
from kub.store.versions import ROOT, Damaged
from kub.store.whole import LIST
from queries.filters import Filters
from tests.conftest import examples
from tests.support.versions import members, records

# Each line of what it prints: a moment at which it was killed, 0 for none. Forked, since starting
# takes a second.
KILLED = """
import os, shutil, sys
from pathlib import Path
from kub.store import database
from tests.support.versions import records
folder, most = Path(sys.argv[1]), int(sys.argv[2])
TOUCHES = {"open", "write", "fsync", "rename", "replace", "unlink", "execute", "insert_into", "close", "flock"}
coming = [records("A", 12)]

def build(copy, at):
    moments = 0
    def step(frame, event, function):
        nonlocal moments
        if event == "c_call" and function.__name__ in TOUCHES:
            moments += 1
            if moments == at:
                os._exit(9)
    shutil.copytree(folder, copy)
    sys.setprofile(step)
    database.build(coming, copy)
    sys.setprofile(None)
    return moments

def forked(at):
    read, write = os.pipe()
    if not (child := os.fork()):
        os.write(write, str(build(folder.with_name(f"killed-{at}"), at)).encode())
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == (9 if at else 0)
    return os.read(read, 20)

moments = int(forked(0))
for at in sorted({0, *(round(1 + (moments - 1) * n / (most - 1)) for n in range(most))}):
    if at:
        forked(at)
    print(at)
"""


@pytest.fixture(scope="module")
def whole_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples, then records twice: 10 members, now 12."""
    folder = tmp_path_factory.mktemp("base") / "data"
    for programme in (records("S", 99, sample=True), records("A", 10), records("A", 12)):
        database.build([programme], folder)
    return folder


@pytest.mark.faults
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_an_import_killed_at_any_moment_leaves_what_was_or_what_comes(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    database.build([records("A", 10)], folder)
    command = [sys.executable, "-c", KILLED, str(folder), str(min(examples(5), 300))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for at in done.stdout.split():
        copy = tmp_path / f"killed-{at}"
        version = database.current(copy)
        assert version.notice is None, at
        assert members(version, "A") in ((10, 12) if int(at) else (12,)), at
        assert members(database.build([records("A", 14)], copy), "A") == 14, at
        assert not list((copy / "versions").glob(".building*")), at


DAMAGE = st.tuples(
    st.integers(0, 4),
    st.sampled_from(["flip", "cut", "zero", "junk"]),
    st.floats(0, 1),
    st.integers(0, 255),
)


def damage(path: Path, kind: str, at: float, value: int) -> None:
    content = bytearray(path.read_bytes())
    place = int(at * len(content))
    length = {"flip": 1, "zero": 4096, "junk": 64, "cut": len(content)}[kind]
    part = content[place : place + length]
    content[place : place + length] = {
        "flip": bytes(byte ^ (value or 1) for byte in part),
        "zero": bytes(len(part)),
        "junk": bytes((value + n) % 256 for n in range(len(part))),
        "cut": b"",
    }[kind]
    path.write_bytes(content)


@pytest.mark.faults
@settings(max_examples=examples(8))
@given(damages=st.lists(DAMAGE, min_size=1, max_size=4))
def test_random_damage_gives_the_right_numbers_or_a_sentence(
    whole_folder: Path, damages: list[tuple[int, str, float, int]]
) -> None:
    with TemporaryDirectory() as base:
        folder = Path(base) / "data"
        shutil.copytree(whole_folder, folder)
        files = [
            *sorted((folder / "versions").glob("kub-*")),
            folder / "versions" / LIST,
            folder / "current",
        ]
        for number, kind, at, value in damages:
            damage(files[number], kind, at, value)
        try:
            version = database.current(folder)
        except Damaged as damaged:
            assert str(folder) in damaged.message(words.of("id"))[1]
            return
        data = Data.open(version)
        assert list(data.programmes) == ["A"], "never samples"
        answer = int(data.ask("headline", Filters("A"))["members"].iloc[0])
        assert answer == 12 or (answer == 10 and version.notice)
        assert summary(version)["rows"]["kub_report"] == 1
