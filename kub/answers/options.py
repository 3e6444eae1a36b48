"""What the filters offer: places and sectors, with the active KUB that stand behind each.

Counts of KUB are told to everyone (contract, small cells), so the same options serve every role.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kub.places import regencies as official
from kub.store.data import Data
from kub.words import Words
from queries.filters import SECTORS

Place = Literal["districts", "villages"]
# A browser takes seconds to list tens of thousands of options: above this they are searched for.
MOST_OPTIONS = 500
MOST_MATCHES = 50  # rows of one search
LONGEST_SEARCH = 60  # signs

COUNTS = {
    "districts": "SELECT district_code, year, sum(kub) FROM district_fact "
    "WHERE programme_id = $programme GROUP BY ALL",
    "villages": "SELECT village_code, year, sum(kub) FROM village_fact "
    "WHERE programme_id = $programme GROUP BY ALL",
    "sectors": "SELECT sector, year, sum(kub) FROM (FROM programme_fact UNION ALL BY NAME "
    "FROM ready.card_fact) WHERE programme_id = $programme GROUP BY ALL",
}
# Names that begin with the text come first, then those in which a word does.
MATCHES = """
SELECT DISTINCT code, name, district,
  CASE WHEN starts_with(folded, wanted) THEN 0
    WHEN contains(folded, ' ' || wanted) THEN 1 ELSE 2 END AS far
FROM (
  SELECT {kind}_code AS code, {kind} AS name, district,
    strip_accents(lower({kind})) AS folded, strip_accents(lower($text)) AS wanted
  FROM village WHERE programme_id = $programme
    AND (len($districts) = 0 OR list_contains($districts, district_code)))
WHERE contains(folded, wanted)
ORDER BY far, name, code LIMIT $most
"""
TWINS = """
SELECT village FROM village WHERE programme_id = $programme AND list_contains($names, village)
GROUP BY village HAVING count(*) > 1
"""
COUNTED = """
SELECT {kind}_code, sum(kub) FROM {kind}_fact
WHERE programme_id = $programme AND year = $year AND list_contains($codes, {kind}_code)
GROUP BY ALL
"""


@dataclass(frozen=True)
class Option:
    """Something to choose. kub: active KUB at the end of each of the programme's last years, as
    many as there are since the first that has any.
    """

    code: str
    label: str
    kub: tuple[int, ...] = ()


def places(data: Data, programme_id: str, kind: Place) -> list[Option] | None:
    """All districts or villages in the order of their names; None where they are too many."""
    names = data.village_labels[programme_id]
    if kind == "districts":
        districts = data.districts[programme_id]
        names = {code: districts[code] for code in sorted(districts, key=districts.__getitem__)}
    if len(names) > MOST_OPTIONS:
        return None
    kub = counts(data, programme_id, kind)
    return [Option(code, label, kub.get(code, ())) for code, label in names.items()]


def sectors(data: Data, programme_id: str) -> list[Option]:
    """All sectors; their names are words."""
    kub = counts(data, programme_id, "sectors")
    return [Option(code, code, kub.get(code, ())) for code in SECTORS]


def counts(data: Data, programme_id: str, kind: str) -> dict[str, tuple[int, ...]]:
    """Active KUB by code and year, as Option has them. One query for all years."""
    years = data.programmes[programme_id].years
    rows = data.con.cursor().execute(COUNTS[kind], {"programme": programme_id}).fetchall()
    by_code: dict[str, dict[int, int]] = defaultdict(dict)
    for code, year, kub in rows:
        by_code[code][year] = int(kub)
    return {
        code: _since_first([by_year.get(y, 0) for y in years]) for code, by_year in by_code.items()
    }


def _since_first(kub: list[int]) -> tuple[int, ...]:
    first = next((place for place, number in enumerate(kub) if number), len(kub))
    return tuple(kub[first:])


def search(
    data: Data,
    programme_id: str,
    kind: Place,
    text: str,
    districts: Sequence[str] = (),
    until: int | None = None,
) -> tuple[list[tuple[str, str, int]], bool]:
    """([(code, label, active KUB at the end of `until`)], whether there are more).

    text: part of a name, in any case, with accents or without. districts: only there; none is
    everywhere. At most MOST_MATCHES, the best first. Raises KeyError for an unknown programme.
    """
    years = data.programmes[programme_id].years
    column = kind.removesuffix("s")  # districts -> district_code, district, district_fact
    con = data.con.cursor()
    rows = con.execute(
        MATCHES.format(kind=column),
        {
            "programme": programme_id,
            "districts": list(districts) if kind == "villages" else [],
            "text": text.strip()[:LONGEST_SEARCH],
            "most": MOST_MATCHES + 1,
        },
    ).fetchall()
    chosen = {"programme": programme_id, "names": [name for _, name, *_ in rows]}
    twins = set()
    if kind == "villages":
        twins = {name for (name,) in con.execute(TWINS, chosen).fetchall()}
    asked = {
        "programme": programme_id,
        "year": until or (years[-1] if years else 0),
        "codes": [code for code, *_ in rows],
    }
    kub = dict(con.execute(COUNTED.format(kind=column), asked).fetchall())
    matches = [
        (code, f"{name} ({district})" if name in twins else name, int(kub.get(code, 0)))
        for code, name, district, _ in rows
    ]
    return matches[:MOST_MATCHES], len(matches) > MOST_MATCHES


def regencies(text: str, words: Words) -> tuple[list[tuple[str, str]], bool]:
    """([(code, name)] of official regencies, whether there are more), as `search` finds places."""
    wanted = _folded(text.strip()[:LONGEST_SEARCH])
    matches = []
    for code, name in official():
        label = words.regency(name)
        folded = _folded(label)
        if wanted in folded:
            far = (not folded.startswith(wanted), f" {wanted}" not in folded)
            matches.append((far, code, label))
    # Without a text they stand by province; else the best first.
    matches.sort(key=lambda match: (match[0], match[1]))
    rows = [(code, label) for _, code, label in matches[:MOST_MATCHES]]
    return rows, len(matches) > MOST_MATCHES


def _folded(text: str) -> str:
    """Without case and accents, as the search for places has it."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
