"""What is said to a coordinator about the reports of others, and about compiling them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dialogs.forms import document_data
from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Answer, State
from dialogs.forms.form import Column, Form
from dialogs.texts import labels, places
from dialogs.texts import workflow as workflow_texts
from dialogs.texts.labels import STATUS
from dialogs.texts.places import count, short
from dialogs.values.desk_world import Decided, DeskScope, ReportRow
from dialogs.values.report_lifecycle import CellChange
from dialogs.values.world import Compilable

MENU_COMPILE = "Nhận bản tổng hợp các đơn vị cấp dưới"
MENU_REPORT = "Xem báo cáo của một đơn vị"
MENU_RETURN = "Trả lại báo cáo để sửa"
MENU_ACCEPT = "Tiếp nhận báo cáo"
MENU_RECORD = "Nhật ký: ai làm gì, khi nào"
TO_READ_RECORD = "xem nhật ký"
TO_FETCH = "lấy báo cáo"
TO_ACCEPT = "tiếp nhận báo cáo"
TO_RETURN = "trả lại báo cáo"

OPEN_CAMPAIGN, INVITE = "Mở đợt báo cáo", "Mời cán bộ"
RETURN, ACCEPT, WHOLE = "Trả lại", "Tiếp nhận", "Toàn bộ báo cáo"
RETURN_MORE, ACCEPT_MORE = "Trả lại thêm phần khác", "Tiếp nhận báo cáo khác"
MEND_COMMENT, DO_NOTHING = "Sửa lời nhắn", "Thôi"
REST_STAYS_LOCKED = "Các phần khác vẫn khóa. "
PAPERS_OF_UNIT, OPEN_RETURNED = "Nhận Word, Excel", "Sửa phần được trả lại"
DECISIONS = {
    "submission.accept": "tiếp nhận",
    "submission.return": "trả lại",
    "submission.reopen": "mở lại",
    "submission.send": "nộp",
    "submission.undo": "hủy mở lại",
    "submission.close": "đóng lại vì hết giờ",
    "submission.extend": "gia hạn",
    "submission.refuse_correction": "không cho sửa",
}


def not_for_you() -> str:
    return "Đồng chí chưa được giao việc này ở đơn vị nào trong các đợt đang mở."


def no_longer_yours() -> str:
    return "Việc này không làm được nữa: đợt báo cáo đã đóng, hoặc đồng chí không có quyền ở đơn vị đó."


def choose_scope(words: str) -> str:
    return f"Đồng chí muốn {words} của đợt nào?"


def scope_label(scope: DeskScope, among: Sequence[DeskScope]) -> str:
    """What the button says; of two campaigns of one title the key tells them apart."""
    alike = [other for other in among if (other.title, other.unit_name) == (scope.title, scope.unit_name)]
    name = short(scope.campaign, 32) if alike[1:] else short(scope.title, 28)
    return f"{name} – {short(scope.unit_name, 24)}"


def choose_unit(words: str, title: str, number: int) -> str:
    return (
        f"{short(title)}\nĐồng chí muốn {words} của đơn vị nào? "
        f"Có {count(number)} đơn vị phù hợp; bấm chọn, hoặc gõ tên hay mã đơn vị (không dấu cũng được)."
    )


def nothing_fits(words: str, title: str) -> str:
    return f"{short(title)}: hiện không có đơn vị nào để {words}."


def unit_label(row: ReportRow, alone: bool) -> str:
    """A unit as a choice; with the campaign where several are meant."""
    name = f"{short(row.name, 34)} ({STATUS[row.status]}{', trễ hạn' if row.late else ''})"
    return name if alone else f"{short(row.name, 26)} – {short(row.campaign, 24)}"


def no_such_unit(typed: str) -> str:
    return f"Không thấy đơn vị “{short(typed, 40)}” trong phạm vi đồng chí theo dõi. Đồng chí kiểm tra lại tên hoặc mã."


def several_units(typed: str, number: int, shown: int = 8) -> str:
    more = f" (đang hiện {shown}; gõ tên đầy đủ hơn để thu hẹp)" if number > shown else ""
    return f"“{short(typed, 40)}” có thể là {count(number)} đơn vị{more}. Đồng chí muốn nói đơn vị nào?"


def does_not_fit(row: ReportRow, words: str) -> str:
    return f"{row.name}: báo cáo {STATUS[row.status]} nên không {words} được lúc này."


def which_part_to_return(row: ReportRow) -> str:
    return (
        f"Trả lại báo cáo của {row.name} ({short(row.title)}).\n"
        "Đồng chí trả lại toàn bộ hay một phần? Bấm chọn, hoặc gõ: II, PL3, PL3.2."
    )


def no_such_part(typed: str) -> str:
    return f"Báo cáo không có phần “{short(typed, 30)}”. Đồng chí gõ như II, PL3, PL3.2, hoặc bấm chọn."


def several_parts(typed: str) -> str:
    return f"“{short(typed, 30)}” có ở nhiều chỗ. Đồng chí muốn trả lại phần nào?"


def ask_comment(unit: str, part: str) -> str:
    return (
        f"Trả lại {part} – {unit}.\nĐồng chí nhắn cho đơn vị cần sửa, bổ sung gì (một tin). "
        "Lời nhắn sẽ đến người viết và mở đúng phần này."
    )


def comment_too_long(length: int, limit: int) -> str:
    return f"Lời nhắn dài {count(length)} ký tự, quá mức {count(limit)} ký tự. Đồng chí ghi ngắn lại giúp."


def confirm_return(unit: str, part: str, comment: str, rest: str) -> str:
    return f"Trả lại {part} cho {unit} với lời nhắn:\n“{comment}”\n{rest}Đồng chí xác nhận?"


def returned_done(unit: str, part: str) -> str:
    return f"✓ Đã trả lại {part} cho {unit}; lời nhắn đang được gửi đến người viết."


def returned_notice(title: str, unit: str, part: str, comment: str, by: str) -> str:
    return (
        f"↩ {unit}: đồng chí {by} trả lại {part} của “{short(title)}” với lời nhắn:\n“{comment}”\n"
        "Bấm nút dưới đây để mở đúng chỗ cần sửa, hoặc gõ /start."
    )


def confirm_accept(row: ReportRow, zone: tzinfo, changes: Sequence[str]) -> str:
    sent = f", nộp lúc {_moment(row.sent_at, zone)}" if row.sent_at else ""
    again = f" (lần {row.sending})" if row.sending > 1 else ""
    late = ", trễ hạn" if row.late else ""
    lines = [f"Tiếp nhận báo cáo của {row.name}: {short(row.title)}{sent}{again}{late}.", *changes]
    return "\n".join([*lines, "Sau khi tiếp nhận, đơn vị chỉ sửa được khi đồng chí mở lại. Đồng chí xác nhận?"])


def confirm_accept_all(title: str, names: Sequence[str], more: int) -> str:
    shown = "\n".join(f"• {name}" for name in names)
    rest = f"\n… và {count(more)} đơn vị nữa" if more else ""
    return f"{short(title)}: tiếp nhận cả {count(len(names) + more)} báo cáo đã gửi:\n{shown}{rest}\nĐồng chí xác nhận?"


def accept_all_label(number: int) -> str:
    return f"Tiếp nhận cả {count(number)} báo cáo"


def accepted_done(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"✓ Đã tiếp nhận báo cáo của {names[0]}."
    return f"✓ Đã tiếp nhận {count(len(names))} báo cáo."


def accepted_notice(title: str, unit: str, by: str) -> str:
    return f"✓ Báo cáo “{short(title)}” của {unit} đã được đồng chí {by} tiếp nhận."


def decided_meanwhile(unit: str, decided: Decided | None, zone: tzinfo) -> str:
    """Somebody else was faster: who, what and when."""
    if decided is None:
        return f"{unit}: báo cáo vừa thay đổi trạng thái; đồng chí xem lại rồi quyết định."
    did = DECISIONS.get(decided.verb, "thay đổi trạng thái của")
    who = f"đồng chí {decided.by}" if decided.by else "có người"
    return f"{unit}: {who} vừa {did} báo cáo này lúc {_moment(decided.at, zone)}; chưa có gì thay đổi thêm."


def papers_of(row: ReportRow) -> str:
    what = f"{short(row.title)}, {STATUS[row.status]}"
    return f"Đang làm Word, Excel báo cáo của {row.name} ({what}); tệp sẽ đến trong chốc lát."


def comment_not_sent(comment: str) -> str:
    return f"Chưa gửi lời nhắn: “{comment}”"


def _moment(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M ngày %d/%m")


# --- what a sending changed --------------------------------------------------------------------------------------

UNANSWERED = "chưa trả lời"
SHOWN_TEXT = 40
"""Characters of a long text that are shown of it; the whole stands in the report."""


def changed_line(place: str, before: str, after: str, by: str) -> str:
    """One change: "• Phụ lục 3 – MTTQ, Tổng số: 12 → 14 (đ/c Lan)"; ``by`` is '' where nobody is named."""
    same = " (đã sửa nội dung)" if before == after else ""
    return f"• {place}: {before} → {after}{same}{f' (đ/c {by})' if by else ''}"


def quoted(text: str) -> str:
    """The beginning of a text, and how long it is where that is not all."""
    length = f" ({count(len(text))} ký tự)" if len(text) > SHOWN_TEXT else ""
    return f"“{short(text, SHOWN_TEXT)}”{length}"


def with_reason(reason: str) -> str:
    return f" (lý do: “{short(reason, SHOWN_TEXT)}”)"


FEW_CHANGES = 5
"""Changes named in a notice or on a screen that is about something else."""


def few_changes(form: Form, changes: Sequence[CellChange], command: str = "", zone: tzinfo | None = None) -> list[str]:
    """Return the first changes as lines, how many more there are, and the ``command`` that shows all of them."""
    lines = all_changes(form, changes[:FEW_CHANGES], zone)
    more = len(changes) - len(lines)
    return [*lines, workflow_texts.more_changes(more, command)] if more else lines


def all_changes(form: Form, changes: Sequence[CellChange], zone: tzinfo | None = None) -> list[str]:
    """Return every change as a line: "Phụ lục 3 – MTTQ, Tổng số: 12 → 14 (đ/c Lan)"; ``zone`` to name the hours."""
    return [_change(form, each, zone) for each in changes]


def _change(form: Form, change: CellChange, zone: tzinfo | None) -> str:
    place, column = _changed_place(form, change)
    before, after = _changed_value(column, change.before), _changed_value(column, change.after)
    when = f", {workflow_texts.moment(change.at, zone)}" if zone is not None and change.at is not None else ""
    return changed_line(place, before, after, f"{change.by}{when}" if change.by else "")


def _changed_place(form: Form, change: CellChange) -> tuple[str, Column | None]:
    field, row, key = change.address
    columns: tuple[Column, ...]
    if field == DOCUMENT_DATA:
        name, columns = labels.DOCUMENT, document_data.COLUMNS
    elif form.has_table(field):
        name, columns = places.part_name(form, f"{field}.{row}" if row else field), form.table(field).columns
    else:
        leaf = form.leaves.get(field)
        name, columns = places.part_name(form, field), leaf.blanks if leaf else ()
    column = next((each for each in columns if each.key == key), None)
    place = f"{name}, {places.column_name(column)}" if column else name
    return places.capital(place), column


def _changed_value(column: Column | None, answer: Answer | None) -> str:
    if answer is None:
        return UNANSWERED
    shown = places.value_text(column, answer)
    if answer.state is State.VALUE and isinstance(answer.value, str):
        shown = quoted(shown)
    return shown + (with_reason(answer.reason) if answer.reason not in ("", NOT_APPLICABLE) else "")


# --- compiled reports ----------------------------------------------------------------------------------------------


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
