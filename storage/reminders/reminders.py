"""What the sender asks about reminders: each is one outbox row, and rows of ``reminder`` say what it is about.

A reminder is decided when it is sent and not when it was queued: ``prepare`` looks who still owes what, writes the
message anew, and marks it as being sent; the sender sends after that commit. Whatever a process that died leaves marked
so may have arrived or not: it becomes uncertain, is never sent again, and the coordinator is shown it.

The states of the rows stand in ``rows``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, update

from dialogs.reminders.reminding import is_working
from dialogs.values.effects import Reply
from storage.campaigns.turn_cache import TurnCache
from storage.messages.notices import contacts
from storage.messages.outbox import REMINDER, to_payload
from storage.reminders import rows
from storage.reminders.messages import compose
from storage.reminders.rows import ReminderRow
from storage.reminders.schedules import schedules
from storage.schema.statements import chunks, dumps
from storage.schema.tables import outbox, reminder

_REWRITE = update(outbox).where(outbox.c.id == bindparam("message")).values(payload=bindparam("fresh"))
_OF = reminder.c.outbox.in_(bindparam("messages", expanding=True))
_TO = select(outbox.c.account, outbox.c.person)
_UNDER_WAY = select(reminder.c.id).where(_OF, reminder.c.state.in_(rows.OPEN))
_CLAIMED = (
    select(outbox.c.id)
    .where(outbox.c.kind == REMINDER, outbox.c.claimed_by.is_not(None))
    .where(outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))
    .where(exists().where(reminder.c.outbox == outbox.c.id, reminder.c.state == rows.SENDING))
)


def payload(reply: Reply) -> dict[str, Any]:
    """Return a reminder as the JSON object that its outbox row holds."""
    return {"reminder": True, **to_payload(reply)}


def prepare(
    connection: Connection, cache: TurnCache, outbox_ids: Sequence[int], now: datetime, zone: tzinfo
) -> Mapping[int, dict[str, Any] | None]:
    """Return what to send at this moment for each of these claimed outbox rows, in the caller's writing transaction.

    None: nothing is to be sent. The row is then dead already, and if its moment is only put off (outside working
    hours, the person wants it later) the clock writes another one in time; the sender only forgets it. What is
    returned otherwise is stored as the row's payload and marked as being sent; the caller sends it after the commit.
    May be called again for a row whose sending surely failed.
    """
    found = rows.of_messages(connection, outbox_ids)
    later = _later(connection, found, now, zone)
    fresh = compose(connection, cache, {key: each for key, each in found.items() if key not in later}, now, zone)
    rows.put_back(connection, sorted(later), now, "later")
    done: dict[int, dict[str, Any] | None] = dict.fromkeys(outbox_ids)
    for key, each in fresh.items():
        stale = [row.id for row in found[key] if row.id not in each.live]
        rows.settle(connection, stale, rows.VOID, now)
        if each.reply is None:
            rows.settle(connection, each.live, rows.FAILED, now, each.fault)
            rows.bury(connection, [key], now, each.fault or rows.VOID)
            continue
        done[key] = payload(each.reply)
        connection.execute(_REWRITE, {"message": key, "fresh": dumps(done[key])})
        rows.bind(connection, each.live, rows.SENDING, key)
    rows.bury(connection, [key for key in outbox_ids if key not in found], now, "void")
    return done


def _later(
    connection: Connection, found: Mapping[int, Sequence[ReminderRow]], now: datetime, zone: tzinfo
) -> frozenset[int]:
    """Return the messages that must not go at this moment, though they may be wanted."""
    known = schedules(connection, {row.campaign for each in found.values() for row in each})
    people = {row.person for each in found.values() for row in each}
    quiet = rows.quiet(connection, people, now)
    return frozenset(
        key
        for key, each in found.items()
        if not any(is_working(known[row.campaign], now, zone) for row in each)
        or any(row.person in quiet and not row.desk for row in each)
    )


def settled(connection: Connection, outbox_ids: Sequence[int], now: datetime) -> None:
    """Note that these outbox rows were sent; rows that are no reminders are passed over."""
    rows.settle(connection, _under_way(connection, outbox_ids), rows.SENT, now)


def failed(connection: Connection, outbox_id: int, note: str, now: datetime) -> None:
    """Note that an outbox row was given up for good; ``note`` is the failure's code.

    Somebody whom it did not reach because that account is out of reach now is reminded through their next one.
    """
    left, who = connection.execute(_TO.where(outbox.c.id == outbox_id)).one()
    door = contacts(connection, [who]).get(who) if who is not None else None
    if door is not None and door.account != left:
        rows.wait_again(connection, [outbox_id])
    else:
        rows.settle(connection, _under_way(connection, [outbox_id]), rows.FAILED, now, note)


def uncertain(connection: Connection, outbox_id: int, note: str, now: datetime) -> None:
    """Note that nobody knows whether an outbox row arrived (the network broke in between), and bury it."""
    rows.settle(connection, _under_way(connection, [outbox_id]), rows.UNCERTAIN, now, note)
    rows.bury(connection, [outbox_id], now, rows.UNCERTAIN)


def abandoned(connection: Connection, now: datetime, process: str | None = None, before: datetime | None = None) -> int:
    """Make uncertain what ``process`` (None: anybody) claimed before ``before``, was sending, and never settled.

    The outbox rows are dead with the error ``uncertain``. Call it right before ``outbox.release`` with the same
    process and moment, in the same transaction. Returns how many messages that were.
    """
    wanted = _CLAIMED
    if process is not None:
        wanted = wanted.where(outbox.c.claimed_by == process)
    if before is not None:
        wanted = wanted.where(outbox.c.claimed_at < before)
    found = list(connection.execute(wanted).scalars())
    for some in chunks(found):
        rows.settle(connection, _under_way(connection, some), rows.UNCERTAIN, now, "process")
        rows.bury(connection, some, now, rows.UNCERTAIN)
    return len(found)


def _under_way(connection: Connection, outbox_ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for some in chunks(outbox_ids):
        found += connection.execute(_UNDER_WAY, {"messages": list(some)}).scalars()
    return found
