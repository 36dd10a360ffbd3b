"""The dialogs about people, by themselves: what is asked, what is decided, and what stays an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.values.decisions import AddAccount, CreateInvites, EndRole, RevokeInvite
from dialogs.values.staff_world import OpenInvitation, StaffRole, UnitToday
from tests.world.little_staff import LittleStaff
from tests.world.little_world import NOW, Chat, LittleWorld, commune

UNITS = (
    UnitToday(1, "H1", "Huyện ủy Thanh Sơn", "Tỉnh ủy Hồng Lam"),
    UnitToday(2, "X1", "Đảng ủy xã An Bình", "Huyện ủy Thanh Sơn"),
    UnitToday(3, "0123", "Đảng ủy xã An Bình Đông", "Huyện ủy Thanh Sơn"),
    UnitToday(4, "BQT", "Ban Quản trị", "Huyện ủy Thanh Sơn"),
)
LAN = StaffRole(11, 5, "Lan", "official", 2, "Đảng ủy xã An Bình", removable=True)
ME = StaffRole(12, 1, "Minh", "coordinator", 1, "Huyện ủy Thanh Sơn", mine=True, removable=True)
ADMIN = StaffRole(13, 6, "Bình", "administrator", 1, "Huyện ủy Thanh Sơn", removable=True)


@pytest.fixture
def talk() -> Chat:
    open_ones = [OpenInvitation(7, "official", "Đảng ủy xã An Bình", NOW + timedelta(days=1), "Minh")]
    own = frozenset({"coordinator", "official"})
    staff = LittleStaff(own, UNITS, [LAN, ME, ADMIN], open_ones, frozenset({13}))
    return Chat(LittleWorld([commune()], staff=staff))


def decided(talk: Chat, kind: type) -> list[object]:
    return [effect for effect in talk.effects if isinstance(effect, kind)]


@pytest.mark.parametrize(
    ("typed", "unit", "role", "count"),
    [
        ("/moi xã An Bình cán bộ nhập 3", 2, "official", 3),
        ("/MOI   dang uy xa an binh  NHAP 1", 2, "official", 1),
        ("/mời Đảng ủy xã An Bình Đông phụ trách 2", 3, "lead", 2),
        ("/moi 0123 cán bộ theo dõi, tổng hợp 1", 3, "coordinator", 1),
        ("/moi x1 official 20", 2, "official", 20),
        ("/moi Ban Quản trị cán bộ nhập 1", 4, "official", 1),
    ],
)
def test_one_line_says_it_all(talk: Chat, typed: str, unit: int, role: str, count: int) -> None:
    if role == "coordinator":
        talk.world.staff.own |= {"administrator"}
    talk.say(typed)
    (made,) = decided(talk, CreateInvites)
    assert isinstance(made, CreateInvites)
    assert (made.unit, made.role, made.count, made.expires_at) == (unit, role, count, NOW + timedelta(days=14))


def test_a_name_that_ends_like_a_role_is_a_name(talk: Chat) -> None:
    assert "Mời vào Ban Quản trị" in talk.say("/moi Ban Quản trị").text


def test_step_by_step_with_every_way_back(talk: Chat) -> None:
    talk.say("/moi")
    assert "Mời vào Đảng ủy xã An Bình Đông" in talk.say("An Bình Đông").text
    talk.say("cán bộ nhập")
    assert "Cần mấy mã?" in talk.reply.text
    assert "với vai trò nào" in talk.say("/truoc").text
    assert "đơn vị nào" in talk.say("/truoc").text
    assert talk.say("/huy").refused == "" and talk.session.state == "home" and talk.session.kept is None
    assert not decided(talk, CreateInvites)


def test_a_number_is_how_many_and_no_button(talk: Chat) -> None:
    talk.walk("/moi X1", "cán bộ nhập", "2")
    (made,) = decided(talk, CreateInvites)
    assert isinstance(made, CreateInvites) and made.count == 2
    talk.walk("/moi X1", "cán bộ nhập", "[5 mã]")
    (made,) = decided(talk, CreateInvites)
    assert isinstance(made, CreateInvites) and made.count == 5


def test_a_button_of_an_earlier_screen_decides_nothing(talk: Chat) -> None:
    talk.walk("/moi X1", "cán bộ nhập")
    talk.say("/huy")
    assert talk.press_earlier(1, "5 mã").refused
    assert not decided(talk, CreateInvites)


def test_a_word_to_the_bot_is_an_answer_only_on_a_press(talk: Chat) -> None:
    """ "Rồi" is heard as "done", and is the answer if the person says so."""
    talk.walk("/start", "[Bắt đầu]", "/sua I.b", "Rồi")
    assert not talk.saved
    talk.walk("[Ghi nguyên văn “Rồi”]")
    assert [save.value for save in talk.saved] == ["Rồi"]


@pytest.mark.parametrize("word", ["mời", "người", "liên kết"])
def test_words_of_every_day_stay_answers(talk: Chat, word: str) -> None:
    talk.walk("/start", "[Bắt đầu]", "/sua I.b", word)
    assert [save.value for save in talk.saved] == [word]


def test_a_right_that_ended_meanwhile_ends_the_errand(talk: Chat) -> None:
    talk.walk("/moi X1", "cán bộ nhập")
    talk.world.staff.own = frozenset({"official"})
    talk.say("2")
    assert talk.session.state == "home" and not decided(talk, CreateInvites)


def test_an_invitation_is_taken_back_once(talk: Chat) -> None:
    talk.walk("/moi", "[Lời mời đang chờ]")
    pressed = talk.choice(talk.reply, "Thu hồi lời mời 1")
    assert "Đã thu hồi" in talk.press_id(pressed).text
    assert decided(talk, RevokeInvite) == [RevokeInvite(7)]
    assert "đã thu hồi rồi" in talk.press_id(pressed).text
    assert decided(talk, RevokeInvite) == []


def test_a_role_is_ended_after_one_question_and_the_last_stays(talk: Chat) -> None:
    talk.walk("/nguoi X1", "[Thôi vai trò 1 – Lan]", "[Đồng ý thôi vai trò]")
    assert decided(talk, EndRole) == [EndRole(11)]
    assert "quản trị cuối cùng" in talk.press_id("0.0.0:end_role:13").text
    assert "không thuộc quyền" in talk.press_id("0.0.0:end_role:99").text
    talk.walk("/roi", "[cán bộ theo dõi, tổng hợp – Huyện ủy Thanh Sơn]", "[Đồng ý rời]")
    assert decided(talk, EndRole) == [EndRole(12)]


def test_a_further_account_leaves_the_open_question_as_it_was(talk: Chat) -> None:
    talk.walk("/start", "[Bắt đầu]", "/sua I.b")
    before = talk.session
    talk.say("/lienket")
    assert len(decided(talk, AddAccount)) == 1
    assert (talk.session.state, talk.session.question, talk.session.mark) == (
        before.state,
        before.question,
        before.mark,
    )


def test_help_names_the_commands_of_the_roles(talk: Chat) -> None:
    assert "/moi mời cán bộ vào đơn vị" in talk.say("/trogiup").text
    talk.world.staff.own = frozenset({"official"})
    assert "/moi" not in talk.say("/trogiup").text and "/lienket" in talk.reply.text
