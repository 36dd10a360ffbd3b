"""What the page needs from the rest of the program, in one value."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.channels.host import Arrivals, Records, ShownLine, Visitor
from bot.channels.incoming import Account, TakesTurns
from bot.channels.web import CHANNEL
from bot.runtime.timing import now

PAGE_LINES = 60
"""Lines that one look-up brings: about what somebody scrolls through at a time."""


@dataclass(frozen=True, slots=True)
class Backend:
    """``arrivals`` None: nobody joins here. ``secure``: the page is reached by HTTPS, whoever speaks it before us.

    ``people`` is the sign-in list: the demo's people where the database is marked as demo, and nobody elsewhere."""

    turns: TakesTurns
    records: Records
    people: Sequence[Visitor] = ()
    zone: str = "Asia/Ho_Chi_Minh"
    arrivals: Arrivals | None = None
    secure: bool = False
    now: Callable[[], datetime] = now

    def local_now(self) -> datetime:
        """Return the time as the people of this office read it."""
        return self.now().astimezone(ZoneInfo(self.zone))

    def person(self, handle: str) -> Visitor | None:
        """Return the listed person with this handle, or None."""
        return next((person for person in self.people if person.handle == handle), None)

    async def after(self, account: Account, line: int, limit: int = PAGE_LINES) -> Sequence[ShownLine]:
        """Read off the loop's thread: a slow disk must not hold up everybody's chat."""
        return await asyncio.to_thread(self.records.after, account, line, limit)

    async def before(self, account: Account, line: int, limit: int = PAGE_LINES) -> Sequence[ShownLine]:
        """As ``after``, backwards."""
        return await asyncio.to_thread(self.records.before, account, line, limit)


def account_of(person: Visitor) -> Account:
    """Return the person's chat identity on this channel."""
    return Account(channel=CHANNEL, external=person.handle, name=person.name)
