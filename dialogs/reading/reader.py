"""The one reading: chat, Excel, CSV and the command line call ``read`` for the same kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.kinds import KINDS, Kind, Reads
from dialogs.reading.cleaning import clean
from dialogs.reading.dates import read_date
from dialogs.reading.model import Outcome, Reading, Spec
from dialogs.reading.numbers import read_number
from dialogs.reading.replies import refused, state_reply, zero
from dialogs.reading.states import is_command, state_of
from dialogs.reading.texts import read_choice, read_text

_READERS: Mapping[Reads, Callable[[str, Spec], Reading]] = {
    Reads.WORDS: read_text,
    Reads.ENTRIES: read_text,
    Reads.CHOICE: read_choice,
    Reads.DAY: read_date,
    Reads.NUMBER: read_number,
}
_WORDS = (Reads.WORDS, Reads.ENTRIES)
_NOUGHT = zero(Spec(Kind.INTEGER), remark=False)
_BARE = 3
"""Digits of a number that is printed as it is typed, and that no measure makes doubtful."""


def read(text: str, spec: Spec) -> Reading:
    """How a typed text is understood in a column.

    ``text`` is the raw message (old encodings show only there). Never raises on any text; an unknown kind is
    a fault of the caller and raises ValueError.
    """
    known = KINDS.get(spec.kind)
    if known is None or known.reads is None:
        raise ValueError(f"unknown kind of answer: {spec.kind!r}")
    if known.whole and text.isdecimal() and (count := _count(text, spec)) is not None:
        return count
    reader = _READERS[known.reads]
    if known.reads in _WORDS:
        return reader(text, spec)
    if not clean(text).strip():
        return refused("empty", text, spec)
    if known.reads is Reads.CHOICE:
        return reader(text, spec)
    state = state_of(text)
    if state is not None:
        return state_reply(state, text, spec)
    if is_command(text):
        return refused("command", text, spec)
    return reader(text, spec)


def _count(text: str, spec: Spec) -> Reading | None:
    """Up to three bare digits in a column of whole numbers: what most cells get, read in the short way.

    None where there is more to say, of a limit or of a zero before the number. A test holds both ways to one reading.
    """
    if not text.isascii() or len(text) > _BARE or text[0] == "0" != text or spec.measure == "%":
        return None
    value = int(text)
    if (spec.minimum is not None and value < spec.minimum) or (spec.maximum is not None and value > spec.maximum):
        return None
    if not value:
        return _NOUGHT
    return Reading(Outcome.VALUE, value, echo=f"{text} {spec.measure}".rstrip())
