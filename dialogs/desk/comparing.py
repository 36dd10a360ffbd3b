"""What the last sending of a report changed: "/thaydoi Xã An Bình", or the button of the news of it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import texts
from dialogs.desk import changed, target_picker
from dialogs.forms.question_lookup import whole
from dialogs.texts import workflow as said
from dialogs.turn.transitions import ANY, Row
from dialogs.turn.turn_state import Step
from dialogs.values.rights import Right


def may(step: Step) -> bool:
    return target_picker.reaches(step, "changes")


def begin(step: Step) -> None:
    """ "/thaydoi", "/thaydoi Xã An Bình"."""
    target_picker.seek(step, "changes")


def show_target(step: Step) -> None:
    """All that the last sending of the report asked for changed."""
    report = int(step.session.pending["report"])
    step.set(pending={}, mark=step.session.mark + 1)
    _show(step, report)


def show(step: Step) -> None:
    """The same by a button; the screen that was there stays."""
    _show(step, whole(step.argument) or 0)


def more(report: int, lines: Sequence[str]) -> list[tuple[str, str]]:
    """The button that shows all, where ``lines`` (of ``Desk.changes``: a heading and the first of them) do not."""
    return [(f"show_changes:{report}", said.ALL_CHANGES)] if len(lines) > 1 + changed.FEW else []


def _show(step: Step, report: int) -> None:
    view = step.world.report(report) or step.world.desk.paper(report, Right.REPORT_READ)
    if view is None:
        step.refuse(texts.no_longer_yours())
        return
    found = step.world.resent(report)
    lines = changed.all_of(view.form, found, step.world.zone)
    head = said.all_changes(view.title, view.unit.name, len(found)) if found else said.no_changes(view.unit.name)
    step.body = "\n".join([head, *lines])


TABLE = (
    Row("changes", ANY, "choosing", may, begin),
    Row("changes", ANY, None, None, target_picker.refuse),
    Row("changes_here", "choosing", "home", None, show_target),
    Row("show_changes", ANY, None, None, show),
)
