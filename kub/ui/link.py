"""The address of this session: read, and written in one step."""

from collections.abc import Iterable

import streamlit as st

from kub.answers.link import FRAME as FRAME
from kub.answers.link import LONGEST as LONGEST
from kub.answers.link import MANY as MANY
from kub.answers.link import NOTHING as NOTHING
from kub.answers.link import Parsed as Parsed
from kub.answers.link import Query as Query
from kub.answers.link import Unknown as Unknown
from kub.answers.link import Values as Values
from kub.answers.link import for_browser as for_browser
from kub.answers.link import parse as parse
from kub.answers.link import query as query
from kub.answers.link import within as within
from queries.filters import Filters


def write(filters: Filters, lang: str, **controls: str | Iterable[str] | None) -> None:
    """Put a view in the address: one message to the browser, so one entry in its history."""
    st.query_params.from_dict(query(filters, lang, **controls))
