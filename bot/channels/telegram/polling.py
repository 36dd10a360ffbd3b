"""Takes Telegram's updates by long polling: commit first, then tell Telegram that we have them.

The offset moves only when ``take`` has returned, that is after the commit; an update that comes again is known
by its id. Replies of one batch are still going out while the next is waited for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from bot.channels.channel import DoorClosed, SendError, SendFailure
from bot.channels.incoming import Incoming, TakesTurns
from bot.channels.telegram.adapter import TelegramChannel, callback_id, parse
from bot.runtime import texts
from bot.runtime.timing import Sleep

WAIT_SECONDS = 30
"""How long Telegram may hold a getUpdates when there is nothing new."""

MAX_BACKOFF_SECONDS = 60.0
CLOSE_SECONDS = 10.0

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


class Poller:
    """``run()`` until ``stop()``; raises ``DoorClosed`` if Telegram refuses the token, and nothing else."""

    def __init__(
        self,
        channel: TelegramChannel,
        turns: TakesTurns,
        sleep: Sleep = asyncio.sleep,
        named: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        """``named`` is told the bot's username once the door is open."""
        self._channel = channel
        self._turns = turns
        self._sleep = sleep
        self._named = named
        self._offset = 0
        self._failures = 0
        self._stopping = False
        self._running: asyncio.Task[Any] | None = None
        self._waiting: asyncio.Future[Any] | None = None
        self._answers: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Nothing is asked of Telegram yet: ``run`` waits for a network that is away."""

    async def run(self) -> None:
        """Open the door and take updates.

        The first offset is 0, not the last one stored: after a quiet week Telegram numbers updates anew from anywhere,
        and an offset above them would throw them away.
        """
        self._running = asyncio.current_task()
        opened = False
        while not self._stopping:
            try:
                if not opened:
                    await self._interruptible(self._begin)
                    opened = True
                await self._once()
                self._failures = 0
            except DoorClosed:
                raise
            except Exception as error:
                await self._back_off(error)
        await asyncio.gather(*self._answers, return_exceptions=True)

    def stop(self) -> None:
        """End after the batch in hand. A wait for updates is broken off: nothing of it is confirmed yet."""
        self._stopping = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def close(self) -> None:
        """Stop, and wait until the batch in hand is stored; not for ever."""
        self.stop()
        if self._running is not None:
            await asyncio.wait([self._running], timeout=CLOSE_SECONDS)

    async def _begin(self) -> None:
        username = await self._channel.open()
        if self._named is not None:
            await self._named(username)
        await self._channel.begin_polling()

    async def _once(self) -> None:
        updates = await self._interruptible(lambda: self._channel.updates(self._offset, WAIT_SECONDS))
        if not updates:
            return
        await self._take(updates)
        self._offset = max(self._offset, *(int(update.get("update_id", 0)) + 1 for update in updates))

    async def _take(self, updates: Sequence[dict[str, Any]]) -> None:
        incomings = []
        for update in updates:
            read = parse(update)
            if isinstance(read, Incoming):
                incomings.append(read)
            else:
                _LOG.debug("update %s ignored: %s", update.get("update_id"), read.reason)
        await self._turns.take(incomings)
        for update in updates:
            if callback := callback_id(update):
                self._answer(callback)

    def _answer(self, callback: str) -> None:
        task = asyncio.create_task(self._channel.answer_callback(callback))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _back_off(self, error: Exception) -> None:
        delay = min(2.0**self._failures, MAX_BACKOFF_SECONDS)
        self._failures += 1
        if isinstance(error, SendError):
            delay = error.retry_after or delay
        _LOG.warning(_line(error, delay))
        await self._interruptible(lambda: self._sleep(delay))

    async def _interruptible(self, begin: Callable[[], Awaitable[T]]) -> T | None:
        """Begin a piece of work and wait for it, unless ``stop`` comes first; then return None."""
        if self._stopping:
            return None
        waiting: asyncio.Future[T] = asyncio.ensure_future(begin())
        self._waiting = waiting
        try:
            return await waiting
        except asyncio.CancelledError:
            if not self._stopping:
                waiting.cancel()
                raise
            return None
        finally:
            self._waiting = None


def _line(error: Exception, delay: float) -> str:
    """Return what to log; of errors that are not the network's only the kind, since they may hold answers."""
    if not isinstance(error, SendError):
        return texts.POLL_FAILED % (type(error).__name__, delay)
    if error.failure is SendFailure.CONFLICT:
        return texts.TELEGRAM_OTHER_POLLER
    return texts.TELEGRAM_UNREACHABLE % (error, delay)
