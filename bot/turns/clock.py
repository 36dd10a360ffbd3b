"""The clock: every few seconds it looks whether anything is due. Rows are the truth; a look missed loses nothing.

What it queues the sender sends; nothing here knows who is owed what.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import TypeVar

from sqlalchemy import Connection

from bot.runtime.timing import Sleep
from bot.runtime.writer import Writer
from storage.campaigns.turn_cache import TurnCache
from storage.messages import files
from storage.people import invites
from storage.reminders.plan import Tick, plan
from storage.reports import reopening

TICK_SECONDS = 20.0

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class Clock:
    """``run()`` looks until it is cancelled, ``tick()`` once. ``wake`` tells the sender that rows were written."""

    def __init__(
        self,
        writer: Writer,
        now: Callable[[], datetime],
        zone: tzinfo,
        wake: Callable[[], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._writer = writer
        self._now = now
        self._zone = zone
        self._wake = wake
        self._sleep = sleep
        # Used by the writer's thread alone.
        self._cache = TurnCache()

    async def run(self) -> None:
        """Look every ``TICK_SECONDS``; a database away for a minute must not end the looking."""
        while True:
            await self.tick()
            await self._sleep(TICK_SECONDS)

    async def tick(self) -> int:
        """Look once, until nothing more is due; return how many messages were written."""
        await self._try(self._forget)
        await self._try(self._drop)
        expired: Sequence[object] | None = await self._try(self._expire)
        written = len(expired or ())
        dropped = 0
        more = True
        while more:
            done = await self._try(self._plan) or Tick()
            written, dropped, more = written + len(done.queued), dropped + done.dropped, done.more
            self._told(written)
        if dropped:
            _LOG.warning("reminders: %d that were missed are not sent, newer ones say more", dropped)
        return written

    def _told(self, written: int) -> None:
        if written:
            self._wake()

    def _plan(self, connection: Connection) -> Tick:
        return plan(connection, self._cache, self._now(), self._zone)

    def _expire(self, connection: Connection) -> Sequence[object]:
        return reopening.expire(connection, self._cache, self._now())

    def _forget(self, connection: Connection) -> int:
        return invites.forget_codes(connection, self._now())

    def _drop(self, connection: Connection) -> int:
        return files.drop_loose(connection, self._now())

    async def _try(self, work: Callable[[Connection], T]) -> T | None:
        try:
            return await self._writer.run(work)
        except Exception as error:
            _LOG.error("clock: %s", type(error).__name__)
            return None
