"""A campaign's plan in words: the same in the summary before it is opened, on paper, and while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from dialogs.texts.deadlines import last_moment_words
from dialogs.texts.places import capital, count, short
from dialogs.values.deadlines import last_day
from dialogs.values.plans import CampaignPlan, UnitGroup

KINDS = {
    "trung_uong": "cấp trung ương",
    "tinh": "cấp tỉnh",
    "huyen": "cấp huyện",
    "xa": "cấp xã",
    "dutt": "đảng ủy trực thuộc",
    "to_chuc": "tổ chức",
    "cum": "cụm",
}
COUNT_LABELS = {
    "usual": "Báo cáo đã gửi và đã tiếp nhận",
    "accepted": "Chỉ báo cáo đã tiếp nhận",
    "all": "Cả báo cáo đang làm, bị trả lại",
}
SHOWN_UNITS = 6


def kind_name(kind: str) -> str:
    """How a kind of units is called; a kind of an office's own is called as it was imported."""
    return KINDS.get(kind, kind.replace("_", " "))


def day_text(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def campaigns(running: Sequence[CampaignPlan], zone: tzinfo, draft: str) -> str:
    lines = [f"Các đợt đang mở ({len(running)}):"] if running else ["Hiện chưa có đợt báo cáo nào đang mở."]
    for number, plan in enumerate(running, 1):
        lines.append(f"{number}. {plan.title}{period_tail(plan.period)} ({plan.key}) – {plan.unit_name}")
        lines += [f"   {_group_line(group, zone)}" for group in plan.groups]
    lines += [f"Đồng chí đang soạn dở: {draft}."] if draft else []
    return "\n".join([*lines, "Đồng chí chọn một đợt để xem, hoặc mở đợt mới."])


def reminders_now(offsets: Sequence[int]) -> str:
    """When a campaign reminds, as days from the last day."""
    if not offsets:
        return "không nhắc tự động"
    before, after = [str(-each) for each in offsets if each < 0], [str(each) for each in offsets if each > 0]
    parts = [f"trước {', '.join(before)} ngày"] if before else []
    parts += ["ngày cuối"] if 0 in offsets else []
    return ", ".join(parts + ([f"sau {', '.join(after)} ngày"] if after else []))


def out_of_order(lower: str, upper: str) -> str:
    said = f"Lưu ý: hạn của {kind_name(lower)} không trước hạn của {kind_name(upper)}"
    return f"{said}; cấp trên sẽ không còn thời gian tổng hợp."


def plan_lines(plan: CampaignPlan, zone: tzinfo, offsets: Sequence[int]) -> list[str]:
    """The plan as it is shown in chat and, in the same words, printed: who, how many, until when, on what terms."""
    free = [each.name for each in plan.units if not each.required]
    return [
        f"{plan.title}{period_tail(plan.period)} – mã đợt {plan.key}",
        f"Mẫu: {plan.form_short} ({plan.form})",
        f"Đơn vị: {plan.unit_name} trở xuống, theo tổ chức ngày {day_text(plan.reference_date)}",
        f"Phải nộp: {count(len(plan.owing))} đơn vị",
        *(f"• {_group_line(group, zone)}" for group in plan.groups),
        *(
            [f"Không hỏi: {'; '.join(f'{kind_name(k)} ({count(n)})' for k, n in plan.left_out)}"]
            if plan.left_out
            else []
        ),
        *([f"Không phải nộp: {some_names(free)}"] if free else []),
        *plan_terms(plan, offsets),
    ]


def plan_terms(plan: CampaignPlan, offsets: Sequence[int]) -> list[str]:
    """What holds for every unit: appendices behind a switch, what counts, when it reminds, who confirms."""
    label = next((key for key, counted in _COUNTS.items() if set(counted) == set(plan.counted)), "")
    counted = COUNT_LABELS[label].lower() if label else ", ".join(plan.counted)
    lines = [f"{', '.join(each.tables)} (mẫu {each.form}): {'có' if each.on else 'không'}" for each in plan.switches]
    lines += [f"Tổng hợp tính: {counted}", f"Nhắc hạn: {reminders_now(offsets)}"]
    lines += ["Lãnh đạo đơn vị xác nhận trước khi gửi"] if plan.settings.get("confirm") else []
    return lines + ([f"So sánh với đợt trước: {plan.previous}"] if plan.previous else [])


_COUNTS = {
    "usual": ("sent", "accepted"),
    "accepted": ("accepted",),
    "all": ("in_progress", "returned", "sent", "accepted"),
}


def plan_shown(lines: Sequence[str], plan: CampaignPlan, warned: Sequence[tuple[str, str]], notify: bool) -> str:
    """The summary before opening: the plan, what should be looked at, what happens next."""
    found = ["Kế hoạch của đợt:", *lines]
    found += [out_of_order(*pair) for pair in warned]
    if without := [each.name for each in plan.without_people]:
        found.append(
            f"Lưu ý: {count(len(without))} đơn vị phải nộp chưa có cán bộ nhập báo cáo: {some_names(without)}."
        )
    if plan.unmeasured:
        found.append(f"Lưu ý: cột số chưa ghi đơn vị tính: {some_cells(plan.unmeasured)}.")
    told = "Các đơn vị được báo ngay khi mở." if notify else "Các đơn vị chưa được báo khi mở."
    return "\n".join([*found, f"{told} Mở đợt này?"])


def campaign_opened(title: str, number: int, notify: bool) -> str:
    told = "các đơn vị đang được báo" if notify else "chưa báo cho các đơn vị"
    return f"Đã mở đợt “{title}” cho {count(number)} đơn vị; {told}. Đồng chí theo dõi bằng /tiendo."


def cannot_open(why: str) -> str:
    return f"Chưa mở được đợt: {why}"


def plan_coming() -> str:
    return "Kế hoạch đang được in; tệp Word sẽ đến trong chốc lát."


def running_shown(lines: Sequence[str], opened: datetime, zone: tzinfo) -> str:
    here = opened.astimezone(zone)
    return "\n".join([*lines, f"Mở lúc {here:%H:%M} ngày {day_text(here.date())}."])


def opened_notice(title: str, period: str, reports: Sequence[tuple[str, str]], by: str) -> str:
    """To somebody who is asked: ``reports`` are (unit, last moment in words)."""
    lines = [f"Đợt báo cáo mới: {title}{period_tail(period)}", f"Đơn vị yêu cầu: {by}"]
    lines += [f"{unit}: {words}." for unit, words in reports]
    return "\n".join(lines)


def begin_label(unit: str, several: bool) -> str:
    return f"Bắt đầu – {short(unit, 40)}" if several else "Bắt đầu"


def _group_line(group: UnitGroup, zone: tzinfo) -> str:
    free = f" ({count(group.not_required)} không phải nộp)" if group.not_required else ""
    others = f"; {count(group.others)} đơn vị có hạn khác" if group.others else ""
    return f"{capital(kind_name(group.kind))}: {count(group.number)} đơn vị{free}, {_words(group, zone)}{others}"


def _words(group: UnitGroup, zone: tzinfo) -> str:
    return last_moment_words(group.due, zone)


def last_of(group: UnitGroup, zone: tzinfo) -> str:
    return day_text(last_day(group.due, zone)) if group.due else "chưa đặt"


def period_tail(period: str) -> str:
    return f", {period}" if period else ""


def some_names(names: Sequence[str]) -> str:
    more = f" và {count(len(names) - SHOWN_UNITS)} đơn vị nữa" if len(names) > SHOWN_UNITS else ""
    return "; ".join(names[:SHOWN_UNITS]) + more


def some_cells(cells: Sequence[str]) -> str:
    more = f" và {count(len(cells) - SHOWN_UNITS)} ô nữa" if len(cells) > SHOWN_UNITS else ""
    return ", ".join(cells[:SHOWN_UNITS]) + more
