"""A reason or a comment that belongs to a decision: one message, kept as it was typed."""

from __future__ import annotations

from dialogs.reading import clean
from dialogs.texts import workflow as said
from dialogs.turn.turn_state import TurnState


def read_reason(turn: TurnState, typed: str) -> str:
    """Return what was typed as a reason or a comment; '' if it is none or too long, which is said."""
    reason = clean(typed).strip()
    if not reason:
        turn.refuse(said.reason_empty())
    elif len(reason) > said.MAX_REASON:
        turn.refuse(said.reason_too_long(len(reason)))
        return ""
    return reason
