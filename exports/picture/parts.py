"""The parts of the progress picture. Each knows its height before it is drawn, so that pages can be filled with them.

A part draws itself on a canvas at a height of it; nothing is drawn outside its own height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageDraw

from dialogs.values.progress_board import SHOWN_ORDER, StatusTally, UnitProgress
from dialogs.values.status import Status
from exports.picture.style import (
    BODY,
    BOLD,
    FILL,
    INK,
    INNER,
    LARGE,
    LATE,
    MARGIN,
    ON_FILL,
    PAPER,
    REGULAR,
    RULE,
    SMALL,
    SOFT,
    TITLE,
    fitted,
    font,
    late_corner,
    sign,
    width,
    wrapped,
)
from exports.picture.words import CORNER, STATUS, late_words, number, of_words

GAP = 10
_SIGN = 34


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture being drawn."""

    image: Image.Image
    draw: ImageDraw.ImageDraw

    def text(self, at: tuple[float, float], words: str, size: int, colour: str = INK, weight: int = REGULAR) -> None:
        """Write one line whose middle is at ``at``'s height and which begins there."""
        self.draw.text(at, words, font=font(size, weight), fill=colour, anchor="lm")

    def paste(self, image: Image.Image, at: tuple[int, int]) -> None:
        self.image.paste(image, at, image)


class PicturePart(Protocol):
    @property
    def height(self) -> int: ...
    def draw(self, canvas: Canvas, top: int) -> None: ...


@dataclass(frozen=True, slots=True)
class PictureHeading:
    """Lines of text, each with its size, colour and weight."""

    lines: tuple[tuple[str, int, str, int], ...]
    after: int = GAP

    @property
    def height(self) -> int:
        return sum(_line_height(size) for _, size, _, _ in self.lines) + self.after

    def draw(self, canvas: Canvas, top: int) -> None:
        for words, size, colour, weight in self.lines:
            canvas.text((MARGIN, top + _line_height(size) / 2), words, size, colour, weight)
            top += _line_height(size)


def _line_height(size: int) -> int:
    return size * 5 // 4


def heading(title: str, unit: str, at: str, page: str) -> PictureHeading:
    """What the picture is about; ``page`` is '' where there is one only."""
    lines = [(line, TITLE, INK, BOLD) for line in wrapped(unit, INNER, TITLE, BOLD, 3)]
    lines += [(line, BODY, INK, REGULAR) for line in wrapped(title, INNER, BODY, REGULAR, 5)]
    lines.append((f"{at} · {page}" if page else at, SMALL, SOFT, REGULAR))
    return PictureHeading(tuple(lines), 2 * GAP)


def short_heading(title: str, unit: str, at: str, page: str) -> PictureHeading:
    """What the picture is about in two lines, on the pages after the first."""
    first = fitted(f"{unit} – {title}", INNER, BODY, BOLD)
    return PictureHeading(((first, BODY, INK, BOLD), (f"{at} · {page}" if page else at, SMALL, SOFT, REGULAR)), GAP)


@dataclass(frozen=True, slots=True)
class GroupTitle:
    """The unit over a group of tiles with the sign of its own report, and how far the tiles under it are."""

    name: str
    found: StatusTally
    head: UnitProgress | None = None
    height: int = 64

    def draw(self, canvas: Canvas, top: int) -> None:
        middle, left = top + 36, MARGIN
        if self.head is not None and self.head.asked:
            chip(canvas, self.head.status, (left, middle - 22), 44, self.head.late)
            left += 58
        said = of_words(self.found) if self.found.total else ""
        room = MARGIN + INNER - left - width(f"  {said}", BODY, BOLD)
        shown = fitted(self.name, room, BODY, BOLD)
        canvas.text((left, middle), shown, BODY, INK, BOLD)
        canvas.text((MARGIN + INNER - width(said, BODY, BOLD), middle), said, BODY, SOFT, BOLD)


@dataclass(frozen=True, slots=True)
class PictureSummary:
    """The large figure: how many of how many have sent, and the late ones."""

    found: StatusTally
    height: int = LARGE + 3 * GAP

    def draw(self, canvas: Canvas, top: int) -> None:
        middle = top + LARGE / 2 + GAP
        said = f"{number(self.found.done)}/{number(self.found.owing)}"
        canvas.text((MARGIN, middle), said, LARGE, INK, BOLD)
        after = MARGIN + width(said, LARGE, BOLD) + 2 * GAP
        canvas.text((after, middle + LARGE / 8), f"đơn vị đã gửi ({self.found.percent}%)", BODY + 4, INK)
        if self.found.all_late:
            _late_badge(canvas, late_words(self.found.all_late), int(middle))


def _late_badge(canvas: Canvas, words: str, middle: int) -> None:
    wide = width(words, BODY, BOLD) + 3 * GAP
    left = MARGIN + INNER - wide
    canvas.draw.rounded_rectangle((left, middle - 30, left + wide, middle + 30), 12, fill=LATE)
    canvas.text((left + 1.5 * GAP, middle), words, BODY, "#ffffff", BOLD)


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar of all statuses, each as long as its share; a count stands where there is room for it."""

    found: StatusTally
    height: int = 96 + 2 * GAP

    def draw(self, canvas: Canvas, top: int) -> None:
        box = (MARGIN, top, MARGIN + INNER, top + self.height - 2 * GAP)
        stack(canvas, self.found, box, BODY)


def stack(canvas: Canvas, found: StatusTally, box: tuple[int, int, int, int], size: int) -> None:
    """Draw the statuses side by side into ``box``; what there is of a status is never too narrow to be seen."""
    left, top, right, bottom = box
    for status, begin, end in _segments(found, left, right):
        canvas.draw.rectangle((begin, top, end - 1, bottom - 1), fill=FILL[status])
        if status is Status.NOT_REQUIRED:
            _hatch(canvas, (begin, top, end - 1, bottom - 1))
        said = number(found.counts[status])
        if size and width(said, size, BOLD) + 12 <= end - begin:
            at = ((begin + end - width(said, size, BOLD)) / 2, (top + bottom) / 2)
            if status is Status.NOT_REQUIRED:
                canvas.draw.rectangle((at[0] - 4, top + 3, at[0] + width(said, size, BOLD) + 4, bottom - 4), fill=PAPER)
            canvas.text(at, said, size, ON_FILL[status], BOLD)
        canvas.draw.line((end - 1, top, end - 1, bottom - 1), fill="#ffffff", width=2)
    canvas.draw.rectangle((left, top, right - 1, bottom - 1), outline="#7b8791", width=2)


_NARROWEST = 10


def _segments(found: StatusTally, left: int, right: int) -> list[tuple[Status, int, int]]:
    """Where each status begins and ends; together they fill the bar exactly."""
    shown = [status for status in SHOWN_ORDER if found.counts[status]]
    spare = right - left - _NARROWEST * len(shown)
    parts, done, begin = [], 0, left
    for at, status in enumerate(shown, 1):
        done += found.counts[status]
        end = left + at * _NARROWEST + spare * done // max(1, found.total)
        parts.append((status, begin, end))
        begin = end
    return parts


def _hatch(canvas: Canvas, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    tall = bottom - top
    patch = Image.new("RGB", (right - left + 1, tall + 1), FILL[Status.NOT_REQUIRED])
    draw = ImageDraw.Draw(patch)
    for x in range(-tall, right - left + 1, 14):
        draw.line((x, tall, x + tall, 0), fill=RULE, width=3)
    canvas.image.paste(patch, (left, top))


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours and signs mean, with the count of each status and of the late ones among them."""

    found: StatusTally
    corner: bool = True

    @property
    def height(self) -> int:
        return 3 * 58 + (58 if self._explains_corner else 0) + GAP

    @property
    def _explains_corner(self) -> bool:
        return self.corner and self.found.all_late > 0

    def draw(self, canvas: Canvas, top: int) -> None:
        for at, status in enumerate(SHOWN_ORDER):
            left, middle = MARGIN + at % 2 * (INNER // 2), top + at // 2 * 58 + 27
            chip(canvas, status, (left, middle - 22), 44)
            said = STATUS[status]
            canvas.text((left + 58, middle), said, BODY)
            self._count(canvas, status, left + 58 + width(said + " ", BODY), middle)
        if self._explains_corner:
            _corner_chip(canvas, (MARGIN, top + 3 * 58 + 1), 44)
            canvas.text((MARGIN + 58, top + 3 * 58 + 23), CORNER, BODY)

    def _count(self, canvas: Canvas, status: Status, left: int, middle: int) -> None:
        many = number(self.found.counts[status])
        canvas.text((left, middle), many, BODY, INK, BOLD)
        if late := self.found.late[status]:
            canvas.text((left + width(many + " ", BODY, BOLD), middle), f"(trễ {number(late)})", SMALL, LATE, BOLD)


def _corner_chip(canvas: Canvas, at: tuple[int, int], side: int) -> None:
    left, top = at
    canvas.draw.rectangle((left, top, left + side, top + side), outline="#7b8791")
    canvas.paste(late_corner(side - 14), (left + 15, top))


@dataclass(frozen=True, slots=True)
class SmallLegend:
    """What the marks mean, without counts, on the pages after the first."""

    corner: bool

    @property
    def height(self) -> int:
        return 48 * (3 if self.corner else 2) + GAP

    def draw(self, canvas: Canvas, top: int) -> None:
        for at, status in enumerate(SHOWN_ORDER):
            left, middle = MARGIN + at % 3 * (INNER // 3), top + at // 3 * 48 + 22
            chip(canvas, status, (left, middle - 19), 38)
            canvas.text((left + 50, middle), STATUS[status], SMALL)
        if self.corner:
            _corner_chip(canvas, (MARGIN, top + 2 * 48 + 3), 38)
            canvas.text((MARGIN + 50, top + 2 * 48 + 22), CORNER, SMALL)


def chip(canvas: Canvas, status: Status, at: tuple[int, int], side: int, late: bool = False) -> None:
    """Draw a small square with the colour and the sign of a status, and the corner of what is late."""
    left, top = at
    canvas.draw.rounded_rectangle((left, top, left + side, top + side), 8, fill=FILL[status], outline="#7b8791")
    inner = side * 7 // 10
    canvas.paste(sign(status, inner, ON_FILL[status]), (left + (side - inner) // 2 + 1, top + (side - inner) // 2 + 1))
    if late:
        canvas.paste(late_corner(20), (left + side - 19, top))


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One unit that stands over others: its name, how many of its units have sent, and their bar."""

    name: str
    found: StatusTally
    height: int = 100

    def draw(self, canvas: Canvas, top: int) -> None:
        said = of_words(self.found)
        late = f"  {late_words(self.found.all_late)}" if self.found.all_late else ""
        right = MARGIN + INNER - width(said, SMALL, BOLD)
        canvas.text((right, top + 22), said, SMALL, INK, BOLD)
        before = right - width(late + "  ", SMALL, BOLD)
        if late:
            canvas.text((before, top + 22), late, SMALL, LATE, BOLD)
        canvas.text((MARGIN, top + 22), fitted(self.name, before - MARGIN - GAP, SMALL), SMALL)
        stack(canvas, self.found, (MARGIN, top + 46, MARGIN + INNER, top + 86), SMALL)


@dataclass(frozen=True, slots=True)
class Tiles:
    """One row of named tiles, each in the colour and with the sign of its unit's status."""

    tiles: tuple[tuple[UnitProgress, tuple[str, ...]], ...]
    columns: int

    @property
    def height(self) -> int:
        return 62 + 38 * (self._lines - 1) + 8

    @property
    def _lines(self) -> int:
        return max(len(lines) for _, lines in self.tiles)

    def draw(self, canvas: Canvas, top: int) -> None:
        for at, (place, lines) in enumerate(self.tiles):
            self._tile(canvas, place, lines, MARGIN + at * (tile_width(self.columns) + 8), top)

    def _tile(self, canvas: Canvas, place: UnitProgress, lines: Sequence[str], left: int, top: int) -> None:
        right, bottom = left + tile_width(self.columns), top + self.height - 8
        status = place.status
        canvas.draw.rectangle((left, top, right - 1, bottom - 1), fill=FILL[status], outline="#7b8791", width=1)
        if status is Status.NOT_REQUIRED:
            canvas.draw.rectangle((left, top, right - 1, bottom - 1), outline=RULE, width=3)
        middle = (top + bottom) // 2
        canvas.paste(sign(status, _SIGN, ON_FILL[status]), (left + 9, middle - _SIGN // 2))
        first = middle - 38 * (len(lines) - 1) / 2
        for number_, line in enumerate(lines):
            canvas.text((left + _BEFORE_NAME, first + 38 * number_), line, SMALL, ON_FILL[status])
        if place.late:
            canvas.paste(late_corner(32), (right - 32, top))


_BEFORE_NAME = 9 + _SIGN + 9


def tile_width(columns: int) -> int:
    return (INNER - 8 * (columns - 1)) // columns


def tile_lines(name: str, columns: int, late: bool) -> tuple[str, ...]:
    """Return a unit's name in the lines of its tile; only a very long one ends in dots."""
    room = tile_width(columns) - _BEFORE_NAME - (18 if late else 6)
    return tuple(wrapped(name, room, SMALL, REGULAR, 3))
