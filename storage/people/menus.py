"""The menu of commands beside the typing line, for the doors that have one: sent when a person's roles change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from dialogs.machine import CATALOG
from dialogs.turn.commands import TypedCommand
from storage.messages import outbox
from storage.messages.outbox import Message, OutboxRow
from storage.people import people
from storage.schema.known_doors import known_doors
from storage.schema.tables import account

_OF_PERSON = select(account.c.id, account.c.channel, account.c.external).where(
    account.c.person == bindparam("person"),
    account.c.channel.in_(bindparam("with_menu", expanding=True)),
    account.c.blocked_at.is_(None),
)
_SHOWN = update(account).where(account.c.id == bindparam("account_id")).values(menu=CATALOG.menu.version)


def keeps_one(connection: Connection, channel: str) -> bool:
    """Whether a door keeps a menu for each person; a page asks for it each time."""
    return channel in known_doors(connection).with_menu


def of_person(connection: Connection, person_id: int, at: datetime) -> tuple[TypedCommand, ...]:
    """Return the commands that a person's roles offer."""
    return CATALOG.menu.offered(word for _, word in people.roles_of(connection, person_id, at))


def send(connection: Connection, person_id: int, at: datetime) -> tuple[OutboxRow, ...]:
    """Store the menu of a person's roles for each of their accounts that shows one; for a stranger an empty one.

    These rows belong to no conversation: nobody reads a menu as a message.
    """
    entries = of_person(connection, person_id, at)
    rows = []
    where = {"person": person_id, "with_menu": known_doors(connection).with_menu}
    for key, channel, external in connection.execute(_OF_PERSON, where).all():
        payload = {"text": "", "menu": _commands(entries)}
        rows.append(outbox.add(connection, Message(channel, key, external, outbox.NOTICE, payload, at)))
        connection.execute(_SHOWN, {"account_id": key})
    return tuple(rows)


def _commands(entries: Sequence[TypedCommand]) -> list[list[str]]:
    if entries == CATALOG.menu.strangers:
        return []
    return [[each.command, each.description] for each in entries]


def bring_up_to_date(connection: Connection, account_id: int, person_id: int, at: datetime) -> tuple[OutboxRow, ...]:
    """Send the menu anew to somebody who was last sent that of another version of the program."""
    if not people.roles_of(connection, person_id, at):
        # What the door shows to everybody is right for them.
        connection.execute(_SHOWN, {"account_id": account_id})
        return ()
    return send(connection, person_id, at)
