"""What the web door needs from the rest of the program, in one value."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.channels.incoming import Account, TakesTurns
from bot.channels.web import CHANNEL, ShownLine
from bot.config.running import now
from bot.web.sessions import SignInPerson

PAGE_LINES = 60
"""Lines that one look-up brings: about what somebody scrolls through at a time."""


class Records(Protocol):
    """What the web chat reads; each call is short, blocking, and for one signed-in person."""

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


Visitor = SignInPerson
"""Somebody who came by an invitation, as the pages show them."""


class Arrivals(Protocol):
    """``bot.web.arrivals.StoredArrivals``: people who come by an invitation."""

    async def admit(self, external: str, code: str, name: str, address: str) -> bool: ...

    def visitor(self, external: str) -> Visitor | None: ...

    async def leave(self, external: str) -> None: ...


@dataclass(frozen=True, slots=True)
class WebDoor:
    """``arrivals`` None: nobody joins here. ``secure``: the page is reached by HTTPS, whoever speaks it before us.

    ``people`` is the sign-in list: the demo's people where the database is marked as demo, and nobody elsewhere."""

    turns: TakesTurns
    records: Records
    people: Sequence[SignInPerson] = ()
    zone: str = "Asia/Ho_Chi_Minh"
    arrivals: Arrivals | None = None
    secure: bool = False
    now: Callable[[], datetime] = now

    def local_now(self) -> datetime:
        """Return the time as the people of this office read it."""
        return self.now().astimezone(ZoneInfo(self.zone))

    def person(self, handle: str) -> SignInPerson | None:
        """Return the listed person with this handle, or None."""
        return next((person for person in self.people if person.handle == handle), None)

    async def after(self, account: Account, line: int, limit: int = PAGE_LINES) -> Sequence[ShownLine]:
        """Read off the loop's thread: a slow disk must not hold up everybody's chat."""
        return await asyncio.to_thread(self.records.after, account, line, limit)

    async def before(self, account: Account, line: int, limit: int = PAGE_LINES) -> Sequence[ShownLine]:
        """As ``after``, backwards."""
        return await asyncio.to_thread(self.records.before, account, line, limit)


def account_of(person: SignInPerson) -> Account:
    """Return the person's chat identity on this channel."""
    return Account(channel=CHANNEL, external=person.handle, name=person.name)
