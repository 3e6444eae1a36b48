"""Which hosts are answered: how they are written in requests and in settings."""

import pytest

from kub.doors import hosts
from kub.doors.hosts import Authority, Known

LOOPBACK = [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "127.0.0.1",
    "127.9.8.7",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
]
STRANGERS = [
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "xlocalhost",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0.0.0.0",
    "[::]",
    "192.168.1.20",
    "kub.example.go.id.evil.example",
    "localhost.localdomain",
    "a.localhost",
]
NONE = [
    "",
    " ",
    "a@localhost",
    "localhost/",
    "localhost?x",
    "localhost#x",
    "localhost,evil.example",
    "localhost evil",
    "localhost:",
    "localhost:x",
    "localhost:99999",
    "localhost:80:80",
    "[::1",
    "::1",
    "[::1%25lo]",
    "[localhost]",
    "localhost..",
    ".",
    "*",
    "*.example",
    "löcalhost",
    "http://localhost",
    "local\x00host",
    "-",
]


@pytest.mark.parametrize("name", LOOPBACK)
@pytest.mark.parametrize("port", ["", ":8501", ":1"])
def test_loopback_names_are_answered_however_they_are_written(name: str, port: str) -> None:
    said = hosts.authority(name + port)
    assert said and Known().admits(said.name) and hosts.is_loopback(said.name)
    assert said.port == (int(port[1:]) if port else None)


@pytest.mark.parametrize("name", STRANGERS)
def test_other_names_are_not(name: str) -> None:
    said = hosts.authority(name)
    assert (
        said
        and not Known(("kub.example.go.id",)).admits(said.name)
        and not hosts.is_loopback(said.name)
    )


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_host_is_none(text: str) -> None:
    assert hosts.authority(text) is None


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("http://localhost:8501", Authority("localhost", 8501)),
        ("https://Kub.example.go.id", Authority("kub.example.go.id", None)),
        ("http://[::1]:8501", Authority("::1", 8501)),
        ("null", None),
        ("file://", None),
        ("chrome-extension://localhost", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_origins(text: str, page: Authority | None) -> None:
    assert hosts.origin(text) == page


@pytest.mark.parametrize(
    "said",
    [
        "kub.example.go.id,127.0.0.1",
        "kub.example.go.id 127.0.0.1",
        " KUB.example.go.id. ;\n127.0.0.1:8501 ",
        '["kub.example.go.id", "127.0.0.1"]',
        "['kub.example.go.id','127.0.0.1']",
        "[kub.example.go.id, 127.0.0.1]",
        "https://kub.example.go.id/, http://127.0.0.1:8501/x",
        ["kub.example.go.id,127.0.0.1"],
        ["kub.example.go.id", "127.0.0.1"],
        ['["kub.example.go.id"]', "127.0.0.1", ""],
        '"kub.example.go.id", "127.0.0.1"',
    ],
)
def test_a_setting_works_as_one_would_write_it(said: str | list[str]) -> None:
    assert hosts.listed(said) == (("kub.example.go.id", "127.0.0.1"), ())


def test_addresses_patterns_and_what_is_none_in_a_setting() -> None:
    assert hosts.listed("[::1] ::1 *.go.id. * fe80::1") == (("::1", "*.go.id", "*", "fe80::1"), ())
    assert hosts.listed("a@b, *.127.0.0.1, x..y, kub") == (("kub",), ("a@b", "*.127.0.0.1", "x..y"))


def test_patterns_cover_what_lies_below_and_nothing_else() -> None:
    known = Known(("*.example.go.id",))
    assert (
        known.admits("kub.example.go.id")
        and known.admits("a.b.example.go.id")
        and known.reaches_out
    )
    assert not known.admits("example.go.id") and not known.admits("xexample.go.id")
    assert not known.admits("example.go.id.evil.example")
    any_host = Known(("*",))
    # Whoever answers every host has still not said that every site's pages may talk to it.
    assert (
        any_host.admits("evil.example")
        and any_host.reaches_out
        and not any_host.named("evil.example")
    )
    assert not Known(("127.0.0.1", "localhost")).reaches_out


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("192.168.1.20", "192.168.1.20"),
        ("::ffff:192.168.1.20", "192.168.1.20"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::2", "2001:db8::/64"),
        ("", ""),
        ("x", "x"),
    ],
)
def test_who_counts_as_one_visitor(address: str, one: str) -> None:
    assert hosts.network(address) == one
