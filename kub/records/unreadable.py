"""What cannot be read at all, told as a problem by whoever reads."""

from collections.abc import Mapping
from typing import Any


class Unreadable(Exception):
    """A file or sheet that cannot be read at all: the rule it breaks, and what fills the rule's words."""

    def __init__(self, rule: str, **values: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values: Mapping[str, Any] = values
