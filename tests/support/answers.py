"""Answers made by hand, for tests of what shows them."""

from typing import Any

import pandas as pd

from kub.answers.answer import Answer
from kub.answers.source import Source
from kub.findings import Finding
from queries.filters import Filters

VERSION = "2026-11-24 a1b2c3"


def made(frame: pd.DataFrame, chart: str = "gaps", sample: bool = True, **other: Any) -> Answer:
    """An answer of a programme called P. other: fields of its Finding, else of Answer."""
    texts = {
        "title": "Temuan",
        "subtitle": "Ukuran",
        "takeaway": "Inti",
        "caveat": "",
        "measure": "",
    }
    finding = Finding(**{name: other.pop(name, usual) for name, usual in texts.items()})
    source = Source(other.pop("version", VERSION), other.pop("programme", "P"), sample=sample)
    usual: dict[str, Any] = {"filters": Filters(), "scope": "Kabupaten Batang"}
    return Answer(chart=chart, frame=frame, finding=finding, source=source, **(usual | other))
