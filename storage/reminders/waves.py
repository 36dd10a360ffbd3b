"""Which planned reminders are due, to whom: the offsets of each last day, and what follows a return."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, select

from dialogs.reminders.reminding import (
    Due,
    Schedule,
    Slot,
    due_now,
    is_working,
    slots,
    usual_moment,
    working_day,
    working_days_later,
)
from dialogs.values.deadlines import last_day
from storage.campaigns.campaigns import Campaign
from storage.people.people import FILLS_IN
from storage.reminders.owed import IN_FORCE
from storage.reminders.rows import NewReminder
from storage.reminders.schedules import running
from storage.schema.conditions import OF_ROLE, UNSENT
from storage.schema.statements import chunks
from storage.schema.tables import audit, campaign_unit, person, reminder, role, submission

FORGOTTEN = timedelta(days=60)
"""What was planned longer ago than this is not looked at any more: nothing useful can follow from it."""

AFTER_RETURN = (1, 3)
"""Working days after a report was handed back on which its people are reminded."""

EXTEND = "submission.extend"
"""The deed by which a unit got another last day: what was planned before it is not made up for."""

_NEVER = datetime(MAXYEAR, 1, 1, tzinfo=UTC)
_DUES = select(campaign_unit.c.due).distinct().where(campaign_unit.c.due.is_not(None))
_RETURNED = (
    select(submission.c.id, submission.c.returned_at, submission.c.reopened_until)
    .join(campaign_unit, campaign_unit.c.id == submission.c.id)
    .where(submission.c.status == "returned", submission.c.returned_at.is_not(None))
)
_TO_WHOM = (
    select(role.c.person, campaign_unit.c.unit)
    .distinct()
    .select_from(
        campaign_unit.join(submission, submission.c.id == campaign_unit.c.id)
        .join(role, and_(role.c.unit == campaign_unit.c.unit, role.c.role.in_(FILLS_IN), IN_FORCE))
        .join(person, OF_ROLE)
    )
    .where(
        campaign_unit.c.campaign == bindparam("campaign"),
        role.c.granted_at <= bindparam("planned", type_=role.c.granted_at.type),
    )
    .where(
        ~exists().where(
            reminder.c.campaign == campaign_unit.c.campaign,
            reminder.c.unit == campaign_unit.c.unit,
            reminder.c.person == role.c.person,
            reminder.c.kind == bindparam("kind"),
        )
    )
)
_EXTENDED_SINCE = exists().where(
    audit.c.campaign == campaign_unit.c.campaign,
    audit.c.unit == campaign_unit.c.unit,
    audit.c.verb == EXTEND,
    audit.c.at > bindparam("planned", type_=audit.c.at.type),
)


@dataclass(frozen=True, slots=True)
class Wave:
    """One planned reminder of a campaign, and which of its reports it is about."""

    campaign: int
    slot: Slot
    about: ColumnElement[bool]

    def people(self, connection: Connection, now: datetime, limit: int) -> set[int]:
        """Return up to ``limit`` people, those with the lowest ids, for whom it is not written down yet."""
        found = _TO_WHOM.with_only_columns(role.c.person).where(self.about).order_by(role.c.person).limit(limit)
        return set(connection.execute(found, self._where(now)).scalars())

    def new(self, connection: Connection, now: datetime, people: Collection[int]) -> Iterator[NewReminder]:
        """Yield what is to be written down for these people."""
        return self._new(connection, now, _TO_WHOM.where(self.about, role.c.person.in_(sorted(people))))

    def some(self, connection: Connection, now: datetime, limit: int) -> Iterator[NewReminder]:
        """Yield up to ``limit`` of what is to be written down."""
        return self._new(connection, now, _TO_WHOM.where(self.about).limit(limit))

    def _new(self, connection: Connection, now: datetime, wanted: Select[Any]) -> Iterator[NewReminder]:
        for who, unit in connection.execute(wanted, self._where(now)).all():
            yield NewReminder(who, self.campaign, unit, self.slot.kind, self.slot.at)

    def _where(self, now: datetime) -> dict[str, Any]:
        return {"campaign": self.campaign, "kind": self.slot.kind, "planned": self.slot.at, "now": now}


@dataclass(frozen=True, slots=True)
class Waves:
    """``due`` go now; ``missed`` are written down as dropped."""

    due: tuple[Wave, ...] = ()
    missed: tuple[Wave, ...] = ()


def waves(connection: Connection, now: datetime, zone: tzinfo) -> Waves:
    """Return the planned reminders that have come due in campaigns whose working hours it is."""
    due: list[Wave] = []
    missed: list[Wave] = []
    for asked, schedule in running(connection):
        if schedule.automatic and is_working(schedule, now, zone):
            for about, found in (
                *_by_day(connection, asked, schedule, now, zone),
                *_after_return(connection, asked, schedule, now, zone),
            ):
                due += [Wave(asked.id, found.send, about)] if found.send else []
                missed += [Wave(asked.id, slot, about) for slot in found.missed]
    return Waves(tuple(due), tuple(missed))


def _by_day(
    connection: Connection, asked: Campaign, schedule: Schedule, now: datetime, zone: tzinfo
) -> Iterator[tuple[ColumnElement[bool], Due]]:
    """The offsets of each last moment; what was planned before the opening was never promised to anybody."""
    for due in connection.execute(_DUES.where(campaign_unit.c.campaign == asked.id)).scalars().all():
        since = max(asked.opened_at, now - FORGOTTEN)
        planned = tuple(slot for slot in slots(schedule, due, zone) if slot.at >= since)
        about = and_(
            campaign_unit.c.due == due, campaign_unit.c.required, submission.c.status.in_(UNSENT), ~_EXTENDED_SINCE
        )
        yield about, due_now(planned, due, now, zone)


def _after_return(
    connection: Connection, asked: Campaign, schedule: Schedule, now: datetime, zone: tzinfo
) -> Iterator[tuple[ColumnElement[bool], Due]]:
    """What follows a return, once for all reports that were handed back on one day with one end."""
    alike: dict[tuple[date, datetime | None], list[int]] = {}
    for report, at, until in connection.execute(_RETURNED.where(campaign_unit.c.campaign == asked.id)):
        alike.setdefault((at.astimezone(zone).date(), until), []).append(report)
    for (day, until), reports in alike.items():
        planned = return_slots(schedule, day, until, zone)
        found = due_now([slot for slot in planned if slot.at > now - FORGOTTEN], until or _NEVER, now, zone)
        for some in chunks(reports):
            yield and_(submission.c.id.in_(some), submission.c.status == "returned"), found


def return_slots(schedule: Schedule, day: date, until: datetime | None, zone: tzinfo) -> Sequence[Slot]:
    """Return the reminders planned for a report handed back on ``day``, to be sent again before ``until``.

    On the first and third working day after it; where its time ends, also on the day before and on the last day.
    """
    found: dict[date, Slot] = {}
    for number in AFTER_RETURN:
        then = working_days_later(schedule, day, number)
        found[then] = Slot(f"returned:{number}:{day.isoformat()}", 0, usual_moment(schedule, then, zone))
    if until is not None:
        end = last_day(until, zone)
        for then in (working_day(schedule, end - timedelta(days=1), -1), working_day(schedule, end, -1)):
            if then > day:
                found[then] = Slot(f"returned:end:{then.isoformat()}", 0, usual_moment(schedule, then, zone))
    return tuple(found[then] for then in sorted(found))
