"""What a long answer is made of: the messages of a narrative, the entries of a list.

Messages add up in order until "Tiếp"; nothing is cut and nothing is reworded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dialogs.forms.answers import State
from dialogs.kinds import LISTS
from dialogs.reading import clean, split_items
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import receipts, refusals
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Piece

CHUNK = 4096
"""Telegram cuts a long paste into pieces of this many characters, in the middle of a word if need be."""

NEARLY_CHUNK = 4060
"""A piece this long that ends no sentence was cut at the end of a word."""

MAX_NARRATIVE = 200_000
MAX_ITEMS = 500
_ENDS = ".!?:;…”\"'"


def join(pieces: Sequence[Piece]) -> str:
    """Return the text of a narrative from its messages.

    Messages are paragraphs, except where a chat program cut one long paste: a piece of exactly the longest length
    goes on without a break, one that nearly reaches it and does not end a sentence goes on after a space.
    """
    return _joined(pieces, prose=True)


def items_of(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the entries of a list from its messages: one a line, also where a chat program cut a line in two."""
    return split_items(_joined(pieces, prose=False))


def _joined(pieces: Sequence[Piece], *, prose: bool) -> str:
    parts = [piece.text for piece in pieces[:1]]
    for before, piece in pairwise(pieces):
        parts += [_joint(before.text, prose), piece.text]
    return unicodedata.normalize("NFC", "".join(parts))  # a cut may part a letter from its mark


def _joint(before: str, prose: bool) -> str:
    if is_chunk(before):
        return ""
    if prose and NEARLY_CHUNK <= len(before) < CHUNK and before[-1:] not in _ENDS:
        return " "
    return "\n"


def is_chunk(text: str) -> bool:
    """Whether ``text`` has the longest length a chat program sends, counted in characters or as Telegram counts."""
    return CHUNK in (len(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


def current_pieces(turn: TurnState) -> tuple[Piece, ...]:
    """The pieces of the current narrative; one without a message where the text did not come by chat."""
    answer = turn.answer(turn.address)
    if answer is None or answer.state is not State.VALUE:
        return ()
    return turn.pieces(turn.address) or (Piece("", str(answer.value)),)


def add(turn: TurnState, raw: str, message: str, converted: str = "") -> None:
    """Add a message to the current narrative or list: as it came, or ``converted`` from an old font."""
    text = clean(converted or raw)
    cut = is_chunk(raw) and not is_chunk(text)
    if not text.strip():
        turn.refuse(refusals.empty_message())
    elif turn.part.kind not in LISTS:
        _add_piece(turn, Piece(message, text), cut)
    else:
        _add_lines(turn, Piece(message, text), cut)


def _add_piece(turn: TurnState, piece: Piece, cut: bool) -> None:
    """Store one more piece of a narrative; the answer stays open until "Tiếp"."""
    pieces = _with_piece(turn, current_pieces(turn), piece)
    joined = join(pieces)
    if len(joined) > MAX_NARRATIVE:
        turn.refuse(refusals.too_long(len(joined), MAX_NARRATIVE))
        return
    turn.save(turn.address, State.VALUE, joined, closed=False, pieces=pieces)
    turn.set(misses=0, cut=_end(turn, pieces) if cut else "")
    turn.body = receipts.pieces_received(turn.part_place, len(pieces), len(joined))


def _add_lines(turn: TurnState, piece: Piece, cut: bool) -> None:
    """Append the entries of one message to the current list."""
    pieces = _with_piece(turn, _messages(turn), piece)
    if store_list(turn, pieces):
        turn.set(misses=0, cut=_end(turn, pieces) if cut else "")
        turn.body = receipts.items_received(turn.part.kind, entries(turn))


def _with_piece(turn: TurnState, before: tuple[Piece, ...], piece: Piece) -> tuple[Piece, ...]:
    """Append a piece; to one that was cut, though it is shorter now that it is clean, it is joined for good."""
    if before and turn.session.cut == _end(turn, before):
        return (*before[:-1], Piece("", unicodedata.normalize("NFC", before[-1].text + piece.text)))
    return (*before, piece)


def _end(turn: TurnState, pieces: Sequence[Piece]) -> str:
    """Where a text ends at present: the report, the question, its part and the number of pieces."""
    session = turn.session
    return f"{session.report}.{session.question}.{session.part}.{len(pieces)}"


def entries(turn: TurnState) -> tuple[str, ...]:
    """The entries of the current list, in order."""
    answer = turn.answer(turn.address)
    return answer.value if answer is not None and isinstance(answer.value, tuple) else ()


def _messages(turn: TurnState) -> tuple[Piece, ...]:
    found = entries(turn)
    return (turn.pieces(turn.address) or (Piece("", _lines(found)),)) if found else ()


def _lines(found: Sequence[str]) -> str:
    """Entries as lines that give the same entries again, whatever marks they begin with."""
    return "\n".join(f"- {entry}" for entry in found)


def store_list(turn: TurnState, pieces: Sequence[Piece]) -> bool:
    """Store a list as the entries of its messages; an empty one is not answered. False if it is too long."""
    value = items_of(pieces)
    if len(value) > MAX_ITEMS:
        turn.refuse(refusals.too_many_items(MAX_ITEMS))
        return False
    if value:
        turn.save(turn.address, State.VALUE, value, pieces=tuple(pieces))
    elif turn.answer(turn.address) is not None:
        turn.save(turn.address, State.EMPTY, pieces=())
    return True


def replace_entry(turn: TurnState, number: int, found: Sequence[str]) -> bool:
    """Put ``found`` in the place of one entry (none: it is taken out); the others stay with their messages."""
    pieces: list[Piece] = []
    last = 0
    for piece in _whole_lines(_messages(turn)):
        items = split_items(piece.text)
        first, last = last, last + len(items)
        if first < number <= last:
            at = number - first - 1
            piece = Piece(piece.message, _lines((*items[:at], *found, *items[at + 1 :])))
        pieces += [piece] if piece.text else []
    return store_list(turn, pieces)


def _whole_lines(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the messages, those that a chat program cut put together again."""
    held: Piece | None = None
    for piece in pieces:
        held = Piece("", held.text + piece.text) if held else piece
        if not is_chunk(piece.text):
            yield held
            held = None
    if held:
        yield held


def loose_ends(turn: TurnState) -> None:
    """Leaving while something typed is still asked back.

    A text in an old font is kept as it was shown converted, because cleaning a TCVN3 text as typed would lose its "ư";
    all else is said to be unsaved.
    """
    kept = turn.session.kept
    turn.set(kept=None)
    if kept is None:
        return
    if kept.files:
        turn.notes.append(evidence_texts.held_dropped([each.name or evidence_texts.A_PHOTO for each in kept.files]))
    elif kept.as_shown:
        for message, typed, converted in kept.messages:
            add(turn, typed, message, converted)
        turn.body = ""
        turn.notes.append(receipts.kept_converted(turn.part_place))
    elif kept.typed:
        turn.notes.append(receipts.not_stored(kept.typed))
