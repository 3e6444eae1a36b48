"""No file takes the process, its memory or its time: each is refused
with a sentence, in a process of its own.
"""

import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kub import records, words
from kub.records import Checked, sandbox
from kub.records.limits import NO_LIMITS
from kub.records.sandbox import Bounds
from kub.records.source import Upload
from kub.words import LANGUAGES
from tests.support import hostile, workbooks
from tests.support.hostile import CORPUS, HEAVY, SMALL

TODAY = date(2026, 11, 24)
PATIENT = Bounds(SMALL, seconds=120)


def sentences(checked: Checked) -> list[str]:
    """What is told, in both languages; a rule without words or a value too few would raise."""
    return [
        text for lang in LANGUAGES for p in checked.problems for text in p.message(words.of(lang))
    ]


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    # One process reads them all, as far as it survives: what one file leaves behind would show in
    # the next.
    [path] = hostile.built(tmp_path, {name: CORPUS[name]}).values()
    checked, rules = sandbox.read([path], TODAY, PATIENT), CORPUS[name][1]
    found = {problem.rule for problem in checked.problems}
    assert rules & found or found == rules
    assert all(sentence.strip() for sentence in sentences(checked))
    assert "too_slow" not in found and "too_much_memory" not in found


@pytest.mark.faults
@pytest.mark.thorough
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    [path] = hostile.built(tmp_path, {name: HEAVY[name]}).values()
    checked = sandbox.read([path], TODAY, sandbox.bounds())
    assert {problem.rule for problem in checked.problems} & (HEAVY[name][1] | {"too_slow"})
    assert not checked.ok and all(sentences(checked))


def children() -> set[int]:
    """Processes that this one has started and that still run (Linux)."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text().split()}


@pytest.fixture
def no_process_is_left() -> Iterator[None]:
    sandbox.cool()
    before = children()
    yield
    sandbox.cool()
    assert children() <= before


def good(tmp_path: Path) -> Path:
    return workbooks.xlsx(tmp_path / "baik.xlsx", workbooks.good())


@pytest.mark.usefixtures("no_process_is_left")
def test_the_other_process_gives_what_this_one_would(tmp_path: Path) -> None:
    folder = workbooks.csv_folder(tmp_path / "csv", workbooks.good())
    paths = [
        good(tmp_path),
        folder,
        workbooks.parquet_folder(tmp_path / "parquet", workbooks.good()),
    ]
    apart, here = sandbox.read(paths, TODAY, PATIENT), records.read(paths, TODAY)
    assert apart.problems == here.problems
    assert {problem.rule for problem in apart.problems} == {"programme_twice"}
    assert apart.programmes == here.programmes and len(here.programmes) == 1


def test_whoever_knows_why_may_lift_the_limits(tmp_path: Path) -> None:
    paths = [good(tmp_path), workbooks.csv_folder(tmp_path / "csv", workbooks.good())]
    assert all(records.read([path], TODAY, limits=NO_LIMITS).ok for path in paths)


@pytest.mark.usefixtures("no_process_is_left")
def test_memory_has_a_limit(tmp_path: Path) -> None:
    rows = [workbooks.report(f"K{n}", date(2017, 11, 30)) for n in range(60_000)]
    path = workbooks.xlsx(tmp_path / "a.xlsx", workbooks.good() | {"Laporan": rows})
    [problem] = sandbox.read([path], TODAY, Bounds(memory_mb=90, seconds=120)).problems
    assert (problem.file, problem.rule, dict(problem.values)["mb"]) == (
        "a.xlsx",
        "too_much_memory",
        90,
    )


@pytest.mark.usefixtures("no_process_is_left")
def test_time_has_a_limit_and_the_next_file_is_read(tmp_path: Path) -> None:
    started = time.monotonic()
    slow = Bounds(seconds=0.001)
    [problem] = sandbox.read([good(tmp_path)], TODAY, slow).problems
    assert (problem.rule, problem.values["seconds"]) == ("too_slow", 0.001)
    assert time.monotonic() - started < 60
    assert sandbox.read([good(tmp_path)], TODAY, PATIENT).ok


@pytest.mark.usefixtures("no_process_is_left")
def test_one_file_that_ends_the_process_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an abort inside a library would."""
    ask, pids = sandbox._Process.ask, []

    def killed(process: sandbox._Process, request: tuple, *more: object) -> tuple:
        if str(request[0]).endswith("bad.xlsx"):
            pids.append(process._popen.pid)
            process._popen.kill()
        return ask(process, request, *more)

    monkeypatch.setattr(sandbox._Process, "ask", killed)
    checked = sandbox.read([tmp_path / "bad.xlsx", good(tmp_path)], TODAY, PATIENT)
    assert [(problem.file, problem.rule) for problem in checked.problems] == [
        ("bad.xlsx", "too_much_memory")
    ]
    assert len(checked.programmes) == len(pids) == 1


def test_a_bug_is_raised_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_MODULE", "kub.no_such_module")
    with pytest.raises(sandbox.ReaderFailed, match="exit status"):
        sandbox.read([good(tmp_path)], TODAY, PATIENT)


def test_others_go_on_while_a_file_is_read(tmp_path: Path) -> None:
    """The reading thread waits for another process: this one is free meanwhile."""
    guest = threading.Thread(
        target=sandbox.read, args=([Upload("a.xlsx", endless(tmp_path))], TODAY, Bounds(seconds=3))
    )
    guest.start()
    while_reading = 0
    while guest.is_alive():
        assert records.read([good(tmp_path)], TODAY).ok
        while_reading += 1
    assert while_reading > 1


def endless(folder: Path) -> bytes:
    (folder / "endless").mkdir()
    return hostile.repeated("<c s='1'/>", 200_000_000)(folder / "endless").read_bytes()


@pytest.mark.parametrize(
    ("name", "value", "seconds"),
    [("", "", 30), ("KUB_CHECK_S", "5", 5), ("KUB_CHECK_S", "none", 30), ("KUB_CHECK_S", "-1", 30)],
)
def test_the_environment_may_say_how_long(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, seconds: int
) -> None:
    monkeypatch.setattr(sandbox, "GUEST_SECONDS", 10)
    monkeypatch.delenv("KUB_CHECK_S", raising=False)
    monkeypatch.setenv(name or "UNUSED", value)
    assert sandbox.bounds().seconds == seconds and sandbox.guest_bounds().seconds == min(
        10, seconds
    )


def test_a_file_replaced_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kub.records import workbook

    folder = workbooks.csv_folder(tmp_path / "a", workbooks.good())
    note = workbook._note_file

    def replaced(book: workbook.Book, file: Path, shown: str) -> None:
        note(book, file, shown)
        if file.name == "laporan.csv":
            file.write_text(file.read_text().replace(",20,", ",21,"))

    monkeypatch.setattr(workbook, "_note_file", replaced)
    checked = records.read([folder], TODAY)
    assert (
        "changed_while_read" in [problem.rule for problem in checked.problems]
        and not checked.programmes
    )


def test_a_workbook_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    from kub.records import workbook

    path, load = good(tmp_path), workbook.load
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def loaded(file: Path, most: int) -> Upload:
        found = load(file, most)
        file.write_bytes(b"another")
        return found

    monkeypatch.setattr(workbook, "load", loaded)
    [programme] = records.read([path], TODAY).programmes
    assert programme.files == [("baik.xlsx", digest)]
