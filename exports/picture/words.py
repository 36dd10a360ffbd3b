"""The words on the progress picture."""

from __future__ import annotations

from datetime import datetime

from dialogs.reading import number_text
from dialogs.values.progress_board import StatusTally
from dialogs.values.status import Status

STATUS = {
    Status.ACCEPTED: "Đã tiếp nhận",
    Status.SENT: "Đã gửi",
    Status.RETURNED: "Bị trả lại",
    Status.IN_PROGRESS: "Đang làm",
    Status.NOT_OPENED: "Chưa mở",
    Status.NOT_REQUIRED: "Không phải nộp",
}

CORNER = "Góc đỏ: trễ hạn"


def number(count: int) -> str:
    return number_text(count)


def of_words(found: StatusTally) -> str:
    """ "12/14", or that nothing is owed: never 0/0 and never more than all."""
    return f"{number(found.done)}/{number(found.owing)}" if found.owing else "không phải nộp"


def late_words(count: int) -> str:
    return f"{number(count)} trễ hạn"


def at_words(at: datetime) -> str:
    """The moment of the snapshot, local."""
    return f"Lúc {at:%H:%M} ngày {at.day}/{at.month}/{at.year}"


def page_words(page: int, pages: int) -> str:
    return f"trang {page}/{pages}" if pages > 1 else ""


def only_owing(shown: int, asked: int) -> str:
    """Why not every unit has a tile."""
    return f"Hình nêu {number(shown)} đơn vị chưa gửi, trên tổng số {number(asked)} đơn vị."
