"""Why something that is asked for does not fit what is stored: one line each, to whoever asked, in chat or a terminal.

What is wrong with a list of units stands in ``texts.units``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

# --- the database ------------------------------------------------------------------------------------------------


def database_too_new(revision: str) -> str:
    return (
        f"Cơ sở dữ liệu thuộc phiên bản mới hơn chương trình này (lược đồ {revision}); "
        "hãy nâng cấp baocao rồi chạy lại."
    )


def not_a_database(name: str) -> str:
    return (
        f"“{name}” không phải là cơ sở dữ liệu của baocao; "
        "hãy kiểm tra BAOCAO_DATABASE_URL hoặc khôi phục từ bản sao lưu."
    )


def database_unavailable(name: str, why: str) -> str:
    return f"Không mở được cơ sở dữ liệu “{name}”: {' '.join(why.split())}"


def fault(line: int, column: str, message: str) -> str:
    """One thing that is wrong in a list from outside, with its place."""
    return f"Dòng {line}, cột {column}: {message}"


def faulty(first: str, number: int) -> str:
    return f"{first} (có {number} lỗi; chưa ghi gì)"


def file_too_large(name: str, limit: int) -> str:
    return f"Tệp “{name}” lớn hơn {limit // 1024 // 1024} MB nên không lưu được."


def number_too_large(value: int | Decimal, limit: int) -> str:
    return f"Số {value} lớn hơn mức lưu được ({limit})."


def too_many_decimals(value: int | Decimal) -> str:
    return f"Số {value} có quá sáu chữ số thập phân."


IMPORT_DROPPED = "Việc nhập tệp này đã bị dừng vì quá lâu không tiến triển; không có gì thay đổi, hãy chạy lại."


def reason_from_file(name: str) -> str:
    """The reason of a replaced sum that came from a file without one."""
    return f"Nhập từ tệp {name}"


# --- reports -----------------------------------------------------------------------------------------------------

NOT_YOURS = "Đồng chí không có quyền làm việc này ở đơn vị đã chọn."
DECIDED_MEANWHILE = "Báo cáo vừa được nộp lại hoặc vừa có người quyết định; đồng chí xem lại rồi quyết định."
NOT_SENT = "Báo cáo này chưa gửi hoặc đang mở để sửa; đồng chí sửa trực tiếp."
NO_WISH = "Không còn đề nghị sửa nào đang chờ ở báo cáo này."
DUE_IS_PAST = "Hạn mới phải ở phía sau."
END_IS_PAST = "Thời điểm hết mở lại phải ở phía sau."
NO_REASON = "Mở lại báo cáo cần có lý do."
UNCONFIRMED = "Báo cáo này cần lãnh đạo đơn vị duyệt trước khi gửi."
OVER = "Đã hết thời gian mở lại nên báo cáo này không gửi được."
THIS_ITEM = "mục này"


def no_such_report(number: int) -> str:
    return f"Không có báo cáo số {number}."


def report_locked(number: int) -> str:
    return f"Báo cáo {number} đã gửi hoặc đã được tiếp nhận nên không ghi thêm được."


def wrong_state(number: int, status: str) -> str:
    return f"Báo cáo {number} đang ở trạng thái {status}, không làm được bước này."


def receipt_taken(number: str) -> str:
    return f"Số biên nhận {number} đã được cấp cho báo cáo khác."


# --- parts of a report, and people -------------------------------------------------------------------------------

NOT_THEIRS = "Phần này của báo cáo không được giao cho đồng chí."
GONE = "Người được chọn không còn nhập báo cáo của đơn vị này."
TO_ONESELF = "Đồng chí không giao phần việc cho chính mình."
NO_SUCH_PART = "Báo cáo không có phần được chọn."
NO_SUCH_ASSIGNMENT = "Phần việc này đã được thu lại."
NOTHING_ASSIGNED = "Đồng chí không được giao riêng phần nào của báo cáo này."
CODE_TAKEN = "Mã mời này vừa được người khác dùng."

# --- forms -------------------------------------------------------------------------------------------------------


def no_such_version(number: int) -> str:
    return f"Không có bản mẫu số {number}."


def form_unpublished(key: str) -> str:
    return f"Mẫu {key} chưa được công bố; hãy chạy: baocao form publish TỆP."


def form_published_otherwise(key: str, version: int) -> str:
    return (
        f"Mẫu {key} bản {version} đã công bố với nội dung khác; mẫu đã công bố không sửa được, "
        f"hãy tăng version lên {version + 1}."
    )


def money_unmeasured(key: str, cells: Iterable[str]) -> str:
    return f"Mẫu {key}: ô tiền chưa có đơn vị tính ({', '.join(cells)}); chưa mở đợt được."


def kind_changed(key: str, version: int, place: str, before: str, after: str) -> str:
    """A new version takes another kind of answer at one address than the version before."""
    return _reread(f"Mẫu {key} phiên bản {version}: {place} đổi kiểu trả lời từ {before} sang {after}")


def measure_changed(key: str, version: int, place: str, before: str, after: str) -> str:
    return _reread(f"Mẫu {key} phiên bản {version}: {place} đổi đơn vị tính từ “{before}” sang “{after}”")


def _reread(what: str) -> str:
    remedy = "câu trả lời đã có sẽ bị hiểu sai; hãy đặt khóa mới cho câu này rồi phát hành phiên bản sau."
    return f"{what}, {remedy}"


# --- campaigns ---------------------------------------------------------------------------------------------------

TITLE, PERIOD = "Tên đợt", "Kỳ báo cáo"
KINDS_LEFT_OUT, SWITCHES, KINDS_DUE = "loại đơn vị để ngoài đợt", "công tắc", "loại đơn vị có hạn nộp"
UNITS_NOT_REQUIRED, ASKED_UNITS = "đơn vị không phải nộp", "các đơn vị được hỏi của đợt"
COUNTED_STATUSES, KINDS_NOT_ADDED = "trạng thái được tính", "loại đơn vị không cộng"
CAMPAIGN_GONE = "Đợt báo cáo này không còn."
NOBODY_OWES = "Không có đơn vị nào phải nộp báo cáo trong đợt này."


def no_such_campaign(key: str) -> str:
    return f"Không có đợt báo cáo {key}."


def unit_outside(code: str | int, campaign: str) -> str:
    return f"Đơn vị {code} không thuộc đợt báo cáo {campaign}."


def no_such_unit(code: str, day: date) -> str:
    return f"Không có đơn vị mã {code} vào ngày {day:%d/%m/%Y}."


def chosen_unit_gone(day: date) -> str:
    return f"Đơn vị đã chọn không có vào ngày {day:%d/%m/%Y}."


def campaign_unit_gone(campaign: str, day: date) -> str:
    return f"Đơn vị của đợt {campaign} không có vào ngày {day:%d/%m/%Y}."


def nobody_asked(unit: str, form: str) -> str:
    return f"Không có đơn vị nào tại {unit} hoặc bên dưới phải trả lời mẫu {form}."


def key_taken(key: str) -> str:
    return f"Đã có đợt báo cáo mang mã {key}; hãy chọn mã khác."


def key_unusable(key: str) -> str:
    return f"Mã đợt “{key}” không dùng được; cần chữ cái không dấu, chữ số, dấu “-”, “.”, “_”, nhiều nhất 60."


def not_one_line(what: str, text: str, limit: int) -> str:
    return f"{what} “{text}” không dùng được; cần một dòng, nhiều nhất {limit} ký tự."


def not_there(what: str, unknown: Iterable[str], accepted: str) -> str:
    """An opening names something that is not there; ``accepted`` says what is, '' nothing."""
    instead = accepted or "không có gì để chọn"
    return f"Không có {what}: {', '.join(unknown)}; trong đợt này có thể ghi: {instead}."


def kinds_without_due(kinds: Iterable[str]) -> str:
    return f"Chưa đặt hạn nộp cho loại đơn vị: {', '.join(kinds)}."


def closed_campaign_keeps_form(key: str) -> str:
    return f"Đợt báo cáo {key} đã đóng nên không đổi mẫu được."
