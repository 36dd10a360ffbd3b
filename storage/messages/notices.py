"""Messages that answer nothing: to people who did not just speak, through the door each of them used last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, select

from dialogs.values.effects import Choice, Reply
from storage.messages import outbox
from storage.messages.outbox import Message, OutboxRow
from storage.schema.known_doors import known_doors
from storage.schema.statements import chunks
from storage.schema.tables import account, person, session


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person is written to."""

    person: int
    account: int
    channel: str
    external: str


_CONTACTS = (
    select(account.c.person, account.c.id, account.c.channel, account.c.external)
    .join(person, and_(person.c.id == account.c.person, person.c.removed_at.is_(None)))
    .outerjoin(session, session.c.person == account.c.person)
    .where(account.c.person.in_(bindparam("people", expanding=True)), account.c.blocked_at.is_(None))
    .where(account.c.channel.not_in(bindparam("seated", expanding=True)))
    .order_by(account.c.person, case((account.c.id == session.c.account, 0), else_=1), account.c.id.desc())
)


def contacts(connection: Connection, people: Iterable[int]) -> dict[int, Contact]:
    """Return where each of these people can be written to: the account used last, else their newest one.

    Somebody removed, without an account, or whose accounts are all out of reach is not in it.
    """
    wanted, seated = list(dict.fromkeys(people)), known_doors(connection).seated
    found: dict[int, Contact] = {}
    for some in chunks(wanted):
        for row in connection.execute(_CONTACTS, {"people": some, "seated": seated}):
            found.setdefault(row[0], Contact(*row))
    return found


def tell(
    connection: Connection, people: Iterable[int], notice: Reply, at: datetime, kind: str = outbox.NOTICE
) -> tuple[OutboxRow, ...]:
    """Store one message to each of these people who can be reached; return the rows, to be sent after the commit."""
    found = contacts(connection, people)
    return tuple(outbox.add(connection, _message(each, notice, at, kind)) for each in found.values())


def open_at(report: int, prefix: str, label: str) -> Choice:
    """Return a button that opens a report at the first question under ``prefix`` ('' at the one that is next).

    It has no key: what a person types belongs to the screen before it, not to a notice.
    """
    return Choice(f"{report}.0.0:open:{report}{':' if prefix else ''}{prefix}", label, "")


def _message(contact: Contact, notice: Reply, at: datetime, kind: str) -> Message:
    payload = outbox.to_payload(notice)
    return Message(contact.channel, contact.account, contact.external, kind, payload, at, contact.person)
