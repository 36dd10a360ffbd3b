"""Putting reminders off: "Nhắc lại sau" under a reminder, or "/nhacsau 3 ngày" typed anywhere.

Nothing of the open question is touched: no state changes, and its buttons stay good.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from dialogs.reading import fold
from dialogs.reminders.reminding import USUAL_SCHEDULE, is_working, usual_moment, working_day
from dialogs.texts import reminders as reminders_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import PostponeReminders

AFTERNOON = time(14, 0)
MOST_DAYS = 14

TODAY, TOMORROW, SOME_DAYS = "chieu", "1", "3"
_OFF = frozenset({"huy", "thoi", "khong", "bo", "khong hoan"})
_SAID = {"chieu": TODAY, "chieu nay": TODAY, "mai": TOMORROW, "ngay mai": TOMORROW, "sang mai": TOMORROW, "mot": "2"}
_DAYS = re.compile(r"(?:sau )?([0-9]{1,3})(?: ngay)?(?: nua)?")


def postpone(turn: TurnState) -> None:
    """Ask until when, or put off until then. What was typed and is not understood is said."""
    said = fold(turn.argument).strip()
    if not said:
        _ask(turn)
    elif said in _OFF:
        turn.effects.append(PostponeReminders(turn.world.now))
        turn.notes.append(reminders_texts.later_off())
    else:
        _until(turn, _SAID.get(said, said))


def _ask(turn: TurnState) -> None:
    turn.body = reminders_texts.later_when()
    offered = [(TODAY, reminders_texts.LATER_TODAY)] if _afternoon(turn) else []
    offered += [(TOMORROW, reminders_texts.LATER_TOMORROW), (SOME_DAYS, reminders_texts.LATER_DAYS)]
    turn.offers += [(f"later:{argument}", label) for argument, label in offered]


def _until(turn: TurnState, said: str) -> None:
    days = _DAYS.fullmatch(said)
    if said == TODAY and _afternoon(turn) is None:
        said, days = TOMORROW, _DAYS.fullmatch(TOMORROW)
    if said != TODAY and days is None:
        turn.refuse(reminders_texts.later_not_read(turn.argument))
    elif days is not None and not 1 <= int(days[1]) <= MOST_DAYS:
        turn.refuse(reminders_texts.later_too_far(MOST_DAYS))
    else:
        until = _morning(turn, int(days[1])) if days is not None else _afternoon(turn)
        if until is not None:
            turn.effects.append(PostponeReminders(until))
            turn.notes.append(reminders_texts.later_set(until, turn.world.zone))


def _afternoon(turn: TurnState) -> datetime | None:
    """This afternoon, None if it has come or today is no working day."""
    here = turn.world.now.astimezone(turn.world.zone)
    then = datetime.combine(here.date(), AFTERNOON, turn.world.zone)
    return then if here < then and is_working(USUAL_SCHEDULE, then, turn.world.zone) else None


def _morning(turn: TurnState, days: int) -> datetime:
    """The morning so many days on, or of the working day after that."""
    day = turn.world.now.astimezone(turn.world.zone).date() + timedelta(days=days)
    return usual_moment(USUAL_SCHEDULE, working_day(USUAL_SCHEDULE, day, 1), turn.world.zone)


DIALOG = Dialog(
    "postponing",
    table=(Transition("later", ANY, None, None, postpone),),
    anywhere=("later",),
    commands=(TypedCommand("later", ("nhacsau",), reminders_texts.MENU_POSTPONE, 270, takes=Takes.ANYTHING),),
)
