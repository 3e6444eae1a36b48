"""What Ringkasan says: how things stand and what changed, and the
records against what was published.
"""

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import Row, at, count, plural, records, signed, village_noun
from kub.words import Words

INDICATORS = ("kub", "anggota", "desa", "perpustakaan")  # in this order published figures are shown


def headline(frame: pd.DataFrame, words: Words, kelurahan: bool = False) -> Finding:
    """How many KUB and members, in how many villages.

    kelurahan: whether the villages are called so here.
    """
    row = moment(frame)
    key = "headline.now_provisional" if row["provisional"] else "headline.now"
    stood = words(key, at=at(row, words))
    if not row["kub"]:
        return Finding(words("headline.empty"), stood, f"{words('headline.empty')}.")
    kub, members = count(words, "kub", row["kub"]), people(words, row["members"])
    values = {
        "covered": row["villages_covered"],
        "villages": row["villages"],
        "noun": village_noun(words, kelurahan, row["villages"]),
    }
    kind = "alone" if row["villages"] == 1 else "title"
    title = words(f"headline.{kind}", kub=kub, members=members, **values)
    # Mean and share of women would give withheld members back.
    if pd.isna(row["members"]):
        return Finding(title, stood, f"{title}.")
    mean = words("headline.mean", per=row["members_per_kub"], women=row["women_share"])
    return Finding(title, stood, f"{title}. {mean}")


def reconcile(frame: pd.DataFrame, words: Words, sample: bool = False) -> Finding:
    """How many published figures the records meet, the largest difference, and whether both count
    the same.

    That invented records meet them proves nothing, and the caveat says so.
    """
    subtitle = words("reconcile.subtitle")
    if frame.empty:
        return Finding(words("reconcile.none"), subtitle, words("reconcile.takeaway_none"))
    frame = frame[frame["recorded"].notna()]  # fewer members than 5 are withheld
    if frame.empty:
        return Finding(words("reconcile.none"), subtitle, words("reconcile.takeaway_none"))
    same, n = int((frame["difference"] == 0).sum()), len(frame)
    caveat = _defined(frame, words)
    if sample:
        caveat = f"{words('reconcile.sample')} {caveat}"
    if same == n:
        # A table has neither diamonds nor dots to explain.
        plain = words("reconcile.subtitle_alike")
        return Finding(plural(words, "reconcile.all", n), plain, "", caveat)
    # In proportion: two villages of fourteen are more than five members of three thousand.
    off = [abs(row["difference"]) / max(row["published"], 1) for row in records(frame)]
    furthest = [row for row, share in zip(records(frame), off, strict=True) if share == max(off)]
    row = furthest[0]
    decimals = 0 if float(row["difference"]).is_integer() else 1
    key = "reconcile.part" if same else "reconcile.nothing"
    rank = "largest" if len(furthest) == 1 else "among"
    title = words(
        key,
        same=same,
        n=n,
        difference=signed(words, row["difference"], decimals),
        which=words(f"reconcile.{rank}"),
        indicator=words(f"cell.indicator.{row['indicator']}"),
        on=row["date"],
    )
    takeaway = plural(words, "reconcile.agree", same) if same else ""
    return Finding(title, subtitle, takeaway, caveat)


def _defined(frame: pd.DataFrame, words: Words) -> str:
    """Whether records and sources count the same, in words."""
    named = {}
    for definition, rows in frame.groupby("definition"):
        present = set(rows["indicator"])
        names = [
            words(f"cell.indicator.{indicator}") for indicator in INDICATORS if indicator in present
        ]
        named[definition] = words.listing(names)
    sentences = []
    if "yes" in named:
        sentences.append(words("reconcile.defined_yes", names=named["yes"]))
    if "partly" in named:
        key = "defined_partly" if sentences else "defined_partly_alone"
        sentences.append(words(f"reconcile.{key}", names=named["partly"]))
    return " ".join(sentences)


def moment(frame: pd.DataFrame) -> Row:
    """The one row of `headline`, with the year of its as-of date."""
    [row] = records(frame)
    return {**row, "year": pd.Timestamp(row["as_of"]).year}


def people(words: Words, members: float) -> str:
    """'1.234 anggota', or that they are withheld."""
    if pd.isna(members):
        return words("withheld.members")
    return count(words, "people", members)


def known(*figures: float | None) -> bool:
    """Whether all of these figures have a value."""
    return not any(pd.isna(figure) for figure in figures)


def change(words: Words, n: float) -> str:
    """'+3', '−3', or that it is unchanged."""
    return signed(words, n) if n else words("headline.same")
