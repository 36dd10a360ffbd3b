"""Whom a decision about a unit concerns: the people above it and in it who have a right over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Connection

from dialogs.values.rights import Right, allows
from storage.people import people
from storage.people.people import Member
from storage.units import units

T = TypeVar("T")


def nearest(
    connection: Connection, right: Right, unit_id: int, day: date, at: datetime, but: int = 0
) -> tuple[Member, ...]:
    """Return the people who have a right over a unit, at the nearest level (the unit itself first) that has anybody.

    ``but`` is somebody who does not count: whoever acts is not told of it, and asks nobody who is nobody else.
    """
    levels = [(unit_id, 0), *((above.id, above.depth) for above in units.ancestors(connection, unit_id, day))]
    found = at_first_level(right, ((up, _staff(connection, unit, at, but)) for unit, up in levels))
    return tuple({each.person: each for each in found}.values())


def _staff(connection: Connection, unit_id: int, at: datetime, but: int) -> Iterator[tuple[Member, str]]:
    return ((each, each.role) for each in people.members(connection, unit_id, at) if each.person != but)


def at_first_level(right: Right, levels: Iterable[tuple[int, Iterable[tuple[T, str]]]]) -> tuple[T, ...]:
    """Return those who have a right, at the first of the levels that has anybody; () if none has.

    A level is how far it is above the unit, and who works there in which role.
    """
    for up, staff in levels:
        found = tuple(who for who, word in staff if allows(right, [(word, up)]))
        if found:
            return found
    return ()


def leads(connection: Connection, unit_id: int, at: datetime) -> tuple[Member, ...]:
    """Return the people of a unit who may confirm its reports, each once."""
    found = people.members(connection, unit_id, at)
    return tuple({each.person: each for each in found if allows(Right.REPORT_CONFIRM, [(each.role, 0)])}.values())
