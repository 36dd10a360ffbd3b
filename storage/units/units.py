"""Units and their dated hierarchy: who was called what, and belonged to whom, on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.sql.selectable import FromClause

from storage.schema.statements import new_id
from storage.schema.tables import unit, unit_version

BEGINNING = date(1900, 1, 1)
"""First day of a unit whose beginning nobody wrote down."""

MAX_DEPTH = 12
"""Levels followed downwards and upwards; a cycle in the data ends there instead of never."""


@dataclass(frozen=True, slots=True)
class UnitAt:
    """A unit as it was on one day. ``depth`` counts from the unit that was asked about."""

    id: int
    code: str
    name: str
    kind: str
    parent: int | None
    body: str
    position: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class NewUnit:
    """One dated version of a unit to be stored; ``valid_to`` is its last day."""

    code: str
    name: str
    kind: str
    parent: int | None = None
    valid_from: date = BEGINNING
    valid_to: date | None = None
    body: str = ""
    position: int = 0


def valid(version: FromClause, day: BindParameter[date] | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a unit_version (or an alias of it) holds on ``day``."""
    return and_(version.c.valid_from <= day, or_(version.c.valid_to.is_(None), version.c.valid_to >= day))


def below(name: str = "below") -> CTE:
    """Return the recursive table (unit, depth) of ``:root`` and everything under it on ``:day``."""
    day: BindParameter[date] = bindparam("day")
    first = select(unit_version.c.unit, literal(0).label("depth"))
    tree = first.where(unit_version.c.unit == bindparam("root"), valid(unit_version, day)).cte(name, recursive=True)
    child = unit_version.alias()
    deeper = select(child.c.unit, (tree.c.depth + 1).label("depth"))
    deeper = deeper.join(tree, child.c.parent == tree.c.unit)
    return tree.union(deeper.where(valid(child, day), tree.c.depth < MAX_DEPTH))


_COLUMNS = tuple(unit_version.c[name] for name in ("unit", "code", "name", "kind", "parent", "body", "position"))
_TREE = below()
_BELOW = (
    select(*_COLUMNS, _TREE.c.depth)
    .join(_TREE, _TREE.c.unit == unit_version.c.unit)
    .where(valid(unit_version, bindparam("day")))
    .order_by(unit_version.c.position, unit_version.c.code)
)
_BY_ID = select(*_COLUMNS).where(unit_version.c.unit == bindparam("unit"), valid(unit_version, bindparam("day")))
_BY_CODE = select(*_COLUMNS).where(unit_version.c.code == bindparam("code"), valid(unit_version, bindparam("day")))


def add(connection: Connection, new: NewUnit, at: datetime, unit_id: int | None = None) -> int:
    """Store a unit's version and return the unit's id; ``unit_id`` adds a version to a unit that exists.

    Raises ``IntegrityError`` if the code has a version that begins on the same day.
    """
    if unit_id is None:
        unit_id = new_id(connection.execute(insert(unit), {"created_at": at}))
    values = {name: getattr(new, name) for name in NewUnit.__dataclass_fields__}
    connection.execute(insert(unit_version), {"unit": unit_id, **values})
    return unit_id


def by_code(connection: Connection, code: str, day: date) -> UnitAt | None:
    """Return the unit that bore ``code`` on ``day``."""
    row = connection.execute(_BY_CODE, {"code": code, "day": day}).first()
    return UnitAt(*row) if row else None


def by_id(connection: Connection, unit_id: int, day: date) -> UnitAt | None:
    """Return the unit as it was on ``day``, None if it did not exist then."""
    row = connection.execute(_BY_ID, {"unit": unit_id, "day": day}).first()
    return UnitAt(*row) if row else None


def ancestors(connection: Connection, unit_id: int, day: date) -> tuple[UnitAt, ...]:
    """Return the units above, nearest first."""
    found: list[UnitAt] = []
    here = by_id(connection, unit_id, day)
    while here is not None and here.parent is not None and len(found) < MAX_DEPTH:
        here = by_id(connection, here.parent, day)
        if here is not None:
            found.append(replace(here, depth=len(found) + 1))
    return tuple(found)


def descendants(connection: Connection, unit_id: int, day: date) -> tuple[UnitAt, ...]:
    """Return the unit and everything under it on ``day``, in administrative order: each unit before those under it."""
    rows = [UnitAt(*row[:8]) for row in connection.execute(_BELOW, {"root": unit_id, "day": day})]
    return tuple(in_order(rows, unit_id))


def in_order(found: Iterable[UnitAt], root: int) -> Iterator[UnitAt]:
    """Yield ``root`` and the units under it, each before those under it; siblings stay in the order given."""
    children: dict[int | None, list[UnitAt]] = {}
    for each in found:
        children.setdefault(None if each.id == root else each.parent, []).append(each)
    waiting = children.get(None, [])[:1]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(children.get(here.id, ())))
