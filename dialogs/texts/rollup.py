"""What is said of the figures of the units below, of last time's answers, and of the units a unit was made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Column, Row, Table
from dialogs.kinds import Kind
from dialogs.reading import number_text
from dialogs.texts.places import column_name, count, row_name, short, value_text
from dialogs.values.report_data import SumPart
from dialogs.values.report_view import Last, Proposal

MENU_BELOW = "Xem, thay số tổng của cấp dưới"


BELOW, REPLACE, RESTORE = "Số cấp dưới", "Thay số", "Dùng lại tổng của cấp dưới"
OTHER_ROWS, TO_REPORT = "Các hàng khác", "Trở lại báo cáo"
SAME_AS_LAST, SAME_AS_BEFORE, SAME_TEXT, SEE_LAST = (
    "Dùng số kỳ trước",
    "Dùng số này",
    "Dùng lại bài kỳ trước",
    "Xem kỳ trước",
)

SHOWN_PARTS = 10
SHOWN_OLD_UNITS = 5
LEVELS = {"trung_uong": "trung ương", "tinh": "cấp tỉnh", "huyen": "cấp huyện", "xa": "cấp xã"}


def lower_place(table: Table, row: Row, level: str) -> str:
    """ "Phụ lục 3 – MTTQ, cấp xã"; a row that names its own level says it once."""
    place = f"{table.number_line.capitalize()} – {row.short or row_name(row.label, row.level_label)}"
    return place if row.level else ", ".join(part for part in (place, LEVELS.get(level, level)) if part)


def lower_row_label(row: Row, level: str) -> str:
    name = row.short or row_name(row.label, row.level_label)
    return name if row.level else ", ".join(part for part in (name, LEVELS.get(level, level)) if part)


def nothing_below() -> str:
    return "Báo cáo này không có ô nào lấy tổng của các đơn vị cấp dưới."


def no_such_sum(typed: str) -> str:
    return f"“{short(typed, 30)}” không phải hàng lấy tổng của cấp dưới. Đồng chí chọn ở dưới, hoặc gõ như PL3.2."


def tables_below() -> str:
    return "Những phụ lục có ô lấy tổng của cấp dưới. Đồng chí xem phụ lục nào?"


def rows_below(table: Table) -> str:
    return f"{table.number_line.capitalize()}: tổng của các đơn vị cấp dưới"


def choose_row() -> str:
    return "Chọn một hàng để xem từng đơn vị, hoặc để thay số."


def sums_line(columns: Sequence[Column], found: Mapping[str, Proposal], instead: Mapping[str, Answer]) -> str:
    """ "Tổng 108 · Nữ 40 (tổng của 13/14 đơn vị)"; where the columns differ, each with its own."""
    ratios = {(found[column.key].counted, found[column.key].expected) for column in columns}
    common = ratios.pop() if len(ratios) == 1 else None
    parts = [_sum(column, found[column.key], instead.get(column.key), apart=common is None) for column in columns]
    return " · ".join(parts) + (f" (tổng của {common[0]}/{common[1]} đơn vị)" if common else "")


def _sum(column: Column, each: Proposal, instead: Answer | None, *, apart: bool) -> str:
    value = "chưa có" if each.value is None else number_text(each.value)
    ratio = f" ({each.counted}/{each.expected})" if apart else ""
    return f"{column_name(column)} {value}{ratio}" + (f" → {value_text(column, instead)}" if instead else "")


def parts_lines(columns: Sequence[Column], parts: Sequence[Mapping[str, SumPart]]) -> list[str]:
    """Unit by unit, the first ten; then those that gave no figure at all."""
    given = [each for each in parts if any(part.value is not None for part in each.values())]
    without = [_name(each) for each in parts if each not in given]
    lines = [f"{_name(each)}: {' · '.join(_figure(each.get(column.key)) for column in columns)}" for each in given]
    rest = len(lines) - SHOWN_PARTS
    lines = [*lines[:SHOWN_PARTS], *([f"… và {rest} đơn vị khác"] if rest > 0 else [])]
    if without:
        lines.append(f"Không cho số (chưa có số liệu, hoặc không có tổ chức): {_some(without)}.")
    return lines


def _name(parts: Mapping[str, SumPart]) -> str:
    return next(iter(parts.values())).unit_name


def _figure(part: SumPart | None) -> str:
    return "…" if part is None else "–" if part.value is None else number_text(part.value)


def _some(names: Sequence[str]) -> str:
    shown = "; ".join(names[:SHOWN_PARTS])
    return shown if len(names) <= SHOWN_PARTS else f"{shown} và {len(names) - SHOWN_PARTS} đơn vị khác"


def reported_below(given: Sequence[tuple[Column, Proposal]], level: str) -> str:
    """A row's sums on the screen that asks the unit's own figures of it."""
    of = f" ({LEVELS.get(level, level)})" if level else ""
    return f"Cấp dưới đã báo cáo{of}: {' · '.join(_sum(column, each, None, apart=True) for column, each in given)}"


def below_help() -> str:
    return "/capduoi xem, thay số tổng của các đơn vị cấp dưới"


def nobody_gave() -> str:
    return "Chưa đơn vị cấp dưới nào có số được tính ở đây."


def replaced_line(columns: Sequence[Column], instead: Mapping[str, Answer]) -> list[str]:
    """What stands in place of the sums and why; columns with one reason in one line."""
    reasons = dict.fromkeys(instead[column.key].reason for column in columns if column.key in instead)
    lines = []
    for reason in reasons:
        those = [column for column in columns if column.key in instead and instead[column.key].reason == reason]
        figures = " · ".join(f"{column_name(column)} {value_text(column, instead[column.key])}" for column in those)
        lines.append(f"Đã thay: {figures}. Lý do: “{short(reason, 100)}”")
    return lines


def parts_changed(column: Column, answer: Answer, then: str, now: Proposal | None) -> str:
    """The parts are others than those that were replaced; ``then`` is their sum as a number, '' where unknown."""
    figure = value_text(column, answer)
    made = f"lập khi tổng là {number_text(Decimal(then))}" if then else "lập theo số liệu cũ của cấp dưới"
    if now is None or now.value is None:
        return f"⚠ {column_name(column)}: số đồng chí thay ({figure}) {made}; nay cấp dưới không còn số nào."
    total = f"{number_text(now.value)} của {now.counted}/{now.expected} đơn vị"
    return f"⚠ {column_name(column)}: số đồng chí thay ({figure}) {made}; nay tổng là {total}."


def ask_figures(columns: Sequence[Column]) -> str:
    if len(columns) == 1:
        return f"Đồng chí gửi số thay cho {column_name(columns[0])}."
    names = " · ".join(column_name(column) for column in columns)
    return f"Đồng chí gửi {len(columns)} số theo thứ tự: {names}. Số nào bằng tổng thì vẫn để theo tổng."


def only(column: Column) -> str:
    return f"Chỉ thay {column_name(column)}"


def all_of_them(columns: Sequence[Column]) -> str:
    names = " · ".join(column_name(column) for column in columns)
    return f"Cần đủ {len(columns)} số theo thứ tự {names}; muốn thay một số, đồng chí bấm “Chỉ thay …”."


def must_be_figure() -> str:
    return "số thay phải là một con số. Nếu không có số khác, đồng chí để nguyên tổng của cấp dưới."


def equals_sum() -> str:
    return "Số vừa gửi bằng đúng tổng của cấp dưới nên không phải thay."


def ask_reason(place: str, changes: Iterable[str], warnings: Iterable[str]) -> str:
    lines = [f"{place}:", *changes, *warnings]
    return "\n".join([*lines, "Vì sao thay? Đồng chí ghi ngắn gọn lý do (in trong bảng cảnh báo)."])


def change_line(column: Column, now: Proposal, answer: Answer, before: Answer | None) -> str:
    """One figure that is about to stand in place of a sum; what somebody put there before is not lost in silence."""
    total = "chưa có" if now.value is None else f"{number_text(now.value)} của {now.counted}/{now.expected} đơn vị"
    by = f" của đ/c {before.by}" if before and before.by else ""
    old = f" và cho số đã thay trước đó{by} ({value_text(column, before)})" if before else ""
    return f"{column_name(column)}: {value_text(column, answer)} thay cho tổng {total}{old}"


def back_to_sum_line(column: Column, now: Proposal) -> str:
    total = "chưa có" if now.value is None else number_text(now.value)
    return f"{column_name(column)}: dùng lại tổng {total}"


def reason_missing() -> str:
    return "Lý do không được để trống. Đồng chí ghi ngắn gọn vì sao thay số."


def replaced_sum(place: str, changes: Sequence[str], reason: str) -> str:
    return f"✓ {place}: {'; '.join(changes)}.\nLý do: “{short(reason, 100)}”"


def restored(place: str, columns: Sequence[Column], found: Mapping[str, Proposal]) -> str:
    sums = " · ".join(_sum(column, found[column.key], None, apart=False) for column in columns)
    return f"✓ {place}: dùng lại tổng của cấp dưới ({sums})."


def replaced_heading() -> str:
    return "Số thay cho tổng của cấp dưới:"


def more_replaced(number: int) -> str:
    return f"… và {number} hàng khác; gõ /capduoi để xem."


# --- last time ----------------------------------------------------------------------------------------------------


def last_figures(columns: Sequence[Column], found: Mapping[str, Last]) -> list[str]:
    """What last time gave, or the units before together; short, because it stands on the question's screen."""
    those = [column for column in columns if column.key in found]
    plain = [column for column in those if not found[column.key].parts and found[column.key].state is not State.EMPTY]
    lines = [f"Kỳ trước: {' · '.join(_last(column, found[column.key], columns) for column in plain)}"] if plain else []
    merged = [column for column in those if found[column.key].parts]
    if merged:
        number = len(found[merged[0].key].parts)
        figures = " · ".join(_last(column, found[column.key], columns) for column in merged)
        lines.append(f"{number} đơn vị cũ cộng lại: {figures} ({_old_units(merged, found)})")
    return lines + _shares(those, found)


def _last(column: Column, each: Last, among: Sequence[Column]) -> str:
    name = f"{column_name(column)} " if len(among) > 1 else ""
    figures = sum(part.value is not None or part.state is State.ZERO for part in each.parts)
    ratio = f" ({figures}/{len(each.parts)})" if figures < len(each.parts) else ""
    return name + short(_said(column, each.state, each.value, each.reason), 40) + ratio


def _said(column: Column, state: State, value: Value, reason: str = "") -> str:
    return value_text(column, Answer(Address(""), state, value, reason=reason))


def _part(column: Column, part: SumPart) -> str:
    """One old unit's figure; whether it had no figures or no such body is not known here."""
    if part.state is State.EMPTY:
        return "chưa báo cáo"
    return "không có số" if part.state is State.NONE else _said(column, part.state, part.value)


def _old_units(columns: Sequence[Column], found: Mapping[str, Last]) -> str:
    """ "An Bình 12 · Tân Lập 10"; with several figures each: "An Bình 12 · 5; Tân Lập 10 · 4"."""
    units = [part.unit_name for part in found[columns[0].key].parts]
    told = [
        f"{name} " + " · ".join(_part(column, found[column.key].parts[at]) for column in columns)
        for at, name in enumerate(units)
    ]
    apart = " · " if len(columns) == 1 else "; "
    rest = len(told) - SHOWN_OLD_UNITS
    return apart.join(told[:SHOWN_OLD_UNITS]) + (f"{apart}và {rest} đơn vị khác" if rest > 0 else "")


def _shares(columns: Sequence[Column], found: Mapping[str, Last]) -> list[str]:
    """Units of which only a share went into this one: told of, never added and never divided (C24)."""
    lines: dict[str, list[str]] = {}
    for column in columns:
        for part in found[column.key].partly:
            name = f"{column_name(column)} " if len(columns) > 1 else ""
            lines.setdefault(part.unit_name, []).append(name + _part(column, part))
    return [f"{unit} chỉ nhập một phần, số {' · '.join(told)} không cộng, không chia." for unit, told in lines.items()]


def last_text(each: Last, kind: Kind) -> str:
    """The beginning of last time's narrative, or how many entries the list had."""
    if isinstance(each.value, tuple):
        return f"Kỳ trước: {len(each.value)} mục, đầu tiên: “{short(each.value[0], 60)}”" if each.value else ""
    if each.state is State.ZERO:
        return "Kỳ trước: không có nội dung báo cáo." if kind is Kind.NARRATIVE else "Kỳ trước: không có."
    if each.state is State.NONE:
        return "Kỳ trước: chưa có số liệu."
    text = str(each.value)
    return f"Kỳ trước ({count(len(text))} ký tự): “{short(text, 70)}”"


def whole_last(source: str, text: str) -> str:
    return f"Kỳ trước ({short(source, 60)}):\n{text}"


def last_copied(place: str, source: str) -> str:
    """A copy is said to be one; it can be edited like what was typed."""
    return (
        f"✓ Đã chép bài kỳ trước ({short(source, 60)}) vào {place}. "
        "Đồng chí đọc lại, gửi thêm hoặc xóa đi viết lại; xong thì bấm Tiếp."
    )


def last_breaks_rules(warnings: Sequence[str]) -> str:
    return "\n".join(["Số kỳ trước chưa dùng được:", *warnings, "Đồng chí gửi số của kỳ này giúp."])
