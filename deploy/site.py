"""nginx's configuration: which replica answers whom, and a whole configuration for a run folder.

`python -m deploy.site 8511 8512` prints the first part for replicas on those ports; that of four is
deploy/nginx/replicas.conf.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent / "nginx"
# After so many refusals a replica is not asked for so long.
PATIENCE = "max_fails=1 fail_timeout=5s"


def replicas(ports: Sequence[int]) -> str:
    """The groups of servers. ports: of the replicas on loopback, in their order, one at least.

    nginx from a distribution has no sticky cookie, so each replica gets a group in which it comes
    first and the next one stands in for it: whoever changes over together stays together.
    """
    numbered = list(enumerate(ports, 1))
    lines = [
        "# Inside http { }. Written by `python -m deploy.site PORT…`; tests compare both.",
        "",
        "# Whoever comes without a cookie goes where fewest connections are open.",
        *_group("kub", [_server(port) for port in ports], ["least_conn;"]),
    ]
    for number, port in numbered:
        servers = [_server(port)]
        if len(ports) > 1:
            servers.append(f"{_server(ports[number % len(ports)])} backup")
        lines += _group(f"kub_{number}", servers)
    lines += [
        "map $cookie_kub_replica $kub_upstream {",
        "    default kub;",
        *(f"    {number} kub_{number};" for number, _ in numbered),
        "}",
        "",
        "# The last address is the one that answered; none where nginx itself did, or its cache.",
        "map $upstream_addr $kub_replica {",
        '    default "";',
        *(f'    "~:{port}$" {number};' for number, port in numbered),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _server(port: int) -> str:
    return f"server 127.0.0.1:{port} {PATIENCE}"


def _group(name: str, servers: Sequence[str], more: Sequence[str] = ()) -> list[str]:
    # A zone: all workers know which replica is gone.
    # Shorter than the 5 s after which a replica closes an idle connection: a request that met the
    # closing would fail where it may not be sent twice.
    kept = ["keepalive 16;", "keepalive_timeout 4s;"]
    settings = [f"zone {name} 64k;", *more, *(f"{server};" for server in servers), *kept]
    return [f"upstream {name} {{", *(f"    {setting}" for setting in settings), "}", ""]


def whole(folder: Path, port: int, ports: Sequence[int]) -> str:
    """A configuration that needs no root: nginx listens on loopback and writes into folder alone.

    folder: exists. port: nginx's own; ports: of the replicas.
    """
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    # As root nginx's workers would be nobody, who may not look into a folder of root's.
    user = ["user root;"] if os.geteuid() == 0 else []
    lines = [
        *user,
        "daemon off;",
        "worker_processes 2;",
        f"pid {quoted(folder / 'nginx.pid')};",
        f"error_log {quoted(folder / 'nginx.log')} warn;",
        "events { worker_connections 4096; }",
        "http {",
        "access_log off;",
        *(f"{name}_temp_path {quoted(folder / 'temp' / name)};" for name in temporary),
        f"proxy_cache_path {quoted(folder / 'cache')} keys_zone=kub_files:1m max_size=100m "
        "inactive=30d use_temp_path=off;",
        f"include {quoted(HERE / 'http.conf')};",
        replicas(ports),
        "server {",
        f"listen 127.0.0.1:{port};",
        f"include {quoted(HERE / 'server.conf')};",
        "}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def quoted(path: Path) -> str:
    """A path as nginx reads it, whatever signs it holds."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


if __name__ == "__main__":
    sys.stdout.write(replicas([int(port) for port in sys.argv[1:]]))
