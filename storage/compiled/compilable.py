"""The campaigns that a person may have compiled: where she coordinates a unit that has others below it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TypeAlias

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select

from dialogs.values.rights import REACH, Right
from dialogs.values.world import Compilable
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.schema.conditions import UNSENT, in_force
from storage.schema.prepared import Prepared
from storage.schema.tables import campaign_unit, role, submission
from storage.units import units

COMPILES = tuple(REACH[Right.REPORT_COMPILE])
"""The roles that have the reports of a unit and of those below it compiled."""

Above: TypeAlias = dict[tuple[int, date], frozenset[int]]

KEPT = timedelta(days=365)
"""How long after its end a campaign may still be compiled in the chat; the command line knows no end."""

_COORDINATED = Prepared(
    select(role.c.unit)
    .distinct()
    .where(
        role.c.person == bindparam("person"),
        or_(*(role.c.role == each for each in COMPILES)),
        in_force("now"),
    )
    .order_by(role.c.unit)
)
_BELOW = units.below()
_SENT_BY = func.coalesce(submission.c.first_sent_at, bindparam("now", type_=submission.c.first_sent_at.type))
_LATE = and_(campaign_unit.c.due.is_not(None), campaign_unit.c.due < _SENT_BY)
_COUNTS = (
    select(
        submission.c.status,
        campaign_unit.c.required,
        func.count(),
        func.sum(case((_LATE, 1), else_=0)),
        func.max(_BELOW.c.depth),
    )
    .join(campaign_unit, campaign_unit.c.id == submission.c.id)
    .join(_BELOW, _BELOW.c.unit == campaign_unit.c.unit)
    .where(campaign_unit.c.campaign == bindparam("campaign"))
    .group_by(submission.c.status, campaign_unit.c.required)
)


def compilable(connection: Connection, person: int, now: datetime) -> tuple[Compilable, ...]:
    """Return the campaigns, newest first, that ``person`` may have compiled, once for each unit she coordinates.

    Open ones and those closed within a year, in which units below hers are asked; one that was opened for a unit below
    hers is compiled there.
    """
    coordinated = [int(row[0]) for row in _COORDINATED.all(connection, {"person": person, "now": now})]
    if not coordinated:
        return ()
    running = [each for each in campaigns.every(connection) if each.closed_at is None or each.closed_at > now - KEPT]
    above: Above = {}
    found = (
        _compilable(connection, each, unit, now)
        for each in reversed(running)
        for unit in dict.fromkeys(_place(connection, each, unit, above) for unit in coordinated)
        if unit is not None
    )
    return tuple(each for some in found for each in some)


def _place(connection: Connection, asked: Campaign, unit: int, above: Above) -> int | None:
    """Where a campaign is compiled for who coordinates a unit: there, or at the campaign's root if that is below it."""
    day = asked.reference_date
    if asked.root in _up(connection, unit, day, above):
        return unit
    return asked.root if unit in _up(connection, asked.root, day, above) else None


def _up(connection: Connection, unit: int, day: date, above: Above) -> frozenset[int]:
    """A unit and those over it; campaigns of one day share the look upwards."""
    if (unit, day) not in above:
        above[unit, day] = frozenset({unit, *(each.id for each in units.ancestors(connection, unit, day))})
    return above[unit, day]


def _compilable(connection: Connection, asked: Campaign, unit: int, now: datetime) -> Iterator[Compilable]:
    where = {"campaign": asked.id, "root": unit, "day": asked.reference_date, "now": now}
    rows = connection.execute(_COUNTS, where).all()
    if not any(row[4] for row in rows):
        return
    here = units.by_id(connection, unit, asked.reference_date)
    if here is None:
        return
    # A unit that owes nothing is in no count until it has sent something.
    owing = [row for row in rows if row[1] or row[0] not in UNSENT]
    yield Compilable(
        id=f"{asked.id}.{unit}",
        campaign=asked.key,
        title=asked.title,
        unit_code=here.code,
        unit_name=here.name,
        sent=sum(row[2] for row in owing if row[0] in asked.counted),
        total=sum(row[2] for row in owing),
        late=sum(int(row[3]) for row in owing),
    )
