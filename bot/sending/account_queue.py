"""One account's messages, one after the other; those of different accounts side by side, as the door's pace allows.

The next row of an account is sent when the one before is settled and marked. Temporary failures are waited for here,
up to some minutes; a reminder is not waited for but given back, because what it says may no longer be true by then.
"""

from __future__ import annotations

import asyncio
import logging
from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from bot.channels.channel import Channel, DoorClosed, Request, SendError, SendFailure
from bot.runtime.timing import Sleep
from bot.runtime.writer import Writer
from bot.sending.outcomes import MAX_BACKOFF_SECONDS, Outcomes, back_off
from bot.sending.rate_limiter import Pace, Ticket
from bot.sending.sent_batch import Key, Marks
from storage.messages import files, outbox
from storage.messages.outbox import OutboxRow

HOLD_SECONDS = 300.0
"""A lane that has to wait longer than this, all told, gives its rows back to the database."""

MAX_ATTEMPTS = 60
"""Some fifty minutes of failures that are not the network's: then the row is the trouble, not the server."""

FRESH_SECONDS = 5.0
"""A reminder that was prepared and finds no room for so long is given back, to be prepared anew."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SendingDoor:
    """A channel and how fast it may be used."""

    channel: Channel
    pace: Pace


@dataclass(slots=True)
class _Lane:
    """What waits for one account. The rest is about the first row: its calls made, its failures, the first of them."""

    rows: list[OutboxRow] = field(default_factory=list)
    done: int = 0
    attempts: int = 0
    failing_since: datetime | None = None
    ticket: Ticket | None = None

    def next(self) -> OutboxRow:
        """Drop the first row and start afresh with the one after it."""
        self.done = self.attempts = 0
        self.failing_since = None
        return self.rows.pop(0)

    def insert(self, row: OutboxRow, pace: Pace) -> None:
        """Put a row in its place: before the first one only if that has not been begun and can still wait."""
        waits = self.ticket is not None and not self.done and not self.attempts
        if waits and self.ticket is not None and _order(row) < _order(self.rows[0]) and pace.withdraw(self.ticket):
            self.rows.insert(0, row)
        else:
            insort(self.rows, row, lo=1, key=_order)


@dataclass(frozen=True, slots=True)
class Means:
    """What rows are sent with: the database, what it is told of them, the clock and how to wait."""

    writer: Writer
    outcomes: Outcomes
    now: Callable[[], datetime]
    sleep: Sleep


class Holder(Protocol):
    """Who holds this process's rows; it hears what becomes of those that it posted."""

    def over(self, ids: Iterable[int]) -> None:
        """These rows are no longer here."""
        ...

    def begun(self, row: OutboxRow) -> None:
        """The call for a row is made, or the row is gone without one."""
        ...

    def keep(self, row: OutboxRow) -> bool:
        """Take back a row that was not begun and cannot stay in its lane; False if it is of no use."""
        ...

    def reclaim(self) -> None:
        """The database failed: rows have to be looked for there."""
        ...

    def wake(self) -> None:
        """There is room for more rows."""
        ...


class Lanes:
    """``post(row)`` at any time on the loop; ``close()`` lets sends in flight end."""

    def __init__(self, doors: Mapping[str, SendingDoor], means: Means, holder: Holder) -> None:
        self._doors = doors
        self._writer = means.writer
        self._outcomes = means.outcomes
        self._now = means.now
        self._sleep = means.sleep
        self._holder = holder
        # A row is over with its mark: a sweep in between would take it for one that nobody has.
        self._marks = Marks(means.outcomes.sent, holder.over, means.sleep)
        self._lanes: dict[Key, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[None] | None] = set()
        self._closing = False

    def post(self, row: OutboxRow) -> None:
        """Take one row that this process has claimed."""
        key = (row.channel, row.external)
        lane = self._lanes.get(key)
        if lane is not None:
            lane.insert(row, self._doors[row.channel].pace)
            return
        lane = self._lanes[key] = _Lane([row])
        task = asyncio.create_task(self._work(key, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def busy(self, row: OutboxRow) -> bool:
        """Whether something else is on its way to the account of ``row``."""
        return (row.channel, row.external) in self._lanes

    async def close(self, seconds: float) -> None:
        """Let sends in flight end and mark what went out; break off what takes longer than ``seconds``."""
        self._closing = True
        for door in self._doors.values():
            door.pace.close()
        for task in self._resting:
            if task is not None:
                task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._marks.flush(seconds)

    # ------------------------------------------------------------ one account

    async def _work(self, key: Key, lane: _Lane) -> None:
        try:
            while lane.rows and not self._closing:
                if await self._attempt(lane):
                    lane.next()
        except Exception as error:
            # Not the row's fault but the database's: a later sweep brings the rows back.
            _LOG.error("outbox: %s", type(error).__name__)
            self._holder.reclaim()
        finally:
            del self._lanes[key]
            self._holder.over([row.id for row in lane.rows if not self._holder.keep(row)])

    async def _attempt(self, lane: _Lane) -> bool:
        """Send the first row; return whether it is settled, one way or the other."""
        row = lane.rows[0]
        content = await self._content(row)
        await self._marks.wait((row.channel, row.external))
        try:
            if not await self._deliver(row, content, lane):
                return await self._stale(row, lane)
        except SendError as error:
            return await self._failed(lane, error)
        except DoorClosed:
            # The token was taken back while we run: the poller ends the service, the rows wait for the next start.
            return await self._wait(lane, SendError(SendFailure.SERVER, detail="token"), MAX_BACKOFF_SECONDS)
        except Exception as error:
            # A row that we cannot even render must not hold up the person's other rows. No text: it may hold answers.
            _LOG.error("outbox row %d cannot be sent: %s", row.id, type(error).__name__)
            return await self._failed(lane, SendError(SendFailure.PROGRAM, detail=type(error).__name__))
        self._outcomes.left(row)
        self._marks.add((row.channel, row.external), row.id)
        return True

    async def _deliver(self, row: OutboxRow, content: bytes | None, lane: _Lane) -> bool:
        """Make the row's calls; False if it has to wait because another row goes first, or its time has passed."""
        door = self._doors[row.channel]
        for request in door.channel.render(row, content)[lane.done :]:
            ticket = await self._granted(row, lane, door.pace) if request.paced else None
            if request.paced and ticket is None:
                return False
            self._holder.begun(row)
            await self._call(door, request, ticket, row)
            # A long text goes on at the piece that failed, not at the first.
            lane.done += 1
        return True

    async def _granted(self, row: OutboxRow, lane: _Lane, pace: Pace) -> Ticket | None:
        """Wait for the row's turn; None if that is not to come now. What was begun is waited for to its end."""
        lane.ticket = ticket = pace.ask(row.external, outbox.PRIORITY[row.kind])
        limit = FRESH_SECONDS if row.kind == outbox.REMINDER and not lane.done else None
        if not ticket.granted.done():
            await asyncio.wait([ticket.granted], timeout=limit)
        lane.ticket = None
        return None if pace.withdraw(ticket) else ticket

    async def _call(self, door: SendingDoor, request: Request, ticket: Ticket | None, row: OutboxRow) -> None:
        answered = True
        try:
            await door.channel.call(request)
            door.pace.served()
        except SendError as error:
            answered = not error.unsure
            if error.failure is SendFailure.SLOWED:
                door.pace.refused(row.external, error.retry_after or 1.0)
            raise
        finally:
            if ticket is not None:
                door.pace.ended(ticket, answered)

    async def _content(self, row: OutboxRow) -> bytes | None:
        file = row.payload.get("file")
        return await self._writer.run(partial(_bytes, file=file["id"])) if file else None

    # ------------------------------------------------------------ what went wrong

    async def _stale(self, row: OutboxRow, lane: _Lane) -> bool:
        """Give back a reminder that found no room; everything else just asks again.

        One of which a piece is out is not begun anew: where the door closes over it, it becomes uncertain.
        """
        overtaken = lane.rows[0] is not row
        if overtaken or lane.done or row.kind != outbox.REMINDER:
            return False
        await self._outcomes.unprepared([row])
        self._gone(row)
        return True

    async def _failed(self, lane: _Lane, error: SendError) -> bool:
        row = lane.rows[0]
        lane.attempts += 1
        if error.failure.permanent or self._hopeless(lane, error):
            # Who cannot be reached by this row will not be by the next.
            rows = [*lane.rows] if error.failure.unreachable else [row]
            await self._outcomes.given_up(rows, error)
            self._forget(lane, rows)
            return True
        if row.kind == outbox.REMINDER and (error.unsure or lane.done):
            await self._outcomes.uncertain(row, error)
            self._gone(row)
            return True
        failures = lane.attempts - 1 + (row.attempts if row.kind == outbox.REMINDER else 0)
        return await self._wait(lane, error, error.retry_after or back_off(failures))

    async def _wait(self, lane: _Lane, error: SendError, seconds: float) -> bool:
        """Wait before the row is tried again; rows that would wait too long are given back, all of the lane's."""
        row, now = lane.rows[0], self._now()
        lane.failing_since = lane.failing_since or now
        if row.kind == outbox.REMINDER:
            await self._outcomes.put_off([row], seconds, error)
            self._gone(row)
            return True
        if now + timedelta(seconds=seconds) - lane.failing_since > timedelta(seconds=HOLD_SECONDS):
            rows = [*lane.rows]
            await self._outcomes.put_off(rows, seconds, error)
            self._forget(lane, rows)
            return True
        if error.failure is SendFailure.SLOWED:
            # The pace keeps a chat that was refused quiet; the next process, should we be killed, reads it in the row.
            await self._outcomes.waits(row, seconds)
        else:
            await self._rest(seconds)
        return False

    def _hopeless(self, lane: _Lane, error: SendError) -> bool:
        return error.failure is SendFailure.SERVER and lane.rows[0].attempts + lane.attempts >= MAX_ATTEMPTS

    def _forget(self, lane: _Lane, rows: list[OutboxRow]) -> None:
        """Take rows out of the lane, except for its first, which the caller's caller drops."""
        for row in rows:
            self._gone(row)
        lane.rows[1:] = [row for row in lane.rows[1:] if row not in rows]

    def _gone(self, row: OutboxRow) -> None:
        self._holder.begun(row)
        self._holder.over([row.id])

    async def _rest(self, seconds: float) -> None:
        task = asyncio.current_task()
        self._resting.add(task)
        try:
            await self._sleep(seconds)
        finally:
            self._resting.discard(task)


def _order(row: OutboxRow) -> tuple[int, int]:
    """Replies go before reminders, as in ``outbox.claim``."""
    return (outbox.PRIORITY[row.kind], row.id)


def _bytes(connection: Connection, file: int) -> bytes | None:
    found = files.read(connection, file)
    return None if found is None else found.content
