"""Coming in by an invitation link, and the session that stands for whoever came in.

Opening the link only shows a page: programs that preview links open them too. The press of its button makes the
account and its session, and the conversation then asks whether this is the right unit, as on every other door.
"""

from __future__ import annotations

import secrets

from aiohttp import web

from bot.channels.host import Visitor
from bot.channels.incoming import Account, Incoming
from bot.channels.web import CHANNEL
from bot.web import page_texts, pages
from bot.web.arrivals import TooManyGuesses
from bot.web.backend import account_of
from bot.web.guards import BACKEND, BELL, SESSIONS, RequestRefused
from bot.web.sessions import COOKIE, LINKED, external_of, new_token
from dialogs.values.events import Started

MAX_CODE = 64
MAX_NAME = 80
SESSION_SECONDS = 30 * 24 * 3600


async def join(request: web.Request) -> web.Response:
    """Take the code: for who is signed in here if they say so, else for a newcomer with the name that was given."""
    door, form = request.app[BACKEND], await request.post()
    if door.arrivals is None:
        raise RequestRefused(404, "not_found")
    code, who = code_of(str(form.get("code", ""))), str(form.get("who", ""))
    person = request.app[SESSIONS].find(request.cookies.get(COOKIE, ""))
    if person is not None and who == "me":
        await _offer(request, account_of(person), code)
        return web.Response(status=303, headers={"Location": "/"})
    name = _name(str(form.get("name", "")))
    if person is not None and who != "anew":
        return page(pages.join_as(person, code, name))
    if not name:
        return page(pages.join(code, page_texts.JOIN_NAMELESS))
    return await _newcomer(request, code, name)


async def _newcomer(request: web.Request, code: str, name: str) -> web.Response:
    arrivals, token = request.app[BACKEND].arrivals, new_token()
    account = Account(CHANNEL, external_of(token), name)
    try:
        admitted = arrivals is not None and await arrivals.admit(account.external, code, name, request.remote or "")
    except TooManyGuesses:
        raise RequestRefused(429, "too_many_codes") from None
    if not admitted:
        return page(pages.join(code, page_texts.ERRORS["wrong_code"], name), 403)
    await _offer(request, account, code)
    await end_session(request)
    request.app[SESSIONS].hold(token, Visitor(account.external, name))
    return signed_in_as(request, token)


async def _offer(request: web.Request, account: Account, code: str) -> None:
    """Let the conversation show the invitation."""
    # The id of an opening, as the page makes them: no words of hers are shown for it.
    event = Started(code, f"s{secrets.token_hex(10)}")
    await request.app[BACKEND].turns.take([Incoming(f"{account.external}:{event.message}", account, event)])
    request.app[BELL].ring(account.external)


async def end_session(request: web.Request) -> None:
    """End the session of a request; an account that came by an invitation ends with it."""
    token = request.cookies.get(COOKIE, "")
    person, arrivals = request.app[SESSIONS].find(token), request.app[BACKEND].arrivals
    request.app[SESSIONS].end(token)
    request.app[BELL].hang_up(token)
    if person is not None and arrivals is not None and person.handle.startswith(LINKED):
        await arrivals.leave(person.handle)


def signed_in_as(request: web.Request, token: str) -> web.Response:
    """Return the way to the chat, with the token that opens it."""
    return hand_token(request, web.Response(status=303, headers={"Location": "/"}), token)


def hand_token(request: web.Request, response: web.Response, token: str) -> web.Response:
    """Let the browser keep a token for ``SESSION_SECONDS`` from now."""
    secure = request.secure or request.app[BACKEND].secure
    # Strict would hide the session from whoever follows a link in Zalo or Telegram to this page; a change that
    # another site asks for is refused by ``same_origin``.
    response.set_cookie(COOKIE, token, max_age=SESSION_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response


def code_of(text: str) -> str:
    """Return a code as a link or a person gave it, as far as one may be."""
    return text.strip() if len(text) <= MAX_CODE and text.isprintable() else ""


def _name(text: str) -> str:
    """Return a name on one line; '' for what is none."""
    name = " ".join(text.encode("utf-8", "ignore").decode().split())
    return name if len(name) <= MAX_NAME and name.isprintable() else ""


def page(html: str, status: int = 200) -> web.Response:
    """Return a page of ours."""
    return web.Response(text=html, status=status, content_type="text/html")
