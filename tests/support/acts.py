"""Acts on a data folder in processes of their own: killed at a moment, several at once, on a small
disk. `python -m tests.support.acts` is what those processes run; see the functions for how.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kub.store.versions import ROOT
from tests.support.office_folder import linked

# Calls of the system and of the database: between any two of them a kill leaves another state.
TOUCHES = frozenset(
    {
        *("open", "write", "fsync", "rename", "replace", "unlink", "mkdir", "rmdir", "rmtree"),
        *("execute", "insert_into", "close", "flock", "scandir", "stat", "chmod"),
    }
)


def acts() -> Mapping[str, Callable[[Path], object]]:
    """By name, what is done to a data folder. The backup of `restore` lies beside the folder."""
    from kub.store import backup, database, keeping
    from tests.support.versions import records

    coming = [records("A", 14)]
    return {
        "import": lambda folder: database.build(coming, folder),
        "other": lambda folder: database.build([records("B", 20)], folder),
        "rollback": lambda folder: keeping.roll_back(folder, _oldest(folder), "command"),
        "prune": lambda folder: keeping.prune(folder, 1, "command"),
        "backup": lambda folder: backup.backup(folder, folder.with_suffix(".made.zip")),
        "restore": lambda folder: backup.restore(folder.parent / "office.zip", folder),
    }


def _oldest(folder: Path) -> str:
    return min(path.stem for path in (folder / "versions").glob("kub-*"))


def run(*arguments: str, command: Sequence[str] = ()) -> Any:
    """What a process that runs this module prints, as JSON. command: stands before Python's."""
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.support.acts", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def killed(act: str, folder: Path, most: int) -> list[str]:
    """Copies of the folder, each as SIGKILL left it at one of `most` moments spread over an act."""
    return list(run("killed", act, str(folder), str(most)))


def together(folder: Path, *names: str) -> list[int]:
    """Do several acts at once in one folder; the exit status of each."""
    return list(run("together", str(folder), *names))


def _copied(folder: Path, number: int) -> Path:
    return linked(folder, folder.with_name(f"{folder.name}-{number}"))


def _forked(work: Callable[[], object]) -> int:
    """The status of a child that does this; -9 where it was killed."""
    if not (child := os.fork()):
        status = 1
        try:
            work()
            status = 0
        except Exception:  # noqa: BLE001 (the parent sees a status alone)
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _killed(act: str, folder: Path, most: int) -> list[str]:
    """Forked, for starting Python takes longer than an act."""
    do = acts()[act]
    counted = folder.with_name(f"{folder.name}-moments")

    def until(number: int, at: int) -> None:
        copy, moments = _copied(folder, number), 0

        def step(_frame: object, event: str, function: Any) -> None:
            nonlocal moments
            if event == "c_call" and function.__name__ in TOUCHES:
                moments += 1
                if moments == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(step)
        do(copy)
        sys.setprofile(None)
        counted.write_text(str(moments))

    assert _forked(lambda: until(0, 0)) == 0
    moments = int(counted.read_text())
    left = []
    for number in range(1, most + 1):
        at = round(1 + (moments - 1) * (number - 1) / max(most - 1, 1))
        status = _forked(lambda number=number, at=at: until(number, at))  # type: ignore[misc]
        # Garbage may be collected at another moment, and an act end before its last one.
        assert status in (-signal.SIGKILL, 0), status
        left.append(str(folder.with_name(f"{folder.name}-{number}")))
    return left


def _together(folder: Path, names: Sequence[str]) -> list[int]:
    ready, go = os.pipe()
    children = []
    for name in names:
        if not (child := os.fork()):
            status = 1
            try:
                os.close(go)
                os.read(ready, 1)  # until all are there
                acts()[name](folder)
                status = 0
            except Exception:  # noqa: BLE001 (the parent sees a status alone)
                traceback.print_exc()
            finally:
                os._exit(status)
        children.append(child)
    os.close(go)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["killed", act, folder, most]:
            print(json.dumps(_killed(act, Path(folder), int(most))))
        case ["together", folder, *names]:
            print(json.dumps(_together(Path(folder), names)))
