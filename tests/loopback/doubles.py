"""What stands in for time, and for turns where a test is about the door and not about the dialog."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from bot.channels.incoming import Incoming
from bot.channels.telegram.adapter import CAPABILITIES
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from storage.messages import outbox
from storage.messages.outbox import Message, OutboxRow
from storage.people import people
from tests.office.stored import unsent

LAN, MINH, HOA = 7001, 7002, 7003
UNHURRIED = replace(CAPABILITIES, per_second=0.0, per_chat_seconds=0.0)
"""Telegram without its limits, for tests that are about something else."""

BEGINNING = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """``now`` moves only when somebody sleeps, and nobody really waits. ``slept`` are the waits asked for."""

    at: datetime = BEGINNING
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        """The same as a clock that only counts."""
        return (self.at - BEGINNING).total_seconds()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        # Rounded up: a wait that moves no clock would be waited for ever.
        self.at += timedelta(microseconds=ceil(seconds * 1e6))
        await asyncio.sleep(0)


@dataclass
class Post:
    """Writes outbox rows as a turn of process ``process`` does, and looks at what became of them."""

    writer: Writer
    clock: Clock
    process: str = "p1"

    async def write(self, chat: int, *texts: str, kind: str = outbox.REPLY, **payload: Any) -> list[OutboxRow]:
        return await self.writer.run(
            lambda connection: [self._add(connection, chat, kind, {"text": text, **payload}) for text in texts]
        )

    def _add(self, connection: Any, chat: int, kind: str, payload: dict[str, Any]) -> OutboxRow:
        account = _account(connection, str(chat), self.clock.now())
        return outbox.add(
            connection,
            Message("telegram", account, str(chat), kind, payload, self.clock.now(), process=self.process),
        )

    async def waiting(self) -> list[str]:
        """The texts that are not sent and not given up."""
        rows = await self.writer.run(lambda connection: unsent(connection, "telegram"))
        return [row.payload["text"] for row in rows]

    async def look(self, sql: str) -> list[tuple[Any, ...]]:
        return await self.writer.run(lambda connection: [tuple(row) for row in connection.exec_driver_sql(sql)])


def _account(connection: Any, chat: str, at: datetime) -> int:
    known = people.speaker(connection, "telegram", chat)
    found = known or people.newcomer(connection, "telegram", chat, "", at)
    assert found is not None
    return found.account


@dataclass(frozen=True)
class Answered:
    """What became of one event."""

    outgoing: tuple[OutboxRow, ...]


@dataclass
class Echo:
    """Turns that answer every event with what it was, once; ``taken`` is what was committed."""

    post: Post
    taken: list[Incoming] = field(default_factory=list)
    failures: int = 0

    async def take(self, incomings: Sequence[Incoming]) -> list[Answered]:
        if self.failures:
            self.failures -= 1
            raise OSError("the database is away")
        return [await self._take(incoming) for incoming in incomings]

    async def _take(self, incoming: Incoming) -> Answered:
        if any(each.id == incoming.id for each in self.taken):
            return Answered(())
        self.taken.append(incoming)
        words = f"{type(incoming.event).__name__} {incoming.event.message}".strip()
        rows = await self.post.write(int(incoming.account.external), words, choices=[["1:next", "Tiếp", "1"]])
        return Answered(tuple(rows))


async def settled(sender: Sender) -> None:
    """Wait until everything that was posted is sent and marked, or given up; the time only ends a broken test."""
    async with asyncio.timeout(20):
        while sender.held:
            await asyncio.sleep(0.001)
