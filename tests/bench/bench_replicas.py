"""Many sessions at once, on one replica and on several behind nginx: how long a change of the villages
takes from its message to the end of the run.

`python -m tests.bench.bench_replicas 50/1 200/4` measures 50 sessions on one and 200 on four. It says
something only where each replica has a core, and the sessions one of their own.
"""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from deploy import replicas
from kub.store import database

CHANGES, EVERY_S, PORT = 8, 2.0, 18900


async def run(socket: websockets.ClientConnection, query: str) -> float:
    """Milliseconds of a run of the page under a query."""
    message = BackMsg()
    message.rerun_script.query_string = query
    begun = time.perf_counter()
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket.recv())  # type: ignore[arg-type]
        if answer.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - begun) * 1000


async def session(number: int, villages: list[str], all_there: asyncio.Barrier) -> list[float]:
    """What each change took. Sessions begin together, each at a time of its own."""
    chance = random.Random(number)
    async with websockets.connect(
        f"ws://127.0.0.1:{PORT}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        origin=websockets.Origin(f"http://127.0.0.1:{PORT}"),
        max_size=None,
        open_timeout=120,
    ) as socket:
        await run(socket, "lang=id")
        await all_there.wait()
        await asyncio.sleep(chance.random() * EVERY_S)
        took = []
        for _ in range(CHANGES):
            query = "&".join(f"villages={code}" for code in chance.sample(villages, 3))
            took.append(await run(socket, f"lang=id&{query}"))
            await asyncio.sleep(max(0.0, EVERY_S - took[-1] / 1000))
        return took


async def measured(sessions: int, villages: list[str]) -> list[float]:
    all_there = asyncio.Barrier(sessions)
    lists = await asyncio.gather(
        *(session(number, villages, all_there) for number in range(sessions))
    )
    return sorted(took for listed in lists for took in listed)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        version = database.current(folder)
        with duckdb.connect(str(version.path), read_only=True) as con:
            rows = con.execute(
                "SELECT DISTINCT village_code FROM kub WHERE programme_id = 'BPI-BATANG'"
            )
            villages = sorted(code for (code,) in rows.fetchall())
        for asked in sys.argv[1:] or ["50/1", "200/4"]:
            sessions, number = map(int, asked.split("/"))
            ports = [PORT + 1 + position for position in range(number)]
            run_folder = folder / replicas.RUN
            replicas._up(run_folder, folder, PORT, ports)
            try:
                took = asyncio.run(measured(sessions, villages))
            finally:
                replicas._stop(run_folder, *replicas._started(run_folder))
            late = took[int(len(took) * 0.95)]
            print(
                f"{sessions:4} sessions, {number} replicas: median {median(took):.0f} ms, p95 {late:.0f} ms"
            )


if __name__ == "__main__":
    main()
