"""Where each person stands in the dialog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from dialogs.session import Session
from storage.prepared import Prepared
from storage.statements import upsert
from storage.tables import person, session

# The person's row is locked and not the session's: a first message has no session row to lock yet.
_STORED = (
    select(session.c.json)
    .select_from(person.outerjoin(session, session.c.person == person.c.id))
    .where(person.c.id == bindparam("person"))
)
_LOAD = Prepared(_STORED.with_for_update(key_share=True, of=person))
_PEEK = Prepared(_STORED)
_SAVE = Prepared(upsert(session), session.c.keys())


def load(connection: Connection, person_id: int) -> Session:
    """Return where the person stands, a fresh session if they never spoke; others wait until the transaction ends."""
    return _session(_LOAD.first(connection, {"person": person_id}))


def peek(connection: Connection, person_id: int) -> Session:
    """Return where the person stands without holding anybody up; for reading transactions."""
    return _session(_PEEK.first(connection, {"person": person_id}))


def _session(row: Sequence[Any] | None) -> Session:
    return Session.from_json(row[0]) if row and row[0] else Session()


def save(connection: Connection, person_id: int, where: Session, at: datetime) -> None:
    """Store where the person stands."""
    _SAVE.run(connection, {"person": person_id, "json": where.to_json(), "updated_at": at})
