"""Sentences of the doors and the command line; what a dialog says is in ``dialogs.texts``."""

from __future__ import annotations

from decimal import Decimal

from dialogs.reading import number_text
from dialogs.texts import labels
from dialogs.values.report_data import Rolled, Told
from dialogs.values.status import Status

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

# The doors: a label after "qua", and where it differs the words after "vào bằng tài khoản".
TELEGRAM = "Telegram"
THE_PAGE = "trang web"
AT_THE_PAGE = "trên trang web"
THE_TERMINAL = "dòng lệnh"

# One line each, to the log or the terminal.
TELEGRAM_REFUSED = "Telegram không nhận mã truy cập (BAOCAO_TELEGRAM_TOKEN). Lấy lại mã ở @BotFather rồi khởi động lại."
TELEGRAM_OTHER_POLLER = (
    "Một chương trình khác đang nhận tin của cùng bot Telegram; hãy tắt một trong hai. Đang thử lại."
)
TELEGRAM_WEBHOOK_REMOVED = (
    "Bot Telegram đang đặt webhook nơi khác: đã gỡ webhook (giữ nguyên tin đang chờ) để nhận tin tại đây."
)
TELEGRAM_UNREACHABLE = (
    "Không kết nối được Telegram (%s), thử lại sau %.0f giây. Nếu mạng chặn Telegram, đặt BAOCAO_TELEGRAM_PROXY."
)
POLL_FAILED = "Không xử lý được lượt tin vừa nhận (%s), thử lại sau %.0f giây; không tin nào bị mất."

# Under a message whose choices do not all fit on buttons.
TYPE_A_CHOICE = "Gõ chữ hoặc số đứng trước để chọn:"


# The command line: one line each, exit 1 or 2.


def wrong_setting(name: str, found: str, allowed: str) -> str:
    return f"Biến môi trường {name} đang là “{found}”; cần là {allowed}."


LIMITS_ALLOWED = "ba số như 30/1/3: số tin mỗi giây, số giây giữa hai tin cho một người, số tin được gửi liền nhau"


PORT_ALLOWED, TIMEZONE_ALLOWED = "một số từ 0 đến 65535", "tên như Asia/Ho_Chi_Minh"
PUBLIC_URL_ALLOWED = "địa chỉ trang web như https://baocao.example.vn, không kèm đường dẫn"


def no_such_setting(name: str, known: str) -> str:
    return f"Không có biến môi trường {name}; các biến có thể đặt: {known}."


def no_such_handle(handle: str, known: str) -> str:
    return f"Không có người dùng “{handle}” trong cơ sở dữ liệu. Hiện có: {known or 'chưa có ai'}."


def no_such_campaign(key: str, known: str) -> str:
    return f"Không có đợt báo cáo “{key}”. Hiện có: {known or 'chưa có đợt nào'}."


def no_such_unit(code: str, campaign: str) -> str:
    return f"Đơn vị “{code}” không có trong đợt báo cáo “{campaign}”."


def papers_failed() -> str:
    return (
        "Xin lỗi đồng chí, chưa lập được văn bản Word và Excel. Lỗi đã được ghi lại và sẽ có người xem; "
        "các câu trả lời vẫn được giữ. Đồng chí có thể thử lại bằng /tailieu."
    )


def program_fault(where: str) -> str:
    return f"Lỗi của chương trình, xin gửi dòng này cho người hỗ trợ: {where}"


def unknown_unit(code: str) -> str:
    return f"Không có đơn vị mã “{code}”."


def port_in_use(host: str, port: int) -> str:
    return f"Cổng {host}:{port} đang có chương trình khác dùng. Chọn cổng khác bằng --port, hoặc tắt chương trình kia."


def cannot_listen(host: str, port: int, why: str) -> str:
    return f"Không mở được địa chỉ {host}:{port} ({why}). Kiểm tra BAOCAO_HOST và BAOCAO_PORT."


def not_demo(name: str) -> str:
    return (
        f"Cơ sở dữ liệu {name} không phải bản dùng thử; lệnh demo không đụng đến. "
        "Đặt BAOCAO_DATABASE_URL sang tệp khác."
    )


def no_such_file(path: str) -> str:
    return f"Không mở được tệp {path}."


def not_utf8(path: str) -> str:
    return f"Tệp {path} không phải UTF-8; lưu lại tệp với bảng mã UTF-8 rồi thử lại."


def serving(url: str) -> str:
    return f"Trang trò chuyện: {url}  (Ctrl+C để dừng)"


NOT_UTF8_WORD = "Lệnh có chữ không đọc được; hãy gõ bằng bảng mã Unicode (UTF-8)."
NO_DOOR = (
    "Chưa có cửa nào được mở: đặt BAOCAO_TELEGRAM_TOKEN, hoặc BAOCAO_PUBLIC_URL cho trang web, "
    "hoặc chạy baocao demo để dùng thử."
)
DEMO_BUILDING = "Đang dựng tỉnh mẫu…"
CHAT_HELP = "Gõ trả lời rồi Enter; gõ chữ hoặc số đứng trước để chọn; Ctrl+D để thoát."
JSON_WRONG = "Mỗi dòng là một đối tượng JSON có text, choose, file, hoặc edit kèm text."


def demo_ready(units: int, people: int) -> str:
    return f"Tỉnh mẫu đã sẵn sàng: {units} đơn vị, {people} người dùng thử."


def import_resumed(name: str, written: int) -> str:
    return f"Đã làm xong việc nhập tệp {name} bị dừng giữa chừng ({written} câu trả lời)."


ABOUT = "Báo cáo từng câu trên điện thoại; nhận lại văn bản Word và Excel hoàn chỉnh."
NO_UNIT = "không thuộc đơn vị nào"


def cannot_write(path: str, why: str) -> str:
    return f"Không ghi được vào {path}: {why}"


def progress_line(code: str, name: str, status: Status, late: bool, answered: int, total: int) -> str:
    mark = " · trễ hạn" if late else ""
    return f"{code:8} {name} — {labels.STATUS[status]} {answered}/{total}{mark}"


def form_good(path: str) -> str:
    return f"{path}: mẫu đúng, có thể phát hành."


def form_published(path: str) -> str:
    return f"{path}: đã phát hành; các đợt báo cáo mở sau sẽ dùng bản này."


FORM_PUBLISHED, FORM_SHIPPED = "đã phát hành", "đi kèm, chưa phát hành"


def form_version(key: str, version: int) -> str:
    return f"{key} phiên bản {version}"


def form_line(key: str, version: int, title: str, state: str) -> str:
    return f"{form_version(key, version)} — {title} ({state})"


# Compiled reports.


def compiled_from(unit: str, counted: int, owing: int) -> str:
    if not counted:
        return f"{unit}: chưa có đơn vị nào gửi báo cáo (0/{owing}); văn bản tổng hợp vẫn được lập và nói rõ điều đó."
    return f"{unit}: tổng hợp từ {counted}/{owing} đơn vị đã gửi báo cáo."


def compiled_in_parts(words: int, most: int) -> str:
    return (
        f"Có hơn {most} đơn vị nên văn bản Word được chia thành {words} tệp: phần chung (lời văn, số tổng, danh sách) "
        "và mỗi đơn vị trực tiếp có cấp dưới một tệp; Excel là một tệp cho cả đợt."
    )


def compile_too_large(name: str, size: int, limit: int, campaign: str, unit: str) -> str:
    """A file that the chat does not carry: which, why, and how to get it."""
    return (
        f"Tệp {name} nặng {size // 1024 // 1024} MB, quá mức {limit // 1024 // 1024} MB nên không gửi ở đây được. "
        f"Đồng chí nhờ người quản trị chạy: baocao compile {campaign} --unit {unit} --compiled --out THƯ_MỤC"
    )


def compile_failed() -> str:
    return (
        "Xin lỗi đồng chí, chưa lập được bản tổng hợp. Lỗi đã được ghi lại và sẽ có người xem; "
        "các báo cáo vẫn được giữ nguyên. Đồng chí có thể thử lại bằng /tonghop."
    )


def figure(rolled: Rolled) -> str:
    """ "120 (12/14 đơn vị)", or that there is none."""
    shown = "chưa có số" if rolled.value is None else number_text(rolled.value)
    return f"{shown} ({rolled.counted}/{rolled.expected} đơn vị)"


def overridden(told: Told, below: Rolled, changed: bool) -> str:
    own = (
        "0" if told.value is None else number_text(told.value) if isinstance(told.value, int | Decimal) else told.value
    )
    since = "; số cấp dưới đã thay đổi sau khi thay" if changed else ""
    return f"Đơn vị dùng số {own} thay cho tổng của cấp dưới là {figure(below)}{since}."


def changed_after_sending(sent: Rolled, below: Rolled) -> str:
    return f"Số cấp dưới đã thay đổi sau khi gửi: lúc gửi là {figure(sent)}, nay là {figure(below)}."


def retired_figure(value: int | Decimal | None) -> str:
    number = "" if value is None else f" {number_text(value)}"
    return f"Số liệu{number} nộp theo phiên bản khác của mẫu: bản in này không có ô đó, số chỉ nằm ở sheet “Dữ liệu”."


def outlier(value: int | Decimal, median: Decimal) -> str:
    return (
        f"Số {number_text(value)} lớn gấp ít nhất {int(value / median)} lần mức giữa của các đơn vị cùng cấp "
        f"({number_text(median)}); đề nghị kiểm tra đơn vị tính."
    )
