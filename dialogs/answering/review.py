"""Before sending, sending once, and handing over the unit's own Word and Excel."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dialogs import texts
from dialogs.answering import views
from dialogs.answering.checks import Earlier, Finding, findings
from dialogs.forms.answers import Address, State
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.turn_state import Step
from dialogs.values.effects import RenderReport, SendReport
from dialogs.values.status import Status


@dataclass(frozen=True, slots=True)
class Summary:
    """What a person should see before sending: counts of cells, questions still open, findings of the checks."""

    answered: int
    total: int
    zeros: int
    nones: int
    missing: tuple[Question, ...]
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> tuple[Finding, ...]:
        """Findings that must be corrected or explained first."""
        return tuple(finding for finding in self.findings if finding.holds_back)


def summary(step: Step) -> Summary:
    """Run every check of the form again and count the states (checks may have changed since the entry)."""
    states = Counter(step.answers[a].state for q in step.questions for a in q.addresses if a in step.answers)
    answered, total = step.progress()
    return Summary(
        answered,
        total,
        states[State.ZERO],
        states[State.NONE],
        tuple(q for q in step.questions if not step.is_settled(q) and step.may_write(q)),
        all_findings(step),
    )


def all_findings(step: Step) -> tuple[Finding, ...]:
    """Everything the checks find in the report as it stands, in the order of the questions."""
    last: dict[Address, Earlier] = {}
    for question in step.questions:
        last |= step.earlier(question)
    return tuple(findings(step.form, step.questions, step.answers, last))


def open_review(step: Step) -> None:
    """ "/nop": the summary; a report that is sent already only says so."""
    loose_ends(step)
    if step.report.status in (Status.SENT, Status.ACCEPTED) or step.over:
        step.set(question=0)
        step.fire("arrive")
        return
    step.set(pending={}, mark=step.session.mark + 1)


def may_send(step: Step) -> bool:
    return not summary(step).blocked


def send(step: Step) -> None:
    """One confirmation sends once: the number, the time and how it stands to the deadline; then the documents."""
    receipt = step.report.next_receipt()
    step.effects.append(SendReport(step.report.id, receipt))
    step.effects.append(RenderReport(step.report.id))
    step.notes.append(texts.receipt(step, receipt))
    step.body = texts.sent_now(step.report.unit)
    step.set(question=0, part=0, pending={}, mark=step.session.mark + 1)


def blocked(step: Step) -> None:
    """Sending was asked for but a check must be met or explained first."""
    step.refuse(texts.blocked(step, summary(step).blocked))


def show_warnings(step: Step) -> None:
    """One page of the findings, with the ways to explain or correct each."""
    step.set(page=whole(step.argument) or 0)


def hand_over(step: Step) -> None:
    """ "/tailieu": the Word and Excel as the report stands now."""
    step.effects.append(RenderReport(step.report.id))
    step.notes.append(texts.papers_coming(step))


def look(step: Step) -> None:
    """ "/xem": the answer of the present question in full, or that of a place."""
    if step.argument:
        _look_at(step, step.argument)
    else:
        step.body = views.answer_in_full(step, step.question)
    _and_here(step)


def look_over(step: Step) -> None:
    """ "/xem" where no question is open: the state of the whole report, or the answer of a place."""
    if step.argument:
        _look_at(step, step.argument)
    else:
        step.body = views.overview(step)


def _and_here(step: Step) -> None:
    """What is shown is not what is asked, so the question is named last."""
    if step.body:
        step.body += "\n" + texts.still_asked(texts.place_here(step))


def _look_at(step: Step, place: str) -> None:
    question = navigation.find(step, place)
    if question is not None:
        step.body = views.answer_in_full(step, question)


def help_here(step: Step) -> None:
    """ "/trogiup": what may be typed, and what this question wants."""
    step.body = views.help_text(step)
