"""What is said about opening, following and closing campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, tzinfo

from dialogs.texts.places import capital, count, short
from dialogs.texts.plans import (
    COUNT_LABELS,
    day_text,
    kind_name,
    last_of,
    period_tail,
    reminders_now,
    some_cells,
)
from dialogs.values.plans import CampaignPlan, OfferedForm, Switch, TopUnit, UnitGroup

MENU_CAMPAIGN = "Mở đợt báo cáo"


NEW_CAMPAIGN, GO_ON_DRAFT, DROP_DRAFT = "Mở đợt mới", "Làm tiếp bản đang soạn", "Bỏ bản soạn"
OPEN_IT, AMEND, HAND_PLAN, CLOSE_IT = "Mở đợt", "Sửa bản soạn", "Nhận kế hoạch (Word)", "Đóng đợt"
BACK, HOME, NEXT, LATER, RETYPE, NEVER_MIND = "Trước", "Trang đầu", "Tiếp", "Để sau", "Gõ lại", "Thôi"
KEEP_IT, NO_PERIOD, FREE_UNITS, ALL_SEEN = "Giữ như đang có", "Không ghi kỳ", "Đơn vị không phải nộp", "Xong"
# --- the list of campaigns ----------------------------------------------------------------------------------------


def may_not_open() -> str:
    return "Việc mở và quản lý đợt báo cáo dành cho người theo dõi, tổng hợp của đơn vị có thẩm quyền."


def unnamed_draft() -> str:
    return "một đợt chưa đặt tên"


def campaign_label(plan: CampaignPlan) -> str:
    return f"{short(plan.title, 28)} ({short(plan.key, 24)})"


def no_such_running(typed: str) -> str:
    return f"Trong các đợt đang mở của đồng chí không có “{short(typed, 40)}”."


def campaign_gone() -> str:
    return "Đợt này không còn mở, hoặc không thuộc quyền của đồng chí."


def close_really(plan: CampaignPlan) -> str:
    return (
        f"Đóng đợt “{plan.title}”{period_tail(plan.period)} ({plan.key})?\n"
        f"{count(len(plan.owing))} đơn vị sẽ không nhập, sửa, gửi được nữa; số liệu đã có được giữ nguyên và vẫn tổng "
        "hợp được. Việc này được ghi vào nhật ký."
    )


def campaign_closed(title: str) -> str:
    return f"Đã đóng đợt “{title}”. Số liệu được giữ nguyên; đồng chí vẫn tổng hợp được bằng /tonghop."


def draft_dropped() -> str:
    return "Đã bỏ bản soạn; chưa có đợt nào được mở."


def draft_kept() -> str:
    return "Bản soạn được giữ nguyên; đồng chí gõ /dot để làm tiếp."


# --- the steps ----------------------------------------------------------------------------------------------------


def ask_form(forms: Sequence[OfferedForm]) -> str:
    if not forms:
        return "Chưa có mẫu báo cáo nào được công bố; đề nghị quản trị chạy: baocao form publish TỆP."
    lines = ["Mở đợt mới. Đồng chí chọn mẫu báo cáo:"]
    for number, form in enumerate(forms, 1):
        tables = f", {form.tables} phụ lục" if form.tables else ""
        lines.append(f"{number}. {form.title} ({form.key}, bản {form.version}): {form.questions} mục{tables}")
        lines += (
            [f"   Chưa dùng được: ô tiền chưa có đơn vị tính: {some_cells(form.unmeasured)}"] if form.unmeasured else []
        )
    return "\n".join(lines)


def form_label(form: OfferedForm, among: Sequence[OfferedForm]) -> str:
    """A form's title, and its key where another one has the same title."""
    alike = [each for each in among if each.title == form.title]
    return f"{form.title} ({form.key})" if alike[1:] else form.title


def no_such_form(typed: str) -> str:
    return f"Không có mẫu “{short(typed, 40)}” trong các mẫu đã công bố; đồng chí chọn một mẫu trong danh sách."


def form_unmeasured(title: str, cells: Sequence[str]) -> str:
    return (
        f"Mẫu “{title}” có ô tiền chưa ghi đơn vị tính: {some_cells(cells)}. Chưa mở đợt được; cần công bố bản mẫu mới "
        "có measure (ví dụ triệu đồng) ở các ô đó."
    )


def ask_day(today: date, chosen: date | None) -> str:
    now = f" Đang chọn: {day_text(chosen)}." if chosen else ""
    return (
        "Đợt này theo tổ chức vào ngày nào? Ngày đó quyết định tên đơn vị, ai trực thuộc ai và thể thức văn bản; "
        f"hạn nộp không phụ thuộc vào nó.{now}\nĐồng chí chọn hôm nay ({day_text(today)}) hoặc gõ một ngày, ví dụ "
        f"{day_text(today)}."
    )


def take_day(day: date) -> str:
    return f"Hôm nay, {day_text(day)}"


def unread_reference(typed: str, today: date) -> str:
    return (
        f"“{short(typed, 40)}” không phải là một ngày đọc được; cần đủ ngày, tháng, năm có trong lịch, ví dụ "
        f"{day_text(today)}."
    )


def day_taken(day: date) -> str:
    return f"Theo tổ chức ngày {day_text(day)}."


def unit_taken(name: str) -> str:
    return f"Đơn vị: {name} trở xuống."


def no_unit_that_day(day: date) -> str:
    return f"Vào ngày {day_text(day)} không có đơn vị nào thuộc quyền của đồng chí; đồng chí chọn ngày khác."


def ask_unit(own: Sequence[TopUnit], day: date) -> str:
    names = "; ".join(each.name for each in own)
    return (
        f"Mở đợt cho đơn vị nào trở xuống (theo tổ chức ngày {day_text(day)})?\n"
        f"Đồng chí chọn đơn vị mình ({names}), hoặc gõ tên hay mã một đơn vị cấp dưới, có dấu hoặc không dấu."
    )


def no_such_top(typed: str) -> str:
    return (
        f"Không tìm thấy “{short(typed, 60)}” trong các đơn vị thuộc quyền của đồng chí; đồng chí gõ tên hoặc mã khác."
    )


def which_unit(typed: str, number: int, shown: int) -> str:
    more = f" Có {number} đơn vị khớp; đồng chí gõ thêm tên nếu chưa thấy." if number > shown else ""
    return f"“{short(typed, 60)}” có thể là nhiều đơn vị. Ý đồng chí là:{more}"


def nobody_asked(unit: str, form: str) -> str:
    return f"Không có đơn vị nào tại {unit} hoặc bên dưới phải trả lời mẫu {form}; đồng chí chọn đơn vị hoặc mẫu khác."


def ask_title(proposed: str) -> str:
    return (
        f"Tên đợt báo cáo (một dòng, in trên kế hoạch và báo cáo):\nĐề nghị: {proposed}\n"
        "Đồng chí dùng tên này hoặc gõ tên khác."
    )


def use_title(title: str) -> str:
    return f"Dùng “{short(title, 44)}”"


def ask_period(proposed: Sequence[str]) -> str:
    return (
        "Kỳ báo cáo (in dưới tên báo cáo), ví dụ “" + "”, “".join(proposed) + "”. Đồng chí chọn, gõ kỳ khác, hoặc chọn "
        "không ghi kỳ."
    )


def not_one_line(most: int) -> str:
    return f"Cần một dòng có chữ, nhiều nhất {most} ký tự."


def ask_groups(groups: Sequence[UnitGroup], left_out: frozenset[str], free: int) -> str:
    lines = ["Ai phải nộp báo cáo?"]
    for group in groups:
        mark = "✗ không hỏi" if group.kind in left_out else "✓ phải nộp"
        some = "; ".join(group.examples) + ("…" if group.number > len(group.examples) else "")
        lines.append(f"{mark}: {kind_name(group.kind)}, {count(group.number)} đơn vị ({some}) – mẫu “{group.form}”")
    lines += [f"Trong đó {count(free)} đơn vị không phải nộp."] if free else []
    return "\n".join([*lines, "Đồng chí bấm vào một nhóm để bỏ ra hoặc thêm vào, rồi bấm Tiếp."])


def flip_group(group: UnitGroup, out: bool) -> str:
    return f"{'Thêm' if out else 'Bỏ'} {kind_name(group.kind)} ({count(group.number)})"


def no_group_left() -> str:
    return "Cần ít nhất một nhóm phải nộp báo cáo; đồng chí thêm lại một nhóm."


def ask_free(names: Sequence[str]) -> str:
    now = f"Đang ghi không phải nộp: {'; '.join(names)}." if names else "Chưa có đơn vị nào."
    return (
        f"Đơn vị không phải nộp (vẫn có tên trong danh sách, không bị nhắc, không tính là thiếu). {now}\n"
        "Đồng chí gõ tên hoặc mã từng đơn vị; gõ lại hoặc bấm nút để đơn vị đó phải nộp trở lại. Bấm Xong khi đủ."
    )


def owes_again(name: str) -> str:
    return f"Phải nộp: {short(name, 40)}"


def now_free(name: str) -> str:
    return f"{name}: không phải nộp."


def now_owing(name: str) -> str:
    return f"{name}: phải nộp."


def ask_due(group: UnitGroup, now: str, example: str) -> str:
    usual = f"\nMẫu ghi: “{group.wording}”." if group.wording else ""
    kept = f"\nĐang chọn: {now}." if now else ""
    return (
        f"Hạn nộp của {kind_name(group.kind)} ({count(group.number)} đơn vị)?{usual}{kept}\n"
        f"Đồng chí gõ ngày, ví dụ “{example}”, “chậm nhất ngày {example}” hoặc “trước ngày {example}”."
    )


def same_day(day: date) -> str:
    return f"Như nhóm trước: {day_text(day)}"


def forms_day(day: date) -> str:
    return f"Như mẫu ghi: {day_text(day)}"


def due_taken(kind: str, words: str) -> str:
    return f"{capital(kind_name(kind))}: {words}."


def before_counts_as_said(counts: bool) -> str:
    return f"“Trước ngày” được hiểu như đồng chí đã chọn: {'tính cả' if counts else 'không tính'} ngày đó."


def ask_counted(now: str) -> str:
    return f"Số liệu nào được cộng vào báo cáo tổng hợp? Đang chọn: {COUNT_LABELS[now].lower()}."


def ask_reminders(now: str) -> str:
    return (
        f"Nhắc hạn. Đang chọn: {now}.\nĐồng chí chọn, hoặc gõ số ngày trước hạn cách nhau dấu phẩy, ví dụ "
        "“10, 5, 1, 0, +1” (0 là ngày cuối, +1 là một ngày sau hạn). Chỉ nhắc đơn vị còn nợ, trong giờ làm việc."
    )


REMIND_USUALLY, REMIND_NEVER = "Lịch thường: trước 7, 3, 1 ngày, ngày cuối, sau 1 ngày", "Không nhắc tự động"


def unread_reminders(typed: str) -> str:
    return f"“{short(typed, 40)}” chưa đọc được; cần các số ngày cách nhau dấu phẩy, ví dụ “10, 5, 1, 0, +1”."


def ask_key(key: str) -> str:
    return (
        f"Mã đợt (dùng trong lệnh và tên tệp), đang là “{key}”. Đồng chí giữ, hoặc gõ mã khác: chữ cái không dấu, "
        "chữ số, dấu “-”, “.”, “_”, nhiều nhất 60 ký tự."
    )


def wrong_key(typed: str) -> str:
    return (
        f"“{short(typed, 60)}” không dùng làm mã được; cần chữ cái không dấu, chữ số, dấu “-”, “.”, “_”, "
        "nhiều nhất 60 ký tự."
    )


def key_taken(key: str, free: str) -> str:
    return f"Đã có đợt mang mã “{key}”; còn dùng được ví dụ “{free}”."


# --- the plan -----------------------------------------------------------------------------------------------------


def amend_heading() -> str:
    return "Đồng chí muốn sửa phần nào của bản soạn?"


def amend_labels(plan: CampaignPlan, counted: str, offsets: Sequence[int], zone: tzinfo) -> Iterable[tuple[str, str]]:
    """What can be changed: (what, label); each label shows what stands now."""
    yield "form", f"Mẫu: {short(plan.form, 40)}"
    yield "day", f"Theo tổ chức ngày {day_text(plan.reference_date)}"
    yield "unit", f"Đơn vị: {short(plan.unit_name, 40)}"
    yield "title", f"Tên: {short(plan.title, 40)}"
    yield "period", f"Kỳ: {short(plan.period or 'không ghi', 40)}"
    yield "groups", f"Ai phải nộp: {count(len(plan.owing))} đơn vị"
    for group in plan.groups:
        yield f"due.{group.kind}", f"Hạn {kind_name(group.kind)}: {last_of(group, zone)}"
    yield "counted", f"Tính số liệu: {COUNT_LABELS[counted].lower()}"
    yield "reminders", f"Nhắc hạn: {short(reminders_now(offsets), 44)}"
    yield "key", f"Mã đợt: {short(plan.key, 40)}"


def confirm_label(on: bool) -> str:
    return "Thôi yêu cầu lãnh đạo xác nhận" if on else "Yêu cầu lãnh đạo xác nhận trước khi gửi"


def notify_label(on: bool) -> str:
    return "Không báo cho các đơn vị ngay" if on else "Báo cho các đơn vị ngay"


def escalate_label(on: bool) -> str:
    return "Thôi báo cấp trên khi quá hạn" if on else "Báo cấp trên khi quá hạn 3 ngày"


def switch_label(switch: Switch) -> str:
    return f"{'Thôi hỏi' if switch.on else 'Hỏi thêm'} {', '.join(switch.tables)}"


# --- periods that are proposed -----------------------------------------------------------------------------------


def year(number: int) -> str:
    return f"Năm {number}"


def first_quarter(year: int) -> str:
    return f"Quý I năm {year}"


def first_months(months: int, year: int) -> str:
    return f"{months} tháng đầu năm {year}"
