"""A field that numbers or days are typed into: read in the page's language, shown back, corrected
beside it.

Streamlit's own number field reads every point as a decimal one, whatever the language:
`1.094.214` residents became 1. The text typed is what the session keeps; its value is read from
it (kub/records/typed_values.py).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from kub.records.typed_values import Expected, ExpectedDay, Rejected, read_day, read_number
from kub.words import Words, of

LONGEST = 60  # characters that a field takes


@dataclass(frozen=True)
class TypedField:
    """A text field for a number or a day.

    key: of the widget. expected: the numbers or days it takes; None for a day that is over.
    """

    key: str
    expected: Expected | ExpectedDay | None = None

    def write(self, value: float | date | None, words: Words) -> str:
        """A value as the field shows it."""
        if value is None:
            return ""
        if isinstance(value, date):
            return words.date(value)
        expected = self.expected
        if not isinstance(expected, Expected):
            expected = Expected()
        return expected.write(value, words)

    def start(self, value: float | date | None, words: Words) -> None:
        """Put a value into the field if nothing was typed there yet.

        What was typed is written anew when the language changes: 14.4 in English is 14,4 here.
        """
        state, memory = st.session_state, f"{self.key} language"
        # The language in which the text in the field is to be read.
        written_in = state.get(memory, words.lang)
        state[memory] = words.lang
        if self.key not in state:
            state[self.key] = self.write(value, words)
        elif written_in != words.lang:
            self._tidy(of(written_in), words)

    def follow(self, value: float | date | None, words: Words) -> None:
        """Show a value that is kept elsewhere, anew when it or the language changes.

        Else what was typed stays.
        """
        state, memory = st.session_state, f"{self.key} follows"
        # Not at each run: it would write over what is being mended.
        if self.key not in state or state.get(memory) != (value, words.lang):
            state[self.key] = self.write(value, words)
        state[memory] = value, words.lang

    def value(self, words: Words) -> Any:
        """What stands in the field: an int, float or date, None if it is empty, or a Rejected."""
        # None once Streamlit has forgotten the field of a page that was left.
        text = str(st.session_state.get(self.key) or "")
        if isinstance(self.expected, Expected):
            return read_number(text, self.expected, words)
        return read_day(text, words, date.today(), self.expected)

    def day(self, words: Words) -> date | Rejected:
        """The day in a field that may not be empty."""
        value: date | Rejected | None = self.value(words)
        if value is None:
            return Rejected("missing_day", {"example": words.date(date.today())})
        return value

    def draw(
        self,
        label: str,
        words: Words,
        message: str = "",
        *,
        width: int | Literal["stretch"] = 190,
        on_change: Callable[..., None] | None = None,
        args: tuple[Any, ...] = (),
    ) -> None:
        """Draw the field and a message beside it, '' for none.

        width: px. on_change, args: a callback; without one the value is shown back.
        """
        if not on_change:
            on_change, args = self._tidy, (words, words)
        with st.container(key=f"{self.key}-typed", width=width, gap=None):
            st.text_input(
                label,
                key=self.key,
                max_chars=LONGEST,
                autocomplete="off",
                on_change=on_change,
                args=args,
            )
            self._note(message)

    def draw_kept(
        self,
        label: str,
        value: float | None,
        words: Words,
        save: Callable[[Any], None],
        *,
        width: int = 190,
    ) -> None:
        """Draw the field of a number that is kept elsewhere.

        save: gets each valid number, None for an emptied field. An invalid one stays in the field,
        to be mended, and changes nothing. width: px.
        """
        self.follow(value, words)
        typed = self.value(words)
        message = typed.message(words) if isinstance(typed, Rejected) else ""
        self.draw(label, words, message, width=width, on_change=self._hand_over, args=(words, save))

    def _hand_over(self, words: Words, save: Callable[[Any], None]) -> None:
        typed = self.value(words)
        if not isinstance(typed, Rejected):
            save(typed)
            # What was kept of it is shown, also where that is what stood there before.
            st.session_state.pop(f"{self.key} follows", None)

    def tidy(self, words: Words) -> None:
        """Show the value back: `1094214` becomes `1.094.214`. An invalid one stays as typed."""
        self._tidy(words, words)

    def _tidy(self, read_in: Words, words: Words) -> None:
        # Read in the language it was typed in, written in the one it is shown in.
        value = self.value(read_in)
        if not isinstance(value, Rejected):
            st.session_state[self.key] = self.write(value, words)

    def _note(self, message: str) -> None:
        """Draw the message, and tell the browser by script which keyboard to show and which text
        describes the field.
        """
        settings = {
            # As Streamlit makes a CSS class of a key.
            "field": f".st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', self.key)}-typed",
            "keyboard": _keyboard(self.expected),
            "message": message,
        }
        script = (
            # < is written as \u003c: a message repeats what was typed, which could end the script.
            f"{{const FIELD = {json.dumps(settings).replace('<', chr(92) + 'u003c')};{_script()}}}"
        )
        note = f'<p class="kub-typed-note" role="status">{escape(message)}</p>'
        st.html(f"{note}<script>{script}</script>", unsafe_allow_javascript=True)


def _keyboard(expected: Expected | ExpectedDay | None) -> str:
    """The inputmode of the field: phones show no letters for numbers."""
    if not isinstance(expected, Expected):
        return "text"
    if expected.whole:
        return "numeric"
    return "decimal"


@cache
def _script() -> str:
    return (Path(__file__).parent / "typed_field.js").read_text("utf-8")
