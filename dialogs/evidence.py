"""Evidence: files that come in are attached to the item the person stands at, or held until it is said to which.

Two screens show what is there: the *shelf* of one item, and the *dossier* of a whole report, also for those above who
may read it. Bytes are never looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from dialogs import commands, moving, texts
from dialogs.answers import DOCUMENT_DATA
from dialogs.attached import KEPT, MAX_FILE_BYTES, MAX_ITEM_FILES, MAX_REPORT_BYTES, Evidence
from dialogs.decisions import AttachEvidence, HandEvidence, RemoveEvidence
from dialogs.events import FileReceived
from dialogs.pieces import loose_ends
from dialogs.places import whole
from dialogs.questions import Question
from dialogs.rights import Right
from dialogs.step import OPEN_STATUSES, Step
from dialogs.world import ReportView

PAGE = 8
MAX_HELD = 20
"""Files that wait to be told where they belong."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file that came and belongs nowhere yet; ``source`` says where its bytes are."""

    name: str
    size: int
    source: str
    note: str = ""

    @property
    def called(self) -> str:
        return self.name or texts.A_PHOTO


# --- a file comes in ----------------------------------------------------------------------------------------------


def receive_here(step: Step) -> None:
    """A file while a question is asked: it belongs there, unless the words with it name another place."""
    held = _taken(step)
    question = _captioned(step, step.question) if held else None
    if held is None or question is None:
        return
    _attach(step, held, question)
    if step.state in ("writing", "listing", "filling") and not step.refused:
        step.body = "\n".join([*step.notes, texts.still_asked(texts.place_here(step))])
        step.notes.clear()
        step.extras.append(("attach" if question is step.question else f"attach:{_prefix(question)}", texts.SEE_FILES))


def receive_on_shelf(step: Step) -> None:
    """A file while an item's files are shown: it belongs there."""
    held = _taken(step)
    question = _captioned(step, shelf_question(step)) if held else None
    if held is not None and question is not None:
        _attach(step, held, question)
        if not step.refused:
            step.body = "\n".join([*step.notes, texts.more_files()])
            step.notes.clear()


def hold(step: Step) -> None:
    """A file where no question is open: it is kept until the person says to which one it belongs."""
    held = _taken(step)
    if held is None:
        return
    if not any(card.status in OPEN_STATUSES for card in step.world.cards()):
        step.refuse(texts.nothing_to_attach_to())
        return
    before = held_files(step)
    if len(before) >= MAX_HELD:
        step.refuse(texts.too_many_held(held.called, MAX_HELD))
        return
    _enter_only_report(step)
    _keep_held(step, (*before, held))
    if step.state != "filing":
        step.set(mark=step.session.mark + 1)
        step.fire("held")


def _taken(step: Step) -> Held | None:
    """Return the file that came if it may be attached at all; else the reply says why not, words with it included."""
    event = step.file
    if event is None:
        return None
    held = Held(event.name, event.size, event.source, event.caption.strip())
    why = _unfit(event, held)
    if why:
        step.refuse(f"{why}\n{texts.note_not_kept(held.note)}" if held.note else why)
        return None
    return held


def _unfit(event: FileReceived, held: Held) -> str:
    if event.refused:
        return event.refused
    if event.size > MAX_FILE_BYTES:
        return texts.file_too_large(held.called, event.size)
    return "" if event.source else texts.file_without_bytes(held.called)


def _captioned(step: Step, otherwise: Question | None) -> Question | None:
    """The question that "/dinhkem PL3.2", sent with the file, names; else ``otherwise``."""
    event = step.file
    command = commands.parse(event.caption) if event is not None and event.caption else None
    if command is None or command.trigger != "attach" or not command.place:
        return otherwise
    return moving.find(step, command.place)


def _attach(step: Step, held: Held, question: Question) -> bool:
    """Attach a file to an item, or say why it may not be; whether it was."""
    here = at_item(step, question)
    place = texts.question_place(step, question)
    if why := _obstacle(step, held, question, here):
        step.refuse(f"{why}\n{texts.note_not_kept(held.note)}" if held.note else why)
        return False
    if any(f"{KEPT}{each.file}" == held.source for each in here):
        step.notes.append(texts.attached_already(held.called, place))
        return True
    wanted = AttachEvidence(step.report.id, question.field, question.row, held.name, held.size, held.source, held.note)
    step.effects.append(wanted)
    is_here = held.source.startswith(KEPT)
    count = len(here) + _attaching(step, question)
    step.notes.append(texts.attached_now(held.called, place, count) if is_here else texts.attaching(held.called, place))
    step.notes += [texts.note_kept(held.note)] if held.note else []
    step.set(misses=0)
    return True


def _obstacle(step: Step, held: Held, question: Question, here: Sequence[Evidence]) -> str:
    if question.field == DOCUMENT_DATA:
        return texts.not_for_document()
    if not step.may_write(question):
        return texts.item_locked(held.called)
    if len(here) + _attaching(step, question) >= MAX_ITEM_FILES:
        return texts.item_full(texts.question_place(step, question))
    coming = sum(each.size for each in step.effects if isinstance(each, AttachEvidence))
    if held.size + coming + sum(each.size for each in step.report.evidence()) > MAX_REPORT_BYTES:
        return texts.report_full(held.called)
    return ""


def _attaching(step: Step, question: Question) -> int:
    """How many files this turn attaches to an item."""
    found = (each for each in step.effects if isinstance(each, AttachEvidence))
    return sum((each.field, each.row) == (question.field, question.row) for each in found)


# --- files that belong nowhere yet --------------------------------------------------------------------------------


def held_files(step: Step) -> tuple[Held, ...]:
    """The files that wait to be told where they belong."""
    found = step.session.pending.get("held", ()) if step.session.pending.get("kind") == "files" else ()
    return tuple(Held(**each) for each in found)


def _keep_held(step: Step, found: Sequence[Held]) -> None:
    pending: dict[str, Any] = {"kind": "files", "held": [asdict(each) for each in found]}
    step.set(pending=pending)


def _enter_only_report(step: Step) -> None:
    """Stand in the one report there is to fill in; of several the person says which."""
    cards = [card for card in step.world.cards() if card.status in OPEN_STATUSES]
    if step.view is None and len(cards) == 1:
        step.enter(cards[0].report)


def choose_report(step: Step) -> None:
    """The files belong to this report; to which question is asked next."""
    found = held_files(step)
    number = whole(step.argument)
    if number is None or number not in [card.report for card in step.world.cards()] or not step.enter(number):
        step.refuse(texts.no_such_choice())
        return
    _keep_held(step, found)
    step.set(mark=step.session.mark + 1)


def place_held(step: Step) -> None:
    """Attach the files that wait to the question that is named; those that may not be stay where they are."""
    if step.view is None:
        step.refuse(texts.which_report())
        return
    found = held_files(step)
    question = step.at(whole(step.argument) or 0) if step.argument else moving.find(step, step.text.strip())
    if question is None:
        if step.argument:
            step.refuse(texts.no_such_choice())
        return
    left = [each for each in found if not _attach(step, each, question)]
    if left:
        _keep_held(step, left)
        return
    step.set(pending={})
    show_shelf(step, question)
    step.body = "\n".join([*step.notes, texts.more_files()])
    step.notes.clear()


def drop_held(step: Step) -> None:
    """The files are not attached anywhere, and it is said so."""
    step.notes.append(texts.files_dropped([each.called for each in held_files(step)]))
    step.set(pending={}, mark=step.session.mark + 1)
    _to_question(step)


def leave(step: Step) -> None:
    """Back to where this began: from a file to its item, from all else to the question that was asked before."""
    if step.state == "filing":
        drop_held(step)
    elif step.state == "unpinning":
        back_to_shelf(step)
        step.fire("shelved")
    else:
        _to_question(step)


def _to_question(step: Step) -> None:
    """The question that was asked before, else the first one that is open; home for files that came there."""
    asked = step.view is not None and (step.state != "filing" or step.at(step.session.question) is not None)
    if asked and not _is_of_another(step):
        step.set(pending={})
        moving.return_to_question(step)
    else:
        step.fire("start")


def _is_of_another(step: Step) -> bool:
    """Whether a report is shown that is not the person's own to fill in."""
    return step.state == "dossier" and paper_id(step) != step.session.report


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
    question = moving.find(step, step.argument) if step.argument else step.at(step.session.question)
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
    if number is None or number not in [card.report for card in step.world.cards()] or not step.enter(number):
        step.refuse(texts.evidence_not_there())
        return
    question = next((q for q in step.questions if _prefix(q) == prefix), None)
    if question is None:
        step.refuse(texts.evidence_not_there())
    else:
        show_shelf(step, question)


def _prefix(question: Question) -> str:
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
        moving.say_what(step)
        return
    question = moving.find(step, step.text.strip())
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
