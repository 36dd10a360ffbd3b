"""What is said about compiled reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogs.texts.places import count, short

if TYPE_CHECKING:
    from dialogs.values.world import Compilable

COMPILE = "Tổng hợp cấp dưới"


def compiling(each: Compilable) -> str:
    """The request is taken; how much of the campaign the papers will rest on."""
    return (
        f"Đang tổng hợp “{short(each.title)}” của {each.unit_name} từ {_sent(each)}; tệp sẽ đến trong chốc lát. "
        "Đồng chí cứ làm tiếp bình thường."
    )


def compile_which(found: Sequence[Compilable], more: int) -> str:
    """The campaigns to choose from, with how far each is; ``more`` are left out."""
    lines = ["Đồng chí muốn tổng hợp đợt báo cáo nào?"]
    lines += [
        f"• {short(each.title)} ({each.campaign}) – {each.unit_name}: {_sent(each)}{_late(each)}" for each in found
    ]
    lines += [f"Còn {count(more)} đợt nữa; đồng chí gõ /tonghop và mã đợt."] if more else []
    return "\n".join(lines)


def compile_label(each: Compilable, among: Sequence[Compilable]) -> str:
    """What the button says; of two campaigns of one title, such as two periods, the key tells them apart."""
    alike = [other for other in among if (other.title, other.unit_name) == (each.title, each.unit_name)]
    name = short(each.campaign, 32) if alike[1:] else short(each.title, 28)
    return f"{name} – {short(each.unit_name, 24)}"


def nothing_to_compile() -> str:
    return (
        "Hiện không có đợt báo cáo nào để đồng chí tổng hợp. "
        "Việc này dành cho người theo dõi, tổng hợp của đơn vị có cấp dưới."
    )


def no_such_compilable(typed: str) -> str:
    return f"Trong các đợt đồng chí được tổng hợp không có “{short(typed, 40)}”."


def _sent(each: Compilable) -> str:
    return f"{count(each.sent)}/{count(each.total)} đơn vị đã gửi"


def _late(each: Compilable) -> str:
    return f", {count(each.late)} trễ hạn" if each.late else ""
