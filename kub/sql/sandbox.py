"""Statements run in processes of their own, two at once: the others wait for a turn. Whoever runs a
second one gives up the first.

A process serves one version and one role. It is used again after an answer or a fault of the
statement, and is ended where it took too long, was given up or died.
"""

import atexit
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Event, Lock, Thread, Timer

import pyarrow as pa

from kub.sql.answer import Answer, table_of
from kub.sql.faults import SqlFault
from kub.sql.limits import AT_ONCE, LONGEST, MB, WAIT, Limits, limits
from kub.sql.messages import Header, receive, send
from kub.sql.tables import Contents, contents
from kub.store.data import Data

ROOT = Path(__file__).parents[2]
MODULE = "kub.sql.child"
# What Python and its libraries need to start; nothing else of the server's environment is there.
PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")
# mimalloc takes a gigabyte at once, and every thread of a library asks for memory of its own.
SETTINGS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
GRACE = 1.5  # seconds after which a process that was interrupted is ended
STARTING = 60  # seconds that a process may take to copy its tables
IDLE = 300  # seconds
MOST_KEPT = 6  # answers
MOST_MADE = 20 * MB  # bytes of a version's tables that are kept
Key = tuple[str, str]


class _Process:
    """A process with its tables; ready when this is made."""

    def __init__(self, content: Contents, bound: Limits) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-m", MODULE],
            cwd=ROOT,
            env=SETTINGS | {name: os.environ[name] for name in PASSED_ON if name in os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a full pipe would stop the process
        )
        header: Header = {
            "tables": list(content.streams),
            "attach": content.attach,
            "attached": content.attached,
            "copied": content.copied,
            "memory_mb": bound.memory_mb,
            "process_mb": bound.process_mb,
        }
        self._exchange(header, list(content.streams.values()), STARTING)

    def run(self, sql: str, bound: Limits) -> Answer:
        """Raises SqlFault."""
        request = {
            "sql": sql,
            "rows": bound.rows,
            "bytes": bound.answer_mb * MB,
            "seconds": bound.seconds,
        }
        reply, parts = self._exchange(request, [], bound.seconds + GRACE)
        if reply["kind"] == "fault":
            raise SqlFault(reply["rule"], reply["detail"], **reply["values"])
        try:
            return Answer(table_of(parts[0]), str(reply["cut"]), float(reply["ms"]))
        except (pa.ArrowException, IndexError) as fault:
            self.close()
            raise SqlFault("crashed") from fault

    def _exchange(
        self, header: Header, parts: list[bytes], seconds: float
    ) -> tuple[Header, list[bytes]]:
        requests, answers = self._popen.stdin, self._popen.stdout
        assert requests and answers
        late = Event()
        # The clock of this process: the other may be too busy to look at its own.
        timer = Timer(seconds, self._stop, [late])
        timer.daemon = True
        timer.start()
        try:
            send(requests, header, parts)
            return receive(answers)
        except (EOFError, OSError, ValueError) as fault:
            self.close()
            raise SqlFault("slow" if late.is_set() else "crashed") from fault
        finally:
            timer.cancel()

    def _stop(self, late: Event) -> None:
        late.set()
        self._popen.kill()

    @property
    def is_alive(self) -> bool:
        return self._popen.poll() is None

    def kill(self) -> None:
        """Ends it from another thread; whoever waits for its answer closes it."""
        self._popen.kill()

    def close(self) -> None:
        """Ends it, whatever it does, and leaves neither zombie nor open pipe."""
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()


@dataclass(eq=False)
class Ticket:
    """A statement that waits or runs, and can be given up."""

    _process: _Process | None = field(default=None, init=False)
    _is_cancelled: bool = field(default=False, init=False)

    def cancel(self) -> None:
        """From any thread, at any time."""
        with _TURN:
            self._is_cancelled = True
            if self._process:
                self._process.kill()
            _TURN.notify_all()

    @property
    def is_cancelled(self) -> bool:
        return self._is_cancelled

    def hold(self, process: _Process | None) -> None:
        """The process that runs it, None once it has answered."""
        with _TURN:
            self._process = process
            if process and self._is_cancelled:
                process.kill()


_TURN = Condition()
_running: set[Ticket] = set()
_by_asker: dict[str, Ticket] = {}
_lock = Lock()
_idle: list[tuple[Key, _Process]] = []
_kept: OrderedDict[tuple[Key, str], Answer] = OrderedDict()
_cooling: list[Timer] = []
_making = Lock()
_made: OrderedDict[Key, Contents] = OrderedDict()


def run(data: Data, sql: str, asker: str = "", ticket: Ticket | None = None) -> Answer:
    """The answer to one SELECT, for the role of `data`. asker: whose earlier statement is given up
    for this one. Raises SqlFault.
    """
    sql = sql.replace("\r\n", "\n").strip()
    _bounded(sql)
    ticket = ticket or Ticket()
    key = (data.version.name, data.role)
    with _lock:
        if answer := _kept.get((key, sql)):
            _kept.move_to_end((key, sql))
            return answer
    with _turn(ticket, asker):
        answer = _run(data, key, sql, ticket)
    with _lock:
        _kept[key, sql] = answer
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return answer


def _bounded(sql: str) -> None:
    if not sql:
        raise SqlFault("empty")
    if len(sql) > LONGEST:
        raise SqlFault("long", limit=LONGEST, name=len(sql))
    if "\0" in sql:
        raise SqlFault("nul")


@contextmanager
def _turn(ticket: Ticket, asker: str) -> Iterator[None]:
    """One of AT_ONCE. Raises SqlFault where there is none in time."""
    with _TURN:
        earlier = _by_asker.get(asker) if asker else None
        if asker:
            _by_asker[asker] = ticket
    if earlier:
        earlier.cancel()
    try:
        with _TURN:
            free = _TURN.wait_for(lambda: ticket.is_cancelled or len(_running) < AT_ONCE, WAIT)
            if ticket.is_cancelled:
                raise SqlFault("cancelled")
            if not free:
                raise SqlFault("busy", limit=AT_ONCE)
            _running.add(ticket)
        yield
    finally:
        with _TURN:
            _running.discard(ticket)
            if _by_asker.get(asker) is ticket:
                del _by_asker[asker]
            _TURN.notify_all()


def _run(data: Data, key: Key, sql: str, ticket: Ticket) -> Answer:
    bound = limits()
    process, used_up = _taken(data, key, bound), False
    ticket.hold(process)
    try:
        return process.run(sql, bound)
    except SqlFault as fault:
        used_up = fault.rule == "memory"  # what it still holds, the next statement would lack
        if ticket.is_cancelled:
            raise SqlFault("cancelled") from fault
        if fault.rule == "crashed" and not process.is_alive:
            # What DuckDB does not count, the system does: the process is refused more and dies.
            raise SqlFault("memory", limit=bound.memory_mb) from fault
        limit = {"slow": bound.seconds, "memory": bound.memory_mb, "large": bound.answer_mb}
        values = dict(fault.values)
        if fault.rule in limit:
            values["limit"] = limit[fault.rule]
        raise SqlFault(fault.rule, fault.detail, **values) from fault
    finally:
        ticket.hold(None)
        if process.is_alive and not used_up:
            _give_back(key, process)
        else:
            process.close()


def _taken(data: Data, key: Key, bound: Limits) -> _Process:
    if process := _idle_process(key):
        return process
    # One is made at a time: what `warm` has begun is waited for, not begun again.
    with _making:
        return _idle_process(key) or _Process(_contents(data, key), bound)


def _idle_process(key: Key) -> _Process | None:
    with _lock:
        for number, (of, process) in enumerate(_idle):
            if of == key:
                del _idle[number]
                if process.is_alive:
                    return process
                process.close()
                return None
    return None


def _contents(data: Data, key: Key) -> Contents:
    """Kept where they are small: a process that was ended is then replaced in half the time."""
    if key in _made:
        return _made[key]
    made = contents(data)
    if sum(map(len, made.streams.values())) < MOST_MADE:
        _made[key] = made
        while len(_made) > AT_ONCE:
            _made.popitem(last=False)
    return made


def _give_back(key: Key, process: _Process) -> None:
    """Kept for the next statement, as many as may run at once; the longest idle goes."""
    with _lock:
        _idle.append((key, process))
        gone = [_idle.pop(0)[1] for _ in range(len(_idle) - AT_ONCE)]
        for timer in _cooling:
            timer.cancel()
        _cooling[:] = [Timer(IDLE, cool)]
        _cooling[0].daemon = True
        _cooling[0].start()
    for other in gone:
        other.close()


def warm(data: Data) -> None:
    """Start a process ahead, in the background, so that the first statement need not wait."""
    key = (data.version.name, data.role)
    with _lock:
        if any(of == key for of, _ in _idle):
            return
    Thread(target=_warm, args=(data, key), daemon=True).start()


def _warm(data: Data, key: Key) -> None:
    with suppress(SqlFault):
        _give_back(key, _taken(data, key, limits()))


def cool() -> None:
    """End the processes that wait for a statement."""
    with _lock:
        while _idle:
            _idle.pop()[1].close()
        _kept.clear()


atexit.register(cool)
