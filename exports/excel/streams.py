"""What the long sheets share: rows put together from ready-made pieces, so that a line costs one join.

A row is its pieces joined by its number: ``<row r="`` 7 ``"><c r="A`` 7 ``" s="3" ...`` and so on. A piece therefore
ends where the next cell's number is due, and can be kept for every line in which the same text stands again.
"""

from __future__ import annotations

from collections.abc import Iterator

from exports.excel.body import GUARDED
from exports.excel.cells import Pen, letter
from exports.excel.text import line_height

BATCH = 200
"""Rows handed on at a time: few enough for memory, many enough that compressing is not called for each."""
OPENED = '<row r="'
LAST_ROW_OF_A_SHEET = 1_048_576
_TALLEST = 400.0
_ROOMY = 5.6
"""Points that a letter of size 12 takes in running text, marks and blanks included, and some room to spare."""


def joint(column: int, last: int) -> str:
    """Return what closes the cell in ``column`` and opens the next one, or closes the row after the ``last``."""
    return "</c></row>" if column == last else f'</c><c r="{letter(column + 1)}'


def start(lines: int) -> str:
    """Return what follows the number of a row that is ``lines`` high, up to the number in its first cell."""
    height = min(_TALLEST, lines * line_height() + 2)
    return f'" ht="{height:g}" customHeight="1"><c r="A' if lines > 1 else '"><c r="A'


def lines_in(text: str, width_mm: float) -> int:
    """Return about how many lines ``text`` takes; counted letter by letter it would cost more than the file."""
    return text.count("\n") + 1 + int(len(text) * _ROOMY / (width_mm * 72 / 25.4))


class Texts(dict[str, str]):
    """Pieces for one column by text; texts that are not there yet are written when they are asked for."""

    def __init__(self, pen: Pen, style: str, column: int, last: int, guarded: str = "list_guarded") -> None:
        self._pen, self._joint = pen, joint(column, last)
        self._style, self._guarded = pen.styles[style], pen.styles[guarded]

    def __missing__(self, text: str) -> str:
        style = self._guarded if text.startswith(GUARDED) else self._style
        content = f"{self._pen.words(text)}" if text else ""
        piece = f'" s="{style}"{content or ">"}{self._joint}'
        self[text] = piece
        return piece


def batches(rows: Iterator[str]) -> Iterator[bytes]:
    """Yield ``rows`` as bytes, many at a time."""
    kept: list[str] = []
    for row in rows:
        kept.append(row)
        if len(kept) == BATCH:
            yield "".join(kept).encode()
            kept.clear()
    yield "".join(kept).encode()
