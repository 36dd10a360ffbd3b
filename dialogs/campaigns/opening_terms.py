"""The terms of a new campaign: what counts, who confirms, when it reminds, its key."""

from __future__ import annotations

import re
from collections.abc import Callable

from dialogs import texts
from dialogs.campaigns.drafting import COUNTS, change, draft_of, plan_of
from dialogs.reading import clean, fold
from dialogs.reminders.reminding import BadSchedule, read_schedule
from dialogs.texts import opening as t
from dialogs.turn.turn_state import Step

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_DAYS = re.compile(r"[+-]?[0-9]{1,3}")


def names_nothing(step: Step) -> bool:
    """Whether the button only leads to the list of parts."""
    return not step.argument


def means(part: str) -> Callable[[Step], bool]:
    """Return whether a button means ``part`` of the plan."""

    def condition(step: Step) -> bool:
        return step.argument == part

    condition.__name__ = f"means_{part}"
    return condition


def flip(step: Step) -> None:
    """A switch of the summary: leader's confirmation, telling at once, escalation, or one of the form's own."""
    draft, plan = draft_of(step), plan_of(step)
    what, _, key = step.argument.partition(":")
    if what in ("confirm", "notify", "escalate"):
        change(step, **{what: not getattr(draft, what)})
    elif what == "switch" and plan is not None and key in {each.key for each in plan.switches}:
        change(step, switches=draft.switches ^ {key})
    else:
        step.refuse(texts.no_such_choice())


def take_counted(step: Step) -> None:
    if step.argument not in COUNTS:
        step.refuse(texts.no_such_choice())
        return
    change(step, counted=step.argument)
    step.fire("draft_on")


def take_reminders(step: Step) -> None:
    """ "Lịch thường" or "Không nhắc tự động"."""
    change(step, offsets=() if step.argument == "never" else None)
    step.fire("draft_on")


def say_reminders(step: Step) -> None:
    """Days before the last day; "+1" is one after it."""
    pieces = fold(step.text).replace(",", " ").replace(";", " ").split()
    if not pieces or not all(_DAYS.fullmatch(each) for each in pieces):
        step.refuse(t.unread_reminders(step.text))
        return
    offsets = tuple(sorted({int(each) if each.startswith(("+", "-")) else -int(each) for each in pieces}))
    try:
        read_schedule({"offsets": list(offsets)})
    except BadSchedule as bad:
        step.refuse(str(bad))
        return
    change(step, offsets=offsets)
    step.fire("draft_on")


def say_key(step: Step) -> None:
    """Another key: spelled well and free."""
    key = clean(step.text).strip()
    if not _KEY.fullmatch(key):
        step.refuse(t.wrong_key(key))
        return
    free = step.world.plans.free_key(key)
    if free != key:
        step.refuse(t.key_taken(key, free))
        return
    change(step, key=key)
    step.fire("draft_on")
