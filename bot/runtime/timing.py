"""Waiting, as a value: the program sleeps on the loop, a test moves its own clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[object]]
