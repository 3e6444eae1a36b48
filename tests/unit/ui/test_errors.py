"""Nobody sees a traceback: what the user can mend says how, our own
fault has an id in the log and on the screen.
"""

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.ui import errors
from kub.words import LANGUAGES


def fails(kind: str) -> None:
    """What st.App does around a script: hand its error to the hook."""
    from pathlib import Path

    from kub.store.versions import NotStored
    from kub.ui import errors

    try:
        if kind == "not stored":
            raise errors.NothingStored(NotStored(Path("/srv/_data_"), "disk full"))
        raise errors.NoData if kind == "no data" else ZeroDivisionError("secret of the inside")
    except Exception as error:  # noqa: BLE001 as Streamlit's own runner does
        assert errors.on_script_error(error)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_is_logged_under_the_id_that_the_screen_shows(
    lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = AppTest.from_function(fails, args=("fault",))
    app.query_params["lang"] = lang
    with caplog.at_level(logging.ERROR, "kub"):
        app.run()
    assert not app.exception
    [record] = [record for record in caplog.records if record.name == "kub"]
    [fault] = re.findall(r"K-[0-9A-F]{6}", record.getMessage())
    assert record.exc_info
    assert isinstance(record.exc_info[1], ZeroDivisionError)
    assert app.subheader[0].value == words.of(lang)("error.fault.title")
    assert fault in app.markdown[0].value
    assert "secret" not in app.subheader[0].value + app.markdown[0].value


def test_ids_differ() -> None:
    assert len({errors.new_id() for _ in range(100)}) > 90


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_user_can_mend_says_how_and_is_no_fault(
    lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = AppTest.from_function(fails, args=("no data",))
    app.query_params["lang"] = lang
    app.run()
    assert app.subheader[0].value == words.of(lang)("error.no_data.title")
    assert "python -m kub import" in app.markdown[0].value
    assert "kub" not in {record.name for record in caplog.records}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_that_cannot_be_written_is_named_sign_for_sign(lang: str) -> None:
    app = AppTest.from_function(fails, args=("not stored",))
    app.query_params["lang"] = lang
    app.run()
    assert app.subheader[0].value == words.of(lang)("error.not_stored.title")
    assert r"/srv/\_data\_" in app.markdown[0].value
    assert "disk full" in app.markdown[0].value


def test_an_unknown_language_gets_the_first() -> None:
    app = AppTest.from_function(fails, args=("no data",))
    app.query_params["lang"] = "fr"
    app.run()
    assert app.subheader[0].value == words.of("id")("error.no_data.title")


def test_a_problem_fills_its_words() -> None:
    title, todo = errors.UserProblem("fault", id="K-1").message(words.of("en"))
    assert (title, "K-1" in todo) == (words.of("en")("error.fault.title"), True)
