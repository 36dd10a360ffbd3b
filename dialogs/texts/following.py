"""What is said about progress and about the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from dialogs.texts.deadlines import last_moment_words
from dialogs.texts.labels import ROLES, STATUS
from dialogs.texts.places import bar, capital, count, short
from dialogs.values.audit_entries import Happened, RecordPage
from dialogs.values.progress_board import Board, StatusTally, UnitProgress
from dialogs.values.status import Status

MENU_PROGRESS = "Tiến độ các đơn vị"
TO_FOLLOW = "xem tiến độ"


PICTURE, ONLY_LATE, ONLY_OPEN, ONLY_SILENT, BY_LEVEL = (
    "Xem hình",
    "Chỉ trễ hạn",
    "Chỉ chưa gửi",
    "Chưa liên lạc được",
    "Theo cấp",
)
LEVEL_UP, FOLLOW, RECORD_FILE, BACK_TO_LIST = "Lên cấp trên", "Tiến độ", "Nhận tệp nhật ký", "Về danh sách"
REMIND_UNIT, PAPERS_OF, RETURN_UNIT, ACCEPT_UNIT, RECORD_OF = "Nhắc", "Lấy báo cáo", "Trả lại", "Tiếp nhận", "Nhật ký"
REOPEN_UNIT, EXTEND_UNIT = "Mở lại", "Gia hạn"

VIEWS = {
    "l": "Danh sách theo cấp",
    "t": "Các đơn vị trễ hạn",
    "o": "Các đơn vị chưa gửi",
    "s": "Các đơn vị chưa liên lạc được",
}
SILENT = {
    "nobody": "chưa có ai nhận nhập báo cáo",
    "no_door": "chưa vào nhắn tin lần nào",
    "blocked": "đã chặn bot",
}
MOST_MOMENTS, MOST_SILENT = 4, 5


def moment_words(at: datetime, zone: tzinfo) -> str:
    here = at.astimezone(zone)
    return f"{here:%H:%M} ngày {here.day}/{here.month}"


# --- progress -------------------------------------------------------------------------------------------------------


def board_head(board: Board, found: StatusTally, zone: tzinfo) -> list[str]:
    """What and of whom, the last moments, and the counts that add up to the number of units."""
    lines = [f"Tiến độ: {short(board.title, 90)}", f"{board.top.name} – {moment_words(board.at, zone)}"]
    if not found.total:
        return [*lines, "Ở đây không có đơn vị nào được giao báo cáo."]
    return [*lines, *_moments(board, zone), "", *counts(found), *silent_units(board)]


def _moments(board: Board, zone: tzinfo) -> list[str]:
    """The last moments with how many units have each; owing nothing has none."""
    found: dict[datetime | None, int] = {}
    for place in board.asked:
        if place.status is not Status.NOT_REQUIRED:
            found[place.due] = found.get(place.due, 0) + 1
    dated = sorted((due, number) for due, number in found.items() if due is not None)
    usual = [*dated, *([(None, found[None])] if None in found else [])]
    shown = [f"{last_moment_words(due, zone)} ({count(number)} đơn vị)" for due, number in usual[:MOST_MOMENTS]]
    more = len(usual) - len(shown)
    return [f"Hạn nộp: {'; '.join(shown)}" + (f"; và {more} hạn khác" if more else "")] if shown else []


def counts(found: StatusTally) -> list[str]:
    """How many of how many, then each status with its late ones."""
    if found.owing:
        late = f", {count(found.all_late)} trễ hạn" if found.all_late else ""
        head = f"Đã gửi {count(found.done)}/{count(found.owing)} đơn vị ({found.percent}%){late}"
        lines = [head, bar(found.done, found.owing, 20)]
    else:
        lines = ["Không đơn vị nào phải nộp."]
    for status, number in found.counts.items():
        late = f" (trễ {count(found.late[status])})" if found.late[status] else ""
        lines.append(f"• {capital(STATUS[status])}: {count(number)}{late}")
    return [*lines, f"Cộng: {count(found.total)} đơn vị"]


def silent_units(board: Board) -> list[str]:
    """The units that owe a report and cannot be written to: by unit, with why."""
    silent = [place for place in board.asked if place.is_open and place.reached.value in SILENT]
    if not silent:
        return []
    names = [f"{place.name} ({SILENT[place.reached.value]})" for place in silent[:MOST_SILENT]]
    more = len(silent) - len(names)
    return [f"Chưa liên lạc được: {'; '.join(names)}" + (f" và {count(more)} đơn vị nữa." if more else ".")]


def list_head(view: str, page: int, pages: int, number: int) -> str:
    of = f", trang {page + 1}/{pages}" if pages > 1 else ""
    return f"{VIEWS[view]} ({count(number)}{of}):"


def empty_list(view: str) -> str:
    return {"t": "Không có đơn vị nào trễ hạn.", "o": "Không còn đơn vị nào chưa gửi."}.get(
        view, "Không có đơn vị nào trong danh sách này."
    )


def place_line(key: str, place: UnitProgress, answered: tuple[int, int] | None, above: str, zone: tzinfo) -> str:
    """ "3. Đảng ủy xã An Bình – đang làm 12/32, trễ hạn"."""
    name = f"{key}. {place.name}" + (f" ({above})" if above else "")
    return f"{name} – {place_state(place, answered, zone)}" if place.asked else name


def place_state(place: UnitProgress, answered: tuple[int, int] | None, zone: tzinfo) -> str:
    words = STATUS[place.status]
    if answered is not None and place.status is not Status.NOT_REQUIRED and answered[1]:
        words += f" {answered[0]}/{answered[1]}"
    words += ", trễ hạn" if place.late else ""
    if place.sent_at is not None and place.status in (Status.SENT, Status.ACCEPTED):
        words += f", gửi {moment_words(place.sent_at, zone)}"
    return words


def below_line(found: StatusTally) -> str:
    """How far the units below one are, in the line of that one."""
    if not found.owing:
        return "; cấp dưới không phải nộp"
    late = f", {count(found.all_late)} trễ" if found.all_late else ""
    return f"; cấp dưới đã gửi {count(found.done)}/{count(found.owing)}{late}"


def unit_card(place: UnitProgress, answered: tuple[int, int] | None, title: str, zone: tzinfo) -> str:
    """Everything about one unit's report but its answers."""
    lines = [place.name, short(title, 90), ""]
    lines.append(f"Tình trạng: {STATUS[place.status]}" + (", trễ hạn" if place.late else ""))
    if answered is not None and answered[1]:
        lines.append(f"Đã trả lời: {answered[0]}/{answered[1]} câu")
    if place.status is not Status.NOT_REQUIRED:
        lines.append(f"Hạn nộp: {last_moment_words(place.due, zone)}")
    if place.first_sent_at is not None:
        lines.append(f"Gửi lần đầu: {moment_words(place.first_sent_at, zone)}")
    if place.sent_at is not None and place.sent_at != place.first_sent_at:
        lines.append(f"Gửi lần cuối: {moment_words(place.sent_at, zone)}")
    if place.reached.value in SILENT:
        lines.append(f"Liên lạc: {SILENT[place.reached.value]}")
    return "\n".join(lines)


def with_count(label: str, number: int) -> str:
    return f"{label} ({count(number)})"


def picture_coming(name: str) -> str:
    return f"Đang vẽ hình tiến độ của {name}; hình sẽ đến trong chốc lát."


def not_followed() -> str:
    return "Đồng chí không theo dõi đơn vị này, hoặc đợt báo cáo không còn."


def several_followed(typed: str, number: int) -> str:
    return f"Có {count(number)} đơn vị phù hợp với “{short(typed, 40)}”; đồng chí chọn một:"


# --- the record -----------------------------------------------------------------------------------------------------

OWN_WAYS = {
    "cli": "dòng lệnh",
    "import": "tệp nhập",
    "demo": "bản dùng thử",
    "clock": "hẹn giờ",
}
DEEDS = {
    "answer.write": "ghi câu trả lời",
    "submission.send": "gửi báo cáo",
    "submission.return": "trả lại báo cáo",
    "submission.accept": "tiếp nhận báo cáo",
    "submission.reopen": "mở lại báo cáo để sửa",
    "submission.undo": "hủy việc mở lại báo cáo",
    "submission.close": "đóng báo cáo vì hết thời gian mở lại",
    "submission.extend": "gia hạn nộp báo cáo",
    "submission.refuse_correction": "không đồng ý cho sửa báo cáo đã gửi",
    "correction.ask": "xin sửa báo cáo đã gửi",
    "confirmation.ask": "trình lãnh đạo xác nhận báo cáo",
    "confirmation.decline": "chưa xác nhận báo cáo, chuyển lại người viết",
    "part.assign": "giao một phần báo cáo",
    "part.withdraw": "thu lại phần báo cáo đã giao",
    "part.finish": "báo đã xong phần được giao",
    "evidence.add": "đính kèm tệp",
    "evidence.remove": "gỡ tệp đính kèm",
    "evidence.read": "lấy tệp đính kèm",
    "reminder.send": "nhắc nộp báo cáo",
    "reminder.postpone": "hoãn nhận lời nhắc",
    "campaign.open": "mở đợt báo cáo",
    "campaign.close": "đóng đợt báo cáo",
    "campaign.update": "chuyển đợt báo cáo sang mẫu mới nhất",
    "form.publish": "công bố mẫu báo cáo",
    "unit.import": "nhập danh sách đơn vị",
    "answers.import": "nhập số liệu từ tệp",
    "record.export": "xuất nhật ký",
    "invite.guess": "thử sai mã mời nhiều lần",
    "invite.revoke": "thu hồi mã mời",
    "role.invite": "tạo mã mời",
    "role.join": "nhận vai trò theo lời mời",
    "role.end": "kết thúc một vai trò",
    "account.code": "tạo mã liên kết tài khoản",
    "account.join": "liên kết thêm tài khoản",
}
"""What was done, by the verb it is recorded with."""


def deed_name(verb: str) -> str:
    """A verb in words; one that has none yet is shown as it is recorded, never left out."""
    return DEEDS.get(verb, f"thực hiện “{verb}”")


def record_head(page: RecordPage) -> str:
    of = f", trang {page.page + 1}" if page.page or page.more else ""
    return f"Nhật ký: {short(page.title, 80)}\n{page.unit_name} (mới nhất trước{of})"


def record_empty() -> str:
    return "Chưa có việc nào được ghi ở đây."


def happened_line(line: Happened, zone: tzinfo) -> str:
    """One thing that happened: when, who, what to what, through which door."""
    who = line.by or "Hệ thống"
    door = OWN_WAYS.get(line.door, line.door)
    through = f" (qua {door})" if door else ""
    if line.count:
        day = line.at.astimezone(zone)
        return f"• {day.day}/{day.month}: {who} ghi {count(line.count)} câu trả lời – {line.unit}{through}"
    return (
        f"• {moment_words(line.at, zone)}: {who} {deed_name(line.verb)} – {line.unit}{_because(line.detail)}{through}"
    )


_SHOWN = (
    ("prefix", "phần {}"),
    ("receipt", "biên nhận {}"),
    ("role", "vai trò {}"),
    ("reason", "lý do: “{}”"),
    ("comment", "“{}”"),
)


def _because(detail: Mapping[str, Any]) -> str:
    """What explains a decision, of what is recorded with it; shortened here, whole in the file."""
    found = [words.format(short(_spoken(key, detail[key]), 70)) for key, words in _SHOWN if detail.get(key)]
    return f", {'; '.join(found)}" if found else ""


def _spoken(key: str, value: object) -> str:
    return ROLES.get(str(value), str(value)) if key == "role" else str(value)


def record_coming() -> str:
    return "Đang lập tệp nhật ký; tệp sẽ đến trong chốc lát."


def not_recorded() -> str:
    return "Đồng chí không được xem nhật ký của đơn vị này, hoặc đợt báo cáo không còn."
