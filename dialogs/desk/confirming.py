"""The unit's leader confirms a report, where the campaign wants it: the leader's own sending is the confirmation."""

from __future__ import annotations

from dialogs.answering import review
from dialogs.forms.question_lookup import whole
from dialogs.texts import desk as desk_texts
from dialogs.texts import labels
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.navigation import is_shut, mark, stand_again
from dialogs.turn.reasons import read_reason
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import AskConfirmation, DeclineConfirmation


def asks_first(turn: TurnState) -> bool:
    """Whether this person's "Gửi" lays the report before a leader."""
    course = turn.course
    return course.confirms and bool(course.leads) and not course.may_confirm and not turn.limited


def must_ask(turn: TurnState) -> bool:
    return asks_first(turn) and review.may_send(turn)


def ask(turn: TurnState) -> None:
    """ "Trình duyệt": once; a second time only says who is waited for."""
    course = turn.course
    if course.asked is not None:
        turn.body = workflow_texts.already_asked(course.asked.by, course.asked.at, course.leads, turn.world.zone)
    else:
        turn.effects.append(AskConfirmation(turn.report.id))
        turn.body = workflow_texts.asked_to_confirm(course.leads)
    turn.set(kept=None, mark=turn.session.mark + 1)


def may_look(turn: TurnState) -> bool:
    return turn.world.report(whole(turn.argument) or 0) is not None


def look(turn: TurnState) -> None:
    """The button of the notice: the review of that report, whatever was done before."""
    loose_ends(turn)
    turn.enter(whole(turn.argument) or 0)
    review.open_review(turn)


def may_not_look(turn: TurnState) -> None:
    turn.refuse(workflow_texts.nothing_to_confirm())


def may_decline(turn: TurnState) -> bool:
    return turn.course.asked is not None and turn.course.may_confirm


def say(turn: TurnState) -> None:
    """What the leader answers to who laid the report before them."""
    comment = read_reason(turn, turn.text)
    if not comment:
        return
    asked = turn.course.asked
    if asked is None or not turn.course.may_confirm:
        turn.refuse(workflow_texts.nothing_to_confirm())
        turn.notes.append(workflow_texts.not_sent_yet(comment))
    else:
        turn.effects.append(DeclineConfirmation(turn.report.id, comment))
        turn.body = workflow_texts.declined_done(asked.by)
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.fire("decided")


def review_lines(turn: TurnState) -> list[str]:
    """What the review says of the way of the report: what changed since it was sent, who confirms it."""
    if turn.report.first_sent_at is None:
        return _confirmation_lines(turn)
    found = turn.world.changes(turn.report.id)
    whole_list = [("show_mine", workflow_texts.ALL_CHANGES)] if len(found) > desk_texts.FEW_CHANGES else []
    turn.extras += whole_list
    shown = desk_texts.few_changes(turn.form, found, zone=turn.world.zone)
    return [workflow_texts.changed_since(len(found)), *shown, *_confirmation_lines(turn)]


def show_mine(turn: TurnState) -> None:
    """All that was changed since the report was sent last."""
    lines = desk_texts.all_changes(turn.form, turn.world.changes(turn.report.id), turn.world.zone)
    turn.body = "\n".join([workflow_texts.changed_since(len(lines)), *lines])


def _confirmation_lines(turn: TurnState) -> list[str]:
    course, zone = turn.course, turn.world.zone
    if not course.confirms:
        return []
    if not course.leads:
        return [workflow_texts.nobody_confirms()]
    if course.asked is None:
        return [workflow_texts.will_be_confirmed(course.leads)] if not course.may_confirm else []
    if course.may_confirm:
        return [workflow_texts.waits_for_you(course.asked.by, course.asked.at, zone)]
    return [workflow_texts.already_asked(course.asked.by, course.asked.at, course.leads, zone)]


def choices(turn: TurnState) -> list[tuple[str, str]]:
    """The first choices of the review: to send, to lay before the leader, to hand back."""
    first = ("send", workflow_texts.LAY_BEFORE if asks_first(turn) else labels.SEND)
    return [first, *([("decline_report", workflow_texts.DECLINE_CONFIRMATION)] if may_decline(turn) else [])]


def declining(_: TurnState) -> Screen:
    return Screen(workflow_texts.ask_why_declined(), (("cancel", labels.NEVER_MIND),))


DIALOG = Dialog(
    "confirming",
    states=(
        DialogState(
            "declining", "what the leader answers to who laid a report before them is asked", declining, lettered=True
        ),
    ),
    table=(
        Transition("send", ("reviewing", "warned"), "home", must_ask, ask),
        Transition("show_mine", "reviewing", None, None, show_mine),
        Transition("lead_review", ANY, "reviewing", may_look, look),
        Transition("lead_review", ANY, None, None, may_not_look),
        Transition("decline_report", "reviewing", "declining", may_decline, mark),
        Transition("say", "declining", None, None, say),
        Transition("decided", "declining", "home"),
        Transition("check", "declining", None, is_shut, stand_again),
        Transition("cancel", "declining", "reviewing", None, review.open_review),
        Transition("back", "declining", "reviewing", None, review.open_review),
    ),
    inner=("decided",),
    anywhere=("lead_review",),
)
