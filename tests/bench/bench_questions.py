"""How long each question takes on the version in use: without filter, for one district and for one
village. CPU of this process, on a cursor that is kept, as a page asks.
"""

import time
from dataclasses import replace

import queries
from kub.store import database
from kub.store.data import Data
from queries.filters import Filters
from tests.bench import spread

ROUNDS = 20


def scopes(data: Data) -> dict[str, Filters]:
    """All of the default programme, a district of it and a village."""
    everything = Filters(programme=data.default.programme_id)
    [(district, village)] = data.con.execute(
        """SELECT district_code, village_code FROM kub JOIN village USING (programme_id, village_code)
        WHERE programme_id = $programme LIMIT 1""",
        {"programme": everything.programme},
    ).fetchall()
    return {
        "all": everything,
        "one district": replace(everything, districts=(district,)),
        "one village": replace(everything, villages=(village,)),
    }


def spans(data: Data, question: str, filters: Filters, rounds: int) -> list[float]:
    """Processor time of each of some rounds, in ms."""
    own, times = queries.cursor(data.con), []
    for _ in range(rounds):
        started = time.process_time()
        queries.ask_on(own, question, filters)
        times.append((time.process_time() - started) * 1000)
    return times


def questions(data: Data, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Of every question, without a filter."""
    everything = scopes(data)["all"]
    return {name: spans(data, name, everything, rounds) for name in queries.QUESTIONS}


def main() -> None:
    data = Data.open(database.current())
    print(f"{ROUNDS} rounds on {data.version.name}")
    for question in queries.QUESTIONS:
        for title, filters in scopes(data).items():
            print(f"{question:20} {title:12} {spread(spans(data, question, filters, ROUNDS))}")


if __name__ == "__main__":
    main()
