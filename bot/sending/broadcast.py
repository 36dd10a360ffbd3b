"""The reminders of one door: decided a moment before they are sent, a few at a time, just ahead of the pace.

What a reminder says is found out when it is about to leave: ``prepare`` looks at many at once, so that thirty a second
cost few commits, and never at more than can be sent within about a second. Only what is prepared is posted; after a
crash exactly these few are uncertain. A reply overtakes whatever still waits here.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection

from bot.channels.channel import SendError, SendFailure
from bot.runtime.writer import Writer
from bot.sending.account_queue import Holder, Lanes, SendingDoor
from bot.sending.outcomes import Outcomes, Reminders
from storage.campaigns.turn_cache import TurnCache
from storage.messages import outbox
from storage.messages.outbox import OutboxRow
from storage.schema.database import is_away

AHEAD_SECONDS = 0.2
"""So much of the pace is prepared in one commit; when less than that is left, the next begins."""

AHEAD_WITHOUT_PACE = 50
WAITING_SECONDS = 6.0
"""So much of the pace is claimed; the rest stays in the database for other processes, and leaves room for replies."""

BUSY_SECONDS = 5.0
"""Somebody who is being written to right now, or whose chat the server wants quiet, is reminded so much later."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preparing:
    """What a reminder is decided with: the rules, what they keep in memory, the clock and its time zone."""

    reminders: Reminders
    writer: Writer
    process: str
    now: Callable[[], datetime]
    zone: tzinfo
    cache: TurnCache

    async def __call__(self, rows: Sequence[OutboxRow]) -> Mapping[int, dict[str, Any] | None]:
        """Return what to send for each row that is still this process's, after the commit; None: nothing."""
        return await self.writer.run(lambda connection: self._prepare(connection, [row.id for row in rows]))

    def _prepare(self, connection: Connection, ids: Sequence[int]) -> Mapping[int, dict[str, Any] | None]:
        mine = outbox.renew(connection, ids, self.process, self.now())
        wanted = [each for each in ids if each in mine]
        return self.reminders.prepare(connection, self.cache, wanted, self.now(), self.zone) if wanted else {}


class Broadcast:
    """``add`` claimed reminders; ``kick`` now and then. The ``holder`` is woken when more could be claimed."""

    def __init__(
        self,
        door: SendingDoor,
        lanes: Lanes,
        prepare: Preparing,
        outcomes: Outcomes,
        holder: Holder,
    ) -> None:
        self._door = door
        self._lanes = lanes
        self._prepare = prepare
        self._outcomes = outcomes
        self._holder = holder
        rate = door.channel.capabilities.per_second
        self._ahead = max(1, int(rate * AHEAD_SECONDS)) if rate else AHEAD_WITHOUT_PACE
        self._most = max(2, int(rate * WAITING_SECONDS)) if rate else 10 * AHEAD_WITHOUT_PACE
        self._waiting: deque[OutboxRow] = deque()
        self._prepared: dict[int, OutboxRow] = {}
        self._more = False
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def room(self) -> int:
        """How many more reminders may be claimed."""
        return max(0, self._most - len(self._waiting))

    def add(self, rows: Sequence[OutboxRow], more: bool = False) -> None:
        """Take claimed reminders; ``more``: there are others in the database."""
        self._waiting.extend(rows)
        self._more = more and bool(rows)
        self.kick()

    def kick(self) -> None:
        """Prepare the next ones if the pace will need them soon."""
        if self._more and len(self._waiting) < self._most // 2:
            self._more = False
            self._holder.wake()
        if self._task is None and self._wanted():
            self._task = asyncio.create_task(self._run())

    def begun(self, row: OutboxRow) -> None:
        """The call for a row is being made, or will not be."""
        if self._prepared.pop(row.id, None) is not None:
            self.kick()

    def keep(self, row: OutboxRow) -> bool:
        """Take back a row that was posted and surely not sent; False if there is none such."""
        found = self._prepared.pop(row.id, None)
        if found is not None:
            self._waiting.appendleft(found)
        return found is not None

    async def close(self) -> None:
        """Give back what was not begun. Call it when the lanes are closed."""
        self._closing = True
        if self._task is not None:
            await asyncio.wait([self._task])
        left = [*self._waiting, *self._prepared.values()]
        self._waiting.clear()
        self._prepared.clear()
        if left:
            await self._outcomes.unprepared(left)
            self._holder.over(row.id for row in left)

    # ------------------------------------------------------------ just ahead of the pace

    def _wanted(self) -> bool:
        short = len(self._prepared) <= self._ahead
        return bool(self._waiting) and short and not self._closing and self._door.pace.quiet_for() <= 0

    async def _run(self) -> None:
        taken: list[OutboxRow] = []
        try:
            while self._wanted():
                taken += [self._waiting.popleft() for _ in range(min(self._ahead, len(self._waiting)))]
                await self._put_off(taken)
                await self._prepare_and_post(taken)
        except Exception as error:
            # The database is away: the next sweep begins again with those that nothing was decided about.
            _LOG.error("reminders: %s", type(error).__name__)
            self._waiting.extendleft(reversed(taken))
        finally:
            self._task = None

    def _has_to_wait(self, row: OutboxRow) -> bool:
        return self._lanes.busy(row) or self._door.pace.quiet_for(row.external) > 1.0

    async def _put_off(self, rows: list[OutboxRow]) -> None:
        """Give back those that have to wait; each leaves ``rows`` when that is done."""
        for row in [row for row in rows if self._has_to_wait(row)]:
            wait = max(BUSY_SECONDS, self._door.pace.quiet_for(row.external))
            await self._outcomes.unprepared([row], wait)
            self._holder.over([row.id])
            rows.remove(row)

    async def _prepare_and_post(self, rows: list[OutboxRow]) -> None:
        """Decide about rows and post what is to be sent; each leaves ``rows`` when that is done."""
        if not rows:
            return
        try:
            found = await self._prepare(rows)
        except Exception as error:
            if is_away(error):
                raise
            await self._one_by_one(rows, error)
            return
        while rows:
            self._post(rows.pop(0), found)

    def _post(self, row: OutboxRow, found: Mapping[int, dict[str, Any] | None]) -> None:
        payload = found.get(row.id)
        if payload is None:
            self._holder.over([row.id])
            return
        ready = replace(row, payload=payload)
        self._prepared[row.id] = ready
        self._lanes.post(ready)

    async def _one_by_one(self, rows: list[OutboxRow], error: Exception) -> None:
        """One reminder that our own code stumbles over does not hold up the others."""
        if len(rows) > 1:
            while rows:
                await self._prepare_and_post([rows[0]])
                del rows[0]
            return
        _LOG.error("outbox row %d cannot be prepared: %s", rows[0].id, type(error).__name__)
        await self._outcomes.given_up(rows, SendError(SendFailure.PROGRAM, detail=type(error).__name__))
        self._holder.over([rows.pop().id])
