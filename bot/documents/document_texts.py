"""What is said about progress, its picture and the record outside the dialog, and on the command line."""

from __future__ import annotations

from datetime import datetime

RECORD_COLUMNS = (
    "at",
    "by",
    "account",
    "channel",
    "unit",
    "unit_name",
    "report",
    "verb",
    "field",
    "row",
    "column",
    "version",
    "state",
    "value",
    "reason",
    "said",
    "detail",
)
"""The columns of the record's file; those that the long data sheet has too are called the same."""

NOT_ALLOWED = "Người dùng này không có quyền làm việc đó ở đơn vị đã chọn."
"""One sentence for an unknown unit and for one of somebody else: neither is named."""


def picture_caption(title: str, unit: str, at: datetime, page: int, pages: int) -> str:
    part = f" (hình {page}/{pages})" if pages > 1 else ""
    return f"Tiến độ “{title}” – {unit}, lúc {at:%H:%M} ngày {at.day}/{at.month}/{at.year}{part}"


def picture_failed() -> str:
    return (
        "Xin lỗi đồng chí, chưa vẽ được hình tiến độ. Lỗi đã được ghi lại và sẽ có người xem. "
        "Đồng chí vẫn xem được danh sách bằng /tiendo."
    )


def nothing_to_draw() -> str:
    return "Hình tiến độ chưa lập được: đồng chí không còn quyền theo dõi đơn vị đã chọn."


def record_failed() -> str:
    return (
        "Xin lỗi đồng chí, chưa lập được tệp nhật ký. Lỗi đã được ghi lại và sẽ có người xem. "
        "Đồng chí có thể thử lại bằng /nhatky."
    )


def record_too_large(size: int, limit: int) -> str:
    """A file that the chat does not carry, and how to get it."""
    return (
        f"Tệp nhật ký nặng {size // 1024 // 1024} MB, quá mức {limit // 1024 // 1024} MB nên không gửi ở đây được. "
        "Đồng chí chọn một đơn vị nhỏ hơn, hoặc nhờ người quản trị chạy: baocao record export ĐỢT --out TỆP.csv"
    )


def record_written(lines: int, path: str) -> str:
    return f"Đã ghi {lines} dòng nhật ký vào {path}."
