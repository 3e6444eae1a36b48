"""What the filter bar fetches: its options, and places that are too many to be listed.

`GET /api/filters/<tag>?programme=…&lang=…` has everything that one version offers of a programme in
one language; the tag changes with version, code and words, so it is kept for ever. `GET
/api/villages?programme=…&q=…&districts=…&until=…` finds villages by a part of their name,
`/api/districts` districts; `/api/regencies?q=…&lang=…` official regencies, whoever has records of
them. Nothing here depends on the role: counts of KUB are told to everyone.
"""

import gzip
import hashlib
import json
from dataclasses import asdict
from functools import cache
from typing import Any
from urllib.parse import quote

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kub.answers import options
from kub.store.data import Data
from kub.ui import assets, headers
from kub.ui.data import data, has_targets
from kub.ui.errors import UserProblem
from kub.words import LANGUAGES, Words, of
from queries.filters import DENOMINATORS

KEEP = "private, max-age=31536000, immutable"
FRESH = "private, no-cache"
JSON = "application/json"
# What the bar says, from the words of the frame; {name} and {count} are filled in the browser.
SAYS = (
    "title",
    "programme",
    "districts",
    "districts_all",
    "districts_count",
    "villages",
    "villages_all",
    "villages_count",
    "sectors",
    "sectors_all",
    "sectors_count",
    "years",
    "since",
    "since_all",
    "until",
    "until_all",
    "denominator",
    "denominator_help",
    "clear",
    "remove",
    "kub",
    "search",
    "options",
    "none",
    "more",
    "searching",
    "lost",
    "added",
    "removed",
)


def offered(seen: Data, programme_id: str, words: Words) -> dict[str, Any]:
    """All that the bar shows of a programme. Raises KeyError for an unknown one.

    districts, villages: null where they are too many to be listed and are searched for instead.
    """
    programme = seen.programmes[programme_id]
    return {
        "programme": programme_id,
        "default": seen.default.programme_id,
        "programmes": [
            {
                "code": code,
                "label": words.regency(other.regency),
                "name": other.name,
                "years": other.years[:: max(len(other.years) - 1, 1)],
            }
            for code, other in seen.programmes.items()
        ],
        "years": programme.years,
        "districts": _written(options.places(seen, programme_id, "districts")),
        "villages": _written(options.places(seen, programme_id, "villages")),
        "sectors": [
            {**option, "label": words(f"sector.{option['code']}")}
            for option in _written(options.sectors(seen, programme_id)) or ()
        ],
        "targets": has_targets(seen, programme_id),
        "denominators": [
            {"code": code, "label": words(f"denominator.{code}")} for code in DENOMINATORS
        ],
        "words": {
            **{name: words.texts[f"filters.{name}"].replace(":n}", "}") for name in SAYS},
            "analyst": words("withheld.switch"),
            "analyst_help": words("withheld.switch_help"),
        },
    }


def _written(offers: list[options.Option] | None) -> list[dict[str, Any]] | None:
    return None if offers is None else [asdict(option) for option in offers]


def address(seen: Data) -> str:
    """Where the options of this version are."""
    return f"{headers.base()}/api/filters/{_tag(seen.version.name)}"


@cache
def _tag(version: str) -> str:
    texts = [of(lang).texts for lang in LANGUAGES]
    parts = json.dumps([version, assets.folder(), texts], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


@st.cache_data(max_entries=64, show_spinner=False)
def _packed(_seen: Data, version: str, programme_id: str, lang: str) -> bytes:  # noqa: ARG001 part of the cache key
    text = json.dumps(
        offered(_seen, programme_id, of(lang)), ensure_ascii=False, separators=(",", ":")
    )
    return gzip.compress(text.encode(), 6, mtime=0)


def filters(request: Request) -> Response:
    """The options. An address of another version is a 404, never other content under that name."""
    try:
        seen = data()
    except UserProblem:
        return _missing()
    lang = request.query_params.get("lang", LANGUAGES[0])
    programme_id = request.query_params.get("programme", "")
    known = lang in LANGUAGES and programme_id in seen.programmes
    if not known or request.path_params["tag"] != _tag(seen.version.name):
        return _missing()
    body = _packed(seen, seen.version.name, programme_id, lang)
    response_headers = {"Cache-Control": KEEP, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            body, media_type=JSON, headers=response_headers | {"Content-Encoding": "gzip"}
        )
    return Response(gzip.decompress(body), media_type=JSON, headers=response_headers)


def places(request: Request) -> Response:
    """Districts or villages by a part of their name: {"rows": [[code, label, KUB]], "more"}."""
    asked = request.query_params
    kind: options.Place = "districts" if request.url.path.endswith("districts") else "villages"
    until = asked.get("until", "")
    if until and not (len(until) == 4 and until.isascii() and until.isdigit()):
        return PlainTextResponse("bad request\n", 400)
    try:
        rows, more = options.search(
            data(),
            asked.get("programme", ""),
            kind,
            asked.get("q", ""),
            asked.getlist("districts"),
            int(until) if until else None,
        )
    except (KeyError, UserProblem):
        return _missing()
    body = json.dumps({"rows": rows, "more": more}, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type=JSON, headers={"Cache-Control": FRESH})


def regencies(request: Request) -> Response:
    """Official regencies by a part of their name: {"rows": [[code, label]], "more"}."""
    asked = request.query_params
    lang = asked.get("lang", LANGUAGES[0])
    if lang not in LANGUAGES:
        return _missing()
    rows, more = options.regencies(asked.get("q", ""), of(lang))
    body = json.dumps({"rows": rows, "more": more}, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type=JSON, headers={"Cache-Control": FRESH})


def regencies_address(lang: str) -> str:
    """Where official regencies are searched; `&q=…` follows."""
    return f"{headers.base()}/api/regencies?lang={lang}"


def _missing() -> Response:
    return PlainTextResponse("not found\n", 404, headers={"Cache-Control": "no-store"})


def query(programme_id: str, lang: str) -> str:
    """What follows `address` for a programme."""
    return f"?programme={quote(programme_id, safe='')}&lang={lang}"


routes = [
    Route(f"{headers.base()}/api/filters/{{tag}}", filters, methods=["GET", "HEAD"]),
    Route(f"{headers.base()}/api/districts", places, methods=["GET", "HEAD"]),
    Route(f"{headers.base()}/api/villages", places, methods=["GET", "HEAD"]),
    Route(f"{headers.base()}/api/regencies", regencies, methods=["GET", "HEAD"]),
]
