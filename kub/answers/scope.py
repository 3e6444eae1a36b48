"""The part of the records that an answer is about, in words:
'Kecamatan Kandeman · Makanan · sampai 2020'.
"""

from collections.abc import Mapping

from kub.findings.narrowing import Narrowing
from kub.findings.phrases import plural, span
from kub.places import is_kelurahan
from kub.store.data import Data
from kub.words import Words
from queries.filters import SECTORS, Filters

# More names than this are counted instead of listed: a scope is a single line.
LISTED = 3


def scope(data: Data, filters: Filters, words: Words) -> str:
    """Place, sectors and years on a single line.

    Codes must be known (kub/ui/link.py, kub/cli/main.py see to that).
    """
    parts = [*places(data, filters, words), sectors(filters, words), years(filters, words)]
    return " · ".join(part for part in parts if part)


def across(data: Data, filters: Filters, words: Words) -> str:
    """The scope line of an answer that compares programmes: filters of place do not apply to it."""
    # "Compared with 2 programmes" does not count the own one.
    count = len(data.compared(filters)) - bool(filters.peers)
    key = "scope.peers" if filters.peers else "scope.programmes"
    parts = [plural(words, key, count)]
    if filters.denominator == "target":
        parts.append(words("scope.target"))
    return " · ".join(
        part for part in [*parts, sectors(filters, words), years(filters, words)] if part
    )


def narrowing(data: Data, filters: Filters, words: Words) -> Narrowing:
    """The same filters as phrases for sentences.

    filters: those that the answer heeds, with a programme.
    """
    chosen = tuple(code for code in SECTORS if code in filters.sectors)
    kinds = ""
    # All sectors chosen narrow nothing.
    if 0 < len(chosen) < len(SECTORS):
        names = "narrowed.kind" if len(chosen) == 1 else "narrowed.kind_short"
        kinds = words.listing([words(f"{names}.{code}") for code in chosen])
    nouns = {}
    if kinds:
        nouns = {name: words(f"narrowed.{name}", kinds=kinds) for name in ("groups", "of_groups")}
    target = ""
    if filters.denominator == "target":
        nouns["aimed"] = words("narrowed.aimed")
        target = words("scope.target")
    peers = ""
    if filters.peers:
        peers = plural(words, "scope.peers", len(data.compared(filters)) - 1)
    return Narrowing(
        place=", ".join(_chosen_places(data, filters, words)),
        groups=nouns.get("groups", ""),
        peers=peers,
        target=target,
        aimed=nouns.get("aimed", "").strip(),
        years=years(filters, words),
        nouns=nouns,
    )


def places(data: Data, filters: Filters, words: Words) -> list[str]:
    """The regency, or the villages and districts chosen; and 'target
    villages' where only those are counted.
    """
    parts = _chosen_places(data, filters, words)
    parts = parts or [
        words.regency(data.programmes[filters.programme or data.default.programme_id].regency)
    ]
    if filters.denominator == "target":
        return [*parts, words("scope.target")]
    return parts


def _chosen_places(data: Data, filters: Filters, words: Words) -> list[str]:
    programme_id = filters.programme or data.default.programme_id
    parts = []
    if filters.villages:
        names = village_names(data, programme_id)
        kind = "kelurahan" if all(is_kelurahan(code) for code in filters.villages) else "village"
        parts.append(_listed(kind, [names[code] for code in filters.villages], words))
    if filters.districts:
        parts.append(
            _listed(
                "district",
                [data.districts[programme_id][code] for code in filters.districts],
                words,
            )
        )
    return parts


def sectors(filters: Filters, words: Words) -> str:
    """'Makanan dan Kerajinan'; '' where no sector is chosen."""
    return words.listing([words(f"sector.{code}") for code in filters.sectors])


def years(filters: Filters, words: Words) -> str:
    """'2015–2020', 'sejak 2015', 'sampai 2020'; '' where no year is chosen."""
    since, until = filters.since, filters.until
    if since is not None and until is not None:
        return span(since, until)
    if since is not None:
        return words("scope.since", year=since)
    if until is not None:
        return words("scope.until", year=until)
    return ""


def village_names(data: Data, programme_id: str) -> Mapping[str, str]:
    """Code -> name, with the district where the name stands twice in
    the regency; in the order of names.
    """
    return data.village_labels[programme_id]


def _listed(kind: str, names: list[str], words: Words) -> str:
    if len(names) > LISTED:
        return words(f"scope.{kind}_count", count=len(names))
    key = kind if len(names) == 1 else f"{kind}s"
    return words(f"scope.{key}", names=words.listing(names))
