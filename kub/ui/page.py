"""What a page's author writes with: `p = page.begin("growth")`, then answers and controls in
reading order.
"""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kub.answers.answer import NO_GUESTS, Answer, answer
from kub.answers.catalog import CATALOG
from kub.answers.options import MOST_OPTIONS
from kub.findings.options import Options
from kub.records.typed_values import Expected, Rejected
from kub.store.data import YearlyOnly
from kub.ui import link
from kub.ui.content_blocks import left_aside
from kub.ui.errors import SharesYearly
from kub.ui.filters import hold
from kub.ui.list_field import list_field
from kub.ui.part import part
from kub.ui.typed_field import TypedField
from kub.ui.view import View, Viewed, go, read
from kub.web import blocks
from kub.words import Words
from queries.filters import Filters

__all__ = ["Page", "begin", "go"]

KEY = "control-{}".format
Choice = TypeVar("Choice", bound=str)
# Digits, and a point where fractions are meant: nothing else that float() would take, such as 1e9
# or nan.
NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True)
class NumberRange:
    """A container of the texts that are numbers from least to most, as a link may state them.

    kind: int for whole numbers alone.
    """

    least: float
    most: float
    kind: type[int] | type[float]

    def __contains__(self, text: object) -> bool:
        fits = isinstance(text, str) and NUMBER.fullmatch(text)
        if not fits or (self.kind is int and "." in str(text)):
            return False
        # NUMBER has seen to it that float() cannot fail.
        return self.least <= float(str(text)) <= self.most


@dataclass(frozen=True)
class Page(Viewed):
    """One page while it is drawn. Everything it shows follows from `view`, so from the address."""

    name: str
    view: View
    notices: DeltaGenerator

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
        chosen = filters or self.filters
        try:
            # Before the filters that a question does not heed are left out: a place is none of
            # theirs.
            self.data.refuse(CATALOG[chart].question, chosen)
            return answer(self.data, chart, chosen, self.words, self.mode, options, guests)
        except YearlyOnly as fault:
            raise SharesYearly(fault) from fault

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
        """A choice of one of a few codes, all in sight; it is `name` in the link unless it is the
        default. Returns the code.

        default: the first option. label: words `<name>.label`. format: words `<name>.<option>`.
        """
        if default is None:
            default = options[0]
        linked = self.link_value(name, options)
        # The option itself, not the text of the link: it keeps its type.
        chosen = next((option for option in options if option == linked), default)
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

    def choose(
        self,
        name: str,
        options: Sequence[str],
        *,
        default: str | None = None,
        format: Callable[[str], str] = str,
        label: str | None = None,
        placeholder: str | None = None,
        width: int | Literal["stretch"] = "stretch",
    ) -> str | None:
        """A choice of one of many codes, or none: a list with search. Returns the code or None.

        default: chosen where the link names none, and then never None. label, placeholder: words
        `<name>.label` and `<name>.placeholder`. format: the code itself. Of more than MOST_OPTIONS
        the list shows the first, and typing finds the others.
        """
        chosen = self.link_value(name, options) or default
        if placeholder is None and default is None:
            placeholder = self.words(f"{name}.placeholder")
        hold(KEY(name), chosen, self.lang, *options)
        if len(options) > MOST_OPTIONS:
            names = {} if default else {"": placeholder or ""}
            return list_field(
                label or self.words(f"{name}.label"),
                KEY(name),
                self.words,
                names | {code: format(code) for code in options},
                placeholder=placeholder or "",
                width=width,
                on_change=_chosen,
                args=(name, default),
            )
        st.selectbox(
            label or self.words(f"{name}.label"),
            options,
            index=None,
            format_func=format,
            key=KEY(name),
            on_change=_chosen,
            args=(name, default),
            placeholder=placeholder,
            width=width,
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
        default. Returns it.

        whole: without decimals. grouped: shown with thousands, as years are not. label: words
        `<name>.label`. It is typed in the writing of the page's language; any other text stays in
        the field with a message beside it and changes nothing.
        """
        kind = int if whole else float
        # The host's own numbers are defaults, and may lie outside what can be typed.
        default = kind(min(max(default, least), most))
        text = self.link_value(name, NumberRange(least, most, kind))
        chosen = default
        if text is not None:
            chosen = kind(text)
        field = TypedField(KEY(name), Expected(least, most, whole, grouped))
        # What was refused stays only while text, number and language are those of then.
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

    def notice(self, key: str, notice: blocks.Notice) -> None:
        """Say something under the title."""
        with self.notices:
            part(f"notice-{key}", self.words, blocks.Notices([notice]))

    def heading(self, text: str, anchor: str) -> None:
        """A heading between cards. anchor: its id."""
        part(f"heading-{anchor}", self.words, blocks.Heading(text, anchor))

    def link_value(self, name: str, options: Container[str]) -> str | None:
        """The value of a control in the link, None without any; unknown ones are shown under the
        title. Of several the last counts.
        """
        values = st.query_params.get_all(name)
        # Each unknown value once, however often the link repeats it.
        other = dict.fromkeys(value for value in values if value and value not in options)
        unknown = [link.Unknown(name, value, "control") for value in other]
        if unknown and name not in link.FRAME:  # the head has shown those already
            self.notice(name, left_aside(unknown, self.words, {name: None}))
        return next((value for value in reversed(values) if value in options), None)


def begin(name: str) -> Page:
    """The page below its head, which the frame has drawn."""
    # The address is read once: everything below shows the same view.
    return Page(name, read(), st.container(key="notices"))


def _chosen(name: str, default: Any) -> None:
    """Callback of a control: its value becomes part of the address, the default goes out of it."""
    value = st.session_state[KEY(name)]
    if value in (None, default):
        go(**{name: None})
    elif value is True:
        go(**{name: "yes"})
    else:
        go(**{name: _written(value)})


def _typed(name: str, field: TypedField, chosen: float, default: float, words: Words) -> None:
    """Callback of a typed number: it goes into the link; an empty field means the default.

    What is no number stays in the field, to be mended.
    """
    value = field.value(words)
    if isinstance(value, Rejected):
        # Only this very text is refused: a changed one is looked at anew.
        st.session_state[f"{field.key} refused"] = (st.session_state[field.key], chosen, words.lang)
        return
    if value is None:
        value = default
    st.session_state[field.key] = field.write(value, words)
    if value == default:
        go(**{name: None})
    else:
        go(**{name: _written(value)})


def _written(value: Any) -> Any:
    """A value as the link has it; numbers as 12, 14.4, in every language."""
    if not isinstance(value, int | float):
        return value
    return f"{value:.3f}".rstrip("0").rstrip(".")
