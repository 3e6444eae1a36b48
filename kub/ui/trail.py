"""What the doors write into the audit trail: log-ins, log-outs, and whoever was refused.

A disk that refuses the line must not keep anybody out, or in: it is logged instead.
"""

import logging

from kub.doors.login import Login
from kub.doors.per_minute import PerMinute
from kub.store import audit
from kub.store.versions import NotStored, data_folder

LOG = logging.getLogger("kub")
OUTSIDE = "outside"  # in place of a log-in's id: nobody who has logged in
REFUSED = PerMinute()


def refused(reason: str, by: str, address: str = "") -> None:
    """Somebody was refused. At most one line a minute for each reason; it says how many others
    there were since the last.

    reason: one of a few. address: network that it came from, "" for this machine.
    """
    left_out = REFUSED.happened(reason)
    if left_out is None:
        return
    facts: dict[str, object] = {"reason": reason}
    if address:
        facts["network"] = address
    if left_out:
        facts["left_out"] = left_out
    _write("refused", by, **facts)


def rest() -> None:
    """At the end of the process: those that were only counted."""
    for reason, count in REFUSED.rest().items():
        _write("refused", OUTSIDE, reason=reason, left_out=count)


def logged_in(login: Login, until: str) -> None:
    """The only line that holds a name. until: ISO."""
    scope = login.rights.scope
    facts: dict[str, object] = {"name": login.account, "role": login.rights.role, "until": until}
    if scope is not None:
        facts["scope"] = sorted(scope)
    _write("login", login.login_id, **facts)


def logged_out(login_id: str) -> None:
    _write("logout", login_id)


def _write(action: audit.Action, by: str, **facts: object) -> None:
    try:
        audit.append(data_folder(), action, by, **facts)
    except NotStored as fault:
        LOG.error("audit trail: %s by %s %s is not written: %s", action, by, facts, fault)
