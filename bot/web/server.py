"""The web chat's server: pages, messages in, lines out, files. ``make_app`` is all that the program needs.

POST /api/messages is answered after the commit, so that what the page was told is stored stays stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.channels.host import Visitor
from bot.channels.web import MAX_TEXT, BadMessage, message_id, parse, render
from bot.inspecting.uploads import uploaded
from bot.web import joining, pages
from bot.web.backend import PAGE_LINES, Backend, account_of
from bot.web.guards import (
    BACKEND,
    BELL,
    SESSIONS,
    RequestRefused,
    add_headers,
    log_failure,
    one_sentence,
    recall,
    same_origin,
    signed_in,
)
from bot.web.sessions import COOKIE, LINKED, Sessions
from bot.web.stream import Bell, pour
from bot.web.uploads import read_file

MAX_BODY = 1024 * 1024
MAX_ID = 2**63 - 1
PICTURE = "image/png"
"""What we draw ourselves: the only kind that a browser may open by itself. Evidence never has a kind of its own."""


def make_app(door: Backend) -> web.Application:
    """Return the application that serves ``door``; run it with aiohttp's AppRunner."""
    app = web.Application(middlewares=[one_sentence, same_origin, recall], client_max_size=MAX_BODY)
    app[BACKEND] = door
    app[SESSIONS] = Sessions()
    app[BELL] = Bell()
    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.append(_watch)
    app.on_shutdown.append(_end_streams)
    app.add_routes(
        [
            web.get("/", _home),
            web.post("/signin", _sign_in),
            web.post("/signout", _sign_out),
            web.post("/join", joining.join),
            web.get("/api/menu", _menu),
            web.post("/api/messages", _messages),
            web.post("/api/files", _take_file),
            web.get("/api/lines", _lines),
            web.get("/api/events", _events, allow_head=False),
            web.get("/files/{id}", _file),
            web.get("/healthz", _health),
            web.get("/sw.js", _worker),
            web.get("/static/{name}", _static),
        ]
    )
    return app


async def _watch(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[BELL].watch(app[BACKEND]))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _end_streams(app: web.Application) -> None:
    app[BELL].close()


async def _home(request: web.Request) -> web.Response:
    door, sessions = request.app[BACKEND], request.app[SESSIONS]
    token = request.cookies.get(COOKIE, "")
    person = await _as_now(door, sessions.find(token))
    if door.arrivals is not None and "moi" in request.query:
        code = joining.code_of(request.query["moi"])
        return joining.page(pages.join(code) if person is None or not code else pages.join_as(person, code, ""))
    if person is not None:
        # Whoever keeps coming stays signed in: an invitation cannot be used twice.
        return joining.hand_token(request, joining.page(pages.chat(person, door.zone)), token)
    if door.arrivals is not None and not door.people:
        return joining.page(pages.join(""))
    return joining.page(pages.sign_in(door.people, sessions.lost(token), door.arrivals is not None))


async def _as_now(door: Backend, person: Visitor | None) -> Visitor | None:
    """Return a signed-in person with the unit they work for now: they may have joined one, or been removed."""
    if person is None or door.arrivals is None:
        return person
    found = await asyncio.to_thread(door.arrivals.visitor, person.handle)
    return found if found is not None or person.handle.startswith(LINKED) else person


async def _sign_in(request: web.Request) -> web.Response:
    form = await request.post()
    person = request.app[BACKEND].person(str(form.get("person", "")))
    if person is None:
        raise RequestRefused(403, "unknown_person")
    await joining.end_session(request)
    return joining.signed_in_as(request, request.app[SESSIONS].begin(person))


async def _sign_out(request: web.Request) -> web.Response:
    person = request.app[SESSIONS].find(request.cookies.get(COOKIE, ""))
    if person is not None and person.handle.startswith(LINKED) and not (await request.post()).get("sure"):
        return joining.page(pages.leave(person))
    await joining.end_session(request)
    response = web.Response(status=303, headers={"Location": "/"})
    response.del_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.secure)
    return response


async def _menu(request: web.Request) -> web.Response:
    """Return what the person's roles offer now, and the unit they work for now ('' for none)."""
    person, door = signed_in(request), request.app[BACKEND]
    found = await asyncio.to_thread(door.records.menu, account_of(person))
    now = await _as_now(door, person)
    unit = pages.unit_of(now) if now is not None and now.unit else ""
    return web.json_response({"commands": [[f"/{command}", words] for command, words in found], "unit": unit})


async def _messages(request: web.Request) -> web.Response:
    """Take one message. The lines after ``?after=`` come back with the answer: no page waits for its stream."""
    account = account_of(signed_in(request))
    after = _number(request, "after")
    try:
        incoming = parse(account, await _body(request))
    except BadMessage as bad:
        raise RequestRefused(
            413 if bad.code == "too_long" else 400, bad.code, limit=f"{MAX_TEXT:,}".replace(",", ".")
        ) from bad
    await request.app[BACKEND].turns.take([incoming])
    request.app[BELL].ring(account.external)
    lines = await request.app[BACKEND].after(account, after)
    return web.json_response({"cid": incoming.id, "lines": [render(line) for line in lines]})


async def _take_file(request: web.Request) -> web.Response:
    """Take a file for the question she stands at; answered as a message is, after the commit."""
    account = account_of(signed_in(request))
    after, door = _number(request, "after"), request.app[BACKEND]
    try:
        key, cid = message_id(account, request.query.get("cid")), request.query["cid"]
    except BadMessage as bad:
        raise RequestRefused(400, bad.code) from bad
    name, content = await read_file(request, account.external)
    incoming = await asyncio.to_thread(uploaded, account, key, cid, name, content, door.local_now())
    await door.turns.take([incoming])
    request.app[BELL].ring(account.external)
    lines = await door.after(account, after)
    return web.json_response({"cid": key, "lines": [render(line) for line in lines]})


async def _lines(request: web.Request) -> web.Response:
    """Return lines after ``?after=``, or those before ``?before=`` (0: the newest)."""
    account = account_of(signed_in(request))
    door = request.app[BACKEND]
    if "before" in request.query:
        lines = await door.before(account, _number(request, "before"))
    else:
        lines = await door.after(account, _number(request, "after"))
    response = web.json_response({"lines": [render(line) for line in lines], "more": len(lines) == PAGE_LINES})
    # A page of narratives is large for a weak network; Vietnamese shrinks to a third.
    response.enable_compression()
    return response


async def _events(request: web.Request) -> web.StreamResponse:
    account = account_of(signed_in(request))
    last = request.headers.get("Last-Event-ID", "")
    after = int(last) if _is_id(last) else _number(request, "after")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await response.prepare(request)
    with request.app[BELL].listen(account, request.cookies[COOKIE], after) as listener:
        try:
            await pour(response, request.app[BACKEND], listener)
        except (ConnectionError, TimeoutError):
            # The page has left; there is nobody to tell.
            response.force_close()
        except Exception as error:
            # The answer has begun, so no sentence fits any more; the page comes again by itself.
            log_failure(request, error)
            response.force_close()
    return response


async def _file(request: web.Request) -> web.Response:
    account = account_of(signed_in(request))
    number = request.match_info["id"]
    if not _is_id(number):
        raise RequestRefused(404, "not_found")
    found = await asyncio.to_thread(request.app[BACKEND].records.file, account, int(number))
    if found is None:
        raise RequestRefused(404, "not_found")
    name, media_type, data = found
    shown = "inline" if media_type == PICTURE else "attachment"
    disposition = f"{shown}; filename*=UTF-8''{quote(name, safe='')}"
    policy = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    # As a stream: twenty megabytes in one write would hold up everybody's chat.
    headers = {"Content-Type": media_type, "Content-Disposition": disposition, **policy}
    return web.Response(body=BytesIO(data), headers=headers)


async def _health(request: web.Request) -> web.Response:
    await asyncio.to_thread(request.app[BACKEND].records.check)
    return web.json_response({"ok": True})


async def _worker(_request: web.Request) -> web.FileResponse:
    # Served from the root, because a service worker looks after its own folder only.
    return _asset("sw.js")


async def _static(request: web.Request) -> web.FileResponse:
    return _asset(request.match_info["name"])


def _asset(name: str) -> web.FileResponse:
    path = pages.STATIC / name
    if path.parent != pages.STATIC or not path.is_file():
        raise RequestRefused(404, "not_found")
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


async def _body(request: web.Request) -> str:
    # Another content type could be sent by a plain form of another site.
    if request.content_type != "application/json":
        raise RequestRefused(415, "not_json")
    try:
        return (await request.read()).decode()
    except UnicodeDecodeError:
        raise RequestRefused(400, "not_json") from None


def _number(request: web.Request, name: str) -> int:
    value: Any = request.query.get(name, "0")
    if not _is_id(value):
        raise RequestRefused(400, "not_understood")
    return int(value)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 19 and int(value) <= MAX_ID
