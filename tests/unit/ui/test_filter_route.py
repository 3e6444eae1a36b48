"""What the filter bar fetches by plain requests."""

import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import Response

from kub.ui import filter_route
from kub.ui.data import data
from tests.support import small
from tests.support.small import KANDEMAN


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small.in_use(tmp_path, monkeypatch)
    return tmp_path / "data"


def request(path: str, encoding: str = "", tag: str = "", **query: Any) -> Request:
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": urlencode(query, doseq=True).encode(),
        "headers": [(b"accept-encoding", encoding.encode())],
        "path_params": {"tag": tag},
    }
    return Request(scope)


def options(tag: str, encoding: str = "", **query: Any) -> Response:
    return filter_route.filters(request("/api/filters/x", encoding, tag, **query))


def tag() -> str:
    return filter_route.address(data()).rpartition("/")[2]


def test_the_options_of_a_version_are_kept_for_ever() -> None:
    answer = options(tag(), programme=small.A, lang="en")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    offer = json.loads(answer.body)
    assert offer["words"]["villages"] == "Village"
    assert [programme["label"] for programme in offer["programmes"]][0] == "Batang Regency"
    assert [programme["years"] for programme in offer["programmes"]] == [[2015, 2023], [2021, 2023]]
    assert offer["years"] == list(range(2015, 2024))
    assert offer["districts"][0] == {
        "code": KANDEMAN,
        "label": "Kandeman",
        "kub": [1, 1, 2, 3, 3, 3, 3, 3, 3],
    }


def test_they_travel_compressed_where_that_is_understood() -> None:
    plain = options(tag(), programme=small.A, lang="id")
    packed = options(tag(), "gzip, br", programme=small.A, lang="id")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


@pytest.mark.parametrize(
    "query",
    [
        {"programme": "none", "lang": "id"},
        {"programme": small.A, "lang": "fr"},
        {"lang": "id"},
    ],
)
def test_what_there_is_not_is_not_found(query: dict[str, str]) -> None:
    assert options(tag(), **query).status_code == 404


def test_an_address_of_another_version_never_leads_to_this_one(folder: Path) -> None:
    before = tag()
    small.write(folder, "20261129T031500000000Z")
    assert tag() != before
    answer = options(before, programme=small.A, lang="id")
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"


def places(kind: str, **query: Any) -> Response:
    return filter_route.places(request(f"/api/{kind}", **query))


def test_villages_are_found_by_a_part_of_their_name() -> None:
    answer = places("villages", programme=small.A, q="UJUNG", districts=[KANDEMAN], until="2018")
    assert json.loads(answer.body) == {"rows": [["33.25.13.2001", "Ujungnegoro", 1]], "more": False}
    assert answer.headers["cache-control"] == "private, no-cache"
    assert json.loads(places("districts", programme=small.A, q="limp").body)["rows"]


def test_a_search_without_sense_is_refused() -> None:
    assert places("villages", programme=small.A, until="20x8").status_code == 400
    assert places("villages", programme="none").status_code == 404


def test_official_regencies_are_found_whoever_has_records() -> None:
    answer = filter_route.regencies(request("/api/regencies", q="CILEG", lang="id"))
    assert json.loads(answer.body) == {"rows": [["36.72", "Kota Cilegon"]], "more": False}
    assert filter_route.regencies(request("/api/regencies", lang="fr")).status_code == 404
