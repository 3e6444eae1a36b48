"""What is counted while the dashboard serves, as Prometheus reads it (docs/operations.md has the
list).

Labels are words of this file and of the code alone: what visitors choose (villages, programmes,
filters) and who they are stands in none.
"""

import os
import re
import time
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from kub import __version__
from kub.store import audit
from kub.store.versions import Damaged, data_folder, pointed
from kub.ui import headers
from kub.web import text_cache

# When a series began: twice as many lines, and nobody asks for it.
disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
# By the first name of the path, or by the second below /api. Nothing else is counted: assets and
# Streamlit's own files are what nginx's log is for.
KINDS = {
    "page": "page",
    "card": "card",
    "origin": "origin",
    "explore": "explore",
    "sql": "sql",
    "filters": "filters",
    "districts": "filters",
    "villages": "filters",
}
REQUESTS = Counter(
    "kub_requests",
    "Requests answered, by kind of route and status.",
    ("kind", "status"),
    registry=REGISTRY,
)
SECONDS = Histogram(
    "kub_request_seconds",
    "Time to the end of an answer, by kind of route.",
    ("kind",),
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
RUNS = Counter("kub_script_runs", "Runs of the whole script by sessions.", registry=REGISTRY)
FAULTS = Counter("kub_faults", "Faults of ours that were logged with an id.", registry=REGISTRY)
SQL = Counter(
    "kub_sql_statements",
    "Analysts' statements: answered, or the rule that refused them.",
    ("outcome",),
    registry=REGISTRY,
)
SQL.labels("answered")


class Measured:
    """ASGI middleware: counts the requests that passed the doors, and how long each took."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = kind_of(str(scope["path"])) if scope["type"] == "http" else None
        if kind is None:
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), "500"

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            REQUESTS.labels(kind, status).inc()
            SECONDS.labels(kind).observe(time.perf_counter() - begun)


def kind_of(path: str) -> str | None:
    """The kind of route that a path is for; None for what is not counted."""
    names = headers.parts(path)
    if names[:1] == ["api"]:
        return KINDS.get("".join(names[1:2]))
    return "data" if names[:1] == ["data"] else None


class _Reading(Collector):
    """What is looked up when it is asked for."""

    def __init__(self) -> None:
        self.acts = Acts()

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("kub_build", "Release of the product.", {"version": __version__})
        yield GaugeMetricFamily("kub_sessions_open", "Open sessions.", _sessions())
        yield from _payloads()
        yield from _version()
        acts = CounterMetricFamily(
            "kub_acts", "Lines of the audit trail, by action.", labels=["action"]
        )
        for action, count in self.acts.counted(data_folder()).items():
            acts.add_metric([action], count)
        yield acts


def _sessions() -> int:
    if not runtime.exists():
        return 0
    stats = runtime.get_instance().stats_mgr.get_stats(["active_sessions"])
    return sum(getattr(stat, "value", 0) for stat in stats.get("active_sessions", ()))


def _payloads() -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "kub_payload_cache_bytes", "Pages kept ready, packed.", text_cache.kept_bytes()
    )
    gets = CounterMetricFamily(
        "kub_payload_cache_gets", "Pages that were kept ready or had to be made.", labels=["result"]
    )
    for result, count in text_cache.GETS.items():
        gets.add_metric([result], count)
    yield gets


def _version() -> Iterator[Metric]:
    folder = data_folder()
    try:
        version = pointed(folder)
    except Damaged:
        version = None
    yield GaugeMetricFamily("kub_data_usable", "1 where a version can be shown.", bool(version))
    files = sum(1 for _ in (folder / "versions").glob("kub-*.duckdb"))
    yield GaugeMetricFamily("kub_data_versions", "Version files in the data folder.", files)
    if version is None:
        return
    yield GaugeMetricFamily(
        "kub_data_fallback",
        "1 where it is not the version that `current` names.",
        bool(version.notice),
    )
    # The clock may have been set back since.
    age = max(0.0, time.time() - version.built_at.timestamp())
    yield GaugeMetricFamily("kub_data_version_age_seconds", "Since the import of the version.", age)
    yield GaugeMetricFamily(
        "kub_data_version_bytes", "Size of the version's file.", version.path.stat().st_size
    )


class Acts:
    """Counts the lines of the audit trail; each of them is read once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._file: tuple[Path, int] | None = None  # and its inode
        self._read = 0  # bytes
        self._counts: Tally[str] = Tally()

    def counted(self, folder: Path) -> Mapping[str, int]:
        """Lines by action, of all actions that there are."""
        with self._lock, suppress(OSError), (folder / audit.FILE).open("rb") as file:
            state = os.fstat(file.fileno())
            # Another folder, or a trail that begins anew: `restore`, or an office that moved it.
            if (folder, state.st_ino) != self._file or state.st_size < self._read:
                self._file, self._read, self._counts = (folder, state.st_ino), 0, Tally()
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):  # it is being written
                    break
                self._read += len(line)
                # The second line of an act that did not come to its end.
                if b'"failed": true' in line:
                    continue
                if action := _ACTION.search(line):
                    self._counts[action[1].decode("ascii", "replace")] += 1
        return {action: self._counts[action] for action in get_args(audit.Action)}


# Within a text of the line the quotes would be escaped.
_ACTION = re.compile(rb'"action": "(\w+)"')
REGISTRY.register(_Reading())
middleware = [Middleware(Measured)]
