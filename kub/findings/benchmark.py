"""What the charts of Tolok Ukur say: where a programme, or a
guest's own figures, stand among the others.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from kub.findings import Finding
from kub.findings.judgement import directions, judged
from kub.findings.peers import elsewhere
from kub.findings.phrases import Row, records
from kub.findings.reach import RANKED_FROM
from kub.words import Words
from kub.words.columns import rate_kind

MARKS = {"partly": "≈", "no": "≠"}  # definition -> sign at the value, explained in the subtitle
UNITS = {"kub": 10_000, "members": 1_000}  # residents
DRAWN = 40  # programmes in the chart of `rates`; the table has them all
TAILS = (0.025, 0.001)  # of the 95 % and the 99.8 % limits, on each side


class Comparison(NamedTuple):
    """The rows of a comparison: the host, the guests, and the
    loaded programmes other than the host.
    """

    host: Row
    guests: list[Row]
    peers: list[Row]

    @property
    def subject(self) -> Row:
        """The row whose value is written at the right: the first guest's, else the host's."""
        return self.guests[0] if self.guests else self.host


def side(rows: Sequence[Row], own: str | None) -> Comparison:
    """The rows of an indicator or rate, a row per programme, by their part.

    Raises ValueError without `own`.
    """
    # Exactly one: a missing host is a bug of the caller, never an empty chart.
    [host] = [row for row in rows if row["programme"] == own and not row["declared"]]
    loaded = [row for row in rows if row is not host and not row["declared"]]
    return Comparison(host, [row for row in rows if row["declared"]], loaded)


def lines(frame: pd.DataFrame, own: str | None) -> list[tuple[str, Comparison]]:
    """Each indicator of `benchmark` with its rows, in the order of the frame."""
    return [
        (str(name), side(records(rows), own))
        for name, rows in frame.groupby("indicator", sort=False)
    ]


def rows_per(frame: pd.DataFrame, per: str) -> list[Row]:
    """The rows of `rates` counted per this."""
    return [row for row in records(frame) if row["per"] == per]


def because(row: Row, words: Words) -> str:
    """Why this figure is not of quite the same definition, or ''."""
    if pd.isna(row["because"]):
        return ""
    key = f"cell.because.{row['because']}"
    return words(key) if words.has(key) else str(row["because"])


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def benchmark(frame: pd.DataFrame, words: Words, own: str | None = None) -> Finding:
    """On how many indicators the host is better than the median of those
    elsewhere; a guest is set beside the host.
    """
    every = lines(frame, own)
    host, guests, peers = every[0][1]
    # A regency never stands in the median that it is held against.
    peers = elsewhere(peers, host, *guests)
    regency = every[0][1].subject["regency"]
    subtitle = words("benchmark.subtitle", n=len(every), regency=regency)
    if not guests and not peers:
        return Finding(
            words("benchmark.alone", regency=host["regency"]),
            subtitle,
            words("benchmark.alone_todo"),
        )
    # Signs are explained where a value bears them, not for programmes that stand as dots alone.
    figures = [row for _, sides in every if not pd.isna((row := figure(sides))["value"])]
    kinds = {row["definition"] for row in figures}
    marks = [
        f"{sign} {words(f'benchmark.mark.{kind}')}" for kind, sign in MARKS.items() if kind in kinds
    ]
    subtitle = " · ".join([subtitle, *marks])
    against = [(name, sides.host, elsewhere(sides.peers, host, *guests)) for name, sides in every]
    beside = [(name, figure(sides), [sides.host]) for name, sides in every]
    pairs = beside if guests else against
    title, names = judged(pairs, words)
    detail = [f"{title}."]
    if names:
        detail.append(words("benchmark.names", names=words.listing(names)))
    if guests and peers:
        detail.append(f"{judged(against, words)[0]}.")
    detail.append(
        words("benchmark.judged", n=sum(bool(better) for better in directions().values()))
    )
    caveat = [_differs(figures, words)]
    if any(row["is_sample"] for row in peers):
        caveat.append(words("benchmark.sample_median"))
    return Finding(title, subtitle, _joined(*detail), _joined(*caveat))


def figure(sides: Comparison) -> Row:
    """The row whose value is written at the right (Comparison.subject)."""
    return sides.subject


def _differs(rows: Sequence[Row], words: Words) -> str:
    """That figures are not of the same definition, on how many
    indicators and why; '' where all are.
    """
    reasons = list(dict.fromkeys(reason for row in rows if (reason := because(row, words))))
    if not reasons:
        return ""
    n = sum(row["definition"] in MARKS for row in rows)
    return words(
        "benchmark.differs", n=n, regency=rows[0]["regency"], reasons=words.listing(reasons)
    )


def rates(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    own: str | None = None,
    per: str = "residents",
) -> Finding:
    """How many per residents or village, or in all, and which place
    that is; guests are set beside the host.
    """
    rows = rows_per(frame, per)
    host, guests, peers = side(rows, own)
    what, aided = words(f"rates.what.{measure}.{per}"), [row for row in rows if because(row, words)]
    kind = "count" if per == "count" else "rate"
    notes = [words(f"rates.subtitle.{kind}", what=what)]
    if usual := usual_year(rows, words):
        same = all(exposed(row, words) in ("", usual) for row in rows)
        notes.append(usual if same else words("rates.usual", year=usual))
    if aided:
        notes.append(f"{MARKS['no']} {words('benchmark.mark.no')}")
    subtitle = " · ".join(notes)
    # A guest who left this figure out is not set beside anybody.
    beside = [row for row in guests if not pd.isna(row["value"])]
    if beside:
        figures = [f"{row['regency']} {value(row, words)}" for row in [*beside, host]]
        title = words("rates.beside", figures=", ".join(figures), what=what)
        detail = [f"{_placed(row, what, words)}." for row in [*beside, host]]
    else:
        title = _placed(host, what, words)
        detail = [f"{title}.", _ends([host, *peers], words)]
    if len(rows) > DRAWN:
        detail.append(words("rates.more", n=len(rows) - DRAWN))
    if not guests and not peers:
        detail.append(words("benchmark.alone_todo"))
    caveat = [
        words("rates.differs", regency=row["regency"], reason=because(row, words)) for row in aided
    ]
    if peers and any(row["is_sample"] for row in [host, *peers]):
        caveat.append(words("rates.sample"))
    return Finding(title, subtitle, _joined(*detail), _joined(*caveat))


def exposed(row: Row, words: Words) -> str:
    """What the rate is counted on: 'penduduk 2022', '248 desa'; nothing beside a count."""
    parts = {"year": row["exposure_year"], "exposure": row["exposure"]}
    return "" if pd.isna(row["exposure"]) else words(f"rates.note.{row['per']}", **parts)


def usual_year(rows: Sequence[Row], words: Words) -> str:
    """The year of residents that more than half of the rows are counted on, or nothing."""
    known = [exposed(row, words) for row in rows if row["per"] == "residents"]
    known = [text for text in known if text]
    usual, n = Counter(known or [""]).most_common(1)[0]
    return usual if n > 1 and 2 * n > len(known) else ""


def value(row: Row, words: Words) -> str:
    """The value of a row of `rates`, as people write it."""
    return words.write(row["value"], rate_kind(row["per"]))


def _placed(row: Row, what: str, words: Words) -> str:
    """'Kabupaten Batang: 2,5 KUB per 10.000 penduduk, urutan ke-3
    dari 5 (mungkin ke-2 sampai ke-4)'.
    """
    values = {"regency": row["regency"], "value": value(row, words), "what": what}
    if pd.isna(row["value"]):
        return words("rates.missing", **values)
    # A rank needs a second one to be above or below.
    if pd.isna(row["rank"]) or row["ranked"] < 2:
        if row["n"] < RANKED_FROM:
            return words("rates.few", **values)
        return words("rates.value", **values)
    values |= {"rank": int(row["rank"]), "of": int(row["ranked"])}
    # The range that intervals leave open is said where it is more than one place.
    if pd.isna(row["rank_best"]) or row["rank_best"] == row["rank_worst"]:
        return words("rates.ranked", **values)
    return words("rates.open", **values, best=int(row["rank_best"]), worst=int(row["rank_worst"]))


def _ends(rows: Sequence[Row], words: Words) -> str:
    """The highest and the lowest, '' where several are level at an end."""
    # Of several that are level none is named: it would be chosen by the order of rows.
    known = [row for row in rows if not pd.isna(row["value"])]
    values = [row["value"] for row in known]
    if (
        not values
        or any(values.count(end) > 1 for end in (min(values), max(values)))
        or len(values) < 2
    ):
        return ""
    lowest, highest = (
        next(row for row in known if row["value"] == end) for end in (min(values), max(values))
    )
    least, most = (value(row, words) for row in (lowest, highest))
    return words(
        "rates.ends", lowest=lowest["regency"], least=least, highest=highest["regency"], most=most
    )


def points(rows: Sequence[Row]) -> tuple[list[Row], float]:
    """The rows of `rates` that a funnel can hold, and what one unit of
    exposure carries over all loaded programmes.
    """
    rows = [row for row in rows if not (pd.isna(row["value"]) or pd.isna(row["exposure"]))]
    # A guest's figures do not move the overall rate that they are held against.
    loaded = [row for row in rows if not row["declared"]]
    exposed = sum(row["exposure"] for row in loaded)
    if not exposed:
        return rows, 0.0
    return rows, sum(row["n"] for row in loaded) / exposed


def unit(measure: str, per: str) -> int:
    """What a rate is counted per: 10,000 or 1,000 residents, or a single village."""
    return UNITS[measure] if per == "residents" else 1


def limits(expected: float, tail: float) -> tuple[float, float]:
    """Counts that chance leaves with at most `tail` on each side of an expected count: below the
    one, above the other.

    Quantiles of the Poisson distribution, made continuous by the gamma function; a count lies
    outside exactly where its Garwood interval misses the expected count.
    """
    from scipy.special import pdtrik  # 0.1 s, that only a funnel needs

    # Limits of the normal distribution would fall below zero for the counts of small regencies.
    low, high = (float(pdtrik(p, expected)) for p in (tail, 1 - tail))
    return low, high + 1


def position(row: Row, overall: float) -> str:
    """Where a count lies around the overall rate: within | above
    | far_above | below | far_below.
    """
    place = "within"
    # The wider limits come last, so they decide where a count lies outside both.
    for tail, how in zip(TAILS, ("", "far_"), strict=True):
        low, high = limits(overall * row["exposure"], tail)
        if row["n"] < low:
            place = f"{how}below"
        elif row["n"] > high:
            place = f"{how}above"
    return place


def rates_funnel(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    own: str | None = None,
    per: str = "residents",
) -> Finding:
    """Whether the host, or a guest, differs from the overall rate by more than chance."""
    what = words(f"rates.what.{measure}.{per}")
    if per == "count":
        return Finding(words("funnel.count"), what, words("funnel.count_todo"))
    rows = rows_per(frame, per)
    host, guests, peers = side(rows, own)
    subtitle = words(f"funnel.subtitle.{per}", what=what)
    if not guests and not peers:
        return Finding(
            words("benchmark.alone", regency=host["regency"]),
            subtitle,
            words("benchmark.alone_todo"),
        )
    held, overall = points(rows)
    if not overall:
        return Finding(words("funnel.none", what=what), subtitle, words("funnel.none_todo"))
    subjects = [row for row in [*guests, host] if any(row is point for point in held)]
    sentences = [
        words(f"funnel.{position(row, overall)}", regency=row["regency"], value=value(row, words))
        for row in subjects
    ]
    title = "; ".join(sentences) or words("rates.missing", regency=host["regency"], what=what)
    out = [row["regency"] for row in held if position(row, overall) != "within"]
    average = words.write(overall * unit(measure, per), rate_kind(per))
    detail = [f"{title}.", words("funnel.overall", average=average, what=what)]
    if out:
        detail.append(words("funnel.outside", names=words.listing(out)))
    else:
        detail.append(words("funnel.inside"))
    caveat = [
        words("rates.differs", regency=row["regency"], reason=reason)
        for row in rows
        if (reason := because(row, words))
    ]
    if any(row["is_sample"] for row in held):
        caveat.append(words("funnel.sample"))
    return Finding(title, subtitle, _joined(*detail), _joined(*caveat))
