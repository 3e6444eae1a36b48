"""Who asks, and what they may do: reader, host, analyst, steward; each includes those before it.

The one place that answers it, for scripts of sessions and for plain requests alike. With a
provider a role comes from the claims of a log-in and holds for the programmes in its scope.
Without one whoever sits at the machine itself may do everything, and everybody else is a reader.
A host's code makes a host beside either.
"""

import os

from kub.answers.link import Parsed
from kub.doors.login import Login
from kub.doors.roles import READER, Rights, Role
from kub.store.audit import LOCAL
from kub.store.data import Data
from kub.ui import doors, host, login, trail
from kub.ui.data import data
from kub.ui.doors import Connection
from kub.ui.errors import UserProblem
from kub.visits import Visit

ANALYST = "KUB_ANALYST"
YES = ("yes", "y", "ya", "iya", "1", "true", "on")


def may(
    role: Role,
    asking: Connection | None = None,
    *,
    programme: str | None = None,
    regency: str = "",
) -> bool:
    """Whether whoever asks has the role. asking: of a plain request; else this session.

    programme: id of the one that is acted upon: who has the role for a few has it for no other.
    None: for any at all, which opens a page and decides nothing on it. regency: code that a
    programme has in a file that is not imported yet.
    """
    asking = asking or doors.connection()
    if role == "reader":
        return not login.shut_to_strangers() or who(asking) is not None
    rights = rights_of(asking)
    if role == "host":
        if host.entered(asking):
            return True
        # Where a code is set it decides, at the machine itself too, unless somebody has logged in.
        if host.needs_code() and who(asking) is None:
            return False
    if not rights.includes(role):
        return False
    if programme is None or rights.scope is None:
        return True
    return rights.holds(programme, _regencies(programme, regency))


def may_host(visit: Visit, asking: Connection | None = None) -> bool:
    """Whether whoever asks is the host of a visit: of every programme that its steps show."""
    if not may("host", asking):
        return False
    if scope(asking) is None or host.entered(asking or doors.connection()):
        return True
    programmes = {step.filters.programme or data().default.programme_id for step in visit.steps}
    return all(may("host", asking, programme=programme) for programme in programmes)


def who(asking: Connection | None = None) -> Login | None:
    """The log-in of whoever asks; None for whoever has not logged in."""
    asking = asking or doors.connection()
    return login.of(asking.cookies)


def rights_of(asking: Connection | None = None) -> Rights:
    """Role and scope of whoever asks; a host's code left aside."""
    asking = asking or doors.connection()
    if known := who(asking):
        return known.rights
    if not asking.local or login.wanted():
        return READER
    setting = os.environ.get(ANALYST, "").strip().casefold()
    # Any text but a yes is a no: a slip must not open figures about single people. A steward sees
    # them too, so what is left is a host.
    return Rights("steward" if not setting or setting in YES else "host")


def scope(asking: Connection | None = None) -> frozenset[str] | None:
    """The programme ids and regency codes for which the role of whoever asks holds; None: for all,
    those to come too. What touches every programme (a roll-back, taking the samples out) is only
    for whose scope is None.
    """
    return rights_of(asking).scope


def sees(opened: Data, parsed: Parsed, asking: Connection | None = None) -> Data | None:
    """A version for whom a link may show what readers do not see; None for everybody else.

    The role has to hold for the programme of the link, and for the one it is compared with. Where
    it does not hold for all, questions over several programmes are answered as readers get them.
    """
    rights = rights_of(asking)
    if not rights.includes("analyst"):
        return None
    codes = opened.regency_codes
    own = opened.programme(parsed.filters).programme_id
    shown = {own, parsed.against.programme or own}
    if not all(rights.holds(programme, [codes[programme]]) for programme in shown):
        return None
    everywhere = all(rights.holds(programme, [code]) for programme, code in codes.items())
    return opened.seen_by(opened.role, everywhere=everywhere)


def by(asking: Connection | None = None) -> str:
    """Whoever acts, as the audit trail names them: the id of a log-in, never a name."""
    asking = asking or doors.connection()
    if known := who(asking):
        return known.login_id
    return LOCAL if asking.local else trail.OUTSIDE


def refused(reason: str, asking: Connection) -> None:
    """Note in the audit trail that a plain request asked for more than its role."""
    trail.refused(reason, by(asking), asking.address)


def _regencies(programme: str, stated: str) -> list[str]:
    """The codes of a programme: that of the version in use, and that of a file."""
    try:
        known = data().regency_codes.get(programme, "")
    except UserProblem:
        known = ""
    return [code for code in (known, stated) if code]
