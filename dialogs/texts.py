"""Every sentence of the dialogs, in Vietnamese, in one place. People are addressed as "đồng chí"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from dialogs.answers import DOCUMENT_DATA, NOT_APPLICABLE, Answer, State
from dialogs.form import Column, Kind
from dialogs.questions import Question
from dialogs.reading import date_text, number_text
from dialogs.world import Status

if TYPE_CHECKING:
    from dialogs.cells import Given
    from dialogs.checks import Finding
    from dialogs.review import Summary
    from dialogs.step import Step

CONTENTS_PAGE = 10
FIGURE_SPACE = "\u2007"
SHOWN_ITEMS = 8

STATUS = {
    Status.NOT_OPENED: "chưa mở",
    Status.IN_PROGRESS: "đang làm",
    Status.SENT: "đã gửi",
    Status.RETURNED: "bị trả lại",
    Status.ACCEPTED: "đã tiếp nhận",
    Status.NOT_REQUIRED: "không phải nộp",
}

# --- labels of buttons ------------------------------------------------------------------------------------------

NEXT, SKIP, BACK, CONTENTS = "Tiếp", "Bỏ qua", "Trước", "Danh mục"
NIL_TEXT, NIL, NIL_COUNT, NONE = "Không có nội dung", "Không có", "Không có (0)", "Chưa có số liệu"
ABSENT, NIL_ROW, NIL_TABLE = "Không có tổ chức này", "Cả hàng không có", "Cả phụ lục không có"
LOOK, UNDO_PIECE, UNDO_ITEM, PICK_ITEM = "Xem lại", "Xóa đoạn cuối", "Xóa mục cuối", "Sửa một mục"
DROP_ITEM, RETYPE, HOME, HELP = "Xóa mục này", "Gõ lại", "Trang đầu", "Trợ giúp"
KEEP, DISCARD, USUAL = "Giữ nguyên, ghi lý do", "Gõ lại hàng này", "Dùng thông tin này"
SEND, LATER, WARNINGS, DOCUMENT, PAPERS = "Gửi", "Để sau", "Xem cảnh báo", "Thông tin văn bản", "Nhận Word, Excel"
PREVIOUS_PAGE, NEXT_PAGE = "Trang trước", "Trang sau"


def mend(place: str) -> str:
    return f"Sửa {place}"


def continue_label(place: str) -> str:
    return f"Làm tiếp: {place}"


def fill_missing(place: str) -> str:
    return f"Điền nốt {place}"


def change_to_none() -> str:
    return "Đổi: chưa có số liệu"


def use_converted() -> str:
    return "Dùng bản đã chuyển"


def keep_as_typed() -> str:
    return "Giữ nguyên như đã gõ"


# --- places and values ------------------------------------------------------------------------------------------


def place_of(step: Step) -> str:
    """The short name of the present question: "II.3", "Phụ lục 3 – Hội Nông dân"."""
    return question_place(step, step.question)


def question_place(step: Step, question: Question) -> str:
    if question.field == DOCUMENT_DATA:
        return DOCUMENT
    if not question.row:
        key = spoken_key(question.field)
        return f"mục {key}" if key else step.form.field(question.field).label
    table = step.form.table(question.field)
    row = table.row(question.row)
    return f"{table.number_line.capitalize()} – {row.short or row_name(row.label, row.level_label)}"


def spoken_key(key: str) -> str:
    """A key as an official reads it in the outline: "P1.I.2.a" is "I.2.a, phần 1"; '' where the outline has none."""
    head, _, rest = key.partition(".")
    if head[:1] == "P" and head[1:].isdecimal() and rest:
        return f"{rest}, phần {head[1:]}"
    return key if set(head) <= set("IVX") else ""


def row_name(label: str, level: str) -> str:
    return f"{label} ({level.lower()})" if level else label


def column_name(column: Column) -> str:
    return column.short or column.label


def count(number: int) -> str:
    return number_text(number)


def value_text(column: Column | None, answer: Answer) -> str:
    """An answer as a person reads it: the four states never look alike."""
    if answer.state is State.ZERO:
        return "0" if column and column.kind not in (Kind.TEXT, Kind.LIST, Kind.DOCUMENTS) else "không có"
    if answer.state is State.NONE:
        return "không có tổ chức" if answer.reason == NOT_APPLICABLE else "chưa có số liệu"
    value = answer.value
    if isinstance(value, tuple):
        return f"{len(value)} mục"
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, date):
        return date_text(value)
    choices = dict(column.choices) if column else {}
    return choices.get(str(value), str(value))


def local(step: Step, moment: datetime) -> str:
    return moment.astimezone(step.world.zone).strftime("%H:%M ngày %d/%m")


def due_text(step: Step, due: datetime | None) -> str:
    """The last moment is 24:00 of a day, so the day named is the one before the stored moment."""
    if due is None:
        return "không đặt hạn"
    here = due.astimezone(step.world.zone)
    now = step.world.now.astimezone(step.world.zone)
    midnight = (here.hour, here.minute) == (0, 0)
    last = here.date() if not midnight else date.fromordinal(here.date().toordinal() - 1)
    shown = f"hạn {last:%d/%m}" if midnight else f"hạn {here:%H:%M} ngày {last:%d/%m}"
    days = (last - now.date()).days
    if step.world.now >= due:
        return f"{shown} (quá hạn {max(1, -days)} ngày)"
    return f"{shown} (còn {days} ngày)" if days else f"{shown} (hôm nay là ngày cuối)"


# --- receipts: the first lines of a reply -----------------------------------------------------------------------


def saved_text(place: str, length: int) -> str:
    return f"✓ Đã lưu {place} ({count(length)} ký tự)."


def saved_list(place: str, number: int) -> str:
    return f"✓ Đã lưu {place}: {number} mục."


def declared(place: str, state: State) -> str:
    what = "không có nội dung" if state is State.ZERO else "chưa có số liệu"
    return f"✓ {place[:1].upper()}{place[1:]}: đã ghi {what}."


def nil_words(state: State) -> str:
    return "không có" if state is State.ZERO else "chưa có số liệu"


def left_empty(place: str) -> str:
    return f"Đã để trống {place}; đồng chí tìm lại trong Danh mục."


def pieces_received(place: str, pieces: int, length: int) -> str:
    return f"Đã nhận {pieces} đoạn, {count(length)} ký tự cho {place}.\nGửi thêm, hoặc bấm Tiếp."


def piece_removed(left: int) -> str:
    return f"Đã xóa đoạn cuối; còn {left} đoạn." if left else "Đã xóa; mục này đang trống."


def already_removed() -> str:
    return "Đoạn này đã được xóa rồi; không xóa thêm."


def kept_as_typed(place: str) -> str:
    return f"Đoạn vừa gửi cho {place} được lưu nguyên như đã gõ."


def not_stored(typed: Sequence[str]) -> str:
    return f"Chưa ghi “{short('; '.join(typed))}” vì còn chờ đồng chí xác nhận."


def items_received(kind: str, entries: Sequence[str]) -> str:
    noun = "văn bản" if kind == Kind.DOCUMENTS else "mục"
    if not entries:
        return f"Danh sách đang trống. Gửi mỗi {noun} một dòng."
    skipped = max(0, len(entries) - SHOWN_ITEMS)
    lines = [f"Đã ghi {len(entries)} {noun}:"]
    lines += [f"… {skipped} {noun} trước đó"] if skipped else []
    lines += [f"{number}. {short(entry, 90)}" for number, entry in enumerate(entries, 1) if number > skipped]
    return "\n".join([*lines, "Gửi thêm, hoặc bấm Tiếp."])


def items_left(number: int) -> str:
    return f"Đã xóa mục cuối; còn {number} mục."


def item_changed(number: int) -> str:
    return f"✓ Đã sửa mục {number}."


def item_dropped(number: int) -> str:
    return f"✓ Đã xóa mục {number}."


def cells_receipt(step: Step, given: Sequence[Given]) -> str:
    """Figures said back by name, in their order; what was converted is shown beside what was typed."""
    parts = [f"{column_name(cell.column)} {cell_value(cell)}" for cell in given]
    remarks = [f"“{short(cell.typed, 30)}” → {cell.echo}" for cell in given if cell.echo and cell.typed]
    lines = [f"✓ {capital(place_of(step))}: {' · '.join(parts)}"]
    if remarks:
        lines.append("Đã hiểu: " + "; ".join(remarks) + ".")
    return "\n".join(lines)


def cell_value(cell: Given) -> str:
    from dialogs.answers import Address

    return value_text(cell.column, Answer(Address(""), cell.state, cell.value, reason=cell.reason))


def state_echo(state: State) -> str:
    return "0 (không phát sinh)" if state is State.ZERO else "chưa có số liệu"


def row_absent(place: str) -> str:
    return f"✓ {capital(place)}: đơn vị không có tổ chức này."


def row_nil(place: str) -> str:
    return f"✓ {capital(place)}: cả hàng không có (0)."


def table_nil(step: Step, rows: int) -> str:
    return f"✓ {table_name(step)}: đã ghi không có (0) cho {rows} hàng."


def changed_to_none(number: int) -> str:
    return f"✓ Đã đổi {number} ô từ 0 thành chưa có số liệu."


def usual_taken() -> str:
    return "✓ Đã dùng thông tin thường dùng của đơn vị."


def edited(place: str) -> str:
    return f"✓ Đã cập nhật {place} theo tin đồng chí vừa sửa."


def edited_cells(place: str, given: Sequence[Given]) -> str:
    parts = " · ".join(f"{column_name(cell.column)} {cell_value(cell)}" for cell in given)
    return f"✓ Đã sửa {place}: {parts}"


def receipt(step: Step, number: str) -> str:
    """Number, time and how it stands to the deadline. A resubmission keeps the first sending's lateness."""
    view = step.report
    sent = step.world.now.astimezone(step.world.zone)
    line = f"✓ Đã gửi lúc {sent:%H:%M} ngày {sent:%d/%m}, số biên nhận {number}."
    if view.first_sent_at is not None:
        return f"{line} Đây là bản gửi lại; thời điểm tính hạn vẫn là lần gửi đầu.{_papers_line()}"
    if view.due is None:
        return line + _papers_line()
    days = (view.due - step.world.now).total_seconds() / 86400
    if days < 0:
        return f"{line} Sau hạn {max(1, round(-days))} ngày.{_papers_line()}"
    return f"{line} {'Trước hạn ' + str(int(days)) + ' ngày' if days >= 1 else 'Đúng hạn'}.{_papers_line()}"


def _papers_line() -> str:
    return " Văn bản Word và Excel của đơn vị gửi ngay sau đây."


def papers_coming(step: Step) -> str:
    draft = "" if step.report.sent_at else " (bản dự thảo, vì báo cáo chưa gửi)"
    return f"Đang lập văn bản Word và Excel của {step.report.unit.name}{draft}; tệp gửi ngay sau đây."


# --- refusals: what was read, what is accepted ------------------------------------------------------------------


def empty_message() -> str:
    return "Tin vừa nhận không có nội dung. Đồng chí gửi lại giúp."


def too_long(length: int, limit: int) -> str:
    return f"Mục này đã dài {count(length)} ký tự, quá mức {count(limit)} ký tự; đoạn vừa gửi chưa được ghi."


def too_many_items(limit: int) -> str:
    return f"Danh sách nhận tối đa {limit} mục; tin vừa gửi chưa được ghi."


def list_not_empty(number: int) -> str:
    return f"Danh sách đang có {number} mục. Muốn ghi “không có”, đồng chí xóa các mục đó trước."


def which_item(number: int) -> str:
    return f"Đồng chí gõ số thứ tự của mục cần sửa, từ 1 đến {number}."


def too_many_pieces(text: str, columns: Sequence[Column]) -> str:
    names = " · ".join(column_name(column) for column in columns)
    return (
        f"Nhận “{short(text)}”, không tách được thành {len(columns)} phần. "
        f"Gửi theo thứ tự: {names}; cách nhau bằng dấu chấm phẩy, ví dụ: {example(columns)}"
    )


def refused_piece(column: Column, why: str, among: bool) -> str:
    return f"{column_name(column)}: {why}" if among else why


def asked_back(column: Column, why: str, among: bool) -> str:
    return f"{column_name(column)}: {why}" if among else why


def no_such_choice() -> str:
    return "Lựa chọn này không còn dùng được; đồng chí chọn lại ở dưới."


def no_such_place(typed: str, last: int) -> str:
    return f"Không tìm thấy “{short(typed, 30)}”. Đồng chí gõ số câu từ 1 đến {last}, hoặc ký hiệu như II.3, PL3.2."


def jump_help() -> str:
    return "Đồng chí muốn sửa câu nào? Gõ số thứ tự của câu, ví dụ 12, hoặc PL3.2."


def first_question() -> str:
    return "Đây là câu đầu tiên."


def nothing_due() -> str:
    return "Hiện không có báo cáo nào chờ đồng chí làm."


def say_what() -> str:
    return "Tin này chưa được ghi vào câu nào. Đồng chí chọn một việc ở dưới, hoặc gõ /tiep để làm tiếp."


def not_here() -> str:
    return "Việc này không dùng được ở bước hiện tại."


def unknown_command(word: str) -> str:
    return f"Không có lệnh “/{short(word, 20)}”. Gõ /trogiup để xem các lệnh."


def unsupported(what: str) -> str:
    names = {
        "sticker": "nhãn dán",
        "voice": "tin thoại",
        "audio": "tệp âm thanh",
        "video": "video",
        "video_note": "video",
        "photo": "ảnh",
        "location": "vị trí",
        "contact": "danh thiếp",
        "poll": "bình chọn",
        "animation": "ảnh động",
    }
    name = names.get(what, "loại tin này")
    return f"Chưa đọc được {name}. Đồng chí gõ câu trả lời bằng chữ hoặc số giúp; câu trả lời trước vẫn giữ nguyên."


def file_not_read(name: str) -> str:
    return (
        f"Chưa nhận tệp “{short(name, 40)}” ở bước này. "
        "Đồng chí gõ hoặc dán nội dung vào tin nhắn giúp; câu trả lời trước vẫn giữ nguyên."
    )


def stranger() -> str:
    return (
        "Tài khoản này chưa được gắn với đơn vị nào.\n"
        "Nếu đồng chí có mã mời, vui lòng mở đường dẫn trong thư mời hoặc liên hệ người đã mời."
    )


def no_reports() -> str:
    return "Hiện chưa có đợt báo cáo nào đồng chí phải làm. Khi có, bot sẽ nhắn tại đây."


def edit_without_answer() -> str:
    return "Tin đồng chí vừa sửa không phải là câu trả lời đang lưu; không có gì thay đổi."


def edit_locked() -> str:
    return "Câu trả lời của tin này không sửa được nữa (báo cáo đã gửi hoặc đã khóa)."


def edit_unread(place: str, columns: Sequence[Column]) -> str:
    names = " · ".join(column_name(column) for column in columns)
    return f"Tin đã sửa không đủ {len(columns)} phần cho {place} ({names}); số liệu trước vẫn giữ nguyên."


def edit_refused(column: Column, why: str) -> str:
    return f"{column_name(column)}: {why} Số liệu trước vẫn giữ nguyên."


def stale(place: str, current: str) -> str:
    where = f" Đồng chí đang ở {current}." if current else ""
    return f"Nút này thuộc {place}, câu hỏi đã chuyển tiếp nên không ghi gì thêm.{where}"


def stale_screen(current: str) -> str:
    where = f" Đồng chí đang ở {current}." if current else ""
    return f"Nút này thuộc màn hình cũ nên không ghi gì thêm.{where}"


def apology() -> str:
    """Our own fault: the message is kept, the person is told so, nothing technical is shown."""
    return (
        "Xin lỗi đồng chí, hệ thống gặp lỗi khi xử lý tin vừa rồi. "
        "Tin đã được giữ lại và sẽ có người xem; đồng chí có thể làm tiếp bình thường."
    )


# --- asked back ---------------------------------------------------------------------------------------------------


def legacy_font(name: str, converted: str) -> str:
    return f"Đoạn vừa gửi có vẻ dùng phông chữ cũ ({name}). Sau khi chuyển:\n“{short(converted, 700)}”\nĐồng chí chọn:"


def add_as_text(typed: str) -> str:
    return f"Ghi thêm đoạn “{short(typed, 20)}”"


def replace_by_nil(state: State) -> str:
    return "Bỏ nội dung đã ghi, ghi không có" if state is State.ZERO else "Bỏ nội dung đã ghi, ghi chưa có số liệu"


def nil_over_text(typed: str) -> str:
    return f"Mục này đã có nội dung. “{short(typed)}” nghĩa là:"


def nil_table(step: Step, rows: Sequence[Question]) -> str:
    return f"Ghi “Không có (0)” cho {len(rows)} hàng còn trống của {table_name(step)}?"


def yes_nil_table(rows: int) -> str:
    return f"Đúng, {rows} hàng đều không có"


def table_name(step: Step) -> str:
    table = step.table
    return table.number_line.capitalize() if table else ""


def objection(findings: Sequence[Finding], number: int) -> str:
    lines = [warning_line(finding) for finding in findings]
    held = "Số vừa gửi" if number == 1 else f"{number} số vừa gửi"
    lines.append(f"{held} được giữ tạm, chưa tính là đã trả lời.")
    lines.append("Gửi lại cả hàng, hoặc giữ nguyên và ghi lý do.")
    return "\n".join(lines)


def objection_short(findings: Sequence[Finding]) -> str:
    return " ".join(warning_line(finding) for finding in findings)


def warning_line(finding: Finding) -> str:
    left, right = number_text(finding.left), number_text(finding.right)
    relation = "lớn hơn" if finding.rule.op == "<=" else "khác"
    return f"⚠ {finding.rule.message} ({left} {relation} {right})"


def explain() -> str:
    return "Đồng chí ghi ngắn gọn lý do giữ nguyên số liệu (sẽ in trong bảng cảnh báo)."


def mend_which(entries: Sequence[str]) -> str:
    lines = [f"{number}. {short(entry, 60)}" for number, entry in enumerate(entries, 1)]
    return "\n".join(["Sửa mục nào? Gõ số thứ tự.", *lines[-30:]])


def mend_how(number: int, entry: str) -> str:
    return f"Mục {number} hiện là:\n{entry}\nGõ nội dung mới, hoặc bấm Xóa mục này."


# --- before sending -----------------------------------------------------------------------------------------------


def review(step: Step, summary: Summary) -> str:
    view = step.report
    lines = [f"Kiểm tra trước khi gửi — {view.unit.name}"]
    counts = [f"Đã trả lời {summary.answered}/{summary.total}"]
    counts += [f"{summary.zeros} ô ghi 0 / không có"] if summary.zeros else []
    counts += [f"{summary.nones} ô chưa có số liệu"] if summary.nones else []
    counts += [f"{len(summary.findings)} cảnh báo"] if summary.findings else []
    lines.append(" · ".join(counts))
    if summary.missing:
        lines.append("Còn trống: " + listing([question_place(step, q) for q in summary.missing], 6))
    lines += [warning_line(finding) for finding in summary.findings[:2]]
    lines.append(capital(due_text(step, view.due)) + ".")
    return "\n".join(lines)


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


# --- small helpers of form ----------------------------------------------------------------------------------------


def short(text: str, limit: int = 60) -> str:
    """A quotation for the screen only; what is stored is never shortened."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def listing(names: Sequence[str], limit: int) -> str:
    shown = "; ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} và {len(names) - limit} câu nữa"


def bar(done: int, total: int, width: int = 12) -> str:
    filled = width * done // total if total else 0
    return "▓" * filled + "░" * (width - filled)


def example(columns: Sequence[Column]) -> str:
    """An example of the whole message, made from the examples of the columns."""
    defaults = {Kind.INTEGER: ("12", "5", "0", "1"), Kind.MONEY: ("120", "15,5"), Kind.DECIMAL: ("12,5",)}
    found = []
    for index, column in enumerate(columns):
        usual = defaults.get(column.kind, ("…",))
        found.append(column.example or usual[index % len(usual)])
    plain = all(column.kind is Kind.INTEGER for column in columns)
    return (" " if plain else "; ").join(found)
