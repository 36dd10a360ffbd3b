"""Somebody at the terminal: one JSON object a line in, one a line out."""

from __future__ import annotations

import asyncio
import io
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.channels.terminal import DOOR
from bot.commands.chat import json_lines, open_terminal
from bot.documents.workshop import Workshop
from bot.turns.turn import Turn
from tests.doors.at_door import HANDLE, Heard, Office
from tests.office.founding import ZONE


class AtTerminal:
    door = DOOR

    @asynccontextmanager
    async def entered(self, office: Office) -> AsyncIterator[Mapping[str, str]]:
        database = office.opened(DOOR)
        workshop = Workshop(database, office.now, ZONE, "terminal")
        self._terminal = open_terminal(database, Turn(office.now, ZONE), workshop, HANDLE)
        self._choices: list[dict[str, str]] = []
        self._unread: deque[Heard] = deque()
        self._folder = office.path.parent
        yield {}
        database.close()

    async def come(self, code: str) -> None:
        await self._give(text=f"/start {code}")

    async def say(self, text: str) -> None:
        await self._give(text=text)

    async def press(self, label: str) -> None:
        await self._give(choose=next(each["id"] for each in reversed(self._choices) if label in each["label"]))

    async def send(self, name: str, content: bytes) -> None:
        path = self._folder / name
        path.write_bytes(content)
        await self._give(file=str(path))

    async def hear(self) -> Heard:
        return self._unread.popleft()

    async def _give(self, **line: str) -> None:
        out = io.StringIO()
        await asyncio.to_thread(json_lines, self._terminal, io.StringIO(json.dumps(line)), out)
        for message in json.loads(out.getvalue())["messages"]:
            self._unread.append(_heard(message))
            self._choices += message["choices"]


def _heard(message: dict[str, Any]) -> Heard:
    if message["file"]:
        return Heard("", file=(message["text"], Path(message["file"]).read_bytes()))
    return Heard(message["text"], tuple(each["label"] for each in message["choices"]))
