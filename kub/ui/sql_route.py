"""POST /api/sql?<query of the page's link>: one SELECT, run for the role that the same browser has
on the screen; its rows as a table with a chart, or as a file.

The body is JSON: {"sql": …}, with "ending" and "writing" for a file; {} starts a process ahead.
POST because a link or a picture on another site must not be able to run anything here (the doors
ask for this site's Origin). A browser that goes away gives its statement up.
"""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kub import words as words_of
from kub.answers.sql_answer import fault_words, step_title
from kub.charts.sql_result import chart
from kub.exports.csv import Writing
from kub.exports.data_files import MEDIA_TYPES
from kub.exports.sql_files import SqlRows, file_of
from kub.sql import sandbox
from kub.sql.answer import Answer
from kub.sql.faults import SqlFault
from kub.sql.limits import AT_ONCE, LONGEST
from kub.ui import downloads, errors, explore_sql, headers, metrics, view, who
from kub.ui.doors import connection_of
from kub.ui.view import View
from kub.web import blocks
from kub.web.sql_blocks import columns_of, table_of
from kub.words import LANGUAGES, Words
from queries import ROLES

JSON = "application/json"
FRESH = {"Cache-Control": "no-store"}
MOST_BODY = 64_000  # bytes
STATUS = {"refused": 403, "busy": 503, "fault": 500, "cancelled": 409}
# Those that run and those that wait: these must not wait for a thread as well.
POOL = ThreadPoolExecutor(4 * AT_ONCE, "kub-sql")


async def run(request: Request) -> Response:
    """The answer; never raises."""
    body = await _body(request)
    ticket = sandbox.Ticket()
    loop = asyncio.get_running_loop()
    answer = loop.run_in_executor(POOL, respond, request, body, ticket)
    gone = asyncio.create_task(_gone(request, ticket))
    try:
        return await answer
    finally:
        gone.cancel()


async def _body(request: Request) -> bytes:
    """What was sent, at most MOST_BYTES and a little: more is no statement."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BODY:
            break
    return content


async def _gone(request: Request, ticket: sandbox.Ticket) -> None:
    """Gives the statement up when the browser has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    ticket.cancel()


def respond(request: Request, body: bytes, ticket: sandbox.Ticket) -> Response:
    """The response to a statement, in a thread of its own."""
    lang = request.query_params.get("lang", LANGUAGES[0])
    words = words_of.of(lang if lang in LANGUAGES else LANGUAGES[0])
    try:
        return _response(request, body, ticket)
    except SqlFault as fault:
        metrics.SQL.labels(fault.rule).inc()
        return _json(STATUS.get(fault.rule, 400), problem_of(fault, words))
    except errors.UserProblem as problem:
        title, todo = problem.message(words, str)
        return _json(503, {"problem": title, "todo": todo})
    except Exception as fault:  # noqa: BLE001 logged like any bug, and answered without a traceback
        number = errors.logged(fault, str(request.url.path))
        return _json(500, {**problem_of(SqlFault("fault"), words), "detail": number})


def _response(request: Request, body: bytes, ticket: sandbox.Ticket) -> Response:
    params = {name: request.query_params.getlist(name) for name in request.query_params}
    seen = view.asked_by(params, connection_of(request.headers))
    if not seen.analyst:
        who.refused("analyst", connection_of(request.headers))
        raise SqlFault("refused")
    seen = explore_sql.seen(seen)
    asked = _asked(body)
    if "sql" not in asked:
        sandbox.warm(seen.data)
        return Response(status_code=204, headers=FRESH)
    sql = asked["sql"]
    answer = sandbox.run(seen.data, sql, _asker(request), ticket)
    metrics.SQL.labels("answered").inc()
    if not asked.get("ending"):
        return _json(200, shown(answer, seen))
    made = _file(answer, sql, asked, seen)
    asking, file = connection_of(request.headers), f"kub-sql.{asked['ending']}"
    statement = " ".join(sql.split())
    downloads.note(seen.data, {}, answer.table.num_rows, asking, statement=statement, file=file)
    return made


def _asked(body: bytes) -> Mapping[str, str]:
    """The request. Raises SqlFault for what is none."""
    if len(body) > MOST_BODY:
        raise SqlFault("long", limit=LONGEST, name=f"> {MOST_BODY}")
    try:
        asked = json.loads(body or b"{}")
    except ValueError:
        asked = None
    if not isinstance(asked, dict) or not all(isinstance(value, str) for value in asked.values()):
        raise SqlFault("empty")
    return asked


def _asker(request: Request) -> str:
    """Whose second statement gives up the first: a browser."""
    return headers.cookies(request.headers).get(headers.BROWSER, "")


def shown(answer: Answer, seen: View) -> Mapping[str, Any]:
    """What the page draws: table, chart or the reason why there is none, and what it rests on."""
    words, columns = seen.words, columns_of(answer.table)
    rows = len(answer.table)
    counts = {"rows": rows, "columns": len(columns), "ms": answer.ms}
    notes = [words("sql.rows", **counts)]
    notes += [words(f"sql.cut_{answer.cut}", rows=rows)] if answer.cut else []
    payload: dict[str, Any] = {
        "title": words("sql.result"),
        "notes": notes,
        "source": _source(seen),
    }
    if not rows:
        return payload | {"empty": words("sql.empty_result")}
    drawn = chart(columns, words)
    payload["table"] = table_of(columns, words)
    payload["step"] = step_title(answer.table, seen.data, words)
    if drawn is None:
        return payload | {"no_chart": words("sql.no_chart")}
    alt = words("sql.chart_alt", values=drawn.values, names=drawn.names)
    name = "kub-sql"
    payload["chart"] = blocks.Chart(drawn.figure, alt, drawn.height, name, _source(seen))
    if drawn.shown:
        notes.append(words("sql.chart_cut", shown=drawn.shown))
    return payload


def _source(seen: View) -> str:
    line = seen.words(
        "sql.source",
        version=seen.data.version.label,
        programmes=len(seen.data.programmes),
        on=datetime.now(UTC).date(),
    )
    return f"{line} · {seen.words('source.sample')}" if _sample(seen) else line


def _sample(seen: View) -> bool:
    return any(programme.is_sample for programme in seen.data.programmes.values())


def _file(answer: Answer, sql: str, asked: Mapping[str, str], seen: View) -> Response:
    ending, words = asked["ending"], seen.words
    writing: Writing = "id" if asked.get("writing") == "id" else "intl"
    about = {
        "query": " ".join(sql.split()),
        "version": seen.data.version.name,
        "run_on": datetime.now(UTC).date().isoformat(),
        "role": seen.data.role,
    }
    try:
        body = file_of(SqlRows(answer.table, about, _sample(seen)), ending, words, writing)
    except KeyError as fault:
        raise SqlFault("other", f"ending {ending}") from fault
    parts = ["kub-sql", about["run_on"]]
    parts += ["analis"] if seen.data.role == ROLES[-1] else []
    parts += [words("cell.sample_file")] if _sample(seen) else []
    disposition = f'attachment; filename="{"_".join(parts)}.{ending}"'
    sent = {**FRESH, "Content-Disposition": disposition}
    return Response(body, media_type=MEDIA_TYPES[ending], headers=sent)


def problem_of(fault: SqlFault, words: Words) -> Mapping[str, Any]:
    """What is wrong, where, what to do, and DuckDB's own text."""
    wrong, todo = fault_words(fault, words)
    problem: dict[str, Any] = {"problem": wrong, "todo": todo, "detail": fault.detail}
    if "like" in fault.values:
        problem["like"] = fault.values["like"]
    return problem | {name: fault.values[name] for name in ("line", "sign") if name in fault.values}


def _json(status: int, content: Mapping[str, Any]) -> Response:
    return Response(blocks.encode(content), status, FRESH, JSON)


routes = [Route(f"{headers.base()}/api/sql", run, methods=["POST"])]
