"""Log-ins: a real OpenID provider on loopback, and cookies as Streamlit signs them."""

import json
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

SECRET = "a secret of this test alone, long enough"
ORIGIN = "http://127.0.0.1:8501"
# By the name under which they log in at the provider.
PEOPLE: dict[str, dict[str, Any]] = {
    "siti": {"name": "Siti Rahmawati", "email": "siti@kantor.example", "kub_roles": ["steward"]},
    "adi": {"name": "Adi", "kub_roles": "analyst host", "kub_programmes": ["BPI-BATANG"]},
    "hani": {"name": "Hani", "kub_roles": "host"},
    "budi": {"name": "Budi"},
    "wira": {"name": "Wira <b>", "kub_roles": "boss administrator Steward"},
}


def secrets(folder: Path, origin: str = ORIGIN, provider: str = "http://localhost:9") -> Path:
    """A secrets.toml that sets a provider up."""
    file = folder / "secrets.toml"
    texts = {
        "redirect_uri": f"{origin}/oauth2callback",
        "cookie_secret": SECRET,
        "client_id": "kub",
        "client_secret": "of the client",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }
    lines = [f"{name} = {json.dumps(text)}\n" for name, text in texts.items()]
    file.write_text("[auth]\n" + "".join(lines), "utf-8")
    return file


@contextmanager
def set_up(monkeypatch: pytest.MonkeyPatch, file: Path) -> Iterator[None]:
    """Within, this process has the secrets of the file."""
    from streamlit import config
    from streamlit.runtime.secrets import secrets_singleton

    get = config.get_option
    own = {"secrets.files": [str(file)]}
    with monkeypatch.context() as patched:
        patched.setattr(config, "get_option", lambda key: own.get(key) or get(key))
        patched.setattr(type(secrets_singleton), "_maybe_install_file_watchers", lambda _: None)
        secrets_singleton._reset()
        yield
        secrets_singleton._reset()


def cookie(ago: float = 0, secret: str = SECRET, origin: str = ORIGIN, **claims: Any) -> str:
    """The header of a browser whose log-in was signed so many seconds ago."""
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    stated = {"sub": "1", "name": "Siti", **claims, "origin": origin, "is_logged_in": True}
    now = time.time()
    with patch("itsdangerous.timed.time.time", lambda: now - ago):
        value = create_signed_value(secret, "_streamlit_user", json.dumps(stated))
    return f"_streamlit_user={value.decode()}"


@contextmanager
def provider(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A provider that knows PEOPLE, in a process of its own: it can be killed."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.support.logins", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://localhost:{port}/.well-known/openid-configuration"
            deadline = time.monotonic() + 60
            while not _answers(address):
                assert time.monotonic() < deadline and process.poll() is None
                time.sleep(0.1)
            yield process
        finally:
            process.kill()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except OSError:
        return False


class Client:
    """A browser without a window: cookies, and addresses that it is sent on to."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _Stay(), _Calm()
        )
        self.open = opener.open

    def get(self, path: str, data: bytes | None = None) -> tuple[int, str, str]:
        """(status, body, where it is sent on to). path: below the dashboard, or a whole address."""
        address = path if path.startswith("http") else f"{self.address}{path}"
        with self.open(urllib.request.Request(address, data), timeout=60) as answer:
            return answer.status, answer.read().decode(), answer.headers.get("Location", "")

    def confirmed(self, sub: str, begin: str = "/login") -> str:
        """The address of the callback that the provider sends whoever logs in there to."""
        _, _, streamlit = self.get(begin)
        _, _, asks = self.get(streamlit)
        return self.get(asks, urllib.parse.urlencode({"sub": sub}).encode())[2]

    def log_in(self, sub: str, begin: str = "/login") -> str:
        """Where the dashboard sends whoever has logged in."""
        return self.get(self.confirmed(sub, begin))[2]

    @property
    def cookies(self) -> str:
        """The header that this browser sends to the dashboard."""
        host = urllib.parse.urlsplit(self.address).hostname
        listed = [cookie for cookie in self.jar if cookie.domain == host]
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in listed)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class _Calm(urllib.request.HTTPErrorProcessor):
    def http_response(self, request: Any, response: Any) -> Any:  # noqa: ARG002
        return response

    https_response = http_response


def _main() -> None:
    import oidc_provider_mock

    users = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with oidc_provider_mock.run_server_in_thread(port=int(sys.argv[1]), user_claims=users):
        while True:
            time.sleep(60)


if __name__ == "__main__":
    _main()
