"""Who asks, and what they may do: reader, host, analyst, steward; each includes those before it."""

from typing import Literal

from kub.store.audit import LOCAL
from kub.ui import doors, host, view
from kub.ui.doors import Connection

Role = Literal["reader", "host", "analyst", "steward"]


def may(
    role: Role,
    asking: Connection | None = None,
    *,
    programme: str | None = None,  # noqa: ARG001 without log-ins a role holds for all programmes
    regency: str = "",  # noqa: ARG001
) -> bool:
    """Whether whoever asks has the role. asking: of a plain request; else this session."""
    if role == "reader":
        return True
    if role == "host":
        return host.is_host()
    if role == "analyst":
        return view.analysts(asking)
    return (asking or doors.connection()).local


def by() -> str:
    """Whoever acts in this session, as the audit trail names them."""
    return LOCAL
