"""Evidence: files attached to items, what is accepted, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dialogs.forms.form import Form
from dialogs.texts.places import capital, short, spoken_key
from dialogs.values.attached import MAX_FILE_BYTES, MAX_ITEM_FILES, MAX_REPORT_BYTES, Evidence

MENU_EVIDENCE = "Đính kèm tài liệu minh chứng"


MEGABYTE = 1024 * 1024

SEE_FILES = "Xem tệp đính kèm"
TAKE_OFF, KEEP_FILE = "Gỡ tệp này", "Giữ lại"
BACK_TO_QUESTION = "Về câu hỏi"
A_PHOTO = "ảnh"
DROP_FILES = "Bỏ, không gắn"

FILES_ACCEPTED = "Bot nhận ảnh (JPG, PNG, WebP, HEIC), PDF, Word (.docx) và Excel (.xlsx), mỗi tệp không quá 20 MB."

# What a file is that is not accepted; each follows "Tệp “…” ".
KIND_PROGRAM = "là chương trình chạy trên máy"
KIND_OLD_OFFICE = (
    "là Word hoặc Excel kiểu cũ (.doc, .xls) hay có đặt mật khẩu, không kiểm tra được bên trong có macro hay không; "
    "đồng chí lưu lại thành .docx, .xlsx hoặc PDF"
)
KIND_ARCHIVE = "là tệp nén; đồng chí gửi riêng từng tệp bên trong"
KIND_RTF = "là RTF; đồng chí lưu lại thành .docx hoặc PDF"
KIND_GIF = "là ảnh động GIF"
KIND_VIDEO = "là âm thanh hoặc video"
KIND_MARKUP = "là trang web, mã lệnh hoặc ảnh SVG"
KIND_UNKNOWN = "không phải loại tệp nào trong số này"
UNFIT_JOINED = "là hai tệp ghép làm một"
UNFIT_PICTURE = "là ảnh bị hỏng"
UNFIT_CUT_PICTURE = "là ảnh bị hỏng hoặc thiếu phần cuối; đồng chí gửi lại ảnh gốc"
UNFIT_CUT_PDF = "là PDF bị thiếu phần cuối; đồng chí gửi lại"
UNFIT_LOCKED_PDF = "là PDF có khóa nên không kiểm tra được; đồng chí bỏ khóa rồi gửi lại"
UNFIT_ACTIVE_PDF = "là PDF có mã lệnh hoặc tệp khác bên trong; đồng chí in lại ra PDF rồi gửi"
UNFIT_BOMB = "bung ra lớn quá mức cho phép"
UNFIT_CUT_OFFICE = "là Word hoặc Excel bị hỏng; đồng chí mở ra, lưu lại rồi gửi"
UNFIT_LOCKED_OFFICE = "có đặt mật khẩu nên không kiểm tra được; đồng chí bỏ mật khẩu rồi gửi lại"
UNFIT_PATHS = "có đường dẫn lạ bên trong"
UNFIT_MACROS = "có macro; đồng chí lưu lại thành .docx, .xlsx không có macro, hoặc PDF"
UNFIT_INSIDE = "có tệp khác nhúng bên trong; đồng chí xuất ra PDF rồi gửi"
UNFIT_ENTITIES = "có khai báo XML không được phép"
UNFIT_OUTSIDE = "tự nạp mẫu từ nơi khác khi mở; đồng chí xuất ra PDF rồi gửi"


def unfit_pixels(width: int, height: int) -> str:
    return f"là ảnh quá lớn ({width} × {height} điểm)"


def size_text(size: int) -> str:
    """ "1,2 MB", "340 kB"."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB".replace(".", ",").replace(",0 ", " ")
    return f"{max(1, round(size / 1024))} kB"


# --- refusals -----------------------------------------------------------------------------------------------------


def file_empty(name: str) -> str:
    return f"Tệp “{name}” không có nội dung (0 byte) nên không nhận. {FILES_ACCEPTED}"


def file_too_large(name: str, size: int) -> str:
    return (
        f"Tệp “{short(name)}” lớn {size_text(size)}, quá mức {size_text(MAX_FILE_BYTES)} nên không nhận. "
        "Đồng chí giảm dung lượng hoặc chia nhỏ rồi gửi lại."
    )


def file_unfit(name: str, what: str) -> str:
    return f"Tệp “{name}” {what} nên không nhận. {FILES_ACCEPTED}"


def file_gone(name: str) -> str:
    return f"Không còn lấy được tệp “{short(name)}” nên chưa gắn. Đồng chí gửi lại tệp giúp."


def file_without_bytes(name: str) -> str:
    return f"Kênh này chưa chuyển được tệp “{short(name)}” nên chưa gắn. {FILES_ACCEPTED}"


def item_full(place: str) -> str:
    return f"{capital(place)} đã có {MAX_ITEM_FILES} tệp, không nhận thêm. Đồng chí gỡ bớt hoặc gộp lại thành một PDF."


def report_full(name: str) -> str:
    limit = size_text(MAX_REPORT_BYTES)
    return f"Các tệp của báo cáo này đã gần {limit}; thêm “{short(name)}” thì quá mức nên chưa gắn."


def not_for_document() -> str:
    return "Thông tin văn bản không nhận tệp đính kèm. Đồng chí gõ số câu cần gắn, ví dụ 12 hoặc PL3.2."


def item_locked(name: str) -> str:
    return (
        f"Chưa gắn tệp “{short(name)}”: câu này đã khóa (báo cáo đã gửi, hoặc phần này không được trả lại). "
        "Muốn bổ sung, đồng chí gõ /xinsua và ghi lý do."
    )


def cannot_attach() -> str:
    return "Câu này đã khóa nên không gắn thêm hay gỡ tệp được; vẫn xem và nhận tệp được."


def only_own_or_lead() -> str:
    return "Tệp này do người khác gửi; chỉ người gửi hoặc cán bộ phụ trách báo cáo gỡ được."


def evidence_not_there() -> str:
    return "Tệp này không còn ở báo cáo, hoặc đồng chí không có quyền xem."


# --- taking a file ------------------------------------------------------------------------------------------------


def attaching(name: str, place: str) -> str:
    return f"Đang nhận tệp “{short(name)}” cho {place}; nhận xong sẽ báo."


def attached_now(name: str, place: str, count: int) -> str:
    return f"✓ Đã gắn “{short(name)}” vào {place}. Mục này có {count} tệp."


def attached_already(name: str, place: str) -> str:
    return f"Tệp “{short(name)}” đã có ở {place} nên không gắn lần nữa."


def note_kept(note: str) -> str:
    return f"Lời kèm theo tệp được giữ làm ghi chú, không tính là câu trả lời: “{short(note, 120)}”."


def note_not_kept(note: str) -> str:
    """The words of a file that was not taken, in full: nothing of them is kept elsewhere."""
    return f"Lời kèm theo tệp cũng chưa được ghi: “{note}”"


def held_files(names: Sequence[str], title: str) -> str:
    told = "; ".join(f"“{short(name, 40)}”" for name in names)
    if not title:
        return f"Đã nhận {len(names)} tệp: {told}.\nCác tệp này thuộc báo cáo nào? Đồng chí chọn ở dưới."
    return (
        f"Đã nhận {len(names)} tệp: {told}.\nGắn vào câu nào của báo cáo {title}? "
        "Đồng chí chọn ở dưới, hoặc gõ số câu, ví dụ 12, II.3, PL3.2."
    )


def which_report() -> str:
    return "Đồng chí chọn báo cáo ở dưới trước đã."


def too_many_held(name: str, limit: int) -> str:
    return f"Đang giữ {limit} tệp chưa gắn vào câu nào nên chưa nhận thêm “{short(name)}”."


def file_not_now(name: str) -> str:
    return (
        f"Chưa gắn tệp “{short(name, 40)}” vì đồng chí đang làm việc khác. "
        "Đồng chí đến câu cần gắn, hoặc gõ /dinhkem và số câu, rồi gửi lại tệp."
    )


def more_files() -> str:
    return "Đồng chí gửi tiếp tệp, hoặc bấm Về câu hỏi."


def ask_item() -> str:
    return "Đồng chí muốn gắn hoặc xem tệp của câu nào? Gõ số câu, ví dụ 12, II.3, PL3.2."


def files_dropped(names: Sequence[str]) -> str:
    return f"Không gắn {len(names)} tệp vừa gửi ({'; '.join(short(name, 40) for name in names)})."


def held_dropped(names: Sequence[str]) -> str:
    return f"{len(names)} tệp vừa gửi chưa gắn vào câu nào ({'; '.join(short(name, 40) for name in names)})."


def nothing_to_attach_to() -> str:
    return "Hiện không có báo cáo nào đang mở để gắn tệp."


# --- looking ------------------------------------------------------------------------------------------------------


def files_here(found: Sequence[Evidence]) -> str:
    """One line on a question's screen."""
    names = "; ".join(short(each.name, 30) for each in found[:3])
    more = f" và {len(found) - 3} tệp nữa" if len(found) > 3 else ""
    return f"📎 {len(found)} tệp đính kèm: {names}{more}"


def files_line(count: int) -> str:
    """One line on the summary of a report."""
    return f"📎 Tài liệu kèm theo báo cáo: {count} tệp"


def files_help() -> str:
    return "Ảnh, PDF, Word, Excel: gửi ngay ở câu cần gắn, hoặc gõ /dinhkem và số câu; xem lại cũng bằng /dinhkem."


def shelf_title(place: str, count: int) -> str:
    return f"Tệp đính kèm của {place}: {count} tệp" if count else f"{capital(place)} chưa có tệp đính kèm."


def shelf_hint() -> str:
    return f"Gửi ảnh hoặc tệp vào đây để gắn thêm. {FILES_ACCEPTED}"


def file_line(number: int, each: Evidence, zone: tzinfo) -> str:
    note = f"\n    Ghi chú: {short(each.note, 300)}" if each.note else ""
    return (
        f"{number}. {each.name} ({size_text(each.size)}) · {each.by or 'không rõ'}, {file_moment(each.at, zone)}{note}"
    )


def file_moment(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%H:%M %d/%m/%Y")


def get_file(number: int) -> str:
    return f"Nhận tệp {number}"


def get_all(count: int) -> str:
    return f"Nhận cả {count} tệp"


def take_off(number: int) -> str:
    return f"Gỡ tệp {number}"


def take_off_really(each: Evidence) -> str:
    return f"Gỡ tệp “{each.name}” khỏi mục này? Tệp vẫn được lưu trong hồ sơ nhưng không còn kèm theo báo cáo."


def taken_off(name: str) -> str:
    return f"✓ Đã gỡ tệp “{short(name)}”."


def files_coming(count: int) -> str:
    return f"✓ Gửi đồng chí {count} tệp."


def report_shelf(unit: str, title: str, count: int) -> str:
    return f"Tài liệu kèm theo báo cáo của {unit} — {title}: {count} tệp" if count else no_evidence(unit)


def no_evidence(unit: str) -> str:
    return f"Báo cáo của {unit} không có tài liệu kèm theo."


# --- notices ------------------------------------------------------------------------------------------------------


def attached_notice(names: Sequence[str], place: str, title: str) -> str:
    return f"✓ Đã gắn vào {place} — {title}. Mục này có {_counted(names)}."


def item_holds(names: Sequence[str], place: str) -> str:
    return f"{capital(place)} hiện có {_counted(names)}."


def _counted(names: Sequence[str]) -> str:
    more = f" và {len(names) - 8} tệp nữa" if len(names) > 8 else ""
    return f"{len(names)} tệp: {'; '.join(short(name, 40) for name in names[:8])}{more}"


def no_right_any_more() -> str:
    return "Đồng chí không còn quyền gắn tệp ở đơn vị này."


# --- on paper -----------------------------------------------------------------------------------------------------


def item_place(form: Form, field: str, row: str) -> str:
    """An item as a person reads it, whatever screen it is on: "mục II.3", "Phụ lục 3 – Hội Nông dân"."""
    if not row or not form.has_table(field):
        key = spoken_key(field)
        leaf = form.leaves.get(field)
        return f"mục {key}" if key else leaf.label if leaf is not None and leaf.label else f"mục {field}"
    table = form.table(field)
    known = next((each for each in table.rows if each.key == row), None)
    return f"{table.number_line.capitalize()} – {known.short or known.label if known is not None else row}"
