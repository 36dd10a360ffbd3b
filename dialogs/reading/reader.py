"""The one reading: chat, Excel, CSV and the command line call ``read`` for the same kind of answer."""

from __future__ import annotations

from dialogs.reading.cleaning import clean
from dialogs.reading.dates import read_date
from dialogs.reading.model import Reading, Spec
from dialogs.reading.numbers import read_number
from dialogs.reading.replies import is_number, is_text, refused, state_reply
from dialogs.reading.states import is_command, state_of
from dialogs.reading.texts import read_choice, read_text


def read(text: str, spec: Spec) -> Reading:
    """How a typed text is understood in a column.

    ``text`` is the raw message (old encodings show only there). Never raises on any text; an unknown kind is
    a fault of the caller and raises ValueError.
    """
    if is_text(spec):
        return read_text(text, spec)
    if not clean(text).strip():
        return refused("empty", text, spec)
    if spec.kind == "choice":
        return read_choice(text, spec)
    state = state_of(text)
    if state is not None:
        return state_reply(state, text, spec)
    if is_command(text):
        return refused("command", text, spec)
    if spec.kind == "date":
        return read_date(text, spec)
    if not is_number(spec):
        raise ValueError(f"unknown kind of answer: {spec.kind!r}")
    return read_number(text, spec)
