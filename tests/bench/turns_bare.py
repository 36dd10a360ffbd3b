"""The yardstick: a bare asyncio loop on aiohttp that makes the same calls and one durable commit per answer.

It has no dialog: it answers the n-th message of a chat with the n-th screen of a recorded conversation, so that its
texts and keyboards are as long as ours. Run by ``tests.bench.turns`` as a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import aiohttp

SCHEMA = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS seen (update_id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS answer (chat INTEGER, step INTEGER, value TEXT, PRIMARY KEY (chat, step));
CREATE TABLE IF NOT EXISTS standing (chat INTEGER PRIMARY KEY, step INTEGER);
"""


class Bare:
    """One connection to the Bot API, one to the database."""

    def __init__(self, base: str, database: str, screens: list[dict[str, Any]]) -> None:
        self.base = base
        self.screens = screens
        self.store = sqlite3.connect(database, isolation_level=None)
        self.store.executescript(SCHEMA)
        self.sends: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        connector = aiohttp.TCPConnector(limit=100)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as self.http:
            offset = 0
            while True:
                asked = {"offset": offset, "timeout": 30, "allowed_updates": ["message", "callback_query"]}
                for update in await self.call("getUpdates", asked):
                    self.take(update)
                    offset = update["update_id"] + 1

    def take(self, update: dict[str, Any]) -> None:
        press = update.get("callback_query")
        chat = (press["message"] if press else update["message"])["chat"]["id"]
        step = self.commit(update["update_id"], chat, press["data"] if press else update["message"]["text"])
        if step is None:
            return
        screen = self.screens[min(step, len(self.screens) - 1)]
        self.later("sendMessage", {"chat_id": chat, "text": screen["text"], "reply_markup": screen["markup"]})
        if press:
            self.later("answerCallbackQuery", {"callback_query_id": press["id"]})

    def commit(self, update: int, chat: int, value: str) -> int | None:
        """Store one answer for good; None if the update came before."""
        run = self.store.execute
        run("BEGIN IMMEDIATE")
        if not run("INSERT OR IGNORE INTO seen VALUES (?)", (update,)).rowcount:
            run("ROLLBACK")
            return None
        row = run("SELECT step FROM standing WHERE chat = ?", (chat,)).fetchone()
        step = row[0] if row else 0
        run("INSERT INTO answer VALUES (?, ?, ?)", (chat, step, value))
        run("INSERT OR REPLACE INTO standing VALUES (?, ?)", (chat, step + 1))
        run("COMMIT")
        return step

    def later(self, method: str, fields: dict[str, Any]) -> None:
        task = asyncio.create_task(self.call(method, fields))
        self.sends.add(task)
        task.add_done_callback(self.sends.discard)

    async def call(self, method: str, fields: dict[str, Any]) -> Any:
        async with self.http.post(f"{self.base}/{method}", json=fields) as response:
            return (await response.json())["result"]


if __name__ == "__main__":
    token, url = os.environ["BAOCAO_TELEGRAM_TOKEN"], os.environ["BAOCAO_TELEGRAM_BASE_URL"]
    path = os.environ["BAOCAO_DATABASE_URL"].removeprefix("sqlite:///")
    recorded = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    asyncio.run(Bare(url + token, path, recorded).run())
