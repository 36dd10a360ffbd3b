"""Somebody at the web page: what her browser asks of the server, without the browser."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any
from urllib.parse import quote

from aiohttp import ClientConnectionError, ClientSession, CookieJar

from bot.web.door import DOOR
from tests.doors.at_door import NAME, SECONDS, Heard, Office


class AtPage:
    door = DOOR

    @asynccontextmanager
    async def entered(self, office: Office) -> AsyncIterator[Mapping[str, str]]:
        url = f"http://127.0.0.1:{office.port}"
        self._origin = {"Origin": url}
        self._line, self._sent = 0, 0
        self._choices: list[dict[str, str]] = []
        self._unread: deque[Heard] = deque()
        async with ClientSession(url, cookie_jar=CookieJar(unsafe=True)) as self._http:
            yield {"BAOCAO_PUBLIC_URL": url}

    async def come(self, code: str) -> None:
        await self._listening()
        form = {"code": code, "name": NAME}
        async with self._http.post("/join", data=form, headers=self._origin, allow_redirects=False) as response:
            assert response.status == 303, await response.text()

    async def say(self, text: str) -> None:
        await self._post(text=text)

    async def press(self, label: str) -> None:
        await self._post(choose=next(each["id"] for each in reversed(self._choices) if label in each["label"]))

    async def send(self, name: str, content: bytes) -> None:
        headers = {"Content-Type": "application/octet-stream", "X-File-Name": quote(name), **self._origin}
        async with self._http.post(f"/api/files?cid={self._cid()}", data=BytesIO(content), headers=headers) as response:
            assert response.status == 200, await response.text()

    async def hear(self) -> Heard:
        async with asyncio.timeout(SECONDS):
            while not self._unread:
                await self._look()
        return self._unread.popleft()

    async def _listening(self) -> None:
        """Wait until the service answers."""
        async with asyncio.timeout(SECONDS):
            while True:
                try:
                    async with self._http.get("/healthz") as response:
                        assert response.status == 200
                        return
                except ClientConnectionError:
                    await asyncio.sleep(0.01)

    async def _look(self) -> None:
        await self._listening()
        async with self._http.get("/api/lines", params={"after": str(self._line)}) as response:
            lines = (await response.json())["lines"]
        for line in lines:
            self._line = line["id"]
            self._choices += line["choices"]
            if line["text"]:
                self._unread.append(Heard(line["text"], tuple(each["label"] for each in line["choices"])))
            self._unread.extend([Heard("", file=await self._file(each)) for each in line["files"]])

    async def _file(self, file: dict[str, Any]) -> tuple[str, bytes]:
        async with self._http.get(f"/files/{file['id']}") as response:
            return file["name"], await response.read()

    async def _post(self, **message: str) -> None:
        await self._look()
        body = {"cid": self._cid(), **message}
        async with self._http.post("/api/messages", json=body, headers=self._origin) as response:
            assert response.status == 200, await response.text()

    def _cid(self) -> str:
        self._sent += 1
        return f"m{self._sent:020}"
