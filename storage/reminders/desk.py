"""What is told to those who follow others: the daily digest, reports that wait for them, units past their day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, select

from dialogs.reminders.messages import desk_note
from dialogs.reminders.reminding import Schedule, usual_moment, working_day
from dialogs.values.effects import Reply
from dialogs.values.outstanding import Digest, Overdue, Waiting
from dialogs.values.rights import Right
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.turn_cache import TurnCache
from storage.reminders.people import receivers
from storage.reminders.reach import reached
from storage.reminders.rows import DROPPED, UNCERTAIN, ReminderRow
from storage.reminders.schedules import schedule
from storage.schema.conditions import UNSENT
from storage.schema.statements import chunks
from storage.schema.tables import campaign_unit, person, reminder, submission
from storage.units import units
from storage.units.units import UnitAt

STALE = timedelta(days=30)
"""So long after the last of its moments a campaign has no digest any more, unless something was sent."""

_BELOW = units.below()
_IN_TREE = campaign_unit.join(_BELOW, _BELOW.c.unit == campaign_unit.c.unit)
_OWES = and_(submission.c.status.in_(UNSENT), campaign_unit.c.required)
_COUNTS = (
    select(
        submission.c.status,
        campaign_unit.c.required,
        func.count(),
        func.sum(case((submission.c.sent_at >= bindparam("since"), 1), else_=0)),
        func.sum(case((and_(_OWES, campaign_unit.c.due < bindparam("now")), 1), else_=0)),
        func.max(campaign_unit.c.due),
        func.max(_BELOW.c.depth),
    )
    .select_from(submission.join(_IN_TREE, campaign_unit.c.id == submission.c.id))
    .where(campaign_unit.c.campaign == bindparam("campaign"))
    .group_by(submission.c.status, campaign_unit.c.required)
)
_OWED = (
    select(submission.c.id)
    .select_from(submission.join(_IN_TREE, campaign_unit.c.id == submission.c.id))
    .where(campaign_unit.c.campaign == bindparam("campaign"), _OWES)
    .order_by(submission.c.id)
)
_SETTLED = (
    select(reminder.c.unit, reminder.c.kind, reminder.c.person, person.c.name)
    .distinct()
    .join(person, person.c.id == reminder.c.person)
    .join(_BELOW, _BELOW.c.unit == reminder.c.unit)
    .where(reminder.c.campaign == bindparam("campaign"), reminder.c.state == bindparam("state"))
    .where(reminder.c.settled_at >= bindparam("since"))
    .order_by(reminder.c.unit, reminder.c.person)
)
_REPORTS = (
    select(submission.c.id, submission.c.status, campaign_unit.c.required)
    .join(campaign_unit, campaign_unit.c.id == submission.c.id)
    .where(submission.c.id.in_(bindparam("reports", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Note:
    """One message to somebody who follows, None if there is nothing to say; ``live`` are the rows it answers for."""

    reply: Reply | None
    live: tuple[int, ...]


def note(connection: Connection, cache: TurnCache, rows: Sequence[ReminderRow], now: datetime, zone: tzinfo) -> Note:
    """Return what these reminders, all of one person, say at this moment; the right to each is asked again."""
    live: list[int] = []
    digests: list[Digest] = []
    waiting: dict[str, list[str]] = {}
    overdue: dict[tuple[str, date], list[str]] = {}
    stand = _standing(connection, rows)
    for row, asked, unit in _rightful(connection, rows, now):
        if row.kind.startswith("digest:"):
            found = digest(connection, cache, asked, unit.id, unit.name, now, zone)
            if found is None:
                continue
            digests.append(found)
        elif row.kind.startswith("accept:"):
            if stand.get(row.report) != "sent":
                continue
            waiting.setdefault(asked.title, []).append(unit.name)
        else:
            if stand.get(row.report) not in UNSENT:
                continue
            overdue.setdefault((asked.title, date.fromisoformat(row.kind.rpartition(":")[2])), []).append(unit.name)
        live.append(row.id)
    if not live:
        return Note(None, ())
    held = tuple(Waiting(title, tuple(names)) for title, names in waiting.items())
    late = tuple(Overdue(title, day, tuple(names)) for (title, day), names in overdue.items())
    return Note(desk_note(digests, held, late, now, zone), tuple(live))


def _rightful(
    connection: Connection, rows: Sequence[ReminderRow], now: datetime
) -> Iterator[tuple[ReminderRow, Campaign, UnitAt]]:
    """Yield the rows of open campaigns about units that their person still has the right to, with both."""
    known: dict[int, Campaign | None] = {}
    trees: dict[tuple[date, Right], Mapping[int, UnitAt]] = {}
    for row in rows:
        if row.campaign not in known:
            known[row.campaign] = campaigns.by_id(connection, row.campaign)
        asked = known[row.campaign]
        if asked is None or asked.closed_at is not None:
            continue
        right = Right.REPORT_ACCEPT if row.kind.startswith("accept:") else Right.REMINDER_SEND
        key = (asked.reference_date, right)
        if key not in trees:
            trees[key] = reached(connection, row.person, right, asked.reference_date, now)
        if row.unit in trees[key]:
            yield row, asked, trees[key][row.unit]


def _standing(connection: Connection, rows: Sequence[ReminderRow]) -> dict[int | None, str]:
    """Return the statuses of the reports that these rows are about; what is not owed has none unless it was sent."""
    found: dict[int | None, str] = {}
    for some in chunks([row.report for row in rows if row.report is not None]):
        for report, status, required in connection.execute(_REPORTS, {"reports": some}):
            if required or status not in UNSENT:
                found[report] = status
    return found


def digest(
    connection: Connection,
    cache: TurnCache,
    asked: Campaign,
    unit: int,
    name: str,
    now: datetime,
    zone: tzinfo,
) -> Digest | None:
    """Return how a campaign stands at and below a unit; None if there is nothing to say.

    That is: no unit below is asked, all have been accepted and nothing was sent, or its last day is long past.
    """
    since = before(schedule(asked), now, zone)
    where = {"campaign": asked.id, "root": unit, "day": asked.reference_date, "now": now, "since": since}
    counts = connection.execute(_COUNTS, where).all()
    found = _counted(counts)
    if not any(row[6] for row in counts) or not _says_something(found, counts, now):
        return None
    owing = connection.execute(_OWED, where).scalars().all()
    unreached = [each for each in receivers(connection, cache, owing, now) if each.why]
    doubtful = connection.execute(_SETTLED, {**where, "state": UNCERTAIN}).all()
    missed = connection.execute(_SETTLED, {**where, "state": DROPPED}).all()
    names = {row[0]: _unit_name(connection, row[0], asked) for row in doubtful}
    return Digest(
        asked.title,
        name,
        **found,
        unreachable=tuple((each.name, each.unit, each.why) for each in unreached),
        uncertain=tuple(dict.fromkeys((row[3], names[row[0]]) for row in doubtful)),
        missed=len(missed),
        target=f"{asked.id}.{unit}",
    )


def before(schedule: Schedule, now: datetime, zone: tzinfo) -> datetime:
    """Return the moment of the digest before that of today."""
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    return usual_moment(schedule, working_day(schedule, yesterday, -1), zone)


def _unit_name(connection: Connection, unit: int, asked: Campaign) -> str:
    found = units.by_id(connection, unit, asked.reference_date)
    return found.name if found else ""


def _counted(rows: Sequence[Any]) -> dict[str, int]:
    names = ("not_opened", "in_progress", "sent", "returned", "accepted")
    found = dict.fromkeys(("total", *names, "not_required", "new", "late"), 0)
    for status, required, number, new, late, _, _ in rows:
        found["not_required" if not required and status in UNSENT else status] += number
        found["total"] += number
        found["new"] += int(new)
        found["late"] += int(late)
    return found


def _says_something(found: dict[str, int], rows: Sequence[Any], now: datetime) -> bool:
    if found["new"]:
        return True
    last = max((row[5] for row in rows if row[5] is not None), default=None)
    over = last is not None and now > last + STALE
    return found["accepted"] + found["not_required"] < found["total"] and not over
