"""What is said to somebody who joins."""

from __future__ import annotations

from dialogs.texts.labels import ROLES
from dialogs.values.report_view import Unit


def invitation(role: str, unit: Unit) -> str:
    above = f" ({unit.parent_name})" if unit.parent_name else ""
    return (
        f"Đồng chí được mời làm {ROLES.get(role, role)} của\n{unit.name.upper()}{above}.\n"
        "Lưu ý: không nhập nội dung mật vào đây.\n"
        "Đây có đúng là đơn vị của đồng chí không?"
    )


def taken_meanwhile() -> str:
    return "Mã mời này vừa được người khác dùng hoặc vừa bị thu hồi, nên đồng chí chưa vào được. Vui lòng xin mã mới."


def wrong_code() -> str:
    return "Mã mời không đúng, đã dùng hoặc đã hết hạn. Đồng chí kiểm tra lại, hoặc xin mã mới từ người đã mời."


def too_many_guesses() -> str:
    return "Đồng chí đã thử sai nhiều lần. Vui lòng đợi một giờ rồi thử lại, hoặc xin mã mới từ người đã mời."


def joined(unit: str) -> str:
    return f"✓ Chào mừng đồng chí đến với {unit}."


def declined() -> str:
    return "Đồng chí chưa vào đơn vị nào. Vui lòng báo lại người đã gửi mã; mã vẫn còn dùng được."
