"""Sentences of the commands that open, plan and close campaigns; those about units stand in ``bot/unit_texts.py``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def past_due(kind: str, day: date) -> str:
    return (
        f"--due {kind}: ngày {day:%d/%m/%Y} đã qua; hạn nộp phải từ hôm nay trở đi. "
        "Nếu chỉ nhập số liệu của một đợt đã xong, hãy thêm --past."
    )


def key_taken(key: str) -> str:
    return f"Đã có đợt báo cáo mang mã {key}; hãy chọn mã khác bằng --key."


def people_told(number: int) -> str:
    return f"Đã báo cho {number} người của các đơn vị phải nộp."


def due_too_early(lower: str, upper: str) -> str:
    return f"Lưu ý: hạn của {lower} không trước hạn của {upper}."


def columns_without_unit(columns: Sequence[str]) -> str:
    return f"Lưu ý: cột số chưa ghi đơn vị tính: {', '.join(columns)}."
