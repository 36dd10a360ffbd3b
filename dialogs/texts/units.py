"""What is wrong with a list of units from outside: what was read in a cell and what is accepted there, and remarks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def cell(found: str, wanted: str) -> str:
    """What is wrong with one cell: what was read, '' nothing, and what is ``wanted`` instead."""
    return f"đọc được “{found}”; {wanted}." if found else f"ô trống; {wanted}."


def day(found: date | None) -> str:
    return f"{found:%d/%m/%Y}" if found else "nay"


# --- what a cell takes -------------------------------------------------------------------------------------------

FIRST_DAY_OF_MERGED = "đơn vị lập từ đơn vị khác cần ngày bắt đầu, ví dụ 01/07/2025"
NOT_UNDER_ITSELF = "đơn vị không thể trực thuộc chính mình; cần mã của đơn vị cấp trên"
CALENDAR_DAY = "cần một ngày có trong lịch, viết 2025-07-01 hoặc 01/07/2025"
CODES = "cần mã các đơn vị cũ cách nhau bằng dấu “;”; thêm * ngay sau mã nếu chỉ nhập một phần"
ONCE_EACH = "mỗi đơn vị cũ chỉ ghi một lần"


def code(most: int) -> str:
    return f"cần mã đơn vị, nhiều nhất {most} ký tự, không có dấu cách, dấu “;”, “|”, “*”"


def name(most: int) -> str:
    return f"cần tên đơn vị trên một dòng, nhiều nhất {most} ký tự"


def kind(usual: Iterable[str]) -> str:
    return f"cần một từ chữ thường không dấu, có thể có chữ số và dấu gạch dưới, thường là {', '.join(usual)}"


def body(most: int) -> str:
    return f"cần khóa của tổ chức, nhiều nhất {most} ký tự"


def position(most: int) -> str:
    return f"cần số thứ tự nguyên từ 0 đến {most}, hoặc để trống"


def days(first: date, last_year: int) -> str:
    return f"cần ngày từ {day(first)} đến năm {last_year}, hoặc để trống nếu chưa có ngày"


def not_before(first: date) -> str:
    return f"đơn vị kết thúc trước khi bắt đầu ({day(first)}); cần ngày từ đó trở đi, hoặc để trống"


def predecessors(most: int) -> str:
    return f"nhiều nhất {most} đơn vị cũ"


# --- what must hold of all units ---------------------------------------------------------------------------------

UNKNOWN_PARENT = "không có đơn vị mã này trong tệp và trong cơ sở dữ liệu; cần mã của một đơn vị có thật, hoặc để trống"
NOT_OF_ITSELF = "đơn vị không thể lập từ chính nó; cần bỏ mã này"


def twice(line: int) -> str:
    return f"đã có ở dòng {line} với cùng ngày bắt đầu; mỗi mã và ngày bắt đầu chỉ ghi một dòng"


def overlapped(code: str, line: int | None, first: date, last: date | None, end: date) -> str:
    """An earlier version still holds, at ``line`` of the list (None: stored); ``end`` is when it should end."""
    where = f"dòng {line}" if line is not None else "cơ sở dữ liệu"
    return (
        f"đơn vị {code} ({where}) còn hiệu lực từ {day(first)} đến {day(last)}; "
        f"cần cho phiên bản đó kết thúc ngày {day(end)} hoặc sớm hơn"
    )


def overlapping(begins: date, end: date) -> str:
    return f"đã có phiên bản từ ngày {day(begins)}; cần kết thúc ngày {day(end)} hoặc sớm hơn"


def parent_missing(on: date, first: date, last: date | None) -> str:
    time = f"từ {day(first)} đến {day(last)}"
    return f"đơn vị này không có vào ngày {day(on)}; cần một đơn vị cấp trên có trong suốt thời gian {time}"


def parent_merged(since: date, eve: date) -> str:
    return (
        f"từ ngày {day(since)} mã này là một đơn vị mới (sáp nhập); cần tách dòng thành hai: "
        f"đến ngày {day(eve)} và từ ngày {day(since)}"
    )


def orphaned(child: str, last: date | None, parent: str, on: date) -> str:
    return (
        f"đơn vị {child} trực thuộc {parent} đến {day(last)}, mà {parent} không còn vào ngày "
        f"{day(on)}; cần thêm dòng cho {child} kết thúc hoặc chuyển cấp trên"
    )


def circle(on: date, codes: str) -> str:
    return f"ngày {day(on)} các đơn vị trực thuộc vòng tròn: {codes}; cần một đơn vị cấp trên khác"


def too_deep(on: date, most: int, codes: str) -> str:
    return f"ngày {day(on)} có hơn {most} cấp: {codes}; cần ít cấp hơn"


def no_predecessor(eve: date) -> str:
    return f"không có đơn vị mã này vào ngày {day(eve)}; cần mã của đơn vị có đến hết ngày đó"


def predecessor_stays(code: str, eve: date) -> str:
    return (
        f"đơn vị này vẫn còn sau ngày {day(eve)}; cần cho nó kết thúc ngày {day(eve)}, "
        f"hoặc ghi {code}* nếu chỉ một phần nhập vào đơn vị mới"
    )


def merged_twice(code: str) -> str:
    return f"đơn vị {code} đã nhập toàn bộ vào một đơn vị khác; nếu bị chia, cần ghi {code}* ở mọi nơi"


def continued(code: str, first: date) -> str:
    return f"đơn vị {code} đã được ghi là tiếp nối từ ngày {day(first)}; không thể ghi đơn vị cũ cho phiên bản này"


def reporting(code: str, campaign: str, on: date) -> str:
    return (
        f"đơn vị {code} đang có báo cáo trong đợt {campaign}, tính theo ngày {day(on)}; "
        "vào ngày đó đơn vị phải còn và vẫn thuộc đơn vị mở đợt"
    )


# --- remarks -----------------------------------------------------------------------------------------------------


def unusual_kind(line: int, kind: str, usual: Iterable[str]) -> str:
    return f"dòng {line}: loại đơn vị {kind} không có trong các loại thường dùng ({', '.join(usual)})."


def lost_zeros(kind: str, codes: Iterable[str]) -> str:
    some = ", ".join(codes)
    return f"mã của các đơn vị loại {kind} dài ngắn khác nhau ({some}); có thể bảng tính đã bỏ số 0 ở đầu."


def namesakes(one: str, other: str, name: str) -> str:
    return f"{one} và {other} cùng tên “{name}” dưới cùng một đơn vị cấp trên."


def other_questions(campaign: str, code: str) -> str:
    return f"đợt {campaign}: loại hoặc tổ chức của đơn vị {code} đổi nên câu hỏi của đơn vị có thể đổi theo."
