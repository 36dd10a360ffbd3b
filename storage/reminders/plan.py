"""The clock's one look: reminders whose moment has come are written down, those that are ready become messages.

Rows are the truth, a tick only looks: with several processes, a clock set back or a late start no reminder has a second
row, and none that came due is without one. Each tick takes so many people at most, so that nobody's reply waits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection, insert, text

from dialogs.reminders.reminding import is_working
from storage.campaigns.turn_cache import TurnCache
from storage.messages import outbox
from storage.messages.notices import Contact, contacts
from storage.messages.outbox import Message, OutboxRow
from storage.reminders import rows
from storage.reminders.desk_plan import plan_day
from storage.reminders.messages import Fresh, compose
from storage.reminders.reminders import payload
from storage.reminders.rows import ReminderRow
from storage.reminders.schedules import schedules
from storage.reminders.waves import Wave, waves
from storage.schema.known_doors import known_doors
from storage.schema.tables import reminder

PEOPLE = 50
"""How many people one tick writes to: a few hundredths of a second of the one writer."""

FOLLOWERS = 3
"""How many of them may be those who follow others: a digest counts hundreds of units."""

DROPPED = 500
"""How many missed reminders one tick writes down."""

_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('baocao.reminders'))")


@dataclass(frozen=True, slots=True)
class Tick:
    """What one look did: the messages ``queued`` (outbox rows), how many reminders a late start ``dropped``.

    ``more``: there are more people to write to, look again at once.
    """

    queued: tuple[OutboxRow, ...] = ()
    dropped: int = 0
    more: bool = False


def plan(connection: Connection, cache: TurnCache, now: datetime, zone: tzinfo, limit: int = PEOPLE) -> Tick:
    """Write down and queue what is due, in the caller's writing transaction; nothing while another process does so."""
    if connection.dialect.name == "postgresql" and not connection.execute(_ALONE).scalar():
        return Tick()
    found = waves(connection, now, zone)
    dropped = _drop(connection, found.missed, now)
    rows.write_down(connection, list(plan_day(connection, now, zone)))
    people, more = _people(connection, found.due, now, zone, limit)
    rows.write_down(connection, [new for wave in found.due for new in wave.new(connection, now, people)])
    return Tick(_queue(connection, cache, people, now, zone), dropped, more or dropped >= DROPPED)


def _drop(connection: Connection, missed: Sequence[Wave], now: datetime) -> int:
    """Write down of some that their moment was missed: a newer reminder says more."""
    found: list[dict[str, object]] = []
    for wave in missed:
        new = wave.some(connection, now, DROPPED - len(found))
        found += [{**each._asdict(), "state": rows.DROPPED, "settled_at": now} for each in new]
        if len(found) >= DROPPED:
            break
    if found:
        connection.execute(insert(reminder), found)
    return len(found)


def _people(
    connection: Connection, due: Sequence[Wave], now: datetime, zone: tzinfo, limit: int
) -> tuple[frozenset[int], bool]:
    """Return the people written to now, at most ``limit``, each with everything there is for them; whether not all."""
    ready = rows.ready(connection, now)
    known = schedules(connection, {campaign for _, campaign, _ in ready})
    going = [(who, desk) for who, campaign, desk in ready if is_working(known[campaign], now, zone)]
    followers = {who for who, desk in going if desk}
    found = {who for who, _ in going}
    full = False
    for wave in due:
        new = wave.people(connection, now, limit)
        found |= new
        full = full or len(new) >= limit
    found |= followers
    taken = [*sorted(followers)[:FOLLOWERS], *sorted(found - followers)][:limit]
    return frozenset(taken), full or len(taken) < len(found)


def _queue(
    connection: Connection, cache: TurnCache, people: Collection[int], now: datetime, zone: tzinfo
) -> tuple[OutboxRow, ...]:
    """Make one message of each family of everything that waits for each of these people."""
    rows.fold(connection, people, now)
    groups = _groups(connection, people, now, zone)
    fresh = compose(connection, cache, groups, now, zone)
    doors = contacts(connection, people)
    queued = [_store(connection, groups[key], fresh[key], doors.get(key[0]), now) for key in groups]
    return tuple(each for each in queued if each is not None)


def _groups(
    connection: Connection, people: Collection[int], now: datetime, zone: tzinfo
) -> Mapping[tuple[int, bool], list[ReminderRow]]:
    """Return what waits and may go now, by person and family: what they owe, what they follow."""
    found = rows.waiting(connection, people, now)
    known = schedules(connection, {row.campaign for row in found})
    quiet = rows.quiet(connection, people, now)
    groups: dict[tuple[int, bool], list[ReminderRow]] = {}
    for row in found:
        if is_working(known[row.campaign], now, zone) and (row.desk or row.person not in quiet):
            groups.setdefault((row.person, row.desk), []).append(row)
    return groups


def _store(
    connection: Connection, found: Sequence[ReminderRow], fresh: Fresh, door: Contact | None, now: datetime
) -> OutboxRow | None:
    rows.settle(connection, [row.id for row in found if row.id not in fresh.live], rows.VOID, now)
    if fresh.fault:
        rows.settle(connection, fresh.live, rows.FAILED, now, fresh.fault)
    if fresh.reply is None:
        return None
    if door is None:
        rows.settle(connection, fresh.live, rows.NO_DOOR, now)
        return None
    message = Message(
        door.channel, door.account, door.external, outbox.REMINDER, payload(fresh.reply), now, door.person
    )
    stored = outbox.add(connection, message)
    rows.bind(connection, fresh.live, rows.QUEUED, stored.id)
    if door.channel in known_doors(connection).read_there:
        rows.settle(connection, fresh.live, rows.SENT, now)
    return stored
