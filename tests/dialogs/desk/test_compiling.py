"""Asking for a compiled report in the chat: beside whatever question is open, and only for who may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.values.effects import CompileReport, Effect
from dialogs.values.world import Compilable
from tests.world.little_world import COMMUNE, Chat, LittleWorld, at, chat, commune, district, stranger

SIX = Compilable("3.2", "kl62-2019", "Tổng kết Kết luận 62", "H1", "Huyện ủy Thanh Sơn", 12, 14, 1)
TEN = Compilable("4.2", "kl102-2019", "Sơ kết Kết luận 102", "H1", "Huyện ủy Thanh Sơn", 3, 3, 0)
OTHER = Compilable("3.9", "kl62-2019", "Tổng kết Kết luận 62", "H2", "Huyện ủy Nam Khê", 0, 5, 2)


def coordinator(*found: Compilable) -> Chat:
    talk = chat(district())
    talk.world.coordinated = found
    return talk


def queued(effects: tuple[Effect, ...]) -> list[CompileReport]:
    return [each for each in effects if isinstance(each, CompileReport)]


def test_the_only_campaign_is_queued_at_once() -> None:
    talk = coordinator(SIX)

    reply = talk.say("/tonghop")

    assert queued(talk.effects) == [CompileReport("kl62-2019", "H1")]
    assert "Tổng kết Kết luận 62" in reply.text
    assert "Huyện ủy Thanh Sơn từ 12/14 đơn vị đã gửi" in reply.text
    assert reply.refused == ""


def test_of_several_one_is_chosen() -> None:
    """The choices come by button and by number, and one press queues."""
    talk = coordinator(SIX, TEN)

    reply = talk.say("tổng hợp")
    assert queued(talk.effects) == []
    assert "1 trễ hạn" in reply.text
    labels = [choice.label for choice in reply.choices]
    key = reply.choices[labels.index("Sơ kết Kết luận 102 – Huyện ủy Thanh Sơn")].key
    talk.press("Sơ kết Kết luận 102 – Huyện ủy Thanh Sơn")
    assert queued(talk.effects) == [CompileReport("kl102-2019", "H1")]

    talk.say("/tonghop")
    talk.say(key)
    assert queued(talk.effects) == [CompileReport("kl102-2019", "H1")]


def test_what_is_asked_about_stands_first() -> None:
    """ "1" is the first campaign and not "Bắt đầu"; at home nothing else is offered, in a question its own buttons."""
    talk = coordinator(SIX, TEN)
    asked = ["Tổng kết Kết luận 62 – Huyện ủy Thanh Sơn", "Sơ kết Kết luận 102 – Huyện ủy Thanh Sơn"]

    talk.say("/start")
    assert [choice.label for choice in talk.say("/tonghop").choices] == [*asked, "Trang đầu"]
    talk.say("1")
    assert queued(talk.effects) == [CompileReport("kl62-2019", "H1")]

    own = [choice.label for choice in talk.press("Bắt đầu").choices]
    assert [choice.label for choice in talk.say("/tonghop").choices] == [*asked, *own]


def test_two_periods_of_one_form_have_different_buttons() -> None:
    """Both are titled alike; the key says which is which, and each button leads to its own."""
    first = replace(SIX, id="7.2", campaign="kl62-2019-ky1")
    talk = coordinator(SIX, first, TEN)

    labels = [choice.label for choice in talk.say("/tonghop").choices if ":compile:" in choice.id]
    assert labels == [
        "kl62-2019 – Huyện ủy Thanh Sơn",
        "kl62-2019-ky1 – Huyện ủy Thanh Sơn",
        "Sơ kết Kết luận 102 – Huyện ủy Thanh Sơn",
    ]
    talk.press(labels[1])
    assert queued(talk.effects) == [CompileReport("kl62-2019-ky1", "H1")]


@pytest.mark.parametrize(
    ("typed", "unit"), [("/tonghop kl62-2019 H2", "H2"), ("/TONGHOP KL62-2019 h1", "H1"), ("/tonghop 3.9", "H2")]
)
def test_a_key_and_a_unit_name_one(typed: str, unit: str) -> None:
    talk = coordinator(SIX, OTHER, TEN)

    talk.say(typed)

    assert queued(talk.effects) == [CompileReport("kl62-2019", unit)]


def test_a_key_of_two_units_offers_both() -> None:
    talk = coordinator(SIX, OTHER, TEN)

    reply = talk.say("/tonghop kl62-2019")

    assert queued(talk.effects) == []
    offered = [choice.label for choice in reply.choices if ":compile:" in choice.id]
    assert len(offered) == 2
    assert "102" not in "".join(offered)


def test_an_unknown_key_is_said_and_the_known_ones_offered() -> None:
    talk = coordinator(SIX)

    reply = talk.say("/tonghop kl99")

    assert queued(talk.effects) == []
    assert "kl99" in reply.refused
    assert any(":compile:3.2" in choice.id for choice in reply.choices)


def test_a_key_as_long_as_keys_may_be_is_a_command() -> None:
    """What begins with a command never becomes an answer."""
    key = "k" * 60
    talk = at("II.1")
    talk.world.coordinated = (Compilable("5.2", key, "Đợt", "H1", "Huyện ủy", 1, 2, 0),)

    talk.say(f"/tonghop {key}")

    assert queued(talk.effects) == [CompileReport(key, "H1")]
    assert talk.saved == []


def test_without_the_slash_only_the_whole_message_counts() -> None:
    talk = at("II.1")
    talk.world.coordinated = (SIX,)

    talk.say("Tổng hợp kl62-2019 đã được triển khai")

    assert queued(talk.effects) == []
    assert talk.report.value("II.1") == "Tổng hợp kl62-2019 đã được triển khai"


def test_nobody_else_has_anything_compiled() -> None:
    """An official is told kindly; somebody without a role learns not even what it is."""
    official = chat(commune())
    reply = official.say("/tonghop kl62-2019")
    assert queued(official.effects) == []
    assert "không có đợt báo cáo nào để đồng chí tổng hợp" in reply.refused

    nobody = stranger()
    told = nobody.say("/tonghop kl62-2019")
    assert queued(nobody.effects) == []
    assert told.text == nobody.say("xin chào").text
    assert COMMUNE.name not in told.text


@pytest.mark.parametrize("choice", ["17.0.1:compile:3.2", "0.0.0:compile:kl62-2019 H1", "9.9.9:compile:"])
def test_an_invented_press_compiles_nothing(choice: str) -> None:
    """The right is looked up when the event is taken, not when a button was drawn."""
    talk = chat(commune())

    talk.press_id(choice)

    assert queued(talk.effects) == []


def test_a_button_of_a_right_that_has_ended_compiles_nothing() -> None:
    talk = coordinator(SIX, TEN)
    talk.say("/tonghop")
    talk.world.coordinated = (TEN,)

    reply = talk.press("Tổng kết Kết luận 62 – Huyện ủy Thanh Sơn")

    assert queued(talk.effects) == []
    assert reply.refused


def test_the_open_question_is_not_disturbed() -> None:
    """A row half given, asked back, and a text of several messages go on as if nothing had been asked."""
    talk = at("PL3.2")
    talk.world.coordinated = (SIX,)
    before = talk.session
    reply = talk.say("/tonghop")
    assert (talk.session.state, talk.session.mark, talk.session.question) == (
        before.state,
        before.mark,
        before.question,
    )
    assert reply.asks is not None
    assert reply.asks.field == "PL3"
    talk.say("12 5 0 1")
    assert talk.report.value("PL3.ldld.xa.tong_so") == 12

    talk = at("PL3.2")
    talk.world.coordinated = (SIX,)
    talk.say("1,234; 5; 0; 1")
    assert talk.session.state == "asked_back"
    held = talk.session.kept
    talk.say("/tonghop")
    assert (talk.session.state, talk.session.kept) == ("asked_back", held)

    talk = at("II.1")
    talk.world.coordinated = (SIX, TEN)
    talk.walk("Đoạn một.", "/tonghop", "Đoạn hai.", "/tonghop kl102-2019", "/tiep")
    assert talk.report.value("II.1") == "Đoạn một.\nĐoạn hai."


def test_a_coordinator_without_a_report_of_her_own_is_at_home() -> None:
    """She fills nothing in; the first screen offers what she may do, and every other message gets one kind reply."""
    talk = Chat(LittleWorld([], coordinated=(SIX,)))

    home = talk.say("/start")
    assert [choice.label for choice in home.choices] == ["Tổng hợp cấp dưới"]
    talk.press("Tổng hợp cấp dưới")
    assert queued(talk.effects) == [CompileReport("kl62-2019", "H1")]
    for text in ("xin chào", "/tiep", "/muc", "/nop", "/trogiup", "/sua 3", "/xem", "/huy", "12"):
        assert talk.say(text).text
        assert queued(talk.effects) == []


def test_help_names_it_only_to_who_may() -> None:
    talk = coordinator(SIX)
    talk.world.staff.own = frozenset({"coordinator"})
    assert "/tonghop" in talk.say("/trogiup").text
    assert "/tonghop" not in chat(commune()).say("/trogiup").text


def test_buttons_fit_the_sixty_four_bytes_of_telegram() -> None:
    far = Compilable("123456.654321", "k" * 60, "Đợt " * 30, "H1", "Huyện ủy " * 30, 1, 2, 0)
    talk = coordinator(far, TEN)
    talk.report.id = 7654321

    reply = talk.say("/tonghop")

    assert all(len(choice.id.encode()) <= 64 for choice in reply.choices)
    assert all(len(choice.label) <= 60 for choice in reply.choices)


def test_many_campaigns_fit_one_screen() -> None:
    many = tuple(Compilable(f"{n}.2", f"dot-{n}", f"Đợt {n}", "H1", "Huyện ủy Thanh Sơn", n, 20, 0) for n in range(12))

    reply = coordinator(*many).say("/tonghop")

    assert "Còn 4 đợt nữa" in reply.text
    assert len(reply.text.splitlines()) <= 15
