"""What is asked back, what talk to the bot is answered with, and the summary before sending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dialogs.forms.answers import State
from dialogs.forms.form import Form, Table
from dialogs.forms.local_rows import name_column
from dialogs.forms.questions import Question
from dialogs.texts.checking import count_of_findings, first_findings
from dialogs.texts.labels import SHOWN_ITEMS
from dialogs.texts.places import capital, due_text, listing, question_place, short, table_name
from dialogs.values.findings import ReviewSummary
from dialogs.values.report_view import ReportView


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


def nil_table(table: Table | None, rows: Sequence[Question]) -> str:
    return f"Ghi “Không có (0)” cho {len(rows)} hàng còn trống của {table_name(table)}?"


def yes_nil_table(rows: int) -> str:
    return f"Đúng, {rows} hàng đều không có"


def about_table(told: str) -> str:
    """The first sentence of what is to be known of a table; all of it stands under /trogiup."""
    first = told.partition(". ")[0].rstrip(".")
    more = " (đọc đủ: gõ /trogiup)" if len(told) > len(first) + 1 else ""
    return f"Lưu ý: {first}{more}."


def new_row(table: Table, known: int) -> str:
    """The name of a row that a unit adds itself is asked."""
    column = name_column(table)
    example = f" Ví dụ: {column.example}" if column and column.example else ""
    return f"{table.number_line.capitalize()}: thêm dòng thứ {known + 1}.\nDòng này tên là gì?{example}"


def drop_row(name: str) -> str:
    return f"Bỏ dòng “{short(name, 60)}” cùng các số đã ghi ở dòng này?"


def yes_drop_row() -> str:
    return "Đúng, bỏ dòng này"


def mend_which(entries: Sequence[str]) -> str:
    skipped = max(0, len(entries) - SHOWN_ITEMS)
    lines = [f"… {skipped} mục trước đó"] if skipped else []
    lines += [f"{number}. {short(entry, 60)}" for number, entry in enumerate(entries, 1) if number > skipped]
    return "\n".join([*lines, f"Sửa mục nào? Gõ số thứ tự, từ 1 đến {len(entries)}."])


def mend_how(number: int, entry: str) -> str:
    return f"Mục {number} hiện là:\n{short(entry, 1000)}\nGõ nội dung mới, hoặc bấm Xóa mục này."


def review(
    view: ReportView, form: Form, summary: ReviewSummary, replaced: Sequence[str], now: datetime, zone: tzinfo
) -> str:
    """The summary before sending; ``form`` has the rows that the unit added, ``replaced`` tells of sums."""
    lines = [f"Kiểm tra trước khi gửi — {view.unit.name}"]
    counts = [f"Đã trả lời {summary.answered}/{summary.total}"]
    counts += [f"{summary.zeros} ô ghi 0 / không có"] if summary.zeros else []
    counts += [f"{summary.nones} ô chưa có số liệu"] if summary.nones else []
    counts += [count_of_findings(summary.findings)] if summary.findings else []
    lines.append(" · ".join(counts))
    empty = [q for q in summary.missing if q not in summary.begun]
    if empty:
        lines.append("Còn trống: " + listing([question_place(form, q) for q in empty], 6) + ".")
    if summary.begun:
        lines.append("Còn dở: " + listing([question_place(form, q) for q in summary.begun], 6) + ".")
    lines += first_findings(form, summary.findings)
    lines += replaced
    above = f" lên {view.unit.parent_name}" if view.unit.parent_name else ""
    lines.append(f"{capital(due_text(view.due, now, zone))}. Gửi báo cáo{above} bây giờ?")
    return "\n".join(lines)


def still_asked(place: str) -> str:
    return f"Đang hỏi: {place}."


_GO_ON = "Gõ câu trả lời, hoặc /boqua để để lại sau."

TALK = {
    "question": "Tôi chỉ ghi câu trả lời vào báo cáo. Câu đang hỏi ở ngay dưới đây. " + _GO_ON,
    "help": "Câu đang hỏi ở ngay dưới đây. " + _GO_ON + " Gõ /trogiup để xem các lệnh.",
    "wait": "Vâng, xin cứ thong thả: những gì đã gõ đều đã lưu. Khi quay lại, gõ /tiep là làm tiếp.",
    "thanks": "Cảm ơn đồng chí. Ta đang ở câu dưới đây.",
    "heard": "Vâng ạ. Câu dưới đây đang chờ trả lời. " + _GO_ON,
    "swear": "Xin lỗi vì sự bất tiện. Những gì đã gõ vẫn còn nguyên. " + _GO_ON,
    "mistake": "Muốn sửa câu vừa trả lời: sửa ngay tin nhắn đã gửi, bấm nút “Sửa …”, hoặc gõ /truoc để quay lại.",
    "above": "Mỗi mục được in riêng, nên ở đây cần ghi đủ nội dung; “như trên” sẽ không đọc được.",
    "last": "Nếu kỳ trước có nội dung ở câu này, nút lấy lại hiện dưới câu hỏi. Nếu không, xin ghi đủ nội dung.",
    "contact": "Số điện thoại không phải là câu trả lời ở đây nên không được ghi.",
}
"""By the act of ``dialogs.meaning``."""

IF_CONTENT = "Nếu chữ vừa gõ đúng là nội dung của báo cáo, bấm nút dưới đây."


def as_content(typed: str) -> str:
    return f"Ghi nguyên văn “{short(typed, 24)}”"


def bare_number(typed: str) -> str:
    return f"“{typed}” là một con số, chưa phải nội dung báo cáo. Xin gõ thành câu; các nút chọn bằng chữ cái a, b, c."


def count_of(noun: str, typed: str) -> str:
    return f"“{short(typed, 40)}” là số lượng. Ở đây cần ghi tên từng {noun}, mỗi dòng một {noun}."
