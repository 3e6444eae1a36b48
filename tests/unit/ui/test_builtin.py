"""The words that Streamlit itself writes are still those we know by
heart: a new release may say them otherwise.
"""

from functools import cache
from pathlib import Path

import pytest
import streamlit

from kub import words

EN = words.of("en")
# Put together from these pieces.
PIECES = {
    # React Aria's own, in patterns of its making:
    "builtin.options_one": "available.",
    "builtin.options_many": "available.",
    "builtin.chosen": "selected",
    "builtin.apply": "Press Enter to {0}",
    "builtin.submit": "Press Enter to {0}",
    "builtin.per_file_kinds": "{0} per file",
}
KEYS = sorted(key for key in EN.texts if key.startswith("builtin."))


@cache
def scripts() -> str:
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    names = (
        "index.",
        "DataFrame.",
        "Multiselect.",
        "Selectbox.",
        "FileUploader.",
        "utils.",
        "InputInstructions.",
        "Toolbar.",
        "TextInput.",
        "Radio.",
        "LiveAnnouncer.",
        "ProgressBar.",
        "StreamlitMarkdown.",
        "useSyncComboBox",
    )
    return "".join(
        path.read_text("utf-8") for name in names for path in sorted(folder.glob(f"{name}*js"))
    )


@pytest.mark.parametrize("key", KEYS)
def test_streamlit_still_writes_it(key: str) -> None:
    parts = [
        part.strip() for part in PIECES.get(key, EN.texts[key]).replace("{1}", "{0}").split("{0}")
    ]
    assert all(part in scripts() for part in parts)
