"""Evidence that is there: listed, handed over, taken off; how files come in is in ``receiving``.

Two screens show it: the *shelf* of one item, and the *dossier* of a whole report, also for those above who may read it.
Bytes are never looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import texts
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.turn_state import Step
from dialogs.values.attached import Evidence
from dialogs.values.decisions import HandEvidence, RemoveEvidence
from dialogs.values.rights import Right
from dialogs.values.world import ReportView

PAGE = 8


# --- the files of one item ----------------------------------------------------------------------------------------


def at_item(step: Step, question: Question) -> tuple[Evidence, ...]:
    """The files attached to an item, without those that this turn takes off."""
    gone = {effect.attachment for effect in step.effects if isinstance(effect, RemoveEvidence)}
    found = step.report.evidence() if step.view is not None else ()
    return tuple(
        each for each in found if (each.field, each.row) == (question.field, question.row) and each.id not in gone
    )


def open_files(step: Step) -> None:
    """ "/dinhkem": the files of the present question, or of the place that is named; of the whole report elsewhere."""
    question = navigation.find(step, step.argument) if step.argument else step.at(step.session.question)
    if step.refused:
        return
    if question is not None and question.field == DOCUMENT_DATA:
        step.refuse(texts.not_for_document())
    elif question is not None:
        show_shelf(step, question)
    else:
        _show_dossier(step, step.report.id)


def open_files_at(step: Step) -> None:
    """The button of a notice ("17:PL3.mttq"): the files of that item of that report."""
    named, _, prefix = step.argument.partition(":")
    number = whole(named)
    if number is None or number not in [card.report for card in step.world.cards()]:
        step.refuse(texts.evidence_not_there())
        return
    loose_ends(step)
    known = step.questions if step.enter(number) else ()
    question = next((q for q in known if prefix_of(q) == prefix), None)
    if question is None:
        step.refuse(texts.evidence_not_there())
    else:
        show_shelf(step, question)


def prefix_of(question: Question) -> str:
    return f"{question.field}.{question.row}" if question.row else question.field


def show_shelf(step: Step, question: Question) -> None:
    """Show the files of an item."""
    loose_ends(step)
    pending = {"kind": "shelf", "field": question.field, "row": question.row}
    step.set(pending=pending, page=0, mark=step.session.mark + 1)
    step.fire("shelved")


def shelf_question(step: Step) -> Question | None:
    """The question whose files are shown; None if it is this person's no more."""
    pending = step.session.pending
    place = (pending.get("field"), pending.get("row"))
    return next((question for question in step.questions if (question.field, question.row) == place), None)


def may_take_off(step: Step, each: Evidence) -> bool:
    """Whether this person may take a file off: their own, or any as the unit's lead."""
    return each.person == step.world.person.id or step.world.team(step.report.id).may_assign


def removable(step: Step) -> Evidence | None:
    """The file of the shelf that ``argument`` names, if the person may take it off."""
    question = shelf_question(step)
    if question is None or not step.may_write(question):
        return None
    named = whole(step.argument)
    return next((each for each in at_item(step, question) if each.id == named and may_take_off(step, each)), None)


def is_removable(step: Step) -> bool:
    return removable(step) is not None


def ask_take_off(step: Step) -> None:
    step.set(pending={**step.session.pending, "attachment": whole(step.argument)}, mark=step.session.mark + 1)


def refuse_take_off(step: Step) -> None:
    """It is somebody else's, gone already, or the item is locked."""
    question = shelf_question(step)
    locked = question is not None and not step.may_write(question)
    known = question is not None and any(each.id == whole(step.argument) for each in at_item(step, question))
    step.refuse(texts.cannot_attach() if locked else texts.only_own_or_lead() if known else texts.evidence_not_there())


def asked_about(step: Step) -> Evidence | None:
    """The file that is about to be taken off."""
    step = replace(step, argument=str(step.session.pending.get("attachment", "")))
    return removable(step)


def take_off(step: Step) -> None:
    found = asked_about(step)
    if found is not None:
        step.effects.append(RemoveEvidence(step.report.id, found.id))
        step.notes.append(texts.taken_off(found.name))
    back_to_shelf(step)


def back_to_shelf(step: Step) -> None:
    pending = {name: value for name, value in step.session.pending.items() if name != "attachment"}
    step.set(pending=pending, mark=step.session.mark + 1)


# --- the files of a report ----------------------------------------------------------------------------------------


def paper_id(step: Step) -> int:
    return int(step.session.pending.get("report", 0))


def paper(step: Step) -> ReportView | None:
    """The report whose files are shown: the person's own, or one that they may look at from above."""
    report = paper_id(step)
    own = step.report if step.view is not None and report == step.report.id else step.world.report(report)
    return own or step.world.desk.paper(report, Right.EVIDENCE_READ)


def dossier(step: Step) -> tuple[Evidence, ...]:
    """Its files, item by item in the order of the report."""
    view = paper(step)
    if view is None:
        return ()
    order = {(question.field, question.row): question.number for question in view.questions}
    return tuple(sorted(view.evidence(), key=lambda each: (order.get((each.field, each.row), len(order) + 1), each.id)))


def open_dossier(step: Step) -> None:
    """The button "Xem tệp đính kèm" of a report that the person may read."""
    number = whole(step.argument) or 0
    if step.world.report(number) is None and step.world.desk.report(number, Right.EVIDENCE_READ) is None:
        step.refuse(texts.evidence_not_there())
        return
    _show_dossier(step, number)


def _show_dossier(step: Step, report: int) -> None:
    loose_ends(step)
    step.set(pending={"kind": "dossier", "report": report}, page=0, mark=step.session.mark + 1)
    step.fire("gathered")


def visit_item(step: Step) -> None:
    """A place typed while the files of one's own report are shown: the files of that item."""
    if step.view is None or paper_id(step) != step.report.id:
        navigation.say_what(step)
        return
    question = navigation.find(step, step.text.strip())
    if question is not None:
        show_shelf(step, question)


def turn_page(step: Step) -> None:
    step.set(page=whole(step.argument) or 0)


# --- handing over -------------------------------------------------------------------------------------------------


def hand(step: Step) -> None:
    """Hand over files of the item, or of the report, that is shown."""
    if step.state == "dossier":
        _hand(step, paper_id(step), dossier(step))
        return
    question = shelf_question(step)
    _hand(step, step.report.id, at_item(step, question) if question is not None else ())


def _hand(step: Step, report: int, found: Sequence[Evidence]) -> None:
    """Hand over the file that the button names, or all that are shown."""
    wanted = [each for each in found if not step.argument or each.id == whole(step.argument)]
    if not wanted:
        step.refuse(texts.evidence_not_there())
        return
    step.effects.append(HandEvidence(report, tuple(each.id for each in wanted)))
    step.notes.append(texts.files_coming(len(wanted)))
