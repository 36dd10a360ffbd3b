"""What the units below add up to, live: exact sums made by the database, with who counted and who was expected.

Only answers of submissions whose status counts are added. An override (an answer with a ``basis``) at a unit between
replaces the figures under that unit. ``counted`` is the number of units that gave a figure of their own, ``expected``
the number of units below that owe one: those asked that cell, less those that said the body does not exist there.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, or_, select, true

from dialogs.answers import NOT_APPLICABLE, Address, State
from dialogs.collected import Part, Rolled
from storage import campaigns
from storage.answers import MILLION, from_millionths
from storage.campaigns import Campaign
from storage.memory import Memory
from storage.scope import Member, chunks, members
from storage.tables import answer


class _Figure(NamedTuple):
    """One stored figure, or a "no figures" in its place."""

    submission: int
    field: str
    row: str
    column: str
    state: str
    number: int | None
    basis: str

    @property
    def address(self) -> Address:
        return Address(self.field, self.row, self.column)


class _Sum(NamedTuple):
    """What one statement added up for one cell. Whole units and millionths apart: neither can leave 63 bits."""

    field: str
    row: str
    column: str
    whole: int
    rest: int
    figures: int
    counted: int
    absent: int


_ONE_ROW = and_(answer.c.field == bindparam("field"), answer.c.row == bindparam("row"))
_OF = answer.c.submission.in_(bindparam("reports", expanding=True))


def _sums(where: ColumnElement[bool]) -> Any:
    address = (answer.c.field, answer.c.row, answer.c.column)
    return (
        select(
            *address,
            func.sum(answer.c.number // MILLION),
            func.sum(answer.c.number % MILLION),
            func.count(answer.c.number),
            func.count(case((answer.c.basis == "", answer.c.number))),
            func.count(case((answer.c.reason == NOT_APPLICABLE, 1))),
        )
        .where(_OF, where)
        .group_by(*address)
    )


def _figures(where: ColumnElement[bool]) -> Any:
    columns = (answer.c[name] for name in _Figure._fields)
    return select(*columns).where(_OF, where, or_(answer.c.number.is_not(None), answer.c.state == "none"))


# One row's sums are asked in a turn, so they have a statement that the primary key answers alone.
_SUMS = {True: _sums(_ONE_ROW), False: _sums(true())}
_FIGURES = {True: _figures(_ONE_ROW), False: _figures(true())}
_OVERRIDES = {
    one: select(*(answer.c[name] for name in _Figure._fields)).where(
        _OF, _ONE_ROW if one else true(), answer.c.basis != "", answer.c.number.is_not(None)
    )
    for one in (True, False)
}


def sums(
    connection: Connection, memory: Memory, campaign_id: int, unit_id: int, field: str = "", row: str = ""
) -> Mapping[Address, Rolled]:
    """Return, for every figure asked below a unit, the sum of those below; of one table row if ``field`` is given."""
    campaign = _campaign(connection, campaign_id)
    below = [each for each in members(connection, campaign, unit_id) if each.depth]
    counted = [each for each in below if each.status in campaign.counted]
    found = _added(_each(connection, _SUMS, counted, field, row))
    for address, figures in _overridden(connection, counted, field, row).items():
        numbers = [each.number for each in figures if each.number is not None]
        found[address] = found[address]._replace(whole=0, rest=sum(numbers), figures=len(numbers))
    expected = _expected(connection, memory, campaign, below)
    return {
        address: _rolled(found.get(address), owing)
        for address, owing in expected.items()
        if not field or (address.field, address.row) == (field, row)
    }


def parts(connection: Connection, campaign_id: int, unit_id: int, field: str = "", row: str = "") -> tuple[Part, ...]:
    """Return the figures behind the sums, unit by unit in administrative order; not those that an override replaces."""
    campaign = _campaign(connection, campaign_id)
    everybody = [each for each in members(connection, campaign, unit_id) if each.depth]
    counted = [each for each in everybody if each.status in campaign.counted]
    figures = [_Figure(*each) for each in _each(connection, _FIGURES, counted, field, row)]
    return tuple(_parts(_not_replaced(figures, counted), counted))


def basis(behind: Iterable[Part]) -> str:
    """Return the hash that an override keeps of the parts it replaced, so that a later change of them shows."""
    told = [[part.unit_code, part.address.column, part.state.value, str(part.value)] for part in behind]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _campaign(connection: Connection, campaign_id: int) -> Campaign:
    found = campaigns.by_id(connection, campaign_id)
    if found is None:
        raise LookupError(campaign_id)
    return found


def _each(
    connection: Connection, statement: Mapping[bool, Any], counted: Sequence[Member], field: str, row: str
) -> Iterator[Any]:
    """Yield the rows of a statement over the reports that count."""
    for some in chunks([each.submission for each in counted]):
        where = {"reports": some, "field": field, "row": row} if field else {"reports": some}
        yield from connection.execute(statement[bool(field)], where)


def _added(rows: Iterable[Any]) -> dict[Address, _Sum]:
    """Return the sums by cell, those of several statements added up."""
    found: dict[Address, _Sum] = {}
    for row in rows:
        here = _Sum(*row[:3], *(int(each or 0) for each in row[3:]))
        address = Address(here.field, here.row, here.column)
        before = found.get(address)
        if before is not None:
            here = _Sum(*here[:3], *(old + new for old, new in zip(before[3:], here[3:], strict=True)))
        found[address] = here
    return found


def _rolled(found: _Sum | None, owing: int) -> Rolled:
    if found is None:
        return Rolled(None, 0, owing)
    value = from_millionths(found.whole * MILLION + found.rest) if found.figures else None
    return Rolled(value, found.counted, owing - found.absent)


def _expected(connection: Connection, memory: Memory, campaign: Campaign, below: Sequence[Member]) -> Counter[Address]:
    """Count, for each cell, the required units below that are asked it."""
    alike = Counter((each.form_version, each.respondent(campaign)) for each in below if each.required)
    expected: Counter[Address] = Counter()
    for (form_version, respondent), count in alike.items():
        for address in memory.figures(connection, form_version, respondent):
            expected[address] += count
    return expected


# --- overrides -------------------------------------------------------------------------------------------------


def _overridden(
    connection: Connection, counted: Sequence[Member], field: str, row: str
) -> dict[Address, list[_Figure]]:
    """Return, for the few cells that somebody between has overridden, the figures that are left to add."""
    overrides = [_Figure(*each) for each in _each(connection, _OVERRIDES, counted, field, row)]
    found: dict[Address, list[_Figure]] = {}
    for field_row in sorted({(each.field, each.row) for each in overrides}):
        figures = [_Figure(*each) for each in _each(connection, _FIGURES, counted, *field_row)]
        for figure in _not_replaced(figures, counted):
            found.setdefault(figure.address, []).append(figure)
    return {address: found.get(address, []) for address in {each.address for each in overrides}}


def _not_replaced(figures: Sequence[_Figure], counted: Sequence[Member]) -> list[_Figure]:
    """Leave out the figures of units that stand under one that has overridden the cell."""
    units = {each.submission: each for each in counted}
    overriding = {(units[each.submission].unit.id, each.address) for each in figures if each.basis}
    if not overriding:
        return list(figures)
    return [
        each for each in figures if not any((unit, each.address) in overriding for unit in units[each.submission].above)
    ]


def _parts(figures: Iterable[_Figure], counted: Sequence[Member]) -> Iterator[Part]:
    order = {each.submission: (index, each) for index, each in enumerate(counted)}
    for figure in sorted(figures, key=lambda each: (order[each.submission][0], *each[1:4])):
        unit = order[figure.submission][1].unit
        value = None if figure.number is None else from_millionths(figure.number)
        yield Part(unit.code, unit.name, figure.address, State(figure.state), value)
