"""How long each question takes on the version in use, without filter and for one village."""

import time
from dataclasses import replace

import queries
from kub.store import database
from queries.filters import Filters
from tests.bench import spread

ROUNDS = 20


def main() -> None:
    version = database.current()
    con = database.connect(version)
    [(programme, village)] = con.execute(
        "SELECT programme_id, village_code FROM kub JOIN programme USING (programme_id) ORDER BY position LIMIT 1"
    ).fetchall()
    everything = Filters(programme=programme)
    print(f"{ROUNDS} rounds on {version.name}")
    for question in queries.QUESTIONS:
        for title, filters in (
            ("all", everything),
            ("one village", replace(everything, villages=(village,))),
        ):
            spans = []
            for _ in range(ROUNDS):
                started = time.perf_counter()
                queries.ask(con.cursor(), question, filters)
                spans.append((time.perf_counter() - started) * 1000)
            print(f"{question:16} {title:12} {spread(spans)}")


if __name__ == "__main__":
    main()
