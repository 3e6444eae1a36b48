"""Files and sheets that cannot be read at all; whoever reads makes a problem of it."""

import csv
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

import pyarrow as pa


class Unreadable(Exception):
    """A file or sheet that cannot be read at all: the rule it
    breaks, and what fills the rule's words.
    """

    def __init__(self, rule: str, **values: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values: Mapping[str, Any] = values


# RuntimeError and NotImplementedError are how zipfile says: encrypted member, unknown compression.
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, RuntimeError)
# Why a file is damaged: what a library says, in its own English, becomes a key of
# [problem.unreadable.because]. Arrow's error is an OSError or a ValueError too, and stands before
# them.
_BECAUSE: Mapping[str, tuple[type[Exception], ...]] = {
    "zip": (zipfile.BadZipFile, zlib.error, EOFError),
    "part": (LookupError,),
    "xml": (expat.ExpatError,),
    "csv": (csv.Error,),
    "parquet": (pa.ArrowException,),
    "access": (OSError,),
}


def damaged(error: Exception) -> Unreadable:
    """What a library could not read, as the problem `unreadable` with its reason."""
    kinds = (because for because, faults in _BECAUSE.items() if isinstance(error, faults))
    return Unreadable("unreadable", reason=next(kinds, "other"))
