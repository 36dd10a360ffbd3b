"""Handing out parts of a report, and what somebody meets who was handed one (O18)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.forms.answers import Address
from dialogs.forms.prefixes import covers, owns, within
from dialogs.values.decisions import AssignPart, EndAssignment, TellPartDone
from dialogs.values.effects import RenderReport, SendReport
from dialogs.values.team import Assigned, Colleague, Team, limits
from tests.world.little_team import Office
from tests.world.little_world import NOW, commune, district, sheet

PART, ALL = "Chỉ thấy phần này", "Thấy cả báo cáo"


def labels(office: Office, name: str) -> list[str]:
    return [choice.label for choice in office.chats[name].reply.choices]


def given_by(office: Office) -> list[AssignPart]:
    return [each for each in office.decisions if isinstance(each, AssignPart)]


# --- handing out ---------------------------------------------------------------------------------------------------


def test_a_part_is_handed_over_by_buttons() -> None:
    office = Office()
    lan = office.at("Lan", "II.1")
    lan.walk("/giao", "[Giao phần việc]", "[Phụ lục 3]", "[Mai]", f"[{PART}]", "[Giao luôn]")
    assert given_by(office) == [AssignPart(17, "PL3", 2, False, "")]
    assert lan.reply.text == (
        "✓ Đã giao Phụ lục 3 cho đồng chí Mai.\n\n"
        "Chia việc: Tổng kết 10 năm Kết luận 62 — Đảng ủy xã An Bình\n"
        "1. Phụ lục 3 – đồng chí Mai: 0/6"
    )
    lan.say("/truoc")
    assert (lan.session.state, lan.session.question) == ("writing", 6)


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("PL3", "PL3"),
        ("phụ lục 3", "PL3"),
        ("PL3.2", "PL3.ldld"),
        ("PL3.hnd", "PL3.hnd"),
        ("II", "II"),
        ("ii.1", "II.1"),
        ("15", "PL3.mttq"),
    ],
)
def test_a_part_is_named_as_everywhere(typed: str, prefix: str) -> None:
    office = Office()
    lan = office.at("Lan", "")
    lan.walk("/giao", "[Giao phần việc]", typed, "hung", f"[{ALL}]", "Nhờ đồng chí xem kỹ")
    assert given_by(office) == [AssignPart(17, prefix, 3, True, "Nhờ đồng chí xem kỹ")]


@pytest.mark.parametrize(
    "typed", ["/giao PL3 Mai", "/giao pl3 cho đồng chí mai", "/giao phụ lục 3 MAI", "/giao PL3 đ/c Mai"]
)
def test_part_and_colleague_may_come_with_the_command(typed: str) -> None:
    office = Office()
    reply = office.at("Lan", "").say(typed)
    assert reply.text.startswith("Giao Phụ lục 3 cho đồng chí Mai.")
    office["Lan"].walk(f"[{PART}]", "[Giao luôn]")
    assert given_by(office) == [AssignPart(17, "PL3", 2, False, "")]


def test_a_part_that_may_be_two_is_asked_back() -> None:
    office = Office(district())
    lan = office.at("Lan", "")
    lan.say("/giao III.1")
    offered = [label for label in labels(office, "Lan") if label.startswith("Mục III.1")]
    assert len(offered) == 2 or lan.session.state == "sharing_person"
    lan.say("/giao không có phần này")
    assert "Không tìm thấy phần" in lan.reply.refused


def test_a_name_that_fits_two_is_asked_back_and_one_that_fits_nobody_refused() -> None:
    office = Office()
    office.people["Mai"] = type(office.people["Mai"])(2, "Nguyễn Thị Hoa")
    office.people["Hùng"] = type(office.people["Hùng"])(3, "Trần Thị Hoa")
    lan = office.at("Lan", "")
    lan.walk("/giao", "[Giao phần việc]", "PL3", "hoa")
    assert "Có nhiều người tên “hoa”" in lan.reply.refused
    assert labels(office, "Lan")[:2] == ["Nguyễn Thị Hoa", "Trần Thị Hoa"]
    lan.say("Bình")
    assert "Không có cán bộ nhập báo cáo nào của đơn vị tên “Bình”" in lan.reply.refused
    lan.say("Lan")
    assert lan.reply.refused == "Đồng chí không cần giao phần việc cho chính mình."
    lan.say("tran thi hoa")
    assert lan.session.state == "sharing_sight"


def test_only_who_leads_hands_out() -> None:
    office = Office()
    mai = office.at("Mai", "")
    assert mai.say("/giao PL3 Hùng").refused == (
        "Chỉ cán bộ phụ trách báo cáo của đơn vị (đồng chí Lan) chia việc được."
    )
    assert mai.say("/giao").refused
    for forged in ("share_now", "share_end:1", "share_part:PL3", "share_to:3", "share_new", "share_sight:all"):
        mai.press_id(f"17.0.{mai.session.mark}:{forged}")
    assert office.decisions == []


def test_a_part_is_taken_back_and_a_second_tap_says_so() -> None:
    office = Office()
    office.hand("PL3", "Mai")
    lan = office.at("Lan", "")
    lan.say("/giao")
    button = lan.choice(lan.reply, "Thu lại Phụ lục 3 – Mai")
    lan.press_id(button)
    assert office.decisions[-1] == EndAssignment(17, 1)
    assert "✓ Đã thu lại Phụ lục 3 của đồng chí Mai." in lan.reply.text
    assert "Chưa giao phần nào" in lan.reply.text
    before = len(office.decisions)
    lan.press_id(button)
    assert len(office.decisions) == before


def test_what_somebody_who_left_held_is_not_listed_and_they_are_not_offered() -> None:
    office = Office()
    office.hand("PL3", "Mai")
    office.gone.add("Mai")
    lan = office.at("Lan", "")
    assert "Mai" not in lan.say("/giao").text
    lan.press("Giao phần việc")
    lan.say("PL4")
    assert labels(office, "Lan")[0] == "Hùng"
    assert "Mai" not in labels(office, "Lan")


def test_a_colleague_who_leaves_while_they_are_chosen_is_not_handed_anything() -> None:
    office = Office()
    lan = office.at("Lan", "")
    lan.walk("/giao PL3 Mai", f"[{PART}]")
    office.gone.add("Mai")
    lan.press("Giao luôn")
    assert lan.reply.refused
    assert office.decisions == []


def test_somebody_who_stops_leading_in_the_middle_hands_out_nothing() -> None:
    office = Office()
    lan = office.at("Lan", "")
    lan.walk("/giao PL3 Mai", f"[{PART}]")
    office.leads = set()
    lan.say("Giao luôn")
    assert office.decisions == []
    assert lan.session.state == "home"


def test_a_word_that_is_too_long_is_refused_and_the_part_still_waits() -> None:
    office = Office()
    lan = office.at("Lan", "")
    lan.walk("/giao PL3 Mai", f"[{PART}]", "x" * 1001)
    assert "1.001 ký tự" in lan.reply.refused
    assert lan.session.state == "sharing_note"
    lan.say("x" * 1000)
    assert given_by(office)[0].comment == "x" * 1000


def test_leaving_in_the_middle_hands_over_nothing() -> None:
    office = Office()
    lan = office.at("Lan", "II.1")
    lan.walk("/giao PL3 Mai", f"[{PART}]", "/huy")
    assert lan.session.state == "sharing"
    lan.say("/tiep")
    assert (lan.session.state, office.decisions) == ("writing", [])


def test_the_list_tells_how_far_each_is() -> None:
    office = Office()
    office.hand("PL3", "Mai")
    office.hand("PL4", "Hùng", sees_all=True)
    office.at("Mai", "1").say("12; 5; 0; 1")
    office.at("Lan", "").say("/giao")
    assert office.chats["Lan"].reply.text.split("\n")[1:] == [
        "1. Phụ lục 3 – đồng chí Mai: 1/6",
        "2. Phụ lục 4 – đồng chí Hùng: 0/6, thấy cả báo cáo",
    ]


# --- limited to a part ---------------------------------------------------------------------------------------------


def test_a_part_is_the_whole_world_of_who_was_handed_it() -> None:
    office = Office()
    office.at("Lan", "II.1").walk("Điều chỉ Lan biết.", "/tiep")
    office.hand("PL3", "Mai")
    mai = office.at("Mai", "")
    assert (mai.reply.asks.field, mai.reply.asks.row, mai.reply.progress) == ("PL3", "mttq", (0, 6))  # type: ignore[union-attr]
    shown = [mai.say(text).text for text in ("/muc", "/xem", "/nop", "/start", "/trogiup", "/xem 1", "/capduoi")]
    assert not any("Lan biết" in text or "II.1" in text or "/32" in text for text in shown)
    assert shown[0].startswith("Danh mục câu hỏi · đã trả lời 0/6")


@pytest.mark.parametrize("way", ["/sua PL4.1", "/xem PL4", "/muc II.1", "/sua II.1"])
def test_a_place_of_another_part_is_said_to_be_a_colleagues(way: str) -> None:
    office = Office()
    office.hand("PL3", "Mai")
    office.hand("PL4", "Hùng")
    reply = office.at("Mai", "").say(way)
    assert "không thuộc phần được giao cho đồng chí." in reply.refused
    assert ("do đồng chí Hùng làm" in reply.refused) == ("PL4" in way)
    assert office.chats["Mai"].session.question == 1


@pytest.mark.parametrize("way", ["/tailieu", "/sua vb"])
def test_papers_and_letterhead_belong_to_whoever_has_the_whole(way: str) -> None:
    office = Office()
    office.hand("PL3", "Mai")
    mai = office.at("Mai", "")
    assert "không thuộc phần được giao" in mai.say(way).refused
    assert not any(isinstance(effect, RenderReport) for effect in mai.effects)
    assert "Thông tin văn bản" not in labels(office, "Mai")


def test_sending_is_for_others_and_the_lead_is_told_that_the_part_is_done() -> None:
    office = Office()
    office.hand("PL3.mttq", "Mai")
    mai = office.at("Mai", "")
    assert "Báo đã xong phần việc" not in [choice.label for choice in mai.say("/nop").choices]
    assert "Phần của đồng chí đã xong 0/1." in mai.reply.text
    mai.press_id(f"17.0.{mai.session.mark}:send")
    assert mai.reply.refused == "Đồng chí Lan sẽ gửi báo cáo."
    assert not any(isinstance(effect, SendReport) for effect in mai.effects)
    mai.press_id(f"17.0.{mai.session.mark}:share_tell")
    assert mai.reply.refused == "Phần của đồng chí mới xong 0/1, chưa báo xong được."
    office["Mai"].walk("/sua 1", "12; 5; 0; 1")
    office["Mai"].press("Báo đã xong phần việc")
    assert office.decisions[-1] == TellPartDone(17)
    assert "Báo đã xong phần việc" not in labels(office, "Mai")
    assert "đã báo xong lúc" in office["Mai"].say("/nop").text
    office["Mai"].press_id(f"17.0.{mai.session.mark}:share_tell")
    assert "đã báo xong lúc" in mai.reply.refused
    office["Mai"].walk("/sua 1", "13; 5; 0; 1")
    assert "Báo đã xong phần việc" in labels(office, "Mai")


def test_checks_are_those_of_the_own_figures() -> None:
    office = Office()
    office.at("Lan", "PL3.2").walk("5; 12; 0; 1", "[Giữ nguyên, ghi lý do]", "theo danh sách")
    office.hand("PL3.mttq", "Mai")
    office.at("Mai", "").walk("5; 12; 0; 1", "[Giữ nguyên, ghi lý do]", "đã đếm lại")
    text = office["Mai"].say("/nop").text
    assert "theo danh sách" not in text
    assert "LĐLĐ" not in text
    assert "MTTQ" in text


def test_who_stands_elsewhere_when_parts_are_handed_out_comes_to_the_own_ones() -> None:
    office = Office()
    office.at("Mai", "II.1")
    old = office["Mai"].choice(office.chats["Mai"].reply, "Không có nội dung")
    office.hand("PL3", "Mai")
    office["Mai"].press_id(old)
    assert office.report.value("II.1") == "empty"
    assert office["Mai"].say("Một đoạn báo cáo").refused
    assert office.report.answers == {}
    assert office["Mai"].say("/tiep").asks.field == "PL3"  # type: ignore[union-attr]


def test_who_stands_in_a_part_stands_there_still_when_it_is_numbered_anew() -> None:
    office = Office()
    office.at("Mai", "PL3.3")
    office.hand("PL3", "Mai")
    office["Mai"].say("12; 5; 0; 1")
    assert office.report.value("PL3.hnd.xa.tong_so") == 12
    office.at("Mai", "4")
    number = office.assigned[0].id
    office.decide(EndAssignment(17, number), office.people["Lan"])
    office["Mai"].say("13; 5; 0; 1")
    fourth = [each.row for each in office.report.questions if each.field == "PL3"][3]
    assert office.report.value(f"PL3.{fourth}.xa.tong_so") == 13
    assert office.chats["Mai"].reply.progress == (2, 32)


def test_a_look_at_the_rest_leaves_everything_as_it_was() -> None:
    office = Office()
    office.hand("PL3", "Mai", sees_all=True)
    assert office.at("Mai", "II.1").reply.progress == (0, 32)
    assert "Gửi" in [choice.label for choice in office["Mai"].say("/nop").choices]


def test_an_edit_of_an_answer_that_is_no_longer_the_own_changes_nothing() -> None:
    office = Office()
    office.at("Mai", "II.1").say("Bài của Mai.")
    number = office.chats["Mai"].sent
    office.hand("PL3", "Mai")
    reply = office["Mai"].edit(number, "Bài khác")
    assert office.report.value("II.1") == "Bài của Mai."
    assert "không phải là câu trả lời đang lưu" in reply.text


def test_rows_are_added_only_by_whoever_has_the_whole_table() -> None:
    office = Office(sheet())
    first = next(q for q in office.report.questions if q.row)
    office.hand(f"{first.field}.{first.row}", "Mai")
    office.hand(first.field, "Hùng")
    assert "Thêm dòng" not in [c.label for c in office.at("Mai", "").say("/muc").choices]
    assert "Thêm dòng" in [c.label for c in office.at("Hùng", "").say("/muc").choices]
    office["Mai"].press_id(f"{office.report.id}.0.{office.chats['Mai'].session.mark}:add_row:{first.field}")
    assert office.chats["Mai"].session.state != "naming"


# --- the rule ------------------------------------------------------------------------------------------------------


def given_part(person: int, prefix: str, sees_all: bool) -> Assigned:
    return Assigned(1, prefix, person, "", sees_all, "", NOW)


PREFIXES = st.sampled_from(["", "I", "II", "II.1", "PL3", "PL3.mttq", "PL4", "PL6"])


@given(st.lists(st.tuples(PREFIXES, st.booleans()), max_size=5))
def test_limits_are_exactly_the_parts_unless_one_opens_the_rest(found: list[tuple[str, bool]]) -> None:
    parts = limits(given_part(1, prefix, sees_all) for prefix, sees_all in found)
    opened = not found or any(sees_all or not prefix for prefix, sees_all in found)
    assert (parts is None) == opened
    asked = commune().questions
    own = within(parts, asked)
    assert [each.number for each in own] == list(range(1, len(own) + 1))
    kept = [(each.field, each.row) for each in own]
    prefixes = [prefix for prefix, _ in found]
    wanted = [each for each in asked if opened or any(covers(prefix, each.field, each.row) for prefix in prefixes)]
    assert kept == [(each.field, each.row) for each in wanted]
    for each in asked:
        address = Address(each.field, each.row)
        assert owns(parts, address.field, address.row) == ((each.field, each.row) in kept)


def test_a_team_knows_who_may_send() -> None:
    colleagues = (Colleague(1, "A"), Colleague(2, "B", leads=True), Colleague(3, "C"))
    found = Team(colleagues, (given_part(1, "PL3", False), given_part(2, "PL3", False)))
    assert [each.name for each in found.senders()] == ["B", "C"]
    assert (found.parts_of(1), found.parts_of(2), found.parts_of(3)) == (("PL3",), None, None)
