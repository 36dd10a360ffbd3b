"""The conversation that passes at every door: what she does, and what she must hear then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from io import BytesIO
from zipfile import ZipFile

from dialogs.values.doors import Delivery
from tests import evidence_files
from tests.doors.at_door import AtDoor, Heard, Office

SEVEN_DAYS_BEFORE = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
REMINDER = "Nhắc việc báo cáo"


class Deed(Enum):
    SAYS = "says"
    PRESSES = "presses"
    SENDS = "sends"


@dataclass(frozen=True)
class Line:
    """``what`` is a text, a part of a label, or a file's name; ``hears`` a part of what she is told."""

    deed: Deed
    what: str
    hears: str


FILLING_IN = (
    Line(Deed.PRESSES, "Đúng", "Chào mừng đồng chí đến với Đảng ủy xã An Bình 0"),
    Line(Deed.SAYS, "/tiep", "Căn cứ của báo cáo · 1/32"),
    Line(Deed.SAYS, "45; 20; 3", "✓ Căn cứ của báo cáo: Số 45 · Ngày 20 · Tháng 3"),
    Line(Deed.SAYS, "/sua PL3.3", "Hội Nông dân – Số lượng cán bộ, Cấp xã"),
    Line(Deed.SAYS, "12 năm 0 1", "năm"),
    Line(Deed.SAYS, "12 5 0 1", "Tổng 12 · Nữ 5 · DTTS 0 · Tôn giáo 1"),
    Line(Deed.SAYS, "/sua II.1", "1. Công tác lãnh đạo, chỉ đạo và tổ chức thực hiện Kết luận 62."),
    Line(Deed.SAYS, "Đã phổ biến đến 12 chi bộ.", "Đã nhận 1 đoạn"),
    Line(Deed.SAYS, "Có 240 lượt người dự.", "Đã nhận 2 đoạn"),
    Line(Deed.SENDS, "Quyết định 12.pdf", "gắn"),
    Line(Deed.PRESSES, "Tiếp", "II.1"),
    Line(Deed.SAYS, "/sua IV", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ VÀ GIẢI PHÁP"),
    Line(Deed.SAYS, "Mở lớp tập huấn\nKiểm tra hai chi bộ", "Đã ghi 2 mục"),
    Line(Deed.PRESSES, "Tiếp", "IV"),
)
SENDING = (
    Line(Deed.SAYS, "/tiep", "32"),
    Line(Deed.SAYS, "/nop", "Kiểm tra trước khi gửi"),
    Line(Deed.PRESSES, "Gửi", "số biên nhận KL62-"),
)


async def fill_in(at: AtDoor, code: str) -> None:
    """Come by an invitation and answer a question of each kind; a file is attached to one of them."""
    await at.come(code)
    await until(at, "Đây có đúng là đơn vị của đồng chí không?")
    for line in FILLING_IN:
        await go_through(at, line)


async def be_reminded_and_send(at: AtDoor) -> None:
    """Days later: the reminder, where one can be; the report is sent, and its papers come."""
    if at.door.facts.delivery is not Delivery.SEATED:
        await until(at, REMINDER)
    for line in SENDING:
        await go_through(at, line)
    papers = [each.file for each in [await at.hear(), await at.hear()] if each.file is not None]
    assert sorted(name.rpartition(".")[2] for name, _ in papers) == ["docx", "xlsx"]
    assert [ZipFile(BytesIO(content)).testzip() for _, content in papers] == [None, None]


async def go_through(at: AtDoor, line: Line) -> None:
    match line.deed:
        case Deed.SAYS:
            await at.say(line.what)
        case Deed.PRESSES:
            await at.press(line.what)
        case Deed.SENDS:
            await at.send(line.what, evidence_files.pdf())
    await until(at, line.hears)


async def until(at: AtDoor, part: str) -> Heard:
    """Hear what comes until it holds ``part``: a door that fetches a file says first that it is on its way."""
    heard = [await at.hear()]
    while part not in heard[-1].text:
        assert len(heard) < 3, f"{part!r} is not heard in {[each.text for each in heard]}"
        heard.append(await at.hear())
    return heard[-1]


async def hold(at: AtDoor, office: Office) -> dict[str, object]:
    """Hold the whole conversation at one door; return what is stored in the end."""
    code = office.invite(at.door)
    async with at.entered(office) as variables:
        async with office.served(at.door, variables):
            await fill_in(at, code)
        office.at = SEVEN_DAYS_BEFORE
        async with office.served(at.door, variables):
            await be_reminded_and_send(at)
    return office.stored(at.door)
