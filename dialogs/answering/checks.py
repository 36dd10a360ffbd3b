"""The checks of a form: its rules between figures, and figures that look like a slip (C22).

Nothing here stops anybody: a finding is shown with its place, it is corrected or explained, and only one whose data
say ``blocking`` holds the sending back until then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from dialogs.forms.answers import NOT_APPLICABLE, Address, Said, State, Value
from dialogs.forms.form import Column, Form, Rule
from dialogs.forms.questions import Question
from dialogs.reading.conversion import doubtful_from
from dialogs.texts import checking
from dialogs.values.findings import Finding

OUTLIER_TIMES = 300
"""A unit's figure this many times the median of the others is told to the coordinator: a slip of 1,000, less spread."""

OUTLIER_OTHERS = 5
"""Fewest other units with a figure that is not zero; among fewer a median says nothing."""

Unit = TypeVar("Unit", bound=Hashable)


class EarlierValue(Protocol):
    """What the unit gave at an address last period; ``world.Last`` is one, an ``Answer`` too."""

    @property
    def state(self) -> State: ...
    @property
    def value(self) -> Value: ...


@dataclass(frozen=True, slots=True)
class Outlier(Generic[Unit]):
    """One unit's figure that is far above the median of the other units' for the same cell."""

    unit: Unit
    value: int | Decimal
    median: Decimal


def findings(
    form: Form, questions: Sequence[Question], answers: Mapping[Address, Said], last: Mapping[Address, EarlierValue]
) -> Iterator[Finding]:
    """Yield everything the checks of ``form`` find among ``answers``, in the order of the questions.

    ``questions`` are all those of one unit; ``last`` its figures of the period before, where there are any.
    """
    columns = _columns(form, questions, answers)
    for question in questions:
        yield from broken(form, question, answers)
        for address, column in question.figures:
            found = _suspicion(form, question, answers, address, column, last.get(address), columns)
            if found is not None:
                yield found


def broken(form: Form, question: Question, answers: Mapping[Address, Said]) -> Iterator[Finding]:
    """Yield the rules of ``question`` that do not hold; one with an unanswered or empty side is left alone."""
    for rule in rules_of(form, question.field) if question.parts[0].columns else ():
        left = _total(rule.left, question, answers)
        right = _total(rule.right, question, answers)
        if left is None or right is None or _holds(left, rule.op, right):
            continue
        addresses = tuple(Address(question.field, question.row, key) for key in (*rule.left, *rule.right))
        message = checking.rule_broken(rule.message, left, right)
        yield Finding(question, addresses, message, rule.blocking, explanation(addresses, answers))


def suspicions(
    form: Form,
    question: Question,
    beside: Sequence[Question],
    answers: Mapping[Address, Said],
    last: Mapping[Address, EarlierValue],
) -> Iterator[Finding]:
    """Yield the figures of ``question`` alone that look like a slip; ``beside`` are all questions of its table."""
    columns = _columns(form, beside, answers)
    for address, column in question.figures:
        found = _suspicion(form, question, answers, address, column, last.get(address), columns)
        if found is not None:
            yield found


def rules_of(form: Form, field: str) -> tuple[Rule, ...]:
    """Return the rules between the columns of a table row, or between the blanks of a field."""
    table, leaf = form.tables_by_key.get(field), form.leaves.get(field)
    return table.rules if table else leaf.rules if leaf else ()


def explanation(addresses: Sequence[Address], answers: Mapping[Address, Said]) -> str:
    """Return the reason given for these figures, '' unless each of them stands with one.

    A figure that is changed loses its reason, so an explanation never outlives what it explained.
    """
    reasons = [answers[address].reason for address in addresses if address in answers]
    explained = bool(reasons) and all(reason not in ("", NOT_APPLICABLE) for reason in reasons)
    return reasons[0] if explained else ""


def outliers(figures: Mapping[Unit, int | Decimal]) -> Iterator[Outlier[Unit]]:
    """Yield the units whose figure for one cell is at least 300 times the median of 5 or more others that are not zero.

    ``figures`` holds one cell's figures by unit; units without one are not in it.
    """
    ordered = sorted(Decimal(value) for value in figures.values() if value > 0)
    if len(ordered) <= OUTLIER_OTHERS:
        return
    for unit, value in figures.items():
        if value <= 0:
            continue
        median = _median_without(ordered, bisect_left(ordered, value))
        if value >= OUTLIER_TIMES * median:
            yield Outlier(unit, value, median)


def _holds(left: Decimal, op: str, right: Decimal) -> bool:
    return left <= right if op == "<=" else left == right


def _total(keys: tuple[str, ...], question: Question, answers: Mapping[Address, Said]) -> Decimal | None:
    total = Decimal(0)
    for key in keys:
        value = figure(answers.get(Address(question.field, question.row, key)))
        if value is None:
            return None
        total += value
    return total


def figure(told: EarlierValue | None) -> Decimal | None:
    """Return the figure that was told, 0 for a zero; None where there is none."""
    if told is None or told.state not in (State.VALUE, State.ZERO):
        return None
    if told.state is State.ZERO:
        return Decimal(0)
    return Decimal(told.value) if isinstance(told.value, int | Decimal) else None


_Columns = dict[tuple[str, str, str, str], list[Decimal]]
"""The figures above zero of a table's column, in order; rows that count in another unit have another key."""


def _key(address: Address, column: Column) -> tuple[str, str, str, str]:
    return address.field, column.key, column.kind.value, column.measure


def _columns(form: Form, questions: Sequence[Question], answers: Mapping[Address, Said]) -> _Columns:
    found: _Columns = {}
    if form.checks.unit_slip is None:
        return found
    for question in questions:
        for address, column in question.figures if question.row else ():
            told = answers.get(address)
            if told is not None and told.state is State.VALUE and (value := figure(told)):
                found.setdefault(_key(address, column), []).append(value)
    for values in found.values():
        values.sort()
    return found


def _suspicion(
    form: Form,
    question: Question,
    answers: Mapping[Address, Said],
    address: Address,
    column: Column,
    earlier: EarlierValue | None,
    columns: _Columns,
) -> Finding | None:
    """Return the gravest thing about one figure: a slip of its unit before a mere jump."""
    value, before = figure(answers.get(address)), figure(earlier)
    if value is None:
        return None
    slip, jump = form.checks.unit_slip, form.checks.jump
    said = ""
    if slip is not None and value:
        said = _slip(column, value, before, slip.times, _others(columns, address, column, value, slip.rows))
    blocking = slip is not None and slip.blocking
    if not said and jump is not None and before and max(value, before) >= jump.floor:
        said, blocking = _jump(column, value, before, jump.times), jump.blocking
    return Finding(question, (address,), said, blocking, explanation((address,), answers)) if said else None


def _slip(column: Column, value: Decimal, before: Decimal | None, times: Decimal, median: Decimal | None) -> str:
    if before and value >= times * before:
        return checking.slip_since_last(column, value, before)
    if median is not None and value >= times * median:
        return checking.slip_among_rows(column, value, median)
    limit = doubtful_from(column.kind, column.unit)
    return checking.slip_of_money(column, value) if limit is not None and value >= limit else ""


def _others(columns: _Columns, address: Address, column: Column, value: Decimal, fewest: int) -> Decimal | None:
    """The median of the other rows' figures, None if there are too few of them."""
    ordered = columns.get(_key(address, column), [])
    return _median_without(ordered, bisect_left(ordered, value)) if len(ordered) > fewest and address.row else None


def _jump(column: Column, value: Decimal, before: Decimal, times: Decimal) -> str:
    if value >= times * before:
        return checking.jump_up(column, value, before)
    return checking.jump_down(column, value, before) if value * times <= before else ""


def _median_without(ordered: Sequence[Decimal], index: int) -> Decimal:
    """Return the median of a sorted sequence of two or more values without the one at ``index``."""
    rest = len(ordered) - 1
    low, high = (rest - 1) // 2, rest // 2
    below = ordered[low + (low >= index)]
    above = ordered[high + (high >= index)]
    return (below + above) / 2
