"""What the first screen offers a coordinator beside their own reports."""

from __future__ import annotations

from dialogs import texts as t
from dialogs.turn.turn_state import TurnState
from dialogs.values.rights import Right


def choices(turn: TurnState) -> tuple[tuple[str, str], ...]:
    """Following, compiling, and opening a campaign where there is none to follow; nothing for an official."""
    desk = turn.world.desk
    found = [("progress", t.FOLLOW)] if desk.scopes(Right.PROGRESS_READ) else []
    found += [("compile", t.COMPILE)] if turn.world.compilable() else []
    if not found and desk.holds(Right.CAMPAIGN_OPEN):
        found += [("campaigns", t.OPEN_CAMPAIGN), ("invite", t.INVITE)]
    return tuple(found)
