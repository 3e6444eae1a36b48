"""How long each question takes on the version in use: without filter, for one district and for one
village. CPU of this process, on a cursor that is kept, as a page asks.
"""

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
    [(programme, district, village)] = con.execute(
        """SELECT programme_id, district_code, village_code FROM kub
        JOIN village USING (programme_id, village_code) JOIN programme USING (programme_id)
        ORDER BY position LIMIT 1"""
    ).fetchall()
    everything = Filters(programme=programme)
    own = queries.cursor(con)
    print(f"{ROUNDS} rounds on {version.name}")
    for question in queries.QUESTIONS:
        for title, filters in (
            ("all", everything),
            ("one district", replace(everything, districts=(district,))),
            ("one village", replace(everything, villages=(village,))),
        ):
            spans = []
            for _ in range(ROUNDS):
                started = time.process_time()
                queries.ask_on(own, question, filters)
                spans.append((time.process_time() - started) * 1000)
            print(f"{question:20} {title:12} {spread(spans)}")


if __name__ == "__main__":
    main()
