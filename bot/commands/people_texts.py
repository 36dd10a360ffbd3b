"""What the commands about people say."""

from __future__ import annotations

from dialogs.texts.people import role_name


def member(number: int, handle: str, name: str, role: str) -> str:
    return f"{number:6} {handle or '-':12} {name or 'chưa có tên'} — {role_name(role)} ({role})"


def no_such_person(word: str) -> str:
    return f"Không có người dùng “{word}”. Xem số hoặc tên tắt bằng: baocao member list ĐƠN_VỊ"


def no_such_member(word: str, role: str, unit: str) -> str:
    return f"“{word}” không có vai trò {role_name(role)} ở đơn vị “{unit}”."


def removed(name: str, role: str, unit: str) -> str:
    return f"Đồng chí {name} đã thôi vai trò {role_name(role)} ở đơn vị “{unit}”."
