"""Splitting one message into the cells of a table row: nothing is ever shifted."""

from __future__ import annotations

import re

from dialogs.reading.cleaning import clean, fold
from dialogs.reading.states import state_of

LONGEST = 2000
# A line break right after another sign is layout ("12;\n5"), not an empty cell.
_LAYOUT = re.compile(r"([;|])[ \t]*\n")
_EXPLICIT = re.compile(r"[\t\n;|]")
_PLAIN = re.compile(r"[-+−–]?[0-9]+(?:[.,'][0-9]+)*%?")
_LONGEST_STATE = 6


def split_row(text: str, count: int) -> tuple[str, ...] | None:
    """The pieces of a row of ``count`` cells, in order; "" is a cell that was not answered.

    Splits on tab, line break, ";" and "|"; on spaces only if every piece is a plain number or a state word
    and there are exactly ``count`` of them ("12, 5, 0, 1" too). A text without any such sign is one piece.
    None means that the text cannot be placed: too many pieces, or numbers between spaces whose number does
    not fit ("12 5" for four cells), which must never be taken for one number.
    """
    typed = clean(text).strip(" \n\u00a0")
    pieces = _explicit(typed) if _EXPLICIT.search(typed) else _spaced(typed, count)
    if pieces is None or len(pieces) > max(count, 1):
        return None
    return pieces


def _explicit(typed: str) -> tuple[str, ...]:
    line = _LAYOUT.sub(r"\1", typed)
    if line.startswith("|") and line.endswith("|") and len(line) > 1:  # a row of a pasted table
        line = line[1:]
    pieces = [piece.strip() for piece in _EXPLICIT.split(line)]
    while len(pieces) > 1 and not pieces[-1]:
        pieces.pop()
    return tuple(pieces)


def _spaced(typed: str, count: int) -> tuple[str, ...] | None:
    """The pieces between spaces, or the whole text as one piece if they are not all plain."""
    pieces = _plain_pieces(typed) if len(typed) <= LONGEST else None
    if pieces is None or len(pieces) < 2 or count < 2:
        return (typed,)
    return tuple(pieces) if len(pieces) == count else None


def _plain_pieces(typed: str) -> list[str] | None:
    words = typed.split()
    if len(words) > 1 and all(w.endswith(",") for w in words[:-1]) and not words[-1].endswith(","):
        words = [w.removesuffix(",") for w in words]
    pieces: list[str] = []
    at = 0
    while at < len(words):
        length = 1 if _PLAIN.fullmatch(words[at]) else _state_length(words, at)
        if not length:
            return None
        pieces.append(" ".join(words[at : at + length]))
        at += length
    return pieces


def _state_length(words: list[str], at: int) -> int:
    """How many words from here make the longest state word ("chưa có số liệu": 4); 0 if none begins here."""
    for length in range(min(_LONGEST_STATE, len(words) - at), 0, -1):
        piece = words[at : at + length]
        # A state word never takes in a number or a dash that is a cell of its own.
        if length > 1 and any(not fold(w).isalpha() for w in piece):
            continue
        if state_of(" ".join(piece)) is not None:
            return length
    return 0
