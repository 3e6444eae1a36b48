"""Where the files lie that come with the code: beside it in a checkout, else inside the package."""

from pathlib import Path

_HERE = Path(__file__).parent
_BESIDE = _HERE.parent
CHECKOUT = (_BESIDE / "pyproject.toml").is_file()
_DATA = _BESIDE / "data" if CHECKOUT else _HERE / "_data"  # setup.py puts it there
REFERENCE = _DATA / "reference"
SAMPLES = _DATA / "sample"
# What is written goes never inside an installed package, which the next release replaces.
NEW_SAMPLES = SAMPLES if CHECKOUT else Path("sample")
RECORDS = _DATA if CHECKOUT else Path.home() / "kub-data"
