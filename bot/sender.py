"""Sends what turns wrote into the outbox: after the commit, in order for each account, side by side for different ones.

A row is claimed by one process before it is sent and marked as sent after it; a crash in between is why a reply may
come twice, at most once for each send that was in flight. Rows come in two ways: ``post`` takes those a turn of this
process has just written (already claimed, so no look-up), ``sweep`` claims those of jobs, of other doors, those put
off, and those of processes that died. The database keeps the order of one account across both ways: a row is not
claimed while an older one of its account is with somebody else or put off.
"""

from __future__ import annotations

import asyncio
import logging
from bisect import insort
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.channels import Channel, DoorClosed, Failure, SendError
from bot.marks import Key, Marks, Sleep
from bot.writer import Writer
from storage import files, outbox, people
from storage.outbox import OutboxRow

SWEEP_SECONDS = 2.0
CLAIM_ROWS = 200
HELD_ROWS = 2_000
"""So many rows may wait in memory; what is beyond stays in the database for another sweep or another process."""

HOLD_SECONDS = 300.0
"""A lane that has to wait longer than this, all told, gives its rows back to the database."""

LEASE_SECONDS = 900.0
"""What a process claimed so long ago it will never send: it gives back or sends well before (``HOLD_SECONDS``)."""

MAX_BACKOFF_SECONDS = 60.0
MAX_ATTEMPTS = 60
"""Some fifty minutes of failures that are not the network's: then the row is the trouble, not the server."""

CLOSE_SECONDS = 10.0

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lane:
    """What waits for one account. The rest is about the first row: its calls made, its failures, the first of them."""

    rows: list[OutboxRow] = field(default_factory=list)
    done: int = 0
    attempts: int = 0
    failing_since: datetime | None = None

    def next(self) -> OutboxRow:
        """Drop the first row and start afresh with the one after it."""
        self.done = self.attempts = 0
        self.failing_since = None
        return self.rows.pop(0)


class Sender:
    """``post(rows)`` at any time on the loop; ``run()`` sweeps until ``close()``.

    ``process`` names this process among all that share the database. ``alone`` says that no other one hosts these
    doors, so that whatever was claimed before this one began is free.
    """

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        process: str,
        sleep: Sleep = asyncio.sleep,
        alone: bool = True,
    ) -> None:
        self._writer = writer
        self._channels = channels
        self._now = now
        self._process = process
        self._sleep = sleep
        self._free_before = now() if alone else None
        self._lanes: dict[Key, _Lane] = {}
        self._held: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[None] | None] = set()
        # A row leaves ``held`` with its mark: a sweep in between would take it for one that nobody has.
        self._marks = Marks(self._write_marks, self._held.difference_update, sleep)
        self._woken = asyncio.Event()
        self._reclaiming = False
        self._closing = False

    # ------------------------------------------------------------ what comes in

    @property
    def held(self) -> int:
        """How many rows wait here, are being sent, or are sent and not yet marked."""
        return len(self._held)

    def post(self, rows: Iterable[OutboxRow]) -> None:
        """Take committed rows; those that this process has not claimed come by a sweep when it is their turn."""
        for row in rows:
            if row.claimed and row.channel in self._channels and row.id not in self._held and not self._closing:
                self._held.add(row.id)
                self._enqueue(row)

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
        for channel in self._channels:
            room = min(CLAIM_ROWS, HELD_ROWS - len(self._held))
            if room > 0:
                claim = partial(outbox.claim, channel=channel, process=self._process, limit=room, now=self._now())
                rows = await self._writer.run(claim)
                found += len(rows)
                self.post(rows)
        return found

    async def close(self) -> None:
        """Let sends in flight end, mark what went out, give back the rest."""
        self._closing = True
        self.wake()
        for task in self._resting:
            if task is not None:
                task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._marks.flush(CLOSE_SECONDS)
        await self._try(self._writer.run(partial(outbox.release, process=self._process)))

    # ------------------------------------------------------------ one account

    def _enqueue(self, row: OutboxRow) -> None:
        key = (row.channel, row.external)
        lane = self._lanes.get(key)
        if lane is not None:
            # The first row may be in flight, so nothing goes before it.
            insort(lane.rows, row, lo=1, key=_order)
            return
        lane = self._lanes[key] = _Lane([row])
        task = asyncio.create_task(self._work(key, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, key: Key, lane: _Lane) -> None:
        try:
            while lane.rows and not self._closing:
                if await self._attempt(lane):
                    lane.next()
        except Exception as error:
            # Not the row's fault but the database's: a later sweep brings the rows back.
            _LOG.error("outbox: %s", type(error).__name__)
            self.reclaim()
        finally:
            del self._lanes[key]
            self._held.difference_update(row.id for row in lane.rows)

    async def _attempt(self, lane: _Lane) -> bool:
        """Send the first row; return whether it is settled, one way or the other."""
        row = lane.rows[0]
        content = await self._content(row)
        await self._marks.wait((row.channel, row.external))
        try:
            await self._deliver(row, content, lane)
        except SendError as error:
            return await self._failed(row, lane, error)
        except DoorClosed:
            # The token was taken back while we run: the poller ends the service, the rows wait for the next start.
            await self._rest(MAX_BACKOFF_SECONDS)
            return False
        except Exception as error:
            # A row that we cannot even render must not hold up the person's other rows. No text: it may hold answers.
            _LOG.error("outbox row %d cannot be sent: %s", row.id, type(error).__name__)
            return await self._failed(row, lane, SendError(Failure.PROGRAM, detail=type(error).__name__))
        self._marks.add((row.channel, row.external), row.id)
        return True

    async def _deliver(self, row: OutboxRow, content: bytes | None, lane: _Lane) -> None:
        channel = self._channels[row.channel]
        for request in channel.render(row, content)[lane.done :]:
            await channel.call(request)
            # A long text goes on at the piece that failed, not at the first.
            lane.done += 1

    async def _content(self, row: OutboxRow) -> bytes | None:
        file = row.payload.get("file")
        return await self._writer.run(partial(_bytes, file=file["id"])) if file else None

    # ------------------------------------------------------------ what went wrong

    async def _failed(self, row: OutboxRow, lane: _Lane, error: SendError) -> bool:
        lane.attempts += 1
        if error.failure.permanent or self._hopeless(row, lane, error):
            _LOG.info("outbox row %d given up: %s", row.id, error.failure.code)
            await self._writer.run(lambda connection: self._bury(connection, row, error))
            self._held.discard(row.id)
            return True
        delay = timedelta(seconds=error.retry_after or min(2.0 ** (lane.attempts - 1), MAX_BACKOFF_SECONDS))
        now = self._now()
        lane.failing_since = lane.failing_since or now
        if now + delay - lane.failing_since > timedelta(seconds=HOLD_SECONDS):
            await self._give_back(lane, now + delay, error)
            return True
        await self._rest(delay.total_seconds())
        return False

    def _hopeless(self, row: OutboxRow, lane: _Lane, error: SendError) -> bool:
        return error.failure is Failure.SERVER and row.attempts + lane.attempts >= MAX_ATTEMPTS

    async def _give_back(self, lane: _Lane, until: datetime, error: SendError) -> None:
        """Put the whole lane off, so that no row overtakes the one that failed; only that one is left to be dropped."""
        rows, lane.rows = lane.rows, lane.rows[:1]
        await self._writer.run(lambda connection: _put_off(connection, rows, until, error))
        self._held.difference_update(row.id for row in rows)

    async def _rest(self, seconds: float) -> None:
        task = asyncio.current_task()
        self._resting.add(task)
        try:
            await self._sleep(seconds)
        finally:
            self._resting.discard(task)

    def _bury(self, connection: Connection, row: OutboxRow, error: SendError) -> None:
        outbox.dead(connection, row.id, str(error), self._now())
        if error.failure.unreachable:
            people.set_blocked(connection, row.account, self._now())

    # ------------------------------------------------------------ the database

    async def _write_marks(self, ids: Sequence[int]) -> None:
        await self._writer.run(partial(outbox.sent, ids=ids, at=self._now()))

    async def _free(self) -> None:
        """Put back what the dead had claimed, and where asked what this process had and is not here.

        What is here is freed with it; ``post`` passes over that when the claim brings it back.
        """
        before = self._free_before or self._now() - timedelta(seconds=LEASE_SECONDS)
        mine, self._reclaiming = self._reclaiming, False
        try:
            await self._writer.run(partial(outbox.release, before=before))
            if mine:
                await self._writer.run(partial(outbox.release, process=self._process))
        except Exception:
            self._reclaiming = self._reclaiming or mine
            raise
        self._free_before = None

    async def _try(self, work: Awaitable[object]) -> bool:
        """Return whether ``work`` went well; a database away for a minute must not end the sending."""
        try:
            await work
        except Exception as error:
            _LOG.error("outbox: %s", type(error).__name__)
            return False
        return True


def _order(row: OutboxRow) -> tuple[int, int]:
    """Replies go before reminders, as in ``outbox.claim``."""
    return (outbox.PRIORITY[row.kind], row.id)


def _bytes(connection: Connection, file: int) -> bytes | None:
    found = files.read(connection, file)
    return None if found is None else found.content


def _put_off(connection: Connection, rows: list[OutboxRow], until: datetime, error: SendError) -> None:
    for row in rows:
        outbox.retry(connection, row.id, until, str(error))
