"""Every sentence that this package shows to a person, in one place.

A refusal says what was read, what is accepted, and gives an example; a question ends with what is asked.
"""

from __future__ import annotations

from decimal import Decimal

from dialogs.kinds import CHOSEN, KINDS, NUMERIC, Kind
from dialogs.reading.model import Spec
from dialogs.reading.printing import number_text, number_words

ZERO = "0 (không phát sinh)"
NOTHING_TO_REPORT = "Không có nội dung báo cáo"
NO_FIGURE = "Chưa có số liệu"
NOT_APPLICABLE = "Không có tổ chức này"
KEEP_AS_TYPED = "Giữ nguyên như đã gõ"

PROBLEMS: dict[str, str] = {
    "empty": "Chưa có nội dung.",
    "command": "“{typed}” là một lệnh, không phải câu trả lời cho ô này.",
    "not_a_number": "Chưa đọc được số nào trong “{typed}”.",
    "not_integer": "“{typed}” là số lẻ, mà ô này là số nguyên.",
    "negative": "“{typed}” là số âm, mà ô này không nhận số âm.",
    "malformed_grouping": "“{typed}” có dấu chấm hoặc dấu phẩy chưa đúng chỗ (sau dấu chấm phải đủ 3 chữ số).",
    "unit_mismatch": "“{typed}” ghi đơn vị khác với đơn vị của ô này{measure}.",
    "out_of_range": "“{typed}” nằm ngoài khoảng có thể có{range}.",
    "too_many_decimals": "“{typed}” có nhiều hơn {decimals} chữ số thập phân{measure}; số liệu không được làm tròn hộ.",
    "approximate": "“{typed}” chưa phải là số chính xác.",
    "range": "“{typed}” là một khoảng, mà ô này cần một giá trị.",
    "expression": "“{typed}” là một phép tính; đề nghị đồng chí tính sẵn rồi gõ kết quả.",
    "fraction_or_date": "“{typed}” là phân số hoặc ngày tháng, mà ô này cần một con số.",
    "several_numbers": "“{typed}” có nhiều số, mà ô này cần một số.",
    "too_long": "“{typed}” dài quá, chưa đọc được.",
    "invalid_date": "“{typed}” không phải là ngày có thật.",
    "missing_day": "“{typed}” chưa có ngày.",
    "missing_year": "“{typed}” chưa có năm.",
    "missing_month": "“{typed}” chưa có tháng và năm.",
    "not_single_day": "“{typed}” chưa chỉ đúng một ngày cụ thể.",
    "unfilled_template": "“{typed}” là chỗ còn để trống, chưa được điền.",
    "lunar": "“{typed}” là ngày âm lịch; đề nghị đồng chí ghi ngày dương lịch.",
    "not_a_date": "Chưa đọc được ngày tháng nào trong “{typed}”.",
    "no_such_choice": "“{typed}” không có trong các lựa chọn.",
    "which_choice": "“{typed}” có thể là nhiều lựa chọn.",
}

_QUESTIONS: dict[str, str] = {
    "zero_or_none": "“{typed}” nghĩa là 0 (không phát sinh) hay là chưa có số liệu?",
    "none": "“{typed}” là chỗ còn để trống. Đồng chí chưa có số liệu, hay sẽ gõ câu trả lời?",
    "none_only": "“{typed}” nghĩa là chưa có số liệu để ghi vào ô này, đúng không?",
    "text_state": "“{typed}” nghĩa là không có nội dung để báo cáo, hay là chưa có số liệu?",
    "approximate": "Ô này cần số chính xác. Đồng chí xác nhận là {first}?",
    "extra_words": "“{typed}” có phần chưa hiểu. Con số đồng chí muốn ghi là {first}, đúng không?",
    "not_per_period": "Ô này tính theo {measure}. Với “{typed}”, số cần ghi là {first}, đúng không?",
    "large": "“{typed}” là {first}, lớn khác thường. Đồng chí xác nhận số này?",
    "one": "“{typed}” là {first}, đúng không?",
    "several": "“{typed}” có thể hiểu {count} cách{measure}. Ý đồng chí là:",
    "us_order": "“{typed}”: không có tháng {month}. Ý đồng chí là ngày {first}?",
    "missing_year": "“{typed}” chưa có năm. Ý đồng chí là ngày {first}?",
    "approximate_date": "Ô này cần đúng một ngày. Ý đồng chí là ngày {first}?",
    "date": "“{typed}” là ngày {first}, đúng không?",
    "choice": "“{typed}” có thể là nhiều lựa chọn. Ý đồng chí là:",
    "legacy_font": "Đoạn này gõ bằng phông chữ cũ ({name}). Chuyển sang chữ hiện nay được: “{text}”. Đúng không?",
    "mojibake": "Đoạn này bị lỗi mã chữ. Khôi phục được: “{text}”. Đúng không?",
}
_MONEY_UNITS = {1: "đồng", 1000: "nghìn đồng", 10**6: "triệu đồng", 10**9: "tỷ đồng"}
_COUNTS = {2: "hai", 3: "ba"}
_ACCEPTED = {
    Kind.INTEGER: "số nguyên",
    Kind.DECIMAL: "số, phần lẻ sau dấu phẩy",
    Kind.MONEY: "số tiền",
    Kind.PERCENT: "tỷ lệ phần trăm",
    Kind.DATE: "một ngày dương lịch đủ ngày, tháng, năm",
}


def problem(code: str, typed: str, spec: Spec) -> str:
    """Why a text was refused: what was read, then what the column accepts with an example."""
    template = PROBLEMS.get(code, PROBLEMS["not_a_number"])
    said = template.format(typed=typed, measure=_in_measure(spec), range=_range(spec), decimals=spec.decimals or "0")
    return f"{said} {accepted(spec)}"


def accepted(spec: Spec) -> str:
    """What a column accepts, with an example: "Ô này nhận số nguyên (người), ví dụ: 12."."""
    if spec.kind in CHOSEN:
        return "Các lựa chọn: " + "; ".join(label for _, label in spec.choices) + "."
    what = _ACCEPTED.get(spec.kind)
    if what is None:
        return "Đề nghị đồng chí gõ nội dung trả lời."
    measure = _in_measure(spec) if spec.kind in NUMERIC else ""
    return f"Ô này nhận {what}{measure}, ví dụ: {KINDS[spec.kind].example}."


def question(name: str, typed: str, spec: Spec, first: str = "", count: int = 1, month: int = 0) -> str:
    """A question back; ``first`` is the likeliest reading, ``count`` the number of readings offered."""
    measure = spec.measure if name == "not_per_period" else f" ({spec.measure})" if spec.measure else ""
    return _QUESTIONS[name].format(
        typed=typed, first=first, measure=measure, count=_COUNTS.get(count, str(count)), month=month
    )


def legacy_question(code: str, name: str, converted: str) -> str:
    """The question about a text in an old encoding, showing how it would be kept."""
    return _QUESTIONS[code].format(name=name, text=converted)


def number_label(value: int | Decimal) -> str:
    """A number on a button: "1.234 (một nghìn hai trăm ba mươi tư)"."""
    return f"{number_text(value)} ({number_words(value)})"


def in_measure(value: int | Decimal, measure: str) -> str:
    """A number read back with its measure: "1.200 triệu đồng", "15%"."""
    text = number_text(value)
    return text + measure if measure == "%" else f"{text} {measure}".rstrip()


def number_in_measure(value: int | Decimal, measure: str) -> str:
    """A number with its measure, in digits and in words, for a question."""
    return f"{number_label(value)} {measure}".rstrip()


def sum_label(value: Decimal, unit: int, shown: str) -> str:
    """A sum on a button where the unit is in doubt: "500.000 đồng (0,5 triệu đồng)"; ``unit`` in đồng."""
    typed_as = f"{number_text(value)} {_MONEY_UNITS[unit]}"
    return f"{typed_as} ({shown})" if shown else typed_as


def date_echo(text: str) -> str:
    """A date read back."""
    return f"ngày {text}"


def _in_measure(spec: Spec) -> str:
    return f" ({spec.measure})" if spec.measure else ""


def _range(spec: Spec) -> str:
    low = f" từ {number_text(spec.minimum)}" if spec.minimum is not None else ""
    high = f" đến {number_text(spec.maximum)}" if spec.maximum is not None else ""
    return low + high
