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

_AUTHORITY = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
_NAME = re.compile(
    r"(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
)
LOOPBACK_NAME = "localhost"
ANY = "*"


@dataclass(frozen=True)
class Authority:
    """A host in lower case, without a trailing dot; an address as `ipaddress` writes it.

    port: None where unsaid.
    """

    name: str
    port: int | None


def authority(text: str) -> Authority | None:
    """What a `Host` header says.

    None where it is no host: user names, paths, several hosts, a port beyond 65535.
    """
    parts = _AUTHORITY.fullmatch(text.strip())
    if not parts:
        return None
    port = int(parts["port"]) if parts["port"] else None
    name = _tidy(parts["name"])
    return Authority(name, port) if name and (port is None or port < 65536) else None


def origin(text: str) -> Authority | None:
    """The host of an `Origin` header. None for `null` and whatever is no web page's origin."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return authority(parts.netloc) if parts.scheme in ("http", "https") else None


def _tidy(name: str) -> str | None:
    """Lower case, without one trailing dot; None where it is neither an address nor a name."""
    name = name.lower().removesuffix(".")
    if address := _address(name):
        return str(address)
    return name if _NAME.fullmatch(name) and not name.startswith("*") else None


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def is_loopback(name: str | None) -> bool:
    """Whether a host name or an address means this machine itself: localhost, 127.0.0.0/8, ::1."""
    if name is None:
        return False
    address = _address(name)
    return address.is_loopback if address else name == LOOPBACK_NAME


def is_address(name: str) -> bool:
    """Whether it is an address, which no name server can point elsewhere."""
    return _address(name) is not None


def network(address: str) -> str:
    """What counts as one visitor when codes are guessed: an IPv4
    address, the /64 of an IPv6 address.
    """
    found = _address(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found) if found else address


def listed(said: str | Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(hosts, what is none) of a setting, written with commas, with spaces, or as a JSON or TOML
    list.

    An entry may be a whole address (`https://kub.example.go.id:8443/`); `*.example.go.id` means
    all names below it.
    """
    entries = [
        entry for text in ([said] if isinstance(said, str) else said) for entry in _entries(text)
    ]
    hosts = {entry: _pattern(entry) for entry in entries}
    return tuple(dict.fromkeys(host for host in hosts.values() if host)), tuple(
        e for e, h in hosts.items() if not h
    )


def _entries(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and not _address(text):
        try:
            values = tomllib.loads(f"hosts = {text}")["hosts"]
            return [entry for value in values for entry in _entries(str(value))]
        except tomllib.TOMLDecodeError:
            text = text[1:-1]
    return [entry for part in re.split(r"[\s,;]+", text) if (entry := part.strip("\"'"))]


def _pattern(entry: str) -> str | None:
    if entry == ANY:
        return entry
    bare = entry.split("://", 1)[-1].split("/", 1)[0]
    if bare.startswith("*."):
        below = authority(bare.removeprefix("*."))
        return f"*.{below.name}" if below and not is_address(below.name) else None
    if address := _address(bare):  # also an IPv6 address without its brackets
        return str(address)
    parsed = authority(bare)
    return parsed.name if parsed else None


@dataclass(frozen=True)
class Known:
    """The hosts that are answered besides the loopback names."""

    patterns: tuple[str, ...] = ()

    @property
    def reaches_out(self) -> bool:
        """Whether somebody has said that others come here."""
        return any(not is_loopback(pattern) for pattern in self.patterns)

    def named(self, name: str) -> bool:
        """Whether this very name was set, by itself or with all names below a domain."""
        return any(_fits(pattern, name) for pattern in self.patterns)

    def admits(self, name: str) -> bool:
        """Whether a request for this host is answered."""
        return is_loopback(name) or ANY in self.patterns or self.named(name)


def _fits(pattern: str, name: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern == name
