"""What goes wrong, as calm pages.

A problem that the user can mend says how; a fault of ours is logged with an id, and the screen
shows that id.
"""

import logging
import secrets
from collections.abc import Callable

import streamlit as st

from kub import words
from kub.store.data import YearlyOnly
from kub.store.versions import Damaged, NotStored, printable
from kub.ui import metrics
from kub.ui.markdown import escape_markdown
from kub.words import LANGUAGES, Words

# A logger of our own: Streamlit sets the level of its own ones.
LOG = logging.getLogger("kub")
Shown = Callable[[str], str]


class UserProblem(Exception):
    """Something the user can mend.

    key: where its title and what to do stand in the words, under [error.<key>].
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def message(self, words: Words, shown: Shown = escape_markdown) -> tuple[str, str]:  # noqa: ARG002
        """(what is the matter, what to do). shown: how names reach a screen as they are."""
        return words(f"error.{self.key}.title", **self.values), words(
            f"error.{self.key}.todo", **self.values
        )


class NoData(UserProblem):
    """No records to show: the page says how to load them."""

    def __init__(self) -> None:
        super().__init__("no_data")


class NothingStored(UserProblem):
    """The data folder cannot be written, so there is nothing to show."""

    def __init__(self, fault: NotStored, key: str = "not_stored") -> None:
        super().__init__(key)
        self.fault = fault

    def message(self, words: Words, shown: Shown = escape_markdown) -> tuple[str, str]:
        self.values = {
            "folder": shown(printable(self.fault.folder)),
            "reason": shown(printable(self.fault.why(words))),
        }
        return super().message(words)


class NotAudited(NothingStored):
    """Rows that readers do not see cannot leave: the audit trail cannot be written."""

    def __init__(self, fault: NotStored) -> None:
        super().__init__(fault, "not_audited")


class DataDamaged(UserProblem):
    """There have been versions of the data, and none can be used."""

    def __init__(self, fault: Damaged) -> None:
        super().__init__("damaged")
        self.fault = fault

    def message(self, words: Words, shown: Shown = escape_markdown) -> tuple[str, str]:
        return self.fault.message(words, shown)


class SharesYearly(UserProblem):
    """The programme shares yearly figures only, and these do not answer what is asked."""

    def __init__(self, fault: YearlyOnly) -> None:
        super().__init__("yearly")
        self.fault = fault

    def message(self, words: Words, shown: Shown = escape_markdown) -> tuple[str, str]:
        title, todo = self.fault.message(words)
        return shown(title), shown(todo)


def language() -> str:
    """The language the address asks for, without needing any data."""
    asked = st.query_params.get("lang", "")
    if asked not in LANGUAGES:
        return LANGUAGES[0]
    return asked


def show(problem: UserProblem) -> None:
    """The page of a problem that the user can mend."""
    title, todo = problem.message(words.of(language()))
    _card("problem", title, todo)


def on_script_error(error: Exception) -> bool:
    """The hook of st.App: whatever a page did not foresee. Returns True: Streamlit then shows no
    traceback, which would name paths and values of records.
    """
    # Raised by a callback: those run before the frame, which shows the others.
    if isinstance(error, UserProblem):
        show(error)
        return True
    # The whole address: it is what makes the fault happen again.
    fault = logged(error, str(st.context.url))
    say = words.of(language())
    _card("fault", say("error.fault.title"), say("error.fault.todo", id=fault))
    return True


def logged(fault: Exception, where: str) -> str:
    """Log a fault of ours; its id is what the screen may show."""
    name = new_id()
    LOG.error("fault %s at %s", name, where, exc_info=fault, extra={"fault": name})
    metrics.FAULTS.inc()
    return name


def new_id() -> str:
    """Short enough to read out on the telephone: 'K-3F9A21'."""
    return f"K-{secrets.token_hex(3).upper()}"


def _card(kind: str, title: str, todo: str) -> None:
    # Without the traceback, whoever sees it: the page may be on a projector.
    with st.container(key=f"card-{kind}", border=True):
        st.subheader(title, anchor=False)
        st.markdown(todo)
