"""What people are told when the form of their report is changed while they are at it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.texts.receipts import not_stored


def form_changed(title: str, reports: Sequence[tuple[str, int, int]], held: Sequence[str]) -> str:
    """``reports`` are (unit, questions that are new, questions no longer asked); ``held`` was typed and not stored."""
    lines = [f"Thưa đồng chí, mẫu báo cáo “{title}” vừa được điều chỉnh."]
    lines += [f"• {unit}: {_difference(new, gone)}." for unit, new, gone in reports]
    lines.append("Mọi câu đồng chí đã trả lời được giữ nguyên, kể cả câu không còn hỏi.")
    if held:
        lines.append(f"{not_stored(held)} Xin đồng chí gửi lại khi được hỏi.")
    lines.append("Đồng chí gõ /tiep để làm tiếp, /muc để xem danh mục các câu.")
    return "\n".join(lines)


def _difference(new: int, gone: int) -> str:
    if not new and not gone:
        return "các câu hỏi vẫn như trước, chỉ sửa lời văn"
    told = [f"thêm {new} câu mới"] if new else []
    told += [f"{gone} câu không hỏi nữa"] if gone else []
    return ", ".join(told)


def opened_for_new_questions(version: int) -> str:
    """Why a part of a returned report is open although nobody returned it."""
    return f"Mẫu vừa được điều chỉnh (phiên bản {version}): câu này mới được thêm, xin trả lời."
