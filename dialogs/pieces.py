"""What a long answer is made of: the messages of a narrative, the entries of a list.

Messages add up in order until "Tiếp"; nothing is cut and nothing is reworded.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import texts
from dialogs.answers import State
from dialogs.effects import Piece
from dialogs.reading import split_items
from dialogs.step import Step

CHUNK = 4096
"""Telegram cuts a long paste into pieces of this many characters, in the middle of a word if need be."""

NEARLY_CHUNK = 3800
MAX_NARRATIVE = 200_000
MAX_ITEMS = 500
_ENDS = ".!?:;…”\"'"


def join(pieces: Sequence[Piece]) -> str:
    """Return the text of a narrative from its messages.

    Messages are paragraphs, except where a chat program cut one long paste: a piece of exactly the longest length
    goes on without a break, one that nearly reaches it and does not end a sentence goes on after a space.
    """
    text = ""
    for index, piece in enumerate(pieces):
        text += piece.text if not index else _joint(pieces[index - 1].text) + piece.text
    return text


def _joint(before: str) -> str:
    length = len(before.encode("utf-16-le")) // 2
    if length == CHUNK:
        return ""
    if NEARLY_CHUNK <= length < CHUNK and before[-1:] not in _ENDS:
        return " "
    return "\n"


def current_pieces(step: Step) -> tuple[Piece, ...]:
    """The pieces of the current narrative; one without a message where the text did not come by chat."""
    answer = step.answer(step.address)
    if answer is None or answer.state is not State.VALUE:
        return ()
    return step.pieces(step.address) or (Piece("", str(answer.value)),)


def add_piece(step: Step, text: str, message: str) -> None:
    """Store one more piece of a narrative; the answer stays open until "Tiếp"."""
    pieces = (*current_pieces(step), Piece(message, text))
    joined = join(pieces)
    if not text.strip():
        step.refuse(texts.empty_message())
    elif len(joined) > MAX_NARRATIVE:
        step.refuse(texts.too_long(len(joined), MAX_NARRATIVE))
    else:
        step.save(step.address, State.VALUE, joined, closed=False, pieces=pieces)
        step.set(misses=0)
        step.body = texts.pieces_received(texts.place_of(step), len(pieces), len(joined))


def entries(step: Step) -> tuple[str, ...]:
    """The entries of the current list, in order."""
    answer = step.answer(step.address)
    return answer.value if answer is not None and isinstance(answer.value, tuple) else ()


def add_lines(step: Step, text: str, message: str) -> None:
    """Append the entries of one message to the current list."""
    found = split_items(text)
    if not found:
        step.refuse(texts.empty_message())
    elif len(entries(step)) + len(found) > MAX_ITEMS:
        step.refuse(texts.too_many_items(MAX_ITEMS))
    else:
        store_list(step, (*_messages(step), Piece(message, text)))
        step.set(misses=0)
        step.body = texts.items_received(step.part.kind, entries(step))


def _messages(step: Step) -> tuple[Piece, ...]:
    if not entries(step):
        return ()
    return step.pieces(step.address) or tuple(Piece("", entry) for entry in entries(step))


def store_list(step: Step, pieces: Sequence[Piece]) -> None:
    """Store a list as the entries of its messages; an empty one is not answered."""
    value = tuple(entry for piece in pieces for entry in split_items(piece.text))
    if value:
        step.save(step.address, State.VALUE, value, pieces=tuple(pieces))
    elif step.answer(step.address) is not None:
        step.save(step.address, State.EMPTY, pieces=())


def add(step: Step, text: str, message: str) -> None:
    """Add a message to the current narrative or list."""
    if step.part.kind == "narrative":
        add_piece(step, text, message)
    else:
        add_lines(step, text, message)


def loose_ends(step: Step) -> None:
    """Leaving while something typed is still asked back: a text is kept as typed, a figure is said to be unsaved."""
    pending = step.session.pending
    if not pending:
        return
    step.set(pending={})
    if pending.get("kind") == "text":
        add(step, pending["typed"], pending["message"])
        step.body = ""
        step.notes.append(texts.kept_as_typed(texts.place_of(step)))
    elif pending.get("kind") in ("cells", "held"):
        step.notes.append(texts.not_stored(pending["texts"]))
