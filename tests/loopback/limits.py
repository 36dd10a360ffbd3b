"""How much a server takes: calls a second overall, calls to one chat, and 429 with ``retry_after`` beyond that.

Counted as strictly as a server can, when a call arrives and whether or not it is then refused. Real ones are vaguer
and milder ("we may allow short bursts"); what passes here passes there. Refusals out of the blue are ``injected``.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil


@dataclass
class Limits:
    """``per_second`` 0: no limit overall; ``per_chat_seconds`` 0: none for a chat.

    To one chat ``burst`` calls may come within ``burst * per_chat_seconds``. ``injected_share`` of the calls are
    refused without a reason, for a number of seconds drawn from ``injected_seconds``. A call to a chat during its own
    ``retry_after`` is refused too, and counted in ``too_soon``. ``watch`` is told of each call: the chat, the text.
    """

    per_second: int = 30
    per_chat_seconds: float = 1.0
    burst: int = 1
    injected_share: float = 0.0
    injected_seconds: tuple[int, int] = (1, 5)
    seed: int = 1
    clock: Callable[[], float] = time.monotonic
    arrived: list[float] = field(default_factory=list)
    injected: int = 0
    provoked_overall: int = 0
    provoked_chat: int = 0
    too_soon: int = 0
    watch: Callable[[str, str], None] | None = None

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._last: deque[float] = deque()
        self._chats: dict[str, deque[float]] = {}
        self.silent_until: dict[str, float] = {}

    @property
    def provoked(self) -> int:
        """Refusals that the caller has brought on itself."""
        return self.provoked_overall + self.provoked_chat + self.too_soon

    def arrive(self, chat: str, text: str = "") -> int:
        """Count a call that arrives now; return 0, or the ``retry_after`` with which it is refused."""
        now = self.clock()
        if self.watch is not None:
            self.watch(chat, text)
        self.arrived.append(now)
        full = self._count(self._last, now, self.per_second, 1.0)
        window = self.burst * self.per_chat_seconds
        crowded = self._count(self._chats.setdefault(chat, deque()), now, self.burst if window else 0, window)
        if now < self.silent_until.get(chat, 0.0):
            self.too_soon += 1
            return ceil(self.silent_until[chat] - now)
        if full:
            self.provoked_overall += 1
            return 1
        if crowded:
            self.provoked_chat += 1
            return self._silence(chat, now, ceil(self.per_chat_seconds))
        if self.injected_share and self._dice.random() < self.injected_share:
            self.injected += 1
            return self._silence(chat, now, self._dice.randint(*self.injected_seconds))
        return 0

    def _silence(self, chat: str, now: float, seconds: int) -> int:
        self.silent_until[chat] = now + seconds
        return seconds

    def _count(self, last: deque[float], now: float, room: int, seconds: float) -> bool:
        """Note a call; return whether more than ``room`` fall into the ``seconds`` up to now (0: any number may)."""
        if not room:
            return False
        while last and last[0] <= now - seconds:
            last.popleft()
        last.append(now)
        return len(last) > room
