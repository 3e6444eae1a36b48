"""A version that cannot be gone back to, and why."""

from kub.store.versions import printable
from kub.store.whole import VersionFault
from kub.words import Words


class VersionRefused(Exception):
    """Nothing was changed.

    rule: unknown, ambiguous, damaged or in_use; key under [keeping.refused] in the words. name: as
    it was asked for. count: how many it could mean. fault: what is wrong with its file.
    """

    def __init__(
        self, rule: str, name: str, count: int = 0, fault: VersionFault | None = None
    ) -> None:
        super().__init__(f"{name}: {rule}")
        self.rule, self.name, self.count, self.fault = rule, name, count, fault

    def message(self, words: Words) -> tuple[str, str]:
        """(what is the matter, what to do)."""
        reason = ""
        if self.fault:
            reason = words(
                f"version.reason.{self.fault.reason}",
                file=self.fault.path.name,
                detail=self.fault.detail,
            )
        values = {"name": printable(self.name), "count": self.count, "reason": printable(reason)}
        return (
            words(f"keeping.refused.{self.rule}.what", **values),
            words(f"keeping.refused.{self.rule}.todo", **values),
        )
