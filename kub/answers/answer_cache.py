"""Answers about a whole programme, kept: filters of place and sector leave them as they are.

No others: every object that is kept makes the collection of garbage after each run longer.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from weakref import WeakKeyDictionary

from kub.answers.answer import Answer, answer, asked
from kub.answers.catalog import CATALOG
from kub.findings.options import Options
from kub.store.data import Data
from kub.store.frame_cache import FrameCache
from kub.words import Words
from queries.filters import Filters

MOST_ANSWERS = 16  # of a version
MOST_ROWS = 100  # longer ones have large figures

_KEPT: "WeakKeyDictionary[FrameCache, AnswerCache]" = WeakKeyDictionary()
_NEW = Lock()


class AnswerCache:
    """The answers used last. Whoever gets one must not change it."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer under `key`, made if it is new; two may make the same once."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        made = make()
        if len(made.frame) <= MOST_ROWS:
            with self._lock:
                self._answers[key] = made
                if len(self._answers) > MOST_ANSWERS:
                    self._answers.popitem(last=False)
        return made


def kept_answer(
    data: Data, chart: str, filters: Filters, words: Words, options: Options | None = None
) -> Answer:
    """As `answer` without guests, in the light mode; where it is of the whole programme made once
    for all filters that mean the same to it.

    A map is made each time: what it is drawn on may change beside the version.
    """
    heeded = asked(data, CATALOG[chart].question, filters)

    def make() -> Answer:
        return answer(data, chart, heeded, words, "light", options)

    narrowed = heeded.districts or heeded.villages or heeded.sectors
    if narrowed or "areas" in CATALOG[chart].context:
        return make()
    with _NEW:
        answers = _KEPT.setdefault(data.frame_cache, AnswerCache())
    role = data.role_for(CATALOG[chart].question)
    return answers.get((role, chart, heeded, words.lang, options), make)
