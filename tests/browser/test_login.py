"""Logging in at a real OpenID provider on loopback: in a browser, and as whoever copies its cookie,
uses an address twice, or finds the provider gone.
"""

import shutil
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from kub import words
from kub.store import audit
from tests.browser.server import free_port, serve
from tests.browser.visitor import Visitor, settle
from tests.support.logins import PEOPLE, Client, provider, secrets
from tests.support.outside import ask, shown

ID, EN = words.of("id"), words.of("en")
SMALL = {"programme": "CONTOH-C", "role": "analyst"}
OWN = {"programme": "BPI-BATANG", "role": "analyst"}


@dataclass(frozen=True)
class Office:
    """A dashboard with a provider of its own. folder: its data; end: kills the provider."""

    address: str
    folder: Path
    end: Callable[[], None]


def _office(sample_folder: Path, folder: Path, **settings: str) -> Iterator[Office]:
    port, providers = free_port(), free_port()
    data = folder / "data"
    shutil.copytree(sample_folder, data)
    file = secrets(folder, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{providers}")
    own = {"STREAMLIT_SECRETS_FILES": str(file), **settings}
    with provider(providers) as process, serve(data, port=port, **own) as address:
        yield Office(address, data, process.kill)


@pytest.fixture(scope="module")
def office(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    yield from _office(sample_folder, folder, KUB_HOST_CODE="Rahasia-2026!")


@pytest.fixture(scope="module")
def shut(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """For those alone who have logged in, for ten seconds."""
    lasts = {"KUB_READERS": "login", "KUB_LOGIN_HOURS": str(10 / 3600)}
    yield from _office(sample_folder, tmp_path_factory.mktemp("shut"), **lasts)


def status(at: Office, client: Client, path: str = "/data/villages.json", **query: str) -> int:
    return ask(at.address, f"{path}?{urlencode(query)}", cookie=client.cookies).status


def test_nobody_has_a_role_by_sitting_here_and_claims_give_one(office: Office) -> None:
    stranger = Client(office.address)
    assert status(office, stranger, **SMALL) == 403
    assert ID("host.code") in shown(office.address, "visits")
    table = {}
    for sub in PEOPLE:
        client = Client(office.address)
        client.log_in(sub)
        seen = shown(office.address, "visits", cookie=client.cookies)
        table[sub] = (
            ID("visits.new") in seen,
            status(office, client, **SMALL),
            status(office, client, **OWN),
        )
    assert table == {
        "siti": (True, 200, 200),
        "adi": (True, 403, 200),
        "hani": (True, 403, 403),
        "budi": (False, 403, 403),
        "wira": (False, 403, 403),
    }
    lines = list(audit.lines(office.folder))
    logins = [line for line in lines if line["action"] == "login"]
    assert [line["name"] for line in logins] == [
        "siti@kantor.example",
        "Adi",
        "Hani",
        "Budi",
        "Wira <b>",
    ]
    assert logins[1]["scope"] == ["BPI-BATANG"] and len({line["by"] for line in logins}) == 5
    assert {line["reason"] for line in lines if line["action"] == "refused"} == {"analyst", "claim"}
    # A name stands in the line of its log-in and nowhere else.
    assert str(lines).count("siti@kantor.example") == 1


def test_a_cookie_copied_before_the_log_out_does_not_get_in_after_it(office: Office) -> None:
    siti, thief = Client(office.address), Client(office.address)
    siti.log_in("siti")
    for cookie in siti.jar:
        thief.jar.set_cookie(cookie)
    assert status(office, thief, **SMALL) == 200
    code, _, to = siti.get("/auth/logout")
    assert code == 302 and "end_session" in to
    assert status(office, siti, **SMALL) == status(office, thief, **SMALL) == 403
    assert ID("host.code") in shown(office.address, "visits", cookie=thief.cookies)
    assert "ended" in [line.get("reason") for line in audit.lines(office.folder)]


def test_the_address_of_a_log_in_opens_once_and_only_in_its_own_browser(office: Office) -> None:
    siti, other = Client(office.address), Client(office.address)
    callback = siti.confirmed("siti")
    code, text, _ = other.get(callback)
    assert code == 503 and ID("login.failed.title") in text and not other.cookies
    assert siti.get(callback)[0] == 302 and "_streamlit_user=" in siti.cookies
    again = siti.get(callback)
    assert again[0] == 503 and ID("login.failed.title") in again[1]
    refused = siti.get("/oauth2callback?error=access_denied&state=x")
    assert refused[0] == 503 and "access_denied" not in refused[1]
    assert siti.get("/oauth2callback")[0] == 302  # where a log-out comes back to
    assert "callback" in [line.get("reason") for line in audit.lines(office.folder)]


def test_the_cookies_of_a_log_in(office: Office) -> None:
    siti = Client(office.address)
    callback = siti.confirmed("siti", "/login?to=/growth%3Flang%3Den")
    request = urllib.request.Request(callback, headers={"X-Forwarded-Proto": "https"})
    with siti.open(request) as answer:
        assert answer.headers["Location"] == "/growth?lang=en"
        made = answer.headers.get_all("Set-Cookie")
    [cookie] = [each for each in made if each.startswith("_streamlit_user=")]
    assert {"Max-Age=43200", "Secure", "HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))


def sign_in(page: Page, sub: str) -> None:
    # The provider's page asks another host for its styles, which no test of ours minds.
    page.get_by_role("button", name=sub, exact=True).click()


def test_in_a_browser(office: Office, browser: Browser) -> None:
    visitor = Visitor(browser, office.address)
    page = visitor.open("/growth", lang="en", districts="33.25.10")
    account = page.locator(".kub-account")
    expect(account).to_have_text(EN("account.enter"))
    account.click()
    page.locator(".kub-login").click()
    sign_in(page, "siti")
    settle(page)
    expect(account).to_have_text("Siti Rahmawati")
    assert "/account?" in page.url and "districts=33.25.10" in page.url
    expect(page.locator(".kub-who")).to_contain_text(EN("account.role_name.steward"))
    expect(page.locator(".kub-may thead .own")).to_contain_text(EN("account.you"))
    copied = page.context.storage_state()
    page.get_by_role("button", name=EN("account.leave")).click()
    page.wait_for_url("**/end_session**")
    page.get_by_role("button").first.click()
    settle(page)
    expect(account).to_have_text(ID("account.enter"))
    thief = browser.new_context(storage_state=copied).new_page()
    thief.goto(f"{office.address}/account")
    settle(thief)
    expect(thief.locator(".kub-ended")).to_contain_text(ID("login.ended"))
    expect(thief.locator(".kub-who")).to_contain_text(ID("account.role_name.reader"))
    thief.context.close()
    visitor.leave()
    assert visitor.errors == []


def test_nothing_without_a_log_in_and_the_page_stays_shut_when_it_ends(
    shut: Office, browser: Browser
) -> None:
    for path in ("/data/growth.csv", "/api/page/overview", "/data/datapackage.json"):
        assert ask(shut.address, path).status == 401
    assert ask(shut.address, "/_stcore/health").status == 200
    assert ask(shut.address, "/media/x.csv").status in (401, 404)
    assert shown(shut.address) == "refused 403"
    page = browser.new_context().new_page()
    page.goto(f"{shut.address}/growth?lang=en")
    expect(page.locator("h1")).to_have_text(EN("login.closed.title"))
    page.get_by_role("link", name=EN("login.enter")).click()
    sign_in(page, "budi")
    settle(page)
    assert "/growth?lang=en" in page.url
    page.wait_for_timeout(10_500)
    # Any click in the open page: here the other language.
    page.locator(".kub-lang a", has_text="ID").click()
    expect(page.locator(".st-key-card-problem")).to_contain_text(ID("login.closed.title"))
    page.reload()
    expect(page.locator("h1")).to_have_text(ID("login.closed.title"))
    page.context.close()


def test_the_provider_gone_in_the_middle_is_told_calmly_and_readers_go_on(office: Office) -> None:
    siti, hani = Client(office.address), Client(office.address)
    hani.log_in("hani")
    callback = siti.confirmed("siti")
    office.end()
    for path in (callback, siti.get("/login?lang=en")[2]):
        code, text, _ = siti.get(path)
        assert code == 503 and "<h1>" in text and "Traceback" not in text
    assert status(office, siti) == 200
    # Whoever is in stays in, and gets out.
    assert ID("visits.new") in shown(office.address, "visits", cookie=hani.cookies)
    code, _, to = hani.get("/auth/logout")
    assert (code, to) == (302, "/")
    assert ID("visits.new") not in shown(office.address, "visits", cookie=hani.cookies)
