"""Akun saya: who one is, what one may do, for which programmes and until when; and how an office
sets its log-in up.
"""

from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

import streamlit as st

from kub.doors.login import Login
from kub.doors.roles import ROLES, Role
from kub.store.data import Data
from kub.ui import doors, headers, host, login, who
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page
from kub.words import MISSING, Words

# What there is to do, in the order of the roles that open it.
DOINGS: tuple[tuple[str, Role], ...] = (
    ("pages", "reader"),
    ("visits", "host"),
    ("people", "analyst"),
    ("sql", "analyst"),
    ("records", "steward"),
    ("audit", "steward"),
)
SETTINGS = """[auth]
redirect_uri = "https://kub.example.go.id/oauth2callback"
cookie_secret = "…"
client_id = "kub"
client_secret = "…"
server_metadata_url = "https://sso.example.go.id/realms/kantor/.well-known/openid-configuration"
"""


def label(words: Words) -> str:
    """What the corner of the header says."""
    if known := who.who():
        return known.name
    return words("account.enter" if login.wanted() else "account.mine")


def ended(words: Words) -> None:
    """Above every page: that the log-in of this browser has ended, and the way back in."""
    asking = doors.connection()
    if login.wanted() and login.COOKIE in asking.cookies and who.who(asking) is None:
        again = f'<a href="{escape(_begin())}" target="_self">{escape(words("login.again"))}</a>'
        text = escape(words("login.ended"))
        st.html(
            f'<div class="kub-sample kub-ended" role="status"><span>{text}</span> {again}</div>'
        )


def closed(words: Words) -> None:
    """In place of a page whose log-in has ended, where nothing is shown without one."""
    with st.container(key="card-problem", border=True):
        st.subheader(words("login.closed.title"), anchor=False)
        st.markdown(escape_markdown(words("login.closed.text")))
        _enter(words("login.enter"), login.providers()[:1] if not login.fault() else [])


def show(p: Page) -> None:
    """The whole page."""
    st.html(Path(__file__).parent / "account.css")
    words, known = p.words, who.who()
    own = _own()
    st.html(_who(known, own, p.data, words))
    _in_or_out(known, words)
    if host.entered(doors.connection()):
        host.leaving(words)
    p.heading(words("account.may"), "may")
    st.html(_table(own, words))
    st.caption(words("account.scope_note"))
    if own == "steward":
        _setting_up(p)


def _own() -> Role:
    return next(role for role in reversed(ROLES) if role == "reader" or who.may(role))


def _who(known: Login | None, own: Role, data: Data, words: Words) -> str:
    """Name, role, programmes, until when."""
    facts = [(words("account.who"), known.name if known else words(f"account.{_nobody()}"))]
    if known and known.account != known.name:
        facts.append((words("account.address"), known.account))
    facts.append((words("account.role"), words(f"account.role_name.{own}")))
    if own != "reader":
        facts.append((words("account.programmes"), _programmes(data, words)))
    if known:
        facts.append((words("account.until"), _until(known, words)))
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    note = ""
    if known and not known.has_role:
        note = f"<p>{escape(words('account.no_role'))}</p>"
    return f'<dl class="kub-who">{listed}</dl>{note}'


def _nobody() -> str:
    """Who has not logged in."""
    asking = doors.connection()
    if host.entered(asking):
        return "by_code"
    if login.wanted():
        return "stranger"
    return "local" if asking.local else "outside"


def _programmes(data: Data, words: Words) -> str:
    rights = who.rights_of()
    if rights.scope is None:
        return words("account.all")
    codes = data.regency_codes
    names = [
        programme.name
        for code, programme in data.programmes.items()
        if rights.holds(code, [codes[code]])
    ]
    return words.listing(names) if names else words("account.none")


def _until(known: Login, words: Words) -> str:
    """By the clock of the visitor's browser."""
    ends = datetime.fromtimestamp(known.ends).astimezone()
    offset = st.context.timezone_offset
    if offset is not None:  # UTC minus local time, in minutes, as JavaScript has it
        ends = datetime.utcfromtimestamp(known.ends) - timedelta(minutes=offset)
    return words("account.until_at", on=ends.date(), hour=f"{ends:%H}", minute=f"{ends:%M}")


def _in_or_out(known: Login | None, words: Words) -> None:
    if known:
        st.button(words("account.leave"), key="account-leave", on_click=_leave)
    elif login.wanted() and login.fault():
        st.warning(words("account.unset"))
    elif login.wanted():
        _enter(words("account.enter"), login.providers())


def _enter(text: str, providers: list[str]) -> None:
    """A link for each provider; an ordinary address, which leads through the provider and back."""
    several = len(providers) > 1
    links = [
        f'<a class="kub-login" target="_self" href="{escape(_begin(name))}">'
        f"{escape(f'{text}: {name}' if several else text)}</a>"
        for name in providers
    ]
    st.html(" ".join(links))


def _begin(provider: str = "") -> str:
    """Where a log-in begins that comes back to the page on the screen."""
    here = urlsplit(st.context.url or "")
    query = "&".join(
        f"{quote(name)}={quote(value)}"
        for name in st.query_params
        for value in st.query_params.get_all(name)
    )
    to = (here.path or f"{headers.base()}/") + (f"?{query}" if query else "")
    chosen = f"&provider={quote(provider)}" if provider else ""
    return f"{headers.base()}/login?to={quote(to, safe='')}{chosen}"


def _leave() -> None:
    # At once, for every copy: the browser may never get to where Streamlit sends it.
    if known := who.who():
        login.end(known)
    st.logout()


def _table(own: Role, words: Words) -> str:
    """Role by what it opens; the own one is marked."""
    mine = f"<small>{escape(words('account.you'))}</small>"
    heads = "".join(
        f'<th scope="col"{_class(role, own)}>{escape(words(f"account.role_name.{role}"))}'
        f"{mine if role == own else ''}</th>"
        for role in ROLES
    )
    rows = []
    for name, least in DOINGS:
        cells = "".join(_cell(role, least, own, words) for role in ROLES)
        title, more = words(f"account.do.{name}"), words(f"account.do.{name}_more")
        rows.append(
            f'<tr><th scope="row">{escape(title)}<small>{escape(more)}</small></th>{cells}</tr>'
        )
    return (
        f'<div class="kub-may"><table><thead><tr><th scope="col">{escape(words("account.what"))}'
        f"</th>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(role: Role, least: Role, own: Role, words: Words) -> str:
    opens = ROLES.index(role) >= ROLES.index(least)
    text = words("account.yes") if opens else MISSING
    return f"<td{_class(role, own, '' if opens else 'no')}>{escape(text)}</td>"


def _class(role: Role, own: Role, more: str = "") -> str:
    names = " ".join(filter(None, ("own" if role == own else "", more)))
    return f' class="{names}"' if names else ""


def _setting_up(p: Page) -> None:
    """For the office's IT, in short; docs/login.md has each provider's own settings."""
    words = p.words
    p.heading(words("account.setup"), "setup")
    st.markdown(words("account.setup_what"))
    st.code(SETTINGS, language="toml")
    st.markdown(words("account.setup_claims"))
    st.markdown(words("account.setup_providers"))
