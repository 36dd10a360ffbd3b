"""Server-sent events: every line of a conversation, as soon as it is there, to every page that is open on it.

A turn taken by this process rings the person's streams at once. What another door or another process stored is
found by one look into the memory three times a second, for all open streams together.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Iterator, Sequence

from aiohttp import web

from bot.channels.host import Records, ShownLine
from bot.channels.incoming import Account
from bot.channels.web import render
from bot.web.backend import PAGE_LINES, Backend

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.3
OVERLAP = 20
"""Ids before the last line that are looked at again: PostgreSQL may commit a line after one with a higher id."""

BEAT_SECONDS = 15.0
WRITE_SECONDS = 20.0
MAX_STREAMS = 10
"""Open pages of one person. One more closes the oldest, which is most often a phone that has left its network."""

# The comment keeps proxies awake; a page cannot see comments, so the event tells it that the line still lives.
BEAT = b": beat\nevent: beat\ndata: 1\n\n"


class Listener:
    """One open stream: whose it is, the session it lives in, how far it has got, and the bell beside it."""

    __slots__ = ("_known", "account", "after", "closing", "rung", "session")

    def __init__(self, account: Account, session: str, after: int) -> None:
        self.account = account
        self.session = session
        self.after = after
        self.closing = False
        self.rung = asyncio.Event()
        self._known: frozenset[int] | None = None

    def read(self, records: Records, limit: int) -> Sequence[ShownLine]:
        """Return up to ``limit`` lines that the page has not got; blocking."""
        lines = records.after(self.account, max(0, self.after - OVERLAP), limit + OVERLAP)
        if self._known is None:
            # What the page says that it has is believed once; from here on this side knows.
            self._known = frozenset(line.id for line in lines if line.id <= self.after)
        known = self._known
        return [line for line in lines if line.id not in known][:limit]

    def wrote(self, lines: Sequence[ShownLine]) -> None:
        """Note that these lines are on their way to the page."""
        self.after = max(self.after, *(line.id for line in lines))
        ids = {line.id for line in lines} | (self._known or set())
        self._known = frozenset(key for key in ids if key > self.after - OVERLAP)


class Bell:
    """The open streams of this process, and who is to be woken."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = {}
        self._closed = False
        self._blind = False

    @contextlib.contextmanager
    def listen(self, account: Account, session: str, after: int) -> Iterator[Listener]:
        """Be woken when there is something new for ``account``."""
        listener = Listener(account, session, after)
        listener.closing = self._closed
        mine = self._listeners.setdefault(account.external, [])
        mine.append(listener)
        if len(mine) > MAX_STREAMS:
            _close(mine[0])
        try:
            yield listener
        finally:
            mine.remove(listener)
            if not mine:
                del self._listeners[account.external]

    def ring(self, handle: str) -> None:
        """Something new is stored for this person."""
        for listener in self._listeners.get(handle, ()):
            listener.rung.set()

    def hang_up(self, session: str) -> None:
        """End the streams of a session that has ended."""
        for listener in self.listeners():
            if listener.session == session:
                _close(listener)

    def close(self) -> None:
        """End every stream, and those that come late."""
        self._closed = True
        for listener in self.listeners():
            _close(listener)

    def listeners(self) -> list[Listener]:
        """Return every open stream."""
        return [listener for mine in self._listeners.values() for listener in mine]

    async def watch(self, door: Backend) -> None:
        """Ring for what others stored, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._look(door)
                self._blind = False
            except Exception as error:
                # A database that is away for a minute must not end the look-out, nor fill the log.
                if not self._blind:
                    log.warning("the look for new lines fails: %s", type(error).__name__)
                self._blind = True

    async def _look(self, door: Backend) -> None:
        quiet = [mine[-1] for mine in self._listeners.values()]
        if quiet:
            for handle in await asyncio.to_thread(_with_news, door.records, quiet):
                self.ring(handle)


async def pour(response: web.StreamResponse, door: Backend, listener: Listener) -> None:
    """Write line after line until the page leaves or the server closes."""
    await _write(response, BEAT)
    while not listener.closing:
        listener.rung.clear()
        lines = await asyncio.to_thread(listener.read, door.records, PAGE_LINES)
        if lines:
            await _write(response, b"".join(map(event, lines)))
            listener.wrote(lines)
        elif not await _rung(listener):
            await _write(response, BEAT)


def event(line: ShownLine) -> bytes:
    """Return ``line`` as one server-sent event."""
    return f"id: {line.id}\ndata: {json.dumps(render(line), ensure_ascii=False)}\n\n".encode()


async def _rung(listener: Listener) -> bool:
    try:
        await asyncio.wait_for(listener.rung.wait(), BEAT_SECONDS)
    except TimeoutError:
        return False
    return True


async def _write(response: web.StreamResponse, data: bytes) -> None:
    # A phone that has left its network acknowledges nothing; without a limit its stream would wait for ever.
    await asyncio.wait_for(response.write(data), WRITE_SECONDS)


def _close(listener: Listener) -> None:
    listener.closing = True
    listener.rung.set()


def _with_news(records: Records, quiet: Sequence[Listener]) -> Sequence[str]:
    return [listener.account.external for listener in quiet if listener.read(records, 1)]
