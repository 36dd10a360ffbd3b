"""The unit's leader confirms a report, where the campaign wants it: the leader's own sending is the confirmation."""

from __future__ import annotations

from dialogs import texts
from dialogs.answering import review
from dialogs.desk import changed
from dialogs.forms.question_lookup import whole
from dialogs.texts import workflow as said
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.navigation import is_shut, mark, stand_again
from dialogs.turn.reasons import read_reason
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import AskConfirmation, DeclineConfirmation


def asks_first(step: Step) -> bool:
    """Whether this person's "Gửi" lays the report before a leader."""
    course = step.course
    return course.confirms and bool(course.leads) and not course.may_confirm and not step.limited


def must_ask(step: Step) -> bool:
    return asks_first(step) and review.may_send(step)


def ask(step: Step) -> None:
    """ "Trình duyệt": once; a second time only says who is waited for."""
    course = step.course
    if course.asked is not None:
        step.body = said.already_asked(course.asked.by, course.asked.at, course.leads, step.world.zone)
    else:
        step.effects.append(AskConfirmation(step.report.id))
        step.body = said.asked_to_confirm(course.leads)
    step.set(pending={}, mark=step.session.mark + 1)


def may_look(step: Step) -> bool:
    return step.world.report(whole(step.argument) or 0) is not None


def look(step: Step) -> None:
    """The button of the notice: the review of that report, whatever was done before."""
    loose_ends(step)
    step.enter(whole(step.argument) or 0)
    review.open_review(step)


def may_not_look(step: Step) -> None:
    step.refuse(said.nothing_to_confirm())


def may_decline(step: Step) -> bool:
    return step.course.asked is not None and step.course.may_confirm


def say(step: Step) -> None:
    """What the leader answers to who laid the report before them."""
    comment = read_reason(step, step.text)
    if not comment:
        return
    asked = step.course.asked
    if asked is None or not step.course.may_confirm:
        step.refuse(said.nothing_to_confirm())
        step.notes.append(said.not_sent_yet(comment))
    else:
        step.effects.append(DeclineConfirmation(step.report.id, comment))
        step.body = said.declined_done(asked.by)
    step.set(pending={}, mark=step.session.mark + 1)
    step.fire("decided")


def review_lines(step: Step) -> list[str]:
    """What the review says of the way of the report: what changed since it was sent, who confirms it."""
    if step.report.first_sent_at is None:
        return _confirmation_lines(step)
    found = step.world.changes(step.report.id)
    whole_list = [("show_mine", said.ALL_CHANGES)] if len(found) > changed.FEW else []
    step.extras += whole_list
    shown = changed.few(step.form, found, zone=step.world.zone)
    return [said.changed_since(len(found)), *shown, *_confirmation_lines(step)]


def show_mine(step: Step) -> None:
    """All that was changed since the report was sent last."""
    lines = changed.all_of(step.form, step.world.changes(step.report.id), step.world.zone)
    step.body = "\n".join([said.changed_since(len(lines)), *lines])


def _confirmation_lines(step: Step) -> list[str]:
    course, zone = step.course, step.world.zone
    if not course.confirms:
        return []
    if not course.leads:
        return [said.nobody_confirms()]
    if course.asked is None:
        return [said.will_be_confirmed(course.leads)] if not course.may_confirm else []
    if course.may_confirm:
        return [said.waits_for_you(course.asked.by, course.asked.at, zone)]
    return [said.already_asked(course.asked.by, course.asked.at, course.leads, zone)]


def choices(step: Step) -> list[tuple[str, str]]:
    """The first choices of the review: to send, to lay before the leader, to hand back."""
    first = ("send", said.LAY_BEFORE if asks_first(step) else texts.SEND)
    return [first, *([("decline_report", said.DECLINE_CONFIRMATION)] if may_decline(step) else [])]


def declining(_: Step) -> Screen:
    return Screen(said.ask_why_declined(), (("cancel", texts.NEVER_MIND),))


STATES = {"declining": "what the leader answers to who laid a report before them is asked"}
TABLE = (
    Row("send", ("reviewing", "warned"), "home", must_ask, ask),
    Row("show_mine", "reviewing", None, None, show_mine),
    Row("lead_review", ANY, "reviewing", may_look, look),
    Row("lead_review", ANY, None, None, may_not_look),
    Row("decline_report", "reviewing", "declining", may_decline, mark),
    Row("say", "declining", None, None, say),
    Row("decided", "declining", "home"),
    Row("check", "declining", None, is_shut, stand_again),
    Row("cancel", "declining", "reviewing", None, review.open_review),
    Row("back", "declining", "reviewing", None, review.open_review),
)
SCREENS = {"declining": declining}
