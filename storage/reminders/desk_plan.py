"""Which people who follow others are told something today: the digest, reports that wait, units past their day.

Looked at once a day, at the usual moment; a mark under ``PLANNED`` spares looking again. The rows keep doubles out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Connection, bindparam, or_, select

from dialogs.reminders.reminding import Schedule, is_working, usual_moment, working_day, working_days_later
from dialogs.values.deadlines import last_day
from dialogs.values.rights import REACH, Right
from storage.campaigns.campaigns import Campaign
from storage.reminders.owed import IN_FORCE
from storage.reminders.reach import nearest_of_each
from storage.reminders.rows import NewReminder
from storage.reminders.schedules import running
from storage.schema import meta
from storage.schema.conditions import OF_ROLE, UNSENT
from storage.schema.tables import campaign_unit, person, reminder, role, submission
from storage.units import units

PLANNED = "reminders.desk"
WAITS = 3
"""Working days after its sending that a report may wait to be accepted before somebody is reminded."""

OLDEST = timedelta(days=30)
"""What has been waiting or late for longer than this is the digest's to say."""

FOLLOWS = tuple(REACH[Right.REMINDER_SEND])

_FOLLOWERS = (
    select(role.c.person, role.c.unit)
    .distinct()
    .join(person, OF_ROLE)
    .where(role.c.role.in_(FOLLOWS), IN_FORCE)
    .order_by(role.c.person, role.c.unit)
)
_SENT = (
    select(campaign_unit.c.unit, submission.c.sent_at)
    .join(submission, submission.c.id == campaign_unit.c.id)
    .where(submission.c.status == "sent", submission.c.sent_at > bindparam("oldest"))
    .where(campaign_unit.c.campaign == bindparam("campaign"))
    .order_by(campaign_unit.c.id)
)
_LATE = (
    select(campaign_unit.c.unit, campaign_unit.c.due)
    .join(submission, submission.c.id == campaign_unit.c.id)
    .where(submission.c.status.in_(UNSENT), campaign_unit.c.required, campaign_unit.c.due < bindparam("now"))
    .where(campaign_unit.c.campaign == bindparam("campaign"))
    .order_by(campaign_unit.c.id)
)
_KNOWN = select(reminder.c.unit, reminder.c.person, reminder.c.kind).where(
    reminder.c.campaign == bindparam("campaign"),
    or_(*(reminder.c.kind.startswith(each) for each in ("digest:", "accept:", "escalate:"))),
)


def plan_day(connection: Connection, now: datetime, zone: tzinfo) -> Iterator[NewReminder]:
    """Yield what is to be written down for today and is not yet, then note that today was looked at.

    Campaigns whose moment has not come are left for later; the day is noted once all of them have been looked at.
    """
    today = now.astimezone(zone).date()
    if meta.get(connection, PLANNED) == today.isoformat():
        return
    open_ones = [(each, schedule) for each, schedule in running(connection) if schedule.automatic]
    for asked, schedule in open_ones:
        if is_working(schedule, now, zone) and now >= usual_moment(schedule, today, zone):
            yield from _of_campaign(connection, asked, schedule, now, zone)
    if all(_is_past(schedule, now, zone) for _, schedule in open_ones):
        meta.put(connection, PLANNED, today.isoformat())


def _is_past(schedule: Schedule, now: datetime, zone: tzinfo) -> bool:
    """Whether today's moment of a schedule has come and gone, or there is none today."""
    today = now.astimezone(zone).date()
    return not schedule.works(today) or now >= usual_moment(schedule, today, zone)


def _of_campaign(
    connection: Connection, asked: Campaign, schedule: Schedule, now: datetime, zone: tzinfo
) -> Iterator[NewReminder]:
    known = {tuple(row) for row in connection.execute(_KNOWN, {"campaign": asked.id})}
    found = (
        *(_digests(connection, asked, now, zone) if schedule.digest else ()),
        *_waiting(connection, asked, schedule, now, zone),
        *_late(connection, asked, schedule, now, zone),
    )
    for each in dict.fromkeys(found):
        if (each.unit, each.person, each.kind) not in known:
            yield each


def _digests(connection: Connection, asked: Campaign, now: datetime, zone: tzinfo) -> Iterator[NewReminder]:
    """One for each person and unit followed in the campaign's tree; what lies under another one of theirs is in it."""
    tree = {each.id: each for each in units.descendants(connection, asked.root, asked.reference_date)}
    mine: dict[int, set[int]] = {}
    for who, unit in connection.execute(_FOLLOWERS, {"now": now}):
        if unit in tree:
            mine.setdefault(who, set()).add(unit)
    kind = f"digest:{now.astimezone(zone).date().isoformat()}"
    for who, some in mine.items():
        for unit in sorted(some):
            above = {each.id for each in units.ancestors(connection, unit, asked.reference_date)}
            if not above & some:
                yield NewReminder(who, asked.id, unit, kind, now)


def _waiting(
    connection: Connection, asked: Campaign, schedule: Schedule, now: datetime, zone: tzinfo
) -> Iterator[NewReminder]:
    where = {"campaign": asked.id, "oldest": now - OLDEST}
    kinds: dict[int, str] = {}
    for unit, sent_at in connection.execute(_SENT, where).all():
        day = sent_at.astimezone(zone).date()
        if usual_moment(schedule, working_days_later(schedule, day, WAITS), zone) <= now:
            kinds[unit] = f"accept:{day.isoformat()}"
    yield from _to_nearest(connection, asked, Right.REPORT_ACCEPT, kinds, now)


def _late(
    connection: Connection, asked: Campaign, schedule: Schedule, now: datetime, zone: tzinfo
) -> Iterator[NewReminder]:
    """Units past their last day, to the level above, where the campaign is set so."""
    if schedule.escalate is None:
        return
    kinds: dict[int, str] = {}
    for unit, due in connection.execute(_LATE, {"campaign": asked.id, "now": now}).all():
        day = last_day(due, zone)
        then = usual_moment(schedule, working_day(schedule, day + timedelta(days=schedule.escalate), 1), zone)
        if then <= now < then + OLDEST:
            kinds[unit] = f"escalate:{schedule.escalate}:{day.isoformat()}"
    yield from _to_nearest(connection, asked, Right.DEADLINE_EXTEND, kinds, now)


def _to_nearest(
    connection: Connection, asked: Campaign, right: Right, kinds: Mapping[int, str], now: datetime
) -> Iterator[NewReminder]:
    """One reminder for everybody nearest above each of these units; ``kinds`` by unit."""
    people = nearest_of_each(connection, right, kinds, asked.reference_date, now) if kinds else {}
    for unit, kind in kinds.items():
        for who in people[unit]:
            yield NewReminder(who, asked.id, unit, kind, now)
