"""Keeps a door's calls within what its server takes: so many a second overall, so many seconds apart for one chat.

A server counts a call when it arrives, and all we know of that moment is that it lies between our call and its answer.
So the room a call takes is given back a second after its *answer* (less most of the quickest way there and back that
was ever seen): however the line delays calls, no second of the server's holds more than its share, and the price is
the line's jitter, not its length. Replies go first, then files, notices, reminders; the last two are spread evenly,
so that a reply that comes beside a thousand reminders finds room within a tenth of a second or so.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf

from bot.runtime.timing import Sleep

BULK_RANK = 2
"""From this rank on (notices and reminders) messages are written to many at once and keep their distance."""

MARGIN_SECONDS = 0.002
"""What a window is longer than the server's, for clocks that tick."""

REPLIES_SECONDS = 5.0
REPLIES_PER_CALL = 20
"""While replies flow, one call of each second is kept free for them for each twenty in five seconds."""

REFUSED_CHATS = 3
"""So many different chats refused one after the other, and nobody served in between: it is the door that is full."""

_SPREAD = 0.95
_CATCH_UP = 4
"""Of the even distance between notices and reminders, and how many of them may make up for time that was lost."""
_CREDIT, _FORGET = 0.8, 1.0005
_MEASURED = 20
"""So many calls have to be seen first: those that a connection is made for are slow on their way there alone."""

_MANY_CHATS = 5_000


@dataclass(eq=False, slots=True)
class Ticket:
    """One call that wants to be made. ``granted`` is False in the end if it was withdrawn or the door closed."""

    chat: str
    rank: int
    granted: asyncio.Future[bool]
    begun: float = 0.0


@dataclass(slots=True)
class _Window:
    """At most ``room`` calls that arrive within ``seconds``; ``ends`` says when those that are over give way."""

    room: int
    seconds: float
    busy: int = 0
    ends: list[float] = field(default_factory=list)

    def free(self, now: float) -> int:
        while self.ends and self.ends[0] <= now:
            heappop(self.ends)
        return self.room - self.busy - len(self.ends)

    def end(self, arrived: float) -> None:
        self.busy -= 1
        heappush(self.ends, arrived + self.seconds)

    def next(self) -> float:
        return self.ends[0] if self.ends else inf


@dataclass(slots=True)
class _Chat:
    """One chat: its window, when its last call had arrived at the latest, and until when the server wants silence."""

    window: _Window
    arrived: float = -inf
    silent_until: float = -inf


class Pace:
    """``ask`` before each call and wait until it is ``granted``; ``ended`` after it, whatever became of it.

    ``per_second`` 0: no limit overall; ``per_chat_seconds`` 0: none for a chat. ``burst`` replies to one chat may
    follow each other at once if as many times ``per_chat_seconds`` are quiet otherwise. Of one bot's allowance each
    process that sends for it is given its share: nothing is counted across processes.
    """

    def __init__(
        self,
        per_second: float,
        per_chat_seconds: float,
        burst: int = 1,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        room = max(1, int(per_second))
        self._door = _Window(room, room / per_second + MARGIN_SECONDS) if per_second else None
        self._gap = _SPREAD / per_second if per_second else 0.0
        self._per_chat = per_chat_seconds + MARGIN_SECONDS if per_chat_seconds else 0.0
        self._burst = max(1, burst)
        self._clock = clock
        self._sleep = sleep
        self._chats: dict[str, _Chat] = {}
        self._ready: list[tuple[int, int, Ticket]] = []
        self._later: list[tuple[float, int, Ticket]] = []
        self._numbers = count()
        # A process that was killed a moment ago may have used up this second.
        self._bulk_at = clock() + self._door.seconds if self._door else -inf
        self._rest_until = -inf
        self._replies: deque[float] = deque()
        self._refused: dict[str, float] = {}
        self._quickest = inf
        self._measured = 0
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = inf

    # ------------------------------------------------------------ around a call

    def ask(self, chat: str, rank: int) -> Ticket:
        """Return a ticket for one call to ``chat``; lower ranks go first."""
        ticket = Ticket(chat, rank, asyncio.get_running_loop().create_future())
        heappush(self._ready, (rank, next(self._numbers), ticket))
        self._pump()
        return ticket

    def withdraw(self, ticket: Ticket) -> bool:
        """Take a ticket back; return False if its call was granted already."""
        if not ticket.granted.done():
            ticket.granted.set_result(False)
        return not ticket.granted.result()

    def ended(self, ticket: Ticket, answered: bool = True) -> None:
        """Note that the call is over; ``answered``: the server said something, be it no."""
        now = self._clock()
        arrived = now - self._credit(now - ticket.begun) if answered else now
        if self._door:
            self._door.end(arrived)
        if self._per_chat:
            chat = self._chats[ticket.chat]
            chat.window.end(arrived)
            chat.arrived = arrived
        self._pump()

    def served(self) -> None:
        """Note that a call went well: the door as a whole is open."""
        self._refused.clear()

    def refused(self, chat: str, seconds: float) -> None:
        """Leave a chat alone for ``seconds``; the whole door, for the longest of them, if nobody is served at all."""
        until = self._clock() + seconds
        found = self._chat(chat)
        found.silent_until = max(found.silent_until, until)
        self._refused[chat] = until
        if len(self._refused) >= REFUSED_CHATS:
            self._rest_until = max(self._rest_until, *self._refused.values())

    def quiet_for(self, chat: str = "") -> float:
        """Return for how many more seconds the server wants no call to ``chat``, or none at all."""
        found = self._chats.get(chat)
        until = max(self._rest_until, found.silent_until) if found else self._rest_until
        return max(0.0, until - self._clock())

    def close(self) -> None:
        """Withdraw whatever waits."""
        for *_, ticket in (*self._ready, *self._later):
            self.withdraw(ticket)
        self._ready.clear()
        self._later.clear()
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    # ------------------------------------------------------------ whose turn it is

    def _pump(self) -> None:
        """Grant what may go now and set the alarm for what may go later."""
        now = self._clock()
        while self._later and self._later[0][0] <= now:
            _, number, ticket = heappop(self._later)
            heappush(self._ready, (ticket.rank, number, ticket))
        while self._ready and self._rest_until <= now:
            rank, number, ticket = self._ready[0]
            # Higher ranks find room earlier, so who is first and cannot go holds up nobody.
            if not ticket.granted.done() and self._door_at(rank, now) > now:
                break
            heappop(self._ready)
            if not ticket.granted.done():
                self._grant_or_keep(ticket, number, now)
        self._set_alarm(now)

    def _grant_or_keep(self, ticket: Ticket, number: int, now: float) -> None:
        at = self._chat_at(ticket.chat, ticket.rank, now)
        if at > now:
            heappush(self._later, (at, number, ticket))
            return
        ticket.begun = now
        if self._door:
            self._door.busy += 1
        if self._per_chat:
            self._chat(ticket.chat).window.busy += 1
        if ticket.rank >= BULK_RANK:
            self._bulk_at = max(self._bulk_at + self._gap, now - _CATCH_UP * self._gap)
        else:
            self._recent_replies(now).append(now)
        ticket.granted.set_result(True)

    def _door_at(self, rank: int, now: float) -> float:
        """Return from when on a call of this rank may be made, as far as is known: inf if an answer comes first."""
        if self._door is None:
            return now
        free = self._door.free(now)
        if rank < BULK_RANK:
            return now if free else self._door.next()
        return self._bulk_at if free > self._kept(now) else self._door.next()

    def _kept(self, now: float) -> int:
        """Return how many calls of the door's are kept free for replies: a tenth of them at the most."""
        room = self._door.room if self._door else 0
        wanted = len(self._recent_replies(now)) // REPLIES_PER_CALL
        return min(wanted, max(1, room // 10)) if room > 1 else 0

    def _recent_replies(self, now: float) -> deque[float]:
        while self._replies and self._replies[0] <= now - REPLIES_SECONDS:
            self._replies.popleft()
        return self._replies

    def _chat_at(self, chat: str, rank: int, now: float) -> float:
        found = self._chats.get(chat)
        if found is None:
            return now
        free = found.window.free(now) if self._per_chat else 1
        at = now if free else min(found.window.next(), now + self._per_chat)
        quiet = found.arrived + self._per_chat if rank >= BULK_RANK else now
        return max(at, quiet, found.silent_until)

    def _chat(self, chat: str) -> _Chat:
        found = self._chats.get(chat)
        if found is None:
            if len(self._chats) >= _MANY_CHATS:
                self._forget(self._clock())
            window = _Window(self._burst, self._burst * self._per_chat)
            found = self._chats[chat] = _Chat(window)
        return found

    def _forget(self, now: float) -> None:
        """Drop the chats that nothing has to be known of any more."""
        quiet = [
            chat
            for chat, found in self._chats.items()
            if found.window.free(now) == self._burst and found.silent_until <= now
        ]
        for chat in quiet:
            del self._chats[chat]

    def _credit(self, took: float) -> float:
        """Return how long before its answer a call has arrived at the least.

        The quickest call of late took as long as the way there and the way back at their best; a part is left out
        because their best may not have met in one call.
        """
        self._quickest = min(took, self._quickest * _FORGET)
        self._measured += 1
        return max(0.0, self._quickest * _CREDIT - MARGIN_SECONDS) if self._measured > _MEASURED else 0.0

    # ------------------------------------------------------------ the alarm

    def _set_alarm(self, now: float) -> None:
        at = self._later[0][0] if self._later else inf
        if self._ready:
            at = min(at, max(self._rest_until, self._door_at(self._ready[0][0], now)))
        if at == inf or (self._alarm is not None and self._alarm_at <= at):
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = at
        self._alarm = asyncio.get_running_loop().create_task(self._ring(at - now))

    async def _ring(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._alarm = None
        self._pump()
