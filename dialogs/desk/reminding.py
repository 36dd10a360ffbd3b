"""Reminding by hand: "/nhac", "/nhac kl62-2019", "/nhac Xã An Bình": who gets it is shown before it goes.

While it is shown ``pending`` holds {"errand", "scope" or "report", "comment", "again"}; a text that is typed is the
line that goes with it. Who it reaches is looked up anew when it is confirmed, and once more when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import texts as t
from dialogs.desk import target_picker
from dialogs.desk.desk_commands import ERRANDS
from dialogs.desk.finding import find
from dialogs.reminders.outstanding import Outlook, Receiver, is_recent
from dialogs.texts import reminders as words
from dialogs.turn.navigation import mark
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import RemindNow
from dialogs.values.desk_world import ReportRow
from dialogs.values.status import Status

OWED = frozenset({Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED})
MAX_LINE = 500
"""Characters of the line that goes with a reminder: it stands above the list on one phone screen."""


def may(step: Step) -> bool:
    return target_picker.reaches(step, "remind")


def begin(step: Step) -> None:
    """The command, or a button that names a report."""
    target_picker.seek(step, "remind")


def arrive(step: Step) -> None:
    """The campaign is known, or one report; a unit may have been typed behind it."""
    pending = dict(step.session.pending)
    typed = str(pending.pop("typed", ""))
    step.set(pending=pending, mark=step.session.mark + 1)
    if not typed:
        return
    found = find(_owing(step), typed)
    if len(found) == 1:
        step.set(pending={**pending, "report": found[0].report})
    elif found:
        step.body = t.several_units(typed, len(found))
        step.offers += [(f"remind:#{each.report}", t.unit_label(each, True)) for each in found[: target_picker.PAGE]]
    else:
        step.refuse(words.nobody_owes(typed))


def _owing(step: Step) -> list[ReportRow]:
    """The reports that are meant and still owed."""
    pending = step.session.pending
    if "report" in pending:
        row = target_picker.target(step)
        return [row] if row is not None and row.status in OWED else []
    scope = target_picker.scope_of(step, "remind", str(pending.get("scope", "")))
    rows = step.world.desk.reports(scope, ERRANDS["remind"].right) if scope else ()
    return [row for row in rows if row.status in OWED]


def take_line(step: Step) -> None:
    """What is typed goes with the reminder; typed again it is replaced."""
    line = step.text.strip()
    if len(line) > MAX_LINE:
        step.refuse(words.line_too_long(len(line), MAX_LINE))
        return
    step.set(pending={**step.session.pending, "comment": line}, mark=step.session.mark + 1)


def has_line(step: Step) -> bool:
    return bool(step.session.pending.get("comment"))


def drop_line(step: Step) -> None:
    """Back over the line that was typed; it is said to be unsent."""
    step.notes.append(t.comment_not_sent(str(step.session.pending["comment"])))
    step.set(pending={**step.session.pending, "comment": ""}, mark=step.session.mark + 1)


def with_recent(step: Step) -> None:
    """Also those who were reminded a short while ago."""
    step.set(pending={**step.session.pending, "again": True}, mark=step.session.mark + 1)


def confirm(step: Step) -> None:
    """Send it to whoever owes now; the screen is left, so that a second press finds nothing to send."""
    pending = step.session.pending
    rows = _owing(step)
    found = step.world.outlook([row.report for row in rows])
    again = bool(pending.get("again"))
    wanted = _wanted(step, found, again)
    if wanted:
        step.effects.append(RemindNow(tuple(row.report for row in rows), str(pending.get("comment", "")), again))
        step.body = words.hand_done(_people(wanted), found.goes_at, step.world.now, step.world.zone)
    else:
        step.refuse(words.hand_nobody())
    step.set(pending={}, mark=step.session.mark + 1)


def _wanted(step: Step, found: Outlook, again: bool) -> list[Receiver]:
    return [each for each in found.receivers if not each.why and (again or not is_recent(each, step.world.now))]


def _people(found: Sequence[Receiver]) -> int:
    return len({each.person for each in found})


def reminding(step: Step) -> Screen:
    """The screen: exactly who gets it, who does not and why, and when it goes."""
    pending = step.session.pending
    rows = _owing(step)
    found = step.world.outlook([row.report for row in rows])
    again = bool(pending.get("again"))
    wanted = _wanted(step, found, again)
    recent = [each for each in found.receivers if not each.why and not again and is_recent(each, step.world.now)]
    text = words.hand_preview(
        rows[0].title if rows else "",
        len(rows),
        wanted,
        recent,
        [each for each in found.receivers if each.why],
        str(pending.get("comment", "")),
        found.goes_at,
        step.world.now,
        step.world.zone,
    )
    choices = [("confirm", words.hand_label(_people(wanted)))] if wanted else []
    choices += [("with_recent", words.hand_also(_people(recent)))] if recent else []
    choices += [("back", words.WITHOUT_LINE)] if has_line(step) else []
    choices += [("back", words.ONE_UNIT)] if not has_line(step) and "report" not in pending and len(rows) > 1 else []
    return Screen(text, (*choices, ("cancel", t.DO_NOTHING)))


STATES = {"reminding": "who is about to be reminded by hand, to be confirmed"}
TABLE = (
    Row("remind", ANY, "choosing", may, begin),
    Row("remind", ANY, None, None, target_picker.refuse),
    Row("remind_here", "choosing", "reminding", None, arrive),
    Row("say", "reminding", None, None, take_line),
    Row("with_recent", "reminding", None, None, with_recent),
    Row("confirm", "reminding", "home", None, confirm),
    Row("check", "reminding", "home", target_picker.lost, target_picker.give_up),
    Row("back", "reminding", None, has_line, drop_line),
    Row("back", "reminding", "choosing", None, mark),
    Row("cancel", "reminding", "home", None, target_picker.give_up),
)
SCREENS = {"reminding": reminding}
