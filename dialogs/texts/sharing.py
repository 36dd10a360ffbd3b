"""Sharing a report among colleagues: parts in their hands, who wrote what, and two who wrote the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dialogs.texts.places import capital, count, listing, short

MENU_ASSIGN = "Giao phần việc cho đồng nghiệp"


OPEN_PART, LOOK_AT_PART = "Mở phần được giao", "Mở phần này"
HAND_PART, HAND_NOW, ONLY_PART, WHOLE_REPORT = "Giao phần việc", "Giao luôn", "Chỉ thấy phần này", "Thấy cả báo cáo"
TELL_DONE, REVIEW_PART, WHO_SENDS = "Báo đã xong phần việc", "Xem lại phần việc", "Ai gửi báo cáo?"
OVERWRITE, APPEND_AFTER, SEE_BOTH, DECIDE = (
    "Ghi đè bằng của tôi",
    "Nối thêm sau",
    "Xem cả hai",
    "Quyết định chỗ ghi trùng",
)
NOBODY = "đồng nghiệp"


# --- who wrote what ------------------------------------------------------------------------------------------------


def short_moment(at: datetime | None, zone: tzinfo) -> str:
    """ "10:05 12/11"."""
    return at.astimezone(zone).strftime("%H:%M %d/%m") if at is not None else ""


def written_by(name: str, at: datetime | None, zone: tzinfo, cells: Sequence[str] = ()) -> str:
    which = f" ({', '.join(cells)})" if cells else ""
    return f"Đồng chí {name} ghi lúc {short_moment(at, zone)}{which}."


def writers(found: Sequence[tuple[str, Sequence[str]]]) -> str:
    """ "Người ghi: Lan (MTTQ, Công đoàn); Mai (Hội Nông dân)."."""
    each = "; ".join(f"{name} ({listing(rows, 6)})" for name, rows in found)
    return f"Người ghi: {each}."


# --- handing out ---------------------------------------------------------------------------------------------------


def shares_heading(title: str, unit: str) -> str:
    return f"Chia việc: {title} — {unit}"


def nothing_shared() -> str:
    return "Chưa giao phần nào cho ai; mọi cán bộ nhập báo cáo của đơn vị đều thấy cả báo cáo."


def share_line(number: int, part: str, name: str, progress: tuple[int, int], sight: str, told: str) -> str:
    return f"{number}. {capital(part)} – đồng chí {name}: {progress[0]}/{progress[1]}{sight}{told}"


def sight(sees_all: bool) -> str:
    return ", thấy cả báo cáo" if sees_all else ""


def told_done_at(at: str) -> str:
    return f", báo đã xong lúc {at}"


def take_back(part: str, name: str) -> str:
    return f"Thu lại {short(part, 30)} – {short(name, 20)}"


def which_part_to_hand() -> str:
    return "Giao phần nào? Bấm chọn, hoặc gõ: II, PL3, PL3.2 (hàng thứ hai), 12 (một câu)."


def several_parts_to_hand(typed: str) -> str:
    return f"“{short(typed, 40)}” có thể là nhiều phần; đồng chí chọn một phần bên dưới."


def no_such_part_to_hand(typed: str) -> str:
    return f"Không tìm thấy phần “{short(typed, 40)}” trong báo cáo này. Ví dụ: II, PL3, PL3.2."


def whom(part: str) -> str:
    return f"Giao {part} cho ai? Bấm chọn, hoặc gõ tên."


def nobody_to_hand_to() -> str:
    return "Đơn vị chưa có cán bộ nhập báo cáo nào khác. Đồng chí mời thêm người trước, gõ /moi."


def no_such_colleague(typed: str) -> str:
    return f"Không có cán bộ nhập báo cáo nào của đơn vị tên “{short(typed, 40)}”."


def several_colleagues(typed: str) -> str:
    return f"Có nhiều người tên “{short(typed, 40)}”; đồng chí chọn một người bên dưới."


def to_oneself() -> str:
    return "Đồng chí không cần giao phần việc cho chính mình."


def which_sight(part: str, name: str) -> str:
    return (
        f"Giao {part} cho đồng chí {name}. Đồng chí ấy được thấy những gì?\n"
        "Chỉ thấy phần này: không đọc, không ghi được các phần khác. Thấy cả báo cáo: làm được cả các phần khác."
    )


def leads_see_all(name: str) -> str:
    return f"Đồng chí {name} phụ trách báo cáo nên vẫn thấy cả báo cáo."


def hand_over_now(part: str, name: str, sees_all: bool) -> str:
    what = "thấy cả báo cáo" if sees_all else "chỉ thấy phần này"
    return f"Giao {part} cho đồng chí {name}, {what}. Gõ lời nhắn nếu cần, hoặc bấm “{HAND_NOW}”."


def handed_over(part: str, name: str, told: bool) -> str:
    after = "" if told else " Đồng chí ấy chưa có kênh nào nhận được tin, nhờ đồng chí báo trực tiếp."
    return f"✓ Đã giao {part} cho đồng chí {name}.{after}"


def note_too_long(length: int, limit: int) -> str:
    return f"Lời nhắn dài {count(length)} ký tự, nhiều nhất là {count(limit)}. Đồng chí viết ngắn lại."


def taken_back(part: str, name: str) -> str:
    return f"✓ Đã thu lại {part} của đồng chí {name}. Những gì đồng chí ấy đã ghi vẫn còn."


def was_taken_back() -> str:
    return "Phần việc này đã được thu lại rồi."


def not_a_lead(names: Sequence[str]) -> str:
    who = f" (đồng chí {', '.join(names)})" if names else ""
    return f"Chỉ cán bộ phụ trách báo cáo của đơn vị{who} chia việc được."


# --- notices -------------------------------------------------------------------------------------------------------


def part_handed(unit: str, title: str, part: str, by: str, sees_all: bool, comment: str) -> str:
    lines = [f"Đồng chí {by} giao cho đồng chí {part} trong báo cáo “{title}” của {unit}."]
    lines += [f"Lời nhắn: “{comment}”"] if comment else []
    lines += [] if sees_all else ["Trong báo cáo này đồng chí thấy và ghi những phần được giao."]
    return "\n".join(lines)


def part_withdrawn(unit: str, title: str, part: str, by: str, free: bool) -> str:
    left = " Đồng chí không còn giới hạn ở phần riêng nào trong báo cáo này." if free else ""
    kept = "Những gì đồng chí đã ghi vẫn còn."
    return f"Đồng chí {by} đã thu lại {part} trong báo cáo “{title}” của {unit}. {kept}{left}"


def part_told_done(unit: str, title: str, who: str, parts: Sequence[str], progress: tuple[int, int]) -> str:
    done = f"{progress[0]}/{progress[1]}"
    return f"Đồng chí {who} báo đã xong {', '.join(parts)} ({done} câu) trong báo cáo “{title}” của {unit}."


# --- limited to parts ----------------------------------------------------------------------------------------------


def who_sends(names: Sequence[str]) -> str:
    if not names:
        return "Báo cáo do cán bộ phụ trách của đơn vị gửi."
    return f"Đồng chí {' hoặc '.join(names)} sẽ gửi báo cáo."


def own_part(unit: str, parts: Sequence[str]) -> str:
    return f"Phần việc của đồng chí — {unit}: {'; '.join(parts)}"


def part_progress(done: int, total: int) -> str:
    return f"Phần của đồng chí đã xong {done}/{total}."


def still_empty(names: Sequence[str]) -> str:
    return "Còn trống: " + listing(names, 6) + "."


def told_done() -> str:
    return "✓ Đã báo cho người phụ trách báo cáo rằng phần của đồng chí đã xong."


def told_already(at: str) -> str:
    return f"Đồng chí đã báo xong lúc {at}."


def not_done_yet(done: int, total: int) -> str:
    return f"Phần của đồng chí mới xong {done}/{total}, chưa báo xong được."


def not_yours(part: str, names: Sequence[str]) -> str:
    who = f" Phần ấy do đồng chí {', '.join(names)} làm." if names else ""
    return f"{capital(part)} không thuộc phần được giao cho đồng chí.{who}"


def papers_not_yours(names: Sequence[str]) -> str:
    who = f"Đồng chí {', '.join(names)} nhận được" if names else "Cán bộ phụ trách của đơn vị nhận được"
    return f"Word và Excel của cả báo cáo không thuộc phần được giao cho đồng chí. {who}."


def document_not_yours() -> str:
    return "Thông tin văn bản của báo cáo không thuộc phần được giao cho đồng chí."


# --- two who wrote the same ----------------------------------------------------------------------------------------


def clash(place: str, name: str, at: datetime | None, zone: tzinfo) -> str:
    return f"Đồng chí {name} vừa sửa {place} lúc {short_moment(at, zone)}, nên bản đồng chí gửi chưa được ghi:"


def clash_cell(column: str, name: str, theirs: str, mine: str) -> str:
    of = f"{column}: " if column else ""
    return f"{of}đồng chí {name} ghi {theirs} – đồng chí vừa gửi {mine}"


def clash_text(name: str, theirs: str, mine: str, longest: int) -> list[str]:
    def quoted(text: str) -> str:
        return f"({count(len(text))} ký tự): “{short(text, longest)}”"

    return [f"Bản của đồng chí {name} {quoted(theirs)}", f"Bản đồng chí gửi {quoted(mine)}"]


def clash_whole(name: str, theirs: str, mine: str) -> list[str]:
    return [f"Bản của đồng chí {name}:", theirs, "", "Bản đồng chí gửi:", mine]


def left_blank() -> str:
    return "(bỏ trống)"


def for_reason(reason: str) -> str:
    return f" (lý do: “{short(reason, 60)}”)"


def others_saved(given: Sequence[str]) -> str:
    return f"✓ Đã ghi: {' · '.join(given)}."


def keep_theirs(name: str) -> str:
    return f"Giữ của đồng chí {short(name, 30)}"


def theirs_kept(place: str, name: str, mine: str) -> str:
    return f"Giữ nguyên bản của đồng chí {name} ở {place}. Bản đồng chí gửi không ghi: “{short(mine, 200)}”."


def overwritten(place: str, name: str) -> str:
    return f"✓ {capital(place)}: đã ghi bản đồng chí gửi. Bản của đồng chí {name} vẫn còn trong lịch sử."


def appended(place: str, name: str, length: int) -> str:
    return f"✓ {capital(place)}: đã nối sau phần của đồng chí {name}, cả bài {count(length)} ký tự."


def held_more(pieces: int) -> str:
    return f"Đã giữ thêm, cả thảy {pieces} đoạn chưa ghi."


def held_edited() -> str:
    return "Đã sửa đoạn đang giữ; vẫn chưa ghi."


def decide_first() -> str:
    return "Tin này chưa được ghi. Đồng chí chọn một cách bên dưới trước."


def decide_before_sending() -> str:
    return "Còn chỗ ghi trùng với đồng nghiệp, đồng chí quyết định trước khi gửi."


def waits(place: str) -> str:
    return f"Bản đồng chí gửi ở {place} vẫn được giữ, chưa ghi; bấm “{DECIDE}” khi sẵn sàng."


def given_anew(mine: str) -> str:
    return f"Bản đồng chí gửi trước đó (“{short(mine, 60)}”) được thay bằng bản vừa gửi."


def locked_meanwhile(place: str, mine: str) -> str:
    """In full: nothing of it is kept anywhere else."""
    return f"{capital(place)} không sửa được nữa nên bản đồng chí gửi không được ghi: “{mine}”."


def report_gone(mine: str) -> str:
    """In full, as above."""
    return f"Báo cáo không còn mở cho đồng chí nên bản đang giữ không ghi được nữa: “{mine}”."


def both_kept(name: str) -> str:
    return f"Đồng chí {name} cũng vừa ghi vào danh sách này; các mục của cả hai đều được giữ."
