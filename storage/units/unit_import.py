"""Take over a list of units: all of it or nothing, in the caller's transaction.

A version of a unit is known by its code and first day (a merged unit takes over the code of one of its predecessors,
so the code alone says too little). Versions of one code are one unit under changing names; a row with predecessors
begins another one, whoever bore its code before. A row whose code and first day are stored already changes that
version; nothing is ever deleted. New units stand in the order of the list, after those that are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from dialogs.texts import units as units_texts
from storage.schema.audit import Deed, record
from storage.schema.errors import Fault, Faulty
from storage.schema.tables import campaign, campaign_unit, unit, unit_version
from storage.units import predecessors, unit_checks
from storage.units.predecessors import Made
from storage.units.unit_checks import UnitPlan
from storage.units.unit_rows import UnitRow, read_row, wrong
from storage.units.unit_versions import Version, by_code, is_under, stored

VERB = "unit.import"
_FIELDS = ("unit", "code", "name", "kind", "parent", "body", "position", "valid_from", "valid_to")
_ADD = insert(unit_version)
_CHANGE = update(unit_version).where(unit_version.c.id == bindparam("of"))


@dataclass(frozen=True, slots=True)
class Imported:
    """How many versions were new, changed and the same as before; ``notes`` are lines for whoever ran it."""

    new: int
    changed: int
    unchanged: int
    notes: tuple[str, ...] = ()


def run(connection: Connection, rows: Iterable[tuple[int, Mapping[str, str]]], at: datetime) -> Imported:
    """Take over the rows of a list, given as (line, cells by column), and return what was done.

    Raises ``Faulty`` with everything that is wrong; the caller then rolls back, though nothing was written.
    """
    _one_at_a_time(connection)
    listed = _read(rows)
    before = stored(connection)
    made_before = predecessors.every(connection)
    plan = _plan(listed, before, made_before)
    _check(plan)
    notes = (*unit_checks.remarks(plan), *_campaigns(connection, plan))
    return _write(connection, plan, made_before, notes, at)


def _one_at_a_time(connection: Connection) -> None:
    """What is checked is what is there when it is written; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE unit_version IN SHARE ROW EXCLUSIVE MODE")


def _read(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[UnitRow]:
    """Return the rows. Raises ``Faulty`` with what is wrong with single cells, and with rows that come twice."""
    found: dict[tuple[str, date], UnitRow] = {}
    faults: list[Fault] = []
    for line, cells in rows:
        row = read_row(line, cells)
        if isinstance(row, tuple):
            faults.extend(row)
        elif row.key in found:
            first = found[row.key].line
            faults.append(wrong(line, "code", row.code, units_texts.twice(first)))
        else:
            found[row.key] = row
    if faults:
        raise Faulty(faults)
    return list(found.values())


# --- which unit a row is about ----------------------------------------------------------------------------------


def _plan(listed: Iterable[UnitRow], before: list[Version], made: Mapping[int, Made]) -> UnitPlan:
    """Return all versions as they would be; parents and predecessors are set by the checks."""
    versions = [replace(each) for each in before]
    known = {(each.code, each.valid_from): each for each in versions}
    numbers = count(1 + max((each.position for each in before), default=-1))
    for row in listed:
        version = known.get(row.key)
        if version is None:
            version = Version(0, 0, row.code, row.name, row.kind, None, "", -1, row.valid_from, row.valid_to)
            versions.append(version)
        _tell(version, row)
    _identify(versions, made)
    _arrange(versions, numbers)
    return UnitPlan(versions, before, {each: dict(befores) for each, befores in made.items()})


def _tell(version: Version, row: UnitRow) -> None:
    version.row, version.name, version.kind, version.valid_to = row, row.name, row.kind, row.valid_to
    version.body = version.body if row.body is None else row.body
    version.position = version.position if row.position is None else row.position


def _identify(versions: list[Version], made: Mapping[int, Made]) -> None:
    """Say of each new version which unit it is of; new units get numbers below zero."""
    firsts: dict[int, date] = {}
    for each in versions:
        if each.id:
            firsts[each.unit] = min(each.valid_from, firsts.get(each.unit, each.valid_from))
    new = count(-1, -1)
    for timeline in by_code(versions).values():
        for index, each in enumerate(timeline.versions):
            if each.id:
                continue
            if index and not _founds(each, firsts, made):
                each.unit = timeline.versions[index - 1].unit
                continue
            after = timeline.versions[index + 1 : index + 2]
            joins = not _founds(each, firsts, made) and after and after[0].id and not _founds(after[0], firsts, made)
            each.unit = after[0].unit if joins else next(new)


def _founds(version: Version, firsts: Mapping[int, date], made: Mapping[int, Made]) -> bool:
    """Whether a new unit begins with this version: it was made of others."""
    if version.row is not None and version.row.predecessors is not None:
        return bool(version.row.predecessors)
    return bool(version.id and made.get(version.unit) and firsts[version.unit] == version.valid_from)


def _arrange(versions: list[Version], numbers: Iterator[int]) -> None:
    """Give every version its place among its siblings: that of the unit's other versions, else the next one."""
    places = {each.unit: each.position for each in versions if each.position >= 0}
    for each in versions:
        if each.position < 0:
            if each.unit not in places:
                places[each.unit] = next(numbers)
            each.position = places[each.unit]


# --- checks -----------------------------------------------------------------------------------------------------


def _check(plan: UnitPlan) -> None:
    """Raise ``Faulty`` unless everything fits together; what builds on sound parents is looked at after them."""
    faults = [*unit_checks.overlaps(plan), *_refounded(plan)]
    faults += [*unit_checks.place(plan), *unit_checks.orphans(plan), *unit_checks.descend(plan)]
    faults = faults or list(unit_checks.circles(plan))
    if faults:
        raise Faulty(faults)


def _refounded(plan: UnitPlan) -> Iterator[Fault]:
    """A version that is stored as the continuation of a unit cannot become the beginning of another one."""
    for version, row in plan.listed():
        first = plan.units[version.unit].versions[0]
        if row.predecessors and first is not version:
            codes = " ".join(code for code, _ in row.predecessors)
            yield wrong(row.line, "predecessors", codes, units_texts.continued(row.code, first.valid_from))


def _campaigns(connection: Connection, plan: UnitPlan) -> Iterator[str]:
    """Yield what changes for campaigns that were opened. Raises ``Faulty`` if a report of one would be lost."""
    changed = {each.unit for each, _ in plan.listed() if each.unit in plan.units_before}
    if not changed:
        return
    columns = (campaign.c.id, campaign.c.key, campaign.c.root, campaign.c.reference_date)
    faults: list[Fault] = []
    for key, name, root, day in connection.execute(select(*columns).order_by(campaign.c.id)).all():
        if not any(_moved(plan, each, day) for each in changed):
            continue
        asked = select(campaign_unit.c.unit).where(campaign_unit.c.campaign == key)
        for each in connection.execute(asked).scalars():
            faults.extend(_lost(plan, each, root, day, name))
        yield from _new_kinds(plan, changed, day, name)
    if faults:
        raise Faulty(faults)


def _at(plan: UnitPlan, unit_id: int, day: date) -> tuple[Version | None, Version | None]:
    """Return the unit's version on ``day`` as it is and as it would be."""
    old, new = plan.units_before.get(unit_id), plan.units.get(unit_id)
    return old.at(day) if old else None, new.at(day) if new else None


def _moved(plan: UnitPlan, unit_id: int, day: date) -> bool:
    old, new = _at(plan, unit_id, day)
    if old is None or new is None:
        return old is not new
    return (old.parent, old.kind, old.body) != (new.parent, new.kind, new.body)


def _lost(plan: UnitPlan, unit_id: int, root: int, day: date, name: str) -> Iterator[Fault]:
    old, new = _at(plan, unit_id, day)
    if not is_under(old, root, day, plan.units_before) or is_under(new, root, day, plan.units):
        return
    code = old.code if old else ""
    rows = [row for each, row in plan.listed() if _moved(plan, each.unit, day)]
    row = next((each for each in rows if each.code == code), rows[0])
    yield wrong(row.line, "code", row.code, units_texts.reporting(code, name, day))


def _new_kinds(plan: UnitPlan, changed: Iterable[int], day: date, name: str) -> Iterator[str]:
    for each in sorted(changed):
        old, new = _at(plan, each, day)
        if old and new and (old.kind, old.body) != (new.kind, new.body):
            yield units_texts.other_questions(name, new.code)


# --- rows -------------------------------------------------------------------------------------------------------


def _write(
    connection: Connection, plan: UnitPlan, made_before: Mapping[int, Made], notes: tuple[str, ...], at: datetime
) -> Imported:
    known = {each.id: each for each in plan.before}
    remade = {key: made for key, made in plan.made.items() if made != made_before.get(key, {})}
    new = [each for each, _ in plan.listed() if not each.id]
    kept = [each for each, _ in plan.listed() if each.id]
    changed = [each for each in kept if _values(each) != _values(known[each.id])]
    ids = _found(connection, sorted({each.unit for each in new if each.unit < 0}, reverse=True), at)
    if new:
        connection.execute(_ADD, [_values(each, ids) for each in new])
    if changed:
        connection.execute(_CHANGE, [{"of": each.id, **_values(each, ids)} for each in changed])
    predecessors.replace(connection, {ids.get(key, key): _known(made, ids) for key, made in remade.items()})
    told = {each.id for each in changed} | {each.id for each in kept if each.unit in remade}
    result = Imported(len(new), len(told), len(kept) - len(told), notes)
    if new or told:
        detail = {"new": result.new, "changed": result.changed, "unchanged": result.unchanged}
        record(connection, Deed(VERB, at, detail=detail))
    return result


def _known(made: Made, ids: Mapping[int, int]) -> Made:
    return {ids.get(each, each): partly for each, partly in made.items()}


def _found(connection: Connection, numbers: list[int], at: datetime) -> dict[int, int]:
    """Found the new units and return their ids by the numbers they had."""
    if not numbers:
        return {}
    rows = connection.execute(insert(unit).returning(unit.c.id), [{"created_at": at}] * len(numbers))
    return dict(zip(numbers, sorted(rows.scalars()), strict=True))


def _values(version: Version, ids: Mapping[int, int] | None = None) -> dict[str, Any]:
    values = {name: getattr(version, name) for name in _FIELDS}
    for name in ("unit", "parent"):
        values[name] = (ids or {}).get(values[name], values[name])
    return values
