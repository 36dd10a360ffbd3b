"""How wide a line of Times New Roman is: to lay out the head so that names and dates do not break badly.

Widths are thousandths of the letter size. Vietnamese letters are as wide as their base letters but for Ơ and Ư.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_REGULAR = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 "
    "564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 "
    "722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 "
    "278 500 500 722 500 500 444 480 200 480 541"
)
_BOLD = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 "
    "570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 "
    "722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 "
    "333 556 500 722 500 500 444 394 220 394 520"
)
_WIDER = {"Ơ": 722, "Ư": 796, "ơ": 554, "ư": 600, "Đ": 722, "đ": 556, "–": 500, "…": 1000}
_MM_PER_POINT = 25.4 / 72
_SLACK = 1.02
"""A reader's font may differ a little: what is measured to fit must fit there too."""


def _table(widths: str) -> dict[str, int]:
    return {chr(code): int(width) for code, width in enumerate(widths.split(), 32)} | _WIDER


_WIDTHS = {False: _table(_REGULAR), True: _table(_BOLD)}


def width_mm(text: str, points: float, *, bold: bool = False) -> float:
    """Return the length of ``text`` on one line, in millimetres."""
    table = _WIDTHS[bold]
    return sum(_letter(table, letter) for letter in text) * points * _MM_PER_POINT / 1000


def _letter(table: dict[str, int], letter: str) -> int:
    if letter in table:
        return table[letter]
    base = unicodedata.normalize("NFD", letter)[:2]
    horned = {"O\u031b": "Ơ", "o\u031b": "ơ", "U\u031b": "Ư", "u\u031b": "ư"}.get(base, base[:1])
    return table.get(horned, 1000)


@lru_cache(maxsize=1024)
def side_indent_mm(
    text: str, points: float, available_mm: float, *, bold: bool = False, before: frozenset[str] = frozenset()
) -> float:
    """Return how far to indent a centred text on both sides so that its lines come out about equally long.

    0 if it fits on one line. A heading of two lines then never leaves one word alone on the second, a symbol such as
    "62-KL/TW" is not torn at its hyphen, and if it can be, lines break ``before`` one of the given words.
    """
    told = text.split()
    words = [_word(word, points, bold) for word in told]
    space = width_mm(" ", points, bold=bold)
    lines = len(_breaks(words, space, available_mm)[0])
    if lines < 1:
        return 0
    least = max(whole for whole, _ in words)
    found = 0.0
    for step in range(int(available_mm - least)):
        width = least + step
        places, torn = _breaks(words, space, width)
        if len(places) != lines or torn:
            continue
        side = max(0.0, (available_mm - width) / 2 - 0.5)
        if all(told[place] in before for place in places):
            return side
        found = found or side
    return found


def line_count(text: str, points: float, available_mm: float, *, bold: bool = False) -> int:
    """Return on how many lines ``text`` comes out."""
    words = [_word(word, points, bold) for word in text.split()]
    return len(_breaks(words, width_mm(" ", points, bold=bold), available_mm)[0]) + 1


def _word(word: str, points: float, bold: bool) -> tuple[float, float]:
    """Return the width of ``word``, and of its part up to the first hyphen after which it may break (0: none)."""
    start, hyphen, rest = word.partition("-")
    first = width_mm(start + hyphen, points, bold=bold) * _SLACK if start and rest else 0
    return width_mm(word, points, bold=bold) * _SLACK, first


def _breaks(words: list[tuple[float, float]], space: float, available: float) -> tuple[list[int], bool]:
    """Return the words with which new lines begin, and whether a line would rather end at a word's hyphen."""
    places: list[int] = []
    used, torn = -space, False
    for place, (word, first) in enumerate(words):
        left = available - used - space
        if word <= left or used <= 0:
            used += space + word
            continue
        torn = torn or 0 < first <= left
        places.append(place)
        used = word
    return places, torn
