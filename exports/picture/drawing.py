"""The progress of a campaign as pictures for a phone: values in, PNG bytes out; the same values, the same bytes.

Up to ``MOST_TILES`` reports every unit has a tile with its name; above that every unit right under the top has a bar.
A picture is no taller than a phone shows at once: chat servers reduce taller ones until nothing can be read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from PIL import Image, ImageDraw

from dialogs.values.progress_board import Board, UnitProgress, short_names, tally
from exports.picture.parts import (
    Canvas,
    GroupTitle,
    Legend,
    PictureHeading,
    PicturePart,
    PictureRow,
    PictureSummary,
    SmallLegend,
    StackedBar,
    Tiles,
    heading,
    short_heading,
    tile_lines,
)
from exports.picture.style import MARGIN, PAPER, REGULAR, SMALL, SOFT, WIDTH
from exports.picture.words import at_words, only_owing, page_words

MOST_TILES = 170
"""Reports that are shown tile by tile."""

MOST_WIDE_TILES = 45
"""Reports up to which tiles stand three in a row instead of four."""

TALLEST = 2200
"""Pixels of one picture's height: twice its width, as a phone is."""


def draw(board: Board, zone: tzinfo) -> tuple[bytes, ...]:
    """Return the pictures of a board as PNG files, in order; there is always one.

    What fits one picture is one. Else the first shows the whole in bars, and those after it the units by name.
    """
    return tuple(_png(parts) for parts in pages(board, zone))


def size(picture: bytes) -> tuple[int, int]:
    """Return the width and height of a picture."""
    with Image.open(io.BytesIO(picture)) as image:
        return image.size


def _bars(board: Board) -> list[tuple[PicturePart, ...]]:
    return [(PictureRow(name, tally([*([head] if head else []), *places])),) for name, head, places in _groups(board)]


def _tile_map(board: Board) -> list[tuple[PicturePart, ...]]:
    """What stands on the pages of named tiles; parts that stand together stay on one page."""
    shown = board.asked if len(board.asked) <= MOST_TILES else _owing(board)
    found = list(_all_tiles(board, {place.unit for place in shown}, short_names(board.asked)))
    if len(shown) < len(board.asked):
        found.append((PictureHeading(((only_owing(len(shown), len(board.asked)), SMALL, SOFT, REGULAR),)),))
    return found


def _has_branches(board: Board) -> bool:
    return any(branch.below for branch in board.branches())


def _owing(board: Board) -> Sequence[UnitProgress]:
    """Of too many units under one the ones that matter: who still owes a report, the late ones first."""
    owing = [place for place in board.asked if place.is_open]
    return sorted(owing, key=lambda place: not place.late)[:MOST_TILES]


def _all_tiles(board: Board, shown: set[int], names: dict[int, str]) -> Iterator[tuple[PicturePart, ...]]:
    columns = 3 if len(board.asked) <= MOST_WIDE_TILES else 4
    for name, head, places in _groups(board):
        title = GroupTitle(name, tally(places), head)
        rows = list(_tiles([place for place in places if place.unit in shown], names, columns))
        yield (title, *rows[:1])
        yield from ((row,) for row in rows[1:])


def _groups(board: Board) -> Iterator[tuple[str, UnitProgress | None, Sequence[UnitProgress]]]:
    """Yield the units in groups: name, the unit over them, those under it; first the ones with nobody below them."""
    branches = board.branches()
    alone = [branch.head for branch in branches if not branch.below and branch.head.asked]
    if alone or board.top.asked:
        yield board.top.name, board.top, alone
    for branch in branches:
        if branch.below and any(place.asked for place in branch.every):
            yield branch.head.name, branch.head, [place for place in branch.below if place.asked]


def _tiles(places: Sequence[UnitProgress], names: dict[int, str], columns: int) -> Iterator[Tiles]:
    for first in range(0, len(places), columns):
        row = places[first : first + columns]
        yield Tiles(tuple((each, tile_lines(names[each.unit], columns, each.late)) for each in row), columns)


def pages(board: Board, zone: tzinfo) -> list[list[PicturePart]]:
    """Return what stands on each picture, from top to bottom."""
    at = at_words(board.at.astimezone(zone))
    in_bars = len(board.asked) > MOST_TILES and _has_branches(board)
    tiles = [] if in_bars else _tile_map(board)
    whole = [*_first(board, at, "", corner=bool(tiles)), *(part for some in tiles for part in some)]
    if tiles and _height(whole) <= TALLEST:
        return [whole]
    overview = _bars(board) if _has_branches(board) else []
    found = _filled(board, at, overview, _first(board, at, "", corner=bool(tiles) and not overview), bool(tiles))
    if overview and tiles:
        found += _filled(board, at, tiles, _later(board, at, "", corner=True), True)
    elif tiles:
        found = _filled(board, at, tiles, _first(board, at, "", corner=True), True)
    for number, page in enumerate(found, 1):
        page[0] = heading_of(board, at, page_words(number, len(found)), number == 1)
    return found


def _filled(
    board: Board, at: str, found: Sequence[tuple[PicturePart, ...]], first: list[PicturePart], corner: bool
) -> list[list[PicturePart]]:
    """Fill pages with parts; those yielded together stay together. The first page begins with ``first``."""
    pages = [first]
    begun = len(first)
    for together in found:
        if _height([*pages[-1], *together]) > TALLEST and len(pages[-1]) > begun:
            pages.append(_later(board, at, "", corner))
            begun = len(pages[-1])
        pages[-1] += together
    return pages


def _first(board: Board, at: str, page: str, corner: bool) -> list[PicturePart]:
    counts = tally(board.asked)
    return [heading_of(board, at, page, True), PictureSummary(counts), StackedBar(counts), Legend(counts, corner)]


def _later(board: Board, at: str, page: str, corner: bool) -> list[PicturePart]:
    return [heading_of(board, at, page, False), SmallLegend(corner and tally(board.asked).all_late > 0)]


def heading_of(board: Board, at: str, page: str, first: bool) -> PictureHeading:
    """What a page is about: all of it on the first one, on the others so much that a page sent on is understood."""
    if first:
        return heading(board.title, board.top.name, at, page)
    return short_heading(board.title, board.top.name, at, page)


def _height(parts: Iterable[PicturePart]) -> int:
    return 2 * MARGIN + sum(part.height for part in parts)


def _png(parts: Sequence[PicturePart]) -> bytes:
    image = Image.new("RGB", (WIDTH, _height(parts)), PAPER)
    canvas = Canvas(image, ImageDraw.Draw(image))
    top = MARGIN
    for part in parts:
        part.draw(canvas, top)
        top += part.height
    out = io.BytesIO()
    # Few colours and large areas: a palette keeps the file small, and no dithering keeps its text clean.
    image.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()
