"""Somebody at Telegram: a loopback Bot API stands for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.channels.telegram.door import DOOR
from tests.doors.at_door import NAME, SECONDS, Heard, Office
from tests.loopback import BotApi


class AtTelegram:
    door = DOOR

    @asynccontextmanager
    async def entered(self, office: Office) -> AsyncIterator[Mapping[str, str]]:
        async with BotApi() as self._api:
            self._person = self._api.person(name=NAME)
            yield {
                "BAOCAO_TELEGRAM_TOKEN": self._api.token,
                "BAOCAO_TELEGRAM_BASE_URL": self._api.base_url,
                "BAOCAO_TELEGRAM_LIMITS": "0/0/1",
            }

    async def come(self, code: str) -> None:
        self._person.type(f"/start {code}")

    async def say(self, text: str) -> None:
        self._person.type(text)

    async def press(self, label: str) -> None:
        shown = next(seen for seen in reversed(self._person.seen) if any(label in each for each, _ in seen.buttons))
        self._person.press(shown, label)

    async def send(self, name: str, content: bytes) -> None:
        key = self._api.keep_file(content)
        self._person.send(document={"file_id": key, "file_name": name, "file_size": len(content)})

    async def hear(self) -> Heard:
        seen = await self._person.next(SECONDS)
        return Heard(seen.text, tuple(label for label, _ in seen.buttons), seen.document)
