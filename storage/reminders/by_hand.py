"""Reminding by hand, and putting reminders off: what is shown before, and the decisions themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo

from sqlalchemy import Connection, bindparam, or_, select, update

from dialogs.reminders.messages import is_recent
from dialogs.reminders.reminding import next_working
from dialogs.texts import objections
from dialogs.texts import reminders as reminders_texts
from dialogs.values.decisions import PostponeReminders, RemindNow
from dialogs.values.outstanding import Outlook
from dialogs.values.rights import Right
from storage.campaigns.turn_cache import TurnCache
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.reminders import rows
from storage.reminders.people import receivers
from storage.reminders.reach import reached
from storage.reminders.rows import NewReminder
from storage.reminders.schedules import schedules
from storage.schema.audit import Deed, record
from storage.schema.errors import Refused
from storage.schema.statements import chunks
from storage.schema.tables import campaign, campaign_unit, person, reminder

_PLACES = (
    select(campaign_unit.c.id, campaign_unit.c.campaign, campaign_unit.c.unit, campaign.c.reference_date)
    .join(campaign, campaign.c.id == campaign_unit.c.campaign)
    .where(campaign_unit.c.id.in_(bindparam("reports", expanding=True)), campaign.c.closed_at.is_(None))
)
_OWN = ~or_(*(reminder.c.kind.startswith(each) for each in rows.DESK))
_ABOUT = (
    select(reminder.c.campaign, reminder.c.unit)
    .distinct()
    .where(reminder.c.person == bindparam("person"), reminder.c.state.in_((*rows.REACHED, rows.WAITING)), _OWN)
)
_PUT_OFF = reminder.c.kind.startswith("postponed:")
_FORGET = (
    update(reminder)
    .where(reminder.c.person == bindparam("who"), reminder.c.state == rows.WAITING, _PUT_OFF)
    .values(state=rows.VOID, settled_at=bindparam("now"))
)
_AGAIN = (
    update(reminder)
    .where(reminder.c.person == bindparam("who"), reminder.c.state == rows.VOID, reminder.c.kind == bindparam("of"))
    .values(state=rows.WAITING, settled_at=None)
)
_KNOWN = select(reminder.c.campaign, reminder.c.unit).where(
    reminder.c.person == bindparam("person"), reminder.c.kind == bindparam("of")
)


def outlook(
    connection: Connection, cache: TurnCache, person_id: int, reports: Sequence[int], now: datetime, zone: tzinfo
) -> Outlook:
    """Return who would be reminded of these reports; those that the person has no right to remind of are left out."""
    places = _reached(connection, person_id, reports, now)
    known = schedules(connection, {asked for asked, _ in places.values()})
    goes_at = min((next_working(each, now, zone) for each in known.values()), default=now)
    return Outlook(receivers(connection, cache, list(places), now), goes_at)


def remind(connection: Connection, decision: RemindNow, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Write down that these reports are to be reminded of; the clock sends it, in working hours.

    Who was reminded a short while ago is left out unless asked for. Raises ``Refused`` without the right over one of
    the reports.
    """
    reports = tuple(dict.fromkeys(decision.reports))
    places = _reached(connection, context.person.id, reports, context.at)
    if len(places) < len(reports):
        raise Refused(objections.NOT_YOURS)
    kind = f"hand:{context.inbox or context.at.isoformat()}"
    line = reminders_texts.by_hand(context.person.name, decision.text)
    found = [
        each
        for each in receivers(connection, cache, reports, context.at)
        if not each.why and (decision.again or not is_recent(each, context.at))
    ]
    new = [NewReminder(each.person, *places[each.report], kind, context.at, line) for each in found]
    rows.write_down(connection, new)
    for asked in dict.fromkeys(each for each, _ in places.values()):
        mine = [each for each in new if each.campaign == asked]
        touched = {unit for each, unit in places.values() if each == asked}
        _note(connection, "reminder.send", context, asked, touched, {"people": len(mine), "text": decision.text})
    return ()


def postpone(
    connection: Connection, decision: PostponeReminders, context: Context, _cache: TurnCache
) -> Sequence[OutboxRow]:
    """Remind this person of nothing before a moment, and then of what they were reminded of, as it is by then."""
    who, at = context.person.id, context.at
    until = decision.until if decision.until > at else None
    connection.execute(update(person).where(person.c.id == who).values(quiet_until=until))
    connection.execute(_FORGET, {"who": who, "now": at})
    if until is not None:
        kind = f"postponed:{until.astimezone(UTC):%Y-%m-%dT%H:%M}"
        connection.execute(_AGAIN, {"who": who, "of": kind})
        known = {tuple(row) for row in connection.execute(_KNOWN, {"person": who, "of": kind})}
        places = connection.execute(_ABOUT, {"person": who}).all()
        new = [NewReminder(who, asked, unit, kind, until) for asked, unit in places if (asked, unit) not in known]
        rows.write_down(connection, new)
    shown = until.isoformat() if until else ""
    _note(connection, "reminder.postpone", context, None, set(), {"until": shown})
    return ()


def _reached(
    connection: Connection, person_id: int, reports: Sequence[int], at: datetime
) -> dict[int, tuple[int, int]]:
    """Return campaign and unit of those of these reports that the person may remind of, in the order given."""
    trees: dict[date, Mapping[int, object]] = {}
    found: dict[int, tuple[int, int]] = {}
    for some in chunks(reports):
        for report, asked, unit, day in connection.execute(_PLACES, {"reports": list(some)}):
            if day not in trees:
                trees[day] = reached(connection, person_id, Right.REMINDER_SEND, day, at)
            if unit in trees[day]:
                found[report] = (asked, unit)
    return {report: found[report] for report in reports if report in found}


def _note(
    connection: Connection, verb: str, context: Context, asked: int | None, touched: set[int], detail: dict[str, object]
) -> None:
    unit = next(iter(touched)) if len(touched) == 1 else None
    by, account, channel = context.person.id, context.account, context.channel
    shown = detail if unit is not None or not touched else {**detail, "units": len(touched)}
    record(connection, Deed(verb, context.at, by, account, unit, asked, None, channel, shown))
