"""Which browser may open a media address: only one whose session made the file.

Streamlit names a file by a hash of its content and gives it to whoever knows the name. Here each
file is tied to the cookie of the browsers whose sessions asked for it (kub/ui/doors.py sets the
cookie and asks `OWNERS`).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.media_file_manager import MediaFileManager

MOST_PAIRS = 20_000  # pairs of file and browser; the one longest unused is forgotten first


class Owners:
    """Files and the browsers that own them, for any number of threads."""

    def __init__(self, most: int = MOST_PAIRS) -> None:
        self._lock = threading.Lock()
        self._pairs: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._most = most

    def add(self, browser: str, file_id: str) -> None:
        """From now on this browser opens the file; '' is no browser."""
        if not browser:
            return
        with self._lock:
            self._pairs[browser, file_id] = None
            self._pairs.move_to_end((browser, file_id))
            while len(self._pairs) > self._most:
                self._pairs.popitem(last=False)

    def owns(self, browser: str, name: str) -> bool:
        """name: of the file as in the address, with its ending."""
        with self._lock:
            return bool(browser) and (browser, _file_id(name)) in self._pairs


OWNERS = Owners()


def _file_id(name: str) -> str:
    # Names are hashes and hold no further dot.
    return name.rsplit("/", 1)[-1].split(".", 1)[0]


def watch(manager: MediaFileManager, browser: Callable[[], str], owners: Owners = OWNERS) -> None:
    """Note whose every file is that `manager` takes in. browser: the cookie of the session whose
    script runs.

    A download made at the click runs outside any script: it belongs to whoever was shown its
    button.
    """
    add, add_deferred, execute = manager.add, manager.add_deferred, manager.execute_deferred

    def noted_add(*args: Any, **named: Any) -> str:
        url = add(*args, **named)
        owners.add(browser(), _file_id(url))
        return url

    def noted_add_deferred(*args: Any, **named: Any) -> str:
        placeholder = add_deferred(*args, **named)
        waiting[placeholder] = browser()
        while len(waiting) > MOST_PAIRS:
            waiting.popitem(last=False)
        return placeholder

    def noted_execute(file_id: str) -> str:
        url = execute(file_id)
        owners.add(waiting.get(file_id, ""), _file_id(url))
        return url

    # By placeholder: the cookie of the session that drew the button, until the click.
    waiting: OrderedDict[str, str] = OrderedDict()
    manager.add = noted_add  # type: ignore[method-assign]
    manager.add_deferred = noted_add_deferred  # type: ignore[method-assign]
    manager.execute_deferred = noted_execute  # type: ignore[method-assign]


def browser_of_session(name: str) -> Callable[[], str]:
    """Reads the cookie of that name of the session whose script runs."""
    return lambda: str(st.context.cookies.get(name, ""))
