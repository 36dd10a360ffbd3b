"""Fetching one unit's report: "/baocao Xã An Bình" hands its Word and Excel to whoever may read it."""

from __future__ import annotations

from dialogs.answering import evidence_dialog
from dialogs.desk import comparing, target_picker
from dialogs.texts import desk as desk_texts
from dialogs.texts import labels
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog
from dialogs.turn.errand import Errand
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import RenderReport
from dialogs.values.rights import Right
from dialogs.values.status import Status

REPORT = Errand("report", desk_texts.TO_FETCH, Right.REPORT_READ, "report_here")


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, REPORT)


def begin(turn: TurnState) -> None:
    """ "/baocao", "/baocao Xã An Bình", "/baocao kl62-2019 X1"."""
    target_picker.seek(turn, REPORT)


def hand(turn: TurnState) -> None:
    """The papers are made; what may be decided about the report is offered with them."""
    row = target_picker.target(turn)
    turn.set(kept=None, mark=turn.session.mark + 1)
    if row is None:
        turn.refuse(desk_texts.not_for_you())
        return
    turn.effects.append(RenderReport(row.report))
    changes = turn.world.desk.changes(row.report, Right.REPORT_READ)
    turn.body = "\n".join([desk_texts.papers_of(row), *changes])
    desk = turn.world.desk
    if row.status is Status.SENT and desk.report(row.report, Right.REPORT_ACCEPT):
        turn.offers.append((f"accept:#{row.report}", desk_texts.ACCEPT))
    if row.status in (Status.SENT, Status.ACCEPTED) and desk.report(row.report, Right.REPORT_RETURN):
        turn.offers.append((f"return:#{row.report}", desk_texts.RETURN))
    turn.offers += comparing.more(row.report, changes)
    evidence_dialog.offer(turn, row.report)
    turn.extras.append(("start", labels.HOME))


DIALOG = Dialog(
    "reporting",
    table=(
        Transition("report", ANY, "choosing", may, begin),
        Transition("report", ANY, None, None, target_picker.refuse),
        Transition("report_here", "choosing", "home", None, hand),
    ),
    inner=("report_here",),
    anywhere=("report",),
    errands=(REPORT,),
    commands=(
        TypedCommand("report", ("baocao",), desk_texts.MENU_REPORT, 160, Right.PROGRESS_READ, takes=Takes.ANYTHING),
    ),
)
