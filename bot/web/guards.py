"""What stands before every request: where it comes from, who asks, and what leaves with the answer."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.host import Visitor
from bot.web import pages
from bot.web.backend import Backend
from bot.web.page_texts import ERRORS
from bot.web.sessions import COOKIE, Sessions, external_of
from bot.web.stream import Bell

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SESSIONS = web.AppKey("sessions", Sessions)
BACKEND = web.AppKey("door", Backend)
BELL = web.AppKey("bell", Bell)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: under it browsers send "Origin: null" with a form, which the same-origin check must refuse.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Server": "baocao",
}

_CODES = {404: "not_found", 405: "not_allowed", 413: "too_large"}


class RequestRefused(Exception):
    """The request is answered with ``status`` and the sentence of ``code``."""

    def __init__(self, status: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.values = values

    @property
    def sentence(self) -> str:
        return ERRORS[self.code].format(**self.values)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the strict headers on every answer, the errors too; nothing personal stays in a cache."""
    for name, value in HEADERS.items():
        # A file's own policy is stricter still; the server's name is aiohttp's until it is replaced.
        if name not in response.headers or name == "Server":
            response.headers[name] = value
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"


@web.middleware
async def one_sentence(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every failure with one sentence; what went wrong with us goes to the log, without anybody's answer."""
    try:
        return await handler(request)
    except RequestRefused as refusal:
        return _answer(request, refusal)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _answer(request, RequestRefused(error.status, _CODES.get(error.status, "not_understood")))
    except Exception as error:
        log_failure(request, error)
        return _answer(request, RequestRefused(503, "unavailable"))


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a change that another site's page asks for.

    Every browser of the last years sends Origin with a POST; a caller that sends neither header is no browser and
    carries nobody's cookie.
    """
    if request.method not in ("GET", "HEAD"):
        origin = request.headers.get("Origin")
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if site != "same-origin" or (origin is not None and urlsplit(origin).netloc != request.host):
            raise RequestRefused(403, "wrong_origin")
    return await handler(request)


@web.middleware
async def recall(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Know somebody again who came by an invitation before this process began."""
    token, sessions, arrivals = request.cookies.get(COOKIE, ""), request.app[SESSIONS], request.app[BACKEND].arrivals
    if arrivals is not None and sessions.lost(token):
        visitor = await asyncio.to_thread(arrivals.visitor, external_of(token))
        if visitor is not None:
            sessions.hold(token, visitor)
    return await handler(request)


def signed_in(request: web.Request) -> Visitor:
    """Return who asks; raise Refusal if nobody is signed in, or somebody else than the page says (``?as=``).

    Two tabs of one browser share a cookie: without the second check, what is typed on the page of one person
    would be taken as said by the other, who signed in later.
    """
    token = request.cookies.get(COOKIE, "")
    sessions = request.app[SESSIONS]
    person = sessions.find(token)
    if person is None:
        raise RequestRefused(401, "session_lost" if sessions.lost(token) else "not_signed_in")
    if request.query.get("as", person.handle) != person.handle:
        raise RequestRefused(409, "other_person")
    return person


def _answer(request: web.Request, refusal: RequestRefused) -> web.Response:
    if request.path.startswith("/api/"):
        body: dict[str, Any] = {"error": refusal.code, "sentence": refusal.sentence}
        return web.json_response(body, status=refusal.status)
    return web.Response(text=pages.message(refusal.sentence), status=refusal.status, content_type="text/html")


def log_failure(request: web.Request, error: Exception) -> None:
    """Log where it failed. Frames only: the message of a database error would carry the answer being stored."""
    resource = request.match_info.route.resource
    frames = "".join(traceback.format_tb(error.__traceback__))
    name = resource.canonical if resource else "?"
    log.error("%s %s failed: %s\n%s", request.method, name, type(error).__name__, frames)
