"""What a page's author writes with: `p = page.begin("growth")`, then
answers and controls in reading order.
"""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kub.answers.answer import NO_GUESTS, Answer, answer
from kub.findings.options import Options
from kub.look import Mode
from kub.records.typed_values import Expected, Rejected
from kub.store.data import Data, ProgrammeName
from kub.ui import frame, link
from kub.ui.filters import hold
from kub.ui.typed_field import TypedField
from kub.ui.view import View, go, read
from kub.words import Words
from queries.filters import Filters

__all__ = ["Page", "begin", "go"]

KEY = "control-{}".format
Choice = TypeVar("Choice", bound=str)
# Digits, and a point where fractions are meant: nothing else that float() would take, such as 1e9
# or nan.
NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Span:
    """The numbers that a link may say between two ends, as text."""

    least: float
    most: float
    kind: type[int] | type[float]

    def __contains__(self, text: object) -> bool:
        fits = isinstance(text, str) and NUMBER.fullmatch(text)
        if not fits or (self.kind is int and "." in str(text)):
            return False
        return self.least <= float(str(text)) <= self.most


@dataclass(frozen=True)
class Page:
    """One page while it is drawn. Everything it shows follows from `view`, so from the address.

    beside: a place for a few words beside the scope.
    """

    name: str
    view: View
    notices: DeltaGenerator
    beside: DeltaGenerator

    @property
    def data(self) -> Data:
        return self.view.data

    @property
    def filters(self) -> Filters:
        return self.view.filters

    @property
    def words(self) -> Words:
        return self.view.words

    @property
    def lang(self) -> str:
        return self.view.lang

    @property
    def mode(self) -> Mode:
        return self.view.mode

    @property
    def programme(self) -> ProgrammeName:
        return self.view.programme

    def answer(
        self,
        chart: str,
        options: Options | None = None,
        *,
        filters: Filters | None = None,
        guests: str = NO_GUESTS,
    ) -> Answer:
        """The answer under the page's filters (or others).

        chart, options, guests: as in kub.answers.answer.
        """
        return answer(
            self.data, chart, filters or self.filters, self.words, self.mode, options, guests
        )

    def control(
        self,
        name: str,
        options: Sequence[Choice],
        *,
        default: Choice | None = None,
        label: str | None = None,
        format: Callable[[Choice], str] | None = None,
        label_visibility: Literal["visible", "hidden", "collapsed"] = "visible",
    ) -> Choice:
        """One of a few codes, all in sight; the choice is `name` in the link unless it is the
        default.

        default: the first option. label: words `<name>.label`. format: words `<name>.<option>`.
        """
        default = options[0] if default is None else default
        said = self.said(name, options)
        chosen = next((option for option in options if option == said), default)
        hold(KEY(name), chosen, self.lang, *options)
        st.segmented_control(
            label or self.words(f"{name}.label"),
            options,
            format_func=format or (lambda option: self.words(f"{name}.{option}")),
            required=True,
            key=KEY(name),
            on_change=_chosen,
            args=(name, default),
            label_visibility=label_visibility,
        )
        return chosen

    def toggle(self, name: str, *, label: str | None = None) -> bool:
        """A switch, off by default; on is `name=yes` in the link. label: words `<name>.label`."""
        on = self.said(name, ("yes",)) == "yes"
        hold(KEY(name), on, self.lang)
        st.toggle(
            label or self.words(f"{name}.label"),
            key=KEY(name),
            on_change=_chosen,
            args=(name, False),
        )
        return on

    def choose(
        self,
        name: str,
        options: Sequence[str],
        *,
        format: Callable[[str], str] = str,
        label: str | None = None,
        placeholder: str | None = None,
    ) -> str | None:
        """One of many codes, or none: a list with search.

        label, placeholder: words `<name>.label` and `<name>.placeholder`. format: the code itself.
        """
        chosen = self.said(name, options)
        hold(KEY(name), chosen, self.lang, *options)
        st.selectbox(
            label or self.words(f"{name}.label"),
            options,
            index=None,
            format_func=format,
            key=KEY(name),
            on_change=_chosen,
            args=(name, None),
            placeholder=placeholder or self.words(f"{name}.placeholder"),
        )
        return chosen

    def number(
        self,
        name: str,
        least: float,
        most: float,
        default: float,
        *,
        label: str | None = None,
        whole: bool = True,
        grouped: bool = True,
        width: int | Literal["stretch"] = 150,
    ) -> float:
        """A number from least to most; it is `name` in the link, with a point, unless it is the
        default.

        whole: without decimals. grouped: shown with thousands, as years are not. label: words
        `<name>.label`. It is typed in the writing of the page's language; what is no such number
        is told beside it and changes nothing.
        """
        kind = int if whole else float
        default = kind(min(max(default, least), most))
        text = self.said(name, Span(least, most, kind))
        chosen = default if text is None else kind(text)
        field = TypedField(KEY(name), Expected(least, most, whole, grouped))
        refused = f"{field.key} refused"
        if st.session_state.get(refused) == (st.session_state.get(field.key), chosen, self.lang):
            rejected = field.value(self.words)
            message = (
                f"{rejected.message(self.words)} "
                f"{self.words('typed.kept', number=field.write(chosen, self.words))}"
            )
        else:
            st.session_state.pop(refused, None)
            message = ""
            hold(field.key, field.write(chosen, self.words), self.lang, least, most)
        field.draw(
            label or self.words(f"{name}.label"),
            self.words,
            message,
            width=width,
            on_change=_typed,
            args=(name, field, chosen, default, self.words),
        )
        return chosen

    def empty(self) -> None:
        """Say that the scope holds nothing, and which filter to loosen."""
        frame.empty(self.view)

    def said(self, name: str, options: Container[str]) -> str | None:
        """The value of a control in the link; an unknown one is said under the title."""
        said = st.query_params.get_all(name)
        other = dict.fromkeys(value for value in said if value and value not in options)
        unknown = [link.Unknown(name, value, "control") for value in other]
        if unknown and name not in link.FRAME:  # those are said already
            with self.notices:
                frame.left_aside(self.view, unknown, name)
        return next((value for value in reversed(said) if value in options), None)


def begin(name: str) -> Page:
    """Draw the title, the scope, the chips and the notices; hand
    back what the rest of the page needs.
    """
    view = read()
    beside = frame.title(view, name)
    notices = st.container(key="notices")
    with notices:
        frame.notices(view)
    return Page(name, view, notices, beside)


def _chosen(name: str, default: Any) -> None:
    value = st.session_state[KEY(name)]
    written = "yes" if value is True else _written(value)
    go(**{name: None if value == default else written})


def _typed(name: str, field: TypedField, chosen: float, default: float, words: Words) -> None:
    """What was typed goes into the link; an empty field means the default.

    What is no number stays, to be mended.
    """
    value = field.value(words)
    if isinstance(value, Rejected):
        st.session_state[f"{field.key} refused"] = (st.session_state[field.key], chosen, words.lang)
        return
    value = default if value is None else value
    st.session_state[field.key] = field.write(value, words)
    go(**{name: None if value == default else _written(value)})


def _written(value: Any) -> Any:
    """As the link has it: 12, 14.4."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, int | float) else value
