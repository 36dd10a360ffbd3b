"""What the web door needs from the rest of the program, in one value."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.channels.web import CHANNEL, Line
from bot.incoming import Account, Incoming
from bot.web.sessions import DemoPerson

PAGE_LINES = 60
"""Lines that one look-up brings: about what somebody scrolls through at a time."""


class TakesTurns(Protocol):
    """``bot.turn.Turns``: returns after the commit."""

    async def take(self, incomings: Sequence[Incoming]) -> object: ...


class Records(Protocol):
    """What the web chat reads; each call is short, blocking, and for one signed-in person."""

    def after(self, account: Account, line: int, limit: int) -> Sequence[Line]:
        """Return the first ``limit`` lines after ``line``, oldest first."""
        ...

    def before(self, account: Account, line: int, limit: int) -> Sequence[Line]:
        """Return the last ``limit`` lines before ``line`` (0: the newest), oldest first."""
        ...

    def file(self, account: Account, file: int) -> tuple[str, str, bytes] | None:
        """Return name, media type and bytes of a file that was handed to this person; None for any other."""
        ...

    def check(self) -> None:
        """Raise if the memory cannot be reached."""
        ...


@dataclass(frozen=True, slots=True)
class WebDoor:
    """``people`` is the sign-in list: the demo's people where the database is marked as demo, and nobody elsewhere."""

    turns: TakesTurns
    records: Records
    people: Sequence[DemoPerson] = ()
    zone: str = "Asia/Ho_Chi_Minh"

    def person(self, handle: str) -> DemoPerson | None:
        """Return the listed person with this handle, or None."""
        return next((person for person in self.people if person.handle == handle), None)

    async def after(self, account: Account, line: int, limit: int = PAGE_LINES) -> Sequence[Line]:
        """Read off the loop's thread: a slow disk must not hold up everybody's chat."""
        return await asyncio.to_thread(self.records.after, account, line, limit)

    async def before(self, account: Account, line: int, limit: int = PAGE_LINES) -> Sequence[Line]:
        """As ``after``, backwards."""
        return await asyncio.to_thread(self.records.before, account, line, limit)


def account_of(person: DemoPerson) -> Account:
    """Return the person's chat identity on this channel."""
    return Account(channel=CHANNEL, external=person.handle, name=person.name)
