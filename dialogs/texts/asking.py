"""What is asked back, and the summary before sending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogs.answers import State
from dialogs.questions import Question, touched
from dialogs.reading import number_text
from dialogs.texts.labels import SHOWN_ITEMS
from dialogs.texts.places import capital, due_text, listing, question_place, short, table_name

if TYPE_CHECKING:
    from dialogs.checks import Finding
    from dialogs.review import Summary
    from dialogs.step import Step


def legacy_font(name: str, converted: str) -> str:
    why = "bị lỗi mã chữ" if name == "mojibake" else f"có vẻ dùng phông chữ cũ ({name})"
    return f"Đoạn vừa gửi {why}. Sau khi chuyển:\n“{short(converted, 400)}”\nĐồng chí dùng bản nào?"


def add_as_text(typed: str) -> str:
    return f"Ghi thêm đoạn “{short(typed, 20)}”"


def replace_by_nil(state: State) -> str:
    return "Bỏ nội dung đã ghi, ghi không có" if state is State.ZERO else "Bỏ nội dung đã ghi, ghi chưa có số liệu"


def nil_over_text(typed: str) -> str:
    if not typed:
        return "Mục này đã có nội dung. Đồng chí bỏ nội dung đó và ghi không có?"
    return f"Mục này đã có nội dung. “{short(typed)}” nghĩa là:"


def nil_table(step: Step, rows: Sequence[Question]) -> str:
    return f"Ghi “Không có (0)” cho {len(rows)} hàng còn trống của {table_name(step)}?"


def yes_nil_table(rows: int) -> str:
    return f"Đúng, {rows} hàng đều không có"


def objection(place: str, findings: Sequence[Finding], number: int) -> str:
    lines = [f"{capital(place)}:", *(warning_line(finding) for finding in findings)]
    held, again = ("Số vừa gửi", "số này") if number == 1 else (f"{number} số vừa gửi", f"{number} số")
    lines.append(f"{held} được giữ tạm, chưa tính là đã trả lời.")
    lines.append(f"Đồng chí gửi lại {again}, hoặc giữ nguyên và ghi lý do.")
    return "\n".join(lines)


def objection_short(findings: Sequence[Finding]) -> str:
    return "\n".join(warning_line(finding) for finding in findings)


def warning_line(finding: Finding) -> str:
    left, right = number_text(finding.left), number_text(finding.right)
    return f"⚠ {finding.rule.message.rstrip('.')} ({left} so với {right})."


def explain() -> str:
    return "Đồng chí ghi ngắn gọn lý do giữ nguyên số liệu (sẽ in trong bảng cảnh báo)."


def mend_which(entries: Sequence[str]) -> str:
    skipped = max(0, len(entries) - SHOWN_ITEMS)
    lines = [f"… {skipped} mục trước đó"] if skipped else []
    lines += [f"{number}. {short(entry, 60)}" for number, entry in enumerate(entries, 1) if number > skipped]
    return "\n".join([*lines, f"Sửa mục nào? Gõ số thứ tự, từ 1 đến {len(entries)}."])


def mend_how(number: int, entry: str) -> str:
    return f"Mục {number} hiện là:\n{short(entry, 1000)}\nGõ nội dung mới, hoặc bấm Xóa mục này."


def review(step: Step, summary: Summary) -> str:
    view = step.report
    lines = [f"Kiểm tra trước khi gửi — {view.unit.name}"]
    counts = [f"Đã trả lời {summary.answered}/{summary.total}"]
    counts += [f"{summary.zeros} ô ghi 0 / không có"] if summary.zeros else []
    counts += [f"{summary.nones} ô chưa có số liệu"] if summary.nones else []
    counts += [f"{len(summary.findings)} cảnh báo"] if summary.findings else []
    lines.append(" · ".join(counts))
    begun = [q for q in summary.missing if touched(q, step.answers)]
    empty = [q for q in summary.missing if q not in begun]
    if empty:
        lines.append("Còn trống: " + listing([question_place(step, q) for q in empty], 6) + ".")
    if begun:
        lines.append("Còn dở: " + listing([question_place(step, q) for q in begun], 6) + ".")
    lines += [warning_line(finding) for finding in summary.findings[:2]]
    above = f" lên {view.unit.parent_name}" if view.unit.parent_name else ""
    lines.append(f"{capital(due_text(step, view.due))}. Gửi báo cáo{above} bây giờ?")
    return "\n".join(lines)


def still_asked(place: str) -> str:
    return f"Đang hỏi: {place}."


def blocked(findings: Sequence[Finding]) -> str:
    return "Chưa gửi được, cần sửa hoặc ghi lý do:\n" + "\n".join(warning_line(f) for f in findings[:5])


def warnings(step: Step, findings: Sequence[Finding]) -> str:
    if not findings:
        return "Không có cảnh báo nào."
    lines = []
    for finding in findings:
        lines.append(f"{capital(question_place(step, finding.question))}: {warning_line(finding)}")
        if finding.explanation:
            lines.append(f"   Lý do đã ghi: {finding.explanation}")
    return "\n".join(lines)
