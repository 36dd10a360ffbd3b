"""Explaining a finding before sending: the reason is typed and stored with the figures it speaks of (C22)."""

from __future__ import annotations

from dialogs.answering.cells import typed_reason
from dialogs.answering.kept import FindingExplained
from dialogs.answering.review import all_findings
from dialogs.forms.answers import Answer
from dialogs.forms.question_lookup import whole
from dialogs.texts import checking, labels, places, refusals
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.transitions import Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.findings import Finding


def names_one(turn: TurnState) -> bool:
    """Whether the button names a finding that there still is, at a question that may be written."""
    return _named(turn) is not None


def begin(turn: TurnState) -> None:
    """The button "Giải trình": the finding is shown and its reason asked."""
    finding = _named(turn)
    if finding is None:
        raise LookupError(turn.argument)
    kept = FindingExplained(finding.addresses, finding.message, checking.explain_finding(turn.form, finding))
    turn.set(kept=kept, mark=turn.session.mark + 1)


def _named(turn: TurnState) -> Finding | None:
    number, found = whole(turn.argument), all_findings(turn)
    if number is None or not 1 <= number <= len(found):
        return None
    return found[number - 1] if turn.may_write(found[number - 1].question) else None


def save(turn: TurnState) -> None:
    """The reason, as it was typed. If the figures are others by now nothing is written."""
    reason = typed_reason(turn, refusals.empty_message())
    if not reason:
        return
    finding = _still_there(turn)
    if finding is None:
        turn.refuse(checking.nothing_to_explain())
    else:
        for answer in _stood_for(turn, finding):
            turn.save(answer.address, answer.state, answer.value, reason=reason, basis=answer.basis)
        turn.notes.append(checking.explained(places.question_place(turn.form, finding.question), reason))
    leave(turn)


def _still_there(turn: TurnState) -> Finding | None:
    """The finding that is being explained, unless a colleague has changed its figures meanwhile."""
    kept = turn.kept(FindingExplained)
    found = (each for each in all_findings(turn) if turn.may_write(each.question))
    return next((f for f in found if (f.addresses, f.message) == (kept.addresses, kept.message)), None)


def _stood_for(turn: TurnState, finding: Finding) -> list[Answer]:
    """The figures that bear the reason: the suspicious one, and whichever has none yet.

    A total that stands with the reason of another rule keeps it, so that no explanation is lost.
    """
    answers = [turn.answers[address] for address in finding.addresses if address in turn.answers]
    return [each for number, each in enumerate(answers) if number == 0 or not each.reason]


def leave(turn: TurnState) -> None:
    """Back to the summary, with or without a reason."""
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.fire("explained")


def justifying(turn: TurnState) -> Screen:
    return Screen(turn.kept(FindingExplained).ask, (("cancel", labels.NEVER_MIND),))


DIALOG = Dialog(
    "explain",
    states=(
        DialogState("justifying", "the reason for the figures of one finding is asked", justifying, lettered=True),
    ),
    table=(
        Transition("explain", ("reviewing", "warned"), "justifying", names_one, begin),
        Transition("say", "justifying", None, None, save),
        Transition("explained", "justifying", "reviewing", None, navigation.mark),
    ),
    inner=("explained",),
    keeps=(FindingExplained,),
)
