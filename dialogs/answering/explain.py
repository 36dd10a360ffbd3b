"""Explaining a finding before sending: the reason is typed and stored with the figures it speaks of (C22)."""

from __future__ import annotations

from dialogs import texts
from dialogs.answering.cells import typed_reason
from dialogs.answering.checks import Finding
from dialogs.answering.review import all_findings
from dialogs.forms.answers import Address, Answer
from dialogs.forms.question_lookup import whole
from dialogs.turn.turn_state import Step


def names_one(step: Step) -> bool:
    """Whether the button names a finding that there still is, at a question that may be written."""
    return _named(step) is not None


def begin(step: Step) -> None:
    """The button "Giải trình": the finding is shown and its reason asked."""
    finding = _named(step)
    if finding is None:
        raise LookupError(step.argument)
    pending = {
        "kind": "finding",
        "addresses": [list(address) for address in finding.addresses],
        "message": finding.message,
        "ask": texts.explain_finding(step, finding),
    }
    step.set(pending=pending, mark=step.session.mark + 1)


def _named(step: Step) -> Finding | None:
    number, found = whole(step.argument), all_findings(step)
    if number is None or not 1 <= number <= len(found):
        return None
    return found[number - 1] if step.may_write(found[number - 1].question) else None


def save(step: Step) -> None:
    """The reason, as it was typed. If the figures are others by now nothing is written."""
    reason = typed_reason(step, texts.empty_message())
    if not reason:
        return
    finding = _still_there(step)
    if finding is None:
        step.refuse(texts.nothing_to_explain())
    else:
        for answer in _stood_for(step, finding):
            step.save(answer.address, answer.state, answer.value, reason=reason, basis=answer.basis)
        step.notes.append(texts.explained(texts.question_place(step, finding.question), reason))
    leave(step)


def _still_there(step: Step) -> Finding | None:
    """The finding that is being explained, unless a colleague has changed its figures meanwhile."""
    pending = step.session.pending
    addresses = tuple(Address(*address) for address in pending["addresses"])
    found = (each for each in all_findings(step) if step.may_write(each.question))
    return next((f for f in found if (f.addresses, f.message) == (addresses, pending["message"])), None)


def _stood_for(step: Step, finding: Finding) -> list[Answer]:
    """The figures that bear the reason: the suspicious one, and whichever has none yet.

    A total that stands with the reason of another rule keeps it, so that no explanation is lost.
    """
    answers = [step.answers[address] for address in finding.addresses if address in step.answers]
    return [each for number, each in enumerate(answers) if number == 0 or not each.reason]


def leave(step: Step) -> None:
    """Back to the summary, with or without a reason."""
    step.set(pending={}, mark=step.session.mark + 1)
    step.fire("explained")
