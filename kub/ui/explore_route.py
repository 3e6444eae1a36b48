"""The list of Jelajah by plain request: rows while it is scrolled through, and files of it.

`GET /api/explore/rows?<query of the page>&offset=…&limit=…` gives rows as the page's first ones;
`GET /api/explore/kubs.<csv|xlsx|parquet>?<query>[&writing=id|intl][&part=whole]` the list as a
file, sent while it is read, so that a million rows take no more memory than ten thousand. Only
those get any whose link may ask for the analyst's view.
"""

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from kub.exports import kub_files
from kub.exports.csv import Writing
from kub.exports.downloads import NOTHING, narrowed_by
from kub.exports.kub_files import QUESTION
from kub.store.data import YearlyOnly
from kub.store.kub_list import BLOCK, MOST_ROWS
from kub.ui import downloads, errors, explore, headers, who
from kub.ui.doors import connection_of
from kub.ui.page_route import PRIVATE, TooLong, asked_words, packed, view_of
from kub.ui.view import View
from kub.web.blocks import encode
from kub.web.text_cache import Packed

OWN = ("writing", "offset", "limit", "part")  # of these routes, no part of a view


def rows(request: Request) -> Response:
    """Rows of the list from `offset` on, `limit` many."""

    def answer(seen: View) -> Response:
        offset = _number(request, "offset", 0, 10**9)
        limit = _number(request, "limit", BLOCK, MOST_ROWS)
        listed = explore.rows(explore.kubs(seen), seen.words, offset, limit)
        return packed(request, Packed.of(encode({"rows": listed})))

    return _answered(request, answer)


def file(request: Request) -> Response:
    """The list as a file, its rows in the order of the screen; part=whole: all KUB under the
    filters, with all columns.
    """

    def answer(seen: View) -> Response:
        ending = request.path_params["ending"]
        whole = "whole" in request.query_params.getlist("part")
        listed = explore.whole(seen) if whole else explore.kubs(seen)
        columns = explore.columns_of_file(seen.parsed.controls, whole)
        writing: Writing = "id" if "id" in request.query_params.getlist("writing") else "intl"
        made = kub_files.file(listed, columns, ending, seen.words, writing)
        if request.method != "HEAD":
            narrowed = narrowed_by(
                seen.data, seen.filters, more=NOTHING if whole else seen.parsed.controls
            )
            asking = connection_of(request.headers)
            downloads.note(
                seen.data, narrowed, listed.number(), asking, question=QUESTION, file=made.name
            )
        disposition = f"attachment; filename*=UTF-8''{quote(made.name)}"
        sent = {**PRIVATE, "Content-Disposition": disposition}
        return StreamingResponse(made.chunks, media_type=made.media_type, headers=sent)

    return _answered(request, answer)


def _answered(request: Request, answer: Callable[[View], Response]) -> Response:
    try:
        seen = view_of(request, OWN)
        if not seen.analyst:
            who.refused("analyst", connection_of(request.headers))
            return PlainTextResponse("forbidden\n", 403)
        return answer(seen)
    except (KeyError, TooLong, ValueError, YearlyOnly, kub_files.TooLong):
        return PlainTextResponse("not found\n", 404)
    except errors.UserProblem as problem:
        title, todo = problem.message(asked_words(request), str)
        return PlainTextResponse(f"{title}. {todo}\n", 503)
    except Exception as fault:  # noqa: BLE001 logged like any bug, and answered without a traceback
        number = errors.logged(fault, str(request.url))
        return PlainTextResponse(f"fault {number}\n", 500)


def _number(request: Request, name: str, usual: int, most: int) -> int:
    """A whole number of the query from 0 to most. Raises ValueError."""
    [text] = request.query_params.getlist(name) or [str(usual)]
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= most):
        raise ValueError(name)
    return int(text)


routes = [
    Route(f"{headers.base()}/api/explore/rows", rows, methods=["GET", "HEAD"]),
    Route(f"{headers.base()}/api/explore/kubs.{{ending}}", file, methods=["GET", "HEAD"]),
]
