"""A door as one value: how it is called, opened, received from, sent through and asked for files.

All doors of the program stand in ``bot/config/doors.py``, which says how to add one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.channels.channel import Channel
from bot.channels.host import Host
from dialogs.values.doors import DoorFacts


class NotAllowed(ValueError):
    """A ``BAOCAO_`` variable cannot be what it is; the message says what it may be."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A ``BAOCAO_`` variable that belongs to a door: ``Setting("TELEGRAM_TOKEN")``.

    ``read`` returns the value as it is kept, or raises ``NotAllowed``.
    """

    name: str
    default: str = ""
    read: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Installation:
    """What decides whether a door is open: its variables, where pages are served, whether this is the demo."""

    values: Mapping[str, str]
    host: str
    port: int
    demo: bool


class Intake(Protocol):
    """How events come in: by a long poll, a page, a webhook. All are opened before the first one runs."""

    async def open(self) -> None:
        """Get ready. Raises ``DoorClosed`` for what waiting does not mend."""
        ...

    async def run(self) -> None:
        """Bring events to the host until ``close``; returns or waits, and raises ``DoorClosed`` alone."""
        ...

    async def close(self) -> None:
        """Take nothing more; return when what is in hand is stored, or after a short while."""
        ...


class FileSource(Protocol):
    """A channel as far as it brings the files that people sent."""

    @property
    def name(self) -> str: ...
    async def fetch(self, key: str, limit: int) -> bytes:
        """Return the bytes of the file that the channel calls ``key``; raise ``SendError``."""
        ...


async def _nothing() -> None:
    """A door without connections of its own has none to close."""


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door of this process. ``channel`` None: people read there; ``files`` None: a file comes with its event.

    ``close`` ends its connections, when all is received and sent.
    """

    intake: Callable[[Host], Intake]
    channel: Channel | None = None
    files: FileSource | None = None
    close: Callable[[], Awaitable[None]] = _nothing


def _stays_closed(_: Installation) -> OpenDoor | None:
    return None


def _not_by_setting(_: Mapping[str, str]) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Door:
    """One door. ``open`` returns None where its variables leave it closed, or raises ``DoorClosed``.

    ``address`` is where the door is reached from outside as far as its variables say it (None: they do not).
    """

    facts: DoorFacts
    settings: tuple[Setting, ...] = ()
    open: Callable[[Installation], OpenDoor | None] = _stays_closed
    address: Callable[[Mapping[str, str]], str | None] = _not_by_setting
