"""What may go wrong between a bot and the Bot API, on purpose and repeatably."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Hook = Callable[[str, str], Awaitable[None]]
"""Called as ``hook(method, stage)``: stage "accepted" is after the call was done and before its answer leaves,
"answered" after the answer has left."""

ERRORS = ("500", "429", "drop_before", "drop_after")


async def _nothing(method: str, stage: str) -> None:
    return None


@dataclass
class Faults:
    """``delay`` seconds per call (half before, half after), ``errors`` and ``doubled`` as shares of calls and updates.

    ``next_errors`` are used up first, one a call, whatever the shares say; None in it is a call without an error.
    """

    delay: float = 0.0
    errors: float = 0.0
    doubled: float = 0.0
    retry_after: int = 1
    seed: int = 1
    hook: Hook = _nothing
    next_errors: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def error(self) -> str | None:
        """Draw what goes wrong with a call: one of ``ERRORS``, or None."""
        if self.next_errors:
            return self.next_errors.pop(0)
        if self.errors and self._random.random() < self.errors:
            return self._random.choice(ERRORS)
        return None

    def doubles(self) -> bool:
        """Draw whether an update that was confirmed comes once more."""
        return bool(self.doubled) and self._random.random() < self.doubled
