"""Sentences of the doors and the command line; what a dialog says is in ``dialogs/texts.py``."""

from __future__ import annotations

# Why a send failed, for whoever supports the service.
SEND_BLOCKED = "người nhận đã chặn bot hoặc đã xóa tài khoản"
SEND_NO_CHAT = "không có cuộc trò chuyện này"
SEND_REFUSED = "máy chủ không nhận tin này"
SEND_TOO_LARGE = "tệp hoặc tin quá lớn"
SEND_NO_FILE = "không còn tệp để gửi"
SEND_SLOWED = "máy chủ yêu cầu gửi chậm lại"
SEND_SERVER = "máy chủ bị lỗi"
SEND_NETWORK = "không kết nối được tới máy chủ"
SEND_PROGRAM = "lỗi của chương trình khi viết tin"
SEND_CONFLICT = "một chương trình khác đang dùng cùng bot"

# One line each, to the log or the terminal.
TELEGRAM_WRONG_TOKEN = (
    "Telegram không nhận mã truy cập (BAOCAO_TELEGRAM_TOKEN). Lấy lại mã ở @BotFather rồi khởi động lại."
)
TELEGRAM_OTHER_POLLER = "Một chương trình khác đang nhận tin của cùng bot Telegram; hãy tắt một trong hai. Đang thử lại."
TELEGRAM_WEBHOOK_REMOVED = "Bot Telegram đang đặt webhook nơi khác: đã gỡ webhook (giữ nguyên tin đang chờ) để nhận tin tại đây."
TELEGRAM_UNREACHABLE = "Không kết nối được Telegram (%s), thử lại sau %.0f giây. Nếu mạng chặn Telegram, đặt máy chủ trung gian (proxy)."
POLL_FAILED = "Không xử lý được lượt tin vừa nhận (%s), thử lại sau %.0f giây; không tin nào bị mất."

# The menu of commands beside the typing line on Telegram.
TELEGRAM_COMMANDS = (
    ("start", "Trang đầu: báo cáo phải làm, hạn, tiến độ"),
    ("tiep", "Câu tiếp theo"),
    ("truoc", "Câu trước"),
    ("boqua", "Bỏ qua câu này"),
    ("muc", "Danh mục các câu"),
    ("xem", "Xem câu trả lời"),
    ("sua", "Sửa một câu, ví dụ /sua 12"),
    ("nop", "Gửi báo cáo"),
    ("tailieu", "Nhận tệp Word và Excel"),
    ("huy", "Thôi việc đang làm (không xóa gì)"),
    ("trogiup", "Trợ giúp"),
)

# Under a message whose choices do not all fit on buttons.
TYPE_A_CHOICE = "Gõ chữ hoặc số đứng trước để chọn:"
