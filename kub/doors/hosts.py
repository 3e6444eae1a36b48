"""Names under which the dashboard answers: no page of another site may reach it under a name of its
own.

A browser lets a page talk to whatever its own name leads to. A name that is pointed at 127.0.0.1
after the page was loaded (DNS rebinding) would so reach a dashboard that listens on loopback
only; the `Host` header gives it away.
"""

import ipaddress
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

# Stricter than the RFC: no user names and no percent signs, which two programs read in two ways.
_AUTHORITY = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
_NAME = re.compile(
    r"(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
)
LOOPBACK_NAME = "localhost"
ANY = "*"
LAST_PORT = 65_535


@dataclass(frozen=True)
class Authority:
    """A host and its port. name: in lower case, without a trailing dot; an address as `ipaddress`
    writes it. port: None where it is not stated.
    """

    name: str
    port: int | None


def authority(text: str) -> Authority | None:
    """The host in a `Host` header.

    None where it is invalid: user names, paths, several hosts, a port beyond 65535.
    """
    parts = _AUTHORITY.fullmatch(text.strip())
    if not parts:
        return None
    port = None
    if parts["port"]:
        port = int(parts["port"])
        if port > LAST_PORT:
            return None
    name = _tidy(parts["name"])
    if name is None:
        return None
    return Authority(name, port)


def origin(text: str) -> Authority | None:
    """The host in an `Origin` header. None for `null` and for what is no web page's origin."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    return authority(parts.netloc)


def _tidy(name: str) -> str | None:
    """Lower case, without one trailing dot; None where it is neither an address nor a name."""
    name = name.lower().removesuffix(".")
    if address := _address(name):
        return str(address)
    # _NAME admits *. for settings; in a request it would be a name like any other.
    if name.startswith("*") or not _NAME.fullmatch(name):
        return None
    return name


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1]
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    # ::ffff:127.0.0.1 reaches the same socket as 127.0.0.1, so it is the same address here.
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def is_loopback(name: str | None) -> bool:
    """Whether a host name or an address means this machine itself: localhost, 127.0.0.0/8, ::1."""
    if name is None:
        return False
    if address := _address(name):
        return address.is_loopback
    return name == LOOPBACK_NAME


def is_address(name: str) -> bool:
    """Whether it is an address, which no name server can point elsewhere."""
    return _address(name) is not None


def network(address: str) -> str:
    """What counts as one visitor when codes are guessed: an IPv4 address, the /64 of an IPv6 one.

    A home has a /64 of its own: a guesser there has 2**64 addresses at no cost. A text that is no
    address comes back as it is.
    """
    parsed = _address(address)
    if parsed is None:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def listed(setting: str | Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(hosts, invalid entries) of a setting, written with commas, with spaces, or as a JSON or TOML
    list.

    An entry may be a whole address (`https://kub.example.go.id:8443/`); `*.example.go.id` means
    all names below it.
    """
    if isinstance(setting, str):
        setting = [setting]
    entries = [entry for text in setting for entry in _entries(text)]
    # In the order of the setting, without repetition.
    hosts = {entry: _pattern(entry) for entry in entries}
    return tuple(dict.fromkeys(host for host in hosts.values() if host)), tuple(
        entry for entry, host in hosts.items() if not host
    )


def _entries(text: str) -> list[str]:
    """The entries of a text, without quotes. A list that is not valid TOML is read as words."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and not _address(text):
        try:
            # JSON lists of strings are TOML too, so a single parser reads both.
            values = tomllib.loads(f"hosts = {text}")["hosts"]
            return [entry for value in values for entry in _entries(str(value))]
        except tomllib.TOMLDecodeError:
            text = text[1:-1]
    return [entry for part in re.split(r"[\s,;]+", text) if (entry := part.strip("\"'"))]


def _pattern(entry: str) -> str | None:
    """An entry as `Known` compares it: "*", "*.domain" or a name; None where it is invalid."""
    if entry == ANY:
        return entry
    # People paste the address from the browser: scheme and path are taken off.
    bare = entry.split("://", 1)[-1].split("/", 1)[0]
    if bare.startswith("*."):
        below = authority(bare.removeprefix("*."))
        # An address has no names below it: *.168.1.20 would admit names that anybody may own.
        if below is None or is_address(below.name):
            return None
        return f"*.{below.name}"
    if address := _address(bare):  # also an IPv6 address without its brackets
        return str(address)
    # Only the name: behind a proxy the port that browsers state is not the one that listens.
    if parsed := authority(bare):
        return parsed.name
    return None


@dataclass(frozen=True)
class Known:
    """The hosts that are answered besides the loopback names."""

    patterns: tuple[str, ...] = ()

    @property
    def reaches_out(self) -> bool:
        """Whether a setting names a host that others reach."""
        return any(not is_loopback(pattern) for pattern in self.patterns)

    def named(self, name: str) -> bool:
        """Whether this very name was set, by itself or with all names below a domain."""
        return any(_fits(pattern, name) for pattern in self.patterns)

    def admits(self, name: str) -> bool:
        """Whether a request for this host is answered."""
        return is_loopback(name) or ANY in self.patterns or self.named(name)


def _fits(pattern: str, name: str) -> bool:
    if pattern.startswith("*."):
        # With its dot: *.go.id is not evilgo.id.
        return name.endswith(pattern[1:])
    return pattern == name
