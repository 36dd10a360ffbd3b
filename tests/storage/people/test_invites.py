"""Invitation codes from the order to the first screen: rights, letters, guessing, and where a code stands in plain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.people.joining import MAX_GUESSES
from dialogs.texts import people as people_texts
from dialogs.values.decisions import CreateInvites, RevokeInvite
from storage.messages import outbox
from storage.people import invites, people
from storage.schema.errors import Refused
from storage.units import units
from storage.units.units import NewUnit
from tests.office.people_office import CODE, Office
from tests.office.province import NOW, Province


@pytest.fixture
def office(province: Province) -> Office:
    office = Office(province)
    office.newcomer("điều phối", "H1", people.COORDINATOR, chat="dp")
    return office


def test_a_code_comes_in_a_letter_of_its_own_with_its_links(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một cán bộ nhập 1")
    letter, reply = office.sent_to("dp")
    text = letter.payload["text"]
    assert "điều phối" in text and "Xã Một (Huyện Một)" in text and "cán bộ nhập báo cáo" in text
    assert f"https://t.me/baocao_bot?start={code}" in text
    assert f"https://baocao.example.vn/?moi={code}" in text
    assert "09:00 ngày 15/04/2019" in text
    assert not CODE.search(reply.payload["text"])
    assert letter.id < reply.id


def test_each_code_is_a_message_and_opens_once(office: Office) -> None:
    office.say("dp", "/moi")
    office.press("dp", "Xã Hai")
    office.press("dp", "cán bộ phụ trách")
    office.say("dp", "3")
    codes = office.codes("dp")
    assert len(set(codes)) == 3 and len(office.sent_to("dp")) == 4
    assert "XÃ HAI" in office.start("n1", codes[0])
    office.press("n1", "Đúng")
    assert office.roles("n1") == [("X2", "lead")]
    assert people_texts.wrong_code() in office.start("n2", codes[0])
    assert "XÃ HAI" in office.start("n2", codes[1])


def test_who_joins_sees_the_first_screen_at_once_and_the_inviter_is_told(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một cán bộ nhập 1")
    asked = office.start("mới", code, name="Nguyễn Văn Mới")
    assert "XÃ MỘT (Huyện Một)" in asked and "không nhập nội dung mật" in asked
    shown = office.press("mới", "Đúng")
    assert "Chào mừng đồng chí đến với Xã Một" in shown
    assert "0/" in shown and office.labels("mới")[0].startswith(("Bắt đầu", "Làm tiếp"))
    (told,) = office.sent_to("dp")
    assert told.kind == outbox.NOTICE
    assert "Nguyễn Văn Mới" in told.payload["text"] and "Xã Một" in told.payload["text"]
    office.press("mới", office.labels("mới")[0])
    assert office.last["mới"].asks is not None


def test_the_menu_of_the_new_role_follows(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một cán bộ nhập 1")
    office.start("mới", code)
    office.press("mới", "Đúng")
    commands = office.menu_of("mới")
    assert commands is not None and "tiep" in commands and "lienket" in commands
    assert not {"moi", "nguoi", "tralai"} & set(commands)


@pytest.mark.parametrize(
    "order", ["/moi Huyện Hai cán bộ nhập 1", "/moi X4 cán bộ nhập 1", "/moi xa bon", "/moi Tỉnh T nhập 1"]
)
def test_a_coordinator_invites_nobody_into_a_foreign_unit(office: Office, order: str) -> None:
    shown = office.say("dp", order)
    assert "Không có" in shown and office.codes("dp") == []
    assert not any(name in shown.partition("\n")[2] for name in ("Huyện Hai", "Xã Bốn", "Tỉnh T"))


def test_an_official_invites_nobody(office: Office) -> None:
    assert "dành cho" in office.say("chat-X1", "/moi Xã Một cán bộ nhập 1")
    assert office.codes("chat-X1") == []


def test_nobody_invites_their_equal_or_better(office: Office) -> None:
    assert "không có quyền" in office.say("dp", "/moi Huyện Một theo dõi 1")
    assert "không có quyền" in office.say("dp", "/moi Xã Một quản trị 1")
    assert office.deeds("role.invite") == []


def test_the_right_is_asked_again_when_the_codes_are_made(office: Office) -> None:
    foreign = CreateInvites(office.province.units["X4"], "official", 1, "", NOW + timedelta(days=1))
    with pytest.raises(Refused), office.database.write() as connection:
        office.province.do(connection, "H1", foreign)


def test_a_name_is_found_without_diacritics_and_asked_back(office: Office) -> None:
    assert len(office.code("dp", "/moi xa mot nhap 1")) == 9
    assert "Có 3 đơn vị" in office.say("dp", "/moi xa nhap 2")
    office.press("dp", "Xã Ba")
    assert len(office.codes("dp")) == 2


@pytest.mark.parametrize("count", ["0", "21", "abc", "-1", "1.5", "999999999999"])
def test_a_count_that_is_none_makes_nothing(office: Office, count: str) -> None:
    office.say("dp", "/moi Xã Một cán bộ nhập")
    assert "từ 1 đến 20" in office.say("dp", count)
    assert office.codes("dp") == []


def test_a_name_that_ends_in_a_number_keeps_it_and_a_number_of_codes_is_asked_once(office: Office) -> None:
    """ "Phường 3" is no order of three codes; "3" behind a name is kept until the role is known."""
    with office.database.write() as connection:
        for number in (2, 3):
            ward = NewUnit(f"P{number}", f"Phường {number}", "xa", office.province.units["H1"])
            units.add(connection, ward, NOW)
    assert "Mời vào Phường 3 với vai trò nào?" in office.say("dp", "/moi Phường 3")
    assert "Mời vào Phường 3 với vai trò nào?" in office.say("dp", "/moi Phường 3 2")
    office.press("dp", "cán bộ nhập")
    assert len(set(office.codes("dp"))) == 2
    office.say("dp", "/moi Phường 3 99")
    office.press("dp", "cán bộ nhập")
    assert office.codes("dp") == [] and "từ 1 đến 20" in office.last["dp"].refused


def test_an_old_button_takes_an_invitation_back_in_the_middle_of_something_else(office: Office) -> None:
    office.code("dp", "/moi Xã Một nhập 1")
    office.say("dp", "/moi")
    office.press("dp", "Lời mời đang chờ")
    button = office.button("dp", "Thu hồi lời mời 1")
    with office.database.write() as connection:
        office.province.send(connection, "X1")
    office.say("dp", "/tralai X1: Thiếu chữ ký.")
    shown = office.press_id("dp", button)
    assert "Đã thu hồi lời mời" in shown and "“Thiếu chữ ký.”" in shown
    assert "không có lời mời nào" in shown


def test_open_invitations_are_listed_and_taken_back(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một cán bộ nhập 1")
    office.press("dp", "Lời mời đang chờ")
    assert "Xã Một" in office.last["dp"].text
    shown = office.press("dp", "Thu hồi")
    assert "Đã thu hồi" in shown
    assert people_texts.wrong_code() in office.start("mới", code)
    assert "đã thu hồi rồi" in office.press_id("dp", "0.0.0:revoke:1")
    assert office.deeds("invite.revoke") == ['{"role":"official"}']


def test_a_foreign_invitation_is_not_taken_back(office: Office) -> None:
    office.newcomer("kia", "H2", people.COORDINATOR, chat="kia")
    office.code("kia", "/moi Xã Bốn nhập 1")
    assert "đã thu hồi rồi" in office.press_id("dp", "0.0.0:revoke:1")
    with pytest.raises(Refused), office.database.write() as connection:
        office.province.do(connection, "H1", RevokeInvite(1))


def test_wrong_used_expired_and_revoked_say_the_same(office: Office) -> None:
    used, old, revoked = (office.code("dp", "/moi Xã Một nhập 1") for _ in range(3))
    office.start("a", used)
    office.press("a", "Đúng")
    office.say("dp", "/moi")
    office.press("dp", "Lời mời đang chờ")
    office.press("dp", "Thu hồi lời mời 1")
    said = {office.start("b", used), office.start("c", revoked), office.start("d", "AAAA-BBBB")}
    office.later(days=15)
    said.add(office.start("e", old))
    assert len(said) == 1 and people_texts.wrong_code() in said.pop()


def test_a_code_taken_by_another_meanwhile_is_said_so(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một nhập 1")
    office.start("a", code)
    office.start("b", code)
    office.press("a", "Đúng")
    assert people_texts.taken_meanwhile() in office.press("b", "Đúng")
    assert office.roles("b") == []


def test_guessing_is_slowed_and_recorded_once_without_the_code(office: Office) -> None:
    good = office.code("dp", "/moi Xã Một nhập 1")
    for number in range(MAX_GUESSES + 3):
        office.start("thử", f"AAAA-BBB{number + 2}")
    assert people_texts.too_many_guesses() in office.start("thử", good)
    assert office.deeds("invite.guess") == ['{"of":"account","wrong":5}']
    office.later(hours=2)
    assert "XÃ MỘT" in office.start("thử", good)


def test_guesses_of_all_accounts_of_a_person_count_together(office: Office) -> None:
    """Somebody with two accounts on one channel does not guess without end through the older one."""
    good = office.code("dp", "/moi Xã Một nhập 1")
    with office.database.write() as connection:
        person = office.province.people["X2"].id
        people.add_account(connection, person, "telegram", "chat-mới-của-X2", office.at)
    for number in range(MAX_GUESSES):
        office.start("chat-X2", f"AAAA-BBB{number + 2}")
    for chat in ("chat-X2", "chat-mới-của-X2"):
        assert people_texts.too_many_guesses() in office.start(chat, good)


def test_guessing_by_many_accounts_is_slowed_for_the_whole_channel(office: Office) -> None:
    good = office.code("dp", "/moi Xã Một nhập 1")
    with office.database.write() as connection:
        for number in range(invites.MOST_IN_ALL - 1):
            invites.note_guess(connection, "telegram", f"ai {number}", office.at)
    office.start("người cuối", "AAAA-BBBB")
    assert people_texts.too_many_guesses() in office.start("người mới", good)
    assert office.deeds("invite.guess") == ['{"of":"channel","wrong":100}']
    assert "XÃ MỘT" in office.start("trang", good, channel="web")
    office.later(minutes=11)
    assert "XÃ MỘT" in office.start("người mới", good)


def test_a_code_stands_in_plain_nowhere_but_in_its_letter(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một nhập 1")
    assert office.everything().count(code) == 3
    office.say("mới", code)
    office.say("khác", f"/start {code}")
    assert office.everything().count(code) == 3
    office.press("mới", "Đúng")
    assert code not in office.everything() and people_texts.HIDDEN_CODE in office.everything()


def test_letters_forget_their_codes_soon_after_delivery(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một nhập 1")
    (letter, _) = office.sent_to("dp")
    with office.database.write() as connection:
        office.later(days=1)
        assert invites.forget_codes(connection, office.at) == 0
        outbox.sent(connection, [letter.id], office.at)
        assert invites.forget_codes(connection, office.at + timedelta(minutes=59)) == 0
        assert invites.forget_codes(connection, office.at + timedelta(minutes=61)) == 1
        assert invites.forget_codes(connection, office.at + timedelta(minutes=62)) == 0
    assert code not in office.everything()
    assert "XÃ MỘT" in office.start("mới", code)


def test_a_text_that_looks_like_a_code_stays_an_answer_of_who_has_work(office: Office) -> None:
    office.say("chat-X1", "/tiep")
    office.say("chat-X1", "ABCD-EFGH")
    assert "ABCD-EFGH" in office.everything()
    assert office.deeds("invite.guess") == []


def test_a_code_is_kept_by_who_has_the_role_already(office: Office) -> None:
    code = office.code("dp", "/moi Xã Một nhập 1")
    assert "đã là cán bộ nhập báo cáo của Xã Một rồi" in office.start("chat-X1", code)
    assert "XÃ MỘT" in office.start("mới", code)


def test_codes_end_with_the_right_to_give_them(office: Office) -> None:
    office.newcomer("quản trị", "T", people.ADMINISTRATOR, chat="qt")
    code = office.code("dp", "/moi Xã Một nhập 1")
    office.press_id("qt", f"0.0.0:end_role:{office.role_id('dp', people.COORDINATOR)}")
    office.press("qt", "Đồng ý")
    assert people_texts.wrong_code() in office.start("mới", code)
    assert code not in office.everything()
