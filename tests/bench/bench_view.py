"""The server's share of a change: processor time of a page under filters nobody chose before, of one
that is kept, and of the collection of garbage that follows each run of the script.

Calls of functions stand beside: a busy machine doubles the time, the calls stay as they are.
"""

import gc
import random
import sys
import time
from collections.abc import Callable
from cProfile import Profile
from pstats import Stats
from typing import Any

from kub.store.data import Data
from kub.ui import content, view
from kub.ui.data import data
from tests.bench import spread

PAGES = ("overview", "growth", "sectors", "villages")
VIEWS, WARM, CHOSEN = 30, 5, 3  # new views of a page, those before the clock, villages in each


def views(opened: Data, page: str) -> list[dict[str, list[str]]]:
    """Queries that name a few villages with a KUB, other ones for each page."""
    programme = opened.default.programme_id
    rows = opened.con.execute(
        "SELECT DISTINCT village_code FROM kub WHERE programme_id = $programme ORDER BY 1",
        {"programme": programme},
    ).fetchall()
    codes, chance = [code for (code,) in rows], random.Random(page)
    return [{"villages": sorted(chance.sample(codes, CHOSEN))} for _ in range(VIEWS)]


def milliseconds(action: Callable[[], object]) -> float:
    """Processor time of the whole process, all threads."""
    begun = time.process_time()
    action()
    return (time.process_time() - begun) * 1000


def calls(queries: list[dict[str, list[str]]], page: str) -> int:
    """Calls of functions for a new view of this thread."""
    counted = Profile()
    with counted:
        for query in queries:
            content.payload(view.of(query, False), page)
    stats: Any = Stats(counted)
    return int(stats.total_calls / len(queries))


def main() -> None:
    sys.setswitchinterval(0.0005)  # as dashboard.py
    opened = data()
    content.warm()
    gc.collect()
    gc.freeze()
    for page in PAGES:
        asked = views(opened, page)

        def made(query: dict[str, list[str]], page: str = page) -> object:
            return content.payload(view.of(query, False), page)

        new = [milliseconds(lambda query=query: made(query)) for query in asked]
        kept = [milliseconds(lambda query=query: made(query)) for query in asked]
        more = [{**query, "since": ["2015"]} for query in asked[:10]]
        print(f"{page:12} {'new view':12} {spread(new[WARM:])}  calls {calls(more, page)}")
        print(f"{page:12} {'kept view':12} {spread(kept)}")
    print(f"{'every run':12} {'garbage':12} {spread([milliseconds(gc.collect) for _ in range(9)])}")


if __name__ == "__main__":
    main()
