"""The people who fill in reports that are still owed: who would be reminded, who cannot be and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, exists, func, or_, select

from dialogs.values.outstanding import Receiver
from storage.campaigns.turn_cache import TurnCache
from storage.messages.notices import contacts
from storage.people.people import FILLS_IN
from storage.reminders.owed import IN_FORCE, OWING, owed
from storage.reminders.rows import DESK, REACHED
from storage.reports.report_view import REPORT_ROWS
from storage.schema.conditions import OF_ROLE
from storage.schema.known_doors import known_doors
from storage.schema.statements import chunks
from storage.schema.tables import (
    account,
    assignment,
    campaign,
    campaign_unit,
    person,
    reminder,
    role,
    submission,
    unit_version,
)

_STAFF = (
    select(submission.c.id, unit_version.c.name, person.c.id, person.c.name, person.c.quiet_until)
    .distinct()
    .select_from(
        REPORT_ROWS.outerjoin(
            role, and_(role.c.unit == campaign_unit.c.unit, role.c.role.in_(FILLS_IN), IN_FORCE)
        ).outerjoin(person, OF_ROLE)
    )
    .where(submission.c.id.in_(bindparam("reports", expanding=True)), campaign.c.closed_at.is_(None), OWING)
)
_SPECIAL = select(submission.c.id).where(
    submission.c.id.in_(bindparam("reports", expanding=True)),
    or_(
        submission.c.confirm_asked_at.is_not(None),
        exists().where(assignment.c.submission == submission.c.id, assignment.c.resolved_at.is_(None)),
    ),
)
_CAME = and_(reminder.c.state.in_(REACHED), ~or_(*(reminder.c.kind.startswith(each) for each in DESK)))
# A condition on the state would lead SQLite to the index by state, through every reminder there is.
_REMINDED = (
    select(
        campaign_unit.c.id,
        reminder.c.person,
        func.max(case((_CAME, func.coalesce(reminder.c.settled_at, reminder.c.planned_at)), else_=None)),
    )
    .join(
        reminder,
        and_(reminder.c.campaign == campaign_unit.c.campaign, reminder.c.unit == campaign_unit.c.unit),
    )
    .where(campaign_unit.c.id.in_(bindparam("reports", expanding=True)))
    .group_by(campaign_unit.c.id, reminder.c.person)
)
_BLOCKED = (
    select(account.c.person, func.max(case((account.c.blocked_at.is_not(None), 1), else_=0)))
    .where(
        account.c.person.in_(bindparam("people", expanding=True)),
        account.c.channel.not_in(bindparam("seated", expanding=True)),
    )
    .group_by(account.c.person)
)


def receivers(connection: Connection, cache: TurnCache, reports: Sequence[int], now: datetime) -> tuple[Receiver, ...]:
    """Return everybody who owes one of these reports at this moment, in the order of the reports.

    A unit in which nobody fills in reports has one receiver without a name.
    """
    staff = list(_staff(connection, reports, now))
    staff = _owing_only(connection, cache, reports, staff, now)
    people = {row[2] for row in staff if row[2] is not None}
    reachable = contacts(connection, people)
    blocked = _blocked(connection, people - reachable.keys())
    reminded = _reminded(connection, reports)
    order = {report: at for at, report in enumerate(reports)}
    staff.sort(key=lambda row: (order[row[0]], row[2] or 0))
    return tuple(_receiver(row, reachable, blocked, reminded) for row in staff)


def _staff(connection: Connection, reports: Sequence[int], now: datetime) -> Iterator[Any]:
    """Yield (report, unit, person, name, quiet until); a unit without anybody once with None."""
    for some in chunks(reports):
        rows = connection.execute(_STAFF, {"reports": some, "now": now}).all()
        manned = {row[0] for row in rows if row[2] is not None}
        yield from (row for row in rows if row[2] is not None or row[0] not in manned)


def _owing_only(
    connection: Connection, cache: TurnCache, reports: Sequence[int], staff: list[Any], now: datetime
) -> list[Any]:
    """Leave out who has done their part of a report that is shared, or is not asked to confirm it."""
    special = {each for some in chunks(reports) for each in connection.execute(_SPECIAL, {"reports": some}).scalars()}
    wanted: dict[int, set[int]] = {}
    for report, _, who, *_rest in staff:
        if report in special and who is not None:
            wanted.setdefault(who, set()).add(report)
    facts = owed(connection, cache, wanted, now) if wanted else {}
    known = {(who, each.report) for who, some in facts.items() for each in some}
    return [row for row in staff if row[2] is None or row[0] not in special or (row[2], row[0]) in known]


def _blocked(connection: Connection, people: Collection[int]) -> dict[int, bool]:
    """Return, for those of these people who have an account, whether one of them was blocked."""
    seated = known_doors(connection).seated
    rows: Iterable[Any] = (
        row
        for some in chunks(sorted(people))
        for row in connection.execute(_BLOCKED, {"people": some, "seated": seated})
    )
    return {row[0]: bool(row[1]) for row in rows}


def _reminded(connection: Connection, reports: Sequence[int]) -> dict[tuple[int, int], datetime]:
    rows = (row for some in chunks(reports) for row in connection.execute(_REMINDED, {"reports": some}))
    return {(row[0], row[1]): row[2] for row in rows if row[2] is not None}


def _receiver(
    row: Any,
    reachable: Mapping[int, object],
    blocked: Mapping[int, bool],
    reminded: Mapping[tuple[int, int], datetime],
) -> Receiver:
    report, unit, who, name, quiet = row
    if who is None:
        return Receiver(0, "", report, unit, "nobody")
    why = "" if who in reachable else "blocked" if blocked.get(who) else "no_door"
    return Receiver(who, name, report, unit, why, reminded.get((report, who)), quiet)
