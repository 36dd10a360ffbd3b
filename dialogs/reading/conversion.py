"""From what was said to candidate values in the column's measure (input rules E2, E4, E6, E9).

A candidate list with a ``question`` must be asked; without one there is exactly one candidate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import pairwise

from dialogs.kinds import KINDS, Kind
from dialogs.reading import sentences
from dialogs.reading.digits import other_reading
from dialogs.reading.measures import (
    AREA,
    COUNT,
    LENGTH,
    MASS,
    MONEY,
    PERCENT,
    ColumnMeasure,
    agrees,
    column_of,
    is_person,
)
from dialogs.reading.model import Spec
from dialogs.reading.statement import Quantity, Statement

_PRECISION = 100
_MILLION = 10**6
_BILLION = 10**9
# Beyond these a bare sum is probably in another unit (rule E4): column's factor -> sum.
_SLIP_ABOVE = {1000: Decimal(10**7), _MILLION: Decimal(10**5), _BILLION: Decimal(1000)}
_SLIP_BELOW = Decimal(1000)
_PETTY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value a text may have in the column's measure; ``label`` only if the unit itself is in doubt."""

    value: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a statement comes to: candidates, and the question's name and code if they must be confirmed."""

    candidates: tuple[Candidate, ...] = ()
    code: str = ""
    question: str = ""
    remark: bool = False


def candidates(said: Statement, spec: Spec) -> Found:
    """The values that a statement may have in the column; none and a code if it is not one fitting number."""
    column = column_of(spec.kind, spec.measure)
    if said.trouble or not said.quantities:
        return Found(code=said.trouble or ("approximate" if said.about else "not_a_number"))
    if len(said.quantities) > 1:
        found = _compound(said.quantities, column)
    else:
        found = _single(said.quantities[0], column, spec)
    if not found.candidates:
        return found
    return _doubted(_negated(found) if said.negative else found, said)


def _negated(found: Found) -> Found:
    return replace(found, candidates=tuple(Candidate(-c.value) for c in found.candidates))


def _doubted(found: Found, said: Statement) -> Found:
    """A number that the words around it leave uncertain is offered, not taken (rule E6)."""
    if said.about:
        return replace(found, code="approximate", question="approximate")
    if said.unclear:
        return replace(found, code="extra_words", question=found.question or "extra_words")
    return found


def _compound(quantities: tuple[Quantity, ...], column: ColumnMeasure) -> Found:
    """Several amounts are one only in falling units of one family ("1 ha 500 m²"); else nothing is added up."""
    pairs = [(q, q.unit) for q in quantities]
    measured = [(q, u) for q, u in pairs if u is not None and u.family in (AREA, LENGTH, MASS, MONEY)]
    fits = column.unit is not None and {u.family for _, u in measured} == {column.unit.family}
    sizes = [u.factor * max(q.amount.scale, 1) for q, u in measured]
    falling = all(a > b for a, b in pairwise(sizes))
    sure = all(len(q.amount.values) == 1 for q in quantities)
    if column.unit is None or not (fits and falling and sure and len(measured) == len(pairs)):
        return Found(code="several_numbers")
    with localcontext(prec=_PRECISION):
        total = sum((q.amount.values[0] * u.factor for q, u in measured), Decimal(0))
        return Found((Candidate(total / column.unit.factor),), remark=True)


def _single(quantity: Quantity, column: ColumnMeasure, spec: Spec) -> Found:
    amount, unit = quantity.amount, quantity.unit
    if not amount.values:
        return Found(code=amount.code)
    if unit is not None and not agrees(unit, column.unit):
        return Found(code="unit_mismatch")
    if amount.scale >= _MILLION and unit is None and not _is_money(column):
        return Found(code="unit_mismatch")  # "12 triệu" in a head-count is a sum of money
    remark = amount.remark or _factor(quantity, column) != 1
    values = _in_two_ways(quantity, column, spec)
    found = tuple(c for v in values for c in _expanded(v, quantity, column, spec))
    if len(found) > 1 or amount.code:
        return Found(found, "ambiguous", "several", remark)
    return _with_doubt(Found(found, remark=remark), quantity, column, spec)


@lru_cache(1024)
def doubtful_from(kind: Kind, measure: str) -> Decimal | None:
    """From where on a bare sum in a column of money is asked back (rule E4); None where no sum is too large."""
    column = column_of(kind, measure)
    factor = int(column.unit.factor) if KINDS[kind].family == MONEY and column.unit is not None else 0
    return _SLIP_ABOVE.get(factor)


def _is_money(column: ColumnMeasure) -> bool:
    return column.unit is not None and column.unit.family == MONEY


def _is_bare(quantity: Quantity) -> bool:
    return quantity.unit is None and not quantity.amount.scale


def _factor(quantity: Quantity, column: ColumnMeasure) -> Decimal:
    """By what a typed number is multiplied to stand in the column: 500 nghìn is 500,000 / 1,000,000 triệu."""
    unit = column.unit
    if unit is None or unit.family.startswith(COUNT) or unit.family == PERCENT or _is_bare(quantity):
        return Decimal(1)
    typed = quantity.unit.factor if quantity.unit is not None else Decimal(1)
    if quantity.unit is None and not _is_money(column):
        return Decimal(1)
    return typed / unit.factor


def _in_two_ways(quantity: Quantity, column: ColumnMeasure, spec: Spec) -> tuple[Decimal, ...]:
    """The amount's values, and "1.234" read as 1,234 too where the thousands are absurd: in %, in tỷ.

    In a count "1,000" can only mean the thousands.
    """
    if KINDS[spec.kind].whole and "," in quantity.token and not quantity.amount.scale:
        return quantity.amount.values[-1:]
    other = other_reading(quantity.token)
    percent = column.unit is not None and column.unit.family == PERCENT
    if other is None or not (percent or quantity.amount.scale >= _BILLION):
        return quantity.amount.values
    return (other * max(quantity.amount.scale, 1), *quantity.amount.values)


def _expanded(value: Decimal, quantity: Quantity, column: ColumnMeasure, spec: Spec) -> tuple[Candidate, ...]:
    """The value in the column's measure; for a sum that looks like a slip of unit also in the other unit."""
    with localcontext(prec=_PRECISION):
        converted = value * _factor(quantity, column)
        if not _is_money(column) or quantity.unit is not None or not value:
            return (Candidate(converted),)
        factor = int(column.unit.factor) if column.unit is not None else 1
        units = _slip_units(value, converted, factor, quantity.amount.scale)
        if not units:
            return (Candidate(converted),)
        return tuple(_in_unit(value, unit, factor, spec) for unit in units)


def _slip_units(value: Decimal, converted: Decimal, factor: int, scale: int) -> tuple[int, ...]:
    """The units that a sum without a unit may be in, when the column's own gives an unlikely sum (rule E4)."""
    if scale == 1000 and factor >= _MILLION and converted < _PETTY:
        return (1, factor)
    if scale:
        return ()
    if factor == 1:
        return (1, 1000, _MILLION) if value < _SLIP_BELOW else ()
    if value < _SLIP_ABOVE[factor]:
        return ()
    return (factor, _MILLION if factor == _BILLION and value < _MILLION else 1)


def _in_unit(value: Decimal, unit: int, factor: int, spec: Spec) -> Candidate:
    converted = value * unit / factor
    shown = "" if unit == factor else sentences.in_measure(converted, spec.measure)
    return Candidate(converted, sentences.sum_label(value, unit, shown))


def _with_doubt(found: Found, quantity: Quantity, column: ColumnMeasure, spec: Spec) -> Found:
    """A single value that must be confirmed all the same: another period, millions of people, above 100%."""
    value = found.candidates[0].value
    if quantity.period and quantity.period != column.period:
        return replace(found, code="unit_mismatch", question="not_per_period")
    if is_person(column) and quantity.amount.scale >= _MILLION:
        return replace(found, code="out_of_range", question="large")
    most = KINDS[spec.kind].doubted_above
    if most is not None and spec.maximum is None and value > most:
        return replace(found, code="out_of_range", question="large")
    return found
