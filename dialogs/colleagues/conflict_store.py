"""What is held of a person's writing while a colleague's newer answer stands there; see ``conflict_detection``.

A session keeps one item for each turn in which it came about.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.forms import document_data
from dialogs.forms.answers import DOCUMENT_DATA, Address, Answer, State
from dialogs.forms.question_lookup import column_at
from dialogs.forms.questions import Question
from dialogs.texts import places
from dialogs.texts import sharing as sharing_texts
from dialogs.turn.held import HeldAnswer, HeldWriting
from dialogs.turn.message_parts import items_of, join
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Piece, SaveAnswer

# --- in the session ----------------------------------------------------------------------------------------------


def put(turn: TurnState, instead: HeldWriting, at: int = -1) -> None:
    """Put an item in the place of the newest one, or of the one that stands ``at``."""
    items = list(turn.session.held)
    items[at] = instead
    turn.set(held=tuple(items))


def drop(turn: TurnState) -> None:
    """The newest item is decided."""
    turn.set(held=turn.session.held[:-1])


def let_go(turn: TurnState) -> None:
    """What is held of a report that is no longer the person's can be written no more: it is said, in full."""
    if not turn.session.held:
        return
    mine = {card.report for card in turn.world.cards()}
    gone = [item for item in turn.session.held if item.report not in mine]
    if gone:
        turn.set(held=tuple(item for item in turn.session.held if item not in gone))
        turn.notes += [sharing_texts.report_gone("; ".join(_alone(each) for each in item.saves)) for item in gone]


def _alone(each: HeldAnswer) -> str:
    """What was typed, where nothing is known any more of the report and its form."""
    return join(each.pieces) if each.pieces else places.value_text(None, _as_answer(each.address, each))


def newest(turn: TurnState) -> HeldWriting:
    return turn.session.held[-1]


def edited(each: HeldAnswer, message: str, text: str) -> HeldAnswer:
    """Return what is held with one of its messages as it reads now; the same if that message is not among its own."""
    if message not in {piece.message for piece in each.pieces or ()}:
        return each
    pieces = tuple(Piece(message, text) if piece.message == message else piece for piece in each.pieces or ())
    if each.tail:
        return replace(each, pieces=pieces)
    return replace(each, pieces=pieces, value=items_of(pieces) if isinstance(each.value, tuple) else join(pieces))


# --- what is shown of it -------------------------------------------------------------------------------------------


def names(turn: TurnState, item: HeldWriting) -> str:
    answers = (turn.answers.get(each.address) for each in item.saves)
    names = dict.fromkeys(answer.by for answer in answers if answer is not None and answer.by)
    return ", ".join(names) or sharing_texts.NOBODY


def place(turn: TurnState, item: HeldWriting) -> str:
    named = dict.fromkeys(places.question_place(turn.form, question_of(turn, each.address)) for each in item.saves)
    return "; ".join(named)


def question_of(turn: TurnState, address: Address) -> Question:
    """The question of an address; one that nobody is asked, such as a sum's, as if it were asked."""
    found = (each for each in turn.questions if (each.field, each.row) == (address.field, address.row))
    if address.field == DOCUMENT_DATA:
        return document_data.question(turn.document_number)
    return next(found, Question(0, address.field, address.row, (), ()))


def column_name(turn: TurnState, address: Address) -> str:
    column = column_at(turn.form, address)
    return places.column_name(column) if column is not None else ""


def mine(turn: TurnState, each: HeldAnswer) -> str:
    """What the person wrote, as it would stand."""
    pieces = whole(turn, each)
    if each.tail and pieces:
        return join(pieces)
    if each.state is State.EMPTY:
        return sharing_texts.left_blank()
    return shown(turn, each.address, each)


def mine_in_short(turn: TurnState, item: HeldWriting) -> str:
    return "; ".join(mine(turn, each) for each in item.saves)


def whole(turn: TurnState, each: HeldAnswer) -> tuple[Piece, ...] | None:
    """The pieces of mine: of a text that was added to, after what the person had seen or written there before."""
    if not each.tail or each.pieces is None:
        return each.pieces
    before = turn.report.said(each.address, each.base)
    return (Piece("", before), *each.pieces) if isinstance(before, str) else each.pieces


def text_of(turn: TurnState, address: Address, answer: Answer | None) -> str:
    return sharing_texts.left_blank() if answer is None else shown(turn, address, answer)


def shown(turn: TurnState, address: Address, said: Answer | SaveAnswer | HeldAnswer) -> str:
    """A value as a person reads it, with its reason; a list entry by entry."""
    answer = _as_answer(address, said)
    whole = "; ".join(said.value) if isinstance(said.value, tuple) else ""
    shown = whole or places.value_text(column_at(turn.form, address), answer)
    return shown + (sharing_texts.for_reason(said.reason) if said.reason and said.state is not State.NONE else "")


def _as_answer(address: Address, said: Answer | SaveAnswer | HeldAnswer) -> Answer:
    return Answer(address, said.state, said.value, reason=said.reason)
