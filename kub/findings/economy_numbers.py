"""The large numbers of Ekonomi, and the one of them that Ringkasan has."""

import pandas as pd

from kub.findings.economy import in_year, reported_years, title_year
from kub.findings.numbers import Number
from kub.findings.overview import known
from kub.findings.phrases import Row, signed_share
from kub.words import Words


def numbers(frame: pd.DataFrame, words: Words) -> list[Number]:
    """Change on matched KUB, revenue per KUB and per member, how many state it. Not how much it is
    in all: that moves with how many report, and a large number is taken for a finding.

    frame: of the question revenue. All of the year that titles speak of; [] where no KUB ever
    stated any.
    """
    rows = reported_years(frame)
    if not rows:
        return []
    row = title_year(rows)
    return [_change(row, words), _per_kub(row, words), _per_member(row, words), _share(row, words)]


def per_kub(frame: pd.DataFrame, words: Words) -> Number | None:
    """Revenue per KUB, beside it how many state theirs; None where no KUB ever stated any."""
    rows = reported_years(frame)
    if not rows:
        return None
    row = title_year(rows)
    note = words("economy.number.stated", when=in_year(row, words), **_counts(row))
    return _amount("per_kub", row["revenue_per_kub"], row, note, words)


def _counts(row: Row) -> dict[str, int]:
    return {"earners": row["earners"], "lived": row["lived"]}


def _amount(name: str, amount: float | None, row: Row, note: str, words: Words) -> Number:
    label = words(f"economy.number.{name}")
    if known(amount):
        return Number(label, words.write(amount, "rp3"), note)
    if row["earners"]:
        return Number(label, words("withheld.short"), words("economy.number.withheld"))
    return Number(label, words.write(None), words("economy.number.silent"))


def _change(row: Row, words: Words) -> Number:
    label, change = words("economy.number.change"), row["matched_change"]
    when = in_year(row, words)
    if not known(change):
        return Number(label, words.write(None), words("economy.number.no_change", when=when))
    written = signed_share(words, change)
    tone = {"+": "up", "−": "down"}.get(written[:1], "")
    note = words("economy.number.matched", n=row["matched_kub"], when=when)
    return Number(label, written, note, tone)


def _per_kub(row: Row, words: Words) -> Number:
    note = in_year(row, words)
    if known(row["median_per_kub"]):
        note = words("economy.number.median", amount=row["median_per_kub"])
    return _amount("per_kub", row["revenue_per_kub"], row, note, words)


def _per_member(row: Row, words: Words) -> Number:
    amount = row["revenue_per_member"]
    if not known(amount) and known(row["revenue_idr"]):
        note = words("revenue_villages.legend.no_members")
        return Number(words("economy.number.per_member"), words.write(None), note)
    return _amount("per_member", amount, row, in_year(row, words), words)


def _share(row: Row, words: Words) -> Number:
    note = words("economy.number.stated", when=in_year(row, words), **_counts(row))
    return Number(words("economy.number.share"), words.write(row["stated_share"], "p0"), note)
