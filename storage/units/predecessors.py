"""Which units a unit was made of when units were merged or divided.

A unit that went in *partly* also went elsewhere, or lives on: its figures are shown as its own and never divided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.schema.tables import predecessor

Made = Mapping[int, bool]
"""The units one was made of, each with whether only a share of it went in."""

_OF = select(predecessor.c.before, predecessor.c.partly)
_FORGET = delete(predecessor).where(predecessor.c.unit == bindparam("of"))


def every(connection: Connection) -> dict[int, dict[int, bool]]:
    """Return what each merged unit was made of."""
    found: dict[int, dict[int, bool]] = {}
    for unit, before, partly in connection.execute(
        select(predecessor.c.unit, predecessor.c.before, predecessor.c.partly)
    ):
        found.setdefault(unit, {})[before] = partly
    return found


def of(connection: Connection, unit_id: int) -> dict[int, bool]:
    """Return what one unit was made of; empty for one that was not merged."""
    rows = connection.execute(_OF.where(predecessor.c.unit == unit_id))
    return {row.before: row.partly for row in rows}


def lineage(connection: Connection, unit_id: int) -> tuple[int, ...]:
    """Return the unit and, through any number of mergers, the units it was made of, nearest first."""
    found = {unit_id: None}
    waiting = [unit_id]
    while waiting:
        new = [before for before in of(connection, waiting.pop(0)) if before not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)


def replace(connection: Connection, made: Mapping[int, Made]) -> None:
    """Store what units were made of in place of what was stored for them; an empty mapping: of none."""
    if made:
        connection.execute(_FORGET, [{"of": unit} for unit in made])
    rows = list(_rows(made.items()))
    if rows:
        connection.execute(insert(predecessor), rows)


def _rows(made: Iterable[tuple[int, Made]]) -> Iterable[dict[str, object]]:
    for unit, befores in made:
        for before, partly in befores.items():
            yield {"unit": unit, "before": before, "partly": partly}
