"""The filters of an answer as phrases; titles and takeaways always carry them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kub.findings import Finding
from kub.words import Words


@dataclass(frozen=True)
class Narrowing:
    """Phrases of the filters of an answer; '' where a filter leaves everything.

    place: 'Kecamatan Tulis'. groups: 'KUB kerajinan'. peers: 'dibandingkan dengan 2 program
    pilihan'. target: 'desa sasaran', and aimed the word in it that other nouns take. years:
    'sampai 2020'. nouns: what templates write for {groups}, {of_groups} and {aimed}.
    """

    place: str = ""
    groups: str = ""
    peers: str = ""
    target: str = ""
    aimed: str = ""
    years: str = ""
    nouns: Mapping[str, str] | None = None

    def words(self, words: Words) -> Words:
        """The words, with the nouns of these filters in all sentences."""
        if self.nouns:
            return replace(words, nouns={**words.nouns, **self.nouns})
        return words

    def applied(self, finding: Finding) -> Finding:
        """The finding with the missing phrases put before its sentences, so that no part passes for
        the whole.

        A takeaway that begins with the title begins with the same phrases.
        """
        # A sentence that names its place by itself must not have it twice.
        before = self._lead(finding.title)
        title = _begun(before, finding.title)
        if not finding.takeaway:
            alone = _begun(self._lead(finding.caveat), finding.caveat) if finding.caveat else ""
            return replace(finding, title=title, caveat=alone)
        if not finding.takeaway.startswith(finding.title):
            before = self._lead(finding.takeaway)
        takeaway = _begun(before, finding.takeaway)
        return replace(finding, title=title, takeaway=takeaway, caveat=_capital(finding.caveat))

    def _lead(self, text: str) -> str:
        """The phrases that the text does not contain."""
        whole = text.casefold()
        parts = [part for part in (self.place, self.groups) if part.casefold() not in whole]
        if self.aimed.casefold() not in whole:
            parts.append(self.target)
        if self.peers.casefold() not in whole:
            parts.append(self.peers)
        # Whole numbers only: 2020 inside "12.020 KUB" is no year.
        years = re.findall(r"\d{4}", self.years)
        if not all(re.search(rf"\b{year}\b", text) for year in years):
            parts.append(self.years)
        return ", ".join(parts)


def _begun(before: str, text: str) -> str:
    if before:
        return f"{_capital(before)}: {_capital(text)}"
    return _capital(text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
