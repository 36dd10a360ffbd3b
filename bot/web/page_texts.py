"""Every sentence that the web server itself says. What the page says is in ``static/texts.js``."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

ERRORS: Final = MappingProxyType(
    {
        "not_signed_in": "Đồng chí chưa đăng nhập hoặc đã thoát. Mời đồng chí đăng nhập; câu trả lời vẫn được giữ.",
        "session_lost": "Phiên làm việc đã kết thúc. Mời đồng chí đăng nhập lại; các câu đã trả lời vẫn được giữ.",
        "other_person": "Trên trình duyệt này đã có người khác đăng nhập. Mời đồng chí tải lại trang.",
        "wrong_origin": "Yêu cầu này đến từ một trang khác nên không được nhận. Mời đồng chí mở lại trang chat.",
        "unknown_person": "Không có người này trong danh sách. Mời đồng chí chọn lại.",
        "wrong_code": (
            "Mã mời không đúng, đã dùng hoặc đã hết hạn. Đồng chí kiểm tra lại, hoặc xin mã mới từ người đã mời."
        ),
        "too_many_codes": (
            "Nơi này đã thử sai nhiều lần. Vui lòng đợi một giờ rồi thử lại, hoặc xin mã mới từ người đã mời."
        ),
        "not_json": "Không đọc được tin này. Mời đồng chí tải lại trang rồi gửi lại.",
        "not_understood": "Không hiểu tin này. Mời đồng chí tải lại trang rồi gửi lại.",
        "empty": "Tin chưa có nội dung. Mời đồng chí gõ câu trả lời rồi gửi.",
        "too_long": "Tin dài quá {limit} ký tự nên chưa được nhận. Mời đồng chí chia thành nhiều tin ngắn hơn.",
        "too_large": "Tin lớn quá 1 MB nên chưa được nhận. Mời đồng chí chia thành nhiều tin ngắn hơn.",
        "file_too_large": "Tệp lớn quá 20 MB nên không nhận. Mời đồng chí giảm dung lượng hoặc chia nhỏ rồi gửi lại.",
        "files_at_once": "Đồng chí đang gửi các tệp khác. Tệp này sẽ được gửi sau.",
        "upload_stalled": "Tệp chưa tải lên hết thì mạng dừng. Tệp sẽ được gửi lại.",
        "not_found": "Không tìm thấy trang hoặc tệp này, hoặc đồng chí không có quyền xem.",
        "not_allowed": "Địa chỉ này không nhận yêu cầu như vậy.",
        "unavailable": "Máy chủ đang gặp trục trặc. Tin của đồng chí vẫn còn trên máy và sẽ được gửi lại.",
    }
)

SIGN_IN_TITLE: Final = "Chọn người dùng thử"
SIGN_IN_NOTE: Final = (
    "Đây là bản dùng thử: tỉnh, đơn vị và số liệu đều là giả định. Mời đồng chí chọn một người để bắt đầu."
)
SIGN_IN_WARNING: Final = "Lưu ý: không nhập nội dung mật vào đây."
SIGN_IN_CLOSED: Final = (
    "Trang này chưa mở đăng nhập. Mời đồng chí dùng Telegram, hoặc hỏi cán bộ phụ trách tổng hợp của huyện, tỉnh."
)
JOIN_TITLE: Final = "Nhận lời mời"
JOIN_NOTE: Final = "Mời đồng chí cho biết họ tên, rồi bấm “Xem lời mời” để biết lời mời vào đơn vị nào."
JOIN_NAME: Final = "Họ và tên đồng chí"
JOIN_CODE: Final = "Mã mời"
JOIN_GO: Final = "Xem lời mời"
JOIN_OR: Final = "Nếu lời mời dành cho người khác:"
JOIN_ANEW: Final = "Tôi là người khác"
CHANGE: Final = "Đổi người"
LEAVE: Final = "Thoát"
LEAVE_TITLE: Final = "Thoát khỏi trang này?"
LEAVE_SURE: Final = "Đồng ý thoát"
LEAVE_NOT: Final = "Ở lại"
JOIN_NAMELESS: Final = "Đồng chí chưa ghi họ tên."
NOT_YET: Final = "Trợ lý báo cáo"
HAVE_CODE: Final = "Tôi có mã mời"


def join_as(name: str) -> str:
    return f"Nhận lời mời với tên {name}"


def join_leaves(name: str) -> str:
    return (
        f"Khi người khác vào, đồng chí {name} thoát khỏi trang này; muốn vào lại, đồng chí cần mã /lienket lấy ở tài "
        "khoản khác của mình, hoặc thư mời mới."
    )


def leave_note(name: str) -> str:
    return (
        f"Đồng chí {name} vào trang này bằng thư mời. Muốn vào lại, đồng chí cần mã /lienket lấy ở tài khoản khác "
        "của mình, hoặc thư mời mới. Các câu trả lời vẫn được giữ."
    )


def join_signed_in(name: str) -> str:
    return f"Trình duyệt này đang đăng nhập với tên {name}. Lời mời dành cho ai?"


NO_UNIT: Final = "Không thuộc đơn vị nào"
