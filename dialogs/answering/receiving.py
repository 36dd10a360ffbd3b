"""Files that come in: attached to the item the person stands at, or held until it is said to which they belong."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.answering.evidence import at_item, back_to_shelf, paper_id, prefix_of, shelf_question, show_shelf
from dialogs.answering.kept import FilesHeld
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question
from dialogs.texts import asking, places, refusals
from dialogs.texts import evidence as evidence_texts
from dialogs.turn import navigation
from dialogs.turn.turn_state import OPEN_STATUSES, TurnState
from dialogs.values.attached import KEPT, MAX_FILE_BYTES, MAX_ITEM_FILES, MAX_REPORT_BYTES, Evidence, HeldFile
from dialogs.values.decisions import AttachEvidence
from dialogs.values.events import FileReceived

MAX_HELD = 20
"""Files that wait to be told where they belong."""


def called(held: HeldFile) -> str:
    """What a file is called to a person."""
    return held.name or evidence_texts.A_PHOTO


# --- a file comes in ----------------------------------------------------------------------------------------------


def receive_here(turn: TurnState) -> None:
    """A file while a question is asked: it belongs there, unless the words with it name another place."""
    held = _taken(turn)
    question = _captioned(turn, turn.question) if held else None
    if held is None or question is None:
        return
    _attach(turn, held, question)
    if turn.state in ("writing", "listing", "filling") and not turn.refused:
        turn.body = "\n".join([*turn.notes, asking.still_asked(turn.part_place)])
        turn.notes.clear()
        turn.extras.append(
            ("attach" if question is turn.question else f"attach:{prefix_of(question)}", evidence_texts.SEE_FILES)
        )


def receive_on_shelf(turn: TurnState) -> None:
    """A file while an item's files are shown: it belongs there."""
    held = _taken(turn)
    question = _captioned(turn, shelf_question(turn)) if held else None
    if held is not None and question is not None:
        _attach(turn, held, question)
        if not turn.refused:
            turn.body = "\n".join([*turn.notes, evidence_texts.more_files()])
            turn.notes.clear()


def hold(turn: TurnState) -> None:
    """A file where no question is open: it is kept until the person says to which one it belongs."""
    held = _taken(turn)
    if held is None:
        return
    if not any(card.status in OPEN_STATUSES for card in turn.world.cards()):
        turn.refuse(evidence_texts.nothing_to_attach_to())
        return
    before = held_files(turn)
    if len(before) >= MAX_HELD:
        turn.refuse(evidence_texts.too_many_held(called(held), MAX_HELD))
        return
    _enter_only_report(turn)
    _keep_held(turn, (*before, held))
    if turn.state != "filing":
        turn.set(mark=turn.session.mark + 1)
        turn.fire("held")


def _taken(turn: TurnState) -> HeldFile | None:
    """Return the file that came if it may be attached at all; else the reply says why not, words with it included."""
    event = turn.file
    if event is None:
        return None
    held = HeldFile(event.name, event.size, event.source, event.caption.strip())
    why = _unfit(event, held)
    if why:
        turn.refuse(f"{why}\n{evidence_texts.note_not_kept(held.note)}" if held.note else why)
        return None
    return held


def _unfit(event: FileReceived, held: HeldFile) -> str:
    if event.refused:
        return event.refused
    if event.size > MAX_FILE_BYTES:
        return evidence_texts.file_too_large(called(held), event.size)
    return "" if event.source else evidence_texts.file_without_bytes(called(held))


def _captioned(turn: TurnState, otherwise: Question | None) -> Question | None:
    """The question that "/dinhkem PL3.2", sent with the file, names; else ``otherwise``."""
    event = turn.file
    command = turn.catalog.commands.parse(event.caption) if event is not None and event.caption else None
    if command is None or command.trigger != "attach" or not command.place:
        return otherwise
    return navigation.find(turn, command.place)


def _attach(turn: TurnState, held: HeldFile, question: Question) -> bool:
    """Attach a file to an item, or say why it may not be; whether it was."""
    here = at_item(turn, question)
    place = places.question_place(turn.form, question)
    if why := _obstacle(turn, held, question, here):
        turn.refuse(f"{why}\n{evidence_texts.note_not_kept(held.note)}" if held.note else why)
        return False
    if any(f"{KEPT}{each.file}" == held.source for each in here):
        turn.notes.append(evidence_texts.attached_already(called(held), place))
        return True
    wanted = AttachEvidence(turn.report.id, question.field, question.row, held.name, held.size, held.source, held.note)
    turn.effects.append(wanted)
    is_here = held.source.startswith(KEPT)
    count = len(here) + _attaching(turn, question)
    turn.notes.append(
        evidence_texts.attached_now(called(held), place, count)
        if is_here
        else evidence_texts.attaching(called(held), place)
    )
    turn.notes += [evidence_texts.note_kept(held.note)] if held.note else []
    turn.set(misses=0)
    return True


def _obstacle(turn: TurnState, held: HeldFile, question: Question, here: Sequence[Evidence]) -> str:
    if question.field == DOCUMENT_DATA:
        return evidence_texts.not_for_document()
    if not turn.may_write(question):
        return evidence_texts.item_locked(called(held))
    if len(here) + _attaching(turn, question) >= MAX_ITEM_FILES:
        return evidence_texts.item_full(places.question_place(turn.form, question))
    coming = sum(each.size for each in turn.effects if isinstance(each, AttachEvidence))
    if held.size + coming + sum(each.size for each in turn.report.evidence()) > MAX_REPORT_BYTES:
        return evidence_texts.report_full(called(held))
    return ""


def _attaching(turn: TurnState, question: Question) -> int:
    """How many files this turn attaches to an item."""
    found = (each for each in turn.effects if isinstance(each, AttachEvidence))
    return sum((each.field, each.row) == (question.field, question.row) for each in found)


# --- files that belong nowhere yet --------------------------------------------------------------------------------


def held_files(turn: TurnState) -> tuple[HeldFile, ...]:
    """The files that wait to be told where they belong."""
    return turn.session.kept.files if turn.session.kept else ()


def _keep_held(turn: TurnState, found: Sequence[HeldFile]) -> None:
    turn.set(kept=FilesHeld(tuple(found)))


def _enter_only_report(turn: TurnState) -> None:
    """Stand in the one report there is to fill in; of several the person says which."""
    cards = [card for card in turn.world.cards() if card.status in OPEN_STATUSES]
    if turn.view is None and len(cards) == 1:
        turn.enter(cards[0].report)


def choose_report(turn: TurnState) -> None:
    """The files belong to this report; to which question is asked next."""
    found = held_files(turn)
    number = whole(turn.argument)
    if number is None or number not in [card.report for card in turn.world.cards()] or not turn.enter(number):
        turn.refuse(refusals.no_such_choice())
        return
    _keep_held(turn, found)
    turn.set(mark=turn.session.mark + 1)


def place_held(turn: TurnState) -> None:
    """Attach the files that wait to the question that is named; those that may not be stay where they are."""
    if turn.view is None:
        turn.refuse(evidence_texts.which_report())
        return
    found = held_files(turn)
    question = turn.at(whole(turn.argument) or 0) if turn.argument else navigation.find(turn, turn.text.strip())
    if question is None:
        if turn.argument:
            turn.refuse(refusals.no_such_choice())
        return
    left = [each for each in found if not _attach(turn, each, question)]
    if left:
        _keep_held(turn, left)
        return
    turn.set(kept=None)
    show_shelf(turn, question)
    turn.body = "\n".join([*turn.notes, evidence_texts.more_files()])
    turn.notes.clear()


def drop_held(turn: TurnState) -> None:
    """The files are not attached anywhere, and it is said so."""
    turn.notes.append(evidence_texts.files_dropped([called(each) for each in held_files(turn)]))
    turn.set(kept=None, mark=turn.session.mark + 1)
    _to_question(turn)


def leave(turn: TurnState) -> None:
    """Back to where this began: from a file to its item, from all else to the question that was asked before."""
    if turn.state == "filing":
        drop_held(turn)
    elif turn.state == "unpinning":
        back_to_shelf(turn)
        turn.fire("shelved")
    else:
        _to_question(turn)


def _to_question(turn: TurnState) -> None:
    """The question that was asked before, else the first one that is open; home for files that came there."""
    asked = turn.view is not None and (turn.state != "filing" or turn.stood is not None)
    if asked and not _is_of_another(turn):
        turn.set(kept=None)
        navigation.return_to_question(turn)
    else:
        turn.fire("start")


def _is_of_another(turn: TurnState) -> bool:
    """Whether a report is shown that is not the person's own to fill in."""
    return turn.state == "dossier" and paper_id(turn) != turn.session.report
