"""What came in: one row for each event of a channel, so that a second delivery is known for what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.schema.prepared import Prepared
from storage.schema.statements import PerDialect
from storage.schema.tables import inbox

_TAKE = Prepared(
    PerDialect(lambda insert: insert(inbox).on_conflict_do_nothing(index_elements=["channel", "external"]), inbox.c.id),
    ("channel", "external", "account", "kind", "raw", "said", "received_at", "handled_at"),
)
_FAILED = update(inbox).where(inbox.c.id == bindparam("inbox_id")).values(error=bindparam("why"))
_SAID = update(inbox).where(inbox.c.id == bindparam("inbox_id")).values(said=bindparam("text"))


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """An event whose turn raised: what came in and the error, for support."""

    id: int
    channel: str
    kind: str
    raw: str
    received_at: datetime
    error: str


def take(
    connection: Connection,
    channel: str,
    external_id: str,
    account_id: int | None,
    kind: str,
    raw: str,
    at: datetime,
    said: str = "",
) -> int | None:
    """Store an event and return its id, None if ``channel`` delivered it before.

    ``said`` is the event as the conversation shows it: the text as typed, or the id of the choice pressed. The row
    belongs to the caller's transaction: if the turn is rolled back the event counts as not taken.
    """
    values = {
        "channel": channel,
        "external": external_id,
        "account": account_id,
        "kind": kind,
        "raw": raw,
        "said": said,
        "received_at": at,
        "handled_at": at,
    }
    return _TAKE.new_id(connection, values)


def failed(connection: Connection, inbox_id: int, error: str) -> None:
    """Note that the event's turn raised ``error``; it is kept to be looked at and never tried again by itself."""
    connection.execute(_FAILED, {"inbox_id": inbox_id, "why": error})


def said(connection: Connection, inbox_id: int, text: str) -> None:
    """Set what the conversation shows for an event whose words were not known when it was taken."""
    connection.execute(_SAID, {"inbox_id": inbox_id, "text": text})


def failures(connection: Connection, limit: int = 50) -> tuple[FailedEvent, ...]:
    """Return the newest events whose turn raised, newest first."""
    columns = [inbox.c[name] for name in ("id", "channel", "kind", "raw", "received_at", "error")]
    rows = connection.execute(select(*columns).where(inbox.c.error != "").order_by(inbox.c.id.desc()).limit(limit))
    return tuple(FailedEvent(*row) for row in rows)
