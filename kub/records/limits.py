"""How much a file may hold; `--no-limits` lifts the limits."""

from dataclasses import dataclass

MB = 2**20


@dataclass(frozen=True)
class Limits:
    """The most of a file that is read. Each is checked while reading, never taken from what the
    file says of itself.

    file: bytes of a file as it lies there. inflated: bytes of all members of a workbook that are
    read. cells: cells with something in them, of a sheet. area: rows times columns of the
    rectangle that holds them. text: characters in the cells of a sheet, shared strings counted as
    often as they are used. members: entries of the zip. files: entries of a folder.
    """

    file: int
    inflated: int
    cells: int
    area: int
    text: int
    members: int = 10_000
    files: int = 1_000


# 90,926 reports of 10,000 KUB are 3 MB, 24 MB inflated and 460,000 cells.
LIMITS = Limits(
    file=200 * MB, inflated=512 * MB, cells=8_000_000, area=30_000_000, text=300_000_000
)
# Guests share the machine with everybody who looks, and have ten seconds.
GUEST_LIMITS = Limits(
    file=10 * MB, inflated=256 * MB, cells=1_500_000, area=5_000_000, text=50_000_000
)
NO_LIMITS = Limits(
    file=2**62, inflated=2**62, cells=2**62, area=2**62, text=2**62, members=2**62, files=2**62
)

# Rules of kub/records/problems.py that a file breaks by being large, so that lifting the limits may
# help.
OF_SIZE = frozenset(
    {
        "stray_cells",
        "too_large_file",
        "too_large_inside",
        "too_many_cells",
        "too_many_files",
        "too_many_members",
        "too_much_memory",
        "too_much_text",
        "too_slow",
    }
)
