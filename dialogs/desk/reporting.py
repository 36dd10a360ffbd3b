"""Fetching one unit's report: "/baocao Xã An Bình" hands its Word and Excel to whoever may read it."""

from __future__ import annotations

from dialogs import texts as t
from dialogs.answering import evidence_dialog
from dialogs.desk import comparing, target_picker
from dialogs.turn.transitions import ANY, Row
from dialogs.turn.turn_state import Step
from dialogs.values.effects import RenderReport
from dialogs.values.rights import Right
from dialogs.values.status import Status


def may(step: Step) -> bool:
    return target_picker.reaches(step, "report")


def begin(step: Step) -> None:
    """ "/baocao", "/baocao Xã An Bình", "/baocao kl62-2019 X1"."""
    target_picker.seek(step, "report")


def hand(step: Step) -> None:
    """The papers are made; what may be decided about the report is offered with them."""
    row = target_picker.target(step)
    step.set(pending={}, mark=step.session.mark + 1)
    if row is None:
        step.refuse(t.not_for_you())
        return
    step.effects.append(RenderReport(row.report))
    changes = step.world.desk.changes(row.report, Right.REPORT_READ)
    step.body = "\n".join([t.papers_of(row), *changes])
    desk = step.world.desk
    if row.status is Status.SENT and desk.report(row.report, Right.REPORT_ACCEPT):
        step.offers.append((f"accept:#{row.report}", t.ACCEPT))
    if row.status in (Status.SENT, Status.ACCEPTED) and desk.report(row.report, Right.REPORT_RETURN):
        step.offers.append((f"return:#{row.report}", t.RETURN))
    step.offers += comparing.more(row.report, changes)
    evidence_dialog.offer(step, row.report)
    step.extras.append(("start", t.HOME))


TABLE = (
    Row("report", ANY, "choosing", may, begin),
    Row("report", ANY, None, None, target_picker.refuse),
    Row("report_here", "choosing", "home", None, hand),
)
