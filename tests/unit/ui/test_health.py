"""What machines ask: whether there is data to show, and how it goes. Both look and build nothing."""

import json
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware

from kub import words
from kub.store import audit
from kub.store.versions import Version, pointed
from kub.ui import data_by_address, doors, errors, health, metrics, page_route
from kub.web.text_cache import TextCache
from kub.words import LANGUAGES
from tests.support import small
from tests.support.requests import Answered, request

HERE = {doors.FROM.replace("-", "_"): doors.LOCAL}
ELSEWHERE = {doors.FROM.replace("-", "_"): doors.OUTSIDE}
APP = Starlette(
    routes=[*health.routes, *page_route.routes],
    middleware=[Middleware(metrics.Measured), *data_by_address.middleware],
)


def get(path: str, method: str = "GET", **headers: str) -> Answered:
    return request(APP, path, method, **headers)


def values(**headers: str) -> dict[tuple[str, ...], float]:
    """Every sample of /metrics: (name, label values in order) -> value."""
    answer = get("/metrics", **(headers or HERE))
    assert answer.status == 200 and answer.headers["cache-control"] == "no-store"
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def version(folder: Path) -> Version:
    found = pointed(folder / "data")
    assert found
    return found


def test_health_says_which_version_is_in_use(folder: Path) -> None:
    answer = get("/health")
    assert answer.status == 200 and answer.headers["cache-control"] == "no-store"
    name = version(folder).name
    assert answer.json() == {
        "status": "ok",
        "version": name,
        "built_at": "2026-11-24T03:15:00Z",
    }
    head = get("/health", "HEAD")
    assert head.status == 200  # the server leaves its body out (test_outside.py)
    assert head.headers["content-length"] == answer.headers["content-length"]
    assert get("/health", "POST").status == 405


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_version_health_says_so_and_builds_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("KUB_DATA", str(tmp_path))
    answer = get(f"/health?lang={lang}")
    assert answer.status == 503 and answer.headers["cache-control"] == "no-store"
    say = words.of(lang)
    assert answer.json()["reason"] == say("error.no_data.title")
    assert "`" not in answer.json()["todo"] and list(tmp_path.iterdir()) == []
    assert values()[("kub_data_usable",)] == 0


def test_damaged_data_is_no_health_and_an_older_version_is_named(folder: Path) -> None:
    inside = folder / "data" / "versions"
    older, newer = version(folder), small.write(folder / "data", "20261125T031500000000Z", False)
    assert get("/health").json()["version"] == newer.name
    newer.path.write_bytes(b"damaged")
    # A version of samples alone never stands in for what may have been real records.
    answer = get("/health?lang=en")
    assert answer.status == 503
    assert answer.json()["reason"] == words.of("en")("error.damaged.title")
    assert newer.path.name in answer.json()["todo"] and "*" not in answer.json()["todo"]
    small.write(folder / "data", "20261123T031500000000Z", False)
    (folder / "data" / "current").write_text(f"{newer.path.name}\n")
    fallback = get("/health?lang=en").json()
    assert fallback["version"] != older.name and fallback["notice"]
    assert values()[("kub_data_fallback",)] == 1 and len(list(inside.glob("kub-*"))) == 3


def test_a_fault_of_ours_is_told_by_its_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Path) -> None:
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr(health, "pointed", broken)
    answer = get("/health")
    assert answer.status == 503 and "secret" not in answer.text
    [record] = caplog.records
    assert record.fault in answer.json()["todo"]  # type: ignore[attr-defined]


def test_measurements_stay_on_this_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for asking in ({}, ELSEWHERE):
        refused = get("/metrics", **asking)
        assert refused.status == 403 and health.OPEN_TO_ALL in refused.text
    for wrong in ("yes", "al", "1"):
        monkeypatch.setenv(health.OPEN_TO_ALL, wrong)
        assert get("/metrics", **ELSEWHERE).status == 403
    monkeypatch.setenv(health.OPEN_TO_ALL, " ALL ")
    assert get("/metrics", **ELSEWHERE).status == 200
    assert get("/metrics", "HEAD", **HERE).status == 200


def test_requests_are_counted_by_kind_and_status(folder: Path) -> None:
    before = values()
    get("/api/page/growth?districts=33.25.13")
    get("/api/page/nowhere")
    get("/data/growth.csv?sectors=pertanian")
    get("/assets/x")
    after = values()

    def more(*sample: str) -> float:
        return after[sample] - before.get(sample, 0)

    assert more("kub_requests_total", "page", "200") == 1
    assert more("kub_requests_total", "page", "404") == 1
    assert more("kub_requests_total", "data", "400") == 1
    assert more("kub_request_seconds_count", "page") == 2
    assert more("kub_request_seconds_bucket", "page", "+Inf") == 2
    assert more("kub_payload_cache_gets_total", "made") == 1
    assert after[("kub_payload_cache_bytes",)] > 0
    assert after[("kub_data_version_bytes",)] == version(folder).path.stat().st_size
    assert after[("process_resident_memory_bytes",)] > 1e6 and ("kub_sessions_open",) in after
    # Nothing that a visitor chose is a label.
    names = {label for sample in after for label in sample[1:]}
    assert not any("33.25" in name or "pertanian" in name or "growth" in name for name in names)


def test_faults_and_acts_are_counted(folder: Path) -> None:
    trail = folder / "data"
    before = values()
    assert before[("kub_acts_total", "import")] == 0
    errors.logged(ZeroDivisionError(), "a test")
    audit.append(trail, "import", audit.COMMAND, files=['"action": "prune"'])
    audit.append(trail, "download", audit.LOCAL)
    with (trail / audit.FILE).open("a") as file:
        file.write('{"action": "prune"')  # still being written
    after = values()
    assert after[("kub_faults_total",)] - before[("kub_faults_total",)] == 1
    assert [after[("kub_acts_total", name)] for name in ("import", "download", "prune")] == [
        1,
        1,
        0,
    ]
    with (trail / audit.FILE).open("a") as file:
        file.write("}\n")
    assert values()[("kub_acts_total", "prune")] == 1
    (trail / audit.FILE).write_text("")
    audit.append(trail, "login", "a1", name="Bu Sri")
    assert values()[("kub_acts_total", "import")] == 0
    assert values()[("kub_acts_total", "login")] == 1


def test_kept_pages_are_told_from_made_ones() -> None:
    cache, before = TextCache(), values()
    for _ in range(3):
        cache.get("key", lambda: json.dumps({}))
    after = values()
    gets = "kub_payload_cache_gets_total"
    assert after[gets, "kept"] - before[gets, "kept"] == 2
    assert after[gets, "made"] - before[gets, "made"] == 1
