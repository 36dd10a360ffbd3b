"""Readings put together: each function gives one kind of answer its outcome, code, sentence and read-back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dialogs.kinds import KINDS, NUMERIC, Reads
from dialogs.reading import sentences
from dialogs.reading.cleaning import shorten
from dialogs.reading.model import Option, Outcome, Reading, Spec, Value
from dialogs.reading.printing import date_full
from dialogs.reading.states import NamedState


def is_text(spec: Spec) -> bool:
    """Whether the column takes words as they are."""
    return KINDS[spec.kind].reads in (Reads.WORDS, Reads.ENTRIES)


def is_number(spec: Spec) -> bool:
    """Whether the column takes numbers."""
    return spec.kind in NUMERIC


def refused(code: str, text: str, spec: Spec) -> Reading:
    """A refusal: what was read, what is accepted, an example."""
    return Reading(Outcome.REFUSED, code=code, why=sentences.problem(code, shorten(text), spec))


def asked(code: str, why: str, options: tuple[Option, ...]) -> Reading:
    """A question back with its options."""
    return Reading(Outcome.ASK, options=options, why=why, code=code)


def nought(spec: Spec) -> Value:
    """The value that stands for zero in a column: 0, Decimal(0), or nothing for words and dates."""
    if not is_number(spec):
        return None
    return 0 if KINDS[spec.kind].whole else Decimal(0)


def zero(spec: Spec, remark: bool = True) -> Reading:
    """Nothing happened, or nothing to report; from a word it is always read back (rule E5)."""
    echo = sentences.NOTHING_TO_REPORT if is_text(spec) else sentences.ZERO
    return Reading(Outcome.ZERO, nought(spec), echo=echo, remark=remark)


def none(code: str = "") -> Reading:
    """No figure exists, or (code ``not_applicable``) the unit has no such body."""
    echo = sentences.NOT_APPLICABLE if code == "not_applicable" else sentences.NO_FIGURE
    return Reading(Outcome.NONE, code=code, echo=echo, remark=True)


def zero_option(spec: Spec) -> Option:
    """The button for zero."""
    return Option(sentences.NOTHING_TO_REPORT if is_text(spec) else sentences.ZERO, Outcome.ZERO, nought(spec))


def none_option() -> Option:
    """The button for "no figure exists"."""
    return Option(sentences.NO_FIGURE, Outcome.NONE, None)


def state_reply(state: NamedState, text: str, spec: Spec) -> Reading:
    """The reading of a state word in this column."""
    if state.outcome is Outcome.NONE:
        return none(state.code)
    if not is_number(spec) and not is_text(spec):  # there is no such thing as a zero date
        why = sentences.question("none_only", shorten(text), spec)
        return asked(state.code or "ambiguous", why, (none_option(),))
    if state.outcome is Outcome.ZERO:
        return _zero_if_allowed(text, spec)
    may_be = [o for o in state.may_be if o is not Outcome.ZERO or _allows_zero(spec)]
    options = tuple(zero_option(spec) if o is Outcome.ZERO else none_option() for o in may_be)
    name = "none" if len(options) == 1 else "text_state" if is_text(spec) else "zero_or_none"
    return asked(state.code, sentences.question(name, shorten(text), spec), options)


def _zero_if_allowed(text: str, spec: Spec) -> Reading:
    return zero(spec) if _allows_zero(spec) else refused("out_of_range", text, spec)


def _allows_zero(spec: Spec) -> bool:
    return not is_number(spec) or spec.minimum is None or spec.minimum <= 0


def date_option(value: date) -> Option:
    """The button for a date."""
    return Option(date_full(value), Outcome.VALUE, value)
