"""Receipts: the first lines of a reply, the buttons under them; what is told of a form that is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from decimal import Decimal

from dialogs.forms.answers import Answer, State
from dialogs.forms.form import Column, Table
from dialogs.kinds import KINDS, Kind
from dialogs.reading import fold, number_text, number_words
from dialogs.texts.labels import SHOWN_ITEMS
from dialogs.texts.places import capital, column_name, count, short, table_name, value_text
from dialogs.values.findings import Given
from dialogs.values.report_view import ReportView, Unit


def saved_text(place: str, length: int) -> str:
    return f"✓ Đã lưu {place} ({count(length)} ký tự)."


def saved_list(place: str, number: int, kind: Kind) -> str:
    return f"✓ Đã lưu {place}: {number} {item_noun(kind)}."


def item_noun(kind: Kind) -> str:
    return "văn bản" if KINDS[kind].documents else "mục"


def declared(place: str, state: State, kind: Kind) -> str:
    nothing = "không có nội dung" if kind is Kind.NARRATIVE else "không có"
    what = nothing if state is State.ZERO else "chưa có số liệu"
    return f"✓ {capital(place)}: đã ghi {what}."


def left_empty(place: str) -> str:
    return f"Đã để trống {place}; đồng chí tìm lại trong Danh mục."


def left_unfinished(place: str) -> str:
    return f"Đã để dở {place}, chưa tính là đã trả lời; đồng chí tìm lại trong Danh mục."


def parts_held(number: int) -> str:
    return f"Đã nhận thêm, cả thảy {number} đoạn đang chờ đồng chí chọn."


def pieces_received(place: str, pieces: int, length: int) -> str:
    return f"Đã nhận {pieces} đoạn, {count(length)} ký tự cho {place}.\nGửi thêm, hoặc bấm Tiếp."


def piece_removed(left: int) -> str:
    return f"Đã xóa đoạn cuối; còn {left} đoạn." if left else "Đã xóa; mục này đang trống."


def already_removed() -> str:
    return "Phần này đã được xóa rồi; không xóa thêm."


def kept_converted(place: str) -> str:
    return f"✓ Đoạn vừa gửi cho {place} được lưu theo bản đã chuyển phông."


def not_stored(typed: Sequence[str]) -> str:
    return f"Chưa ghi “{short('; '.join(typed))}” vì còn chờ đồng chí xác nhận."


def items_received(kind: Kind, entries: Sequence[str]) -> str:
    noun = item_noun(kind)
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


def cells_receipt(place: str, given: Sequence[Given], reason: str) -> str:
    """Figures said back by name, in their order; what was converted is shown beside what was typed."""
    parts = [f"{column_name(cell.column)} {cell_value(cell)}" for cell in given]
    remarks = dict.fromkeys(f"“{short(cell.typed, 30)}” → {_aloud(cell)}" for cell in given if _said_anew(cell))
    lines = [f"✓ {capital(place)}: {' · '.join(parts)}"]
    if remarks:
        lines.append("Đã hiểu: " + "; ".join(remarks) + ".")
    if reason:
        lines.append(f"Lý do: “{short(reason, 100)}”")
    return "\n".join(lines)


def _said_anew(cell: Given) -> bool:
    """Whether the reading says more than what was typed."""
    told = bool(cell.echo and cell.typed) and not isinstance(cell.value, str)
    return told and fold(cell.typed) != fold(cell.echo)


def _aloud(cell: Given) -> str:
    """What a piece was understood as; a number with dots or commas in words, so that a slip is heard."""
    if isinstance(cell.value, int | Decimal) and any(sign in cell.typed for sign in ".,"):
        return f"{number_text(cell.value)} ({number_words(cell.value)}) {cell.column.unit}".rstrip()
    return cell.echo


def cell_value(cell: Given) -> str:
    return short(value_text(cell.column, cell), 80)


def state_echo(state: State) -> str:
    return "0 (không phát sinh)" if state is State.ZERO else "chưa có số liệu"


def row_absent(place: str) -> str:
    return f"✓ {capital(place)}: đơn vị không có tổ chức này."


def row_nil(place: str) -> str:
    return f"✓ {capital(place)}: cả hàng không có (0)."


def row_added(name: str) -> str:
    return f"✓ Đã thêm dòng “{short(name, 60)}”."


def row_dropped(name: str) -> str:
    return f"✓ Đã bỏ dòng “{short(name, 60)}”; số đã ghi vẫn còn trong lịch sử."


def table_nil(table: Table | None, rows: int) -> str:
    return f"✓ {table_name(table)}: đã ghi không có (0) cho {rows} hàng."


def changed_to_none(number: int) -> str:
    return f"✓ Đã đổi {number} ô từ 0 thành chưa có số liệu."


def usual_taken() -> str:
    return "✓ Đã dùng thông tin thường dùng của đơn vị."


def edited(place: str) -> str:
    return f"✓ Đã cập nhật {place} theo tin đồng chí vừa sửa."


def reason_changed(place: str) -> str:
    return f"✓ Đã sửa lý do của {place}."


def edited_cells(place: str, given: Sequence[Given]) -> str:
    parts = " · ".join(f"{column_name(cell.column)} {cell_value(cell)}" for cell in given)
    return f"✓ Đã sửa {place}: {parts}"


def receipt(view: ReportView, number: str, now: datetime, zone: tzinfo) -> str:
    """Number, time and how it stands to the deadline. A resubmission keeps the first sending's lateness."""
    sent = now.astimezone(zone)
    line = f"✓ Đã gửi lúc {sent:%H:%M} ngày {sent:%d/%m}, số biên nhận {number}."
    if view.first_sent_at is not None:
        return f"{line} Đây là bản gửi lại; thời điểm tính hạn vẫn là lần gửi đầu.{_papers_line()}"
    if view.due is None:
        return line + _papers_line()
    days = (view.due - now).total_seconds() / 86400
    if days < 0:
        return f"{line} Sau hạn {max(1, round(-days))} ngày.{_papers_line()}"
    return f"{line} {'Trước hạn ' + str(int(days)) + ' ngày' if days >= 1 else 'Đúng hạn'}.{_papers_line()}"


def sent_now(unit: Unit) -> str:
    above = unit.parent_name or "cấp trên"
    return f"Báo cáo của {unit.name} đã được gửi lên {above}. Muốn sửa, đồng chí gõ /xinsua và ghi lý do."


def _papers_line() -> str:
    return " Văn bản Word và Excel của đơn vị gửi ngay sau đây."


def papers_coming(view: ReportView) -> str:
    draft = "" if view.sent_at else " (bản dự thảo, vì báo cáo chưa gửi)"
    return f"Đang lập văn bản Word và Excel của {view.unit.name}{draft}; tệp gửi ngay sau đây."


def replaced(column: Column, answer: Answer) -> str:
    return f"Thay số của đ/c {answer.by}: {column_name(column)} {value_text(column, answer)}."


def mend(place: str) -> str:
    return f"Sửa {place}"


def change_to_none() -> str:
    return "Đổi 0 vừa ghi: chưa có số liệu"


# --- a form that is changed meanwhile ------------------------------------------------------------------------------


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
