"""Notes which rows have left: what was sent within a few milliseconds is marked in one commit.

Of one account at most one row is sent and not yet marked, because the next is held back until it is. So after a crash
somebody may see her last screen once more, and never an older one after a newer one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.runtime.timing import Sleep

MARK_SECONDS = 0.005
"""How long a sent row may wait for others to be marked in the same commit; nobody waits for it that long."""

AGAIN_SECONDS = 2.0

Key = tuple[str, str]

_LOG = logging.getLogger(__name__)


class Marks:
    """``add`` what was sent, ``wait`` before sending more to the same account, ``flush`` at the end.

    ``write`` stores marks and returns after the commit; ``stored`` is told then.
    """

    def __init__(
        self,
        write: Callable[[Sequence[int]], Awaitable[object]],
        stored: Callable[[Sequence[int]], object],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._write = write
        self._stored = stored
        self._sleep = sleep
        self._unmarked: dict[Key, int] = {}
        self._hurry = asyncio.Event()
        self._round: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    def add(self, key: Key, row: int) -> None:
        """Have ``row``, which went to the account ``key``, marked soon."""
        self._unmarked[key] = row
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def wait(self, key: Key) -> None:
        """Return when nothing that went to ``key`` lacks its mark."""
        while key in self._unmarked:
            self._hurry.set()
            if self._round is None:
                self._round = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._round)

    async def flush(self, seconds: float) -> None:
        """Mark what there is now; give up after ``seconds``."""
        self._hurry.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=seconds)

    async def _run(self) -> None:
        while self._unmarked:
            await self._gather()
            batch = dict(self._unmarked)
            rows = list(batch.values())
            await self._store(rows)
            for key in batch:
                del self._unmarked[key]
            self._stored(rows)
            if self._round is not None:
                self._round.set_result(None)
                self._round = None
        self._task = None

    async def _gather(self) -> None:
        timer = asyncio.get_running_loop().call_later(MARK_SECONDS, self._hurry.set)
        await self._hurry.wait()
        timer.cancel()
        self._hurry.clear()

    async def _store(self, rows: Sequence[int]) -> None:
        while True:
            try:
                await self._write(rows)
            except Exception as error:
                # The database is away: the rows are sent all the same, so there is nothing to do but to wait.
                _LOG.error("marks: %s", type(error).__name__)
                await self._sleep(AGAIN_SECONDS)
            else:
                return
