"""Rights over many units at once, for reminders: a question for the whole tree instead of one for each unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from dialogs.values.rights import REACH, Right
from storage.people import rights
from storage.people.concerned import at_first_level
from storage.reminders.owed import IN_FORCE
from storage.schema.conditions import OF_ROLE
from storage.schema.tables import person, role, unit_version
from storage.units import units
from storage.units.units import MAX_DEPTH, UnitAt

_PARENTS = select(unit_version.c.unit, unit_version.c.parent).where(units.valid(unit_version, bindparam("day")))
_STAFF = (
    select(role.c.unit, role.c.person, role.c.role)
    .join(person, OF_ROLE)
    .where(role.c.role.in_(bindparam("words", expanding=True)), IN_FORCE)
    .order_by(role.c.id)
)


def reached(connection: Connection, person_id: int, right: Right, day: date, at: datetime) -> dict[int, UnitAt]:
    """Return the units over which a person has a right in the hierarchy of ``day``, by id."""
    return {
        each.id: each
        for root, reach in rights.held(connection, person_id, right, at)
        for each in units.descendants(connection, root, day)
        if reach.covers(each.depth)
    }


def nearest_of_each(
    connection: Connection, right: Right, wanted: Collection[int], day: date, at: datetime
) -> dict[int, tuple[int, ...]]:
    """Return for each of these units the people whom ``concerned.nearest`` finds for it."""
    parents = {row[0]: row[1] for row in connection.execute(_PARENTS, {"day": day})}
    staff: dict[int, list[tuple[int, str]]] = {}
    for unit, who, word in connection.execute(_STAFF, {"words": sorted(REACH[right]), "now": at}):
        staff.setdefault(unit, []).append((who, word))
    found = {unit: at_first_level(right, _upwards(unit, parents, staff)) for unit in wanted}
    return {unit: tuple(dict.fromkeys(each)) for unit, each in found.items()}


def _upwards(
    unit: int, parents: Mapping[int, int | None], staff: Mapping[int, Collection[tuple[int, str]]]
) -> Iterator[tuple[int, Collection[tuple[int, str]]]]:
    """Yield how far up each level is and who works there, the unit itself first."""
    here: int | None = unit
    for up in range(MAX_DEPTH + 1):
        if here is None:
            return
        yield up, staff.get(here, ())
        here = parents.get(here)
