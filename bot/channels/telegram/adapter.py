"""Telegram: what its updates mean, what a reply is in its calls, and the calls themselves.

Updates are read as plain JSON and calls are written as plain fields: python-telegram-bot's objects for messages
nobody looks at cost more than the rest of the door (tests/bench/turns.py), and one update it cannot read would hold
up the other ninety-nine of its batch for ever. Its ``Bot`` makes the calls and names the errors.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import (
    Attachment,
    Capabilities,
    DoorClosed,
    Ignored,
    Outgoing,
    Request,
    SendError,
    SendFailure,
)
from bot.channels.incoming import Account, Incoming
from bot.channels.splitting import split, units
from bot.channels.telegram.facts import BASE_URL, NAME
from bot.channels.telegram.files import fetch
from bot.channels.telegram.http import AiohttpRequest, NotConnected, SlowDown, Unreachable
from bot.channels.telegram.photo import is_photo
from bot.runtime import texts
from dialogs.machine import CATALOG
from dialogs.values.events import (
    ChoicePressed,
    Event,
    FileReceived,
    MessageEdited,
    Started,
    TextReceived,
    UnsupportedReceived,
)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
CAPABILITIES = Capabilities(
    max_text=4096,
    max_caption=1024,
    buttons=100,
    max_choice=64,
    max_file=50 * 1024 * 1024,
    per_second=30.0,
    per_chat_seconds=1.0,
    chat_burst=3,
)
MAX_UPDATES = 100
"""The most that one getUpdates may bring."""

_LOG = logging.getLogger(__name__)
# python-telegram-bot's debug lines hold what people are told.
logging.getLogger("telegram").setLevel(logging.INFO)

# ---------------------------------------------------------------- in

# fmt: off
_UNSUPPORTED = (
    "sticker", "voice", "video", "video_note", "audio", "animation", "location", "venue", "contact", "poll", "dice",
    "game", "story", "paid_media", "checklist",
)
_SERVICE = frozenset({
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set", "boost_added",
    "users_shared", "chat_shared", "web_app_data", "connected_website", "proximity_alert_triggered",
    "forum_topic_created", "successful_payment", "refunded_payment", "gift", "unique_gift", "giveaway_created",
})
# fmt: on
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_COMMAND = re.compile(r"(/\w+)(?:@\w+)?(?=\s|$)")


def parse(update: Mapping[str, Any]) -> Incoming | Ignored:
    """Return what an update means, or why it is nobody's: ``parse(json.loads(payload))``. Never raises."""
    for kind, read in (("message", _message), ("edited_message", _edited), ("callback_query", _press)):
        body = update.get(kind)
        if isinstance(body, dict):
            return _incoming(update, kind, body, read(body))
    return Ignored("an update of a kind that was not asked for")


def callback_id(update: Mapping[str, Any]) -> str:
    """Return the id under which a pressed button is to be answered, '' if the update is no press."""
    query = update.get("callback_query")
    return str(query.get("id", "")) if isinstance(query, dict) else ""


def _incoming(update: Mapping[str, Any], kind: str, body: dict[str, Any], event: Event | Ignored) -> Incoming | Ignored:
    if isinstance(event, Ignored):
        return event
    sender = body.get("from")
    if not isinstance(sender, dict) or sender.get("is_bot"):
        return Ignored("without a person as its sender")
    chat = (_dict(body.get("message")) if kind == "callback_query" else body).get("chat")
    if not isinstance(chat, dict) or chat.get("type") != "private" or "id" not in chat:
        return Ignored("not from a private chat")
    name = " ".join(str(sender[part]) for part in ("first_name", "last_name") if sender.get(part))
    raw = _ENCODE(update)
    return Incoming(str(update.get("update_id", "")), Account(NAME, str(chat["id"]), name), event, raw)


def _message(body: dict[str, Any]) -> Event | Ignored:
    message = str(body.get("message_id", ""))
    if isinstance(text := body.get("text"), str):
        return _text(text, message)
    for what in _UNSUPPORTED:
        if what in body:
            return UnsupportedReceived(what, message)
    if isinstance(document := body.get("document"), dict):
        return _file_in(document, str(document.get("file_name", "")), body, message)
    if isinstance(photos := body.get("photo"), list):
        return _file_in(max(map(_dict, photos), key=_size, default={}), "", body, message)
    if not _SERVICE.isdisjoint(body):
        return Ignored("a note of Telegram's own")
    return UnsupportedReceived("other", message)


def _file_in(file: dict[str, Any], name: str, body: dict[str, Any], message: str) -> FileReceived:
    """A photo has no name; of its sizes the largest counts."""
    key = file.get("file_id")
    source = f"{NAME}:{key}" if isinstance(key, str) and key else ""
    return FileReceived(name, _size(file), message, source, str(body.get("caption") or ""))


def _text(text: str, message: str) -> Event:
    command = _COMMAND.match(text)
    if command is None:
        return TextReceived(text, message)
    rest = text[command.end() :]
    if command[1].casefold() == "/start":
        return Started(rest.strip(), message)
    return TextReceived(command[1] + rest, message)


def _edited(body: dict[str, Any]) -> Event | Ignored:
    # A live location is "edited" every few seconds, so what has no text is not answered here.
    if not isinstance(text := body.get("text"), str):
        return Ignored("an edit of something without text")
    return MessageEdited(text, str(body.get("message_id", "")))


def _press(body: dict[str, Any]) -> Event | Ignored:
    if not isinstance(choice := body.get("data"), str):
        return Ignored("a press without data")
    return ChoicePressed(choice)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _size(file: dict[str, Any]) -> int:
    size = file.get("file_size", 0)
    return size if isinstance(size, int) else 0


# ---------------------------------------------------------------- out

_LABELS_IN_A_ROW = ((3, 10), (2, 17))
"""So many buttons share a row if no label is longer: what a phone of 360 px shows without dots."""
_LABEL_SHOWN = 36
"""A longer label ends in dots on a phone, so it is written out in the message as well."""

Button: TypeAlias = tuple[str, str]
"""What it shows and what it carries."""


def render(outgoing: Outgoing, content: bytes | None, capabilities: Capabilities) -> tuple[Request, ...]:
    """Return the calls that carry a reply: long text as several messages, the file and the buttons last.

    No parse_mode is sent, so nothing in the text needs escaping.
    """
    payload = outgoing.payload
    if "menu" in payload:
        return (_menu(outgoing.external, payload["menu"]),)
    choices = payload.get("choices", ())
    buttons = _buttons(choices, capabilities)
    text = str(payload.get("text") or "")
    if len(buttons) < len(choices) or any(len(label) > _LABEL_SHOWN for label, _ in buttons):
        text = _with_spoken(text, choices)
    file = payload.get("file")
    requests = _file(text, file, content, capabilities) if file else _texts(text, capabilities)
    markup = {"reply_markup": _keyboard(buttons)} if buttons else {}
    last = len(requests) - 1
    return tuple(
        Request(one.method, {"chat_id": outgoing.external, **one.fields, **(markup if at == last else {})}, one.file)
        for at, one in enumerate(requests)
    )


def _menu(chat: str, commands: Iterable[Sequence[str]]) -> Request:
    """The commands of one person; without any the chat shows again what everybody is shown."""
    scope = json.dumps({"type": "chat", "chat_id": chat})
    entries = [{"command": command, "description": words} for command, words in commands]
    if not entries:
        return Request("deleteMyCommands", {"scope": scope}, paced=False)
    return Request("setMyCommands", {"commands": json.dumps(entries, ensure_ascii=False), "scope": scope}, paced=False)


def _buttons(choices: Iterable[Sequence[str]], capabilities: Capabilities) -> list[Button]:
    """Return the choices, each (id, label, key), that fit on buttons."""
    shown = ((f"{key} {label}".strip(), choice) for choice, label, key in choices)
    fitting = (each for each in shown if each[0] and 1 <= len(each[1].encode()) <= capabilities.max_choice)
    return list(islice(fitting, capabilities.buttons))


def _with_spoken(text: str, choices: Iterable[Sequence[str]]) -> str:
    """Write out the choices where one has no button or too long a label; all of them, so that the list is one list."""
    return "\n".join([text, "", texts.TYPE_A_CHOICE, *(f"{key}. {label}" for _, label, key in choices)])


def _texts(text: str, capabilities: Capabilities) -> list[Request]:
    # Telegram refuses a message of nothing but white space.
    return [Request("sendMessage", {"text": piece}) for piece in split(text, capabilities.max_text) if piece.strip()]


def _file(text: str, file: Mapping[str, Any], content: bytes | None, capabilities: Capabilities) -> list[Request]:
    if content is None:
        raise SendError(SendFailure.NO_FILE)
    if len(content) > capabilities.max_file:
        raise SendError(SendFailure.TOO_LARGE)
    method, field = ("sendPhoto", "photo") if is_photo(file, content) else ("sendDocument", "document")
    document = Attachment(field, str(file["name"]), content)
    if not text.strip():
        return [Request(method, {}, document)]
    if units(text) <= capabilities.max_caption:
        return [Request(method, {"caption": text}, document)]
    return [*_texts(text, capabilities), Request(method, {}, document)]


def _keyboard(buttons: Sequence[Button]) -> str:
    rows: list[list[dict[str, str]]] = []
    lengths = [len(label) for label, _ in buttons]
    at = 0
    while at < len(buttons):
        wide = _in_a_row(lengths[at : at + 3])
        rows.append([{"text": label, "callback_data": choice} for label, choice in buttons[at : at + wide]])
        at += wide
    return _ENCODE({"inline_keyboard": rows})


def _in_a_row(lengths: Sequence[int]) -> int:
    """Return how many of the first buttons, with labels so long, may stand side by side."""
    for count, longest in _LABELS_IN_A_ROW:
        if len(lengths) >= count and max(lengths[:count]) <= longest:
            return count
    return 1


# ---------------------------------------------------------------- calls


class TelegramBot(Bot):
    """python-telegram-bot's ``Bot`` with one more way to call: what comes back stays plain JSON."""

    async def upload(self, method: str, fields: Mapping[str, Any]) -> Any:
        """Make a call that carries a file; raise ``telegram.error.TelegramError`` as every method of ``Bot`` does."""
        return await self._post(method, dict(fields))


class TelegramChannel:
    """The door while the service runs. Whatever goes wrong is a ``SendError``, a refused token ``DoorClosed``."""

    name = NAME

    def __init__(
        self, token: str, base_url: str = "", proxy: str = "", capabilities: Capabilities = CAPABILITIES
    ) -> None:
        """``base_url`` '' is Telegram's own; ``/bot`` and the token are appended, or the token put at ``{token}``."""
        self.capabilities = capabilities
        self._calls = AiohttpRequest(proxy=proxy)
        self._polls = AiohttpRequest(connections=2, proxy=proxy)
        try:
            self._bot = TelegramBot(
                token, base_url=_base(base_url), request=self._calls, get_updates_request=self._polls
            )
        except InvalidToken:
            raise DoorClosed(texts.TELEGRAM_REFUSED) from None

    async def open(self) -> str:
        """Check the token and return the bot's username."""
        try:
            await self._bot.initialize()
        except TelegramError as error:
            raise _failed(error) from None
        return self._bot.username

    async def close(self) -> None:
        """Close the connections. Not by ``Bot.shutdown``: it leaves them open if the start had failed."""
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def begin_polling(self) -> None:
        """Take a webhook that somebody else set out of the way, keeping what waits there, and show the commands."""
        info = await self._ask("getWebhookInfo", {})
        if _dict(info).get("url"):
            _LOG.warning(texts.TELEGRAM_WEBHOOK_REMOVED)
            await self._ask("deleteWebhook", {"drop_pending_updates": False})
        menu = [{"command": each.command, "description": each.description} for each in CATALOG.menu.strangers]
        await self._ask("setMyCommands", {"commands": menu})

    async def updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:
        """Wait up to ``timeout`` seconds for updates from ``offset`` on, which confirms all before it."""
        # allowed_updates is named at every call: left out, Telegram keeps what was asked for last, by whomever.
        fields = {"offset": offset, "limit": MAX_UPDATES, "timeout": timeout, "allowed_updates": ALLOWED_UPDATES}
        url = f"{self._bot.base_url}/getUpdates"
        found = await _told(self._polls.call(url, fields, self._polls.read_timeout + timeout))
        return [update for update in found if isinstance(update, dict)] if isinstance(found, list) else []

    def render(self, outgoing: Outgoing, content: bytes | None) -> tuple[Request, ...]:
        return render(outgoing, content, self.capabilities)

    async def call(self, request: Request) -> None:
        if request.file is None:
            await self._ask(request.method, request.fields)
            return
        file = InputFile(request.file.content, filename=request.file.name)
        await _told(self._bot.upload(request.method, {**request.fields, request.file.field: file}))

    async def fetch(self, key: str, limit: int) -> bytes:
        """Return the bytes of a file that somebody sent; raise ``SendError``, also if they are more than ``limit``."""
        return await fetch(self._ask, self._calls, self._bot.base_url, key, limit)

    async def answer_callback(self, callback: str) -> None:
        """Stop the little clock on a pressed button, if that still matters to anybody; never raises."""
        try:
            await self._calls.call(f"{self._bot.base_url}/answerCallbackQuery", {"callback_query_id": callback})
        except TelegramError as error:
            # Too old, or Telegram is away: the press is stored and its reply is on its way all the same.
            _LOG.debug("answerCallbackQuery: %s", type(error).__name__)

    async def _ask(self, method: str, fields: Mapping[str, Any]) -> Any:
        return await _told(self._calls.call(f"{self._bot.base_url}/{method}", fields))


async def _told(answer: Awaitable[Any]) -> Any:
    try:
        return await answer
    except TelegramError as error:
        # Not "from error": python-telegram-bot puts a refused token into its exception.
        raise _failed(error) from None


def _base(url: str) -> str:
    url = (url or BASE_URL).rstrip("/")
    return url if "{token}" in url or url.endswith("/bot") else f"{url}/bot"


_FAILURES: tuple[tuple[type[TelegramError], SendFailure], ...] = (
    (Forbidden, SendFailure.BLOCKED),
    (Conflict, SendFailure.CONFLICT),
    (BadRequest, SendFailure.REFUSED),
    (TimedOut, SendFailure.NETWORK),
    (Unreachable, SendFailure.NETWORK),
    (NetworkError, SendFailure.SERVER),
)
"""The first that fits counts, so subclasses stand before ``NetworkError``."""


def _failed(error: TelegramError) -> DoorClosed | SendError:
    return DoorClosed(texts.TELEGRAM_REFUSED) if isinstance(error, InvalidToken) else send_error(error)


def send_error(error: TelegramError) -> SendError:
    """Return which of our failures a Telegram error is."""
    if isinstance(error, SlowDown):
        return SendError(SendFailure.SLOWED, error.seconds)
    failure = next((failure for kind, failure in _FAILURES if isinstance(error, kind)), SendFailure.SERVER)
    unsure = isinstance(error, TimedOut | Unreachable) and not isinstance(error, NotConnected)
    return SendError(_refined(failure, error.message), detail=error.message, unsure=unsure)


def _refined(failure: SendFailure, message: str) -> SendFailure:
    """Telegram tells some cases apart by wording only."""
    words = message.casefold()
    if failure is SendFailure.REFUSED and ("chat not found" in words or "user not found" in words):
        return SendFailure.NO_CHAT
    if "too large" in words or "too big" in words:
        return SendFailure.TOO_LARGE
    return failure
