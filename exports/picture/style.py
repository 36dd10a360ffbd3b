"""What the progress picture is drawn with: its font, colours and signs. Each status has a colour and a sign of its own.

The colours keep apart for people who see no red and green, and in grey; the sign tells the status without any colour.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dialogs.values.status import Status

WIDTH = 1080
MARGIN = 36
INNER = WIDTH - 2 * MARGIN

PAPER, INK, SOFT, RULE = "#ffffff", "#17202a", "#4a5560", "#c9d0d6"
FILL = {
    Status.ACCEPTED: "#0b6b50",
    Status.SENT: "#3f8fd2",
    Status.RETURNED: "#c44806",
    Status.IN_PROGRESS: "#f4cc52",
    Status.NOT_OPENED: "#e4e8ec",
    Status.NOT_REQUIRED: "#ffffff",
}
ON_FILL = {
    Status.ACCEPTED: "#ffffff",
    Status.SENT: "#06213a",
    Status.RETURNED: "#ffffff",
    Status.IN_PROGRESS: "#33270a",
    Status.NOT_OPENED: "#17202a",
    Status.NOT_REQUIRED: "#59636d",
}
LATE = "#a30024"

REGULAR, BOLD = 400, 700
SMALL, BODY, TITLE, LARGE = 34, 38, 50, 76
FONT = Path(str(files("fontpkg_roboto_condensed") / "files" / "RobotoCondensed[wght].ttf"))
"""An open font with every Vietnamese letter, from its package: what the machine has installed decides nothing."""

_FINER = 4
"""Signs are drawn so many times larger and then reduced, which smooths their edges."""


@lru_cache(16)
def font(size: int, weight: int = REGULAR) -> ImageFont.FreeTypeFont:
    """Return the font; its letters are placed one by one, so that every machine draws the same picture."""
    found = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
    found.set_variation_by_axes([weight])
    return found


def width(text: str, size: int, weight: int = REGULAR) -> int:
    return int(font(size, weight).getlength(text) + 0.999)


def fitted(text: str, room: int, size: int, weight: int = REGULAR) -> str:
    """Return ``text``, or its beginning with dots if it is wider than ``room``."""
    if width(text, size, weight) <= room:
        return text
    fits, too_long = 0, len(text)
    while fits + 1 < too_long:
        middle = (fits + too_long) // 2
        if width(text[:middle].rstrip() + "…", size, weight) <= room:
            fits = middle
        else:
            too_long = middle
    return text[:fits].rstrip() + "…"


def wrapped(text: str, room: int, size: int, weight: int = REGULAR, most: int = 6) -> list[str]:
    """Return ``text`` in lines of at most ``room``; what is left after ``most`` lines ends in dots."""
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, weight) <= room:
            line += f" {words.pop(0)}"
        if len(lines) == most - 1:
            line = " ".join([line, *words])
            words = []
        lines.append(fitted(line, room, size, weight))
    return lines


@lru_cache(64)
def sign(status: Status, size: int, colour: str) -> Image.Image:
    """Return the sign of a status on a transparent square of ``size``."""
    side = size * _FINER
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    _SIGNS[status](draw, side, colour)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _tick(draw: ImageDraw.ImageDraw, side: int, colour: str) -> None:
    points = [(0.12 * side, 0.55 * side), (0.40 * side, 0.82 * side), (0.90 * side, 0.20 * side)]
    draw.line(points, fill=colour, width=side // 7, joint="curve")


def _arrow_up(draw: ImageDraw.ImageDraw, side: int, colour: str) -> None:
    draw.polygon([(0.5 * side, 0.08 * side), (0.94 * side, 0.54 * side), (0.06 * side, 0.54 * side)], fill=colour)
    draw.rectangle((0.36 * side, 0.50 * side, 0.64 * side, 0.92 * side), fill=colour)


def _arrow_back(draw: ImageDraw.ImageDraw, side: int, colour: str) -> None:
    draw.polygon([(0.06 * side, 0.38 * side), (0.46 * side, 0.06 * side), (0.46 * side, 0.70 * side)], fill=colour)
    draw.arc((0.10 * side, 0.27 * side, 0.90 * side, 0.92 * side), -90, 90, fill=colour, width=side // 7)


def _half(draw: ImageDraw.ImageDraw, side: int, colour: str) -> None:
    box = (0.10 * side, 0.10 * side, 0.90 * side, 0.90 * side)
    draw.ellipse(box, outline=colour, width=side // 10)
    draw.pieslice(box, 90, 270, fill=colour)


def _ring(draw: ImageDraw.ImageDraw, side: int, colour: str) -> None:
    draw.ellipse((0.10 * side, 0.10 * side, 0.90 * side, 0.90 * side), outline=colour, width=side // 10)


def _dash(draw: ImageDraw.ImageDraw, side: int, colour: str) -> None:
    draw.rectangle((0.16 * side, 0.43 * side, 0.84 * side, 0.57 * side), fill=colour)


_SIGNS = {
    Status.ACCEPTED: _tick,
    Status.SENT: _arrow_up,
    Status.RETURNED: _arrow_back,
    Status.IN_PROGRESS: _half,
    Status.NOT_OPENED: _ring,
    Status.NOT_REQUIRED: _dash,
}


@lru_cache(8)
def late_corner(size: int) -> Image.Image:
    """Return the mark of what is late: a corner, parted by a white edge from whatever colour is under it."""
    side = size * _FINER
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (side, 0), (side, side)], fill=PAPER)
    edge = side // 6
    draw.polygon([(2.4 * edge, 0), (side, 0), (side, side - 2.4 * edge)], fill=LATE)
    return image.resize((size, size), Image.Resampling.LANCZOS)
