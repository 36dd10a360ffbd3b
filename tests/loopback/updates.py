"""The queue of updates as the Bot API keeps it: numbered, waiting until an offset above them confirms them."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from tests.loopback.checks import Refusal
from tests.loopback.faults import Faults

FIRST_UPDATE = 800_000_001
DEFAULT_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})


class Updates:
    """What people did and the bot has not confirmed. ``delivered`` counts hand-outs, ``confirmed`` confirmations."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.waiting: deque[dict[str, Any]] = deque()
        self.again: list[dict[str, Any]] = []
        self.kinds: frozenset[str] = DEFAULT_KINDS
        self.confirmed = 0
        self._last = FIRST_UPDATE - 1
        self._poller: asyncio.Future[None] | None = None

    def add(self, content: dict[str, Any]) -> None:
        """Number an update and wake the poller; kinds that the bot did not ask for are not kept."""
        if not self.kinds.isdisjoint(content):
            self._last += 1
            self.waiting.append({"update_id": self._last, **content})
            self._wake()

    def repeat(self, update: dict[str, Any]) -> None:
        """Hand an update out once more, confirmed or not."""
        self.again.append(update)
        self._wake()

    async def get(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """Confirm all below ``offset`` and return what waits, or what comes within ``timeout`` seconds."""
        self._confirm(offset)
        self._end_other_poller()
        if not (self.waiting or self.again) and timeout > 0:
            await self._wait(timeout)
        again, self.again = self.again, []
        return [*again, *self.waiting][: max(1, min(limit, 100))]

    def _confirm(self, offset: int) -> None:
        while self.waiting and self.waiting[0]["update_id"] < offset:
            update = self.waiting.popleft()
            self.confirmed += 1
            if self.faults.doubles():
                self.again.append(update)

    async def _wait(self, timeout: float) -> None:
        mine = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await mine
        except TimeoutError:
            return
        finally:
            if self._poller is mine:
                self._poller = None

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _end_other_poller(self) -> None:
        if self._poller is not None and not self._poller.done():
            words = "terminated by other getUpdates request; make sure that only one bot instance is running"
            self._poller.set_exception(Refusal(409, f"Conflict: {words}"))
            self._poller = None
