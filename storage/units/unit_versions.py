"""All dated versions of all units, in memory: what is stored, and what it would be after an import."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, select

from storage.schema.tables import unit_version
from storage.units.unit_rows import UnitRow
from storage.units.units import MAX_DEPTH

DAY = timedelta(days=1)


@dataclass(slots=True)
class Version:
    """A unit as it is called and placed during some time; ``id`` 0: not stored yet. ``row``: what a list says of it.

    A ``unit`` below zero is one that the list founds; ``parent`` is a unit, or None.
    """

    id: int
    unit: int
    code: str
    name: str
    kind: str
    parent: int | None
    body: str
    position: int
    valid_from: date
    valid_to: date | None
    row: UnitRow | None = None

    @property
    def last(self) -> date:
        return self.valid_to or date.max

    def holds(self, day: date) -> bool:
        return self.valid_from <= day <= self.last


_NAMES = tuple(name for name in Version.__dataclass_fields__ if name != "row")


def stored(connection: Connection) -> list[Version]:
    """Return every version of every unit."""
    return [Version(*row) for row in connection.execute(select(*(unit_version.c[name] for name in _NAMES)))]


@dataclass(slots=True)
class Timeline:
    """Versions that follow one another, by their first days."""

    versions: list[Version] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)

    def add(self, version: Version) -> None:
        self.versions.append(version)
        self.starts.append(version.valid_from)

    def at(self, day: date) -> Version | None:
        """Return the version that holds on ``day``."""
        index = bisect_right(self.starts, day) - 1
        found = self.versions[index] if index >= 0 else None
        return found if found is not None and found.holds(day) else None

    def during(self, first: date, last: date) -> list[Version]:
        """Return the versions that hold on some day from ``first`` to ``last``."""
        start = max(0, bisect_right(self.starts, first) - 1)
        return [each for each in self.versions[start : bisect_right(self.starts, last)] if each.last >= first]

    def missing(self, first: date, last: date) -> date | None:
        """Return the first day from ``first`` to ``last`` on which no version holds."""
        day = first
        for each in self.during(first, last):
            if each.valid_from > day:
                return day
            if each.last >= last:
                return None
            day = each.last + DAY
        return day


def by_code(versions: Iterable[Version]) -> dict[str, Timeline]:
    """Return the versions of each code, in order."""
    found: dict[str, Timeline] = {}
    for each in sorted(versions, key=lambda version: version.valid_from):
        found.setdefault(each.code, Timeline()).add(each)
    return found


def by_unit(versions: Iterable[Version]) -> dict[int, Timeline]:
    """Return the versions of each unit, in order."""
    found: dict[int, Timeline] = {}
    for each in sorted(versions, key=lambda version: version.valid_from):
        found.setdefault(each.unit, Timeline()).add(each)
    return found


def chain(version: Version, day: date, units: Mapping[int, Timeline]) -> list[Version]:
    """Return ``version`` and the versions above it on ``day``; it ends at a unit that came before, repeated.

    Longer than the deepest tree by one at most.
    """
    found, seen = [version], {version.unit}
    while found[-1].parent is not None and len(found) <= MAX_DEPTH + 1:
        timeline = units.get(found[-1].parent)
        above = timeline.at(day) if timeline else None
        if above is None:
            break
        found.append(above)
        if above.unit in seen:
            break
        seen.add(above.unit)
    return found


def chains(version: Version, units: Mapping[int, Timeline]) -> Iterator[tuple[date, list[Version]]]:
    """Yield (day, chain) for each first day, while ``version`` holds, on which the units above it may have changed."""
    day = version.valid_from
    while True:
        found = chain(version, day, units)
        yield day, found
        last = min(each.last for each in found)
        if last >= version.last:
            return
        day = last + DAY


def is_under(version: Version | None, root: int, day: date, units: Mapping[int, Timeline]) -> bool:
    """Whether a unit stands at or below ``root`` on ``day``."""
    return version is not None and any(each.unit == root for each in chain(version, day, units))
