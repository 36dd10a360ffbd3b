"""What the last sending of a report changed: "/thaydoi Xã An Bình", or the button of the news of it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.desk import target_picker
from dialogs.desk.target_picker import Target
from dialogs.forms.question_lookup import whole
from dialogs.texts import desk as desk_texts
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog
from dialogs.turn.errand import SENT_ONCE, Errand
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.rights import Right

CHANGES = Errand("changes", workflow_texts.TO_COMPARE, Right.REPORT_READ, "changes_here", SENT_ONCE)


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, CHANGES)


def begin(turn: TurnState) -> None:
    """ "/thaydoi", "/thaydoi Xã An Bình"."""
    target_picker.seek(turn, CHANGES)


def show_target(turn: TurnState) -> None:
    """All that the last sending of the report asked for changed."""
    report = turn.kept(Target).report
    turn.set(kept=None, mark=turn.session.mark + 1)
    _show(turn, report)


def show(turn: TurnState) -> None:
    """What the last sending changed, by a button; the screen that was there stays."""
    _show(turn, whole(turn.argument) or 0)


def more(report: int, lines: Sequence[str]) -> list[tuple[str, str]]:
    """The button that shows all, where ``lines`` (of ``Desk.changes``: a heading and the first of them) do not."""
    return [(f"show_changes:{report}", workflow_texts.ALL_CHANGES)] if len(lines) > 1 + desk_texts.FEW_CHANGES else []


def _show(turn: TurnState, report: int) -> None:
    view = turn.world.report(report) or turn.world.desk.paper(report, Right.REPORT_READ)
    if view is None:
        turn.refuse(desk_texts.no_longer_yours())
        return
    found = turn.world.resent(report)
    lines = desk_texts.all_changes(view.form, found, turn.world.zone)
    head = (
        workflow_texts.all_changes(view.title, view.unit.name, len(found))
        if found
        else workflow_texts.no_changes(view.unit.name)
    )
    turn.body = "\n".join([head, *lines])


DIALOG = Dialog(
    "comparing",
    table=(
        Transition("changes", ANY, "choosing", may, begin),
        Transition("changes", ANY, None, None, target_picker.refuse),
        Transition("changes_here", "choosing", "home", None, show_target),
        Transition("show_changes", ANY, None, None, show),
    ),
    inner=("changes_here",),
    anywhere=("changes", "show_changes"),
    errands=(CHANGES,),
    commands=(
        TypedCommand(
            "changes", ("thaydoi",), workflow_texts.MENU_CHANGES, 190, Right.REPORT_READ, takes=Takes.ANYTHING
        ),
    ),
)
