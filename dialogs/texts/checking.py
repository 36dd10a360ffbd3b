"""What the checks say: rules that do not hold, figures that look like a slip, and the way to explain them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dialogs.forms.form import Column, Form
from dialogs.reading import number_text
from dialogs.texts.labels import WARNINGS
from dialogs.texts.places import capital, column_name, question_place, short
from dialogs.values.findings import Finding

SHOWN_FINDINGS = 2
"""Findings on the summary itself, each with its buttons; all of them stand under "Xem cảnh báo"."""

FINDINGS_PAGE = 4
BACK_TO_REVIEW = "Về phần kiểm tra"


def rule_broken(message: str, left: Decimal, right: Decimal) -> str:
    return f"{message.rstrip('.')} ({number_text(left)} so với {number_text(right)})."


def slip_since_last(column: Column, value: Decimal, before: Decimal) -> str:
    return (
        f"{column_name(column)} {number_text(value)} gấp khoảng {_times(value, before)} lần kỳ trước "
        f"({number_text(before)}), có thể nhầm đơn vị tính."
    )


def slip_among_rows(column: Column, value: Decimal, median: Decimal) -> str:
    return (
        f"{column_name(column)} {number_text(value)} gấp khoảng {_times(value, median)} lần mức giữa của các hàng khác "
        f"({number_text(median)}), có thể nhầm đơn vị tính."
    )


def slip_of_money(column: Column, value: Decimal) -> str:
    measured = f"{number_text(value)} {column.unit}".rstrip()
    return f"{column_name(column)} {measured} lớn khác thường, có thể nhầm đơn vị tính."


def jump_up(column: Column, value: Decimal, before: Decimal) -> str:
    return (
        f"{column_name(column)} {number_text(value)} gấp khoảng {_times(value, before)} lần kỳ trước "
        f"({number_text(before)})."
    )


def jump_down(column: Column, value: Decimal, before: Decimal) -> str:
    if not value:
        return f"{column_name(column)} là 0, kỳ trước {number_text(before)}."
    return (
        f"{column_name(column)} {number_text(value)} chỉ bằng khoảng một phần {_times(before, value)} kỳ trước "
        f"({number_text(before)})."
    )


def _times(larger: Decimal, smaller: Decimal) -> str:
    return number_text(int((larger / smaller).to_integral_value()))


def warning_line(finding: Finding) -> str:
    return f"⚠ {finding.message}"


def objection(place: str, findings: Sequence[Finding], number: int) -> str:
    lines = [f"{capital(place)}:", *(warning_line(finding) for finding in findings)]
    held, again = ("Số vừa gửi", "số này") if number == 1 else (f"{number} số vừa gửi", f"{number} số")
    lines.append(f"{held} được giữ tạm, chưa tính là đã trả lời.")
    lines.append(f"Đồng chí gửi lại {again}, hoặc giữ nguyên và ghi lý do.")
    return "\n".join(lines)


def objection_short(findings: Sequence[Finding]) -> str:
    return "\n".join(warning_line(finding) for finding in findings)


def explain() -> str:
    return "Đồng chí ghi ngắn gọn lý do giữ nguyên số liệu (sẽ in trong bảng cảnh báo)."


def explain_finding(form: Form, finding: Finding) -> str:
    """What is to be explained, with the reason that stands so far."""
    before = [f"Lý do đang có: “{short(finding.explanation, 200)}”"] if finding.explanation else []
    return "\n".join([placed(form, finding), *before, explain()])


def placed(form: Form, finding: Finding) -> str:
    """A finding with its place: "Phụ lục 3 – Hội Nông dân: ⚠ …"."""
    return f"{capital(question_place(form, finding.question))}: {warning_line(finding)}"


def explain_label(number: int, place: str) -> str:
    return f"Giải trình {number}: {place}"


def explained(place: str, reason: str) -> str:
    return f"✓ Đã ghi giải trình cho {place}: “{short(reason, 100)}”"


def nothing_to_explain() -> str:
    return "Số liệu của cảnh báo này vừa thay đổi nên lý do chưa được ghi. Đồng chí xem lại cảnh báo ở dưới."


def blocked(form: Form, findings: Sequence[Finding]) -> str:
    lines = [placed(form, finding) for finding in findings[:SHOWN_FINDINGS]]
    more = len(findings) - len(lines)
    lines += [f"… và {more} cảnh báo nữa phải sửa hoặc ghi lý do."] if more else []
    return "\n".join(["Chưa gửi được, cần sửa hoặc ghi lý do:", *lines])


def count_of_findings(findings: Sequence[Finding]) -> str:
    done = sum(bool(finding.explanation) for finding in findings)
    return f"{len(findings)} cảnh báo" + (f" ({done} đã giải trình)" if done else "")


def first_findings(form: Form, findings: Sequence[Finding]) -> list[str]:
    """The first findings with their places, those that nobody has explained before the others, and how many more."""
    ordered = sorted(findings, key=lambda finding: bool(finding.explanation))
    lines = [
        placed(form, finding) + (" Đã giải trình." if finding.explanation else "")
        for finding in ordered[:SHOWN_FINDINGS]
    ]
    more = len(ordered) - len(lines)
    return [*lines, f"… và {more} cảnh báo nữa, xem ở “{WARNINGS}”."] if more else lines


def warnings(form: Form, findings: Sequence[Finding], page: int) -> str:
    """One page of the findings, numbered through, each with its explanation."""
    if not findings:
        return "Không còn cảnh báo nào."
    first = page * FINDINGS_PAGE
    lines = [f"{count_of_findings(findings).capitalize()} · trang {page + 1}/{-(-len(findings) // FINDINGS_PAGE)}"]
    for number, finding in enumerate(findings[first : first + FINDINGS_PAGE], first + 1):
        must = " Phải sửa hoặc giải trình mới gửi được." if finding.holds_back else ""
        lines.append(f"{number}. {placed(form, finding)}{must}")
        if finding.explanation:
            lines.append(f"   Giải trình: “{short(finding.explanation, 160)}”")
    return "\n".join(lines)
