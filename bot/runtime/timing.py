"""Time, as values: the program asks the machine's clock and sleeps on the loop, a test moves its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

Sleep = Callable[[float], Awaitable[object]]


def now() -> datetime:
    """The clock of the program; everything else is given this function or a moment."""
    return datetime.now(UTC)
