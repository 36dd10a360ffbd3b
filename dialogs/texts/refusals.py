"""Refusals: what was read, what is accepted, an example."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.forms.form import Column
from dialogs.texts.places import capital, column_name, count, example, short


def empty_message() -> str:
    return "Tin vừa nhận không có nội dung. Đồng chí gửi lại giúp."


def too_long(length: int, limit: int) -> str:
    return f"Mục này đã dài {count(length)} ký tự, quá mức {count(limit)} ký tự; đoạn vừa gửi chưa được ghi."


def too_many_items(limit: int) -> str:
    return f"Danh sách nhận tối đa {limit} mục; tin vừa gửi chưa được ghi."


def list_not_empty(number: int) -> str:
    return f"Danh sách đang có {number} mục. Muốn ghi “không có”, đồng chí xóa các mục đó trước."


def which_item(number: int) -> str:
    return f"Đồng chí gõ số thứ tự của mục cần sửa, từ 1 đến {number}."


def too_many_pieces(text: str, columns: Sequence[Column]) -> str:
    return (
        f"Chưa tách được “{short(text)}” thành {len(columns)} phần ({names_of(columns)}) nên chưa ghi gì. "
        f"Đồng chí cách nhau bằng dấu chấm phẩy, ví dụ: {example(columns, '; ')}"
    )


def names_of(columns: Sequence[Column]) -> str:
    return " · ".join(column_name(column) for column in columns)


def whole_row_again(columns: Sequence[Column]) -> str:
    return f"Đồng chí gửi lại cả {len(columns)} phần trong một tin: {names_of(columns)}."


def which_part(typed: str, columns: Sequence[Column]) -> str:
    return (
        f"“{short(typed, 30)}” chưa rõ nói về phần nào nên chưa ghi gì. "
        f"Đồng chí gửi theo thứ tự {names_of(columns)}, ví dụ: {example(columns, '; ')}"
    )


def row_not_empty(place: str) -> str:
    return f"{capital(place)} đang có danh sách đã ghi. Muốn ghi không có, đồng chí xóa các mục đó trước."


def reason_too_long(length: int, limit: int) -> str:
    return f"Lý do dài {count(length)} ký tự, quá mức {count(limit)} ký tự. Đồng chí ghi ngắn lại giúp."


def row_needs_name() -> str:
    return "Dòng này cần một tên gọi bằng chữ. Muốn thôi, đồng chí gõ /huy."


def row_name_too_long(length: int, limit: int) -> str:
    return f"Tên dòng dài {count(length)} ký tự, quá mức {count(limit)} ký tự. Đồng chí ghi ngắn lại giúp."


def row_measure_too_long(length: int, limit: int) -> str:
    return f"Đơn vị tính dài {count(length)} ký tự, quá mức {count(limit)} ký tự. Đồng chí ghi ngắn lại giúp."


def row_there_already(name: str) -> str:
    return f"Phụ lục đã có dòng “{short(name, 60)}”. Đồng chí điền vào dòng đó, hoặc đặt tên khác."


def too_many_rows(limit: int) -> str:
    return f"Mỗi đơn vị thêm được nhiều nhất {limit} dòng vào một phụ lục."


def refused_piece(column: Column, why: str, among: bool) -> str:
    return f"{column_name(column)}: {why}" if among else why


def asked_back(column: Column, why: str, among: bool) -> str:
    return f"{column_name(column)}: {why}" if among else why


def no_such_choice() -> str:
    return "Lựa chọn này không còn dùng được; đồng chí chọn lại ở dưới."


def no_such_place(typed: str, last: int) -> str:
    return f"Không tìm thấy “{short(typed, 30)}”. Đồng chí gõ số câu từ 1 đến {last}, hoặc ký hiệu như II.3, PL3.2."


def several_places(typed: str) -> str:
    return f"“{short(typed, 30)}” có thể là nhiều câu. Đồng chí chọn một câu ở dưới, hoặc gõ số câu như trong Danh mục."


def jump_help() -> str:
    return "Đồng chí muốn sửa câu nào? Gõ số thứ tự của câu, ví dụ 12, hoặc PL3.2."


def first_question() -> str:
    return "Đây là câu đầu tiên."


def nothing_due() -> str:
    return "Hiện không có báo cáo nào chờ đồng chí làm."


def say_what() -> str:
    return "Tin này chưa được ghi vào câu nào. Đồng chí chọn một việc ở dưới, hoặc gõ /tiep để làm tiếp."


def not_here() -> str:
    return "Việc này không dùng được ở bước hiện tại."


def unknown_command(word: str) -> str:
    return f"Không có lệnh “/{short(word, 20)}”. Gõ /trogiup để xem các lệnh."


def unsupported(what: str) -> str:
    names = {
        "sticker": "nhãn dán",
        "voice": "tin thoại",
        "audio": "tệp âm thanh",
        "video": "video",
        "video_note": "video",
        "photo": "ảnh",
        "location": "vị trí",
        "contact": "danh thiếp",
        "poll": "bình chọn",
        "animation": "ảnh động",
    }
    name = names.get(what, "loại tin này")
    return f"Chưa đọc được {name}. Đồng chí gõ câu trả lời bằng chữ hoặc số giúp; câu trả lời trước vẫn giữ nguyên."


def stranger() -> str:
    return (
        "Tài khoản này chưa được gắn với đơn vị nào.\n"
        "Nếu đồng chí có mã mời, vui lòng mở đường dẫn trong thư mời hoặc liên hệ người đã mời."
    )


def no_reports() -> str:
    return "Hiện chưa có đợt báo cáo nào đồng chí phải làm. Khi có, bot sẽ nhắn tại đây."


def edit_without_answer() -> str:
    return "Tin đồng chí vừa sửa không phải là câu trả lời đang lưu; không có gì thay đổi."


def edit_locked() -> str:
    return "Câu trả lời của tin này không sửa được nữa (báo cáo đã gửi hoặc đã khóa)."


def edit_unread(place: str, columns: Sequence[Column]) -> str:
    return f"Tin đã sửa không đủ {len(columns)} phần cho {place} ({names_of(columns)}); số liệu trước vẫn giữ nguyên."


def edit_refused(column: Column, why: str) -> str:
    return f"Tin đã sửa chưa ghi được. {column_name(column)}: {why}\nSố liệu trước vẫn giữ nguyên."


def edit_text_unread(place: str, why: str) -> str:
    return f"Tin đã sửa chưa ghi được vào {place}. {why}\nNội dung trước vẫn giữ nguyên."


def stale(place: str, current: str) -> str:
    where = f" Đồng chí đang ở {current}." if current else ""
    return f"Nút này thuộc {place}, câu hỏi đã chuyển tiếp nên không ghi gì thêm.{where}"


def stale_screen(current: str) -> str:
    where = f" Đồng chí đang ở {current}." if current else ""
    return f"Nút này thuộc màn hình cũ nên không ghi gì thêm.{where}"


def apology() -> str:
    """Our own fault: the message is kept, the person is told so, nothing technical is shown."""
    return (
        "Xin lỗi đồng chí, hệ thống gặp lỗi khi xử lý tin vừa rồi. "
        "Tin đã được giữ lại và sẽ có người xem; đồng chí có thể làm tiếp bình thường."
    )
