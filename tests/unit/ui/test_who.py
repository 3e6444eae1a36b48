"""Who may what: every role at every kind of address, and cookies that are none of ours."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

import queries
from kub.answers import link
from kub.answers.step import Step
from kub.doors.per_minute import PerMinute
from kub.sql import sandbox
from kub.store import audit
from kub.ui import (
    data_by_address,
    doors,
    explore_route,
    explore_sql,
    login,
    login_doors,
    page_route,
    sql_route,
    trail,
    who,
)
from kub.ui.data import data
from kub.ui.view import View
from kub.visits import Visit
from queries.filters import Filters
from tests.support import logins
from tests.support.requests import Answered, request

OWN, OTHER = "CONTOH-C", "BPI-BATANG"
APP = Starlette(
    routes=[*page_route.routes, *explore_route.routes, *sql_route.routes],
    middleware=[*doors.middleware, *login_doors.middleware, *data_by_address.middleware],
)
EVERYTHING = {"steward": {"kub_roles": ["steward"]}, "analyst": {"kub_roles": ["analyst"]}}
ROLES: dict[str, dict[str, Any]] = {
    "host": {"kub_roles": "host"},
    **EVERYTHING,
    "no claim": {},
    "wrong claim": {"kub_roles": "boss Steward"},
    "of one programme": {"kub_roles": "steward", "kub_programmes": [OWN]},
    "of one regency": {"kub_roles": "steward", "kub_programmes": "99.03"},
    "of no programme": {"kub_roles": "steward", "kub_programmes": []},
}
HOURS = 3600.0


@pytest.fixture(autouse=True)
def _provider(sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # The folder is shared: what is written goes into one of this test.
    monkeypatch.setattr(trail, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(login, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(trail, "REFUSED", PerMinute())
    for name in (login.HOURS, login.READERS, login.ROLE_CLAIM, login.SCOPE_CLAIM, who.ANALYST):
        monkeypatch.delenv(name, raising=False)
    login._once_expired.cache_clear()
    monkeypatch.setattr(sandbox, "warm", lambda _: None)  # no process: only whether it is asked
    with logins.set_up(monkeypatch, logins.secrets(tmp_path)):
        yield


def ask(path: str, cookie: str = "", **query: str) -> Answered:
    """As a browser on this very machine asks, which has no rights by that beside a provider."""
    address = f"{path}?{urlencode(query)}" if query else path
    headers = {"host": "127.0.0.1:8501", "cookie": cookie}
    method = "POST" if path == "/api/sql" else "GET"
    return request(APP, address, method, **{name: text for name, text in headers.items() if text})


def asking(cookie: str = "") -> doors.Connection:
    name, _, value = cookie.partition("=")
    return doors.Connection(True, "", {name: value} if cookie else {})


def sees(cookie: str, programme: str) -> dict[str, str]:
    """What each kind of address gives, in a word: analyst, reader or refused."""
    link = {"programme": programme, "role": "analyst"}
    page = ask("/api/page/overview", cookie, **link).text
    status = {
        "/data": ask("/data/villages.json", cookie, **link).status,
        "explore": ask("/api/explore/rows", cookie, **link).status,
        "SQL": ask("/api/sql", cookie, **link).status,
    }
    words = {200: "analyst", 204: "analyst", 403: "refused"}
    told = login_doors.words_of.of("id")
    assert (told("withheld.on") in page) != (told("withheld.refused") in page) or (
        programme == OTHER
    )
    return {
        "page": "analyst" if told("withheld.on") in page else "reader",
        **{name: words[code] for name, code in status.items()},
    }


ALL = {"page": "analyst", "/data": "analyst", "explore": "analyst", "SQL": "analyst"}
NOTHING = {"page": "reader", "/data": "refused", "explore": "refused", "SQL": "refused"}


@pytest.mark.parametrize("name", ["", *ROLES])
def test_what_each_role_sees_of_a_programme_with_small_cells(name: str) -> None:
    cookie = logins.cookie(**ROLES[name]) if name else ""
    allowed = name in ("analyst", "steward", "of one programme", "of one regency")
    assert sees(cookie, OWN) == (ALL if allowed else NOTHING)


@pytest.mark.parametrize("name", list(ROLES))
def test_what_each_role_may_do(name: str) -> None:
    at = asking(logins.cookie(**ROLES[name]))
    roles = [role for role in ("host", "analyst", "steward") if who.may(role, at, programme=OWN)]  # type: ignore[arg-type]
    elsewhere = [
        role for role in ("host", "analyst", "steward") if who.may(role, at, programme=OTHER)
    ]  # type: ignore[arg-type]
    least = {"host": 1, "analyst": 2, "steward": 3, "of one programme": 3, "of one regency": 3}
    assert roles == ["host", "analyst", "steward"][: least.get(name, 0)]
    assert elsewhere == (roles if name in ("host", "analyst", "steward") else [])
    assert who.may("reader", at)


def test_elsewhere_an_analyst_of_one_programme_is_a_reader() -> None:
    cookie = logins.cookie(**ROLES["of one programme"])
    for path in ("/data/villages.json", "/api/explore/rows", "/api/sql"):
        assert ask(path, cookie, programme=OTHER, role="analyst").status == 403
    both = {"programme": OWN, "against_programme": OTHER, "role": "analyst"}
    compared = ask("/data/growth.json", cookie, **both)
    assert compared.status in (400, 403)
    own, readers = (
        ask("/data/village_sectors.json", by, programme=OWN, **view).json()
        for by, view in ((cookie, {"role": "analyst"}), ("", {}))
    )
    assert own != readers


@pytest.mark.parametrize("everywhere", [True, False])
def test_over_several_programmes_an_analyst_of_a_few_gets_what_readers_get(
    everywhere: bool,
) -> None:
    claims = EVERYTHING["analyst"] if everywhere else ROLES["of one programme"]
    opened = data()
    parsed = link.parse({"programme": [OWN], "role": ["analyst"]}, opened)
    seen = who.sees(opened, parsed, asking(logins.cookie(**claims)))
    assert seen
    seen = seen.seen_by("analyst")
    assert {seen.role_for(question) for question in ("villages", "kubs")} == {"analyst"}
    several = {seen.role_for(question) for question in queries.COMPARED}
    assert several == {"analyst" if everywhere else "reader"}
    view_of = explore_sql.seen(View(seen, parsed, "light", {}, analyst=True))
    assert view_of.data.role == ("analyst" if everywhere else "reader")


def test_a_workbook_of_ones_own_regency_may_not_take_anothers_programme() -> None:
    at = asking(logins.cookie(kub_roles="steward", kub_programmes="33.25"))
    assert who.may("steward", at, programme="NEW", regency="33.25")
    assert who.may("steward", at, programme=OTHER, regency="33.25")
    assert not who.may("steward", at, programme=OWN, regency="33.25")
    assert not who.may("steward", at, programme="NEW", regency="99.03")
    assert not who.may("steward", at, programme="NEW")
    assert who.scope(at) == frozenset({"33.25"}) and who.may("steward", at)


def test_a_visit_is_hosted_by_whose_role_covers_all_its_programmes() -> None:
    def visit(*programmes: str | None) -> Visit:
        steps = tuple(Step("growth", "growth", Filters(programme)) for programme in programmes)
        return Visit("", date(2026, 12, 1), "", "", "id", "", steps)

    one = asking(logins.cookie(kub_roles="host", kub_programmes=[OWN]))
    assert who.may_host(visit(OWN), one) and who.may_host(visit(), one)
    assert not who.may_host(visit(OWN, OTHER), one)
    assert not who.may_host(visit(None), one)  # the default programme
    assert who.may_host(visit(OWN, OTHER), asking(logins.cookie(kub_roles="host")))
    assert not who.may_host(visit(OWN), asking())


FORGED: dict[str, Callable[[], str]] = {
    "unsigned": lambda: (
        "_streamlit_user=" + json.dumps({"is_logged_in": True, "kub_roles": "steward"})
    ),
    "signed elsewhere": lambda: logins.cookie(secret="x" * 40, kub_roles="steward"),
    "changed": lambda: logins.cookie(kub_roles="steward").replace("=", "=W", 1),
    "of another dashboard": lambda: logins.cookie(
        origin="http://127.0.0.1:9999", kub_roles="steward"
    ),
    "empty": lambda: "_streamlit_user=",
    "in pieces that are not there": lambda: "_streamlit_user=chunks-3",
    "thirty days old": lambda: logins.cookie(ago=29 * 24 * HOURS, kub_roles="steward"),
    "a second too old": lambda: logins.cookie(ago=12 * HOURS + 1, kub_roles="steward"),
}


@pytest.mark.parametrize("name", list(FORGED))
def test_a_forged_or_stale_cookie_is_a_reader_and_is_written_down(
    name: str, tmp_path: Path
) -> None:
    cookie = FORGED[name]()
    for _ in range(3):
        assert ask("/data/villages.json", cookie, programme=OWN, role="analyst").status == 403
    assert not who.may("host", asking(cookie)) and who.who(asking(cookie)) is None
    lines = list(audit.lines(tmp_path))
    reasons = [line["reason"] for line in lines]
    stale = "old" in name
    assert reasons.count("expired" if stale else "cookie") == 1 and reasons.count("analyst") == 1
    assert {line["action"] for line in lines} == {"refused"}
    assert "Siti" not in str(lines)


def test_a_cookie_counts_until_its_log_in_has_ended(tmp_path: Path) -> None:
    cookie = logins.cookie(ago=11.9 * HOURS, kub_roles="steward")
    at = asking(cookie)
    assert who.may("steward", at) and (known := who.who(at))
    assert who.by(at) == known.login_id
    login.end(known)
    login.end(known)
    assert not who.may("host", at) and who.by(at) == "local"
    assert ask("/data/villages.json", cookie, programme=OWN, role="analyst").status == 403
    entries = [(line["action"], line["by"]) for line in audit.lines(tmp_path)]
    assert entries.count(("logout", known.login_id)) == 1


@pytest.mark.parametrize("hours", ["0", "-3", "nan", "a day", "0,5"])
def test_hours_that_are_none_let_nobody_in(monkeypatch: pytest.MonkeyPatch, hours: str) -> None:
    monkeypatch.setenv(login.HOURS, hours)
    assert login.fault() == "hours"
    assert not who.may("host", asking(logins.cookie(kub_roles="steward")))


def test_names_of_claims_and_hours_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(login.ROLE_CLAIM, "roles")
    monkeypatch.setenv(login.SCOPE_CLAIM, "places")
    monkeypatch.setenv(login.HOURS, "0.0005")
    at = asking(logins.cookie(roles=["analyst"], places=["99.03"], kub_roles="steward"))
    assert who.may("analyst", at, programme=OWN) and not who.may("steward", at)
    assert not who.may("analyst", at, programme=OTHER)
    assert not who.may("analyst", asking(logins.cookie(ago=3, roles=["analyst"])))


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("[auth\n", "file"),
        ("[auth]\n", "settings"),
        ('auth = "yes"\n', "settings"),
        ('[auth]\nclient_id = "kub"\n', "settings"),
    ],
)
def test_settings_that_are_broken_make_readers_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, fault: str
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(written, "utf-8")
    with logins.set_up(monkeypatch, file):
        assert login.wanted() and login.fault() == fault
        for cookie in ("", logins.cookie(kub_roles="steward")):
            assert not who.may("host", asking(cookie))
        assert ask("/login").status == 503


def test_a_short_secret_and_a_wrong_callback_are_broken_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = logins.secrets(tmp_path).read_text("utf-8")
    for old, new, fault in (
        (logins.SECRET, "x" * 31, "secret"),
        ("/oauth2callback", "/callback", "redirect"),
    ):
        file = tmp_path / "broken.toml"
        file.write_text(whole.replace(old, new), "utf-8")
        with logins.set_up(monkeypatch, file):
            assert login.fault() == fault


def test_where_a_log_in_is_wanted_nothing_is_shown_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for text in ("login", "Login", "yes", "masuk"):
        monkeypatch.setenv(login.READERS, text)
        for path in (
            "/data/growth.csv",
            "/api/page/overview",
            "/api/sql",
            "/data/datapackage.json",
        ):
            answer = ask(path)
            assert answer.status == 401 and "problem" in answer.json()
        for path in ("/media/x.csv", "/assets/x.js", "/static/x", "/component/x", "/host"):
            assert ask(path).status in (401, 404)
        page = ask("/growth", lang="en")
        assert page.status == 401 and "Please log in" in page.text
        assert "/login?to=%2Fgrowth%3Flang%3Den" in page.text and "KUB aktif" not in page.text
    budi = logins.cookie(**ROLES["no claim"])
    assert ask("/data/growth.csv", budi).status == 200
    assert ask("/data/growth.csv", logins.cookie(ago=13 * HOURS)).status == 401
    monkeypatch.setenv(login.READERS, "all")
    assert ask("/data/growth.csv").status == 200


def test_without_a_provider_a_wanted_log_in_shows_nobody_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(login.READERS, "login")
    with logins.set_up(monkeypatch, tmp_path / "none.toml"):
        assert not login.wanted()
        assert ask("/data/growth.csv").status == 401 and ask("/").status == 401
        for path in ("/login", "/auth/login", "/auth/logout", "/oauth2callback"):
            assert ask(path).status == 404
        monkeypatch.delenv(login.READERS)
        assert who.may("steward", doors.Connection(True, ""))
        assert not who.may("host", doors.Connection(False, "192.168.1.66"))


@pytest.mark.parametrize(
    ("to", "back"),
    [
        ("/growth?lang=en&districts=33.25.10", True),
        ("/", True),
        ("//evil.example/", False),
        ("https://evil.example/", False),
        ("/\\evil.example", False),
        ("/growth//evil", False),
        ("/auth/logout", False),
        ("/login?to=/", False),
        ("/data/growth.csv", False),
        ("/x\r\nSet-Cookie: a=b", False),
        ("growth", False),
        ("/" + "x" * 3000, False),
    ],
)
def test_a_log_in_leads_back_to_a_page_here_and_nowhere_else(to: str, back: bool) -> None:
    assert login_doors._inside(to) == (to if back else "")
    answer = ask("/login", to=to)
    assert answer.status == 302 and answer.headers["location"].startswith("/auth/login?provider=")
    assert "evil" not in answer.headers["set-cookie"]
