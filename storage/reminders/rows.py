"""The rows of ``reminder``: the states they go through, and how they are found, bound to messages and let go.

States: ``waiting`` (its moment comes or its message is not written yet) -> ``queued`` (its outbox row waits) ->
``sending`` -> ``sent`` | ``failed`` | ``uncertain``. From waiting or queued also ``void`` (nothing was owed any more),
``no_door`` (the person cannot be written to) and back to waiting (put off). ``dropped``: its moment was missed and a
newer one says more, or it would say nothing any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, case, func, insert, or_, select, update

from storage.messages.outbox import REMINDER
from storage.schema.statements import chunks
from storage.schema.tables import campaign_unit, outbox, person, reminder

WAITING, QUEUED, SENDING, SENT = "waiting", "queued", "sending", "sent"
FAILED, UNCERTAIN, VOID, NO_DOOR, DROPPED = "failed", "uncertain", "void", "no_door", "dropped"
OPEN = (QUEUED, SENDING)

REACHED = (QUEUED, SENDING, SENT, UNCERTAIN)
"""The states of a reminder that came or is on its way."""

DESK = ("digest:", "accept:", "escalate:")
"""How the kinds begin that are for those who follow others' reports."""


class ReminderRow(NamedTuple):
    """One reminder to one person about one unit; ``report`` is the unit's in the campaign, None if it is not asked."""

    id: int
    person: int
    campaign: int
    unit: int
    report: int | None
    kind: str
    note: str
    outbox: int | None

    @property
    def desk(self) -> bool:
        """Whether it is about what others owe."""
        return self.kind.startswith(DESK)


class NewReminder(NamedTuple):
    """A reminder to be written down: to whom, about which unit of a campaign, planned for when."""

    person: int
    campaign: int
    unit: int
    kind: str
    planned_at: datetime
    note: str = ""


_ROWS = select(
    reminder.c.id,
    reminder.c.person,
    reminder.c.campaign,
    reminder.c.unit,
    campaign_unit.c.id,
    reminder.c.kind,
    reminder.c.note,
    reminder.c.outbox,
).select_from(
    reminder.outerjoin(
        campaign_unit,
        and_(campaign_unit.c.campaign == reminder.c.campaign, campaign_unit.c.unit == reminder.c.unit),
    )
)
_OF_MESSAGES = _ROWS.where(
    reminder.c.outbox.in_(bindparam("messages", expanding=True)), reminder.c.state.in_(OPEN)
).order_by(reminder.c.id)
_OF_PEOPLE = _ROWS.where(
    reminder.c.person.in_(bindparam("people", expanding=True)),
    reminder.c.state == WAITING,
    reminder.c.planned_at <= bindparam("now"),
).order_by(reminder.c.id)
_QUIET = or_(person.c.quiet_until.is_(None), person.c.quiet_until <= bindparam("now"))
_OF_DESK = or_(*(reminder.c.kind.startswith(each) for each in DESK))
_READY = (
    select(reminder.c.person, reminder.c.campaign, case((_OF_DESK, 1), else_=0))
    .distinct()
    .join(person, person.c.id == reminder.c.person)
    .where(reminder.c.state == WAITING, reminder.c.planned_at <= bindparam("now"))
    .where(or_(_QUIET, _OF_DESK))
)
_QUIET_PEOPLE = select(person.c.id).where(
    person.c.id.in_(bindparam("people", expanding=True)), person.c.quiet_until > bindparam("now")
)
_SET = update(reminder).where(reminder.c.id.in_(bindparam("ids", expanding=True)))
_BOUND = update(reminder).where(reminder.c.outbox.in_(bindparam("messages", expanding=True)))
_FOLD = (
    select(outbox.c.id)
    .where(outbox.c.person.in_(bindparam("people", expanding=True)), outbox.c.kind == REMINDER)
    .where(outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None), outbox.c.claimed_by.is_(None))
    .with_for_update(skip_locked=True)
)


def write_down(connection: Connection, new: Iterable[NewReminder]) -> int:
    """Store reminders that wait for their moment; return how many. Raises ``IntegrityError`` if one is there."""
    rows = [{**each._asdict(), "state": WAITING} for each in new]
    if rows:
        connection.execute(insert(reminder), rows)
    return len(rows)


def of_messages(connection: Connection, ids: Sequence[int]) -> dict[int, list[ReminderRow]]:
    """Return the reminders that these outbox rows carry and that are not settled, by outbox row."""
    found: dict[int, list[ReminderRow]] = {}
    for some in chunks(ids):
        for row in connection.execute(_OF_MESSAGES, {"messages": some}):
            each = ReminderRow(*row)
            found.setdefault(each.outbox or 0, []).append(each)
    return found


def ready(connection: Connection, now: datetime) -> set[tuple[int, int, bool]]:
    """Return person, campaign and family of the reminders whose moment has come and whose person wants them now."""
    return {(row[0], row[1], bool(row[2])) for row in connection.execute(_READY, {"now": now})}


def waiting(connection: Connection, people: Collection[int], now: datetime) -> list[ReminderRow]:
    """Return the reminders of these people whose moment has come."""
    rows = (connection.execute(_OF_PEOPLE, {"people": some, "now": now}) for some in chunks(sorted(people)))
    return [ReminderRow(*row) for found in rows for row in found]


def quiet(connection: Connection, people: Collection[int], now: datetime) -> frozenset[int]:
    """Return those of these people who have put off their reminders to later than ``now``."""
    return frozenset(_each(connection, _QUIET_PEOPLE, "people", sorted(people), {"now": now}))


def fold(connection: Connection, people: Collection[int], now: datetime) -> int:
    """Take back the messages to these people that nobody has begun to send: what they say goes into a new one.

    A message that another process claims at this moment is left to it. Returns how many that were.
    """
    found = list(_each(connection, _FOLD, "people", sorted(people), {}))
    put_back(connection, found, now, "folded")
    return len(found)


def put_back(connection: Connection, ids: Sequence[int], now: datetime, why: str) -> None:
    """Bury messages and let the reminders in them wait for their next moment."""
    wait_again(connection, ids)
    for some in chunks(ids):
        bury(connection, some, now, why)


def wait_again(connection: Connection, ids: Sequence[int]) -> None:
    """Let the reminders in messages that were given up go into others."""
    change = _BOUND.where(reminder.c.state.in_(OPEN)).values(state=WAITING, outbox=None)
    for some in chunks(ids):
        connection.execute(change, {"messages": some})


def bury(connection: Connection, ids: Sequence[int], now: datetime, why: str) -> None:
    """Give messages up for good."""
    dead = update(outbox).where(outbox.c.id.in_(bindparam("messages", expanding=True)), outbox.c.sent_at.is_(None))
    connection.execute(dead.values(dead_at=now, error=why), {"messages": list(ids)})


def settle(connection: Connection, ids: Sequence[int], state: str, now: datetime, note: str = "") -> None:
    """Put reminders into their last state; a note of their own, such as what a coordinator typed, stays."""
    if not ids:
        return
    kept = func.coalesce(func.nullif(reminder.c.note, ""), note)
    for some in chunks(ids):
        connection.execute(_SET.values(state=state, settled_at=now, note=kept), {"ids": some})


def bind(connection: Connection, ids: Sequence[int], state: str, message: int) -> None:
    """Note the outbox row that carries reminders, and how far it is."""
    for some in chunks(ids):
        connection.execute(_SET.values(state=state, outbox=message), {"ids": some})


def _each(
    connection: Connection, statement: Any, name: str, values: Sequence[int], more: dict[str, Any]
) -> Iterator[int]:
    for some in chunks(values):
        yield from connection.execute(statement, {name: some, **more}).scalars().all()
