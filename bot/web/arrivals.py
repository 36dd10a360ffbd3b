"""People who come to the page by an invitation: the account that their session stands for is made, and found again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.channels.host import Visitor
from bot.channels.web import CHANNEL
from bot.runtime.writer import Writer
from storage.people import invites, membership, people
from storage.schema.database import Database
from storage.units.unit_hierarchy import Hierarchy

ADDRESS = "address:"
"""Before an address of the network, where wrong codes are counted: no account is called so."""


class TooManyGuesses(Exception):
    """Codes from this address, or of everybody, are not looked up for a while."""


class StoredArrivals:
    """Nothing is made, and nothing told, for a code that opens nothing."""

    def __init__(self, database: Database, writer: Writer, now: Callable[[], datetime]) -> None:
        self._database = database
        self._writer = writer
        self._now = now

    async def admit(self, external: str, code: str, name: str, address: str) -> bool:
        """Make the account of a newcomer whose code opens something; a wrong one is counted for the address.

        Raises ``TooManyGuesses``. Whether the newcomer accepts is asked in the conversation, which uses the code up.
        """
        return await self._writer.run(partial(self._admit, external=external, code=code, name=name, address=address))

    def visitor(self, external: str) -> Visitor | None:
        """Return whose account this is, with a unit of theirs; None if it is nobody's, or was left. Blocking."""
        with self._database.read() as connection:
            known = people.speaker(connection, CHANNEL, external)
            if known is None:
                return None
            roles = people.roles_of(connection, known.person, self._now())
            unit = Hierarchy(connection, self._now().date()).name(roles[0][0]) if roles else ""
            return Visitor(external, known.name, unit)

    async def leave(self, external: str) -> None:
        """End an account for good: its token opens nothing any more."""
        await self._writer.run(partial(people.leave_account, channel=CHANNEL, external=external, at=self._now()))

    def _admit(self, connection: Connection, external: str, code: str, name: str, address: str) -> bool:
        now, counted = self._now(), ADDRESS + address
        mine = invites.guesses(connection, CHANNEL, counted, now - invites.WITHIN)
        everybody = invites.guesses_in(connection, CHANNEL, now - invites.ALL_WITHIN)
        if mine >= invites.MOST_OF_ADDRESS or everybody >= invites.MOST_IN_ALL:
            raise TooManyGuesses
        if invites.find(connection, code, now) is None:
            membership.note_guess(connection, CHANNEL, counted, now)
            return False
        return people.newcomer(connection, CHANNEL, external, name, now) is not None
