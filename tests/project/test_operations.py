"""docs/operations.md says what is measured and what a line of the log holds."""

import json
import logging
import sys
from pathlib import Path

import pytest

from kub.ui import logs, metrics
from tests.support import small
from tests.support.documents import quoted, section, tables

OPERATIONS = "docs/operations.md"


def test_every_measurement_is_described_with_its_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.in_use(tmp_path, monkeypatch)
    described = {
        quoted(name)[0]: quoted(labels)
        for name, labels, _ in tables(section(OPERATIONS, "Health and metrics"))[3:]
    }
    counted = {
        "kub_requests_total": ["kind", "status"],
        "kub_request_seconds": ["kind"],
        "kub_sql_statements_total": ["outcome"],
        "kub_payload_cache_gets_total": ["result"],
        "kub_acts_total": ["action"],
        "kub_build_info": ["version"],
    }
    ends = {"counter": "_total", "info": "_info"}
    measured = {
        name: counted.get(name, [])
        for family in metrics.REGISTRY.collect()
        if (name := family.name + ends.get(family.type, "")).startswith("kub_")
    }
    assert {name: of for name, of in described.items() if name.startswith("kub_")} == measured
    assert "process_cpu_seconds_total" in described


def test_every_field_of_a_line_is_described() -> None:
    try:
        raise ValueError
    except ValueError:
        record = logging.LogRecord("kub", 40, "", 1, "x", (), sys.exc_info())
    record.fault = "K-1"
    line = json.loads(logs.JsonFormatter().format(record))
    described = [quoted(name)[0] for name, _ in tables(section(OPERATIONS, "Logs"))]
    assert described == list(line)
