"""What the targets of a programme say: how many were met, which lag, and by what rule that is
judged.
"""

from collections.abc import Sequence

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import Row, records
from kub.words import Words
from kub.words.columns import indicator_kind

NAMED = 3  # indicators that a title names; more are counted


def targets(frame: pd.DataFrame, words: Words) -> Finding:
    """How many targets of the newest year that has any are met; each of them in words."""
    subtitle, measure = words("targets.subtitle"), words("targets.measure")
    rows = of_year(records(frame))
    if not rows:
        return Finding(words("targets.empty"), subtitle, words("targets.empty_todo"))
    return Finding(
        title(rows, words), subtitle, _listed(rows, words), _caveat(frame, words), measure
    )


def of_year(rows: Sequence[Row], year: int | None = None) -> list[Row]:
    """The rows of a year; if it is left out, of the newest one that the records reach, else of the
    first.
    """
    if year is None:
        known = [row["year"] for row in rows if not pd.isna(row["as_of"])]
        year = max(known) if known else min((row["year"] for row in rows), default=None)
    return [row for row in rows if row["year"] == year]


def title(rows: Sequence[Row], words: Words) -> str:
    """'3 dari 5 target 2022 tercapai; desa terjangkau tidak tercapai'. rows: of one year."""
    year, judged = rows[0]["year"], [row for row in rows if is_judged(row)]
    if not judged:
        return words("targets.unknown", year=year)
    if len(judged) == 1:
        return _alone(judged[0], words)
    finished = is_finished(judged[0])
    met = sum(row["status"] == "met" for row in judged)
    amount = {0: "_none", len(judged): "_all"}.get(met, "")
    key = ("targets.passed" if finished else "targets.ahead") + amount
    text = words(key, met=met, n=len(judged), year=year)
    on_track = sum(row["status"] == "on_track" for row in judged)
    if on_track:
        text = words("targets.on_track", title=text, n=on_track)
    lagging = [row["indicator"] for row in judged if row["status"] in ("missed", "behind")]
    # Where none is met, to name all of them says nothing more.
    if not lagging or (finished and not met):
        return text
    kind = "missed" if finished else "short"
    if len(lagging) > NAMED:
        return words(f"targets.{kind}_many", title=text, n=len(lagging))
    names = words.listing([words(f"targets.name.{indicator}") for indicator in lagging])
    return words(f"targets.{kind}", title=text, names=names)


def is_judged(row: Row) -> bool:
    """Whether anything is known that a status could rest on."""
    return not pd.isna(row["status"])


def is_finished(row: Row) -> bool:
    """Whether the year of a target is over, by the records."""
    return not pd.isna(row["as_of"]) and not row["provisional"]


def written(indicator: str, value: float | None, words: Words) -> str:
    """A value of an indicator: '215', '62,0 %', 'Rp 12,5 miliar'."""
    return words.write(value, indicator_kind(indicator))


def status(row: Row, words: Words) -> dict[str, str]:
    """mark, status: the two ways in which a status is told beside its colour."""
    return {part: words(f"targets.{part}.{row['status']}") for part in ("mark", "status")}


def goal(row: Row, words: Words) -> str:
    """'! tertinggal: target 215', for the strip; '' where nothing is known."""
    if not is_judged(row):
        return ""
    # Under a share of villages, a number alone would be read as one.
    form = "goal_desa" if row["indicator"] == "desa" else "goal"
    return words(f"targets.{form}", target=_target(row, words), **status(row, words))


def _target(row: Row, words: Words) -> str:
    return written(row["indicator"], row["target"], words)


def _values(row: Row, words: Words) -> dict[str, object]:
    actual = written(row["indicator"], row["actual"], words)
    name = words(f"targets.name.{row['indicator']}")
    return {"name": name, "actual": actual, "target": _target(row, words), "year": row["year"]}


def _alone(row: Row, words: Words) -> str:
    state = row["status"]
    if state == "met" and not is_finished(row):
        state = "reached"
    return words(f"targets.alone.{state}", **_values(row, words))


def _listed(rows: Sequence[Row], words: Words) -> str:
    """Every target of the year, with the day where that is not the year's last."""
    lines = []
    for row in rows:
        values = _values(row, words)
        if not is_judged(row):
            lines.append(words("targets.row_alone", **values))
            continue
        form: str = "row_future" if pd.isna(row["actual"]) else "row"
        lines.append(words(f"targets.{form}", **values, **status(row, words)))
    text = "; ".join(lines) + "."
    if rows[0]["provisional"]:
        return f"{words('targets.as_of', on=rows[0]['as_of'])}: {text}"
    return text


def _caveat(frame: pd.DataFrame, words: Words) -> str:
    """The rule of the projection, and what else the numbers must not be read without."""
    sentences = []
    if frame["projected"].notna().any():
        sentences.append(words("targets.explained"))
    if (frame["indicator"] == "omzet").any():
        sentences.append(words("targets.nominal"))
    return " ".join(sentences)
