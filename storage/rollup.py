"""What the units below add up to, live: exact sums made by the database, with who counted and who was expected.

Only answers of submissions whose status counts are added. An override (an answer with a ``basis``) at a unit between
replaces the figures under that unit. ``counted`` is the number of units that gave a figure, ``expected`` the number
of units below that owe one: those asked that cell, less those that said the body does not exist there.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, exists, func, null, or_, select

from dialogs.answers import NOT_APPLICABLE, Address, State
from dialogs.questions import Respondent
from storage import campaigns, units
from storage.answers import MILLION, from_millionths
from storage.memory import Memory
from storage.tables import answer, campaign_unit, submission, unit_version


@dataclass(frozen=True, slots=True)
class Rolled:
    """A sum of the units below: ``counted`` of ``expected`` gave a figure. ``value`` is None if nobody did."""

    value: int | Decimal | None
    counted: int
    expected: int


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's figure behind a sum."""

    unit_code: str
    unit_name: str
    address: Address
    state: State
    value: int | Decimal | None


_tree = units.below("tree")
_WHERE_COUNTED = and_(
    campaign_unit.c.campaign == bindparam("campaign"),
    submission.c.status.in_(bindparam("counted", expanding=True)),
    _tree.c.depth > 0,
)
_HERE = and_(
    or_(bindparam("field") == "", answer.c.field == bindparam("field")),
    or_(bindparam("row") == "", answer.c.row == bindparam("row")),
)
_ANSWERS = (
    _tree.join(campaign_unit, campaign_unit.c.unit == _tree.c.unit)
    .join(submission, submission.c.id == campaign_unit.c.id)
    .join(answer, answer.c.submission == submission.c.id)
)
_ADDRESS = (answer.c.field, answer.c.row, answer.c.column)
_overrides = (
    select(_tree.c.path, *_ADDRESS)
    .select_from(_ANSWERS)
    .where(_WHERE_COUNTED, _HERE, answer.c.basis != "", answer.c.number.is_not(None))
    .cte("overrides")
)
_SHADOWED = exists().where(
    *(_overrides.c[each.name] == each for each in _ADDRESS),
    _overrides.c.path != _tree.c.path,
    _tree.c.path.like(_overrides.c.path + "%"),
)
_ADDED = case((_SHADOWED, null()), else_=answer.c.number)

# Whole units and millionths are added apart: neither sum can leave 63 bits, whatever is stored.
_SUMS = (
    select(
        *_ADDRESS,
        func.sum(_ADDED // MILLION).label("whole"),
        func.sum(_ADDED % MILLION).label("rest"),
        func.count(case((answer.c.basis == "", answer.c.number))).label("counted"),
        func.count(case((answer.c.reason == NOT_APPLICABLE, 1))).label("absent"),
    )
    .select_from(_ANSWERS)
    .where(_WHERE_COUNTED, _HERE)
    .group_by(*_ADDRESS)
)
_GROUPS = (
    select(
        campaign_unit.c.form_version,
        unit_version.c.kind,
        unit_version.c.body,
        func.count(campaign_unit.c.id).label("n"),
    )
    .join(_tree, _tree.c.unit == campaign_unit.c.unit)
    .join(unit_version, and_(unit_version.c.unit == _tree.c.unit, units.valid(unit_version, bindparam("day"))))
    .where(campaign_unit.c.campaign == bindparam("campaign"), campaign_unit.c.required, _tree.c.depth > 0)
    .group_by(campaign_unit.c.form_version, unit_version.c.kind, unit_version.c.body)
)
_PARTS = (
    select(unit_version.c.code, unit_version.c.name, *_ADDRESS, answer.c.state, answer.c.number)
    .select_from(
        _ANSWERS.join(
            unit_version, and_(unit_version.c.unit == _tree.c.unit, units.valid(unit_version, bindparam("day")))
        )
    )
    .where(_WHERE_COUNTED, _HERE, or_(answer.c.number.is_not(None), answer.c.state == "none"), ~_SHADOWED)
    .order_by(unit_version.c.position, unit_version.c.code, *_ADDRESS)
)


def sums(
    connection: Connection, memory: Memory, campaign_id: int, unit_id: int, field: str = "", row: str = ""
) -> Mapping[Address, Rolled]:
    """Return, for every figure asked below a unit (of ``field`` and ``row`` if given), the sum of those below."""
    where = _where(connection, campaign_id, unit_id, field, row)
    expected = _expected(connection, memory, where)
    found = {Address(*each[:3]): each for each in connection.execute(_SUMS, where)}
    rolled: dict[Address, Rolled] = {}
    for address, owing in expected.items():
        each = found.get(address)
        if each is None:
            rolled[address] = Rolled(None, 0, owing)
        else:
            rolled[address] = Rolled(_value(each.whole, each.rest), each.counted, owing - each.absent)
    return rolled


def parts(connection: Connection, campaign_id: int, unit_id: int, field: str = "", row: str = "") -> tuple[Part, ...]:
    """Return the units' figures behind the sums, in the order of the units' list."""
    where = _where(connection, campaign_id, unit_id, field, row)
    return tuple(
        Part(code, name, Address(field, row, column), State(state), None if number is None else from_millionths(number))
        for code, name, field, row, column, state, number in connection.execute(_PARTS, where)
    )


def basis(behind: tuple[Part, ...]) -> str:
    """Return the hash that an override keeps of the parts it replaced, so that a later change of them shows."""
    told = [[part.unit_code, part.state.value, str(part.value)] for part in behind]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _where(connection: Connection, campaign_id: int, unit_id: int, field: str, row: str) -> dict[str, Any]:
    found = campaigns.by_id(connection, campaign_id)
    if found is None:
        raise LookupError(campaign_id)
    return {
        "campaign": campaign_id,
        "counted": list(found.counted),
        "root": unit_id,
        "day": found.reference_date,
        "switches": found.switches,
        "field": field,
        "row": row,
    }


def _expected(connection: Connection, memory: Memory, where: dict[str, Any]) -> Counter[Address]:
    """Count, for each cell, the required units below that are asked it."""
    switches = where.pop("switches")
    expected: Counter[Address] = Counter()
    for form_version, kind, body, units_alike in connection.execute(_GROUPS, where):
        respondent = Respondent(kind, body, switches)
        for address in memory.figures(connection, form_version, respondent):
            if address.field == (where["field"] or address.field) and address.row == (where["row"] or address.row):
                expected[address] += units_alike
    return expected


def _value(whole: int | Decimal | None, rest: int | Decimal | None) -> int | Decimal | None:
    if whole is None or rest is None:
        return None
    return from_millionths(int(whole) * MILLION + int(rest))
