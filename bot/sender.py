"""Sends what turns wrote into the outbox: after the commit, in order for each account, side by side for different ones.

A row is claimed by one process before it is sent and marked as sent after it; a crash in between is why a reply may
come twice, at most once for each send that was in flight. Rows come in two ways: ``post`` takes those a turn of this
process has just written (already claimed, so no look-up), ``sweep`` claims those of jobs, of other doors and of
processes that died.
"""

from __future__ import annotations

import asyncio
import logging
from bisect import insort
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.channels import Channel, DoorClosed, Failure, SendError
from bot.writer import Writer
from storage import files, outbox
from storage.outbox import Outgoing

MARK_SECONDS = 0.005
"""How long a sent row may wait for others to be marked in the same commit."""

SWEEP_SECONDS = 2.0
CLAIM_ROWS = 200
HELD_ROWS = 2_000
"""So many rows may wait in memory; what is beyond stays in the database for another sweep or another process."""

HOLD_SECONDS = 300.0
"""A lane that must wait longer gives its rows back to the database."""

MAX_BACKOFF_SECONDS = 60.0
MAX_ATTEMPTS = 60
"""Some fifty minutes of failures that are not the network's: then the row is the trouble, not the server."""

CLOSE_SECONDS = 10.0

Sleep = Callable[[float], Awaitable[object]]

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lane:
    """What waits for one account. ``done`` and ``attempts`` are about the first row: its calls made, its failures."""

    rows: list[Outgoing] = field(default_factory=list)
    done: int = 0
    attempts: int = 0


class Sender:
    """``post(rows)`` at any time on the loop; ``run()`` sweeps until ``close()``."""

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        process: str,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._writer = writer
        self._channels = channels
        self._now = now
        self._process = process
        self._sleep = sleep
        self._lanes: dict[tuple[str, str], _Lane] = {}
        self._held: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[None] | None] = set()
        self._sent: list[int] = []
        self._marking: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._closing = False

    # ------------------------------------------------------------ what comes in

    def post(self, rows: Iterable[Outgoing]) -> None:
        """Take rows that are committed and claimed by this process; a row already here is not taken again."""
        for row in rows:
            if row.channel in self._channels and row.id not in self._held and not self._closing:
                self._held.add(row.id)
                self._enqueue(row)

    def wake(self) -> None:
        """Sweep now: somebody else in this process has written rows."""
        self._woken.set()

    async def run(self) -> None:
        """Free what a dead process left, then sweep now and then until closed. A database away is waited for."""
        await self._try(self._writer.run(self._release))
        while not self._closing:
            await self._try(self.sweep())
            try:
                await asyncio.wait_for(self._woken.wait(), SWEEP_SECONDS)
            except TimeoutError:
                continue
            self._woken.clear()

    async def sweep(self) -> int:
        """Claim what is due and unclaimed on this process's doors; return how many rows that was."""
        found = 0
        for channel in self._channels:
            room = min(CLAIM_ROWS, HELD_ROWS - len(self._held))
            if room > 0:
                rows = await self._writer.run(lambda connection, c=channel, n=room: self._claim(connection, c, n))
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
        await self._try(self._mark_all())
        await self._try(self._writer.run(self._release))

    # ------------------------------------------------------------ one account

    def _enqueue(self, row: Outgoing) -> None:
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

    async def _work(self, key: tuple[str, str], lane: _Lane) -> None:
        try:
            while lane.rows and not self._closing:
                if await self._attempt(lane):
                    self._held.discard(lane.rows.pop(0).id)
                    lane.done = lane.attempts = 0
        finally:
            del self._lanes[key]
            self._held.difference_update(row.id for row in lane.rows)

    async def _attempt(self, lane: _Lane) -> bool:
        """Send the first row; return whether it is settled, one way or the other."""
        row = lane.rows[0]
        try:
            await self._deliver(row, lane)
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
        self._mark(row.id)
        return True

    async def _deliver(self, row: Outgoing, lane: _Lane) -> None:
        channel = self._channels[row.channel]
        content = await self._content(row)
        for request in channel.render(row, content)[lane.done :]:
            await channel.call(request)
            # A long text goes on at the piece that failed, not at the first.
            lane.done += 1

    async def _content(self, row: Outgoing) -> bytes | None:
        file = row.payload.get("file")
        if not file:
            return None
        return await self._writer.run(lambda connection: _bytes(connection, file["id"]))

    # ------------------------------------------------------------ what went wrong

    async def _failed(self, row: Outgoing, lane: _Lane, error: SendError) -> bool:
        lane.attempts += 1
        failure = error.failure
        if failure.permanent or (lane.attempts >= MAX_ATTEMPTS and failure is Failure.SERVER):
            _LOG.info("outbox row %d given up: %s", row.id, failure.code)
            await self._writer.run(lambda connection: self._bury(connection, row, error))
            return True
        delay = error.retry_after or min(2.0 ** (lane.attempts - 1), MAX_BACKOFF_SECONDS)
        if delay <= HOLD_SECONDS:
            await self._rest(delay)
            return False
        until = self._now() + timedelta(seconds=delay)
        rows, lane.rows = lane.rows, [row]
        await self._writer.run(lambda connection: _give_back(connection, rows, until, error))
        self._held.difference_update(other.id for other in rows)
        return True

    async def _rest(self, seconds: float) -> None:
        task = asyncio.current_task()
        self._resting.add(task)
        try:
            await self._sleep(seconds)
        finally:
            self._resting.discard(task)

    def _bury(self, connection: Connection, row: Outgoing, error: SendError) -> None:
        outbox.dead(connection, row.id, str(error), self._now())
        if error.failure.unreachable:
            outbox.block_account(connection, row.id, self._now())

    # ------------------------------------------------------------ marks

    def _mark(self, row_id: int) -> None:
        self._sent.append(row_id)
        if self._marking is None:
            self._marking = asyncio.create_task(self._mark_soon())

    async def _mark_soon(self) -> None:
        await asyncio.sleep(MARK_SECONDS)
        try:
            await self._mark_all()
        finally:
            self._marking = None

    async def _mark_all(self) -> None:
        while self._sent:
            ids, self._sent = self._sent, []
            await self._writer.run(lambda connection, ids=ids: outbox.sent(connection, ids, self._now()))

    def _claim(self, connection: Connection, channel: str, limit: int) -> list[Outgoing]:
        return outbox.claim(connection, channel, self._process, limit, self._now())

    def _release(self, connection: Connection) -> None:
        outbox.release(connection, self._process, self._now())

    async def _try(self, work: Awaitable[object]) -> None:
        try:
            await work
        except Exception as error:
            _LOG.error("outbox: %s", type(error).__name__)


def _order(row: Outgoing) -> tuple[bool, int]:
    """Replies go before reminders."""
    return (row.kind == "notice", row.id)


def _bytes(connection: Connection, file: int) -> bytes | None:
    found = files.read(connection, file)
    return None if found is None else found.content


def _give_back(connection: Connection, rows: list[Outgoing], until: datetime, error: SendError) -> None:
    for row in rows:
        outbox.retry(connection, row.id, until, str(error))
