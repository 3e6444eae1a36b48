"""Logging in at an office's own provider (OpenID Connect), as Streamlit does it: `[auth]` in
.streamlit/secrets.toml, the provider's page, and a signed cookie with its claims.

Streamlit's cookie lasts thirty days and outlives the log-out. Here it counts for KUB_LOGIN_HOURS
and until its log-in has ended. Scripts of sessions and plain requests read it in this one place.
"""

import logging
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from itsdangerous import BadSignature, URLSafeTimedSerializer
from streamlit import auth_util, config
from streamlit.errors import StreamlitAuthError
from streamlit.runtime.secrets import secrets_singleton
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from kub.doors import roles
from kub.doors.ended import Ended
from kub.doors.login import Login, read
from kub.store.versions import data_folder
from kub.ui import trail

LOG = logging.getLogger("kub")
ROLE_CLAIM, SCOPE_CLAIM = "KUB_ROLE_CLAIM", "KUB_SCOPE_CLAIM"
HOURS, READERS = "KUB_LOGIN_HOURS", "KUB_READERS"
EVERYBODY = ("", "all", "semua")  # what KUB_READERS may say for: whoever comes
SHORTEST_SECRET = 32  # signs of cookie_secret: whoever guesses it writes cookies
CALLBACK = "/oauth2callback"
COOKIE = USER_COOKIE_NAME
# Why a cookie does not count: not signed here, too old, logged out of.
Reason = Literal["cookie", "expired", "ended"]
Fault = Literal["file", "settings", "redirect", "secret", "hours"]


def wanted() -> bool:
    """Whether an office has set up its provider, or has tried to: then nobody has a role who has
    not logged in.
    """
    files = [path for path in config.get_option("secrets.files") or () if Path(path).exists()]
    # A file that is there and cannot be read may hold one.
    return bool(files) and (
        not secrets_singleton.load_if_toml_exists() or "auth" in secrets_singleton
    )


def fault() -> Fault | None:
    """What is wrong with the settings, so that nobody can log in; None where nothing is."""
    if not secrets_singleton.load_if_toml_exists():
        return "file"
    try:
        names = providers()
        for name in names:
            auth_util.validate_auth_credentials(name)
        redirect = auth_util.get_validated_redirect_uri()
    except (StreamlitAuthError, AttributeError, TypeError, ValueError):
        return "settings"
    if not names:
        return "settings"
    if redirect is None:
        return "redirect"
    if len(get_cookie_secret()) < SHORTEST_SECRET:
        return "secret"
    return None if hours() else "hours"


def report() -> None:
    """Log at the start why nobody will be able to log in."""
    if wanted() and (wrong := fault()):
        LOG.error("log-in: %s: nobody can log in until it is mended (docs/login.md)", _WRONG[wrong])
    elif shut_to_strangers() and not wanted():
        LOG.error("%s wants a log-in, and no provider is set up: nobody sees anything", READERS)
    if os.environ.get(READERS, "").strip().casefold() not in (*EVERYBODY, "login"):
        LOG.error("%s: %r counts as login", READERS, os.environ[READERS])


_WRONG: Mapping[Fault, str] = {
    "file": ".streamlit/secrets.toml cannot be read",
    "settings": "[auth] in .streamlit/secrets.toml lacks a setting",
    "redirect": f"redirect_uri must end with {CALLBACK}",
    "secret": f"cookie_secret needs at least {SHORTEST_SECRET} signs",
    "hours": f"{HOURS} is no number of hours between 0 and {roles.MOST_HOURS:.0f}",
}


def providers() -> list[str]:
    """As Streamlit calls them: "default" where all settings stand in [auth] itself."""
    section = auth_util.get_secrets_auth_section()
    named = [name for name in section if isinstance(section[name], Mapping)]
    named = [name for name in named if name != "client_kwargs"]
    return ["default", *named] if "client_id" in section else named


def address(provider: str) -> str:
    """Where a log-in begins; good for two minutes."""
    return generate_login_redirect_url(provider)


def hours() -> float | None:
    """How long a log-in lasts; None where the setting is no number of hours: nobody is logged
    in then.
    """
    try:
        return roles.hours_of(os.environ.get(HOURS, ""))
    except ValueError:
        return None


def shut_to_strangers() -> bool:
    """Whether nothing is shown to whoever has not logged in. A slip in the setting shuts too."""
    return os.environ.get(READERS, "").strip().casefold() not in EVERYBODY


def of(cookies: Mapping[str, str]) -> Login | None:
    """The log-in of a browser; None without one that goes on."""
    known = state(cookies)
    return known if isinstance(known, Login) else None


def state(cookies: Mapping[str, str]) -> Login | Reason | None:
    """The log-in that a browser's cookie holds, or why it is none any more; None without a
    cookie.
    """
    if COOKIE not in cookies or not wanted() or fault():
        return None
    login = signed(cookies)
    if login is None:
        return "cookie"
    if login.ends <= time.time():
        return "expired"
    return "ended" if _has_ended(login.login_id) else login


def noted(cookies: Mapping[str, str], network: str) -> None:
    """Write down a cookie that does not count (any more). network: that it came from."""
    reason = state(cookies)
    if not isinstance(reason, str):
        return
    login = signed(cookies)
    if login is None:
        trail.refused(reason, trail.OUTSIDE, network)
    elif reason == "ended":
        trail.refused(reason, login.login_id, network)
    else:
        _once_expired(login.login_id)


@lru_cache(maxsize=1000)
def _once_expired(login_id: str) -> None:
    # An open page asks again and again: it is one and the same log-in.
    trail.refused("expired", login_id)


def signed(cookies: Mapping[str, str]) -> Login | None:
    """The log-in that a cookie of ours holds, whether or not it goes on; None where it is none."""
    lasts = hours()
    if lasts is None:
        return None
    try:
        content = _get_signed_cookie_with_chunks(dict(cookies), COOKIE)
        if content is None:
            return None
        serializer = URLSafeTimedSerializer(get_cookie_secret(), salt=COOKIE)
        _, signed_at = serializer.loads(cookies[COOKIE], return_timestamp=True)
        origin = auth_util.get_origin_from_redirect_uri() or ""
        claims = (os.environ.get(ROLE_CLAIM, ""), os.environ.get(SCOPE_CLAIM, ""))
        role_claim, scope_claim = (claim.strip() for claim in claims)
        return read(
            content,
            signed_at.timestamp(),
            origin,
            lasts,
            role_claim or roles.ROLE_CLAIM,
            scope_claim or roles.SCOPE_CLAIM,
        )
    except (BadSignature, ValueError, KeyError):
        return None


def end(login: Login) -> None:
    """Log out: this log-in and every copy of its cookie."""
    try:
        fresh = _ended(data_folder()).add(login.login_id, login.ends)
    except OSError as broken:
        LOG.error("log-out: it ends in this process alone: %s", broken)
        fresh = True
    if fresh:
        trail.logged_out(login.login_id)


def _has_ended(login_id: str) -> bool:
    try:
        return _ended(data_folder()).holds(login_id)
    except OSError as broken:
        LOG.error("log-in: the list of ended log-ins cannot be read, so nobody is in: %s", broken)
        return True


@lru_cache(maxsize=4)
def _ended(folder: Path) -> Ended:
    return Ended(folder)


def began(cookies: Mapping[str, str], network: str) -> Login | None:
    """The log-in that a provider has just confirmed, with its line in the audit trail."""
    login = signed(cookies)
    if login:
        trail.logged_in(login, f"{datetime.fromtimestamp(login.ends, UTC):%Y-%m-%dT%H:%M:%SZ}")
        if not login.has_role:
            trail.refused("claim", login.login_id, network)
    return login
