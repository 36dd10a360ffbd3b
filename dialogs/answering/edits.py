"""An earlier message was edited: what it answered is read anew, and the place where the person stands is kept."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.answering.cells import MAX_REASON, STATES, split, state_word, taken
from dialogs.answering.checks import broken
from dialogs.answering.extra_rows import misnamed
from dialogs.forms.answers import NOT_APPLICABLE, Address, Answer, State
from dialogs.forms.form import Column
from dialogs.forms.questions import Prompt, Question
from dialogs.kinds import LISTS, LONG
from dialogs.reading import Outcome, Spec, clean, read
from dialogs.texts import checking, places, receipts, refusals
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog
from dialogs.turn.message_parts import MAX_NARRATIVE, items_of, join
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Piece
from dialogs.values.findings import Given


def apply_edit(turn: TurnState) -> None:
    """Re-answer what the message answered; a text that cannot be read leaves the value before as it is."""
    addresses = turn.report.answered_by(turn.message) if turn.view is not None else ()
    if not addresses:
        turn.notes.append(refusals.edit_without_answer())
        return
    # An old message knows nothing of what the present screen shows: a colleague's newer answer is always asked about.
    turn.set(seen={})
    place = _place(turn, addresses[0])
    if place is None or not turn.may_write(place[0]):
        turn.refuse(refusals.edit_locked())
        return
    question, part = place
    if part.kind in LONG:
        _edit_pieces(turn, question, part, addresses[0])
    else:
        _edit_cells(turn, question, part, addresses)


def _among(question: Question, column: Column, addresses: Sequence[Address]) -> bool:
    return Address(question.field, question.row, column.key) in addresses


def _place(turn: TurnState, address: Address) -> tuple[Question, Prompt] | None:
    document = turn.at(turn.document_number)
    for question in (*turn.questions, *((document,) if document else ())):
        for part in question.parts:
            if address in question.part_addresses(part):
                return question, part
    return None


def _edit_pieces(turn: TurnState, question: Question, part: Prompt, address: Address) -> None:
    reading = read(turn.text, Spec(part.kind))
    before = turn.answer(address)
    pieces = _pieces_after(turn, before, address)
    place = places.question_place(turn.form, question)
    if before is None or not pieces:
        turn.notes.append(refusals.edit_without_answer())
    elif reading.outcome in (Outcome.REFUSED, Outcome.ASK):
        turn.refuse(refusals.edit_text_unread(place, reading.why))
    elif len(pieces) == 1 and reading.outcome is not Outcome.VALUE:
        turn.save(address, STATES[reading.outcome], None, pieces=())
        turn.notes.append(receipts.declared(place, STATES[reading.outcome], part.kind))
    elif (size := sum(len(piece.text) for piece in pieces)) > MAX_NARRATIVE:
        turn.refuse(refusals.too_long(size, MAX_NARRATIVE))
    else:
        value = items_of(pieces) if part.kind in LISTS else join(pieces)
        turn.save(address, State.VALUE, value, closed=before.closed, pieces=pieces)
        turn.notes.append(receipts.edited(place))


def _pieces_after(turn: TurnState, before: Answer | None, address: Address) -> tuple[Piece, ...]:
    """The messages of the answer with the edited one as it is now; none if it is no longer one of them.

    Where a colleague has written over it since, the edited message stands alone: whose is to stand is asked then.
    """
    text = turn.catalog.commands.without_closing(clean(turn.text))[0]
    if before is not None and before.state is not State.VALUE:
        return (Piece(turn.message, text),)
    pieces = turn.pieces(address)
    if turn.message not in {piece.message for piece in pieces}:
        return (Piece(turn.message, text),) if turn.is_colleagues(before) else ()
    return tuple(Piece(piece.message, text) if piece.message == turn.message else piece for piece in pieces)


def _edit_cells(turn: TurnState, question: Question, part: Prompt, addresses: Sequence[Address]) -> None:
    answered = [column for column in part.columns if _among(question, column, addresses)]
    before = [each for address in addresses if (each := turn.answer(address)) is not None]
    explained = [each for each in before if each.reason not in ("", NOT_APPLICABLE)]
    of_reason = bool(explained) and _may_be_reason(turn.text)
    given, why = _read_again(turn, question, part, answered)
    if of_reason and (why or len(explained) == len(addresses)):
        _edit_reason(turn, question, explained)
    elif why:
        turn.refuse(why)
    else:
        _store_again(turn, question, given)


def _read_again(turn: TurnState, question: Question, part: Prompt, answered: list[Column]) -> tuple[list[Given], str]:
    """The cells as the edited message gives them, or why it cannot be read as them."""
    pieces, columns = _placed(turn.text, part, answered)
    if pieces is None or not all(piece.strip() for piece in pieces):
        return [], refusals.edit_unread(places.question_place(turn.form, question), answered)
    given: list[Given] = []
    for column, piece in zip(columns, pieces, strict=True):
        reading = read(piece, turn.spec(column))
        cell = taken(column, piece, reading, None)
        why = misnamed(turn, question, column, cell.state, cell.value) if cell else reading.why
        if cell is None or why:
            return [], refusals.edit_refused(column, why)
        given.append(cell)
    return given, ""


def _store_again(turn: TurnState, question: Question, given: Sequence[Given]) -> None:
    for cell in given:
        address = Address(question.field, question.row, cell.column.key)
        turn.save(address, cell.state, cell.value, reason=cell.reason)
    turn.notes.append(receipts.edited_cells(places.question_place(turn.form, question), given))
    found = broken(turn.form, question, turn.answers)
    turn.notes += [checking.warning_line(finding) for finding in found if not finding.explanation]


def _may_be_reason(text: str) -> bool:
    """Whether an edited text is words: a reason is never a bare figure, nor a word for none."""
    return any(character.isalpha() for character in text) and state_word(text) is None


def _edit_reason(turn: TurnState, question: Question, explained: Sequence[Answer]) -> None:
    """The message gave the reason for figures that were kept: its new wording is the new reason."""
    reason = clean(turn.text).strip()
    if len(reason) > MAX_REASON:
        turn.refuse(refusals.too_long(len(reason), MAX_REASON))
        return
    for answer in explained:
        turn.save(answer.address, answer.state, answer.value, reason=reason)
    turn.notes.append(receipts.reason_changed(places.question_place(turn.form, question)))


def _placed(text: str, part: Prompt, answered: list[Column]) -> tuple[tuple[str, ...] | None, list[Column]]:
    """The pieces of an edited message and the columns they are for: those it answered, or more of the same row.

    One word for zero or for no data speaks of all of them.
    """
    pieces = split(text, answered)
    if pieces is not None and len(pieces) == len(answered):
        return pieces, answered
    if pieces is not None and len(pieces) == 1 and state_word(pieces[0]) is not None:
        return pieces * len(answered), answered
    longer = split(text, part.columns) if answered == list(part.columns[: len(answered)]) else None
    if longer is None or len(longer) < len(answered):
        return None, answered
    return longer, list(part.columns[: len(longer)])


DIALOG = Dialog(
    "edits",
    table=(Transition("edited", ANY, None, navigation.in_report, apply_edit),),
    inner=("edited",),
)
