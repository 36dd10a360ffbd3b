"""What the commands about units, campaigns and people say; what all commands may say is in ``bot/runtime/texts.py``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.texts import people as people_texts

# --- units and campaigns -------------------------------------------------------------------------------------------


def more_faults(number: int) -> str:
    return f"… và {number} lỗi nữa."


def nothing_imported(name: str, number: int) -> str:
    return f"Tệp {name} có {number} lỗi; chưa ghi gì vào cơ sở dữ liệu."


def units_imported(name: str, new: int, changed: int, unchanged: int) -> str:
    if not new and not changed:
        return f"{name}: không có gì thay đổi ({unchanged} dòng giống như đã lưu)."
    return f"{name}: {new} dòng mới, {changed} dòng thay đổi, {unchanged} dòng giữ nguyên."


def note(text: str) -> str:
    return f"Lưu ý: {text}"


def more_notes(number: int) -> str:
    return f"… và {number} lưu ý nữa."


def wrong_date(where: str, found: str) -> str:
    return f"{where}: “{found}” không phải là một ngày có trong lịch; cần viết 2026-04-10 hoặc 10/04/2026."


def wrong_due(found: str) -> str:
    return f"--due “{found}” không đọc được; cần loại đơn vị và ngày cuối, ví dụ xa=2026-04-10, mỗi loại một lần."


def wrong_previous(key: str, form: str) -> str:
    return f"Đợt “{key}” dùng mẫu khác; đợt trước phải cùng mẫu {form}."


def no_such_form(key: str, known: str) -> str:
    return f"Không có mẫu “{key}”. Các mẫu có thể mở: {known}."


def published_first(key: str, version: int) -> str:
    return f"Đã phát hành mẫu {key} phiên bản {version} (đi kèm chương trình)."


def campaign_opened(key: str, title: str, number: int, day: date) -> str:
    return f"Đã mở đợt {key} ({title}): hỏi {number} đơn vị, theo tổ chức ngày {day:%d/%m/%Y}."


def campaign_group(kind: str, number: int, last: date | None, past: bool, not_required: int) -> str:
    limit = f"hạn hết ngày {last:%d/%m/%Y} (24:00)" if last else "chưa đặt hạn nộp"
    late = ", đã qua" if past else ""
    free = f"; {not_required} đơn vị không phải nộp" if not_required else ""
    return f"  {kind}: {number} đơn vị, {limit}{late}{free}"


def campaign_before(key: str) -> str:
    return f"Đợt trước để so sánh: {key}."


def campaign_without(units: Sequence[str], number: int) -> str:
    more = f" … ({number} đơn vị)" if number > len(units) else ""
    return f"Không hỏi, vì không mẫu nào nêu loại của đơn vị: {', '.join(units)}{more}."


def campaign_line(key: str, form: str, unit: str, day: date, number: int, closed: bool) -> str:
    state = "đã đóng" if closed else "đang mở"
    return f"{key} — mẫu {form}, {unit}, ngày {day:%d/%m/%Y}, {number} đơn vị, {state}"


NO_CAMPAIGNS = "Chưa có đợt báo cáo nào; mở bằng: baocao campaign open MẪU --unit MÃ."


def campaign_closed(key: str) -> str:
    return f"Đã đóng đợt {key}; số liệu vẫn xem và tổng hợp được."


def campaign_was_closed(key: str) -> str:
    return f"Đợt {key} đã đóng từ trước; không có gì thay đổi."


def form_current(key: str) -> str:
    return f"Đợt {key} đang dùng bản mới nhất của các mẫu; không có gì thay đổi."


def form_moved(form: str, version: int, moved: int, new: int, gone: int) -> str:
    return f"Mẫu {form}: chuyển {moved} đơn vị sang phiên bản {version} ({new} câu mới, {gone} câu không hỏi nữa)."


def form_stayed(form: str, version: int, number: int) -> str:
    return f"Mẫu {form}: {number} đơn vị giữ phiên bản {version} (đã gửi, hoặc bản mới không hỏi loại đơn vị này)."


def form_notices(people: int) -> str:
    return f"Đã báo cho {people} người đang làm báo cáo; mọi câu trả lời đã có được giữ nguyên."


def past_due(kind: str, day: date) -> str:
    return (
        f"--due {kind}: ngày {day:%d/%m/%Y} đã qua; hạn nộp phải từ hôm nay trở đi. "
        "Nếu chỉ nhập số liệu của một đợt đã xong, hãy thêm --past."
    )


def key_taken(key: str) -> str:
    return f"Đã có đợt báo cáo mang mã {key}; hãy chọn mã khác bằng --key."


def people_told(number: int) -> str:
    return f"Đã báo cho {number} người của các đơn vị phải nộp."


def due_too_early(lower: str, upper: str) -> str:
    return f"Lưu ý: hạn của {lower} không trước hạn của {upper}."


def columns_without_unit(columns: Sequence[str]) -> str:
    return f"Lưu ý: cột số chưa ghi đơn vị tính: {', '.join(columns)}."


# --- people --------------------------------------------------------------------------------------------------------


def member(number: int, handle: str, name: str, role: str) -> str:
    return f"{number:6} {handle or '-':12} {name or 'chưa có tên'} — {people_texts.role_name(role)} ({role})"


def no_such_person(word: str) -> str:
    return f"Không có người dùng “{word}”. Xem số hoặc tên tắt bằng: baocao member list ĐƠN_VỊ"


def no_such_member(word: str, role: str, unit: str) -> str:
    return f"“{word}” không có vai trò {people_texts.role_name(role)} ở đơn vị “{unit}”."


def removed(name: str, role: str, unit: str) -> str:
    return f"Đồng chí {name} đã thôi vai trò {people_texts.role_name(role)} ở đơn vị “{unit}”."
