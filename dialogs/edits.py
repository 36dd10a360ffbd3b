"""An earlier message was edited: what it answered is read anew, and the place where the person stands is kept."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import texts
from dialogs.answers import Address, State
from dialogs.cells import STATES, Given
from dialogs.checks import broken
from dialogs.effects import Piece
from dialogs.form import Column
from dialogs.pieces import join
from dialogs.questions import Part, Question
from dialogs.reading import clean, read, split_items, split_row
from dialogs.step import ITEM_KINDS, Step


def apply_edit(step: Step) -> None:
    """Re-answer what the message answered; a text that cannot be read leaves the value before as it is."""
    addresses = step.report.answered_by(step.message) if step.view is not None else ()
    if not addresses:
        step.notes.append(texts.edit_without_answer())
        return
    place = _place(step, addresses[0])
    if place is None or not step.may_write(place[0]):
        step.refuse(texts.edit_locked())
        return
    question, part = place
    if part.kind == "narrative" or part.kind in ITEM_KINDS:
        _edit_pieces(step, question, part, addresses[0])
    else:
        _edit_cells(step, question, [column for column in part.columns if _among(question, column, addresses)])


def _among(question: Question, column: Column, addresses: Sequence[Address]) -> bool:
    return Address(question.field, question.row, column.key) in addresses


def _place(step: Step, address: Address) -> tuple[Question, Part] | None:
    document = step.at(step.document_number)
    for question in (*step.questions, *((document,) if document else ())):
        for part in question.parts:
            if address in question.part_addresses(part):
                return question, part
    return None


def _edit_pieces(step: Step, question: Question, part: Part, address: Address) -> None:
    text = clean(step.text)
    before = step.answer(address)
    pieces = tuple(
        Piece(piece.message, text) if piece.message == step.message else piece for piece in step.report.pieces(address)
    )
    if before is None or step.message not in {piece.message for piece in pieces}:
        step.notes.append(texts.edit_without_answer())
    elif part.kind == "narrative":
        step.save(address, State.VALUE, join(pieces), closed=before.closed, pieces=pieces)
        step.notes.append(texts.edited(texts.question_place(step, question)))
    else:
        value = tuple(entry for piece in pieces for entry in split_items(piece.text))
        step.save(address, State.VALUE, value, pieces=pieces)
        step.notes.append(texts.edited(texts.question_place(step, question)))


def _edit_cells(step: Step, question: Question, columns: list[Column]) -> None:
    pieces = split_row(step.text, len(columns)) if len(columns) > 1 else (step.text,)
    if pieces is None or len([piece for piece in pieces if piece.strip()]) != len(columns):
        step.refuse(texts.edit_unread(texts.question_place(step, question), columns))
        return
    given: list[Given] = []
    for column, piece in zip(columns, pieces, strict=True):
        reading = read(piece, step.spec(column))
        if reading.outcome not in STATES:
            step.refuse(texts.edit_refused(column, reading.why))
            return
        given.append(Given(column, STATES[reading.outcome], reading.value, piece.strip(), reading.echo))
    for cell in given:
        step.save(Address(question.field, question.row, cell.column.key), cell.state, cell.value)
    step.notes.append(texts.edited_cells(texts.question_place(step, question), given))
    for finding in broken(step.form, question, step.answers):
        step.notes.append(texts.warning_line(finding))
