"""Putting reminders off: "Nhắc lại sau" under a reminder, or "/nhacsau 3 ngày" typed anywhere.

Nothing of the open question is touched: no state changes, and its buttons stay good.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from dialogs.reading import fold
from dialogs.reminders.reminding import USUAL_SCHEDULE, is_working, usual_moment, working_day
from dialogs.texts import reminders as words
from dialogs.turn.transitions import ANY, Row
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import PostponeReminders

AFTERNOON = time(14, 0)
MOST_DAYS = 14

TODAY, TOMORROW, SOME_DAYS = "chieu", "1", "3"
_OFF = frozenset({"huy", "thoi", "khong", "bo", "khong hoan"})
_SAID = {"chieu": TODAY, "chieu nay": TODAY, "mai": TOMORROW, "ngay mai": TOMORROW, "sang mai": TOMORROW, "mot": "2"}
_DAYS = re.compile(r"(?:sau )?([0-9]{1,3})(?: ngay)?(?: nua)?")


def postpone(step: Step) -> None:
    """Ask until when, or put off until then. What was typed and is not understood is said."""
    said = fold(step.argument).strip()
    if not said:
        _ask(step)
    elif said in _OFF:
        step.effects.append(PostponeReminders(step.world.now))
        step.notes.append(words.later_off())
    else:
        _until(step, _SAID.get(said, said))


def _ask(step: Step) -> None:
    step.body = words.later_when()
    offered = [(TODAY, words.LATER_TODAY)] if _afternoon(step) else []
    offered += [(TOMORROW, words.LATER_TOMORROW), (SOME_DAYS, words.LATER_DAYS)]
    step.offers += [(f"later:{argument}", label) for argument, label in offered]


def _until(step: Step, said: str) -> None:
    days = _DAYS.fullmatch(said)
    if said == TODAY and _afternoon(step) is None:
        said, days = TOMORROW, _DAYS.fullmatch(TOMORROW)
    if said != TODAY and days is None:
        step.refuse(words.later_not_read(step.argument))
    elif days is not None and not 1 <= int(days[1]) <= MOST_DAYS:
        step.refuse(words.later_too_far(MOST_DAYS))
    else:
        until = _morning(step, int(days[1])) if days is not None else _afternoon(step)
        if until is not None:
            step.effects.append(PostponeReminders(until))
            step.notes.append(words.later_set(until, step.world.zone))


def _afternoon(step: Step) -> datetime | None:
    """This afternoon, None if it has come or today is no working day."""
    here = step.world.now.astimezone(step.world.zone)
    then = datetime.combine(here.date(), AFTERNOON, step.world.zone)
    return then if here < then and is_working(USUAL_SCHEDULE, then, step.world.zone) else None


def _morning(step: Step, days: int) -> datetime:
    """The morning so many days on, or of the working day after that."""
    day = step.world.now.astimezone(step.world.zone).date() + timedelta(days=days)
    return usual_moment(USUAL_SCHEDULE, working_day(USUAL_SCHEDULE, day, 1), step.world.zone)


TABLE = (Row("later", ANY, None, None, postpone),)
