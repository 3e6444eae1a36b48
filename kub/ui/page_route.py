"""Pages and their cards by plain request, without a run of the script.

`GET /api/page/<name>?<query of the link>` is the page as blocks (kub/ui/content.py): a change of
filters draws it at once. `GET /api/card/<page>/<key>.<table|csv|xlsx>` is what a card gives away,
`GET /api/origin/<page>/<key>` where its numbers come from (kub/ui/origin.py). All see with the
role that the same browser has on the screen; guests' figures are in none.
"""

from collections.abc import Collection, Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kub import words
from kub.exports.downloads import narrowed_by
from kub.ui import content, downloads, errors, headers, origin, view
from kub.ui.doors import connection_of
from kub.ui.files import File, file
from kub.ui.view import View
from kub.web import twin
from kub.web.blocks import Text, encode
from kub.web.text_cache import Packed
from kub.words import LANGUAGES, Words

OWN = ("writing",)  # of the route itself, no part of a view
LONGEST = 8_000  # signs of a query; the longest that a page's own links have is about 3,000
JSON = "application/json"
PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie"}


def page(request: Request) -> Response:
    """One page under the query, as blocks; 404 where there is none by that name."""
    try:
        return packed(request, content.payload(view_of(request), request.path_params["name"]))
    except (KeyError, TooLong):
        return PlainTextResponse("not found\n", 404)
    except errors.UserProblem as problem:
        return _calm(request, *problem.message(asked_words(request)))
    except Exception as fault:  # noqa: BLE001 like errors.on_script_error: logged, told calmly
        fault_id, say = errors.logged(fault, str(request.url)), asked_words(request)
        return _calm(request, say("error.fault.title"), say("error.fault.todo", id=fault_id))


def card(request: Request) -> Response:
    """The rows of one card: as a table to read, or as a file."""
    key, _, ending = request.path_params["file"].rpartition(".")
    try:
        seen = view_of(request)
        written = content.written(seen, request.path_params["name"])
        answer = written.answers[key]
        if ending == "table":
            listed = twin.table(answer.frame, seen.words, opens=written.opens.get(key, ""))
            return packed(request, Packed.of(encode(listed)))
        made = file(answer, ending, request.query_params.getlist("writing"), seen.words)
        return _sent(request, made, seen, answer.question)
    except (KeyError, TooLong):
        return PlainTextResponse("not found\n", 404)
    except errors.UserProblem as problem:
        return _calm(request, *problem.message(asked_words(request)))


def origins(request: Request) -> Response:
    """Where the numbers of one card come from: as the panel, or all rows of a kind as a file."""
    kind, _, ending = request.path_params.get("file", "").rpartition(".")
    try:
        seen = view_of(request)
        written = content.written(seen, request.path_params["name"])
        answer = (written.answers | written.strips)[request.path_params["key"]]
        if not ending:
            return packed(request, Packed.of(origin.text(seen.data, answer, seen.words)))
        asked = request.query_params.getlist("writing")
        made = origin.rows_file(seen.data, answer, kind, ending, asked, seen.words)
        return _sent(request, made, seen, answer.question)
    except (KeyError, TooLong):
        return PlainTextResponse("not found\n", 404)
    except errors.UserProblem as problem:
        return _calm(request, *problem.message(asked_words(request)))


def _sent(request: Request, made: File, seen: View, question: str) -> Response:
    """The file, noted where readers would not have got it. Raises errors.NotAudited."""
    narrowed, asking = (
        narrowed_by(seen.data, seen.filters, seen.against),
        connection_of(request.headers),
    )
    if request.method != "HEAD":
        downloads.note(seen.data, narrowed, made.rows, asking, question=question, file=made.name)
    disposition = f"attachment; filename*=UTF-8''{quote(made.name)}"
    sent = {**PRIVATE, "Content-Disposition": disposition}
    return Response(made.body, media_type=made.media_type, headers=sent)


class TooLong(ValueError):
    """A query that no page's link has."""


def view_of(request: Request, own: Collection[str] = OWN) -> View:
    """The view that a request asks for, with the role that its browser may have.

    own: names of the route itself, no part of a view. Raises TooLong.
    """
    if len(request.url.query) > LONGEST:
        raise TooLong
    asked: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in own:
            asked.setdefault(name, []).append(value)
    return view.asked_by(asked, connection_of(request.headers))


def asked_words(request: Request) -> Words:
    """In the language of the request, without needing any data."""
    lang = request.query_params.get("lang", LANGUAGES[0])
    return words.of(lang if lang in LANGUAGES else LANGUAGES[0])


def packed(request: Request, text: Packed) -> Response:
    """JSON as the browser takes it, or that it has it already."""
    tag = f'"{text.tag}"'
    sent: Mapping[str, str] = {**PRIVATE, "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=sent)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(text.zipped, media_type=JSON, headers={**sent, "Content-Encoding": "gzip"})
    return Response(text.body, media_type=JSON, headers=sent)


def _calm(request: Request, title: str, todo: str) -> Response:
    """What went wrong, as a page of its own."""
    blocks = encode([Text(title, todo.replace("**", "").replace("`", ""), boxed=True)])
    body = f'{{"blocks":{blocks},"lang":"{asked_words(request).lang}"}}'
    return Response(body, 503, media_type=JSON, headers={"Cache-Control": "no-store"})


routes = [
    Route(f"{headers.base()}/api/page/{{name}}", page, methods=["GET", "HEAD"]),
    Route(f"{headers.base()}/api/card/{{name}}/{{file}}", card, methods=["GET", "HEAD"]),
    Route(f"{headers.base()}/api/origin/{{name}}/{{key}}", origins, methods=["GET", "HEAD"]),
    Route(
        f"{headers.base()}/api/origin/{{name}}/{{key}}/{{file}}", origins, methods=["GET", "HEAD"]
    ),
]
