"""Texts are made once, whoever asks, and never more are kept than was allowed."""

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from kub.web.text_cache import Packed, TextCache


def test_a_text_is_made_once_however_many_ask_for_it_at_once() -> None:
    cache, begun, go_on, made = TextCache(), Event(), Event(), []

    def make() -> str:
        made.append(1)
        begun.set()
        go_on.wait(10)
        return "halaman"

    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(cache.get, "a", make) for _ in range(4)]
        begun.wait(10)
        go_on.set()
        texts = {each.result().body for each in waiting}
    assert texts == {b"halaman"} and len(made) == 1
    assert cache.get("a", lambda: pytest.fail("made again")).body == b"halaman"


def test_what_is_kept_is_bounded_in_bytes_and_the_one_longest_unused_goes() -> None:
    text = {name: os.urandom(600).hex() for name in "abc"}
    each = len(Packed.of(text["a"]).zipped)
    cache = TextCache(most=int(2.5 * each))
    for name in "aba":
        cache.get(name, lambda name=name: text[name])
    cache.get("c", lambda: text["c"])
    assert 0 < cache.size <= 2.5 * each
    assert cache.get("a", lambda: pytest.fail("a was used last")).body == text["a"].encode()
    again = []
    cache.get("b", lambda: again.append(1) or text["b"])
    assert again and cache.size <= 2.5 * each


def test_a_text_larger_than_all_room_is_given_and_not_kept() -> None:
    cache = TextCache(most=10)
    assert cache.get("a", lambda: "x" * 50).body == b"x" * 50
    assert cache.size == 0


def test_a_fault_is_raised_and_the_next_one_tries_again() -> None:
    cache = TextCache()

    def fail() -> str:
        raise KeyError("a")

    with pytest.raises(KeyError):
        cache.get("a", fail)
    assert cache.get("a", lambda: "b").body == b"b"


def test_the_tag_follows_the_text_and_the_packing_is_that_of_browsers() -> None:
    assert Packed.of("a").tag != Packed.of("b").tag
    assert Packed.of("a") == Packed.of("a")
    assert gzip.decompress(Packed.of("é").zipped) == "é".encode()
