"""What the program gives every door that is open: where events go, what a page may show, what time it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.channels.incoming import Account, TakesTurns


class ShownLine(Protocol):
    """One line of a conversation, as the memory keeps it: what she said, if anything, and the answer to it.

    ``door`` is the label of another door that she said it at, '' for the page itself.
    """

    @property
    def id(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def said(self) -> str: ...
    @property
    def said_id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def text(self) -> str: ...
    @property
    def choices(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def files(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def door(self) -> str: ...


class Records(Protocol):
    """What a page may show; each call is short, blocking, and for one signed-in person."""

    def after(self, account: Account, line: int, limit: int) -> Sequence[ShownLine]:
        """Return the first ``limit`` lines after ``line``, oldest first."""
        ...

    def before(self, account: Account, line: int, limit: int) -> Sequence[ShownLine]:
        """Return the last ``limit`` lines before ``line`` (0: the newest), oldest first."""
        ...

    def file(self, account: Account, file: int) -> tuple[str, str, bytes] | None:
        """Return name, media type and bytes of a file that was handed to this person; None for any other."""
        ...

    def menu(self, account: Account) -> Sequence[tuple[str, str]]:
        """Return the commands that the person's roles offer, each with what it does."""
        ...

    def check(self) -> None:
        """Raise if the memory cannot be reached."""
        ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a page: on the demo's sign-in list, or come by an invitation; ``unit`` is '' for who has none."""

    handle: str
    name: str
    unit: str = ""


class Arrivals(Protocol):
    """People who come to a page by an invitation."""

    async def admit(self, external: str, code: str, name: str, address: str) -> bool: ...

    def visitor(self, external: str) -> Visitor | None: ...

    async def leave(self, external: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Host:
    """``reached_at`` notes the address under which the door has learned that it is reached, for links with a code.

    ``people`` is the sign-in list: the demo's people where the database is marked as demo, and nobody elsewhere.
    """

    turns: TakesTurns
    records: Records
    arrivals: Arrivals
    people: Sequence[Visitor]
    zone: ZoneInfo
    now: Callable[[], datetime]
    reached_at: Callable[[str], Awaitable[None]]
