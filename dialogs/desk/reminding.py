"""Reminding by hand: "/nhac", "/nhac kl62-2019", "/nhac Xã An Bình": who gets it is shown before it goes.

A text that is typed meanwhile is the line that goes with it. Who it reaches is looked up anew when it is confirmed, and
once more when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.desk import target_picker
from dialogs.desk.finding import find
from dialogs.desk.target_picker import Choosing, Target
from dialogs.reminders.messages import is_recent
from dialogs.texts import desk as desk_texts
from dialogs.texts import reminders as reminders_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import Errand
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import RemindNow
from dialogs.values.desk_world import ReportRow
from dialogs.values.outstanding import Outlook, Receiver
from dialogs.values.rights import Right
from dialogs.values.status import Status

OWED = frozenset({Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED})
MAX_LINE = 500
"""Characters of the line that goes with a reminder: it stands above the list on one phone screen."""

REMIND = Errand(
    "remind",
    reminders_texts.TO_REMIND,
    Right.REMINDER_SEND,
    "remind_here",
    frozenset({Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED}),
    of_report=False,
)


@dataclass(frozen=True, slots=True)
class Reminding(Target):
    """The line that goes with a reminder, and whether those get it too who were reminded a short while ago."""

    kind = "remind"
    comment: str = ""
    again: bool = False


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, REMIND)


def begin(turn: TurnState) -> None:
    """The command, or a button that names a report."""
    target_picker.seek(turn, REMIND)


def arrive(turn: TurnState) -> None:
    """The campaign is known, or one report; a unit may have been typed behind it."""
    known, typed = turn.kept(Target), target_picker.said(turn)
    reminded = Reminding(*known.aim)
    turn.set(kept=reminded, mark=turn.session.mark + 1)
    if not typed:
        return
    found = find(_owing(turn), typed)
    if len(found) == 1:
        turn.set(kept=replace(reminded, report=found[0].report))
    elif found:
        turn.body = desk_texts.several_units(typed, len(found))
        turn.offers += [
            (f"remind:#{each.report}", desk_texts.unit_label(each, True)) for each in found[: target_picker.PAGE]
        ]
    else:
        turn.refuse(reminders_texts.nobody_owes(typed))


def _owing(turn: TurnState) -> list[ReportRow]:
    """The reports that are meant and still owed."""
    known = turn.keeps(Target)
    if known and known.report:
        row = target_picker.target(turn)
        return [row] if row is not None and row.status in OWED else []
    scope = target_picker.scope_of(turn, REMIND, known.scope) if known else None
    rows = turn.world.desk.reports(scope, REMIND.right) if scope else ()
    return [row for row in rows if row.status in OWED]


def take_line(turn: TurnState) -> None:
    """What is typed goes with the reminder; typed again it is replaced."""
    line = turn.text.strip()
    if len(line) > MAX_LINE:
        turn.refuse(reminders_texts.line_too_long(len(line), MAX_LINE))
        return
    turn.set(kept=replace(turn.kept(Reminding), comment=line), mark=turn.session.mark + 1)


def has_line(turn: TurnState) -> bool:
    return bool(turn.kept(Reminding).comment)


def drop_line(turn: TurnState) -> None:
    """Back over the line that was typed; it is said to be unsent."""
    turn.notes.append(desk_texts.comment_not_sent(turn.kept(Reminding).comment))
    turn.set(kept=replace(turn.kept(Reminding), comment=""), mark=turn.session.mark + 1)


def to_units(turn: TurnState) -> None:
    """One of the units instead."""
    turn.set(kept=Choosing(*turn.kept(Reminding).aim), mark=turn.session.mark + 1)


def with_recent(turn: TurnState) -> None:
    """Also those who were reminded a short while ago."""
    turn.set(kept=replace(turn.kept(Reminding), again=True), mark=turn.session.mark + 1)


def confirm(turn: TurnState) -> None:
    """Send it to whoever owes now; the screen is left, so that a second press finds nothing to send."""
    known = turn.kept(Reminding)
    rows = _owing(turn)
    found = turn.world.outlook([row.report for row in rows])
    wanted = _wanted(turn, found, known.again)
    if wanted:
        turn.effects.append(RemindNow(tuple(row.report for row in rows), known.comment, known.again))
        turn.body = reminders_texts.hand_done(_people(wanted), found.goes_at, turn.world.now, turn.world.zone)
    else:
        turn.refuse(reminders_texts.hand_nobody())
    turn.set(kept=None, mark=turn.session.mark + 1)


def _wanted(turn: TurnState, found: Outlook, again: bool) -> list[Receiver]:
    return [each for each in found.receivers if not each.why and (again or not is_recent(each, turn.world.now))]


def _people(found: Sequence[Receiver]) -> int:
    return len({each.person for each in found})


def reminding(turn: TurnState) -> Screen:
    """The screen: exactly who gets it, who does not and why, and when it goes."""
    known = turn.kept(Reminding)
    rows = _owing(turn)
    found = turn.world.outlook([row.report for row in rows])
    wanted = _wanted(turn, found, known.again)
    recent = [each for each in found.receivers if not each.why and not known.again and is_recent(each, turn.world.now)]
    text = reminders_texts.hand_preview(
        rows[0].title if rows else "",
        len(rows),
        wanted,
        recent,
        [each for each in found.receivers if each.why],
        known.comment,
        found.goes_at,
        turn.world.now,
        turn.world.zone,
    )
    choices = [("confirm", reminders_texts.hand_label(_people(wanted)))] if wanted else []
    choices += [("with_recent", reminders_texts.hand_also(_people(recent)))] if recent else []
    choices += [("back", reminders_texts.WITHOUT_LINE)] if known.comment else []
    if not known.comment and not known.report and len(rows) > 1:
        choices.append(("back", reminders_texts.ONE_UNIT))
    return Screen(text, (*choices, ("cancel", desk_texts.DO_NOTHING)))


DIALOG = Dialog(
    "reminding",
    states=(DialogState("reminding", "who is about to be reminded by hand, to be confirmed", reminding),),
    table=(
        Transition("remind", ANY, "choosing", may, begin),
        Transition("remind", ANY, None, None, target_picker.refuse),
        Transition("remind_here", "choosing", "reminding", None, arrive),
        Transition("say", "reminding", None, None, take_line),
        Transition("with_recent", "reminding", None, None, with_recent),
        Transition("confirm", "reminding", "home", None, confirm),
        Transition("check", "reminding", "home", target_picker.lost, target_picker.give_up),
        Transition("back", "reminding", None, has_line, drop_line),
        Transition("back", "reminding", "choosing", None, to_units),
        Transition("cancel", "reminding", "home", None, target_picker.give_up),
    ),
    inner=("remind_here",),
    anywhere=("remind",),
    keeps=(Reminding,),
    errands=(REMIND,),
    commands=(
        TypedCommand("remind", ("nhac",), reminders_texts.MENU_REMIND, 170, Right.REMINDER_SEND, takes=Takes.ANYTHING),
    ),
)
