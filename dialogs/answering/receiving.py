"""Files that come in: attached to the item the person stands at, or held until it is said to which they belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dialogs import texts
from dialogs.answering.evidence import at_item, back_to_shelf, paper_id, prefix_of, shelf_question, show_shelf
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question
from dialogs.turn import commands, navigation
from dialogs.turn.turn_state import OPEN_STATUSES, Step
from dialogs.values.attached import KEPT, MAX_FILE_BYTES, MAX_ITEM_FILES, MAX_REPORT_BYTES, Evidence
from dialogs.values.decisions import AttachEvidence
from dialogs.values.events import FileReceived

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
        step.extras.append(
            ("attach" if question is step.question else f"attach:{prefix_of(question)}", texts.SEE_FILES)
        )


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
    return navigation.find(step, command.place)


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
    question = step.at(whole(step.argument) or 0) if step.argument else navigation.find(step, step.text.strip())
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
        navigation.return_to_question(step)
    else:
        step.fire("start")


def _is_of_another(step: Step) -> bool:
    """Whether a report is shown that is not the person's own to fill in."""
    return step.state == "dossier" and paper_id(step) != step.session.report
