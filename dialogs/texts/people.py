"""What is said about people: inviting, who works where, ending a role, further accounts, and the menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from dialogs.texts.labels import ROLES
from dialogs.texts.places import short
from dialogs.values.report_view import Unit
from dialogs.values.staff_world import OpenInvitation, StaffRole, UnitToday

MENU_INVITE = "Mời cán bộ vào đơn vị"
MENU_MEMBERS = "Cán bộ của các đơn vị"
MENU_LINK = "Nối thêm tài khoản của tôi"
MENU_LEAVE = "Thôi vai trò của tôi"

REVOKE, INVITES, TO_MEMBERS, TO_INVITE = "Thu hồi", "Lời mời đang chờ", "Xem lại danh sách", "Mời tiếp"
YES_END, YES_LEAVE = "Đồng ý thôi vai trò", "Đồng ý rời"
HIDDEN_CODE = "(mã đã được ẩn)"
SHOWN_MEMBERS = 40


def moment(at: datetime, zone: tzinfo) -> str:
    """ "10:05 ngày 05/04/2019"."""
    return at.astimezone(zone).strftime("%H:%M ngày %d/%m/%Y")


def role_name(role: str) -> str:
    return ROLES.get(role, role)


# --- inviting ----------------------------------------------------------------------------------------------------


def invite_where(open_ones: int) -> str:
    lines = ["Đồng chí muốn mời cán bộ vào đơn vị nào? Bấm chọn, hoặc gõ tên hay mã đơn vị."]
    lines += [f"Đang có {open_ones} lời mời chưa dùng."] if open_ones else []
    return "\n".join([*lines, "Gõ gọn một dòng cũng được, ví dụ: /moi xã An Bình cán bộ nhập 3"])


def invite_as(unit: str) -> str:
    return f"Mời vào {unit} với vai trò nào?"


def codes(number: int) -> str:
    return f"{number} mã"


def invite_count(unit: str, role: str, most: int) -> str:
    return (
        f"Mời {role_name(role)} của {unit}.\nCần mấy mã? Mỗi mã dùng một lần, cho một người. Gõ một số từ 1 đến {most}."
    )


def not_a_count(most: int) -> str:
    return f"Đồng chí gõ số mã cần lập, từ 1 đến {most}; cần nhiều hơn thì mời làm nhiều lần."


def may_not_invite() -> str:
    return "Việc mời cán bộ dành cho người phụ trách báo cáo, người theo dõi, tổng hợp và quản trị."


def no_such_unit(typed: str) -> str:
    return f"Không có “{short(typed, 60)}” trong các đơn vị thuộc quyền của đồng chí. Mời gõ lại tên hoặc mã đơn vị."


def which_unit(typed: str, found: int, shown: int) -> str:
    more = f" (đang hiện {shown}; gõ tên đầy đủ hơn để thu hẹp)" if found > shown else ""
    return f"Có {found} đơn vị có tên như “{short(typed, 60)}”{more}. Đồng chí chọn:"


def unit_label(place: UnitToday) -> str:
    above = f", {place.parent_name}" if place.parent_name else ""
    return f"{place.name}{above}"


def may_not_invite_to(role: str, unit: str) -> str:
    return f"Đồng chí không có quyền mời {role_name(role)} vào {unit}."


def letter(inviter: str, role: str, place: UnitToday, expires: str) -> str:
    """What stands before the code in a message that is forwarded as it is."""
    above = f" ({place.parent_name})" if place.parent_name else ""
    return (
        "THƯ MỜI DÙNG TRỢ LÝ BÁO CÁO\n"
        f"Đồng chí {inviter} mời đồng chí làm {role_name(role)} của {place.name}{above}.\n"
        f"Mã mời chỉ dùng một lần, cho một người, đến {expires}. Lưu ý: không nhập nội dung mật."
    )


def link_letter(person: str, expires: str) -> str:
    return (
        f"MÃ NỐI TÀI KHOẢN của đồng chí {person}\n"
        f"Mở bằng tài khoản khác của chính đồng chí; dùng một lần, đến {expires}. "
        "Đừng chuyển cho ai: ai có mã này là vào được với tên đồng chí."
    )


def ways_in(code: str, links: Mapping[str, str]) -> str:
    """How to use a code; ``links`` bring it along, by the label of their door."""
    lines = [f"• {label[:1].upper()}{label[1:]}: {link}" for label, link in links.items()]
    said = "• Hoặc gửi cho trợ lý mã: " if lines else "• Gửi cho trợ lý mã: "
    return "\n".join(["Cách vào:", *lines, said + code])


def invited(count: int, role: str, unit: str) -> str:
    each = "Mã mời nằm trong tin riêng ở trên" if count == 1 else f"{count} mã mời, mỗi mã một tin riêng ở trên"
    return (
        f"✓ Đã lập thư mời {role_name(role)} của {unit}. {each}; đồng chí chuyển tiếp nguyên tin cho người được mời, "
        "mỗi người một tin. Khi có người vào, đồng chí sẽ được báo."
    )


def linking() -> str:
    return (
        "✓ Mã nối tài khoản nằm trong tin riêng ở trên. Mở nó bằng tài khoản kia của đồng chí "
        "(Telegram khác, trang web) rồi bấm đồng ý."
    )


def invitations(found: Sequence[OpenInvitation], shown: int, zone: tzinfo) -> str:
    if not found:
        return "Hiện không có lời mời nào chưa dùng."
    lines = [f"Có {len(found)} lời mời chưa dùng:"]
    for number, each in enumerate(found[:shown], 1):
        by = f", do đồng chí {each.by} lập" if each.by else ""
        lines.append(f"{number}. {role_name(each.role)} – {each.unit_name}, đến {moment(each.expires_at, zone)}{by}")
    lines += [f"… và {len(found) - shown} lời mời cũ hơn."] if len(found) > shown else []
    return "\n".join(lines)


def revoke_label(number: int) -> str:
    return f"{REVOKE} lời mời {number}"


def revoked(each: OpenInvitation) -> str:
    return f"✓ Đã thu hồi lời mời {role_name(each.role)} của {each.unit_name}; mã đó không dùng được nữa."


def no_such_invitation() -> str:
    return "Lời mời này đã được dùng, đã hết hạn hoặc đã thu hồi rồi."


def someone_joined(name: str, role: str, unit: str) -> str:
    return f"Đồng chí {name or 'được mời'} đã nhận lời mời: {role_name(role)} của {unit}."


def account_joined(name: str, door: str) -> str:
    shown = f" “{name}”" if name else ""
    return (
        f"Một tài khoản {door}{shown} vừa được nối với tên đồng chí. "
        "Nếu không phải đồng chí làm, hãy báo ngay người quản trị."
    )


# --- who works where ---------------------------------------------------------------------------------------------


def may_not_read_members() -> str:
    return "Danh sách cán bộ dành cho người phụ trách báo cáo, người theo dõi, tổng hợp và quản trị."


def members_where() -> str:
    return "Đồng chí muốn xem cán bộ của đơn vị nào? Bấm chọn, hoặc gõ tên hay mã đơn vị."


def members(unit: str, found: Sequence[StaffRole], zone: tzinfo) -> str:
    if not found:
        return f"{unit}: chưa có cán bộ nào. Mời cán bộ bằng /moi."
    lines = [f"{unit}: {len(found)} vai trò"]
    lines += [_member(number, each, zone) for number, each in enumerate(found[:SHOWN_MEMBERS], 1)]
    lines += [f"… và {len(found) - SHOWN_MEMBERS} vai trò nữa."] if len(found) > SHOWN_MEMBERS else []
    return "\n".join([*lines, "Gõ tên đơn vị khác để xem đơn vị đó."])


def _member(number: int, each: StaffRole, zone: tzinfo) -> str:
    seen = f"nhắn gần nhất {moment(each.seen, zone)}" if each.seen else "chưa nhắn lần nào"
    blocked = " · ⚠ không nhắn tới được (đã chặn bot)" if each.blocked else ""
    mine = " (đồng chí)" if each.mine else ""
    return f"{number}. {each.name or 'Chưa có tên'}{mine} – {role_name(each.role)} · {seen}{blocked}"


def end_label(number: int, each: StaffRole) -> str:
    return f"Thôi vai trò {number} – {short(each.name or 'chưa có tên', 20)}"


def end_sure(each: StaffRole) -> str:
    return (
        f"Thôi vai trò {role_name(each.role)} của đồng chí {each.name} tại {each.unit_name}?\n"
        "Việc có hiệu lực ngay; các câu trả lời đã nhập vẫn được giữ."
    )


def leave_sure(each: StaffRole) -> str:
    return (
        f"Đồng chí thôi vai trò {role_name(each.role)} tại {each.unit_name}?\n"
        "Việc có hiệu lực ngay; các câu trả lời đã nhập vẫn được giữ. Muốn vào lại phải có lời mời mới."
    )


def leave_which() -> str:
    return "Đồng chí muốn thôi vai trò nào?"


def leave_label(each: StaffRole) -> str:
    return f"{role_name(each.role)} – {short(each.unit_name, 30)}"


def no_role() -> str:
    return "Đồng chí hiện không có vai trò nào."


def ended(each: StaffRole) -> str:
    if each.mine:
        return f"✓ Đồng chí đã thôi vai trò {role_name(each.role)} tại {each.unit_name}. Xin cảm ơn đồng chí."
    return f"✓ Đồng chí {each.name} đã thôi vai trò {role_name(each.role)} tại {each.unit_name}."


def not_yours_to_end() -> str:
    return "Vai trò này đã kết thúc rồi, hoặc không thuộc quyền của đồng chí."


def last_administrator(unit: str) -> str:
    return (
        f"Đây là người quản trị cuối cùng của {unit} nên chưa thôi được. "
        "Đồng chí mời thêm một quản trị bằng /moi rồi làm lại."
    )


def role_ended(role: str, unit: str) -> str:
    return f"Vai trò {role_name(role)} của đồng chí tại {unit} đã kết thúc."


# --- further accounts --------------------------------------------------------------------------------------------


def link_question(name: str) -> str:
    return (
        f"Mã này nối tài khoản đang dùng vào đồng chí {name.upper()}.\n"
        "Lưu ý: không nhập nội dung mật vào đây.\n"
        "Đồng chí có đúng là người này không?"
    )


def linked(name: str) -> str:
    return f"✓ Tài khoản này nay là của đồng chí {name}."


def has_roles_already() -> str:
    return (
        "Tài khoản đồng chí đang dùng đã có vai trò riêng nên không nối vào người khác được. "
        "Mã vẫn còn dùng được: hãy mở bằng tài khoản chưa có vai trò."
    )


def own_code() -> str:
    return "Đây là mã nối tài khoản của chính đồng chí. Hãy mở nó bằng tài khoản khác mà đồng chí muốn nối thêm."


def already_member(role: str, unit: str) -> str:
    return f"Đồng chí đã là {role_name(role)} của {unit} rồi; mã chưa bị dùng, có thể chuyển cho người khác."


# --- the menu ----------------------------------------------------------------------------------------------------


def more_commands(found: Sequence[tuple[str, str]]) -> list[str]:
    """Lines of /trogiup: the commands of the person's roles beside those of every report, two on a line."""
    said = [f"/{command} {description[0].lower()}{description[1:]}" for command, description in found]
    return [" · ".join(said[at : at + 2]) for at in range(0, len(said), 2)]


# --- to somebody who joins -----------------------------------------------------------------------------------------


def invitation(role: str, unit: Unit) -> str:
    above = f" ({unit.parent_name})" if unit.parent_name else ""
    return (
        f"Đồng chí được mời làm {ROLES.get(role, role)} của\n{unit.name.upper()}{above}.\n"
        "Lưu ý: không nhập nội dung mật vào đây.\n"
        "Đây có đúng là đơn vị của đồng chí không?"
    )


def taken_meanwhile() -> str:
    return "Mã mời này vừa được người khác dùng hoặc vừa bị thu hồi, nên đồng chí chưa vào được. Vui lòng xin mã mới."


def wrong_code() -> str:
    return "Mã mời không đúng, đã dùng hoặc đã hết hạn. Đồng chí kiểm tra lại, hoặc xin mã mới từ người đã mời."


def too_many_guesses() -> str:
    return "Đồng chí đã thử sai nhiều lần. Vui lòng đợi một giờ rồi thử lại, hoặc xin mã mới từ người đã mời."


def joined(unit: str) -> str:
    return f"✓ Chào mừng đồng chí đến với {unit}."


def declined() -> str:
    return "Đồng chí chưa vào đơn vị nào. Vui lòng báo lại người đã gửi mã; mã vẫn còn dùng được."
