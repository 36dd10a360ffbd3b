"""What the screens of a report show: where one is, what is asked, what is stored, the contents, a card, help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dialogs.forms.answers import Answer
from dialogs.forms.form import Column
from dialogs.kinds import CHOSEN, KINDS, NUMERIC
from dialogs.texts.labels import DOCUMENT, STATUS
from dialogs.texts.places import (
    bar,
    beside_name,
    column_name,
    count,
    due_text,
    example,
    listing,
    local,
    short,
    value_text,
)
from dialogs.values.report_view import ReportView
from dialogs.values.status import Status
from dialogs.values.world import Card

WRITE_ON = "Gửi một hay nhiều tin đều được; xong thì bấm Tiếp."
MEND_RETURNED_REPORT, GO_ON, START = "Sửa theo yêu cầu trả lại", "Làm tiếp", "Bắt đầu"
STILL_EMPTY, SUBMIT = "Câu còn trống", "Nộp báo cáo"

# --- where one is ------------------------------------------------------------------------------------------------


def document_position(step: int, steps: int) -> str:
    return f"{DOCUMENT} (không bắt buộc) · bước {step}/{steps}"


def position(where: str, step: int, steps: int, number: int, done: int, total: int) -> str:
    """ "Phần thứ nhất › I · bước 1/2 · 8/32 ▓▓▓░": the question's number among all, and how far the report is."""
    part = f"bước {step}/{steps} · " if steps > 1 else ""
    return f"{where} · {part}{number}/{total} {bar(done, total)}"


def row_position(table: str, row: int, rows: int) -> str:
    return f"{table.capitalize()} · hàng {row}/{rows}"


# --- what is asked -----------------------------------------------------------------------------------------------


def for_example(text: str) -> str:
    return f"Ví dụ: {text}"


def asked_columns(columns: Sequence[Column]) -> str:
    """The columns in their order: "Gửi 2 số theo thứ tự: Tổng số · Nữ (người)"."""
    measures = {beside_name(column) for column in columns}
    measure = measures.pop() if len(measures) == 1 else ""
    common = f" ({measure})" if measure else ""
    if len(columns) == 1:
        return f"{columns[0].label}{common}"
    noun = "số" if all(column.kind in NUMERIC for column in columns) else "phần"
    names = " · ".join(_named(column, bool(common)) for column in columns)
    return f"Gửi {len(columns)} {noun} theo thứ tự: {names}{common}"


def _named(column: Column, common: bool) -> str:
    measure = "" if common else beside_name(column)
    told = f" ({measure})" if measure else ""
    return column_name(column) + told + ("" if column.required else " (nếu có)")


def how_to_fill(columns: Sequence[Column]) -> str:
    """What is accepted, with an example of the whole message."""
    if len(columns) == 1 and columns[0].kind in CHOSEN:
        return "Bấm chọn, hoặc gõ tên."
    plain = all(KINDS[column.kind].spaced for column in columns)
    apart = "" if len(columns) == 1 or plain else " (cách nhau bằng dấu chấm phẩy)"
    return f"Ví dụ{apart}: {example(columns)}"


def how_to_list(noun: str) -> str:
    return f"Gửi mỗi {noun} một dòng, một hay nhiều tin; xong thì bấm Tiếp."


# --- what is stored ----------------------------------------------------------------------------------------------


def stored_text(text: str) -> str:
    return f"Đang có ({count(len(text))} ký tự): “{short(text, 90)}”"


def stored(shown: str) -> str:
    return f"Đang có: {shown}"


def stored_cell(column: Column, answer: Answer) -> str:
    return f"{column_name(column)} {short(value_text(column, answer))}"


def usual_values(values: Iterable[str]) -> str:
    """What the unit usually writes there; a list of several lines in one."""
    return f"Thường dùng: {' · '.join(text.replace(chr(10), ', ') for text in values)}"


def sent_back(by: str, comment: str) -> str:
    return f"↩ {by} trả lại: “{short(comment, 200)}”"


def unanswered(column: Column | None) -> str:
    return f"{column_name(column)}: (chưa trả lời)" if column else "(chưa trả lời)"


def overview(view: ReportView, done: int, total: int, missing: Sequence[str], files: str) -> str:
    """The whole report in a few lines: how far, what is ``missing``, a line about its ``files`` ('' without any)."""
    lines = [f"{view.title} — {view.unit.name}", f"Đã trả lời {done}/{total} {bar(done, total)}"]
    lines += ["Còn trống: " + listing(missing, 10)] if missing else []
    lines += [files] if files else []
    return "\n".join([*lines, "Xem từng câu: gõ /xem và số câu, ví dụ /xem 12."])


def closed(view: ReportView, zone: tzinfo) -> str:
    """Why a report may not be written: it is sent, when and under which number."""
    if view.status is Status.RETURNED:
        return "Câu này không thuộc phần được trả lại nên không sửa được."
    when = f" lúc {local(view.sent_at, zone)}" if view.sent_at else ""
    number = f", số biên nhận {view.receipt}" if view.receipt else ""
    return f"Báo cáo {STATUS[view.status]}{when}{number}."


# --- contents and first screen -----------------------------------------------------------------------------------

CHOOSE_NUMBER = "Gõ số câu để đến câu đó."


def contents_heading(done: int, total: int, page: int, pages: int) -> str:
    return f"Danh mục câu hỏi · đã trả lời {done}/{total} · trang {page}/{pages}"


def card_state(card: Card, now: datetime, zone: tzinfo) -> str:
    """How a report on the first screen stands: sent and when, returned, until when it is due."""
    if card.status in (Status.SENT, Status.ACCEPTED) and card.sent_at is not None:
        return f"{STATUS[card.status]} {local(card.sent_at, zone)} ✓"
    due = due_text(card.due, now, zone)
    return f"bị trả lại, {due}" if card.status is Status.RETURNED else due


# --- help --------------------------------------------------------------------------------------------------------

COMMANDS = (
    "Lệnh dùng được ở mọi bước (gõ có hoặc không có dấu):",
    "/tiep làm tiếp, xong câu · /truoc câu trước · /boqua để lại sau",
    "/muc danh mục câu · /sua 12 hoặc /sua PL3.2 đến câu đó · /xem xem lại",
    "/nop kiểm tra và gửi · /tailieu nhận Word, Excel · /huy thôi việc đang làm",
)
HOW_TO_ANSWER = (
    "Số: 1.234 là một nghìn hai trăm ba mươi tư; 1,5 là một phẩy năm.",
    "Không có thì gõ 0 hoặc “không có”; chưa nắm được thì gõ “chưa có số liệu”.",
    "Mọi câu trả lời được lưu ngay khi gửi. Không nhập nội dung mật.",
)


def about_question(hint: str) -> str:
    return f"Câu này: {hint}"
