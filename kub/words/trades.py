"""Trades as the language of the screen names them: workbooks write them in Indonesian."""

from functools import cache

from kub import places
from kub.words import Words


@cache
def _english() -> dict[str, str]:
    return {row["written"]: row["english"] for row in places.reference("trades.csv")}


def trade(written: str, words: Words) -> str:
    """'katering' as 'catering' in English (data/reference/trades.csv);
    one that the table does not know stays.
    """
    if words.lang != "en":
        return written
    return _english().get(" ".join(written.casefold().split()), written)


def called(part: str, words: Words) -> tuple[str, ...]:
    """The activities, as workbooks write them, whose name in the language contains `part`."""
    if words.lang != "en":
        return ()
    return tuple(
        " ".join(written.casefold().split())
        for written, english in _english().items()
        if part in english.casefold()
    )
