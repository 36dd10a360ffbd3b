"""Sentences about files from outside: a CSV that cannot be read, and answers that come from one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

# Files from outside: what is wrong with a CSV, with its line and column.


def csv_empty(name: str) -> str:
    return f"Tệp {name} trống; cần dòng đầu ghi tên các cột rồi mỗi dòng một mục."


def csv_too_large(name: str, size: int, limit: int) -> str:
    return f"Tệp {name} có {size} byte, vượt mức {limit} byte ({limit // 1024 // 1024} MB); hãy chia thành nhiều tệp."


def csv_encoding(name: str, line: int) -> str:
    return (
        f"Không xác định chắc chắn được bảng mã của tệp {name} (từ dòng {line}); hãy lưu lại với bảng mã UTF-8 "
        "(trong Excel: CSV UTF-8) rồi thử lại."
    )


def csv_nul(line: int) -> str:
    return f"Dòng {line}: có byte rỗng (NUL), tệp không phải CSV hoặc đã hỏng; hãy xuất lại tệp với bảng mã UTF-8."


def csv_line_too_long(line: int, limit: int) -> str:
    return f"Dòng {line}: dài hơn {limit} ký tự; hãy kiểm tra tệp có xuống dòng đúng chỗ không."


def csv_quotes(line: int, column: str, closed: bool) -> str:
    if closed:
        return f"Dòng {line}, cột {column}: sau dấu ngoặc kép đóng còn chữ; dấu ngoặc kép bên trong phải viết hai lần."
    return f"Dòng {line}, cột {column}: dấu ngoặc kép mở ra nhưng không đóng lại."


def csv_too_many_cells(line: int, found: int, allowed: int) -> str:
    return (
        f"Dòng {line}, cột {allowed + 1}: có {found} ô, dòng tiêu đề chỉ có {allowed} cột; "
        "ô có dấu phân cách bên trong phải đặt trong dấu ngoặc kép."
    )


def csv_cell_without_column(line: int, column: int) -> str:
    return f"Dòng {line}, cột {column}: ô có nội dung nhưng cột không có tên ở dòng tiêu đề."


def csv_column_twice(line: int, name: str) -> str:
    return f"Dòng {line}: cột {name} có hai lần trong dòng tiêu đề; hãy bỏ bớt một cột."


def csv_missing_columns(line: int, missing: Sequence[str], found: Sequence[str]) -> str:
    return f"Dòng {line}: thiếu cột {', '.join(missing)}; dòng tiêu đề hiện có: {', '.join(filter(None, found))}."


# Answers from a file.

IMPORT_EMPTY_VALUE = (
    "ô value trống; chưa trả lời thì bỏ dòng này, chưa có số liệu thì ghi “không có số liệu”, "
    "không phát sinh thì ghi 0."
)
IMPORT_REASON_TWICE = "đã ghi là không có tổ chức này nên không ghi thêm lý do ở cột reason."


def import_at(line: int, unit: str, address: Sequence[str], why: str) -> str:
    return f"Dòng {line}, {' '.join(filter(None, (unit, *address)))}: {why}"


def import_unknown_unit(line: int, code: str, day: date) -> str:
    return f"Dòng {line}, cột unit: không có đơn vị mã “{code}” vào ngày {day:%d/%m/%Y}."


def import_unit_not_asked(line: int, code: str, campaign: str) -> str:
    return f"Dòng {line}, cột unit: đơn vị “{code}” không phải báo cáo trong đợt {campaign}."


def import_unknown_address(near: Sequence[str]) -> str:
    hint = f" Gần giống: {'; '.join(near)}." if near else ""
    return f"đơn vị này không có ô đó trong mẫu.{hint}"


def import_doubtful(why: str, options: Sequence[str]) -> str:
    return f"{why} Hãy ghi rõ: {' / '.join(options)}." if options else why


def import_too_long(length: int, limit: int) -> str:
    return f"dài {length} ký tự, nhiều nhất {limit} ký tự."


def import_too_many(count: int, limit: int) -> str:
    return f"có {count} mục, nhiều nhất {limit} mục."


def import_reason_too_long(length: int, limit: int) -> str:
    return f"lý do dài {length} ký tự, nhiều nhất {limit} ký tự."


def import_double(first: int) -> str:
    return f"ô này đã có ở dòng {first}; mỗi ô chỉ ghi một lần."


def import_nameless_row(column: str) -> str:
    return f"hàng thêm chưa có tên; thêm một dòng ghi tên hàng ở cột {column}."


def import_long_name(length: int, most: int) -> str:
    return f"tên hàng thêm và đơn vị tính dài nhất {most} ký tự; ô này có {length} ký tự."


def import_too_many_rows(limit: int) -> str:
    return f"có quá {limit} hàng thêm trong phụ lục này."


def import_over_sent() -> str:
    return "báo cáo của đơn vị này đã gửi hoặc đã được tiếp nhận; hãy trả lại báo cáo trước khi nhập số khác."


def import_refused(name: str, count: int, shown: int) -> str:
    more = f" (chỉ hiện {shown} lỗi đầu)" if count > shown else ""
    return f"Tệp {name} có {count} lỗi{more}; không nhập dòng nào, không có gì thay đổi."


def import_no_rows(name: str) -> str:
    return f"Tệp {name} không có dòng nào sau dòng tiêu đề."


def import_closed(campaign: str) -> str:
    return f"Đợt báo cáo {campaign} đã đóng nên không nhập được."


def import_busy(campaign: str) -> str:
    return f"Đang có tệp khác được nhập vào đợt {campaign}; hãy chờ xong rồi chạy lại."


def import_change(unit: str, address: Sequence[str], before: str, after: str) -> str:
    return f"{' '.join(filter(None, (unit, *address)))}: {before} -> {after}"


def import_tally(new: int, changed: int, same: int, shown: int) -> str:
    more = new + changed - shown
    tail = f" (còn {more} thay đổi không hiện ở trên)" if more > 0 else ""
    return f"Mới: {new}, thay đổi: {changed}, giữ nguyên: {same}.{tail}"


IMPORT_NOT_ANSWERED = "chưa trả lời"
IMPORT_NO_FIGURE = "chưa có số liệu"
IMPORT_DRY = "Chạy thử: không có gì thay đổi."


def import_done(name: str, written: int, same: int, sent: int | None) -> str:
    tail = "" if sent is None else f" Đã gửi {sent} báo cáo."
    return f"Đã nhập tệp {name}: ghi {written} câu trả lời, {same} giữ nguyên.{tail}"


def import_left(count: int) -> str:
    return f"{count} câu trả lời không ghi vì có người vừa sửa hoặc vừa gửi báo cáo trong lúc nhập:"


IMPORT_READING = "Đọc và kiểm tra"
IMPORT_WRITING = "Ghi"


def import_bar(what: str, done: int, every: int) -> str:
    share = done * 100 // every if every else 100
    return f"{what}: [{'#' * (share // 4):25}] {share:3} %"
