"""`make present`: the dashboard on the hall's own network, for phones and a second device.

Prints the address, a code that makes its holder the host, and the address as a QR code. No other
host is asked for anything: what leads out of this machine is read from its own routing table,
and nothing is sent.
"""

import ipaddress
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable

import segno

from kub import words as words_of
from kub.words import Words

ALLOWED = "STREAMLIT_SERVER_ALLOWED_HOSTS"
# of the code: one device that guesses for eight hours is answered 28,800 times, and finds one in
# 3,400
DIGITS = 8
# Addresses in the networks that halls use. To connect a datagram socket chooses a route, and sends
# nothing.
TOWARDS = ("10.255.255.255", "192.168.255.255", "172.31.255.255", "224.0.0.1")
# Networks of virtual machines and containers: listed, but hardly the hall's.
VIRTUAL = ("172.17.", "172.18.", "192.168.122.", "192.168.56.", "192.168.99.")
GLYPHS = {
    "0": "111101101101111",
    "1": "010110010010111",
    "2": "111001111100111",
    "3": "111001111001111",
    "4": "101101111001001",
    "5": "111100111001111",
    "6": "111100111101111",
    "7": "111001001001001",
    "8": "111101111101111",
    "9": "111101111001111",
    " ": "000000000000000",
}


def main() -> int:
    """Print the addresses, then become the server. Returns 1 if this machine is in no network."""
    words = words_of.of(os.environ.get("KUB_LANG", "id"))
    addresses = likely([*routed(), *named()])
    if not addresses:
        print(words("hall.no_network"))
        return 1
    port, code = os.environ.get("STREAMLIT_SERVER_PORT", "8501"), new_code()
    print(terminal_text(addresses, port, code, words), flush=True)
    # Every address printed is answered under, and what was set before.
    known = ",".join(filter(None, [os.environ.get(ALLOWED), *addresses]))
    os.environ.update({"KUB_ANALYST": "no", "KUB_HOST_CODE": code, ALLOWED: known})
    command = serving(addresses[0], port)
    os.execv(command[0], command)
    return 0  # pragma: no cover - execv does not come back


def new_code() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def routed() -> list[str]:
    """Addresses of this machine by which it would reach the networks of halls, the likely one
    first.
    """
    addresses = []
    for target in TOWARDS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:  # no route there
                continue
            addresses.append(str(probe.getsockname()[0]))
    return addresses


def named(find_program: Callable[[str], str | None] = shutil.which) -> list[str]:
    """All addresses of this machine, where the system has `hostname -I` (Linux)."""
    program = find_program("hostname")
    if not program:
        return []
    return subprocess.run(
        [program, "-I"], capture_output=True, text=True, check=False
    ).stdout.split()


def likely(addresses: Iterable[str]) -> list[str]:
    """IPv4 addresses that others may reach, each once; those of virtual networks last."""
    usable = [
        address
        for address in dict.fromkeys(addresses)
        if ":" not in address and _reachable(address)
    ]
    return sorted(usable, key=lambda address: address.startswith(VIRTUAL))


def _reachable(text: str) -> bool:
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return not (
        address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
    )


def terminal_text(addresses: list[str], port: str, code: str, words: Words) -> str:
    """The text for the terminal: address with QR code, other addresses, code.

    addresses: the likely one first. The QR code is of that alone: two of them side by side would be
    scanned at random.
    """
    links = [f"http://{address}:{port}" for address in addresses]
    lines = ["", words("hall.address"), "", f"    {links[0]}", ""]
    lines += ["\n".join(f"    {row}" for row in matrix(links[0])), ""]
    if links[1:]:
        lines += [words("hall.others", links=", ".join(links[1:])), ""]
    lines += [
        words("hall.code"),
        "",
        *(f"    {row}" for row in large(f"{code[:4]} {code[4:]}")),
        "",
    ]
    return "\n".join([*lines, words("hall.stop"), ""])


def matrix(text: str) -> list[str]:
    """The QR code of a text in half blocks, two rows a line; dark on light in any terminal."""
    rows = [list(row) for row in segno.make(text, micro=False).matrix_iter(border=2)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    signs = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    paint = "\x1b[97;40m{}\x1b[0m".format
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return [
        paint("".join(signs[int(a > 0), int(b > 0)] for a, b in zip(up, low, strict=True)))
        for up, low in pairs
    ]


def large(digits: str) -> list[str]:
    """Digits five lines high, to be read from across a desk. Raises KeyError for other signs."""
    bits = [GLYPHS[digit] for digit in digits]
    rows = [[glyph[3 * row : 3 * row + 3] for glyph in bits] for row in range(5)]
    return [
        "  ".join("".join("██" if bit == "1" else "  " for bit in part) for part in row)
        for row in rows
    ]


def serving(address: str, port: str) -> list[str]:
    """The command of a Streamlit server on all networks of this machine.

    With an address stated, Streamlit does not ask another host for its public one.
    """
    options = {
        # the laptop itself too, and after the hall's network has come back
        "server.address": "0.0.0.0",
        "server.port": port,
        "server.headless": "true",
        "browser.serverAddress": address,
        "logger.hideWelcomeMessage": "true",
    }
    chosen = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", "dashboard.py", *chosen]


if __name__ == "__main__":
    sys.exit(main())
