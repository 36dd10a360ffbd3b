"""Every unit as it stands today, or stood on its last day, and the units above it then.

Rights apart from any campaign are walked up this way (``rights.may_today`` does so for one unit); here for all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from storage.schema.tables import unit_version
from storage.units.units import MAX_DEPTH

_NAMES = ("unit", "code", "name", "parent", "position", "valid_from", "valid_to")
_VERSIONS = select(*(unit_version.c[name] for name in _NAMES)).order_by(
    unit_version.c.unit, unit_version.c.valid_from.desc()
)


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit on ``day``: today, or its last day. ``above`` are the units over it on that day, nearest first."""

    id: int
    code: str
    name: str
    position: int
    day: date
    above: tuple[int, ...]


class Hierarchy:
    """The units of one day; ``today`` is that day where the unit still is."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._today = today
        self._versions: dict[int, list[Any]] = {}
        for row in connection.execute(_VERSIONS):
            self._versions.setdefault(row.unit, []).append(row)
        self._known: dict[int, PlacedUnit | None] = {}

    def unit(self, unit_id: int) -> PlacedUnit | None:
        """Return a unit; None if it does not begin before today or has no version at all."""
        if unit_id not in self._known:
            self._known[unit_id] = self._stand(unit_id)
        return self._known[unit_id]

    def name(self, unit_id: int) -> str:
        """Return how a unit is called, '' if it is not known."""
        found = self.unit(unit_id)
        return found.name if found else ""

    def every(self) -> Iterator[PlacedUnit]:
        """Yield the units in administrative order: each before those under it."""
        found = [each for unit_id in self._versions if (each := self.unit(unit_id)) is not None]
        yield from sorted(found, key=self._order)

    def _stand(self, unit_id: int) -> PlacedUnit | None:
        versions = self._versions.get(unit_id, [])
        last = max((each.valid_to or self._today for each in versions), default=self._today)
        day = min(self._today, last)
        here = self._version(unit_id, day)
        if here is None:
            return None
        above: list[int] = []
        parent = here.parent
        while parent is not None and len(above) < MAX_DEPTH:
            version = self._version(parent, day)
            if version is None:
                break
            above.append(parent)
            parent = version.parent
        return PlacedUnit(unit_id, here.code, here.name, here.position, day, tuple(above))

    def _version(self, unit_id: int, day: date) -> Any:
        for each in self._versions.get(unit_id, ()):
            if each.valid_from <= day and (each.valid_to is None or each.valid_to >= day):
                return each
        return None

    def _order(self, each: PlacedUnit) -> tuple[tuple[int, str], ...]:
        path = [known for unit in reversed(each.above) if (known := self.unit(unit)) is not None]
        return tuple((known.position, known.code) for known in (*path, each))
