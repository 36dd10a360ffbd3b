"""Where each person stands in the dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from dialogs import stored
from dialogs.turn.session import Session
from storage.schema.prepared import Prepared
from storage.schema.statements import PerDialect
from storage.schema.tables import session

_PEEK = Prepared(select(session.c.json).where(session.c.person == bindparam("person")))
# The row that is read is the row that is locked: PostgreSQL then returns it as it is when the wait is over.
_LOAD = Prepared(select(session.c.json).where(session.c.person == bindparam("person")).with_for_update())
_BEGIN = Prepared(
    PerDialect(lambda insert: insert(session).on_conflict_do_nothing(index_elements=["person"])), session.c.keys()
)
_NEVER = datetime.fromtimestamp(0, UTC)


def _keeping_account(insert: Callable[[Any], Any]) -> Any:
    """Overwrite where the person stands; the account that spoke last stays unless another one speaks."""
    statement = insert(session)
    new = statement.excluded
    account = func.coalesce(new.account, session.c.account)
    changed = {"json": new.json, "updated_at": new.updated_at, "account": account}
    return statement.on_conflict_do_update(index_elements=["person"], set_=changed)


_SAVE = Prepared(PerDialect(_keeping_account), session.c.keys())
# Nearly always the row is there, and to change it is half the work of trying to add it.
_CHANGE = Prepared(
    update(session)
    .where(session.c.person == bindparam("who"))
    .values(account=func.coalesce(bindparam("spoke", type_=session.c.account.type), session.c.account)),
    ("json", "updated_at"),
)


def load(connection: Connection, person_id: int) -> Session:
    """Return where the person stands, a fresh session if they never spoke; others wait until the transaction ends."""
    row = _LOAD.first(connection, {"person": person_id})
    if row is None:
        _BEGIN.run(connection, {"person": person_id, "json": "", "updated_at": _NEVER})
        row = _LOAD.first(connection, {"person": person_id})
    return _session(row)


def peek(connection: Connection, person_id: int) -> Session:
    """Return where the person stands without holding anybody up; for reading transactions."""
    return _session(_PEEK.first(connection, {"person": person_id}))


def _session(row: Sequence[Any] | None) -> Session:
    return stored.from_json(row[0]) if row and row[0] else Session()


def save(connection: Connection, person_id: int, where: Session, at: datetime, account: int | None = None) -> None:
    """Store where the person stands and which of their accounts spoke."""
    new = {"json": stored.to_json(where), "updated_at": at}
    if not _CHANGE.run(connection, {**new, "who": person_id, "spoke": account}):
        _SAVE.run(connection, {**new, "person": person_id, "account": account})
