"""The checks of a form: what must hold between the figures of one row or one group of blanks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dialogs.answers import Address, Answer, State
from dialogs.form import Form, Rule
from dialogs.questions import Question


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold. ``explanation`` is the reason the unit gave for keeping the figures, '' if none."""

    question: Question
    rule: Rule
    left: Decimal
    right: Decimal
    explanation: str = ""


def rules_of(form: Form, field: str) -> tuple[Rule, ...]:
    """Return the rules between the columns of a table row, or between the blanks of a field."""
    if form.has_table(field):
        return form.table(field).rules
    return next((leaf.rules for leaf in form.fields() if leaf.key == field), ())


def broken(form: Form, question: Question, answers: Mapping[Address, Answer]) -> Iterator[Finding]:
    """Yield the rules of ``question`` that do not hold; one with an unanswered or empty side is left alone."""
    for rule in rules_of(form, question.field):
        left = _total(rule.left, question, answers)
        right = _total(rule.right, question, answers)
        if left is None or right is None or _holds(left, rule.op, right):
            continue
        yield Finding(question, rule, left, right, _explanation(rule, question, answers))


def _holds(left: Decimal, op: str, right: Decimal) -> bool:
    return left <= right if op == "<=" else left == right


def _total(keys: tuple[str, ...], question: Question, answers: Mapping[Address, Answer]) -> Decimal | None:
    total = Decimal(0)
    for key in keys:
        answer = answers.get(Address(question.field, question.row, key))
        if answer is None or answer.state not in (State.VALUE, State.ZERO):
            return None
        if answer.state is State.VALUE:
            if not isinstance(answer.value, int | Decimal):
                return None
            total += Decimal(answer.value)
    return total


def _explanation(rule: Rule, question: Question, answers: Mapping[Address, Answer]) -> str:
    addresses = (Address(question.field, question.row, key) for key in (*rule.left, *rule.right))
    return next((answers[a].reason for a in addresses if a in answers and answers[a].reason), "")
