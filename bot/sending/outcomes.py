"""What became of a message that was to be sent, as the database is told: sent, put off, given up, or nobody knows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.channels.channel import SendError
from bot.runtime.writer import Writer
from storage.campaigns.turn_cache import TurnCache
from storage.messages import outbox
from storage.messages.outbox import OutboxRow
from storage.people import people

MAX_BACKOFF_SECONDS = 60.0

_LOG = logging.getLogger(__name__)


class Reminders(Protocol):
    """``storage.reminders``: decides about a reminder right before it is sent, and is told what became of it."""

    def prepare(
        self, connection: Connection, cache: TurnCache, outbox_ids: Sequence[int], now: datetime, zone: tzinfo
    ) -> Mapping[int, dict[str, Any] | None]: ...
    def settled(self, connection: Connection, outbox_ids: Sequence[int], now: datetime) -> None: ...
    def failed(self, connection: Connection, outbox_id: int, note: str, now: datetime) -> None: ...
    def uncertain(self, connection: Connection, outbox_id: int, note: str, now: datetime) -> None: ...
    def abandoned(
        self, connection: Connection, now: datetime, process: str | None = None, before: datetime | None = None
    ) -> int: ...


def back_off(failures: int) -> float:
    """Return how many seconds to wait after so many failures."""
    return min(2.0 ** min(failures, 10), MAX_BACKOFF_SECONDS)


class Outcomes:
    """Each method writes through the one writer and returns after its commit."""

    def __init__(self, writer: Writer, reminders: Reminders, now: Callable[[], datetime]) -> None:
        self._writer = writer
        self._reminders = reminders
        self._now = now
        self._reminding: set[int] = set()

    async def sent(self, ids: Sequence[int]) -> None:
        """Note that these rows have left."""
        reminders = [each for each in ids if each in self._reminding]
        await self._writer.run(lambda connection: self._sent(connection, ids, reminders))
        self._reminding.difference_update(reminders)

    def left(self, row: OutboxRow) -> None:
        """Remember of a row that will be marked as sent whether it is a reminder."""
        if row.kind == outbox.REMINDER:
            self._reminding.add(row.id)

    async def given_up(self, rows: Sequence[OutboxRow], error: SendError) -> None:
        """Bury rows for good; an account that cannot be reached is marked so."""
        for row in rows:
            _LOG.info("outbox row %d given up: %s", row.id, error.failure.code)
        await self._writer.run(lambda connection: self._bury(connection, rows, error))

    async def put_off(self, rows: Sequence[OutboxRow], seconds: float, error: SendError) -> None:
        """Give rows back to the database, to be claimed again some ``seconds`` later."""
        until = self._now() + timedelta(seconds=seconds)
        await self._writer.run(lambda connection: _retry(connection, rows, until, str(error)))

    async def waits(self, row: OutboxRow, seconds: float) -> None:
        """Note that a row which stays with this process must not be sent for some ``seconds``."""
        until = self._now() + timedelta(seconds=seconds)
        await self._writer.run(partial(outbox.hold, outbox_id=row.id, not_before=until))

    async def unprepared(self, rows: Sequence[OutboxRow], seconds: float = 0.0) -> None:
        """Give reminders back that were prepared, or were to be, and surely not sent."""
        until = self._now() + timedelta(seconds=seconds) if seconds else None
        ids = [row.id for row in rows]
        await self._writer.run(partial(outbox.put_back, ids=ids, not_before=until))

    async def uncertain(self, row: OutboxRow, error: SendError) -> None:
        """Bury a reminder of which nobody knows whether it arrived: it is not sent again."""
        _LOG.warning("outbox row %d: uncertain whether the reminder arrived (%s)", row.id, error.failure.code)
        note = error.failure.code
        await self._writer.run(partial(self._reminders.uncertain, outbox_id=row.id, note=note, now=self._now()))

    def _sent(self, connection: Connection, ids: Sequence[int], reminders: Sequence[int]) -> None:
        outbox.sent(connection, ids, self._now())
        if reminders:
            self._reminders.settled(connection, reminders, self._now())

    def _bury(self, connection: Connection, rows: Sequence[OutboxRow], error: SendError) -> None:
        if error.failure.unreachable:
            for account in {row.account for row in rows if not row.blocked}:
                people.set_blocked(connection, account, self._now())
        for row in rows:
            outbox.dead(connection, row.id, str(error), self._now())
            if row.kind == outbox.REMINDER:
                self._reminders.failed(connection, row.id, error.failure.code, self._now())


def _retry(connection: Connection, rows: Sequence[OutboxRow], until: datetime, error: str) -> None:
    for row in rows:
        outbox.retry(connection, row.id, until, error)
    reminders = [row.id for row in rows if row.kind == outbox.REMINDER]
    if reminders:
        outbox.put_back(connection, reminders, until)
