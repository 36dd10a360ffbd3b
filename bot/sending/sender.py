"""Sends what turns wrote into the outbox: after the commit, in order for each account, side by side for different ones.

A row is claimed by one process before it is sent and marked as sent after it; a crash in between is why a reply may
come twice, at most once for each send that was in flight. A reminder never comes twice: it becomes uncertain. Rows
come in two ways: ``post`` takes those a turn of this process has just written (already claimed, so no look-up),
``sweep`` claims those of jobs, of other doors, those put off, and those of processes that died. The database keeps the
order of one account across both ways: a row is not claimed while an older one of its account is with somebody else or
put off.

    sender.py         what comes in and what is given back
    account_queue.py  one account: its rows in order, their failures
    rate_limiter.py   how fast the door may be used
    broadcast.py      reminders, decided right before they leave
    outcomes.py       what the database is told
    sent_batch.py     sent rows, marked together
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

from sqlalchemy import Connection

from bot.channels.channel import Channel, SendError, SendFailure
from bot.runtime.timing import Sleep
from bot.runtime.writer import Writer
from bot.sending.account_queue import HOLD_SECONDS, MAX_ATTEMPTS, Lanes, Means, SendingDoor
from bot.sending.broadcast import Broadcast, Preparing
from bot.sending.outcomes import Outcomes, Reminders
from bot.sending.rate_limiter import Pace
from storage.campaigns.turn_cache import TurnCache
from storage.messages import outbox
from storage.messages.outbox import OutboxRow
from storage.reminders import reminders

__all__ = ["HOLD_SECONDS", "LEASE_SECONDS", "MAX_ATTEMPTS", "Sender"]

SWEEP_SECONDS = 2.0
CLAIM_ROWS = 200
HELD_ROWS = 2_000
"""So many rows may wait in memory; what is beyond stays in the database for another sweep or another process."""

LEASE_SECONDS = 900.0
"""What a process claimed so long ago it will never send: it gives back or sends well before (``HOLD_SECONDS``)."""

FREE_SECONDS = 30.0
"""How often the claims of others are looked through for those that ran out."""

CLOSE_SECONDS = 10.0

ANSWERS = (outbox.REPLY, outbox.FILE, outbox.NOTICE)
"""Everything but reminders, which are claimed a few seconds ahead of the pace and no more."""

_LOG = logging.getLogger(__name__)


class Sender:
    """``post(rows)`` at any time on the loop; ``run()`` sweeps until ``close()``.

    ``process`` names this process among all that share the database. ``alone`` says that no other one hosts these
    doors, so that whatever was claimed before this one began is free. ``clock`` is monotonic, for the pace.
    """

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        process: str,
        sleep: Sleep = asyncio.sleep,
        alone: bool = True,
        zone: tzinfo = UTC,
        clock: Callable[[], float] = time.monotonic,
        reminding: Reminders = reminders,
    ) -> None:
        self._writer = writer
        self._now = now
        self._process = process
        self._reminding = reminding
        self._free_before = now() if alone else None
        self._free_at = now()
        self._held: set[int] = set()
        self._woken = asyncio.Event()
        self._reclaiming = False
        self._closing = False
        self._doors = {name: SendingDoor(each, _pace(each, clock, sleep)) for name, each in channels.items()}
        self._outcomes = Outcomes(writer, reminding, now)
        self._lanes = Lanes(self._doors, Means(writer, self._outcomes, now, sleep), self)
        preparing = Preparing(reminding, writer, process, now, zone, TurnCache())
        self._broadcasts = {
            name: Broadcast(door, self._lanes, preparing, self._outcomes, self) for name, door in self._doors.items()
        }

    # ------------------------------------------------------------ what comes in

    @property
    def held(self) -> int:
        """How many rows wait here, are being sent, or are sent and not yet marked."""
        return len(self._held)

    def post(self, rows: Iterable[OutboxRow]) -> None:
        """Take committed rows; those that this process has not claimed come by a sweep when it is their turn."""
        for row in self._new(rows):
            if row.kind == outbox.REMINDER:
                self._broadcasts[row.channel].add([row])
            else:
                self._lanes.post(row)

    def wake(self) -> None:
        """Sweep now: somebody else in this process has written rows."""
        self._woken.set()

    def reclaim(self) -> None:
        """Sweep up what this process has claimed but was never posted: a turn's commit held, its return was lost."""
        self._reclaiming = True
        self.wake()

    async def run(self) -> None:
        """Free what dead processes left, then sweep now and then until closed. A database away is waited for."""
        while not self._closing:
            await self._try(self.sweep())
            try:
                await asyncio.wait_for(self._woken.wait(), SWEEP_SECONDS)
            except TimeoutError:
                continue
            self._woken.clear()

    async def sweep(self) -> int:
        """Claim what is due and unclaimed on this process's doors; return how many rows that was.

        What a process that is dead by all signs had claimed is put back first.
        """
        await self._free()
        found = 0
        for name, broadcast in self._broadcasts.items():
            answers = await self._claim(name, min(CLAIM_ROWS, HELD_ROWS - len(self._held)), ANSWERS)
            self.post(row for row in answers if not row.blocked)
            room = broadcast.room
            rows = await self._claim(name, room, (outbox.REMINDER,))
            broadcast.add(self._new(row for row in rows if not row.blocked), more=len(rows) == room)
            await self._give_up([row for row in (*answers, *rows) if row.blocked])
            found += len(answers) + len(rows)
        return found

    async def close(self) -> None:
        """Let sends in flight end, mark what went out, give back the rest."""
        self._closing = True
        self.wake()
        await self._lanes.close(CLOSE_SECONDS)
        for broadcast in self._broadcasts.values():
            await self._try(broadcast.close())
        await self._try(self._writer.run(partial(outbox.release, process=self._process)))

    def _new(self, rows: Iterable[OutboxRow]) -> list[OutboxRow]:
        """Return the rows to be sent here that are not here yet, and hold them."""
        found = []
        for row in rows:
            if row.claimed and row.channel in self._doors and row.id not in self._held and not self._closing:
                self._held.add(row.id)
                found.append(row)
        return found

    # ------------------------------------------------------------ what becomes of it

    def over(self, ids: Iterable[int]) -> None:
        """Let go of rows that are no longer here."""
        self._held.difference_update(ids)

    def begun(self, row: OutboxRow) -> None:
        """A reminder that was prepared is on its way, or is gone: there is room for the next."""
        self._broadcasts[row.channel].begun(row)

    def keep(self, row: OutboxRow) -> bool:
        """Take a reminder back that was prepared and not begun; False for everything else."""
        return self._broadcasts[row.channel].keep(row)

    # ------------------------------------------------------------ the database

    async def _claim(self, channel: str, limit: int, kinds: tuple[str, ...]) -> tuple[OutboxRow, ...]:
        if limit <= 0:
            return ()
        claim = partial(outbox.claim, channel=channel, process=self._process, limit=limit, now=self._now(), kinds=kinds)
        return await self._writer.run(claim)

    async def _give_up(self, blocked: Sequence[OutboxRow]) -> None:
        """Give up what is for people who have blocked the bot: they are marked until they write."""
        if blocked:
            await self._outcomes.given_up(blocked, SendError(SendFailure.BLOCKED, detail="not attempted"))

    async def _free(self) -> None:
        """Put back what the dead had claimed, and where asked what this process had and is not here.

        What is here is freed with it; ``post`` passes over that when the claim brings it back.
        """
        now = self._now()
        mine, self._reclaiming = self._reclaiming, False
        try:
            if now >= self._free_at:
                before = self._free_before or now - timedelta(seconds=LEASE_SECONDS)
                await self._writer.run(partial(self._take_over, before=before))
                self._free_at = now + timedelta(seconds=FREE_SECONDS)
                self._free_before = None
            if mine:
                await self._writer.run(partial(outbox.release, process=self._process))
        except Exception:
            self._reclaiming = self._reclaiming or mine
            raise

    def _take_over(self, connection: Connection, before: datetime) -> None:
        uncertain = self._reminding.abandoned(connection, self._now(), before=before)
        outbox.release(connection, before=before)
        if uncertain:
            _LOG.warning("%d reminders of a process that ended: uncertain whether they arrived", uncertain)

    async def _try(self, work: Awaitable[object]) -> bool:
        """Return whether ``work`` went well; a database away for a minute must not end the sending."""
        try:
            await work
        except Exception as error:
            _LOG.error("outbox: %s", type(error).__name__)
            return False
        return True


def _pace(channel: Channel, clock: Callable[[], float], sleep: Sleep) -> Pace:
    able = channel.capabilities
    return Pace(able.per_second, able.per_chat_seconds, able.chat_burst, clock, sleep)
