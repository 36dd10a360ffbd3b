"""Who works where: lists, ending and leaving roles, the last administrator, several accounts, units and roles."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.channels.incoming import Account
from bot.config.doors import DOORS, facts_of
from bot.web.records import StoredRecords
from dialogs.machine import CATALOG
from dialogs.texts import people as people_texts
from dialogs.texts import refusals
from dialogs.values.decisions import EndRole
from storage.campaigns.turn_cache import TurnCache
from storage.messages import files, sessions
from storage.people import membership, people
from storage.schema.database import open_database
from storage.schema.errors import Refused
from storage.schema.tables import account, person
from storage.schema.tables import outbox as rows
from tests.office.people_office import Office, waiting
from tests.office.province import NOW, Province
from tests.office.stored import unsent


@pytest.fixture
def office(province: Province) -> Office:
    office = Office(province)
    office.newcomer("điều phối", "H1", people.COORDINATOR, chat="dp")
    office.newcomer("quản trị", "T", people.ADMINISTRATOR, chat="qt")
    return office


@pytest.fixture
def postgres_office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """The same on PostgreSQL, where transactions of several connections overlap."""
    source, built = request.getfixturevalue("postgres_province")
    source.rewind()
    database = open_database(source.url, facts_of(DOORS))
    yield Office(replace(built, database=database, cache=TurnCache()))
    database.close()


# --- who is there -------------------------------------------------------------------------------------------------


def test_the_people_of_a_unit_are_shown_with_their_roles(office: Office) -> None:
    office.say("chat-X1", "/start")
    with office.database.write() as connection:
        people.set_blocked(connection, office.province.accounts["X2"], NOW)
    shown = office.say("dp", "/nguoi xã một")
    assert "Người của X1 – cán bộ nhập báo cáo · nhắn gần nhất 09:00 ngày 01/04/2019" in shown
    assert "chặn bot" not in shown
    shown = office.say("dp", "Xã Hai")
    assert "chưa nhắn lần nào" in shown and "đã chặn bot" in shown


@pytest.mark.parametrize("name", ["Huyện Hai", "X4", "Tỉnh T", "xa bon"])
def test_nobody_of_a_foreign_unit_is_shown(office: Office, name: str) -> None:
    shown = office.say("dp", f"/nguoi {name}")
    assert "Không có" in shown and "Người của" not in shown


def test_an_official_sees_no_list(office: Office) -> None:
    shown = office.say("chat-X1", "/nguoi Xã Một")
    assert "dành cho" in shown and "Người của" not in shown


def test_an_administrator_without_any_report_has_work(office: Office) -> None:
    office.newcomer("riêng", "T", people.ADMINISTRATOR, chat="riêng")
    assert "Hiện chưa có đợt" in office.say("riêng", "/start")
    assert "Người của X5" in office.say("riêng", "/nguoi Xã Năm")


# --- ending a role ------------------------------------------------------------------------------------------------


def end(office: Office, by: str, chat: str, word: str) -> str:
    office.press_id(by, f"0.0.0:end_role:{office.role_id(chat, word)}")
    return office.press(by, "Đồng ý")


def test_a_role_is_ended_after_one_question(office: Office) -> None:
    office.say("dp", "/nguoi Xã Một")
    assert "Thôi vai trò cán bộ nhập báo cáo của đồng chí Người của X1" in office.press("dp", "Thôi vai trò 1")
    assert office.roles("chat-X1") == [("X1", "official")]
    assert "đã thôi vai trò" in office.press("dp", "Đồng ý")
    assert office.roles("chat-X1") == []
    (told,) = office.sent_to("chat-X1")
    assert "đã kết thúc" in told.payload["text"]
    assert office.menu_of("chat-X1") == []
    assert "chưa có cán bộ nào" in office.press("dp", "Xem lại danh sách")


def test_old_buttons_and_replies_of_somebody_removed_open_nothing(office: Office) -> None:
    office.say("chat-X1", "/start")
    begin = office.button("chat-X1", "Bắt đầu")
    office.press_id("chat-X1", begin)
    question = [choice.id for choice in office.last["chat-X1"].choices]
    end(office, "dp", "chat-X1", people.OFFICIAL)
    for choice in (begin, *question):
        assert office.press_id("chat-X1", choice) == refusals.stranger()
    for text in ("Đã thực hiện tốt.", "/tiep", "/xem 1", "/nguoi", "1"):
        assert office.say("chat-X1", text) == refusals.stranger()
    with office.database.read() as connection:
        left = sessions.peek(connection, office.province.people["X1"].id)
    assert (left.report, left.question, left.kept) == (0, 0, None)


def test_what_waits_for_somebody_removed_is_given_up(office: Office) -> None:
    who, report = office.province.people["X1"].id, office.province.reports["X1"]
    button = f'{{"text":"Còn thiếu","choices":[["{report}.0.0:open:{report}","Mở",""]]}}'
    row = waiting(office, "chat-X1", button, who)
    end(office, "dp", "chat-X1", people.OFFICIAL)
    with office.database.read() as connection:
        assert connection.execute(select(rows.c.dead_at).where(rows.c.id == row)).scalar() is not None
        sent = [each.payload.get("text", "") for each in unsent(connection, "telegram")]
    assert not any("Còn thiếu" in text for text in sent)
    assert any("đã kết thúc" in text for text in sent)


def test_of_two_units_only_the_one_that_was_left_falls_silent(office: Office) -> None:
    office.newcomer("", "X2", people.OFFICIAL, chat="chat-X1")
    who = office.province.people["X1"].id
    for code in ("X1", "X2"):
        report = office.province.reports[code]
        waiting(office, "chat-X1", f'{{"text":"{code}","choices":[["{report}.0.0:open:{report}","Mở",""]]}}', who)
    mine = office.role_id_in("chat-X1", "X1")
    office.press_id("dp", f"0.0.0:end_role:{mine}")
    office.press("dp", "Đồng ý")
    with office.database.read() as connection:
        sent = [each.payload.get("text", "") for each in unsent(connection, "telegram")]
    assert "X1" not in sent and "X2" in sent
    assert "Xã Hai" in office.say("chat-X1", "/start")


@pytest.mark.parametrize(("by", "chat"), [("dp", "chat-X4"), ("dp", "chat-T"), ("chat-X1", "chat-X2")])
def test_nobody_ends_a_role_that_is_not_theirs_to_end(office: Office, by: str, chat: str) -> None:
    role = office.role_id(chat, people.OFFICIAL)
    assert "không thuộc quyền" in office.press_id(by, f"0.0.0:end_role:{role}")
    with pytest.raises(Refused), office.database.write() as connection:
        office.province.do(connection, "X1", EndRole(office.role_id("dp", people.COORDINATOR)))
    assert len(office.roles(chat)) == 1


def test_a_coordinator_does_not_end_her_equal(office: Office) -> None:
    office.newcomer("bạn", "H1", people.COORDINATOR, chat="bạn")
    role = office.role_id("bạn", people.COORDINATOR)
    assert "không thuộc quyền" in office.press_id("dp", f"0.0.0:end_role:{role}")


def test_a_right_that_ended_between_question_and_answer_ends_nothing(office: Office) -> None:
    office.press_id("dp", f"0.0.0:end_role:{office.role_id('chat-X1', people.OFFICIAL)}")
    sure = office.button("dp", "Đồng ý")
    end(office, "qt", "dp", people.COORDINATOR)
    assert office.press_id("dp", sure) == refusals.stranger()
    assert office.roles("chat-X1") == [("X1", "official")]


def test_leaving_is_asked_and_names_the_unit(office: Office) -> None:
    office.newcomer("", "X2", people.OFFICIAL, chat="chat-X1")
    office.say("chat-X1", "/roi")
    assert "Xã Hai" in office.press("chat-X1", "cán bộ nhập báo cáo – Xã Hai")
    assert "đã thôi vai trò" in office.press("chat-X1", "Đồng ý")
    assert office.roles("chat-X1") == [("X1", "official")]
    assert "Đồng chí muốn thôi vai trò nào?" not in office.say("chat-X1", "rồi")


def test_who_has_left_is_offered_nothing_of_the_unit(office: Office) -> None:
    office.say("chat-X1", "/roi")
    office.press("chat-X1", "cán bộ nhập")
    assert "đã thôi vai trò" in office.press("chat-X1", "Đồng ý rời")
    assert office.labels("chat-X1") == ["Trang đầu"]


def test_what_is_typed_before_leaving_is_said_to_be_unsaved(office: Office) -> None:
    office.say("chat-X1", "/sua PL3.1")
    office.say("chat-X1", "12 50 0 1")
    office.say("chat-X1", "/roi")
    assert "Chưa ghi “12; 50; 0; 1”" in office.press("chat-X1", "cán bộ nhập báo cáo – Xã Một")
    office.press("chat-X1", "Thôi")
    assert office.roles("chat-X1") == [("X1", "official")]


# --- the last administrator ---------------------------------------------------------------------------------------


def test_the_last_administrator_neither_leaves_nor_is_removed(office: Office) -> None:
    role = office.role_id("qt", people.ADMINISTRATOR)
    assert "quản trị cuối cùng của Tỉnh T" in office.press_id("qt", f"0.0.0:end_role:{role}")
    with pytest.raises(Refused, match="quản trị cuối cùng"), office.database.write() as connection:
        membership.end(connection, role, None, NOW)
    assert ("T", "administrator") in office.roles("qt")


def test_a_second_administrator_is_invited_and_the_first_may_go(office: Office) -> None:
    code = office.code("qt", "/moi Tỉnh T quản trị 1")
    office.start("hai", code)
    office.press("hai", "Đúng")
    assert office.roles("hai") == [("T", "administrator")]
    assert "đã thôi vai trò" in end(office, "hai", "qt", people.ADMINISTRATOR)
    role = office.role_id("hai", people.ADMINISTRATOR)
    assert "quản trị cuối cùng" in office.press_id("hai", f"0.0.0:end_role:{role}")


def test_an_administrator_of_a_lower_unit_may_always_go(office: Office) -> None:
    office.newcomer("xã", "X1", people.ADMINISTRATOR, chat="xã")
    assert "đã thôi vai trò" in end(office, "xã", "xã", people.ADMINISTRATOR)


def test_two_administrators_removing_each_other_leave_one(office: Office) -> None:
    """At the same moment, in two transactions: whoever is second finds that the right is gone."""
    office.newcomer("hai", "T", people.ADMINISTRATOR, chat="hai")
    with office.database.read() as connection:
        known = [people.speaker(connection, "telegram", chat) for chat in ("qt", "hai")]
    first, second = [each.person for each in known if each]
    roles = {"qt": office.role_id("qt", people.ADMINISTRATOR), "hai": office.role_id("hai", people.ADMINISTRATOR)}
    together, said = threading.Barrier(2), list[str]()

    def remove(role: int, by: int) -> Callable[[], None]:
        def run() -> None:
            together.wait()
            try:
                with office.database.write() as connection:
                    membership.end(connection, role, by, NOW)
            except Refused as refused:
                said.append(str(refused))

        return run

    works = (remove(roles["hai"], first), remove(roles["qt"], second))
    threads = [threading.Thread(target=work) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(said) == 1
    assert sorted([office.roles("qt"), office.roles("hai")]) == [[], [("T", "administrator")]]


# --- several accounts ---------------------------------------------------------------------------------------------


def link_code(office: Office, chat: str) -> str:
    office.say(chat, "/lienket")
    (code,) = office.codes(chat)
    return code


def test_a_second_account_becomes_the_same_person(office: Office) -> None:
    office.say("chat-X1", "/tiep")
    code = link_code(office, "chat-X1")
    assert "NGƯỜI CỦA X1" in office.start("trang", code, channel="web")
    shown = office.press("trang", "Đúng", channel="web")
    assert "nay là của đồng chí Người của X1" in shown and "Xã Một" in shown
    assert office.roles("trang", "web") == [("X1", "official")]
    (told,) = office.sent_to("chat-X1")
    assert "vừa được nối" in told.payload["text"]
    assert code not in office.everything()
    with office.database.read() as connection:
        owners = set(connection.execute(select(account.c.person).where(account.c.external == "trang")).scalars())
        gone = connection.execute(select(person.c.id).where(person.c.removed_at.is_not(None))).scalars().all()
    assert owners == {office.province.people["X1"].id} and len(gone) == 1
    assert office.say("trang", "/muc", channel="web") == office.say("chat-X1", "/muc")


def test_the_code_for_an_account_is_short_lived_single_and_the_newest(office: Office) -> None:
    first, second = link_code(office, "chat-X1"), link_code(office, "chat-X1")
    assert people_texts.wrong_code() in office.start("a", first)
    office.later(minutes=31)
    assert people_texts.wrong_code() in office.start("b", second)
    third = link_code(office, "chat-X1")
    office.start("c", third)
    office.press("c", "Đúng")
    assert people_texts.wrong_code() in office.start("d", third)


def test_an_account_with_roles_of_its_own_is_not_taken_over(office: Office) -> None:
    code = link_code(office, "chat-X1")
    assert "đã có vai trò riêng" in office.start("chat-X2", code)
    assert "của chính đồng chí" in office.start("chat-X1", code)
    assert "NGƯỜI CỦA X1" in office.start("mới", code)


def test_a_stranger_has_nothing_to_link(office: Office) -> None:
    assert office.say("lạ", "/lienket") == refusals.stranger()
    assert office.codes("lạ") == []


def test_a_stranger_who_was_shown_an_invitation_has_nothing_to_link_either(office: Office) -> None:
    office.start("lạ", office.code("dp", "/moi X1 cán bộ nhập 1"))
    assert "không có vai trò nào" in office.say("lạ", "/lienket")
    assert office.codes("lạ") == []


def test_a_code_of_somebody_removed_links_nothing(office: Office) -> None:
    code = link_code(office, "chat-X1")
    end(office, "dp", "chat-X1", people.OFFICIAL)
    assert people_texts.wrong_code() in office.start("mới", code)


# --- several units and roles --------------------------------------------------------------------------------------


def test_an_official_in_two_units_who_coordinates_one_sees_each_by_its_name(office: Office) -> None:
    office.newcomer("ba việc", "X1", people.OFFICIAL, chat="ba")
    office.newcomer("ba việc", "X4", people.OFFICIAL, chat="ba")
    office.newcomer("ba việc", "H1", people.COORDINATOR, chat="ba")
    shown = office.say("ba", "/start")
    assert "Xã Một" in shown and "Xã Bốn" in shown
    assert "Người của X2" in office.say("ba", "/nguoi Xã Hai")
    assert "Không có" in office.say("ba", "/nguoi Xã Năm")
    assert len(office.code("ba", "/moi Xã Ba nhập 1")) == 9
    assert "Không có" in office.say("ba", "/moi Xã Bốn nhập 1")
    choice = next(each for each in office.labels("ba") if "Thôi" in each)
    office.press("ba", choice)
    office.say("ba", "/start")
    office.press("ba", next(each for each in office.labels("ba") if "Xã Bốn" in each))
    with office.database.read() as connection:
        known = people.speaker(connection, "telegram", "ba")
        assert known is not None
        assert sessions.peek(connection, known.person).report == office.province.reports["X4"]


# --- the menu -----------------------------------------------------------------------------------------------------


def test_the_menu_comes_with_the_first_word_after_another_version(office: Office) -> None:
    office.say("dp", "/start")
    commands = office.menu_of("dp")
    assert commands is not None and {"moi", "nguoi", "tralai"} <= set(commands) and "tiep" not in commands
    office.say("dp", "/start")
    assert office.menu_of("dp") is None
    with office.database.write() as connection:
        connection.execute(account.update().where(account.c.external == "dp").values(menu="an older one"))
    office.say("dp", "/start")
    assert office.menu_of("dp") == commands
    office.say("lạ", "/start")
    assert office.menu_of("lạ") is None
    with office.database.read() as connection:
        assert (
            connection.execute(select(account.c.menu).where(account.c.external == "lạ")).scalar()
            == CATALOG.menu.version
        )


def test_a_menu_is_no_line_of_a_conversation(office: Office) -> None:
    office.say("dp", "/start")
    with office.database.read() as connection:
        menus = [row for row in unsent(connection, "telegram") if "menu" in row.payload]
    assert [row.person for row in menus] == [None]


# --- what the page shows of the past ------------------------------------------------------------------------------


def test_the_page_shows_nothing_of_before_to_somebody_removed(office: Office) -> None:
    who = office.province.people["X1"].id
    with office.database.write() as connection:
        people.add_account(connection, who, "web", "x1", NOW)
        mine = files.put(connection, "báo cáo.docx", "application/docx", b"docx", NOW, who)
    office.say("x1", "/tiep", channel="web")
    records, here = StoredRecords(office.database, lambda: office.at), Account("web", "x1")
    assert len(records.before(here, 0, 60)) == 1 and records.file(here, mine) is not None
    office.later(minutes=5)
    end(office, "dp", "chat-X1", people.OFFICIAL)
    told = [line.text for line in records.before(here, 0, 60)]
    assert len(told) == 1 and "đã kết thúc" in told[0]
    assert [line.text for line in records.after(here, 0, 60)] == told
    assert records.file(here, mine) is None
    assert [command for command, _ in records.menu(here)] == ["start", "trogiup"]
    office.say("x1", "Xin chào", channel="web")
    assert [line.text for line in records.after(here, 0, 60)] == [*told, refusals.stranger()]


def test_a_session_that_is_held_at_that_moment_holds_nobody_up(postgres_office: Office) -> None:
    """Two who end each other's roles hold their own sessions: neither may wait for the other's."""
    office = postgres_office
    who, role = office.province.people["X1"].id, office.role_id("chat-X1", people.OFFICIAL)
    office.say("chat-X1", "/tiep")
    with office.database.engine.connect() as other, other.begin():
        sessions.load(other, who)
        with office.database.write() as connection:
            membership.end(connection, role, None, NOW)
    assert office.say("chat-X1", "/tiep") == refusals.stranger()
