"""A reason or a comment that belongs to a decision: one message, kept as it was typed."""

from __future__ import annotations

from dialogs.reading import clean
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.turn_state import TurnState


def read_reason(turn: TurnState, typed: str) -> str:
    """Return what was typed as a reason or a comment; '' if it is none or too long, which is said."""
    reason = clean(typed).strip()
    if not reason:
        turn.refuse(workflow_texts.reason_empty())
    elif len(reason) > workflow_texts.MAX_REASON:
        turn.refuse(workflow_texts.reason_too_long(len(reason)))
        return ""
    return reason
