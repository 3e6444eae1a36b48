"""Reader, host, analyst, steward: what the claims of a log-in give, and for which programmes.

A role includes those before it. It holds for the programmes in its scope; elsewhere its holder is
a reader. Whatever cannot be understood gives nothing.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "host", "analyst", "steward"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_CLAIM, SCOPE_CLAIM = "kub_roles", "kub_programmes"
USUAL_HOURS = 12.0
MOST_HOURS = 24.0 * 30  # as long as the browser is told to keep the cookie


@dataclass(frozen=True)
class Rights:
    """scope: programme ids and regency codes for which the role holds; None: for all."""

    role: Role = "reader"
    scope: frozenset[str] | None = None

    def includes(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)

    def holds(self, programme: str, regencies: Collection[str] = ()) -> bool:
        """Whether the role holds for a programme.

        regencies: every code that the programme has or is to have; by a regency it holds only
        where all of them are in scope.
        """
        if self.scope is None or programme in self.scope:
            return True
        return bool(regencies) and self.scope.issuperset(regencies)


READER = Rights()


def rights_of(
    claims: Mapping[str, object], role_claim: str = ROLE_CLAIM, scope_claim: str = SCOPE_CLAIM
) -> Rights:
    """What the claims give: the highest role that they name. A scope claim that is there but holds
    no text gives a role for no programme at all.
    """
    named = _texts(claims.get(role_claim))
    role = next((role for role in reversed(ROLES) if role in named), ROLES[0])
    if scope_claim not in claims:
        return Rights(role)
    return Rights(role, _texts(claims[scope_claim]))


def knows_role(claims: Mapping[str, object], role_claim: str = ROLE_CLAIM) -> bool:
    """Whether the claim names any of our roles."""
    return bool(_texts(claims.get(role_claim)).intersection(ROLES))


def _texts(claim: object) -> frozenset[str]:
    """The words of a text, or the texts of a list; of anything else none."""
    if isinstance(claim, str):
        return frozenset(claim.split())
    if isinstance(claim, list):
        texts = (entry.strip() for entry in claim if isinstance(entry, str))
        return frozenset(text for text in texts if text)
    return frozenset()


def hours_of(text: str) -> float:
    """How long a log-in lasts. Raises ValueError for what is no number of hours above 0, and for
    more than thirty days.
    """
    if not text.strip():
        return USUAL_HOURS
    hours = float(text)
    if not (math.isfinite(hours) and 0 < hours <= MOST_HOURS):
        raise ValueError(text)
    return hours
