"""What the profile of a village says: which KUB it has, and how many members."""

import pandas as pd

from kub.findings import Finding
from kub.findings.numbers import Number
from kub.findings.phrases import Row, at, count, period, plural, records
from kub.findings.reach import NAMED, noun
from kub.words import Words
from queries.filters import Filters

EVERYTHING = Filters()


def village_kub(frame: pd.DataFrame, words: Words, filters: Filters = EVERYTHING) -> Finding:
    """How many KUB are listed, active and closed; the oldest and the youngest of the active."""
    subtitle = words("village_kub.subtitle")
    if frame.empty:
        return Finding(words("village_kub.none"), subtitle, words("village_kub.takeaway_none"))
    active = frame[frame["active"]]
    places = frame["village_code"].nunique()
    if places == 1:
        here = frame["village"].iloc[0]
    else:
        here = f"{words.number(places)} {noun(frame['village_code'], words)}"
    counted = count(words, "kub", len(active))
    if places == len(filters.villages) or len(filters.districts) == 1:
        title = words("village_kub.here", active=counted)
    else:
        title = words("village_kub.title", active=counted, where=here)
    if closed := len(frame) - len(active):
        title += plural(words, "village_kub.closed", closed)
    if active.empty:
        return Finding(title, subtitle, words("village_kub.takeaway_closed"))
    takeaway = _ends(active, words)
    unseen = active["members"].isna() & active.get("withheld", False)
    if hidden := int(unseen.sum()):
        takeaway += " " + words("withheld.kub", n=hidden)
    if unreported := int(active["members"].isna().sum()) - hidden:
        takeaway += " " + plural(words, "village_kub.unreported", unreported)
    return Finding(title, subtitle, takeaway)


def _ends(active: pd.DataFrame, words: Words) -> str:
    """The oldest and the newest of the active KUB; of several
    founded on one day none is the oldest.
    """
    if len(active) == 1:
        only = active.iloc[0]
        return words("village_kub.takeaway_one", oldest=only["name"], oldest_on=only["founded_on"])
    # Several KUB may be founded on one day: then none of them is the oldest.
    first, last = active["founded_on"].min(), active["founded_on"].max()
    if first == last:
        return words("village_kub.takeaway_level", n=len(active), on=first)
    ends = []
    for key, day in (("oldest", first), ("newest", last)):
        names = active.loc[active["founded_on"] == day, "name"].tolist()
        many = len(names) > NAMED
        named = words("village_kub.several", n=len(names)) if many else words.listing(names)
        ends.append(words(f"village_kub.{key}", names=named, on=day))
    return words("village_kub.takeaway", oldest=ends[0], newest=ends[1])


def profile_years(frame: pd.DataFrame, words: Words) -> Finding:
    """Members of the KUB of a village, then and now. frame: of the question growth."""
    subtitle = words("profile_years.subtitle")
    rows = records(frame)
    active = [row for row in rows if row["active"]]
    if not active or active[-1] is not rows[-1]:
        return Finding(words("profile_years.none"), subtitle, words("profile_years.takeaway_none"))
    if active[-1]["unreported"] == active[-1]["active"]:
        return Finding(
            words("profile_years.not_reported"),
            subtitle,
            words("profile_years.takeaway_not_reported"),
        )
    last = active[-1]
    if pd.isna(last["members"]):
        return Finding(words("withheld.profile"), subtitle, words("withheld.profile_more"))
    first = next(row for row in active if not pd.isna(row["members"]))
    before, now = first["members"], last["members"]
    if last is first or not before:
        change = "single"
    elif now == before:
        change = "same"
    elif now > before:
        change = "up"
    else:
        change = "down"
    members = count(words, "members", now)
    title = words(f"profile_years.{change}", members=members, before=before, at=at(first, words))
    takeaway = words(
        "profile_years.takeaway",
        members=count(words, "people", now),
        kub=count(words, "kub", last["active"]),
        at=at(last, words),
    )
    if last["unreported"]:
        takeaway += " " + plural(words, "village_kub.unreported", last["unreported"])
    return Finding(title, subtitle, takeaway)


def village_profile(frame: pd.DataFrame, words: Words) -> Finding:
    """How many villages there are, and of how many the centre point
    and the development index are known.
    """
    subtitle = words("village_profile.subtitle")
    if frame.empty:
        return Finding(words("villages.title.empty"), subtitle, words("villages.todo"))
    nouns = noun(frame["village_code"], words, len(frame))
    title = plural(
        words, "village_profile.title", frame["district"].nunique(), villages=len(frame), noun=nouns
    )
    known = {name: int(frame[name].notna().sum()) for name in ("lat", "idm", "population")}
    return Finding(title, subtitle, words("village_profile.takeaway", **known))


def numbers(now: Row, place: Row, words: Words) -> list[Number]:
    """The large numbers of a village. now: its row of `villages`; place: of `village_profile`."""
    return [_kub(now, words), _members(now, words), _idm(place, words), _population(place, words)]


def _kub(now: Row, words: Words) -> Number:
    note = words("profile.kub_note_none")
    if now["kub"]:
        years = [{"year": now[name].year} for name in ("first_founded_on", "last_founded_on")]
        note = words("profile.kub_note", period=period(years))
    return Number(words("profile.kub"), words.number(now["kub"]), note)


def _members(now: Row, words: Words) -> Number:
    label = words("profile.members")
    if now["kub"] and now["unreported"] == now["kub"]:
        return Number(label, words.write(None), words("profile.members_not_reported"))
    if pd.isna(now["members"]):
        return Number(label, words("withheld.short"), words("withheld.note"))
    value = words.write(now["members"], "n")
    if not pd.isna(now["women_share"]):
        return Number(label, value, words("profile.women", share=now["women_share"]))
    if now.get("withheld"):
        return Number(label, value, words("profile.women_withheld"))
    if now["members"]:
        return Number(label, value, words("profile.women_unknown"))
    return Number(label, value)


def _idm(place: Row, words: Words) -> Number:
    """The index of 2024; only desa have one."""
    value = words.write(place["idm"], "n4")
    if pd.isna(place["idm"]):
        return Number(words("profile.idm"), value, words("profile.idm_none"))
    return Number(words("profile.idm"), value, place["idm_class"])


def _population(place: Row, words: Words) -> Number:
    if pd.isna(place["population"]):
        return Number(
            words("profile.population"), words.write(None), words("profile.population_none")
        )
    year = place["population_year"]
    note = "" if pd.isna(year) else words("profile.population_note", year=year)
    return Number(words("profile.population"), words.number(place["population"]), note)
