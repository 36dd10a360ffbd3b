"""What is said about the way of a report: sent anew, confirmed, opened for correction, given more time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from dialogs.texts.deadlines import day_words, last_moment_words
from dialogs.texts.labels import STATUS
from dialogs.texts.places import capital, count, short
from dialogs.values.report_lifecycle import Correction, ReportLifecycle
from dialogs.values.status import Status

MENU_CORRECTION = "Xin sửa báo cáo đã gửi"
MENU_CHANGES = "Xem thay đổi từ lần gửi trước"
MENU_REOPEN = "Mở lại báo cáo đã gửi"
MENU_EXTEND = "Gia hạn"
TO_EXTEND = "gia hạn nộp báo cáo"
TO_COMPARE = "xem thay đổi so với lần nộp trước"
TO_DENY = "trả lời đề nghị sửa báo cáo"
TO_REOPEN = "mở lại báo cáo"


GRANT, DENY, UNDO_REOPENING, LOOK_AND_SEND = "Cho sửa", "Không cho sửa", "Hủy mở lại", "Xem và gửi"
ASK_CORRECTION, MEND_CORRECTION, DECLINE_CONFIRMATION = "Xin sửa", "Sửa lý do xin sửa", "Chưa duyệt, ghi ý kiến"
ALL_CHANGES, REOPEN_AGAIN, MORE_TIME, MEND_REASON = (
    "Xem đủ thay đổi",
    "Mở lại lần nữa",
    "Mở thêm thời gian",
    "Đổi lý do",
)
LAY_BEFORE = "Trình lãnh đạo duyệt"
MEND_IN_REOPENED, OPEN_EXTENDED, EXTEND, OTHER_DAY = "Sửa báo cáo", "Mở báo cáo", "Gia hạn", "Chọn ngày khác"
DAY_COUNTS, DAY_DOES_NOT = "Có, tính cả ngày đó", "Không, đến hết hôm trước"
UNTIL_TODAY, UNTIL_TOMORROW, UNTIL_THREE = "Hết hôm nay", "Thêm 1 ngày", "Thêm 3 ngày"
EVERYBODY = "Tất cả đơn vị chưa nộp"
MAX_REASON = 2_000
"""Characters of a reason or a comment: it is shown whole."""

KINDS = {
    "trung_uong": "trung ương",
    "tinh": "tỉnh",
    "huyen": "huyện",
    "xa": "xã",
    "dutt": "đảng ủy trực thuộc",
    "to_chuc": "tổ chức",
    "cum": "cụm",
}


def kind_name(kind: str) -> str:
    return KINDS.get(kind, kind)


# --- reasons ----------------------------------------------------------------------------------------------------


def reason_empty() -> str:
    return "Nội dung không được để trống. Đồng chí ghi ngắn gọn trong một tin."


def reason_too_long(length: int) -> str:
    return f"Tin dài {count(length)} ký tự, quá mức {count(MAX_REASON)} ký tự. Đồng chí ghi ngắn lại giúp."


def not_sent_yet(typed: str) -> str:
    return f"Chưa gửi: “{typed}”"


# --- what changed -----------------------------------------------------------------------------------------------


def changed_since(number: int) -> str:
    return f"So với lần gửi trước: {count(number)} ô thay đổi." if number else "So với lần gửi trước: chưa có thay đổi."


def more_changes(number: int, command: str) -> str:
    typed = f", hoặc gõ {command}" if command else ""
    return f"… và {count(number)} ô nữa; bấm “{ALL_CHANGES}”{typed}."


def changed_in_last(number: int) -> str:
    return f"Lần nộp này thay đổi {count(number)} ô so với lần trước:"


def all_changes(title: str, unit: str, number: int) -> str:
    return f"{short(title)} — {unit}: lần nộp gần nhất thay đổi {count(number)} ô so với lần trước:"


def no_changes(unit: str) -> str:
    return f"{unit}: lần nộp gần nhất không có ô nào thay đổi so với lần trước, hoặc báo cáo mới nộp một lần."


def sent_again(unit: str, title: str, by: str, number: int, changes: int) -> str:
    changed = f"thay đổi {count(changes)} ô:" if changes else "không có ô nào thay đổi."
    return f"{unit} (đồng chí {by}) đã nộp lại “{short(title)}” lần {count(number)}, {changed}"


# --- the unit's leader ------------------------------------------------------------------------------------------


def asked_to_confirm(leads: Sequence[str]) -> str:
    return (
        f"✓ Đã trình {people(leads)} duyệt; báo cáo chưa gửi. "
        "Khi chờ duyệt đồng chí vẫn sửa được; lãnh đạo duyệt thì báo cáo được gửi."
    )


def already_asked(by: str, at: datetime, leads: Sequence[str], zone: tzinfo) -> str:
    return f"Đồng chí {by} đã trình lúc {moment(at, zone)}; báo cáo đang chờ {people(leads)} duyệt, chưa gửi."


def waits_for_you(by: str, at: datetime, zone: tzinfo) -> str:
    return f"Đồng chí {by} trình duyệt lúc {moment(at, zone)}. Đồng chí bấm Gửi là duyệt và gửi."


def will_be_confirmed(leads: Sequence[str]) -> str:
    return f"Đợt này cần lãnh đạo đơn vị duyệt trước khi gửi: {people(leads)}."


def nobody_confirms() -> str:
    return "Đợt này cần lãnh đạo đơn vị duyệt, nhưng đơn vị chưa có ai giữ vai trò đó nên báo cáo được gửi thẳng."


def confirmation_wanted(unit: str, title: str, by: str) -> str:
    return f"Đồng chí {by} trình duyệt báo cáo “{short(title)}” của {unit}. Mời đồng chí xem rồi gửi."


def ask_why_declined() -> str:
    return "Đồng chí ghi ý kiến cho người trình (một tin). Báo cáo chưa gửi và vẫn sửa được."


def declined_done(by: str) -> str:
    return f"✓ Đã chuyển ý kiến của đồng chí đến đồng chí {by}. Báo cáo chưa gửi."


def declined_notice(unit: str, title: str, by: str, comment: str) -> str:
    return f"Đồng chí {by} chưa duyệt báo cáo “{short(title)}” của {unit}, ý kiến:\n“{comment}”\nBáo cáo vẫn sửa được."


def nothing_to_confirm() -> str:
    return "Báo cáo này không còn chờ đồng chí duyệt."


def people(names: Sequence[str]) -> str:
    return "đồng chí " + ", ".join(names) if names else "lãnh đạo đơn vị"


# --- asking to correct ------------------------------------------------------------------------------------------


def which_to_correct() -> str:
    return "Đồng chí muốn xin sửa báo cáo nào?"


def whole_is_not_yours() -> str:
    return "Đồng chí được giao một phần của báo cáo này; người giữ cả báo cáo mới xin sửa được, đồng chí báo người đó."


def nothing_to_correct() -> str:
    return "Không có báo cáo nào của đồng chí đã gửi; báo cáo chưa gửi thì đồng chí sửa trực tiếp."


def ask_correction(title: str, unit: str, before: Correction | None, zone: tzinfo) -> str:
    lines = [f"Xin sửa báo cáo đã gửi: {short(title)} — {unit}."]
    if before is not None:
        lines.append(f"Đã xin lúc {moment(before.at, zone)}, lý do: “{before.reason}”")
        lines.append("Gửi lý do mới sẽ thay lý do này.")
    return "\n".join([*lines, "Đồng chí ghi lý do và phần cần sửa (một tin); cấp trên sẽ trả lời."])


def correction_asked(parent: str) -> str:
    return f"✓ Đã gửi đề nghị tới {parent or 'cấp trên'}. Khi có trả lời, đồng chí nhận được tin ở đây."


def correction_changed(parent: str) -> str:
    return f"✓ Đề nghị đã gửi trước đó vẫn đang chờ; lý do mới đã được chuyển tới {parent or 'cấp trên'}."


def correction_wanted(unit: str, title: str, by: str, reason: str) -> str:
    return f"{unit}: đồng chí {by} xin sửa báo cáo “{short(title)}” đã gửi, lý do:\n“{reason}”"


def how_to_correct() -> str:
    return f"Muốn sửa, đồng chí bấm {ASK_CORRECTION} hoặc gõ /xinsua, ghi lý do để cấp trên mở lại báo cáo."


def correction_line(wish: Correction, zone: tzinfo) -> str:
    """How a wish stands, for the screen of the report."""
    if wish.granted is None:
        return f"Đã xin sửa lúc {moment(wish.at, zone)}, đang chờ."
    when = f" lúc {moment(wish.settled_at, zone)}" if wish.settled_at else ""
    said = f": “{wish.comment}”" if wish.comment else "."
    return f"Đề nghị sửa không được chấp thuận{when}{said}"


def ask_why_refused(unit: str, wish: Correction) -> str:
    return f"{unit} xin sửa, lý do: “{wish.reason}”\nĐồng chí ghi ý kiến trả lời cho đơn vị (một tin)."


def refused_done(unit: str) -> str:
    return f"✓ Đã trả lời {unit}: không mở lại báo cáo; ý kiến đã được chuyển đi."


def refused_notice(unit: str, title: str, by: str, comment: str) -> str:
    return f"{unit}: đồng chí {by} chưa đồng ý cho sửa báo cáo “{short(title)}”, ý kiến:\n“{comment}”"


def no_wish(unit: str) -> str:
    return f"{unit}: không còn đề nghị sửa nào đang chờ."


# --- opening again ----------------------------------------------------------------------------------------------


def ask_reopen_reason(unit: str, title: str) -> str:
    return f"Mở lại báo cáo “{short(title)}” của {unit}.\nĐồng chí ghi lý do (một tin); đơn vị sẽ đọc được."


def is_returned(unit: str) -> str:
    return f"{unit}: báo cáo đang được trả lại nên đơn vị sửa được; không cần mở lại."


def reopened_already(until: datetime | None, zone: tzinfo) -> str:
    when = f" đến {until_words(until, zone)}" if until else ""
    return f"Báo cáo đang ở trạng thái mở lại{when}; đồng chí có thể đổi thời gian hoặc hủy mở lại."


def ask_until(unit: str, reason: str, example: date) -> str:
    day = f"{example.day}/{example.month}/{example.year}"
    return f"Mở lại cho {unit}, lý do: “{reason}”\nMở đến khi nào? Bấm chọn, hoặc gõ ngày cuối được sửa, ví dụ {day}."


def until_past(until: datetime, zone: tzinfo) -> str:
    return f"{capital(last_moment_words(until, zone))} đã qua. Đồng chí gõ ngày hôm nay hoặc một ngày sau đó."


def until_words(until: datetime, zone: tzinfo) -> str:
    return last_moment_words(until, zone).removeprefix("chậm nhất ")


def reopened_done(unit: str, until: datetime, zone: tzinfo) -> str:
    return (
        f"✓ Đã mở lại báo cáo của {unit} đến {until_words(until, zone)}; đơn vị đã được báo. "
        "Hết giờ đó báo cáo tự đóng."
    )


def reopened_notice(unit: str, title: str, by: str, reason: str, until: str) -> str:
    return (
        f"{unit}: đồng chí {by} mở lại báo cáo “{short(title)}” để sửa đến {until}, lý do:\n“{reason}”\n"
        "Sửa xong đồng chí gửi lại báo cáo trước giờ đó."
    )


def reopening_over(until: datetime, zone: tzinfo) -> str:
    return (
        f"Đã hết thời gian mở lại lúc {until_words(until, zone)} nên không sửa hay gửi được nữa. "
        "Phần đã sửa vẫn được lưu; muốn sửa tiếp, đồng chí đề nghị cấp trên mở lại thêm thời gian."
    )


def reopened_line(until: datetime, reason: str, zone: tzinfo) -> str:
    why = f", lý do: “{short(reason, 200)}”" if reason else ""
    return f"↩ Được mở lại để sửa đến {until_words(until, zone)}{why}"


def not_reopened(unit: str) -> str:
    return f"{unit}: báo cáo không ở trạng thái mở lại nên không có gì để hủy."


def undone(unit: str) -> str:
    return f"✓ Đã hủy mở lại báo cáo của {unit}; báo cáo trở về như khi đã gửi."


def undone_notice(unit: str, title: str, by: str, restored: int) -> str:
    kept = (
        f" {count(restored)} ô đồng chí đã sửa từ lúc mở lại trở về như đã gửi; nội dung đã gõ vẫn còn trong lịch sử."
        if restored
        else " Nội dung không có gì thay đổi."
    )
    return f"{unit}: đồng chí {by} hủy mở lại báo cáo “{short(title)}”; báo cáo trở về như khi đã gửi.{kept}"


def ended_unchanged(unit: str, title: str) -> str:
    over = f"{unit}: đã hết thời gian mở lại báo cáo “{short(title)}”."
    return f"{over} Không có gì thay đổi nên báo cáo giữ nguyên như đã gửi."


def ended_changed(unit: str, title: str, changes: int) -> str:
    return (
        f"{unit}: đã hết thời gian mở lại báo cáo “{short(title)}”; {count(changes)} ô đã sửa nhưng chưa gửi lại. "
        "Phần đã sửa vẫn được lưu; muốn gửi, cần cấp trên mở lại thêm thời gian."
    )


def ended_changed_above(unit: str, title: str, changes: int) -> str:
    return (
        f"{unit}: đã hết thời gian mở lại báo cáo “{short(title)}”; "
        f"đơn vị đã sửa {count(changes)} ô nhưng chưa gửi lại. "
        "Đồng chí mở thêm thời gian, hoặc hủy mở lại để báo cáo trở về như đã gửi."
    )


# --- more time --------------------------------------------------------------------------------------------------


def ask_who_to_extend(title: str, kinds: Sequence[str]) -> str:
    return f"Gia hạn nộp “{short(title)}”.\nCho đơn vị nào? Gõ tên hay mã đơn vị" + (
        f", một loại đơn vị ({', '.join(kinds)}), hoặc “tất cả” (mọi đơn vị chưa nộp)." if kinds else "."
    )


def ask_last_day(who: str, example: date) -> str:
    day = f"{example.day}/{example.month}/{example.year}"
    return f"Gia hạn cho {who}.\nNgày cuối được nộp là ngày nào? Ví dụ: {day}, “trước ngày {day}”."


def does_the_day_count(day: date) -> str:
    return f"“Trước ngày {day_words(day)}”: ngày đó có được tính là còn hạn không?"


def nobody_to_extend(who: str, due: datetime, zone: tzinfo) -> str:
    return (
        f"Không có đơn vị nào trong {who} cần gia hạn đến {until_words(due, zone)}: đã nộp, không phải nộp, "
        "hoặc hạn đang có còn muộn hơn."
    )


def needs_no_time(unit: str, status: Status, due: datetime | None, zone: tzinfo) -> str:
    """Why one unit gets no more time: it has sent, or has a later moment already."""
    if status in (Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED):
        return f"{unit} đang có hạn {last_moment_words(due, zone)}, không sớm hơn ngày vừa chọn."
    return f"{unit}: báo cáo {STATUS[status]} nên không gia hạn."


def no_such_group(typed: str) -> str:
    return (
        f"Không thấy đơn vị hay loại đơn vị “{short(typed, 40)}” trong phạm vi đồng chí theo dõi. "
        "Đồng chí kiểm tra lại tên hoặc mã."
    )


def preview_line(names: Sequence[str], more: int, before: datetime | None, zone: tzinfo) -> str:
    shown = ", ".join(names) + (f" và {count(more)} đơn vị nữa" if more else "")
    return f"• {shown}: đang là {last_moment_words(before, zone)}"


def preview(title: str, number: int, lines: Sequence[str], due: datetime, zone: tzinfo) -> str:
    return "\n".join(
        [
            f"Gia hạn “{short(title)}” cho {count(number)} đơn vị:",
            *lines,
            f"Hạn mới: {last_moment_words(due, zone)}. Đồng chí xác nhận?",
        ]
    )


def extended_done(number: int, due: datetime, zone: tzinfo) -> str:
    return f"✓ Đã gia hạn cho {count(number)} đơn vị: {last_moment_words(due, zone)}. Các đơn vị đã được báo."


def extended_notice(units: Sequence[str], title: str, by: str, words: str) -> str:
    return f"{', '.join(units)}: đồng chí {by} gia hạn nộp báo cáo “{short(title)}”, hạn mới {words}."


def moment(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%H:%M ngày %d/%m")


def course_lines(course: ReportLifecycle, now: datetime, zone: tzinfo) -> list[str]:
    """What of a report's course its screen says."""
    if course.reopened_until is not None and course.ended(now):
        return [reopening_over(course.reopened_until, zone)]
    wish = course.correction
    return [correction_line(wish, zone)] if wish is not None and not wish.granted else []


# --- whom a new last day is for ----------------------------------------------------------------------------------

EVERYBODY_OWING = "mọi đơn vị chưa nộp"


def units_of_kind(kind: str) -> str:
    return f"các đơn vị loại {kind_name(kind)}"
