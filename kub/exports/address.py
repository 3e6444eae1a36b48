"""Data by address: /data/<question>.<format> with the query of a page's link, read and answered.

What cannot be answered is a Problem, which says what to do in the link's language. The rows are
those of `ask`, and so is what is refused: a code that `ask` takes is taken, however little is
left under it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from kub.answers import link
from kub.answers.joined import KEYS
from kub.answers.link import AGAINST, CONTROLS, FRAME, LONGEST, Parsed, Unknown, Values, shortened
from kub.answers.rows import rows_of
from kub.exports.csv import Writing
from kub.exports.data_files import MEDIA_TYPES, TooLong, file_name, file_of
from kub.exports.datapackage import package
from kub.exports.downloads import Narrowed, narrowed_by
from kub.store.data import Data, YearlyOnly
from kub.words import LANGUAGES, Words, of
from queries import QUESTIONS, ROLES
from queries.against import PREFIX
from queries.filters import DENOMINATORS, DIMENSIONS, MEASURES, SECTORS, Filters
from queries.yearly import answers

PACKAGE = "datapackage.json"
WRITINGS: tuple[Writing, ...] = tuple(reversed(get_args(Writing)))  # the first is the usual one
NAMES = (*FRAME, *AGAINST, "role", "writing")
MOST_NAMED = 50  # values that a problem lists


@dataclass(frozen=True)
class File:
    """An answer by address. as_of: the date that its figures speak of. data: for the role that
    asked. rows: how many it holds; none of what describes the questions.
    """

    name: str
    media_type: str
    body: bytes
    version: str
    as_of: date | None
    sample: bool
    data: Data
    rows: int = 0
    narrowed: Narrowed = field(default_factory=dict)


class Problem(Exception):
    """Why a request is not answered.

    status: of HTTP. rule: key under [address.problem] and [address.todo] in the words. value: as
    it was written. known: what could stand there.
    """

    def __init__(self, status: int, rule: str, value: str, known: Iterable[str] = ()) -> None:
        super().__init__(rule, value)
        self.status, self.rule, self.value, self.known = status, rule, value, tuple(known)

    def body(self, words: Words) -> bytes:
        known = ", ".join(self.known[:MOST_NAMED])
        more = ", …" if len(self.known) > MOST_NAMED else ""
        todo = words(f"address.todo.{self.rule}", known=known + more)
        return as_problem(words(f"address.problem.{self.rule}"), self.value, todo)


def as_problem(problem: str, value: str, todo: str) -> bytes:
    """What is wrong, the value as it was written, and what to do."""
    described = {"problem": problem, "value": shortened(value), "todo": todo}
    return json.dumps(described, ensure_ascii=False).encode("utf-8", "replace")


def language(params: Values) -> str:
    """The language of a query, without needing any data."""
    known = [lang for lang in params.get("lang", []) if lang in LANGUAGES]
    return known[-1] if known else LANGUAGES[0]


def exists(path: str) -> None:
    """Raises Problem (404) for a path below /data/ that names no question, format or package."""
    question, dot, ending = path.rpartition(".")
    if path == PACKAGE:
        return
    if not dot or "/" in path or len(path) > 2 * LONGEST:
        raise Problem(404, "path", path)
    if question not in QUESTIONS:
        raise Problem(404, "question", question, QUESTIONS)
    if ending not in MEDIA_TYPES:
        raise Problem(404, "ending", ending, MEDIA_TYPES)


def answer(path: str, params: Values, data: Data, analyst: bool) -> File:
    """The file at a path that exists.

    params: every name of the query with its values. data: as readers see it. analyst: whether
    whoever asks may have the analyst's view. Raises Problem (400, 403).
    """
    parsed = link.parse(params, data, page=False)
    _refuse_yearly(path, parsed, params, data)
    writing = _checked(parsed, params, data)
    if parsed.role == ROLES[-1] and not analyst:
        raise Problem(403, "analyst", parsed.role)
    data, words = data.seen_by(parsed.role), of(parsed.lang)
    if path == PACKAGE:
        return _package(data, parsed)
    question, _, ending = path.rpartition(".")
    if parsed.against and question not in KEYS:
        raise Problem(400, "against_question", question, KEYS)
    try:
        rows = rows_of(data, question, parsed.filters, parsed.against)
    except YearlyOnly as fault:  # the other side: this one has been looked at
        raise Problem(400, "yearly", fault.programme.programme_id) from fault
    try:
        body = file_of(rows, ending, words, writing)
    except TooLong as fault:
        raise Problem(400, "long", f"{len(rows.frame)}") from fault
    return File(
        name=file_name(rows, ending, words),
        media_type=MEDIA_TYPES[ending],
        body=body,
        version=rows.version.name,
        as_of=rows.as_of,
        sample=rows.sample,
        data=data,
        rows=len(rows.frame),
        narrowed=narrowed_by(data, parsed.filters, parsed.against),
    )


def _refuse_yearly(path: str, parsed: Parsed, params: Values, data: Data) -> None:
    """Raise Problem (400) for what a programme of yearly figures does not answer: whatever place
    is named, it has none.
    """
    programme = data.programme(parsed.filters)
    places = any(filter(None, (*params.get("districts", ()), *params.get("villages", ()))))
    question = path.rpartition(".")[0]
    if programme.is_card and (places or not (path == PACKAGE or answers(question, parsed.filters))):
        raise Problem(400, "yearly", programme.programme_id)


def _checked(parsed: Parsed, params: Values, data: Data) -> Writing:
    """The writing of a query that is valid. Raises Problem (400) with the first fault."""
    repeated = [*parsed.repeated, *(["writing"] if len(params.get("writing", [])) > 1 else [])]
    for name in repeated:
        written = "&".join(f"{name}={value}" for value in params[name])
        raise Problem(400, "repeated", written)
    for name in params:
        if name not in NAMES and name not in CONTROLS:
            raise Problem(400, "name", name, NAMES)
    for unknown in parsed.unknown:
        name = unknown.name.removeprefix(PREFIX)
        rule = name if unknown.rule == "year" else unknown.rule
        raise Problem(400, rule, unknown.value, _known(unknown, data))
    [writing] = params.get("writing") or [""]
    for known in WRITINGS:
        if known == (writing or WRITINGS[0]):
            return known
    raise Problem(400, "writing", writing, WRITINGS)


def _known(unknown: Unknown, data: Data) -> Sequence[str]:
    """What could stand in the place of a value; places are too many to be listed."""
    known: dict[str, Sequence[str]] = {
        "lang": LANGUAGES,
        "programme": tuple(data.programmes),
        "sectors": SECTORS,
        "denominator": DENOMINATORS,
        "measure": MEASURES,
        "rows": DIMENSIONS,
        "columns": DIMENSIONS,
        "peers": tuple(data.programmes),
        "role": ROLES,
    }
    return known.get(unknown.rule, ())


def _package(data: Data, parsed: Parsed) -> File:
    role = {} if parsed.role == ROLES[0] else {"role": parsed.role}
    described = package(data, parsed.filters, link.query(parsed.filters, parsed.lang, **role))
    programme = data.programme(parsed.filters)
    return File(
        name=PACKAGE,
        media_type=MEDIA_TYPES["json"],
        body=json.dumps(described, ensure_ascii=False, indent=1).encode(),
        version=data.version.name,
        as_of=data.as_of(Filters(programme=programme.programme_id, until=parsed.filters.until)),
        sample=programme.is_sample,
        data=data,
    )
