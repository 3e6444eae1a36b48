"""Where the files lie that come with the code (beside it in a checkout, else inside the package),
and where an office keeps its own.
"""

import os
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


def data_folder() -> Path:
    """KUB_DATA, or data/ beside the code.

    Blanks around it are no part of it, unless there is a folder of that name.
    """
    asked = os.environ.get("KUB_DATA", "")
    plain = os.path.expanduser(asked.strip())  # noqa: PTH111 leaves the name of an unknown user as it is
    if plain and Path(asked).is_dir():
        return Path(asked).absolute()
    return Path(plain or RECORDS).absolute()
