"""Problems of an office's records, with the place and the way to mend each of them.

A rule's words are `problem.<rule>.title`, `.what` (is wrong) and `.todo`, in
`kub/words/*/records.toml` for whole files and sheets, in `kub/words/*/rules.toml` for cells and
rows.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kub.words import MISSING, Words

Level = Literal["problem", "warning"]

# Rules that warn, but do not stop an import. Every other rule stops it.
WARNINGS = frozenset(
    {
        "after_last_report",
        "column_numbers",
        "column_unnamed",
        "csv_short",
        "duplicate_near",
        "file_not_read",
        "heading_measure",
        "heading_resembles",
        "heading_scaled",
        "members_range",
        "members_jump",
        "merged_filled",
        "no_kub",
        "no_reports",
        "overdue_over_loans",
        "population_without_year",
        "target_share",
        "village_district_differs",
        "village_name_differs",
    }
)

# A million bad rows must not become a million objects; the rest is counted.
CAP = 10_000
LONGEST_VALUE = 200


@dataclass(frozen=True)
class Breach:
    """A rule that a value breaks, not yet tied to a cell; values fill
    the placeholders of the rule's words.
    """

    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """One broken rule. row is counted as Excel counts it; values fill
    the placeholders of the rule's words.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    rule: str
    level: Level
    values: Mapping[str, Any] = field(default_factory=dict)

    def message(self, words: Words) -> tuple[str, str]:
        """(what is wrong, what to do) in the language of `words`."""
        filled = dict(self.values)
        for name, value in self.values.items():
            if isinstance(value, list):
                filled[name] = words.listing(value) or MISSING
        filled |= {
            "value": self.value or "",
            "column": self.column or "",
            "sheet": self.sheet or "",
        }
        if "like" in filled:
            filled["like"] = words(f"problem.{filled['like']}.title")
        if self.rule == "unreadable":
            filled["reason"] = words(f"problem.unreadable.because.{filled['reason']}")
        return words(f"problem.{self.rule}.what", **filled), words(
            f"problem.{self.rule}.todo", **filled
        )

    def title(self, words: Words) -> str:
        """The rule in two or three words, the same for every problem of it."""
        return words(f"problem.{self.rule}.title")


def level_of(rule: str) -> Level:
    """ "warning" for the rules in WARNINGS, else "problem"."""
    return "warning" if rule in WARNINGS else "problem"


class Problems:
    """Collects problems, at most CAP of a rule; `listed()` gives them in the order of file, sheet
    and row.

    stops: how many so far stop an import.
    """

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._seen: Counter[str] = Counter()
        self._first_over: dict[str, Problem] = {}
        self._files: dict[str, int] = {}
        self.stops = 0

    def add(
        self,
        rule: str,
        file: str,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        **values: Any,
    ) -> None:
        """Collect a breach of `rule`. row: as Excel counts. values: fill the rule's words."""
        written = None if value is None else str(value)[:LONGEST_VALUE]
        self._files.setdefault(file, len(self._files))
        problem = Problem(file, sheet, row, column, written, rule, level_of(rule), values)
        if problem.level == "problem":
            self.stops += 1
        # Counted also beyond CAP, so that the last line can say how many there are.
        self._seen[rule] += 1
        if self._seen[rule] <= CAP:
            self._kept.append(problem)
        else:
            self._first_over.setdefault(rule, problem)

    def add_rest(self, rule: str, file: str, sheet: str | None, count: int) -> None:
        """Count `count` more breaches of a rule for which there is no
        room left, without an object for each.
        """
        if count > 0:
            self.add(rule, file, sheet)
            self._seen[rule] += count - 1

    def room(self, rule: str) -> int:
        """How many more problems of this rule will be kept."""
        return max(0, CAP - self._seen[rule])

    def listed(self) -> list[Problem]:
        """All kept problems, then a line for each rule that was broken more than CAP times."""
        # In the order in which the files were handed in, then as people go through a sheet.
        order = sorted(
            self._kept,
            key=lambda problem: (self._files[problem.file], problem.sheet or "", problem.row or 0),
        )
        rest = [
            replace(
                problem, row=None, column=None, value=None, rule="and_more", values=self._rest(rule)
            )
            for rule, problem in self._first_over.items()
        ]
        return order + rest

    def _rest(self, rule: str) -> dict[str, Any]:
        return {"like": rule, "count": self._seen[rule] - CAP}
