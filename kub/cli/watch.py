"""python -m kub watch: imports what appears in data/inbox/, and writes its answer beside it."""

import errno
import shutil
import signal
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from threading import Event
from typing import Annotated

import pandas as pd
import typer

from kub import words
from kub.cli import console, options
from kub.exports.csv import of_frame, writings
from kub.records import Checked, sandbox
from kub.records.limits import LIMITS, MB
from kub.records.problems import Problem, level_of
from kub.records.unreadable import Unreadable, damaged
from kub.store import audit, catalogue, database, inbox, replaced
from kub.store.alone import LockHeld, alone
from kub.store.inbox import Arrival, Inbox, Moved
from kub.store.replaced import Standing
from kub.store.versions import (
    Damaged,
    NotStored,
    Version,
    data_folder,
    held_by,
    pointed,
    printable,
    storing,
)
from kub.words import Words
from kub.words.system_reasons import system_reason

PRIVATE, LOCK = ".inbox-", ".inbox.lock"
MOST_AT_ONCE = 50  # files of an import: all their records are in memory until it is done
PATIENCE = 60.0  # seconds that another import is waited for
_BUSY = frozenset({"too_slow", "too_much_memory"})
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def watch(
    once: Annotated[
        bool, typer.Option("--once", help="Sekali saja, lalu selesai. Once, for a timer.")
    ] = False,
    every: Annotated[
        float, typer.Option(min=0.05, help="Detik antara dua kali melihat. Seconds between looks.")
    ] = 2.0,
    lang: options.Lang = "id",
) -> None:
    """Impor apa yang ditaruh di data/inbox/. Import what is put into data/inbox/, until stopped."""
    w = words.of(lang)
    folder = data_folder()
    with options.storage_faults_shown(w), storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with alone(folder / LOCK, most=0):
                watcher = Watcher(folder, w)
                with _stopped_by_signals(watcher.stop):
                    watcher.run(once, every)
        except LockHeld as fault:
            console.warn(w("watch.twice", who=printable(held_by(fault.holder, w))))
            raise typer.Exit(1) from fault
    if once and watcher.refused:
        raise typer.Exit(1)


@contextmanager
def _stopped_by_signals(stop: Event) -> Iterator[None]:
    """The first SIGTERM or SIGINT lets what is begun end; a second one acts as ever."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def on_signal(*_: object) -> None:
        stop.set()
        restore()

    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        restore()


class Watcher:
    """One process that takes in what comes. refused: how many had problems."""

    def __init__(self, folder: Path, w: Words) -> None:
        self.folder, self.words = folder, w
        self.inbox = Inbox(folder)
        self.stop = Event()
        self.refused = 0
        self._complaint = ""

    def run(self, once: bool, every: float) -> None:
        """Look until stopped; once: until nothing is left that may still turn out to be whole."""
        for left in self.folder.glob(f"{PRIVATE}*"):
            shutil.rmtree(left, ignore_errors=True)  # of a process that was killed
        self._say("watch.started", folder=self.inbox.path)
        looks = 0
        while not self.stop.is_set():
            self.round()
            looks += 1
            if once and (looks > inbox.FOLDER_LOOKS or not self.inbox.is_waiting()):
                return
            self.stop.wait(every)
        self._say("watch.stopped")

    def round(self) -> None:
        """One look, and an import of all that is whole and right."""
        try:
            if arrivals := self.inbox.look()[:MOST_AT_ONCE]:
                before = replaced.standing(self._in_use())
                with self._private() as private:
                    self._take(arrivals, private, before)
                self._complaint = ""
        except OSError as error:
            self._complain(system_reason(error, self.words))
        except NotStored as fault:
            self._complain(fault.why(self.words))
        except Damaged as fault:
            self._complain(". ".join(fault.message(self.words)))

    def _in_use(self) -> Version | None:
        """What an import builds on. Raises Damaged also where another would stand in: what is given
        up then a person decides, by `import`.
        """
        version = pointed(self.folder)
        if version and version.notice:
            raise Damaged(self.folder, catalogue.faults(self.folder))
        return version

    @contextmanager
    def _private(self) -> Iterator[Path]:
        """A folder for copies that nobody else changes; never kept."""
        private = Path(mkdtemp(prefix=PRIVATE, dir=self.folder))
        try:
            yield private
        finally:
            shutil.rmtree(private, ignore_errors=True)

    def _take(
        self, arrivals: Sequence[Arrival], private: Path, before: Mapping[str, Standing]
    ) -> None:
        """Raises OSError, NotStored and Damaged."""
        right: list[tuple[Arrival, Checked]] = []
        coming: set[str] = set()
        for arrival in arrivals:
            checked = self._checked(arrival, private, before)
            if self.stop.is_set():
                return  # the process that read may have been stopped with this one
            if checked is None:
                continue
            if not checked.ok:
                self._refuse(arrival, checked)
                continue
            codes = {programme.programme_id for programme in checked.programmes}
            if not codes & coming:  # else at the next look, and the newer file replaces the older
                coming |= codes
                right.append((arrival, checked))
        if not right:
            return
        try:
            version = database.build(
                [programme for _, checked in right for programme in checked.programmes],
                self.folder,
                most=PATIENCE,
                by=audit.INBOX,
            )
        except NotStored:
            for arrival, _ in right:
                self.inbox.later(arrival)
            raise
        # A kill between these lines leaves the files, and they are imported again: nothing is lost.
        for arrival, checked in right:
            self._taken_in(arrival, checked, version)

    def _checked(
        self, arrival: Arrival, private: Path, before: Mapping[str, Standing]
    ) -> Checked | None:
        """What it holds; None where that cannot be said now. Raises OSError for the disk."""
        try:
            source = self._source(arrival, private)
            read = sandbox.read([source], date.today(), sandbox.bounds())
            return replaced.checked_against(read, before)
        except Moved:
            return None
        except Unreadable as fault:
            return _refused(arrival, fault)
        except sandbox.ReaderFailed:
            # A bug of ours with this file must not keep the others out.
            traceback.print_exc()
            self._say("watch.failed", file=arrival.name)
            self.inbox.answered(arrival)
            return None
        except OSError as error:
            self.inbox.later(arrival)
            if error.errno in _DISK:
                raise
            self._answer(arrival, _refused(arrival, damaged(error)))
            self._say(
                "watch.unreadable", file=arrival.name, reason=system_reason(error, self.words)
            )
            return None

    def _source(self, arrival: Arrival, private: Path) -> Path:
        """A private copy. Raises Moved, Unreadable and OSError."""
        if arrival.size > (LIMITS.inflated if arrival.is_folder else LIMITS.file):
            raise Unreadable("too_large_file", mb=LIMITS.file // MB)
        return inbox.copy(arrival, private)

    def _refuse(self, arrival: Arrival, checked: Checked) -> None:
        self.refused += 1
        self._answer(arrival, checked)
        if any(problem.rule in _BUSY for problem in checked.problems):
            self.inbox.later(arrival, inbox.RETRY_LARGE)
        else:
            self.inbox.answered(arrival)
        count = sum(problem.level == "problem" for problem in checked.problems)
        answer = arrival.name + inbox.ANSWER
        self._say("watch.problems", file=arrival.name, problems=count, answer=answer)

    def _taken_in(self, arrival: Arrival, checked: Checked, version: Version) -> None:
        self._answer(arrival, checked)
        programmes = ", ".join(programme.programme_id for programme in checked.programmes)
        self._say("watch.imported", file=arrival.name, programmes=programmes, version=version.label)
        try:
            self.inbox.remove(arrival)
        except OSError as error:
            # Left there it would be imported again at each look.
            self.inbox.answered(arrival)
            reason = system_reason(error, self.words)
            self._say("watch.not_removed", file=arrival.name, reason=reason)

    def _answer(self, arrival: Arrival, checked: Checked) -> None:
        """The problems and warnings as a table that Excel opens; none where there are none."""
        rows = pd.DataFrame(console.problem_rows(checked.problems))
        text = None
        if len(rows):
            text = of_frame(rows, False, self.words, writings(self.words)[0])
        try:
            self.inbox.answer(arrival, text)
        except OSError as error:
            reason = system_reason(error, self.words)
            self._say("watch.not_answered", file=arrival.name, reason=reason)

    def _say(self, key: str, **values: object) -> None:
        shown = {
            name: console.harmless(value) if isinstance(value, str | Path) else value
            for name, value in values.items()
        }
        # Not wrapped as a terminal's text is: these lines go to a log.
        with suppress(BrokenPipeError):
            typer.echo(self.words(key, **shown))

    def _complain(self, reason: str) -> None:
        """Say why nothing can be taken in now; not again until that changes."""
        if reason != self._complaint:
            self._say("watch.waiting", reason=reason)
        self._complaint = reason


def _refused(arrival: Arrival, fault: Unreadable) -> Checked:
    problem = Problem(
        arrival.name, None, None, None, None, fault.rule, level_of(fault.rule), fault.values
    )
    return Checked([], [problem])
