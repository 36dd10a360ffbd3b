"""Evidence that is there: listed, handed over, taken off; how files come in is in ``receiving``.

Two screens show it: the *shelf* of one item, and the *dossier* of a whole report, also for those above who may read it.
Bytes are never looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.answering.kept import DossierShown, ShelfShown
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question
from dialogs.texts import evidence as evidence_texts
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.turn_state import TurnState
from dialogs.values.attached import Evidence
from dialogs.values.decisions import HandEvidence, RemoveEvidence
from dialogs.values.report_view import ReportView
from dialogs.values.rights import Right

PAGE = 8


# --- the files of one item ----------------------------------------------------------------------------------------


def at_item(turn: TurnState, question: Question) -> tuple[Evidence, ...]:
    """The files attached to an item, without those that this turn takes off."""
    gone = {effect.attachment for effect in turn.effects if isinstance(effect, RemoveEvidence)}
    found = turn.report.evidence() if turn.view is not None else ()
    return tuple(
        each for each in found if (each.field, each.row) == (question.field, question.row) and each.id not in gone
    )


def open_files(turn: TurnState) -> None:
    """ "/dinhkem": the files of the present question, or of the place that is named; of the whole report elsewhere."""
    question = navigation.find(turn, turn.argument) if turn.argument else turn.stood
    if turn.refused:
        return
    if question is not None and question.field == DOCUMENT_DATA:
        turn.refuse(evidence_texts.not_for_document())
    elif question is not None:
        show_shelf(turn, question)
    else:
        _show_dossier(turn, turn.report.id)


def open_files_at(turn: TurnState) -> None:
    """The button of a notice ("17:PL3.mttq"): the files of that item of that report."""
    named, _, prefix = turn.argument.partition(":")
    number = whole(named)
    if number is None or number not in [card.report for card in turn.world.cards()]:
        turn.refuse(evidence_texts.evidence_not_there())
        return
    loose_ends(turn)
    known = turn.questions if turn.enter(number) else ()
    question = next((q for q in known if prefix_of(q) == prefix), None)
    if question is None:
        turn.refuse(evidence_texts.evidence_not_there())
    else:
        show_shelf(turn, question)


def prefix_of(question: Question) -> str:
    return f"{question.field}.{question.row}" if question.row else question.field


def show_shelf(turn: TurnState, question: Question) -> None:
    """Show the files of an item."""
    loose_ends(turn)
    turn.set(kept=ShelfShown(question.field, question.row), page=0, mark=turn.session.mark + 1)
    turn.fire("shelved")


def shelf_question(turn: TurnState) -> Question | None:
    """The question whose files are shown; None if it is this person's no more."""
    shown = turn.keeps(ShelfShown)
    place = (shown.field, shown.row) if shown else None
    return next((question for question in turn.questions if (question.field, question.row) == place), None)


def may_take_off(turn: TurnState, each: Evidence) -> bool:
    """Whether this person may take a file off: their own, or any as the unit's lead."""
    return each.person == turn.world.person.id or turn.world.team(turn.report.id).may_assign


def removable(turn: TurnState) -> Evidence | None:
    """The file of the shelf that ``argument`` names, if the person may take it off."""
    question = shelf_question(turn)
    if question is None or not turn.may_write(question):
        return None
    named = whole(turn.argument)
    return next((each for each in at_item(turn, question) if each.id == named and may_take_off(turn, each)), None)


def is_removable(turn: TurnState) -> bool:
    return removable(turn) is not None


def ask_take_off(turn: TurnState) -> None:
    turn.set(kept=replace(turn.kept(ShelfShown), attachment=whole(turn.argument) or 0), mark=turn.session.mark + 1)


def refuse_take_off(turn: TurnState) -> None:
    """It is somebody else's, gone already, or the item is locked."""
    question = shelf_question(turn)
    locked = question is not None and not turn.may_write(question)
    known = question is not None and any(each.id == whole(turn.argument) for each in at_item(turn, question))
    turn.refuse(
        evidence_texts.cannot_attach()
        if locked
        else evidence_texts.only_own_or_lead()
        if known
        else evidence_texts.evidence_not_there()
    )


def asked_about(turn: TurnState) -> Evidence | None:
    """The file that is about to be taken off."""
    shown = turn.keeps(ShelfShown)
    return removable(replace(turn, argument=str(shown.attachment))) if shown else None


def take_off(turn: TurnState) -> None:
    found = asked_about(turn)
    if found is not None:
        turn.effects.append(RemoveEvidence(turn.report.id, found.id))
        turn.notes.append(evidence_texts.taken_off(found.name))
    back_to_shelf(turn)


def back_to_shelf(turn: TurnState) -> None:
    turn.set(kept=replace(turn.kept(ShelfShown), attachment=0), mark=turn.session.mark + 1)


# --- the files of a report ----------------------------------------------------------------------------------------


def paper_id(turn: TurnState) -> int:
    shown = turn.keeps(DossierShown)
    return shown.report if shown else 0


def paper(turn: TurnState) -> ReportView | None:
    """The report whose files are shown: the person's own, or one that they may look at from above."""
    report = paper_id(turn)
    own = turn.report if turn.view is not None and report == turn.report.id else turn.world.report(report)
    return own or turn.world.desk.paper(report, Right.EVIDENCE_READ)


def dossier(turn: TurnState) -> tuple[Evidence, ...]:
    """Its files, item by item in the order of the report."""
    view = paper(turn)
    if view is None:
        return ()
    order = {(question.field, question.row): question.number for question in view.asked.questions}
    return tuple(sorted(view.evidence(), key=lambda each: (order.get((each.field, each.row), len(order) + 1), each.id)))


def open_dossier(turn: TurnState) -> None:
    """The button "Xem tệp đính kèm" of a report that the person may read."""
    number = whole(turn.argument) or 0
    if turn.world.report(number) is None and turn.world.desk.report(number, Right.EVIDENCE_READ) is None:
        turn.refuse(evidence_texts.evidence_not_there())
        return
    _show_dossier(turn, number)


def _show_dossier(turn: TurnState, report: int) -> None:
    loose_ends(turn)
    turn.set(kept=DossierShown(report), page=0, mark=turn.session.mark + 1)
    turn.fire("gathered")


def visit_item(turn: TurnState) -> None:
    """A place typed while the files of one's own report are shown: the files of that item."""
    if turn.view is None or paper_id(turn) != turn.report.id:
        navigation.say_what(turn)
        return
    question = navigation.find(turn, turn.text.strip())
    if question is not None:
        show_shelf(turn, question)


def turn_page(turn: TurnState) -> None:
    turn.set(page=whole(turn.argument) or 0)


# --- handing over -------------------------------------------------------------------------------------------------


def hand(turn: TurnState) -> None:
    """Hand over files of the item, or of the report, that is shown."""
    if turn.state == "dossier":
        _hand(turn, paper_id(turn), dossier(turn))
        return
    question = shelf_question(turn)
    _hand(turn, turn.report.id, at_item(turn, question) if question is not None else ())


def _hand(turn: TurnState, report: int, found: Sequence[Evidence]) -> None:
    """Hand over the file that the button names, or all that are shown."""
    wanted = [each for each in found if not turn.argument or each.id == whole(turn.argument)]
    if not wanted:
        turn.refuse(evidence_texts.evidence_not_there())
        return
    turn.effects.append(HandEvidence(report, tuple(each.id for each in wanted)))
    turn.notes.append(evidence_texts.files_coming(len(wanted)))
