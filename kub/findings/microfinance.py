"""What the charts of microfinance say: units beside the KUB of their
villages, their course, the profile of one.
"""

from typing import Any

import pandas as pd

from kub.findings import Finding, phrases
from kub.findings.phrases import Row, at, plural, records, with_period
from kub.findings.reach import noun
from kub.words import Words

SHOWN = 16  # more units cannot be read from five metres; the table has all
# What the control `amount` offers, and how each is written.
AMOUNTS = {
    "assets_idr": "rp",
    "savings_idr": "rp",
    "loans_idr": "rp",
    "customers": "n",
    "overdue_share": "p",
}


def known(value: Any) -> bool:
    """Whether a cell of a frame has a value."""
    return not pd.isna(value)


def microfinance(frame: pd.DataFrame, words: Words) -> Finding:
    """How many units serve how many customers, and how that relates to
    the KUB members of the same villages.
    """
    published = frame["published_customers"].notna().any()
    newest = frame["reported_on"].max()
    if known(newest):
        subtitle = words("microfinance.subtitle_on", on=newest)
    else:
        subtitle = words("microfinance.subtitle")
    if published:
        subtitle += f" · {words('microfinance.published')}"
    if frame.empty:
        return Finding(words("microfinance.empty"), subtitle, words("microfinance.todo"))
    units, reporting = len(frame), frame[frame["customers"].notna()]
    if reporting.empty:
        return Finding(
            plural(words, "microfinance.unreported", units),
            subtitle,
            words("microfinance.unreported_todo"),
        )
    customers, largest = (
        int(reporting["customers"].sum()),
        records(reporting.sort_values("customers", ascending=False))[0],
    )
    title = plural(
        words,
        "microfinance.title",
        units,
        customers=count(words, "customers", customers),
        name=largest["name"].strip(),
    )
    if units > 1 and (reporting["customers"] == largest["customers"]).sum() == 1:
        title += words(
            "microfinance.largest", name=largest["name"].strip(), most=largest["customers"]
        )
    sentences = [_beside_kub(reporting, customers, words), overdue(reporting, words)]
    if units > len(reporting):
        sentences.append(plural(words, "microfinance.missing", units - len(reporting)))
    if units > SHOWN:
        sentences.append(words("microfinance.more", n=SHOWN))
    return Finding(title, subtitle, " ".join(part for part in sentences if part))


def _beside_kub(reporting: pd.DataFrame, customers: int, words: Words) -> str:
    """'3.242 nasabah di 1 desa dengan 446 anggota KUB': each
    village once, however many units it has.
    """
    # Units of the same village share its KUB members, who are counted once.
    villages = reporting.drop_duplicates("village_code")
    if villages["members"].isna().any():
        return ""
    members = int(villages["members"].sum())
    nouns = noun(villages["village_code"], words, len(villages))
    values = {"customers": count(words, "customers", customers), "members": members, "noun": nouns}
    key = "microfinance.beside" if members else "microfinance.beside_none"
    text = plural(words, key, len(villages), **values)
    if members and customers > members:
        text += " " + words("microfinance.beyond", times=customers / members)
    return text


def overdue(rows: pd.DataFrame, words: Words) -> str:
    """The overdue share of all loans for which both are stated, and
    of how many units where not of all.
    """
    # Loans of a unit that does not state its arrears would make the share look smaller.
    both = rows[rows["overdue_idr"].notna() & rows["loans_idr"].notna()]
    loans = both["loans_idr"].sum()
    if not loans:
        return words("microfinance.overdue.none")
    share = both["overdue_idr"].sum() / loans
    if len(both) == len(rows):
        return words("microfinance.overdue.all", share=share)
    return plural(words, "microfinance.overdue.some", len(both), share=share, of=len(rows))


def count(words: Words, what: str, n: float) -> str:
    """'3.242 nasabah'. what: customers | members."""
    return plural(words, f"microfinance.count.{what}", n)


def written_amount(words: Words, amount: str, value: Any) -> str:
    """'aset Rp 3,87 miliar', '3.242 nasabah', 'tunggakan 2,5 %'."""
    if amount == "customers":
        return count(words, "customers", value)
    return words(f"microfinance.amount.{amount}", value=words.write(value, AMOUNTS[amount]))


def microfinance_years(frame: pd.DataFrame, words: Words, amount: str = "assets_idr") -> Finding:
    """How far one amount of all units came, from its first known year to its last."""
    rows = records(frame)
    known_rows = [row for row in rows if known(row[amount])]
    parts = [with_period(words(f"microfinance_years.subtitle.{amount}"), rows)]
    if rows and rows[-1]["provisional"]:
        parts.append(
            words("growth.subtitle.provisional", year=rows[-1]["year"], on=rows[-1]["as_of"])
        )
    if rows and rows[-1]["reported"] < rows[-1]["units"]:
        parts.append(words("microfinance_years.reported", **rows[-1]))
    subtitle = " · ".join(parts)
    if not known_rows:
        title = words(f"microfinance_years.empty.{amount}")
        return Finding(title, subtitle, words("microfinance_years.todo"))
    base, last = known_rows[0], known_rows[-1]
    takeaway = words(
        "microfinance_years.last",
        said=written_amount(words, amount, last[amount]),
        at=at(last, words),
        units=plural(words, "microfinance.count.units", last["units"]),
    )
    if missing := [row for row in rows if row["units"] and not known(row[amount])]:
        years = words.listing([str(row["year"]) for row in missing])
        takeaway += " " + words("microfinance_years.gaps", years=years)
    return Finding(course(base, last, amount, words), subtitle, takeaway, measure=parts[0])


def course(base: Row, last: Row, amount: str, words: Words) -> str:
    """'Aset Rp 8,01 miliar, 71 kali lipat dari 2014': times where
    they tell, else from what to what.
    """
    first, now = float(base[amount]), float(last[amount])
    values = {
        "value": words.write(now, AMOUNTS[amount]),
        "first": words.write(first, AMOUNTS[amount]),
    }
    values |= {
        "what": words(f"microfinance_years.what.{amount}"),
        "since": base["year"],
        "at": at(last, words),
    }
    if base is last:
        return words("microfinance_years.single", **values)
    # From twofold on, times are read more easily than percent; a share is never multiplied.
    if amount != "overdue_share" and first and now >= 2 * first:
        times = now / first
        decimals = 0 if times >= 10 else 1
        return words("microfinance_years.times", times=words.number(times, decimals), **values)
    if values["value"] == values["first"]:
        verb = "same"
    elif now > first:
        verb = "rose"
    else:
        verb = "fell"
    return words(f"microfinance_years.{verb}", **values)


def unit_of(frame: pd.DataFrame, unit: str | None, published: pd.DataFrame | None) -> str | None:
    """The unit that is meant: the one asked for if any frame knows
    it, else the first that reported.
    """
    listed = set(frame["lkm_id"])
    if published is not None:
        listed |= set(published["lkm_id"])
    # An old link may name a unit that is gone.
    if unit in listed:
        return unit
    if frame.empty:
        return None
    return str(frame["lkm_id"].iloc[0])


def beside(published: pd.DataFrame | None, unit: str | None) -> Row | None:
    """The row of question `microfinance` about a unit, if there is one."""
    if published is None:
        return None
    return next(iter(records(published[published["lkm_id"] == unit])), None)


def microfinance_reports(
    frame: pd.DataFrame,
    words: Words,
    unit: str | None = None,
    amount: str = "assets_idr",
    published: pd.DataFrame | None = None,
) -> Finding:
    """The profile of a unit. published: the frame of question `microfinance`."""
    unit = unit_of(frame, unit, published)
    mine, row = frame[frame["lkm_id"] == unit], beside(published, unit)
    subtitle = measure = words(f"microfinance_reports.subtitle.{amount}")
    if row is not None and known(row.get(f"published_{amount}")):
        subtitle += f" · {words('microfinance.published')}"
    if unit is None:
        return Finding(
            words("microfinance_reports.empty"), subtitle, words("microfinance.unreported_todo")
        )
    where = _where(row, words)
    # A unit that never reported is still known by its founding and village.
    if mine.empty:
        title = words("microfinance_reports.silent", name=(row or {})["name"].strip())
        return Finding(title, subtitle, where)
    rows = records(mine)
    last = rows[-1]
    parts = [
        written_amount(words, column, last[column])
        for column in ("customers", "assets_idr")
        if known(last[column])
    ]
    title = words(
        "microfinance_reports.title",
        name=last["name"].strip(),
        parts=words.listing(parts),
        on=last["reported_on"],
    )
    reports = [
        report | {"year": report["reported_on"].year}
        for report in map(dict, rows)
        if known(report[amount])
    ]
    texts = [
        where or words("microfinance_reports.village", village=last["village"]),
        _of_records(reports, amount, words),
    ]
    texts += [overdue(mine[-1:], words), _published(row, words)]
    return Finding(title, subtitle, " ".join(text for text in texts if text), measure=measure)


def _where(row: Row | None, words: Words) -> str:
    """Founding, village and the KUB there."""
    if row is None:
        return ""
    parts = []
    recorded, public = row["founded_on"], row["published_founded"]
    if known(public) and known(recorded) and int(public) != recorded.year:
        parts.append(
            words("microfinance_reports.founded_differs", year=recorded.year, published=int(public))
        )
    elif known(public):
        parts.append(words("microfinance_reports.founded_published", year=int(public)))
    elif known(recorded):
        parts.append(words("microfinance_reports.founded", year=recorded.year))
    values = {"village": row["village"], "members": phrases.count(words, "members", row["members"])}
    if row["kub"]:
        parts.append(plural(words, "microfinance_reports.kub", row["kub"], **values))
    else:
        parts.append(words("microfinance_reports.no_kub", **values))
    return " ".join(parts)


def _of_records(reports: list[dict[str, Any]], amount: str, words: Words) -> str:
    """How far the amount came since the first report that states it."""
    if not reports:
        return words(f"microfinance_years.empty.{amount}") + "."
    base, last = (
        {"provisional": True, "as_of": report["reported_on"]} | report
        for report in (reports[0], reports[-1])
    )
    if len(reports) == 1:
        last = base  # `course` recognises a single report by `base is last`
    return course(base, last, amount, words) + "."


def _published(row: Row | None, words: Words) -> str:
    """'Angka publikasi per 21 Mei 2023: 3.242 nasabah dan aset Rp 3,87 miliar.'"""
    if row is None or not known(row["published_on"]):
        return ""
    parts = [
        written_amount(words, column, row[f"published_{column}"])
        for column in ("customers", "assets_idr")
        if known(row[f"published_{column}"])
    ]
    if not parts:
        return ""
    return words(
        "microfinance_reports.published", on=row["published_on"], parts=words.listing(parts)
    )
