"""A log-in: who, with which rights, from when until when; read from what a signed cookie holds.

Nothing is kept of it here. Its id is a fingerprint of the cookie's content and of the second in
which it was signed: the audit trail and the list of ended log-ins know it by that alone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from kub.doors.roles import Rights, knows_role, rights_of

LONGEST_NAME = 80
ID_SIGNS = 16  # hex: 64 bits
# In the order in which they are looked for. A name is shown; an address tells two of one name
# apart in the audit trail.
SHOWN = ("name", "preferred_username", "email", "sub")
AUDITED = ("email", "preferred_username", "name", "sub")


@dataclass(frozen=True)
class Login:
    """name: as the header shows it. account: as the audit trail names whoever logged in. began,
    ends: seconds since 1970. has_role: whether the claims name any role of ours.
    """

    login_id: str
    name: str
    account: str
    rights: Rights
    began: float
    ends: float
    has_role: bool = True


def read(
    content: bytes, signed_at: float, origin: str, hours: float, role_claim: str, scope_claim: str
) -> Login:
    """The log-in that a cookie holds, whose signature has been looked at.

    content: JSON of the claims, with the origin that it was made for. signed_at: seconds since
    1970. Raises ValueError where it is no log-in at this origin.
    """
    claims = json.loads(content)
    if not isinstance(claims, dict) or claims.get("is_logged_in") is not True:
        raise ValueError("no log-in")
    if not origin or claims.get("origin") != origin:
        raise ValueError("of another origin")
    digest = hashlib.sha256(content + f"|{signed_at:.0f}".encode()).hexdigest()
    return Login(
        login_id=digest[:ID_SIGNS],
        name=_named(claims, SHOWN),
        account=_named(claims, AUDITED),
        rights=rights_of(claims, role_claim, scope_claim),
        began=signed_at,
        ends=signed_at + hours * 3600,
        has_role=knows_role(claims, role_claim),
    )


def _named(claims: Mapping[str, object], names: tuple[str, ...]) -> str:
    for name in names:
        value = claims.get(name)
        if isinstance(value, str) and (text := " ".join(value.split())):
            return "".join(sign for sign in text if sign.isprintable())[:LONGEST_NAME]
    return "?"
