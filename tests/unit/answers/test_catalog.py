"""The record of each chart names what it takes, and a wrong option
is refused, wherever it comes from.
"""

from dataclasses import fields
from inspect import Parameter, signature
from pathlib import Path
from typing import get_type_hints

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from kub import words
from kub.answers.answer import parameters
from kub.answers.catalog import CATALOG, TELLABLE
from kub.answers.step import Step, tell
from kub.cli.main import app
from kub.findings.options import BadOption, GrowthOptions, Options, parse
from kub.store.data import Data
from kub.store.database import current
from kub.ui.presenter import step as present_step
from kub.ui.visits import step as visit_step
from queries import QUESTIONS

ID = words.of("id")
# What every chart and finding may take of the answer that it is part of.
OF_ANSWER = {"frame", "words", "mode", "measure", "own", "filters", "sample"}


# What the rows that pages compute are of.
COMPUTED = {"plan": {"plan"}, "kub_history": {"name"}, "kub_revenue": {"name"}}


@pytest.mark.parametrize("chart", CATALOG)
def test_a_chart_takes_what_its_record_names_and_nothing_else(chart: str) -> None:
    spec = CATALOG[chart]
    functions = [function for function in (spec.say, spec.draw) if function]
    taken = frozenset().union(*(parameters(function) for function in functions))
    options = {option.name for option in fields(spec.options)}
    assert spec.computed == (chart in COMPUTED)
    assert taken - OF_ANSWER == options | spec.context.keys() | COMPUTED.get(chart, set())
    assert spec.question in QUESTIONS


@pytest.mark.parametrize("chart", CATALOG)
def test_what_is_usual_is_the_same_in_the_record_and_in_the_chart(chart: str) -> None:
    spec = CATALOG[chart]
    usual = {option.name: option.default for option in fields(spec.options)}
    for function in (spec.say, spec.draw):
        for name, parameter in signature(function).parameters.items() if function else ():
            if name in usual and parameter.default is not Parameter.empty:
                assert parameter.default == usual[name], (chart, name)


@pytest.mark.parametrize(
    "view", [{"scal": "indexed"}, {"scale": "nonsense"}, {"both": 1}, {"both": "yes"}]
)
def test_a_wrong_option_is_refused_with_its_place(view: dict[str, object]) -> None:
    with pytest.raises(BadOption) as refused:
        parse(GrowthOptions, view)
    assert refused.value.place in view
    with pytest.raises(ValidationError):
        GrowthOptions(**view)  # type: ignore[arg-type]


def test_options_come_back_from_their_codes() -> None:
    for spec in CATALOG.values():
        hints = get_type_hints(spec.options)
        changed = {name: True for name, kind in hints.items() if kind is bool}
        assert parse(spec.options, spec.options(**changed).codes()) == spec.options(**changed)
        assert spec.options().codes() == {}


def test_codes_that_earlier_releases_wrote_are_no_faults() -> None:
    assert (
        parse(
            Options,
            {"kelurahan": True, "provisional": False, "home": "Jawa Tengah", "cropped": True},
        )
        == Options()
    )


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ({"scal": "indexed"}, ("view.scal", "“scal”", "scale, both, tell")),
        ({"scale": "nonsense"}, ("view.scale", "“nonsense”", "absolute, indexed")),
    ],
)
def test_a_misspelt_option_is_said_on_the_page_and_on_the_stage(
    sample_data: object, view: dict[str, str], expected: tuple[str, ...]
) -> None:
    data, step = Data.open(current()), Step("growth", "growth", view=view)
    listed = visit_step.step_summary(data, step, "id", ID)
    staged = present_step.build_step(data, step, ID, "light", "[]")
    assert not listed.title and staged.answer is None
    for text in (listed.broken, staged.problem):
        assert all(part.removeprefix("view.") in text for part in expected), text
    with pytest.raises(BadOption, match=expected[0]):
        tell(data, step, ID)


def test_a_visit_with_a_misspelt_option_is_not_exported_in_silence(
    sample_folder: Path, tmp_path: Path
) -> None:
    version = current(sample_folder).name
    (sample_folder / "visits").mkdir(exist_ok=True)
    visit = sample_folder / "visits" / "2026-12-01-salah.toml"
    visit.write_text(
        f'date = 2026-12-01\nlang = "id"\nversion = "{version}"\n'
        '[[steps]]\nquestion = "headline"\n[[steps]]\nquestion = "growth"\nview = { scal = "indexed" }\n'
    )
    result = CliRunner().invoke(
        app,
        ["export", "--format", "html", "--visit", visit.stem, str(tmp_path / "a.html")],
        env={"KUB_DATA": str(sample_folder), "COLUMNS": "500"},
    )
    visit.unlink()
    assert result.exit_code == 1
    assert "2" in result.output and "“scal”" in result.output and not (tmp_path / "a.html").exists()


def test_every_question_is_told_by_a_chart_of_its_name() -> None:
    assert set(QUESTIONS) <= set(CATALOG)
    assert all(CATALOG[question].question == question for question in QUESTIONS)
    assert set(CATALOG) - set(TELLABLE) == COMPUTED.keys()
