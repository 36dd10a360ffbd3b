"""What the first screen offers a coordinator beside their own reports."""

from __future__ import annotations

from dialogs.texts import desk as desk_texts
from dialogs.texts import following as following_texts
from dialogs.turn.turn_state import TurnState
from dialogs.values.rights import Right


def choices(turn: TurnState) -> tuple[tuple[str, str], ...]:
    """Following, compiling, and opening a campaign where there is none to follow; nothing for an official."""
    desk = turn.world.desk
    found = [("progress", following_texts.FOLLOW)] if desk.scopes(Right.PROGRESS_READ) else []
    found += [("compile", desk_texts.COMPILE)] if turn.world.compilable() else []
    if not found and desk.holds(Right.CAMPAIGN_OPEN):
        found += [("campaigns", desk_texts.OPEN_CAMPAIGN), ("invite", desk_texts.INVITE)]
    return tuple(found)
