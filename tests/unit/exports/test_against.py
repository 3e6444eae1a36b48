"""Requests for data that compare two sides, and what slides draw of such an answer."""

import io
import json
from datetime import date

import pytest
from pptx import Presentation

from kub import words
from kub.answers.step import Step
from kub.exports import address
from kub.exports.address import Problem
from kub.exports.csv import csv
from kub.exports.pack import pack
from kub.exports.pptx import pptx
from kub.exports.xlsx import sheet
from kub.store.data import Data
from queries.against import Against
from queries.filters import Filters
from tests.support import small

ID = words.of("id")
TWO = {"districts": [small.KANDEMAN], "against_districts": [small.LIMPUNG]}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data.open(small.write(tmp_path_factory.mktemp("records")))


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "parquet"])
def test_an_address_gives_both_sides(data: Data, ending: str) -> None:
    file = address.answer(f"growth.{ending}", TWO, data, False)
    assert file.body
    if ending == "json":
        row = json.loads(file.body)[-1]
        assert (row["active"], row["active_against"], row["active_difference"]) == (3, 1, 2)


@pytest.mark.parametrize(
    ("path", "params", "rule"),
    [
        ("growth.csv", {"against_districts": ["99"]}, "districts"),
        ("growth.csv", {"against_until": ["x"]}, "until"),
        ("growth.csv", {"against_programme": [small.A]}, "against_itself"),
        ("growth.csv", {"against_until": ["2018", "2019"]}, "repeated"),
        ("gaps.csv", {"against_until": ["2018"]}, "against_question"),
        ("growth.csv", {"against_peers": [small.B]}, "name"),
    ],
)
def test_a_comparison_that_means_nothing_is_refused(
    data: Data, path: str, params: dict[str, list[str]], rule: str
) -> None:
    with pytest.raises(Problem) as refused:
        address.answer(path, params, data, False)
    assert (refused.value.status, refused.value.rule) == (400, rule)
    assert json.loads(refused.value.body(ID))["todo"]


def test_slides_and_sheets_show_both_sides(data: Data) -> None:
    own, against = Filters(districts=(small.KANDEMAN,)), Against(districts=(small.LIMPUNG,))
    steps = [
        Step(question, chart, own, against=against)
        for question, chart in (("growth", "growth"), ("sectors", "sectors"))
    ]
    made = pack(data, own, ID, date(2026, 1, 1), steps)
    slides = Presentation(io.BytesIO(pptx(made))).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    names = {series.name for chart in charts for plot in chart.plots for series in plot.series}
    assert names == {"Kecamatan Kandeman", "Kecamatan Limpung"}
    assert charts[1].plots[0].overlap == 0  # side by side, none behind the other
    for part in made.parts:
        assert sheet(part.answer, ID)
        assert b"_difference" in csv(part.answer, ID)
