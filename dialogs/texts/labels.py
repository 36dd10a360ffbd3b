"""Labels of buttons, and names of statuses."""

from __future__ import annotations

from dialogs.values.status import Status

MENU_START = "Trang đầu: việc phải làm, hạn, tiến độ"
MENU_NEXT = "Câu tiếp theo"
MENU_BACK = "Câu trước"
MENU_SKIP = "Bỏ qua câu này"
MENU_CONTENTS = "Danh mục các câu"
MENU_JUMP = "Sửa một câu, ví dụ /sua 12"
MENU_CANCEL = "Thôi việc đang làm (không xóa gì)"
MENU_LOOK = "Xem câu trả lời"
MENU_REVIEW = "Gửi báo cáo"
MENU_PAPERS = "Nhận tệp Word và Excel"
MENU_HELP = "Trợ giúp"


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


NEXT, SKIP, BACK, CONTENTS = "Tiếp", "Bỏ qua", "Trước", "Danh mục"
NIL_TEXT, NIL, NIL_COUNT, NONE = "Không có nội dung", "Không có", "Không có (0)", "Chưa có số liệu"
ABSENT, NIL_ROW, NIL_TABLE = "Không có tổ chức này", "Cả hàng không có", "Cả phụ lục không có"
LOOK, UNDO_PIECE, UNDO_ITEM, PICK_ITEM = "Xem lại", "Xóa đoạn cuối", "Xóa mục cuối", "Sửa một mục"
DROP_ITEM, RETYPE, HOME, HELP = "Xóa mục này", "Gõ lại", "Trang đầu", "Trợ giúp"
KEEP, USUAL, MEND_RETURNED = "Giữ nguyên, ghi lý do", "Dùng thông tin này", "Sửa phần được trả lại"
NEXT_KEEP, NEVER_MIND = "Tiếp, giữ nguyên", "Thôi"
SEND, LATER, WARNINGS, DOCUMENT, PAPERS = "Gửi", "Để sau", "Xem cảnh báo", "Thông tin văn bản", "Nhận Word, Excel"
ADD_ROW, DROP_ROW, RENAME_ROW = "Thêm dòng", "Bỏ dòng này", "Đổi tên dòng"
PREVIOUS_PAGE, NEXT_PAGE = "Trang trước", "Trang sau"


def fill_missing(place: str) -> str:
    return f"Điền nốt {place}"


def use_converted() -> str:
    return "Dùng bản đã chuyển"


def keep_as_typed() -> str:
    return "Giữ nguyên như đã gõ"


RIGHT, WRONG, BEGIN = "Đúng", "Không phải", "Bắt đầu"
ROLES = {
    "official": "cán bộ nhập báo cáo",
    "lead": "cán bộ phụ trách báo cáo",
    "coordinator": "cán bộ theo dõi, tổng hợp",
    "administrator": "quản trị",
}
