"""What a comparison says of rows with names: sectors, districts, villages, trades."""

from collections.abc import Sequence

from kub.findings import Finding
from kub.findings.against import (
    COUNTS,
    Part,
    Sides,
    amounts,
    direction,
    pair,
    short,
    withheld,
    write,
)
from kub.words import Words
from kub.words.columns import difference


def parts(
    listed: Sequence[Part],
    column: str,
    spec: str,
    rows: str,
    sides: Sides,
    words: Words,
    subtitle: str,
    tell: str = "most",
) -> Finding:
    """Rows with names: the one that differs most, and in how many either side has more.

    rows: what a row is, a key under [against.rows]. subtitle: what is measured. tell: which of the
    two the title says, most or spread. Where no row is of both sides, how many have any on either.
    """
    noun = words(f"against.rows.{rows}")
    where = {"own": sides.in_own, "other": sides.in_other, "rows": noun}
    where["way"] = words(f"against.way.{'more' if spec in COUNTS else 'higher'}")
    both = [part for part in listed if part.apart >= 0]
    caveat = withheld([n for part in listed for n in (part.own, part.other)], column, words)
    if not both:
        return _without_common(listed, column, spec, where, sides, words, subtitle, tell)
    some = [part for part in both if part.own or part.other]
    moves = [direction(part.own or 0, part.other or 0, spec, words) for part in some]
    same = moves.count("same")
    if same == len(moves):
        names = {"first": sides.own, "second": sides.other}
        return Finding(
            words("against.all_same", n=len(both), rows=noun, **names), subtitle, "", caveat
        )
    if len(listed) == 1:
        title = pair(both[0].own, both[0].other, column, spec, sides, words, subtitle)
        return Finding(title, subtitle, "", caveat)
    up = sum(move in ("more", "higher") for move in moves)
    key = "spread" if same else "spread_all"
    spread = words(
        f"against.{key}", n=len(moves), more=up, fewer=len(moves) - up - same, same=same, **where
    )
    most = max((part.apart for part in some if part.leads), default=0.0)
    leading = [part for part in some if part.leads and part.apart == most]
    if len(leading) != 1 or not most:
        return Finding(spread, subtitle, "", caveat)
    [part] = leading
    title = words(
        "against.most",
        name=part.name,
        a=_with_noun(part.own, column, spec, words),
        b=write(part.other, column, spec, words),
        difference=difference((part.own or 0) - (part.other or 0), short(spec), words),
        **where,
    )
    if tell == "spread":
        return Finding(spread, subtitle, f"{title}.", caveat)
    return Finding(title, subtitle, f"{spread}.", caveat)


def _with_noun(number: float | None, column: str, spec: str, words: Words) -> str:
    """'14 KUB', '120 anggota'; others as they are."""
    key = f"against.value.{column}"
    text = write(number, column, spec, words)
    return words(key, n=text) if words.has(key) and number is not None else text


def _without_common(
    listed: Sequence[Part],
    column: str,
    spec: str,
    where: dict[str, str],
    sides: Sides,
    words: Words,
    subtitle: str,
    tell: str,
) -> Finding:
    """No row is of both sides: two districts have no village in common. tell: as in `parts`; the
    most is then that of either side.
    """
    mine = [part for part in listed if part.own is not None]
    theirs = [part for part in listed if part.other is not None]
    if len(mine) == len(theirs) == 1:
        what = "" if words.has(f"against.pair.{column}") else subtitle
        title = pair(mine[0].own, theirs[0].other, column, spec, sides, words, what)
        return Finding(title, subtitle, "")
    counts = [sum(1 for part in mine if part.own), sum(1 for part in theirs if part.other)]
    key = f"against.places.{column}"
    both = words(
        key if words.has(key) else "against.places_of",
        a=counts[0],
        b=counts[1],
        what=_low(subtitle),
        **where,
    )
    moved = direction(counts[0], counts[1], "n", words)
    title = words(f"against.{moved}", pair=both, **amounts(counts[0], counts[1], "n", words))
    highest = [
        _highest([(part.name, n) for part, n in side])
        for side in (
            [(part, part.own) for part in mine if part.leads],
            [(part, part.other) for part in theirs if part.leads],
        )
    ]
    texts = [side and f"{side[0]} {_with_noun(side[1], column, spec, words)}" for side in highest]
    if all(texts):
        most = words("against.highest", a=texts[0], b=texts[1], **where)
    elif any(texts):
        [at] = [at for at, text in enumerate(texts) if text]
        most = words("against.highest_one", a=texts[at], where=where[("own", "other")[at]])
    else:
        return Finding(title, subtitle, "")
    if tell == "spread":
        return Finding(title, subtitle, f"{most}.")
    return Finding(most, subtitle, f"{title}.")


def _highest(listed: Sequence[tuple[str, float | None]]) -> tuple[str, float] | None:
    """The row with most; None where there is no such row, or several."""
    known = [(name, number) for name, number in listed if number]
    most = max((number for _, number in known), default=0.0)
    leading = [row for row in known if row[1] == most]
    return leading[0] if len(leading) == 1 else None


def _low(text: str) -> str:
    """A heading in a sentence: 'Jumlah' as 'jumlah', 'KUB' as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
