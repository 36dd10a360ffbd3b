"""What reminders say: to those who owe a report, to those who wait for one, and about the schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dialogs.forms.form import Form
from dialogs.forms.questions import Question
from dialogs.texts.deadlines import last_moment_words
from dialogs.texts.places import capital, count, short, spoken_key
from dialogs.values.deadlines import last_day
from dialogs.values.outstanding import Digest, Overdue, Owed, Receiver, Waiting

MENU_REMIND = "Nhắc các đơn vị còn nợ"
MENU_POSTPONE = "Nhắc tôi sau"
TO_REMIND = "nhắc nộp báo cáo"


MOST_PLACES = 6
MOST_NAMES = 6
MOST_UNITS = 12

LATER, ONE_UNIT, WITHOUT_LINE = "Nhắc lại sau", "Chọn một đơn vị", "Bỏ lời nhắn kèm"
FOLLOW, TAKE_OVER, REMIND = "Xem tiến độ", "Tiếp nhận", "Nhắc"
LATER_TODAY, LATER_TOMORROW, LATER_DAYS = "Chiều nay", "Ngày mai", "Sau 3 ngày"

UNREACHED = {
    "blocked": "đã chặn hoặc xóa trò chuyện",
    "no_door": "chưa có tài khoản trò chuyện nào",
    "nobody": "chưa có người nhập báo cáo",
}
"""Why somebody cannot be written to."""

# --- to those who owe --------------------------------------------------------------------------------------------


def heading(number: int) -> str:
    return "Nhắc việc báo cáo" if number == 1 else f"Nhắc việc: đồng chí còn {count(number)} báo cáo chưa gửi"


def owed_report(each: Owed, number: int, now: datetime, zone: tzinfo) -> str:
    """One report: which, until when, how far, what is missing; ``number`` 0: it stands alone."""
    lines = [f"{f'{number}. ' if number else ''}“{short(each.title, 90)}” – {each.unit}"]
    lines += [_until(each, now, zone)] if each.last_moment or not each.returned else []
    if each.returned:
        lines += _handed(each)
    elif each.confirming:
        lines += ["Đã điền xong, đang chờ người phụ trách của đơn vị xác nhận gửi."]
    else:
        lines += [_how_far(each)]
    return "\n".join(lines)


def _until(each: Owed, now: datetime, zone: tzinfo) -> str:
    due = each.last_moment
    words = last_moment_words(due, zone)
    if due is None:
        return f"{capital(words)}."
    if now >= due:
        late = (now.astimezone(zone).date() - last_day(due, zone)).days
        return f"ĐÃ QUÁ HẠN{f' {count(late)} ngày' if late else ''}: {words}."
    left = (last_day(due, zone) - now.astimezone(zone).date()).days
    said = f"còn {count(left)} ngày" if left else "hôm nay là ngày cuối"
    return f"{capital(words)} – {said}."


def _handed(each: Owed) -> list[str]:
    if not each.handed:
        return ["Báo cáo được mở lại; đồng chí sửa xong thì gửi lại."]
    lines = ["Bị trả lại, cần sửa rồi gửi lại:"]
    lines += [
        f"• {capital(part.place) or 'Cả báo cáo'}: {short(part.comment, 200)}" for part in each.handed[:MOST_PLACES]
    ]
    more = len(each.handed) - MOST_PLACES
    return [*lines, f"• và {count(more)} mục nữa"] if more > 0 else lines


def _how_far(each: Owed) -> str:
    whose = "Phần của đồng chí đã xong" if each.part else "Đã trả lời"
    done = f"{whose} {count(each.answered)}/{count(each.total)}"
    if not each.missing:
        return f"{done}; chỉ còn bấm Gửi."
    named = "; ".join(each.missing[:MOST_PLACES])
    more = len(each.missing) - MOST_PLACES
    return f"{done}. Còn thiếu: {named}{f' và {count(more)} mục nữa' if more > 0 else ''}."


def place_name(form: Form, question: Question) -> str:
    """The place of an open question; the rows of one appendix have one name."""
    if question.row:
        return capital(form.table(question.field).number_line.lower())
    key = spoken_key(question.field)
    return f"mục {key}" if key else short(form.field(question.field).label, 40)


def more_reports(number: int) -> str:
    return f"Và {count(number)} báo cáo nữa; đồng chí gõ /start để xem tất cả."


def go_label(each: Owed, alone: bool) -> str:
    verb = "Sửa và gửi lại" if each.returned else "Xem và xác nhận" if each.confirming else "Làm tiếp"
    return verb if alone else f"{verb}: {short(each.title, 30)}"


# --- postponing --------------------------------------------------------------------------------------------------


def later_when() -> str:
    return (
        "Đồng chí muốn được nhắc lại khi nào? Có thể gõ /nhacsau chiều nay, /nhacsau mai, /nhacsau 5 ngày; "
        "/nhacsau hủy để nhắc như bình thường. Hạn nộp không thay đổi."
    )


def later_set(until: datetime, zone: tzinfo) -> str:
    here = until.astimezone(zone)
    return (
        f"Sẽ nhắc lại lúc {here:%H:%M} ngày {here.day}/{here.month}/{here.year} nếu báo cáo khi đó vẫn chưa gửi. "
        "Hạn nộp không thay đổi."
    )


def later_off() -> str:
    return "Đã bỏ hoãn; đồng chí được nhắc như bình thường."


def later_not_read(typed: str) -> str:
    return f"Chưa hiểu “{short(typed, 40)}”; đồng chí gõ như: /nhacsau chiều nay, /nhacsau mai, /nhacsau 3 ngày."


def later_too_far(most: int) -> str:
    return f"Chỉ hoãn được nhiều nhất {most} ngày."


# --- to those who follow -----------------------------------------------------------------------------------------


def digest_heading(now: datetime, zone: tzinfo) -> str:
    here = now.astimezone(zone)
    return f"Tình hình báo cáo sáng {here.day}/{here.month}/{here.year}"


def digest(each: Digest) -> str:
    """How one campaign stands: counts that add up to the units asked, then whom nobody reaches."""
    owing = each.total - each.not_required
    lines = [f"“{short(each.title, 90)}” – {each.unit}: {count(each.sent + each.accepted)}/{count(owing)} đã nộp"]
    counts = (
        ("chưa mở", each.not_opened),
        ("đang làm", each.in_progress),
        ("đã gửi, chờ tiếp nhận", each.sent),
        ("bị trả lại", each.returned),
        ("đã tiếp nhận", each.accepted),
        ("không phải nộp", each.not_required),
    )
    lines += ["; ".join(f"{name} {count(number)}" for name, number in counts if number) + "."]
    lines += [f"Mới nộp từ bản trước: {count(each.new)}." if each.new else "Không có báo cáo mới nộp."]
    lines += [f"Quá hạn chưa nộp: {count(each.late)}."] if each.late else []
    lines += _troubles(each)
    return "\n".join(lines)


def follow_label(each: Digest, alone: bool) -> str:
    return FOLLOW if alone else f"{FOLLOW}: {short(each.title, 30)}"


def _troubles(each: Digest) -> list[str]:
    lines = []
    if each.unreachable:
        named = [f"{name or 'chưa có người'} ({unit}, {UNREACHED[why]})" for name, unit, why in each.unreachable]
        lines.append(f"Không nhắc được: {_some(named, MOST_NAMES, 'người')}.")
    if each.uncertain:
        named = [f"{name} ({unit})" for name, unit in each.uncertain]
        lines.append(
            f"Chưa chắc đã nhận được lời nhắc (hệ thống ngừng đúng lúc gửi, không gửi lại): "
            f"{_some(named, MOST_NAMES, 'người')}. Đồng chí có thể gõ /nhac."
        )
    if each.missed:
        missed = f"{count(each.missed)} lời nhắc lỡ giờ do hệ thống ngừng chạy đã được bỏ"
        lines.append(f"{missed}: đã có lời nhắc mới hơn hoặc đã quá muộn.")
    return lines


def waiting(each: Waiting) -> str:
    named = _some(each.units, MOST_UNITS, "đơn vị")
    return f"Chờ tiếp nhận đã quá 3 ngày làm việc, “{short(each.title, 90)}”: {named}. Đồng chí gõ /tiepnhan."


def overdue(each: Overdue) -> str:
    named = _some(each.units, MOST_UNITS, "đơn vị")
    day = f"{each.day.day}/{each.day.month}/{each.day.year}"
    return f"Quá hạn chưa nộp “{short(each.title, 90)}” (hạn hết ngày {day}): {named}. Đồng chí gõ /nhac hoặc /tiendo."


def _some(names: Sequence[str], most: int, noun: str) -> str:
    more = len(names) - most
    return "; ".join(names[:most]) + (f" và {count(more)} {noun} nữa" if more > 0 else "")


def by_hand(name: str, text: str) -> str:
    """Who reminds by hand, with the line they added as they typed it."""
    return f"Đồng chí {name} nhắc: {text}" if text else f"Đồng chí {name} nhắc."


# --- the schedule of a campaign ----------------------------------------------------------------------------------


def schedule_not_readable() -> str:
    return "Lịch nhắc phải là một nhóm thiết lập, hoặc true, false."


def schedule_unknown(unknown: Sequence[str], known: Sequence[str]) -> str:
    return f"Lịch nhắc không có thiết lập: {', '.join(unknown)}; có thể ghi: {', '.join(known)}."


def schedule_hours() -> str:
    return "Giờ bắt đầu nhắc phải trước giờ kết thúc, ví dụ từ 07:30 đến 17:00."


def schedule_time(name: str, given: str) -> str:
    return f"Giờ “{given}” ở “{name}” của lịch nhắc không đọc được; ghi như 07:30."


def schedule_offsets(farthest: int, most: int) -> str:
    return (
        f"Các ngày nhắc là số ngày so với ngày cuối, từ -{farthest} đến {farthest}, nhiều nhất {most} lần, "
        "ví dụ -7 -3 -1 0 1."
    )


def schedule_days() -> str:
    return "Các thứ được nhắc là số từ 0 (thứ Hai) đến 6 (Chủ nhật), ít nhất một."


def schedule_holidays(most: int) -> str:
    return f"Các ngày nghỉ của lịch nhắc ghi năm-tháng-ngày, ví dụ 2027-02-06, nhiều nhất {most} ngày."


def schedule_digest() -> str:
    return "“digest” của lịch nhắc chỉ nhận true hoặc false."


def schedule_escalate(farthest: int) -> str:
    return f"“escalate” của lịch nhắc là số ngày sau hạn, từ 1 đến {farthest}; bỏ trống là không báo lên cấp trên."


# --- by hand -----------------------------------------------------------------------------------------------------


def hand_preview(
    title: str,
    units: int,
    wanted: Sequence[Receiver],
    recent: Sequence[Receiver],
    unreached: Sequence[Receiver],
    line: str,
    goes_at: datetime,
    now: datetime,
    zone: tzinfo,
) -> str:
    """Exactly who gets a reminder by hand, who does not and why, and when it goes."""
    if not units:
        return "Không có đơn vị nào còn phải nộp để nhắc."
    number = len({each.person for each in wanted})
    lines = [f"Nhắc “{short(title, 90)}”: {count(units)} đơn vị chưa xong, {count(number)} người sẽ nhận."]
    lines += [f"Người nhận: {_some(_named(wanted, zone, now), MOST_UNITS, 'người')}."] if wanted else []
    if recent:
        lines.append(
            f"Vừa được nhắc trong 4 giờ qua nên để lại: {_some(_named(recent, zone, now), MOST_NAMES, 'người')}."
        )
    if unreached:
        named = [f"{each.name or 'chưa có người'} ({each.unit}, {UNREACHED[each.why]})" for each in unreached]
        lines.append(f"Không nhắc được: {_some(named, MOST_NAMES, 'người')}.")
    lines.append(f"Nhắn kèm: “{line}”" if line else "Muốn nhắn kèm một dòng, đồng chí cứ gõ rồi gửi.")
    lines += [_goes(goes_at, now, zone)] if wanted else []
    lines.append("Mỗi người chỉ nhận phần mình còn thiếu; ai nộp trước lúc gửi thì không nhận nữa.")
    return "\n".join(lines)


def _named(found: Sequence[Receiver], zone: tzinfo, now: datetime) -> list[str]:
    """Each person once, with their units and, if they have put reminders off, until when."""
    units: dict[int, list[str]] = {}
    for each in found:
        units.setdefault(each.person, []).append(each.unit)
    names = {each.person: each.name for each in found}
    later = {each.person: each.quiet_until for each in found if each.quiet_until and each.quiet_until > now}
    return [f"{names[who]} ({', '.join(some)}{_later(later.get(who), zone)})" for who, some in units.items()]


def _later(until: datetime | None, zone: tzinfo) -> str:
    return f"; đã hoãn, nhận lúc {_moment(until, zone)}" if until else ""


def _moment(moment: datetime, zone: tzinfo) -> str:
    here = moment.astimezone(zone)
    return f"{here:%H:%M} ngày {here.day}/{here.month}"


def _goes(goes_at: datetime, now: datetime, zone: tzinfo) -> str:
    if goes_at <= now:
        return "Tin đi ngay sau khi đồng chí bấm nhắc."
    return f"Đang ngoài giờ làm việc: tin sẽ đi lúc {_moment(goes_at, zone)}."


def hand_label(people: int) -> str:
    return f"Nhắc {count(people)} người"


def hand_also(people: int) -> str:
    return f"Nhắc cả {count(people)} người vừa được nhắc"


def hand_done(people: int, goes_at: datetime, now: datetime, zone: tzinfo) -> str:
    if goes_at <= now:
        return f"Đã ghi nhận: {count(people)} người được nhắc trong ít phút tới, trừ ai vừa nộp."
    return f"Đã ghi nhận: {count(people)} người được nhắc lúc {_moment(goes_at, zone)}, trừ ai đã nộp khi đó."


def hand_nobody() -> str:
    return "Không còn ai để nhắc: các đơn vị đã nộp, vừa được nhắc, hoặc không liên lạc được."


def nobody_owes(typed: str) -> str:
    return f"Trong các đơn vị còn phải nộp không có “{short(typed, 40)}”; dưới đây là tất cả đơn vị còn phải nộp."


def line_too_long(given: int, most: int) -> str:
    return f"Lời nhắn kèm dài {count(given)} ký tự; nhiều nhất {count(most)}. Đồng chí gửi lại ngắn hơn."
