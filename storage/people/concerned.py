"""Whom a decision about a unit concerns: the people above it and in it who have a right over it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from dialogs.values.rights import Right, allows
from storage.people import people
from storage.people.people import Member
from storage.units import units


def nearest(
    connection: Connection, right: Right, unit_id: int, day: date, at: datetime, but: int = 0
) -> tuple[Member, ...]:
    """Return the people who have a right over a unit, at the nearest level (the unit itself first) that has anybody.

    ``but`` is somebody who does not count: whoever acts is not told of it, and asks nobody who is nobody else.
    """
    levels = [(unit_id, 0), *((above.id, above.depth) for above in units.ancestors(connection, unit_id, day))]
    for unit, up in levels:
        members = (each for each in people.members(connection, unit, at) if each.person != but)
        found = {each.person: each for each in members if allows(right, [(each.role, up)])}
        if found:
            return tuple(found.values())
    return ()


def leads(connection: Connection, unit_id: int, at: datetime) -> tuple[Member, ...]:
    """Return the people of a unit who may confirm its reports, each once."""
    found = people.members(connection, unit_id, at)
    return tuple({each.person: each for each in found if allows(Right.REPORT_CONFIRM, [(each.role, 0)])}.values())
