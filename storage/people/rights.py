"""Rights asked of the database: a person's roles, walked up the hierarchy of a day; ``dialogs.values.rights`` has them.

For what belongs to a campaign the day is its reference date, which chooses who is whose coordinator; for anything else
it is today, or the last day of a unit that is no more.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from dialogs.texts import objections
from dialogs.values.rights import REACH, Reach, Right, allows
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.people import people
from storage.schema.errors import Refused
from storage.schema.prepared import Prepared
from storage.schema.tables import campaign, campaign_unit, unit_version
from storage.units import units
from storage.units.units import UnitAt

_PLACE = Prepared(
    select(campaign_unit.c.unit, campaign.c.reference_date)
    .join(campaign, campaign.c.id == campaign_unit.c.campaign)
    .where(campaign_unit.c.id == bindparam("report"))
)
_LAST_DAY = select(func.max(func.coalesce(unit_version.c.valid_to, bindparam("day")))).where(
    unit_version.c.unit == bindparam("unit")
)


def may(connection: Connection, person_id: int, right: Right, unit_id: int, day: date, at: datetime) -> bool:
    """Return whether a person has a right over a unit in the hierarchy of ``day``."""
    roles = people.roles_of(connection, person_id, at)
    if not any(role in REACH[right] for _, role in roles):
        return False
    up = {unit_id: 0, **{above.id: above.depth for above in units.ancestors(connection, unit_id, day)}}
    return allows(right, ((role, up[unit]) for unit, role in roles if unit in up))


def may_report(connection: Connection, person_id: int, right: Right, report: int, at: datetime) -> bool:
    """Return whether a person has a right over a report, in the hierarchy of its campaign's reference date."""
    place = _PLACE.first(connection, {"report": report})
    return place is not None and may(connection, person_id, right, place[0], place[1], at)


def may_today(connection: Connection, person_id: int, right: Right, unit_id: int, at: datetime, today: date) -> bool:
    """Return whether a person has a right over a unit apart from any campaign."""
    return may(connection, person_id, right, unit_id, day_of(connection, unit_id, today), at)


def day_of(connection: Connection, unit_id: int, today: date) -> date:
    """Return ``today``, or the last day of a unit that is no more."""
    last: date | None = connection.execute(_LAST_DAY, {"unit": unit_id, "day": today}).scalar()
    return today if last is None else min(today, last)


def require(connection: Connection, person_id: int, right: Right, report: int, at: datetime) -> None:
    """Raise ``Refused`` unless a person has a right over a report: asked again as its effect is applied."""
    if not may_report(connection, person_id, right, report, at):
        raise Refused(objections.NOT_YOURS)


def place_of(connection: Connection, key: str, code: str) -> tuple[Campaign, UnitAt]:
    """Return a campaign and one of its units by key and code. Raises ``Refused``, naming neither."""
    asked = campaigns.by_key(connection, key)
    unit = units.by_code(connection, code, asked.reference_date) if asked else None
    if asked is None or unit is None:
        raise Refused(objections.NOT_YOURS)
    return asked, unit


def require_in(
    connection: Connection, person_id: int, right: Right, key: str, code: str, at: datetime
) -> tuple[Campaign, UnitAt]:
    """Return ``place_of`` a campaign and a unit; raise ``Refused`` unless a person has a right over it there."""
    asked, unit = place_of(connection, key, code)
    if not may(connection, person_id, right, unit.id, asked.reference_date, at):
        raise Refused(objections.NOT_YOURS)
    return asked, unit


def held(connection: Connection, person_id: int, right: Right, at: datetime) -> tuple[tuple[int, Reach], ...]:
    """Return the units in which a person's roles give a right, and how far it reaches from there."""
    roles = people.roles_of(connection, person_id, at)
    return tuple((unit, REACH[right][role]) for unit, role in roles if role in REACH[right])
