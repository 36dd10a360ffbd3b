"""What a text needs before it can stand in a spreadsheet cell: escaping, its length there, and the room it takes.

A spreadsheet does not grow a row for wrapped text when a file is written by a program, so the height of each row is
estimated from the widths of Times New Roman's letters. The estimate leans towards one line too many.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

CELL_LIMIT = 32_767
"""The most UTF-16 units that one spreadsheet cell holds."""
CELL_LINES = 253
"""The most line ends that one spreadsheet cell holds."""

POINTS_PER_MM = 72 / 25.4
CELL_PADDING = 6.0
"""Points that the two sides of a cell keep free."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPABLE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# Advance widths of Times New Roman in thousandths of the type size; bold is some 7 % wider.
_WIDTHS = {
    180: "'",
    250: " .,",
    278: "ijltf/:;|\\",
    333: "rI-()!`[]",
    400: '"',
    444: "aceszJ?“”",
    500: "bdghknopquvxy0123456789$*_–",
    564: "+=<>",
    611: "ELTZFPS",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    800: "mM&%",
    944: "W",
    1000: "—@…",
}


class _Widths(dict[str, int]):
    """Widths by character; one that is not listed is as wide as its letter without marks, or a full square."""

    def __missing__(self, character: str) -> int:
        base = unicodedata.normalize("NFD", character)[0].translate({0x111: "d", 0x110: "D"})
        if unicodedata.combining(character):
            width = 0
        else:
            width = self[base] if base != character else (556 if ord(character) < 0x2000 else 1000)
        self[character] = width
        return width


_WIDTH = _Widths({character: width for width, group in _WIDTHS.items() for character in group})


def escaped(text: str) -> str:
    """Return ``text`` as it is written between XML tags of a workbook, so that it is read back unchanged.

    ``_x0041_`` is how a workbook spells a character by number; the same letters typed by a person are protected.
    Characters that XML cannot hold are left out; stored answers never have them.
    """
    if not text.replace("\n", "").isprintable():
        text = _ILLEGAL.sub("", text)
    if "_x" in text:
        text = _ESCAPABLE.sub("_x005F_", text)
    if "\r" in text:
        text = text.replace("\r", "_x000D_")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def units(text: str) -> int:
    """Return the length of ``text`` as a spreadsheet counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text) if not text.isascii() else len(text)


def pieces(text: str, limit: int = CELL_LIMIT) -> list[str]:
    """Return ``text`` cut into parts that each fit into one cell; joined they are the text again."""
    if len(text) * 2 <= limit and text.count("\n") <= CELL_LINES:
        return [text]
    found, start = [], 0
    while start < len(text):
        end = min(start + limit, len(text))
        while (over := units(text[start:end]) - limit) > 0:
            end -= (over + 1) // 2
        if text.count("\n", start, end) > CELL_LINES:
            end = start + len("\n".join(text[start:end].split("\n", CELL_LINES)[:CELL_LINES])) + 1
        found.append(text[start:end])
        start = end
    return found


def measured(text: str, size: float = 12, bold: bool = False) -> float:
    """Return the estimated width of ``text`` on one line, in points."""
    return sum(map(_WIDTH.__getitem__, text)) * size / 1000 * (1.07 if bold else 1)


def folded(text: str, width: float, size: float = 12, bold: bool = False) -> list[str]:
    """Return the lines that ``text`` takes in a column ``width`` points wide; joined they are the text again."""
    if measured(text, size, bold) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for word in re.findall(r"\S*\s*", text):
        room = measured(word.rstrip(), size, bold)
        if used and used + room > width:
            lines.append(line)
            line, used = "", 0.0
        while room > width and len(word) > 1:
            cut = max(1, int(len(word) * width / room) - 1)
            lines.append(word[:cut])
            word = word[cut:]
            room = measured(word.rstrip(), size, bold)
        line, used = line + word, used + measured(word, size, bold)
    return [*lines, line] if line else lines


def line_count(text: str, width_mm: float, size: float = 12, bold: bool = False) -> int:
    """Return how many lines ``text`` takes in a column ``width_mm`` wide, its own line ends included."""
    width = width_mm * POINTS_PER_MM - CELL_PADDING
    return sum(_lines_of(line, width, size, bold) for line in text.split("\n"))


def _lines_of(line: str, width: float, size: float, bold: bool) -> int:
    lines, used = 1, 0.0
    scale = size / 1000 * (1.07 if bold else 1)
    space = 250 * scale
    for word in line.split(" "):
        room = (_word_width(word) if len(word) <= _WORD else _width(word)) * scale
        if used and used + room > width:
            lines += 1
            used = 0.0
        if room > width:
            lines += math.ceil(room / width * 1.05) - 1
            room = width
        used += room + space
    return lines


def _width(word: str) -> int:
    return sum(map(_WIDTH.__getitem__, word))


_WORD = 40
"""Longer words do not come back and would only fill the memory."""
_word_width = lru_cache(maxsize=8192)(_width)


def line_height(size: float = 12) -> float:
    """Return the height of one line of type ``size``, in points, as a spreadsheet sets Times New Roman."""
    return round(size * 1.3125, 2)


@lru_cache(maxsize=4096)
def fixed_line_count(text: str, width_mm: float, size: float = 12, bold: bool = False) -> int:
    """Return ``line_count`` of a text of the form, remembered: it is the same in every report."""
    return line_count(text, width_mm, size, bold)
