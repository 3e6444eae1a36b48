"""The descriptor of the data by address: valid by the standard's own profile, and true."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kub.answers.rows import rows_of
from kub.exports import address
from kub.exports.address import PACKAGE
from kub.exports.data_files import file_of
from kub.exports.datapackage import UNIT
from kub.store.data import Data
from kub.store.database import current
from kub.words import of
from queries import QUESTIONS
from queries.filters import Filters
from tests.support import small

# public/profiles/2.0/datapackage.json of github.com/frictionlessdata/datapackage (Unlicense),
# without its titles, descriptions and examples.
PROFILE = Path(__file__).parents[2] / "support" / "datapackage-2.0.json"


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Data:
    return Data.open(current(sample_folder))


def described(data: Data, **params: str) -> dict[str, Any]:
    file = address.answer(PACKAGE, {name: [value] for name, value in params.items()}, data, False)
    assert file.name == PACKAGE
    return dict(json.loads(file.body))


def fields(package: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for resource in package["resources"]:
        yield from resource["schema"]["fields"]


def test_it_is_valid_by_the_profile_of_the_standard(data: Data) -> None:
    validator = jsonschema.Draft7Validator(json.loads(PROFILE.read_text("utf-8")))
    package = described(data, until="2020", villages="33.25.13.2010")
    assert [error.message for error in validator.iter_errors(package)] == []
    # The profile can refuse.
    assert list(validator.iter_errors(package | {"licenses": []}))
    assert list(validator.iter_errors(package | {"resources": [{"path": "/data/growth.csv"}]}))


def test_every_question_is_a_resource_with_its_columns(data: Data) -> None:
    package = described(data)
    assert [resource["name"] for resource in package["resources"]] == list(QUESTIONS)
    assert [resource["path"] for resource in package["resources"]] == [
        f"{q}.csv" for q in QUESTIONS
    ]
    for resource in package["resources"]:
        body = file_of(rows_of(data, resource["name"], Filters()), "csv", of("id"))
        heading, *lines = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        assert [field["name"] for field in resource["schema"]["fields"]] == heading
        for field, *values in zip(resource["schema"]["fields"], *lines, strict=True):
            assert all(READABLE[field["type"]](value) for value in values if value)


def is_date(text: str) -> bool:
    year, month, day = text.split("-")
    return (len(year), len(month), len(day)) == (4, 2, 2)


READABLE: dict[str, Any] = {
    "integer": lambda text: int(text) is not None,
    "number": lambda text: float(text) is not None,
    "boolean": lambda text: text in ("true", "false"),
    "date": is_date,
    "string": str,
}


def test_every_number_has_its_unit_and_every_column_two_languages(data: Data) -> None:
    numbers = {f["name"] for f in fields(described(data)) if f["type"] in ("integer", "number")}
    assert numbers == set(UNIT)
    assert all(f["unit"] for f in fields(described(data)) if f["name"] in {"kub", "revenue_idr"})
    for field in fields(described(data)):
        assert set(field["descriptions"]) == {"id", "en"}
        assert field["description"].split(" | ")[0] == field["descriptions"]["id"]


def test_it_says_version_sources_and_licence(data: Data) -> None:
    package = described(data)
    assert package["version"] == data.version.name
    assert package["created"] == data.version.built_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    titles = " ".join(source["title"] for source in package["sources"])
    assert all(digest in titles for digest in data.source_files()["sha256"])
    assert package["licenses"][0]["name"] == "MIT"
    assert package["kub"] == {"programme": "BPI-BATANG", "as_of": "2023-06-30", "sample": True}


def test_real_records_have_no_licence_of_ours(tmp_path: Path) -> None:
    real = Data.open(small.write(tmp_path, sample=False))
    assert described(real)["licenses"][0]["name"] == "notspecified"
    names = {f["name"] for f in fields(described(real))}
    assert "note" in names  # of comparisons, which have a sample among them
    [headline] = (
        resource["schema"]["fields"]
        for resource in described(real)["resources"]
        if resource["name"] == "headline"
    )
    assert "note" not in [field["name"] for field in headline]


def test_its_paths_repeat_the_query(data: Data) -> None:
    package = described(data, programme="CONTOH-A", until="2020", lang="en")
    paths = [resource["path"] for resource in package["resources"]]
    assert "growth.csv?lang=en&programme=CONTOH-A&until=2020" in paths
    assert package["kub"]["as_of"] == "2020-12-31"
