"""Before sending, sending once, and handing over the unit's own Word and Excel."""

from __future__ import annotations

from collections import Counter

from dialogs.answering import views
from dialogs.answering.checks import EarlierValue, findings
from dialogs.forms.answers import Address, State
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import touched
from dialogs.texts import asking, checking, receipts
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import RenderReport, SendReport
from dialogs.values.findings import Finding, ReviewSummary
from dialogs.values.status import Status


def summary(turn: TurnState) -> ReviewSummary:
    """Run every check of the form again and count the states (checks may have changed since the entry)."""
    states = Counter(turn.answers[a].state for q in turn.questions for a in q.addresses if a in turn.answers)
    answered, total = turn.progress()
    missing = tuple(q for q in turn.questions if not turn.is_settled(q) and turn.may_write(q))
    return ReviewSummary(
        answered,
        total,
        states[State.ZERO],
        states[State.NONE],
        missing,
        tuple(q for q in missing if touched(q, turn.answers)),
        all_findings(turn),
    )


def all_findings(turn: TurnState) -> tuple[Finding, ...]:
    """Everything the checks find in the report as it stands, in the order of the questions."""
    last: dict[Address, EarlierValue] = {}
    for question in turn.questions:
        last |= turn.earlier(question)
    return tuple(findings(turn.form, turn.questions, turn.answers, last))


def open_review(turn: TurnState) -> None:
    """ "/nop": the summary; a report that is sent already only says so."""
    loose_ends(turn)
    if turn.report.status in (Status.SENT, Status.ACCEPTED) or turn.over:
        turn.set(question=0)
        turn.fire("arrive")
        return
    turn.set(kept=None, mark=turn.session.mark + 1)


def may_send(turn: TurnState) -> bool:
    return not summary(turn).blocked


def send(turn: TurnState) -> None:
    """One confirmation sends once: the number, the time and how it stands to the deadline; then the documents."""
    receipt = turn.report.next_receipt()
    turn.effects.append(SendReport(turn.report.id, receipt))
    turn.effects.append(RenderReport(turn.report.id))
    turn.notes.append(receipts.receipt(turn.report, receipt, turn.world.now, turn.world.zone))
    turn.body = receipts.sent_now(turn.report.unit)
    turn.set(question=0, part=0, kept=None, mark=turn.session.mark + 1)


def blocked(turn: TurnState) -> None:
    """Sending was asked for but a check must be met or explained first."""
    turn.refuse(checking.blocked(turn.form, summary(turn).blocked))


def show_warnings(turn: TurnState) -> None:
    """One page of the findings, with the ways to explain or correct each."""
    turn.set(page=whole(turn.argument) or 0)


def hand_over(turn: TurnState) -> None:
    """ "/tailieu": the Word and Excel as the report stands now."""
    turn.effects.append(RenderReport(turn.report.id))
    turn.notes.append(receipts.papers_coming(turn.report))


def look(turn: TurnState) -> None:
    """ "/xem": the answer of the present question in full, or that of a place."""
    if turn.argument:
        _look_at(turn, turn.argument)
    else:
        turn.body = views.answer_in_full(turn, turn.question)
    _and_here(turn)


def look_over(turn: TurnState) -> None:
    """ "/xem" where no question is open: the state of the whole report, or the answer of a place."""
    if turn.argument:
        _look_at(turn, turn.argument)
    else:
        turn.body = views.overview(turn)


def _and_here(turn: TurnState) -> None:
    """What is shown is not what is asked, so the question is named last."""
    if turn.body:
        turn.body += "\n" + asking.still_asked(turn.part_place)


def _look_at(turn: TurnState, place: str) -> None:
    question = navigation.find(turn, place)
    if question is not None:
        turn.body = views.answer_in_full(turn, question)


def help_here(turn: TurnState) -> None:
    """ "/trogiup": what may be typed, and what this question wants."""
    turn.body = views.help_text(turn)
