"""Scripted people: they type, press, edit and send stickers, and see what the bot says, as their client shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.checks import units

CLIENT_LIMIT = 4096

Update = Callable[[dict[str, Any]], None]


@dataclass
class Seen:
    """One message of the bot on the person's screen."""

    message_id: int
    text: str
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    document: tuple[str, bytes] | None = None
    photo: tuple[str, bytes] | None = None

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """(label, data) of every button, in reading order."""
        return [(button["text"], button["callback_data"]) for row in self.keyboard for button in row]

    def data(self, part: str) -> str:
        """Return what the first button whose label contains ``part`` carries."""
        for label, data in self.buttons:
            if part in label:
                return data
        raise AssertionError(f"no button {part!r} among {[label for label, _ in self.buttons]}")


class Person:
    """One private chat. ``seen`` is all that came, ``next`` waits for what has not been looked at yet."""

    def __init__(self, chat: int, name: str, update: Update) -> None:
        self.chat = chat
        self.name = name
        self.seen: list[Seen] = []
        self.answered: list[str] = []
        self.blocked = False
        self.on_message: Callable[[Seen], None] | None = None
        self._update = update
        self._last_message = 0
        self._presses = 0
        self._unread: asyncio.Queue[Seen] = asyncio.Queue()

    # ------------------------------------------------------------ what she does

    def type(self, text: str) -> list[int]:
        """Send a text; a client cuts it at 4,096 units and the server trims each piece. Return the message ids."""
        ids = []
        for piece in _client_pieces(text):
            ids.append(self.send(text=piece.strip(), **_entities(piece.strip())))
        return ids

    def press(self, seen: Seen, label: str) -> str:
        """Press the button of a message whose label contains ``label``, however old the message is."""
        return self.press_data(seen.data(label), seen)

    def press_data(self, data: str, seen: Seen | None = None) -> str:
        """Send a press; return the id under which the bot should answer it."""
        self._presses += 1
        callback = f"{self.chat}.{self._presses}"
        message = {"message_id": seen.message_id if seen else 1, "date": 1, "chat": self._as_chat()}
        self._update(
            {
                "callback_query": {
                    "id": callback,
                    "from": self._as_user(),
                    "message": message,
                    "chat_instance": "1",
                    "data": data,
                }
            }
        )
        return callback

    def edit(self, message_id: int, text: str) -> None:
        self._update({"edited_message": {**self._head(message_id), "edit_date": 1760000000, "text": text}})

    def send(self, **content: Any) -> int:
        """Send a message with this content, ``send(sticker={...})``; return its id."""
        message_id = self.next_id()
        self._update({"message": {**self._head(message_id), **content}})
        return message_id

    # ------------------------------------------------------------ what she sees

    async def next(self, seconds: float = 10.0) -> Seen:
        """Return the oldest message not looked at yet; the time is only there so that a broken test ends."""
        async with asyncio.timeout(seconds):
            return await self._unread.get()

    def unread(self) -> int:
        return self._unread.qsize()

    def receive(self, seen: Seen) -> None:
        self.seen.append(seen)
        if self.on_message is not None:
            self.on_message(seen)
        else:
            self._unread.put_nowait(seen)

    def next_id(self) -> int:
        self._last_message += 1
        return self._last_message

    def _head(self, message_id: int) -> dict[str, Any]:
        return {"message_id": message_id, "date": 1760000000, "chat": self._as_chat(), "from": self._as_user()}

    def _as_chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": self.name}

    def _as_user(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": self.name, "language_code": "vi"}


def _client_pieces(text: str) -> list[str]:
    pieces, piece, length = [], "", 0
    for char in text:
        wide = 2 if char > "\uffff" else 1
        if length + wide > CLIENT_LIMIT:
            pieces.append(piece)
            piece, length = "", 0
        piece += char
        length += wide
    return [*pieces, piece]


def _entities(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": units(text.split()[0])}]}
