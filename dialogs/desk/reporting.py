"""Fetching one unit's report: "/baocao Xã An Bình" hands its Word and Excel to whoever may read it."""

from __future__ import annotations

from dialogs import evidence_ways
from dialogs import texts as t
from dialogs.desk import comparing, targets
from dialogs.effects import RenderReport
from dialogs.rights import Right
from dialogs.status import Status
from dialogs.step import Step
from dialogs.ways import ANY, Row


def may(step: Step) -> bool:
    return targets.reaches(step, "report")


def begin(step: Step) -> None:
    """ "/baocao", "/baocao Xã An Bình", "/baocao kl62-2019 X1"."""
    targets.seek(step, "report")


def hand(step: Step) -> None:
    """The papers are made; what may be decided about the report is offered with them."""
    row = targets.target(step)
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
    evidence_ways.offer(step, row.report)
    step.extras.append(("start", t.HOME))


TABLE = (
    Row("report", ANY, "choosing", may, begin),
    Row("report", ANY, None, None, targets.refuse),
    Row("report_here", "choosing", "home", None, hand),
)
