"""Progress of long work: a share from 0 to 1, and the
key of the words for what is being done.
"""

from collections.abc import Callable

Progress = Callable[[float, str], None]


def silent(*_: object) -> None:
    """For callers that show no progress."""


def part_of(progress: Progress, number: int, total: int) -> Progress:
    """The progress of part `number`, from 0, of `total` equal ones."""
    # Parts count alike, however long each takes: nobody knows that before.
    return lambda share, label: progress((number + share) / total, label)
