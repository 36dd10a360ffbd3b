"""The terms of a new campaign: what counts, who confirms, when it reminds, its key."""

from __future__ import annotations

import re
from collections.abc import Callable

from dialogs.campaigns.drafting import change, draft_of, plan_of
from dialogs.reading import clean, fold
from dialogs.reminders.reminding import BadSchedule, read_schedule
from dialogs.texts import opening as opening_texts
from dialogs.texts import refusals
from dialogs.turn.turn_state import TurnState
from dialogs.values.plans import COUNTS

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_DAYS = re.compile(r"[+-]?[0-9]{1,3}")


def names_nothing(turn: TurnState) -> bool:
    """Whether the button only leads to the list of parts."""
    return not turn.argument


def means(part: str) -> Callable[[TurnState], bool]:
    """Return whether a button means ``part`` of the plan."""

    def condition(turn: TurnState) -> bool:
        return turn.argument == part

    condition.__name__ = f"means_{part}"
    return condition


def flip(turn: TurnState) -> None:
    """A switch of the summary: leader's confirmation, telling at once, escalation, or one of the form's own."""
    draft, plan = draft_of(turn), plan_of(turn)
    what, _, key = turn.argument.partition(":")
    if what in ("confirm", "notify", "escalate"):
        change(turn, **{what: not getattr(draft, what)})
    elif what == "switch" and plan is not None and key in {each.key for each in plan.switches}:
        change(turn, switches=draft.switches ^ {key})
    else:
        turn.refuse(refusals.no_such_choice())


def take_counted(turn: TurnState) -> None:
    if turn.argument not in COUNTS:
        turn.refuse(refusals.no_such_choice())
        return
    change(turn, counted=turn.argument)
    turn.fire("draft_on")


def take_reminders(turn: TurnState) -> None:
    """ "Lịch thường" or "Không nhắc tự động"."""
    change(turn, offsets=() if turn.argument == "never" else None)
    turn.fire("draft_on")


def say_reminders(turn: TurnState) -> None:
    """Days before the last day; "+1" is one after it."""
    pieces = fold(turn.text).replace(",", " ").replace(";", " ").split()
    if not pieces or not all(_DAYS.fullmatch(each) for each in pieces):
        turn.refuse(opening_texts.unread_reminders(turn.text))
        return
    offsets = tuple(sorted({int(each) if each.startswith(("+", "-")) else -int(each) for each in pieces}))
    try:
        read_schedule({"offsets": list(offsets)})
    except BadSchedule as bad:
        turn.refuse(str(bad))
        return
    change(turn, offsets=offsets)
    turn.fire("draft_on")


def say_key(turn: TurnState) -> None:
    """Another key: spelled well and free."""
    key = clean(turn.text).strip()
    if not _KEY.fullmatch(key):
        turn.refuse(opening_texts.wrong_key(key))
        return
    free = turn.world.plans.free_key(key)
    if free != key:
        turn.refuse(opening_texts.key_taken(key, free))
        return
    change(turn, key=key)
    turn.fire("draft_on")
