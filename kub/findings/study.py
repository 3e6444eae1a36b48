"""What the study visits say: which delegations came, when, and from where."""

import pandas as pd

from kub.findings import Finding
from kub.findings.leaders import leading, on_day
from kub.findings.phrases import plural, records
from kub.words import Words


def study_visits(frame: pd.DataFrame, words: Words) -> Finding:
    """How many delegations of how many regencies, the first and the newest,
    and how many people where that is known.
    """
    subtitle = words("study_visits.subtitle")
    if frame.empty:
        return Finding(words("study_visits.empty"), subtitle, words("study_visits.empty_todo"))
    rows = sorted(records(frame), key=lambda row: row["visited_on"])
    places = plural(words, "study_visits.places", frame["regency_code"].nunique())
    first, last = (
        {"who": row["institution"], "on": on_day(row["visited_on"], words)}
        for row in (rows[0], rows[-1])
    )
    days = [row["visited_on"] for row in rows]
    title = plural(words, "study_visits.title", len(rows), places=places)
    # Of several on one day none was the first.
    if days.count(days[0]) == 1:
        title += words("study_visits.first", **first)
    sentences = []
    if days.count(days[-1]) == 1 and len(rows) > 1:
        sentences.append(words("study_visits.newest", **last))
    # A sum over those that state it would pass for the number of all.
    stated = frame["participants"].dropna()
    if len(stated) == len(rows):
        sentences.append(plural(words, "study_visits.people_all", int(stated.sum())))
    elif len(stated):
        people = plural(words, "study_visits.people", int(stated.sum()))
        sentences.append(
            plural(words, "study_visits.stated", len(stated), people=people, of=len(rows))
        )
    else:
        sentences.append(words("study_visits.unstated"))
    return Finding(title, subtitle, " ".join(sentences))


def study_regencies(frame: pd.DataFrame, words: Words, home: str = "") -> Finding:
    """Who came most often, and how many from outside the programme's own province.

    home: its name, '' if unknown.
    """
    subtitle = measure = words("study_regencies.subtitle")
    if frame.empty:
        return Finding(words("study_visits.empty"), subtitle, words("study_visits.empty_todo"))
    rows = sorted(records(frame), key=lambda row: -row["visits"])
    names, values = [row["regency"] for row in rows], [row["visits"] for row in rows]
    total = sum(values)
    delegations = plural(words, "study_visits.delegations", total)
    if len(rows) == 1:
        title = words("study_regencies.alone", regency=names[0], delegations=delegations)
    elif values[0] > values[1]:
        title = words(
            "study_regencies.title", regency=names[0], n=values[0], delegations=delegations
        )
    else:
        title = words("study_regencies.shared", delegations=delegations, n=len(rows))
    # Guests of invented regencies have no province.
    known = frame.dropna(subset=["province"])
    provinces = known["province"].nunique()
    sentences = []
    if top := leading(names, values, words):
        sentences.append(words("study_regencies.leaders", names=top))
    if home and len(known):
        outside = int(known.loc[known["province"] != home, "visits"].sum())
        subtitle += words("study_regencies.coloured", home=home)
        key = "outside" if outside else "inside"
        title += words(f"study_regencies.{key}", n=outside, home=home)
    if provinces:
        sentences.append(plural(words, "study_regencies.provinces", provinces))
    if nameless := len(rows) - len(known):
        sentences.append(plural(words, "study_regencies.nameless", nameless))
    return Finding(title, subtitle, " ".join(sentences), measure=measure)
