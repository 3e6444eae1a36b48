"""Jelajah at scale: ms until the first rows and until rows in the middle, and the memory of the
server while a client scrolls through all of them.

KUB many KUB (10,000 unless said); FOLDER, a data folder that holds them already, spares building
one.
"""

import json
import os
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from tests.bench import KUB, kub
from tests.browser.server import serve

BLOCK, STOPS = 100, 60  # rows of a request; requests on the way through the list
FOLDER = os.environ.get("FOLDER", "")


def ask(address: str) -> tuple[float, bytes]:
    """(ms, body)."""
    begin = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        body = answer.read()
    return (time.perf_counter() - begin) * 1000, body


def megabytes(address: str) -> float:
    """What the server at this address holds in memory (Linux)."""
    port = address.rpartition(":")[2]
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        line = status.read_bytes().split(b"\0")
        if b"--server.port" in line and port.encode() in line:
            pages = int((status.parent / "statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGESIZE") / 1e6
    raise LookupError(port)


def measure(folder: Path) -> None:
    with serve(folder) as address:
        page, more = (
            f"{address}/api/{part}?role=analyst" for part in ("page/explore", "explore/rows")
        )
        before = megabytes(address)
        first, body = ask(page)
        [block] = [b for b in json.loads(body)["blocks"] if b["kind"] == "listing"]
        number = block["number"]
        print(f"{number} KUB listed; page with the first {BLOCK} rows: {first:.0f} ms")
        for sort in ("-members", "village"):
            print(f"sorted by {sort}: {ask(f'{page}&sort={sort}')[0]:.0f} ms")
        order, _ = ask(f"{more}&offset={number // 2}&limit={BLOCK}")
        print(f"first rows in the middle, with the order of all: {order:.0f} ms")
        times, most = [], before
        for stop in range(STOPS):
            offset = stop * max(number - BLOCK, 0) // max(STOPS - 1, 1)
            times.append(ask(f"{more}&offset={offset}&limit={BLOCK}")[0])
            most = max(most, megabytes(address))
        print(
            f"scrolled through in {STOPS} stops: median {median(times):.0f}, most {max(times):.0f} ms"
        )
        print(f"memory: {before:.0f} MB before, {most:.0f} MB at most while scrolling")
        begin, size, peak = time.perf_counter(), 0, most
        with urllib.request.urlopen(f"{address}/api/explore/kubs.csv?role=analyst") as answer:
            while piece := answer.read(1 << 22):
                size += len(piece)
                peak = max(peak, megabytes(address))
        seconds = time.perf_counter() - begin
        print(f"CSV of all: {size / 1e6:.0f} MB in {seconds:.0f} s, {peak:.0f} MB at most")


def main() -> None:
    if FOLDER:
        measure(Path(FOLDER))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kub("sample", "--kub", str(KUB), "--out", folder / "records", data_folder=folder)
        kub("import", "--no-limits", *sorted((folder / "records").iterdir()), data_folder=folder)
        measure(folder)


if __name__ == "__main__":
    main()
