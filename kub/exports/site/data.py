"""The data files of the published site: what `/data/…` answers to readers, of what pages show."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kub.answers.answer import Answer, asked
from kub.exports import address
from kub.exports.csv import writings
from kub.exports.datapackage import package
from kub.store.data import Data
from kub.words import LANGUAGES, of
from queries.filters import Filters

ENDINGS = ("csv", "json", "parquet")


@dataclass(frozen=True, order=True)
class Listed:
    """Rows that the site has as files. until: the year whose state they are, "" for the newest."""

    question: str
    until: str = ""

    @property
    def name(self) -> str:
        """Of the files, without folder and ending."""
        return f"{self.question}-until-{self.until}" if self.until else self.question

    def path(self, ending: str, lang: str = "") -> str:
        """Below the site's folder. lang: of a CSV written for spreadsheets of that language."""
        return f"data/{f'{lang}/' if lang else ''}{self.name}.{ending}"


def listed(answer: Answer, data: Data, whole: Filters) -> Listed:
    """The file that holds an answer's rows. whole: the programme without any filter."""
    usual = asked(data, answer.question, whole)
    until = answer.filters.until
    return Listed(answer.question, "" if until == usual.until else str(until))


def files(data: Data, whole: Filters, wanted: Iterable[Listed]) -> dict[str, bytes]:
    """Path -> content of all files, and of the package that describes them."""
    made: dict[str, bytes] = {}
    wanted = sorted(set(wanted))
    for item in wanted:
        query = {"programme": [data.programme(whole).programme_id]}
        if item.until:
            query["until"] = [item.until]
        for ending in ENDINGS:
            made[item.path(ending)] = _body(item, ending, query, data)
        for lang in LANGUAGES:
            written: dict[str, list[str]] = {"lang": [lang], "writing": [writings(of(lang))[0]]}
            made[item.path("csv", lang)] = _body(item, "csv", query | written, data)
    described = _package(data, whole, {item.question for item in wanted if not item.until})
    made[f"data/{address.PACKAGE}"] = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return made


def _body(item: Listed, ending: str, query: Mapping[str, list[str]], data: Data) -> bytes:
    # By the way that a request goes: so a file cannot say anything else than the address does.
    return address.answer(f"{item.question}.{ending}", query, data, analyst=False).body


def _package(data: Data, whole: Filters, questions: set[str]) -> Mapping[str, object]:
    described = dict(package(data, whole, {}))
    described["resources"] = [
        resource for resource in described["resources"] if resource["name"] in questions
    ]
    return described
