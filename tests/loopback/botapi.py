"""A server that speaks the Bot API over HTTP as Telegram does, as far as Baocao uses it."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.loopback.checks import Refusal, bad, checked_keyboard, checked_photo, checked_text
from tests.loopback.faults import Faults
from tests.loopback.limits import Limits
from tests.loopback.people import Person, Seen
from tests.loopback.updates import DEFAULT_KINDS, Updates

TOKEN = "1234567:loopback-token"
BOT = {"id": 1234567, "is_bot": True, "first_name": "Bot Báo cáo", "username": "baocao_bot"}
_COUNTED = frozenset({"sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageReplyMarkup"})
MAX_DOWNLOAD = 20 * 1024 * 1024
_ABLE = {"can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False}
_ANSWER_TO_GETME = {
    **BOT,
    "can_join_groups": False,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


@dataclass
class Call:
    """One call as it came: files are (name, bytes)."""

    method: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class BotApi:
    """``async with BotApi() as api:``; then ``api.base_url`` for the bot and ``api.person(...)`` for people."""

    def __init__(
        self, faults: Faults | None = None, token: str = TOKEN, record: bool = True, limits: Limits | None = None
    ) -> None:
        self.faults = faults or Faults()
        self.limits = limits
        self.token = token
        self.people: dict[int, Person] = {}
        self.updates = Updates(self.faults)
        self.calls: list[Call] = []
        self.counts: dict[str, int] = {}
        self.webhook = ""
        self.commands: list[dict[str, str]] = []
        self.menus: dict[int, list[dict[str, str]]] = {}
        self.base_url = ""
        self.files: dict[str, bytes] = {}
        self._record = record
        self._open_presses: set[str] = set()
        self._runner: web.AppRunner | None = None

    # ------------------------------------------------------------ its life

    async def __aenter__(self) -> BotApi:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/bot"

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def person(self, chat: int = 7001, name: str = "Lan") -> Person:
        """Return the person with this chat id, who from now on has written to the bot."""
        if chat not in self.people:
            self.people[chat] = Person(chat, name, self._happened)
        return self.people[chat]

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def _happened(self, content: dict[str, Any]) -> None:
        if "callback_query" in content:
            self._open_presses.add(content["callback_query"]["id"])
        self.updates.add(content)

    # ------------------------------------------------------------ files

    def keep_file(self, content: bytes) -> str:
        """Keep a file that a person sends; return its id."""
        key = f"file_{len(self.files) + 1}"
        self.files[key] = content
        return key

    async def _serve_file(self, request: web.Request) -> web.Response:
        key = request.match_info["path"].rpartition("/")[2]
        self.counts["download"] = self.counts.get("download", 0) + 1
        await self.faults.hook("download", "accepted")
        if request.match_info["token"] != self.token or key not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[key], content_type="application/octet-stream")

    # ------------------------------------------------------------ one call

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        call = await _read(method, request)
        if self._record:
            self.calls.append(call)
        self.counts[method] = self.counts.get(method, 0) + 1
        half = self.faults.delay / 2
        if half:
            await asyncio.sleep(half)
        haste = self._haste(call)
        error = self.faults.error()
        if error == "drop_before":
            return _dropped(request)
        status, answer = await self._answer(request.match_info["token"], call, error, haste)
        await self.faults.hook(method, "accepted")
        if half:
            await asyncio.sleep(half)
        if error == "drop_after":
            return _dropped(request)
        response = web.Response(body=json.dumps(answer).encode(), status=status, content_type="application/json")
        with suppress(ConnectionError):  # the bot was killed meanwhile
            await response.prepare(request)
            await response.write_eof()
        await self.faults.hook(method, "answered")
        return response

    def _haste(self, call: Call) -> int:
        """Return for how many seconds the call is refused, 0 if it came in time."""
        if self.limits is None or call.method not in _COUNTED:
            return 0
        return self.limits.arrive(call.fields.get("chat_id", ""), call.fields.get("text", ""))

    async def _answer(self, token: str, call: Call, error: str | None, haste: int) -> tuple[int, dict[str, Any]]:
        try:
            if token != self.token:
                raise Refusal(401, "Unauthorized")
            if error == "500":
                raise Refusal(500, "Internal Server Error")
            if haste or error == "429":
                wait = haste or self.faults.retry_after
                raise Refusal(429, f"Too Many Requests: retry after {wait}", wait)
            return 200, {"ok": True, "result": await self._do(call)}
        except Refusal as refusal:
            answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.retry_after:
                answer["parameters"] = {"retry_after": refusal.retry_after}
            return refusal.code, answer

    async def _do(self, call: Call) -> Any:
        do = getattr(self, f"_{call.method}", None)
        if do is None:
            raise Refusal(404, "Not Found")
        return await do(call) if call.method == "getUpdates" else do(call)

    # ------------------------------------------------------------ the methods, under Telegram's names

    def _getMe(self, call: Call) -> Any:  # noqa: N802
        return {**BOT, **_ABLE}

    async def _getUpdates(self, call: Call) -> Any:  # noqa: N802
        if self.webhook:
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise Refusal(409, f"Conflict: {words}")
        if "allowed_updates" in call.fields:
            self.updates.kinds = frozenset(json.loads(call.fields["allowed_updates"])) or DEFAULT_KINDS
        offset, limit, timeout = (int(call.fields.get(name, "0")) for name in ("offset", "limit", "timeout"))
        return await self.updates.get(offset, limit or 100, timeout)

    def _getFile(self, call: Call) -> Any:  # noqa: N802
        key = call.fields.get("file_id", "")
        if key not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        content = self.files[key]
        if len(content) > MAX_DOWNLOAD:
            raise bad("file is too big")
        return {"file_id": key, "file_unique_id": key, "file_size": len(content), "file_path": f"documents/{key}"}

    def _getWebhookInfo(self, call: Call) -> Any:  # noqa: N802
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates.waiting)}

    def _setWebhook(self, call: Call) -> Any:  # noqa: N802
        self.webhook = call.fields["url"]
        return True

    def _deleteWebhook(self, call: Call) -> Any:  # noqa: N802
        self.webhook = ""
        if call.fields.get("drop_pending_updates", "false") == "true":
            self.updates.waiting.clear()
        return True

    def _setMyCommands(self, call: Call) -> Any:  # noqa: N802
        commands = json.loads(call.fields["commands"])
        for command in commands:
            if not (command["command"].isascii() and command["command"].islower() and command["description"]):
                raise bad("BOT_COMMAND_INVALID")
        if "scope" in call.fields:
            self.menus[self._scope(call)] = commands
        else:
            self.commands = commands
        return True

    def _deleteMyCommands(self, call: Call) -> Any:  # noqa: N802
        self.menus.pop(self._scope(call), None)
        return True

    def _scope(self, call: Call) -> int:
        scope = json.loads(call.fields["scope"])
        if scope.get("type") != "chat" or int(scope["chat_id"]) not in self.people:
            raise bad("chat not found")
        return int(scope["chat_id"])

    def _sendChatAction(self, call: Call) -> Any:  # noqa: N802
        self._chat(call)
        return True

    def _sendMessage(self, call: Call) -> Any:  # noqa: N802
        person = self._chat(call)
        text = checked_text(call.fields.get("text", ""), 4096)
        keyboard = checked_keyboard(call.fields.get("reply_markup", ""))
        return self._deliver(person, Seen(person.next_id(), text, keyboard))

    def _sendDocument(self, call: Call) -> Any:  # noqa: N802
        person = self._chat(call)
        caption = checked_text(call.fields.get("caption", ""), 1024, may_be_empty=True)
        keyboard = checked_keyboard(call.fields.get("reply_markup", ""))
        if "document" not in call.files:
            raise bad("there is no document in the request")
        name, content = call.files["document"]
        if not content:
            raise bad("file must be non-empty")
        return self._deliver(person, Seen(person.next_id(), caption, keyboard, (name, content)))

    def _sendPhoto(self, call: Call) -> Any:  # noqa: N802
        person = self._chat(call)
        caption = checked_text(call.fields.get("caption", ""), 1024, may_be_empty=True)
        keyboard = checked_keyboard(call.fields.get("reply_markup", ""))
        if "photo" not in call.files:
            raise bad("there is no photo in the request")
        name, content = call.files["photo"]
        checked_photo(content)
        return self._deliver(person, Seen(person.next_id(), caption, keyboard, photo=(name, content)))

    def _answerCallbackQuery(self, call: Call) -> Any:  # noqa: N802
        press = call.fields.get("callback_query_id", "")
        if press not in self._open_presses:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self._open_presses.discard(press)
        self.people[int(press.split(".")[0])].answered.append(press)
        return True

    def _editMessageText(self, call: Call) -> Any:  # noqa: N802
        seen = self._shown(call)
        text = checked_text(call.fields.get("text", ""), 4096)
        keyboard = checked_keyboard(call.fields.get("reply_markup", ""))
        if (seen.text, seen.keyboard) == (text, keyboard):
            raise bad("message is not modified")
        seen.text, seen.keyboard = text, keyboard
        return {
            "message_id": seen.message_id,
            "date": 1760000000,
            "chat": {"id": int(call.fields["chat_id"]), "type": "private"},
        }

    def _editMessageReplyMarkup(self, call: Call) -> Any:  # noqa: N802
        seen = self._shown(call)
        keyboard = checked_keyboard(call.fields.get("reply_markup", ""))
        if seen.keyboard == keyboard:
            raise bad("message is not modified")
        seen.keyboard = keyboard
        return {
            "message_id": seen.message_id,
            "date": 1760000000,
            "chat": {"id": int(call.fields["chat_id"]), "type": "private"},
        }

    # ------------------------------------------------------------ chats

    def _chat(self, call: Call) -> Person:
        person = self.people.get(_number(call.fields.get("chat_id", "")))
        if person is None:
            raise bad("chat not found")
        if person.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return person

    def _shown(self, call: Call) -> Seen:
        person = self._chat(call)
        message = _number(call.fields.get("message_id", ""))
        for seen in person.seen:
            if seen.message_id == message:
                return seen
        raise bad("message to edit not found")

    def _deliver(self, person: Person, seen: Seen) -> dict[str, Any]:
        person.receive(seen)
        return _message(person.chat, seen)


def _message(chat: int, seen: Seen) -> dict[str, Any]:
    """Return a message as the Bot API describes it."""
    message: dict[str, Any] = {"message_id": seen.message_id, "from": BOT, "date": 1760000000}
    message["chat"] = {"id": chat, "type": "private", "first_name": "Lan"}
    message["text" if seen.document is None else "caption"] = seen.text
    if seen.document is not None:
        name, content = seen.document
        message["document"] = {"file_id": "f", "file_unique_id": "f", "file_name": name, "file_size": len(content)}
    if seen.keyboard:
        message["reply_markup"] = {"inline_keyboard": seen.keyboard}
    return message


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _read(method: str, request: web.Request) -> Call:
    """Read a call as JSON, as a form, as multipart, or from the query, as the Bot API does."""
    call = Call(method, dict(request.query))
    if request.content_type == "application/json":
        for name, value in json.loads(await request.read() or "{}").items():
            call.fields[name] = value if isinstance(value, str) else json.dumps(value)
    elif request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if part.filename is None:
                call.fields[part.name] = await part.text()
            else:
                call.files[part.name] = (part.filename, bytes(await part.read()))
    else:
        call.fields.update({name: str(value) for name, value in (await request.post()).items()})
    return call
