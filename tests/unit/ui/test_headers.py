"""What answers carry: headers, cookies, and files for nobody but the browser they were made for."""

import pytest
from starlette.datastructures import Headers

from kub.ui import doors, headers, host, media
from tests.support.asgi import ask

pytestmark = pytest.mark.usefixtures("options")


def test_a_media_address_opens_for_the_browser_whose_session_made_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owners = media.Owners()
    monkeypatch.setattr(doors, "OWNERS", owners)
    owners.add("mine", "abc")
    owners.add("", "abc")
    assert ask("/media/abc.csv", cookie="a=b; kub-browser=mine").status == 200
    for cookie in ("kub-browser=other", "kub-browser=", "kub-host=mine", "kub-browser"):
        assert ask("/media/abc.csv", cookie=cookie).status == 404
    assert ask("/media/abd.csv", cookie="kub-browser=mine").status == 404
    assert ask("/media/abc.csv", method="OPTIONS", cookie="kub-browser=mine").status == 404


def test_owners_are_bounded() -> None:
    owners = media.Owners(most=3)
    for number in range(5):
        owners.add("mine", str(number))
    assert [owners.owns("mine", f"{number}.csv") for number in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]


class Manager:
    """Streamlit's keeper of files, as far as it is watched."""

    def add(self, name: str) -> str:
        return f"/media/{name}.csv"

    def add_deferred(self, name: str) -> str:
        return f"placeholder-{name}"

    def execute_deferred(self, placeholder: str) -> str:
        return f"/media/made-{placeholder}.csv"


def test_a_file_is_whose_script_made_it_and_one_made_at_a_click_whose_button_it_was() -> None:
    manager, owners, browsers = Manager(), media.Owners(), ["mine"]
    media.watch(manager, lambda: browsers[-1], owners)  # type: ignore[arg-type]
    manager.add("a")
    placeholder = manager.add_deferred("b")
    browsers.append("")  # the click is answered outside any script
    manager.execute_deferred(placeholder)
    manager.execute_deferred("never offered")
    assert owners.owns("mine", "a.csv") and owners.owns("mine", f"made-{placeholder}.csv")
    assert len(owners._pairs) == 2


def test_every_answer_has_the_headers() -> None:
    for answer in (
        ask(),
        ask("/assets/x"),
        ask("/health"),
        ask(host="evil.example"),
        ask("/host", method="POST", origin="null"),
    ):
        assert (
            headers.HEADERS.items()
            <= {name: answer.headers[name] for name in headers.HEADERS}.items()
        )
        policy = answer.headers["content-security-policy"]
        assert (
            "default-src 'none'" in policy
            and "frame-ancestors 'self'" in policy
            and "unsafe-eval" not in policy
        )
        assert "access-control-allow-origin" not in answer.headers
    assert (
        "ws://[::1]:8501 wss://[::1]:8501"
        in ask(host="[::1]:8501").headers["content-security-policy"]
    )


def test_a_browser_gets_its_cookie_with_its_first_page_and_keeps_it() -> None:
    first, second = (ask("/growth").headers["set-cookie"] for _ in range(2))
    assert first != second and "; Path=/; HttpOnly; SameSite=Lax" in first and "Secure" not in first
    assert "set-cookie" not in ask("/growth", cookie=first.split(";")[0]).headers
    for path in (
        "/assets/x",
        "/static/js/x.js",
        "/favicon.png",
        "/_stcore/health",
        "/health",
        "/host",
    ):
        assert "set-cookie" not in ask(path).headers
    assert ask(x_forwarded_proto="https").headers["set-cookie"].endswith("; Secure")


def test_the_hosts_cookie_is_for_this_site_alone_and_secure_where_the_page_is() -> None:
    request = Headers({"origin": "https://kub.example.go.id"})
    assert headers.is_https({"scheme": "http"}, request) and headers.is_https(
        {"scheme": "https"}, Headers()
    )
    made = headers.cookie(host.COOKIE, "x", True, "Strict", 60)
    assert made == "kub-host=x; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure"
