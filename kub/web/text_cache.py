"""Texts that were made before, packed and bounded in bytes; each is made once, whoever asks."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from weakref import WeakSet

MOST_BYTES = 16_000_000
# Of all caches since the start, for /metrics.
GETS = {"kept": 0, "made": 0}
_COUNTING = Lock()


@dataclass(frozen=True)
class Packed:
    """A text as browsers take it. tag: by which it is known again."""

    zipped: bytes
    tag: str

    @classmethod
    def of(cls, text: str) -> "Packed":
        body = text.encode()
        return cls(gzip.compress(body, 5, mtime=0), hashlib.sha256(body).hexdigest()[:20])

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.zipped)


class TextCache:
    """The texts used last, for any number of threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._texts: OrderedDict[Hashable, Packed] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()
        _CACHES.add(self)

    @property
    def size(self) -> int:
        """Bytes of what is kept."""
        return self._size

    def get(self, key: Hashable, make: Callable[[], str]) -> Packed:
        """The text under `key`. Whoever asks while it is made waits for it; what `make` raises is
        raised, and the next one tries again.
        """
        if (text := self._kept(key)) is not None:
            _count("kept")
            return text
        _count("made")
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            try:
                if (text := self._kept(key)) is None:
                    text = Packed.of(make())
                    self._store(key, text)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return text

    def _kept(self, key: Hashable) -> Packed | None:
        with self._lock:
            if key not in self._texts:
                return None
            self._texts.move_to_end(key)
            return self._texts[key]

    def _store(self, key: Hashable, text: Packed) -> None:
        with self._lock:
            self._texts[key] = text
            self._size += len(text.zipped)
            while self._size > self._most:
                self._size -= len(self._texts.popitem(last=False)[1].zipped)


_CACHES: "WeakSet[TextCache]" = WeakSet()


def _count(result: str) -> None:
    with _COUNTING:
        GETS[result] += 1


def kept_bytes() -> int:
    """What all caches of this process hold."""
    return sum(cache.size for cache in list(_CACHES))
