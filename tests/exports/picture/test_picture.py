"""The progress picture: every unit, every status, legible on a phone, the same bytes for the same values."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from dialogs.values.progress_board import SHOWN_ORDER, Board, UnitProgress, short_names, tally
from dialogs.values.status import Status
from exports.picture import drawing, style
from exports.picture.parts import tile_lines, tile_width
from exports.picture.style import FILL, LATE, ON_FILL, WIDTH, width

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2026, 11, 21, 3, 5, tzinfo=UTC)
VOWELS = "aăâeêioôơuưy"
MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def place(
    unit: int, above: int, depth: int, status: Status = Status.SENT, name: str = "", late: bool = False
) -> UnitProgress:
    kind = ("tinh", "huyen", "xa")[depth]
    return UnitProgress(unit, f"U{unit}", name or f"Đảng ủy xã An Bình {unit}", kind, above, depth, unit, status, late)


def province(districts: int, communes: int, status: Status | None = None) -> Board:
    """A province with so many districts of so many communes each; the statuses go round unless one is given."""
    found = [place(1, 0, 0, status or Status.IN_PROGRESS, "Tỉnh ủy Hồng Lam")]
    for number in range(districts):
        district = len(found) + 1
        found.append(place(district, 1, 1, status or Status.NOT_OPENED, f"Huyện ủy Thanh Sơn {number}"))
        for _ in range(communes):
            unit = len(found) + 1
            found.append(place(unit, district, 2, status or SHOWN_ORDER[unit % 6], late=unit % 9 == 0))
    return Board(1, "kl62-2019", "Tổng kết 10 năm Kết luận 62", AT, tuple(found))


def opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGB")


def colours(image: Image.Image) -> dict[tuple[int, ...], int]:
    found = image.getcolors(1 << 24)
    assert found is not None
    return {colour: count for count, colour in found if isinstance(colour, tuple)}


def near(image: Image.Image, wanted: str) -> int:
    """How many pixels have a colour, or as good as it."""
    red, green, blue = (int(wanted[at : at + 2], 16) for at in (1, 3, 5))
    return sum(
        count
        for colour, count in colours(image).items()
        if max(abs(colour[0] - red), abs(colour[1] - green), abs(colour[2] - blue)) <= 6
    )


def cmap(font: bytes) -> set[int]:
    """The characters that a font has a glyph for (tables of format 4 and 12, OpenType 1.9)."""
    tables = {font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16]) for at in _records(font)}
    start, _ = tables[b"cmap"]
    (number,) = struct.unpack(">H", font[start + 2 : start + 4])
    found: set[int] = set()
    for index in range(number):
        (offset,) = struct.unpack(">I", font[start + 8 + 8 * index : start + 12 + 8 * index])
        found |= _subtable(font[start + offset :])
    return found


def _records(font: bytes) -> range:
    return range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)


def _subtable(table: bytes) -> set[int]:
    (form,) = struct.unpack(">H", table[:2])
    if form == 12:
        (groups,) = struct.unpack(">I", table[12:16])
        spans = (struct.unpack(">III", table[16 + 12 * at : 28 + 12 * at]) for at in range(groups))
        return {code for first, last, glyph in spans for code in range(first, last + 1) if glyph + code - first}
    if form != 4:
        return set()
    (twice,) = struct.unpack(">H", table[6:8])
    ends = struct.unpack(f">{twice // 2}H", table[14 : 14 + twice])
    starts = struct.unpack(f">{twice // 2}H", table[16 + twice : 16 + 2 * twice])
    return {
        code for first, last in zip(starts, ends, strict=True) if first != 0xFFFF for code in range(first, last + 1)
    }


def test_the_font_has_every_vietnamese_letter() -> None:
    """All twelve vowels with all six tones, đ, both cases, and the signs that the picture writes."""
    from unicodedata import normalize

    letters = {normalize("NFC", vowel + mark) for vowel in VOWELS for mark in MARKS} | set("đbcdghklmnpqrstvxfjzw")
    wanted = letters | {letter.upper() for letter in letters} | set("0123456789/%()·–…“”,.-:ĐĂÂ")
    assert len(letters) == 12 * 6 + 21
    assert {letter for letter in wanted if ord(letter) not in cmap(style.FONT.read_bytes())} == set()


def test_the_same_values_give_the_same_bytes() -> None:
    assert drawing.draw(province(3, 4), ZONE) == drawing.draw(province(3, 4), ZONE)


@pytest.mark.parametrize(("districts", "communes"), [(0, 0), (0, 1), (2, 4), (12, 13), (34, 97)])
def test_every_picture_fits_a_phone(districts: int, communes: int) -> None:
    """Wide enough to read, no taller than twice its width: chat servers reduce what is taller."""
    for content in drawing.draw(province(districts, communes), ZONE):
        image = opened(content)
        assert image.width >= 1080
        assert image.height <= drawing.TALLEST
        assert len(content) < 1024 * 1024
        assert drawing.size(content) == image.size


def test_few_units_are_one_picture_with_a_tile_each() -> None:
    """Every status has its colour, and the late ones their corner."""
    (content,) = drawing.draw(province(2, 7), ZONE)
    image = opened(content)
    assert {status for status in Status if near(image, FILL[status]) < 2_000} == set()
    assert near(image, LATE) > 500


def test_nothing_late_has_no_corner() -> None:
    """No mark, and no word about one."""
    (content,) = drawing.draw(province(1, 2, Status.SENT), ZONE)
    assert near(opened(content), LATE) == 0


def test_168_units_are_a_bar_each_district_and_then_every_name() -> None:
    """The first picture shows the whole; the tiles are on those after it."""
    board = province(12, 13)
    pages = drawing.draw(board, ZONE)
    assert len(board.asked) == 169
    assert 3 <= len(pages) <= 6
    parts = drawing.pages(board, ZONE)
    names = [type(part).__name__ for part in parts[0]]
    assert names.count("PictureRow") == 13
    tiles = [each for page in parts[1:] for part in page if type(part).__name__ == "Tiles" for each in part.tiles]
    assert [each.unit for each, _ in tiles] == [each.unit for each in board.asked if each.depth == 2]


def test_a_nation_is_in_bars() -> None:
    """3,333 units have no tiles, but every branch has its bar, and together they are all units."""
    board = province(34, 97)
    parts = [part for page in drawing.pages(board, ZONE) for part in page]
    rows = [part for part in parts if type(part).__name__ == "PictureRow"]
    assert len(rows) == 35
    assert sum(row.found.total for row in rows) == len(board.asked) == 3_333
    assert not any(type(part).__name__ == "Tiles" for part in parts)


def test_many_units_right_under_one_show_those_that_owe() -> None:
    """Nobody stands between, so there is nothing to make bars of."""
    found = [place(1, 0, 0)]
    found += [place(unit, 1, 1, Status.SENT if unit % 3 else Status.NOT_OPENED) for unit in range(2, 402)]
    board = Board(1, "k", "Đợt", AT, tuple(found))
    parts = [part for page in drawing.pages(board, ZONE) for part in page]
    shown = [each for part in parts if type(part).__name__ == "Tiles" for each, _ in part.tiles]
    assert {each.status for each in shown} == {Status.NOT_OPENED}
    assert len(shown) == sum(each.is_open for each in board.asked)


def test_names_are_readable_in_their_tiles() -> None:
    """Long names of real communes stand in a tile of four in a row, in letters of 34 pixels, without dots."""
    for name in ("Phường Vĩnh Thạnh Trung", "Thị trấn Nông trường Mộc Châu", "Xã Tân Thới Nhì", "Đặc khu Phú Quốc"):
        lines = tile_lines(name, 4, late=True)
        assert " ".join(lines) == name
        assert all(width(line, style.SMALL) < tile_width(4) for line in lines)
    assert style.SMALL >= 34
    assert WIDTH == 1080


def test_a_longest_title_is_wrapped_and_stays_on_the_picture() -> None:
    """Two hundred letters, one of the words without an end."""
    board = province(1, 2)
    long = Board(1, "k", "Tổng kết " * 20 + "x" * 200, AT, board.places)
    (content,) = drawing.draw(long, ZONE)
    image = opened(content)
    edge = image.crop((image.width - 8, 0, image.width, image.height))
    assert {min(colour) >= 250 for colour in colours(edge)} == {True}


def contrast(first: str, second: str) -> float:
    """The contrast of two colours (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("status", list(Status))
def test_words_stand_out_from_the_colour_under_them(status: Status) -> None:
    assert contrast(FILL[status], ON_FILL[status]) >= 4.5


def test_signs_differ_without_any_colour() -> None:
    """In grey, or for somebody who sees no red and green, the sign alone tells the status."""
    drawn = {status: style.sign(status, 34, "#000000").tobytes() for status in Status}
    assert len(set(drawn.values())) == len(Status)


def test_counts_add_up_and_never_exceed_all() -> None:
    """Every report in one status; what owes nothing is in no share; nothing owed is not 100 %."""
    counts = tally(province(3, 5).asked)
    assert sum(counts.counts.values()) == counts.total == 19
    assert counts.done <= counts.owing == 19 - counts.counts[Status.NOT_REQUIRED]
    assert tally(()).percent == 0
    assert tally([place(1, 0, 0, Status.NOT_REQUIRED)]).percent == 0
    assert tally([place(1, 0, 0), place(2, 0, 0, Status.NOT_REQUIRED)]).percent == 100
    nearly = [place(unit, 0, 0) for unit in range(1, 1000)] + [place(1000, 0, 0, Status.RETURNED)]
    assert tally(nearly).percent == 99


def test_short_names_stay_apart() -> None:
    """Only the words that all units of a kind begin with are left out, and never a whole name."""
    found = (
        place(1, 0, 2, name="Đảng ủy xã An Bình"),
        place(2, 0, 2, name="Đảng ủy phường An Bình"),
        place(3, 0, 2, name="Đảng ủy"),
        place(4, 0, 1, name="Huyện ủy Thanh Sơn"),
    )
    assert short_names(found[:2]) == {1: "Xã An Bình", 2: "Phường An Bình"}
    assert short_names(found[:3])[3] == "Ủy"
    assert short_names(found)[4] == "Huyện ủy Thanh Sơn"
