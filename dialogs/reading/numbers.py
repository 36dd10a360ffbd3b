"""Reading a number: whole, decimal, money or percent (input rules E2 to E6, E9)."""

from __future__ import annotations

from decimal import Decimal, localcontext

from dialogs.kinds import KINDS
from dialogs.reading import sentences
from dialogs.reading.cleaning import plain, shorten
from dialogs.reading.conversion import Candidate, Found, candidates
from dialogs.reading.digits import join_spaced
from dialogs.reading.lexicon import atoms_of
from dialogs.reading.measures import column_of, is_person
from dialogs.reading.model import Option, Outcome, Reading, Spec
from dialogs.reading.replies import asked, refused, zero, zero_option
from dialogs.reading.statement import statement

LONGEST = 200
CEILING = Decimal(10) ** 12
MOST_PEOPLE = Decimal(10) ** 8


def read_number(text: str, spec: Spec) -> Reading:
    """Read a text that is neither a state word nor a command as a number in the column's measure.

    Gives VALUE, ZERO, ASK with the candidates, or REFUSED. Never rounds, never adds numbers up.
    """
    if len(text) > 4 * LONGEST or len(plain(text)) > LONGEST:
        return refused("too_long", text, spec)
    found = candidates(statement(atoms_of(join_spaced(plain(text)))), spec)
    if not found.candidates:
        return refused(found.code, text, spec)
    return _settled(found, text, spec)


def _settled(found: Found, text: str, spec: Spec) -> Reading:
    faults = [_fault(c.value, spec) for c in found.candidates]
    possible = [c for c, fault in zip(found.candidates, faults, strict=True) if not fault]
    if not possible:
        return refused(faults[0], text, spec)
    if found.question:
        return _question(found, possible, text, spec)
    value = tidy(possible[0].value, spec)
    if value == 0:
        return zero(spec, found.remark)
    echo = sentences.in_measure(value, spec.measure)
    return Reading(Outcome.VALUE, value, echo=echo, remark=found.remark)


def _question(found: Found, possible: list[Candidate], text: str, spec: Spec) -> Reading:
    options = tuple({o.value: o for o in (_option(c, spec) for c in possible)}.values())
    name = "one" if found.question == "several" and len(options) == 1 else found.question
    first = sentences.number_in_measure(tidy(possible[0].value, spec), spec.measure)
    why = sentences.question(name, shorten(text), spec, first=first, count=len(options))
    return asked(found.code, why, options)


def _option(candidate: Candidate, spec: Spec) -> Option:
    value = tidy(candidate.value, spec)
    if value == 0:
        return zero_option(spec)
    return Option(candidate.label or sentences.number_label(value), Outcome.VALUE, value)


def tidy(value: Decimal, spec: Spec) -> int | Decimal:
    """An int for whole-number columns; otherwise the Decimal without trailing zeros or exponent."""
    if KINDS[spec.kind].whole:
        return int(value)
    with localcontext(prec=100):
        short = value.normalize()
        return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short + 0  # type: ignore[operator]


def _fault(value: Decimal, spec: Spec) -> str:
    """Why a value cannot stand in the column, as a code; "" if it can."""
    if value < 0 and (spec.minimum is None or spec.minimum >= 0):
        return "negative"
    if not _within(value, spec):
        return "out_of_range"
    if KINDS[spec.kind].whole:
        return "" if value == int(value) else "not_integer"
    many = spec.decimals is not None and _decimals(value) > spec.decimals
    return "too_many_decimals" if many else ""


def _within(value: Decimal, spec: Spec) -> bool:
    if abs(value) >= CEILING or (is_person(column_of(spec.kind, spec.measure)) and value > MOST_PEOPLE):
        return False
    low = spec.minimum is None or value >= spec.minimum
    return low and (spec.maximum is None or value <= spec.maximum)


def _decimals(value: Decimal) -> int:
    _, _, decimals = format(value, "f").partition(".")
    return len(decimals.rstrip("0"))
