"""Sentences that compare programmes: at the same age, and by their mix of sectors."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Literal, NamedTuple

import pandas as pd

from kub.findings import Finding
from kub.findings.leaders import level
from kub.findings.peers import home
from kub.findings.phrases import Row, records
from kub.findings.sectors import OTHER
from kub.words import Words
from kub.words.columns import rate_kind

COLUMN = {
    ("kub", "count"): "kub",
    ("kub", "residents"): "kub_per_10k",
    ("kub", "villages"): "kub_per_village",
    ("members", "count"): "members",
    ("members", "residents"): "members_per_1k",
    ("members", "villages"): "members_per_village",
}
# bars of programme_sectors; more rows cannot be read from five metres, the table has them all
SHOWN = 20
NOTABLE = 0.05  # a smaller share is no sector to be known for
ALIKE = 1.1  # times the share of the others; below it nothing stands out
RARE = 0.8

Relation = Literal["own", "guest", "other"]


class ProgrammeRows(NamedTuple):
    """The rows of a programme, in the order of the frame; those of
    programme_years all have a value.
    """

    name: str
    part: Relation
    rows: list[Row]

    @property
    def home(self) -> str:
        """The regency of the programme; a guest of a loaded regency is shown under another name."""
        return home(self.rows[0]) if self.rows else self.name

    @property
    def is_sample(self) -> bool:
        return any(row["is_sample"] for row in self.rows)


ProgrammeValue = tuple[ProgrammeRows, float]


def programmes(frame: pd.DataFrame, own: str) -> list[ProgrammeRows]:
    """Own first, then guests, then the others as they come.

    Without such a programme the first is the own one.
    """
    # A link may name a programme that this version does not have.
    host = own if own in set(frame["programme"]) else frame["programme"].iloc[0]
    listed = []
    for code, group in frame.groupby("programme", sort=False):
        rows = records(group)
        if rows[0]["declared"]:
            part: Relation = "guest"
        elif code == host:
            part = "own"
        else:
            part = "other"
        listed.append(ProgrammeRows(str(rows[0]["regency"]), part, rows))
    order: list[Relation] = ["own", "guest", "other"]
    return sorted(listed, key=lambda programme: order.index(programme.part))


def courses(frame: pd.DataFrame, own: str, column: str) -> list[ProgrammeRows]:
    """The programmes with the years in which `column` is known;
    the own one stays even without any.
    """
    known = [
        programme._replace(rows=[row for row in programme.rows if not pd.isna(row[column])])
        for programme in programmes(frame, own)
    ]
    return [programme for programme in known if programme.rows or programme.part == "own"]


def programme_years(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    own: str = "",
    per: str = "residents",
    axis: str = "age",
) -> Finding:
    """The own programme beside the median of the others, or a guest beside the own one, at the last
    age both have had.

    axis: age (years of the programme) | calendar. per: residents | villages | count.
    """
    by = "age" if axis == "age" else "year"
    column, what = COLUMN[measure, per], words(f"rates.what.{measure}.{per}")
    listed = courses(frame, own, column) if len(frame) else []
    notes = [words(f"programme_years.subtitle.{by}", what=what)]
    if any(programme.rows and programme.rows[-1]["provisional"] for programme in listed):
        notes.append(words("programme_years.provisional"))
    subtitle = " · ".join(notes)
    if not listed:
        return Finding(words("compared.none"), subtitle, words("compared.empty_todo"))
    host, guests = listed[0], [programme for programme in listed if programme.part == "guest"]
    # A regency never stands in the median it is held against.
    compared_here = {programme.home for programme in (host, *guests)}
    others = [
        programme
        for programme in listed
        if programme.part == "other" and programme.home not in compared_here
    ]
    if guests:
        subject, against = guests[0], [host]
    else:
        subject, against = host, others
    if not subject.rows:
        title = words("programme_years.missing", what=what[0].upper() + what[1:], regency=host.name)
        return Finding(title, subtitle, words("programme_years.missing_todo"))
    if not any(row[column] for programme in listed for row in programme.rows):
        return Finding(
            words("compared.empty", regency=subject.name), subtitle, words("compared.empty_todo")
        )
    row, shared = _last_shared(subject, against, by, column)

    def write(value: float) -> str:
        return words.write(value, rate_kind(per))

    values: dict[str, object] = {
        "regency": subject.name,
        "value": write(row[column]),
        "what": what,
    }
    values["at"] = words(f"programme_years.at.{by}", age=row["age"], year=row["year"])
    if shared:
        values |= {"name": shared[0][0].name, "n": len(shared), "other": write(_median(shared))}
    key = _title_key(against, shared)
    title = words(f"programme_years.title.{key}", **values)
    peers: list[ProgrammeValue] = []
    sentences = [_now(host, by, column, write, words)] if host.rows else []
    caveat: list[str] = []
    compared = [programme for programme, _ in shared]
    if guests:
        peers = _at(others, by, row[by], column)
        sentences.append(_peers(peers, write, words))
        caveat.append(words("compared.declared_note", regency=subject.name))
        compared += [programme for programme, _ in peers]
    else:
        sentences.append(_range(others, column, write, words))
        compared = others
    if any(programme.is_sample for programme in compared):
        is_median = key == "median" or len(peers) > 1
        kind = "median" if is_median else "other"
        caveat.append(words(f"compared.sample_{kind}"))
    return Finding(title, subtitle, " ".join(filter(None, sentences)), " ".join(caveat))


def _title_key(against: Sequence[ProgrammeRows], shared: Sequence[ProgrammeValue]) -> str:
    """alone (nobody to compare with) | apart (no common age or year) | one | median."""
    if not against:
        return "alone"
    if not shared:
        return "apart"
    return "one" if len(shared) == 1 else "median"


def _at(listed: Sequence[ProgrammeRows], by: str, when: int, column: str) -> list[ProgrammeValue]:
    """Those that have a value at that age or in that year, with it."""
    return [
        (programme, row[column])
        for programme in listed
        for row in programme.rows
        if row[by] == when
    ]


def _median(points: Sequence[ProgrammeValue]) -> float:
    return median(value for _, value in points)


def _last_shared(
    subject: ProgrammeRows, against: list[ProgrammeRows], by: str, column: str
) -> tuple[Row, list[ProgrammeValue]]:
    """The last row of `subject` at which any of the others has a value too,
    and theirs; else its last row, and none.
    """
    # The present of a young programme and of an old one are different ages: what both have had is
    # compared, and the later the better.
    for row in reversed(subject.rows):
        if values := _at(against, by, row[by], column):
            return row, values
    return subject.rows[-1], []


def _now(
    host: ProgrammeRows, by: str, column: str, write: Callable[[float], str], words: Words
) -> str:
    last = host.rows[-1]
    values = {
        "regency": host.name,
        "value": write(last[column]),
        "age": last["age"],
        "on": last["as_of"],
    }
    return words(f"programme_years.now.{by}", **values)


def _peers(points: list[ProgrammeValue], write: Callable[[float], str], words: Words) -> str:
    """What the loaded programmes other than the own one had at the guest's age; '' without any."""
    if not points:
        return ""
    key = "programme_years.peers" if len(points) > 1 else "programme_years.peers_one"
    return words(key, regency=points[0][0].name, n=len(points), value=write(_median(points)))


def _range(
    others: list[ProgrammeRows], column: str, write: Callable[[float], str], words: Words
) -> str:
    """The last values of the others, from lowest to highest; a hint where there are no others."""
    if not others:
        return words("compared.alone_todo")
    last = sorted(programme.rows[-1][column] for programme in others)
    if len(last) == 1:
        return words("programme_years.others_one", regency=others[0].name, value=write(last[0]))
    return words("programme_years.others", low=write(last[0]), high=write(last[-1]))


def programme_sectors(frame: pd.DataFrame, words: Words, own: str = "") -> Finding:
    """The sector for which the own programme, or a guest, is best
    known beside the others together.
    """
    listed = programmes(frame, own) if len(frame) else []
    subtitle = words("programme_sectors.subtitle")
    if not listed:
        return Finding(words("compared.none"), subtitle, words("compared.empty_todo"))
    if len(listed) > SHOWN:
        subtitle += f" · {words('compared.cut', n=len(listed) - SHOWN)}"
    guests = [programme for programme in listed if programme.part == "guest"]
    # A guest may leave sectors out. The sentence says so: a missing bar would look like a fault.
    silent = [programme for programme in guests if not stated(programme)]
    subject = next((programme for programme in guests if stated(programme)), listed[0])
    unstated = [words("programme_sectors.unstated", regency=programme.name) for programme in silent]
    rows = [row for row in subject.rows if not pd.isna(row["share"])]
    if not rows:
        title = words("compared.empty", regency=subject.name)
        return Finding(title, subtitle, " ".join([words("compared.empty_todo"), *unstated]))
    # With one sector chosen its share among the chosen is 1 everywhere: nothing is typical.
    if len(rows) == 1:
        key: str = "chosen_alone" if pd.isna(rows[0]["others_share"]) else "chosen"
        values = {
            "regency": subject.name,
            "share": rows[0]["share"],
            "others": rows[0]["others_share"],
        }
        title = words(f"programme_sectors.{key}", **values)
        return Finding(
            title, subtitle, " ".join([words("programme_sectors.one_sector_todo"), *unstated])
        )
    title, detail = _typical(subject.name, rows, words)
    caveat = []
    if subject.part == "guest":
        caveat.append(words("compared.declared_note", regency=subject.name))
    others = [
        programme for programme in listed if programme is not subject and programme.part != "guest"
    ]
    if any(programme.is_sample for programme in others):
        caveat.append(words("compared.sample_other"))
    return Finding(title, subtitle, " ".join([*detail, *unstated]) or f"{title}.", " ".join(caveat))


def stated(programme: ProgrammeRows) -> bool:
    """Whether its KUB by sector are known; a guest may leave them out."""
    return not any(pd.isna(row["kub"]) for row in programme.rows)


def _typical(name: str, rows: list[Row], words: Words) -> tuple[str, list[str]]:
    """Title, and what the takeaway says of the sector that is rarer than elsewhere. rows: with a
    share.

    What is left over as "other" is typical of nobody, and of sectors that are level none is the
    most typical.
    """

    def say(key: str, row: Row, sectors: str = "") -> str:
        values = {"share": row["share"], "others": row["others_share"], "lq": row["lq"]}
        return words(
            f"programme_sectors.{key}",
            regency=name,
            sector=sectors or _sector(row, words),
            **values,
        )

    named = [row for row in rows if row["sector"] != OTHER]
    known = [row for row in named if not pd.isna(row["others_share"])]
    if not known:
        return _largest(name, named, words), [words("compared.alone_todo")]
    # A quotient over a tiny share is a matter of one or two KUB.
    own = [row for row in known if row["share"] >= NOTABLE]
    # Where nobody else has the sector there is no quotient to rank by, but no doubt either.
    only = _first([row for row in own if not row["others_share"]], "share")
    top = _first([row for row in own if row["others_share"]], "lq")
    if only:
        title = say("only", only[0])
    elif not top:
        title = words("programme_sectors.no_sector", regency=name)
    elif top[0]["lq"] < ALIKE:
        title = say("alike", top[0])
    else:
        key = "leads" if len(top) == 1 else "level"
        title = say(key, top[0], words.listing([_sector(row, words) for row in top]))
    fewest = _first([row for row in known if row["others_share"] >= NOTABLE], "lq", least=True)
    if fewest and fewest[0]["lq"] <= RARE:
        return title, [say("fewer", row) for row in fewest[:1]]
    if top and not only and top[0]["lq"] < ALIKE:
        return title, [
            say("furthest", max(known, key=lambda row: abs(row["share"] - row["others_share"])))
        ]
    return title, []


def _largest(name: str, rows: list[Row], words: Words) -> str:
    """Which sector is the largest of the one programme there is, or which are level."""
    first = level({_sector(row, words): row["share"] for row in rows})
    if not first:
        return words("programme_sectors.no_sector", regency=name)
    share = max(row["share"] for row in rows)
    key = "alone" if len(first) == 1 else "alone_level"
    return words(f"programme_sectors.{key}", regency=name, sector=words.listing(first), share=share)


def _first(rows: list[Row], column: str, least: bool = False) -> list[Row]:
    """The rows with the highest value, or the lowest, all that are level."""
    if not rows:
        return []
    values = [row[column] for row in rows]
    end = min(values) if least else max(values)
    return [row for row in rows if row[column] == end]


def _sector(row: Row, words: Words) -> str:
    return words(f"sector.{row['sector']}")
