"""What tests read and set in the database beside the program's own ways."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select, update

from storage.messages.outbox import OutboxRow
from storage.schema.tables import account, campaign_unit, outbox

_COLUMNS = (
    outbox.c.id,
    outbox.c.channel,
    outbox.c.account,
    account.c.external,
    outbox.c.person,
    outbox.c.inbox,
    outbox.c.kind,
    outbox.c.payload,
    outbox.c.attempts,
)


def unsent(connection: Connection, channel: str) -> tuple[OutboxRow, ...]:
    """Return what still waits to be sent through ``channel``, oldest first."""
    found = select(*_COLUMNS).join(account, account.c.id == outbox.c.account).where(outbox.c.channel == channel)
    found = found.where(outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None)).order_by(outbox.c.id)
    return tuple(OutboxRow(*row[:7], json.loads(row[7]), row[8]) for row in connection.execute(found))


def set_required(connection: Connection, submission: int, required: bool) -> None:
    """Say whether a unit owes its report."""
    connection.execute(update(campaign_unit).where(campaign_unit.c.id == submission).values(required=required))
