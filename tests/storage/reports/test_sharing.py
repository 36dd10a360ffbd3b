"""Handing parts of a report to colleagues, on both kinds of database: what is stored, told, refused and shown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.channels.incoming import Account, Incoming
from dialogs.forms.answers import Address, State, Value
from dialogs.values.decisions import AssignPart, AttachEvidence, EndAssignment, TellPartDone
from dialogs.values.effects import Effect, RenderReport, SaveAnswer, SendReport
from dialogs.values.events import TextReceived
from dialogs.values.report_view import ReportView
from storage.campaigns import attachments
from storage.campaigns.turn_cache import TurnCache
from storage.effects import apply
from storage.messages import files as files_kept
from storage.messages.context import Context
from storage.people import people
from storage.reports import evidence, sharing, workflow
from storage.schema import audit
from storage.schema.database import Database
from storage.schema.errors import Refused
from storage.schema.tables import assignment, correction, job
from storage.world import StoredWorld
from tests.office.colleagues import Commune
from tests.office.province import MONEY, NOW, TEXT, TOTAL, WOMEN, ZONE, Province, build


@pytest.fixture
def commune(province: Province) -> Commune:
    return Commune(province)


def context(commune: Commune, name: str) -> Context:
    with commune.reading() as connection:
        account = people.account_of(connection, commune.people[name].id, "telegram")
    assert account is not None
    return Context(commune.people[name], account[0], "telegram", account[1], None, "1", commune.at)


def do(commune: Commune, name: str, *effects: Effect) -> int:
    """Apply effects as somebody; returns how many messages were stored for others."""
    commune.at += timedelta(minutes=1)
    acting = context(commune, name)
    with commune.province.database.write() as connection:
        return len(apply(connection, effects, acting, commune.province.cache).outbox)


def hand(commune: Commune, prefix: str, name: str, sees_all: bool = False, by: str = "Lan", comment: str = "") -> int:
    return do(commune, by, AssignPart(commune.report, prefix, commune.people[name].id, sees_all, comment))


def parts(commune: Commune, name: str) -> tuple[str, ...] | None:
    with commune.reading() as connection:
        return sharing.prefixes_of(connection, commune.report, commune.people[name].id)


def view(connection: Connection, commune: Commune, name: str) -> ReportView:
    world = StoredWorld(connection, commune.people[name], "telegram", commune.at, ZONE, TurnCache(), lock=False)
    found = world.report(commune.report)
    assert found is not None
    return found


def test_who_was_handed_nothing_has_everything(commune: Commune) -> None:
    assert [parts(commune, name) for name in ("Lan", "Mai", "Hùng")] == [None, None, None]


def test_parts_limit_whoever_they_were_handed_to_and_nobody_else(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    hand(commune, "II", "Mai")
    assert parts(commune, "Mai") == ("PL3", "II")
    assert (parts(commune, "Lan"), parts(commune, "Hùng")) == (None, None)


@pytest.mark.parametrize("prefix", ["PL3", "PL3.mttq"])
def test_a_look_at_the_rest_lifts_every_limit(commune: Commune, prefix: str) -> None:
    hand(commune, "II", "Mai")
    hand(commune, prefix, "Mai", sees_all=True)
    assert parts(commune, "Mai") is None


def test_the_same_part_handed_again_replaces_what_was_said(commune: Commune) -> None:
    hand(commune, "PL3", "Mai", sees_all=True)
    hand(commune, "PL3", "Mai", comment="chỉ phần này")
    assert parts(commune, "Mai") == ("PL3",)
    with commune.reading() as connection:
        assert [each.comment for each in sharing.assigned(connection, commune.report)] == ["chỉ phần này"]
        assert len(connection.execute(select(assignment.c.id)).all()) == 2


def test_somebody_who_leads_is_never_limited(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    with commune.province.database.write() as connection:
        people.grant(connection, commune.people["Mai"].id, commune.unit, people.LEAD, commune.at)
    assert parts(commune, "Mai") is None


def test_a_part_may_go_to_two_and_a_part_of_it_to_a_third(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    hand(commune, "PL3.mttq", "Hùng")
    with commune.province.database.write() as connection:
        commune.join(connection, "Nga", people.OFFICIAL)
    hand(commune, "PL3", "Nga")
    with commune.reading() as connection:
        assert [q.row for q in view(connection, commune, "Hùng").questions] == ["mttq"]
        assert view(connection, commune, "Nga").questions == view(connection, commune, "Mai").questions
        assert len(view(connection, commune, "Mai").questions) == 6


def test_ending_a_role_ends_what_was_handed_to_its_holder_also_if_it_is_given_again(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    with commune.province.database.write() as connection:
        people.end_role(connection, commune.roles["Mai"], commune.at)
        assert sharing.assigned(connection, commune.report) == ()
    commune.at += timedelta(days=1)
    with commune.province.database.write() as connection:
        people.grant(connection, commune.people["Mai"].id, commune.unit, people.OFFICIAL, commune.at)
        assert sharing.assigned(connection, commune.report) == ()
    assert parts(commune, "Mai") is None


def test_somebody_removed_holds_nothing(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    with commune.province.database.write() as connection:
        people.remove(connection, commune.people["Mai"].id, commune.at)
        assert sharing.assigned(connection, commune.report) == ()


# --- what is refused -----------------------------------------------------------------------------------------------


def test_only_a_lead_hands_out_and_takes_back(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    with commune.reading() as connection:
        number = sharing.assigned(connection, commune.report)[0].id
    for name in ("Mai", "Hùng"):
        with pytest.raises(Refused, match="không có quyền"):
            hand(commune, "PL4", "Mai", by=name) if name == "Hùng" else hand(commune, "PL4", "Hùng", by=name)
        with pytest.raises(Refused, match="không có quyền"):
            do(commune, name, EndAssignment(commune.report, number))
    assert parts(commune, "Mai") == ("PL3",)


def test_nobody_hands_a_part_to_themselves(commune: Commune) -> None:
    with pytest.raises(Refused, match="chính mình"):
        hand(commune, "PL3", "Lan")


def test_nobody_of_another_unit_and_nobody_who_left_is_handed_anything(commune: Commune) -> None:
    commune.people["Người ngoài"] = commune.province.people["X2"]
    with pytest.raises(Refused, match="không còn nhập"):
        hand(commune, "PL3", "Người ngoài")
    with commune.province.database.write() as connection:
        people.end_role(connection, commune.roles["Mai"], commune.at)
    with pytest.raises(Refused, match="không còn nhập"):
        hand(commune, "PL3", "Mai")


def test_a_lead_of_one_unit_hands_out_nothing_of_another(commune: Commune) -> None:
    other = commune.province.reports["X2"]
    with pytest.raises(Refused, match="không có quyền"):
        do(commune, "Lan", AssignPart(other, "PL3", commune.province.people["X2"].id, False))


@pytest.mark.parametrize("prefix", ["PL9", "PL3.khong_co", "II.99", "P"])
def test_a_part_that_is_not_asked_is_not_handed_out(commune: Commune, prefix: str) -> None:
    with pytest.raises(Refused, match="không có phần"):
        hand(commune, prefix, "Mai")


def test_what_was_taken_back_cannot_be_taken_back_again(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    with commune.reading() as connection:
        number = sharing.assigned(connection, commune.report)[0].id
    do(commune, "Lan", EndAssignment(commune.report, number))
    with pytest.raises(Refused, match="đã được thu lại"):
        do(commune, "Lan", EndAssignment(commune.report, number))


def saves(commune: Commune, *addresses: Address) -> list[Effect]:
    return [SaveAnswer(commune.report, address, State.VALUE, 12) for address in addresses]


@pytest.mark.parametrize("looked", [False, True])
def test_an_answer_to_somebody_elses_part_is_refused_whole(commune: Commune, looked: bool) -> None:
    """Whether the turn has looked at the report before or not: nothing of it is written."""
    hand(commune, "PL3.mttq", "Mai")
    acting = context(commune, "Mai")
    if looked:
        acting = replace(acting, limits={commune.report: ("PL3.mttq",)})
    for effects in (saves(commune, TOTAL, MONEY), saves(commune, MONEY)):
        with pytest.raises(Refused, match="không được giao"), commune.province.database.write() as connection:
            apply(connection, effects, acting, commune.province.cache)
    with commune.reading() as connection:
        assert dict(view(connection, commune, "Lan").answers) == {}
    do(commune, "Mai", *saves(commune, TOTAL, WOMEN))


@pytest.mark.parametrize("effect", [SendReport, RenderReport])
def test_sending_and_printing_the_whole_is_refused(commune: Commune, effect: type[SendReport | RenderReport]) -> None:
    hand(commune, "PL3", "Mai")
    with pytest.raises(Refused, match="không được giao"):
        do(commune, "Mai", effect(commune.report))
    do(commune, "Hùng", effect(commune.report))


def test_only_somebody_with_parts_tells_that_they_are_done(commune: Commune) -> None:
    with pytest.raises(Refused, match="không được giao riêng"):
        do(commune, "Mai", TellPartDone(commune.report))


# --- what is seen --------------------------------------------------------------------------------------------------


def test_the_view_of_a_part_holds_nothing_else(commune: Commune) -> None:
    report = commune.report
    do(commune, "Lan", *saves(commune, TOTAL), SaveAnswer(report, TEXT, State.VALUE, "Bí mật của Lan", pieces=()))
    do(commune, "Lan", SaveAnswer(report, Address("VAN_BAN", "", "so"), State.VALUE, "15"))
    hand(commune, "PL3", "Mai")
    with commune.reading() as connection:
        seen = view(connection, commune, "Mai")
        assert [question.number for question in seen.questions] == [1, 2, 3, 4, 5, 6]
        assert {question.field for question in seen.questions} == {"PL3"}
        assert set(seen.answers) == {TOTAL}
        assert seen.pieces(TEXT) == ()
        assert seen.said(TEXT, 1) is None
        assert seen.said(TOTAL, 1) == 12
        assert (seen.card().answered, seen.card().total) == (0, 6)
        assert len(view(connection, commune, "Lan").questions) == 32


COMMANDS = (
    *("/start", "/muc", "/muc II.1", "/xem", "/xem II.1", "/xem IV", "/xem PL4.1", "/xem vb", "/sua II.1", "/sua 6"),
    *("/tailieu", "/baocao", "/baocao X1", "/tiendo", "/nhatky", "/thaydoi", "/thaydoi X1", "/capduoi", "/capduoi PL4"),
    *("/tonghop", "/dinhkem", "/dinhkem II.1", "/dinhkem PL4.1", "/nop", "/xinsua nhầm", "/molai X1 nhầm", "/nhac X1"),
    *("/tralai X1 sai", "/tiepnhan X1", "/giahan X1", "/giao", "/giao II Mai", "/nguoi", "/moi", "/dot", "/trogiup"),
    *("/truoc", "/tiep", "/boqua", "/huy"),
)
SECRET = "CHUYỆN CỦA LAN"


def fill_in(commune: Commune) -> list[str]:
    """Lan writes into every part, attaches a file, sends, gets one part back, sends again; return her buttons."""
    written: tuple[tuple[Address, Value], ...] = (
        (TEXT, SECRET),
        (Address("IV"), (SECRET,)),
        (Address("VAN_BAN", "", "so"), SECRET),
    )
    do(commune, "Lan", *(SaveAnswer(commune.report, at, State.VALUE, value, pieces=()) for at, value in written))
    do(commune, "Lan", SaveAnswer(commune.report, MONEY, State.VALUE, 7, reason=SECRET), *saves(commune, TOTAL))
    with commune.province.database.write() as connection:
        kept = files_kept.put(connection, f"{SECRET}.pdf", "application/pdf", b"%PDF-", commune.at, lan(commune))
    do(commune, "Lan", AttachEvidence(commune.report, "II.1", "", "x", 5, f"file:{kept}", SECRET))
    buttons = []
    for command in COMMANDS:
        reply = commune.say("Lan", command)
        buttons += [choice.id for choice in reply.choices if not choice.id.partition(":")[2].startswith("send")]
    do(commune, "Lan", SendReport(commune.report))
    with commune.province.database.write() as connection:
        workflow.return_report(connection, commune.report, "II.1", SECRET, None, commune.at)
    do(commune, "Lan", SaveAnswer(commune.report, TEXT, State.VALUE, f"{SECRET}, bản hai", pieces=()))
    do(commune, "Lan", SendReport(commune.report))
    return [*buttons, f"{commune.report}.0.0:show_changes:{commune.report}", f"1.1.1:dossier:{commune.report}"]


def lan(commune: Commune) -> int:
    return commune.people["Lan"].id


def test_nothing_else_of_the_report_is_shown_by_any_command_button_or_edit(commune: Commune) -> None:
    """Mai has PL3 alone: she types every command and presses every button that Lan was ever shown."""
    commune.stand("Mai", "II.1")
    commune.say("Mai", "Mai viết trước.", "m-1")
    buttons = fill_in(commune)
    hand(commune, "PL3", "Mai")
    replies = [commune.say("Mai", command) for command in COMMANDS]
    replies += [commune.edit("Mai", "m-1", "Mai sửa lại.")]
    for button in dict.fromkeys(buttons):
        replies.append(commune.press_id("Mai", button))
    assert len(replies) > 100
    for reply in (*replies, *commune.told("Mai")):
        shown = " ".join([reply.text, reply.refused, *(choice.label for choice in reply.choices)])
        assert SECRET not in shown
        assert reply.progress is None or reply.progress[1] == 6
    assert commune.written()[-1] == f"{SECRET}, bản hai"
    with commune.reading() as connection:
        mine = [json.loads(row[0]) for row in connection.execute(select(job.c.payload))]
        assert commune.people["Mai"].id not in [each.get("person") for each in mine]
        (found,) = attachments.of_report(connection, commune.report)
        assert evidence.may_have(connection, commune.people["Mai"].id, found.file, commune.at) is False
        assert evidence.may_have(connection, lan(commune), found.file, commune.at) is True


def test_who_is_handed_a_part_while_asking_for_leave_to_correct_asks_for_nothing(commune: Commune) -> None:
    do(commune, "Lan", SendReport(commune.report))
    assert commune.say("Mai", "/xinsua").refused == ""
    hand(commune, "PL3", "Mai")
    commune.say("Mai", "Nhập nhầm số đảng viên.")
    assert commune.say("Mai", "/xinsua nhầm").refused
    with commune.reading() as connection:
        assert connection.execute(select(correction.c.id)).all() == []


def test_an_old_message_about_another_part_answers_nothing_any_more(commune: Commune) -> None:
    do(commune, "Mai", *saves(commune, TOTAL, MONEY))
    hand(commune, "PL3", "Mai")
    with commune.reading() as connection:
        assert view(connection, commune, "Mai").answered_by("1") == (TOTAL,)


def test_that_another_part_was_returned_is_known_but_not_why(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    do(commune, "Lan", SendReport(commune.report))
    with commune.province.database.write() as connection:
        workflow.return_report(connection, commune.report, "II.1", "Sai số hội nghị", None, commune.at)
        (told,) = view(connection, commune, "Mai").returns()
        assert (told.prefix, told.comment) == ("II.1", "")
        workflow.return_report(connection, commune.report, "PL3.mttq", "Thiếu nữ", None, commune.at)
        assert [each.comment for each in view(connection, commune, "Mai").returns()] == ["", "Thiếu nữ"]


def test_every_card_counts_the_own_part(commune: Commune) -> None:
    hand(commune, "PL3.mttq", "Mai")
    with commune.reading() as connection:
        world = StoredWorld(connection, commune.people["Mai"], "telegram", commune.at, ZONE, TurnCache(), lock=False)
        assert [card.total for card in world.cards()] == [1]


def test_the_team_is_told_to_those_who_work_on_the_report_only(commune: Commune) -> None:
    hand(commune, "PL3", "Mai", comment="giúp nhé")
    with commune.reading() as connection:
        world = StoredWorld(connection, commune.people["Lan"], "telegram", commune.at, ZONE, TurnCache(), lock=False)
        found = world.team(commune.report)
        assert found.may_assign
        assert [each.name for each in found.colleagues] == ["Người của X1", "Lan", "Mai", "Hùng"]
        assert [each.name for each in found.colleagues if each.leads] == ["Lan"]
        assert [(each.name, each.prefix, each.comment) for each in found.assigned] == [("Mai", "PL3", "giúp nhé")]
        stranger = StoredWorld(
            connection, commune.province.people["X2"], "telegram", NOW, ZONE, TurnCache(), lock=False
        )
        assert stranger.team(commune.report).colleagues == ()


def test_without_parts_a_turn_asks_the_database_nothing_more(sqlite: Database) -> None:
    """Looking at a report and writing into it costs no statement about sharing unless the person holds a part."""
    commune = Commune(build(sqlite))

    def asked(name: str) -> list[str]:
        said: list[str] = []
        incoming = Incoming(f"traced-{name}", Account("telegram", f"chat-{name}"), TextReceived("12 5 0 1", "1"))
        with sqlite.write() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.set_trace_callback(said.append)
            commune.turn.handle(connection, incoming)
            driver.set_trace_callback(None)
        assert any("INSERT INTO answer_history" in each for each in said)
        return [each for each in said if "assignment" in each and "has_parts" not in each]

    hand(commune, "PL3", "Mai")
    for name in ("Mai", "Hùng"):
        commune.stand(name, "PL3.2")
    assert asked("Hùng") == []
    assert len(asked("Mai")) == 1


# --- what is told and recorded -------------------------------------------------------------------------------------


def test_the_colleague_is_told_and_comes_to_the_part_by_a_button(commune: Commune) -> None:
    assert hand(commune, "PL3", "Mai", comment="Trước thứ Sáu nhé") == 1
    (told,) = commune.told("Mai")
    assert told.text.startswith("Đồng chí Lan giao cho đồng chí Phụ lục 3 trong báo cáo “")
    assert told.text.endswith("Trong báo cáo này đồng chí thấy và ghi những phần được giao.")
    assert "Lời nhắn: “Trước thứ Sáu nhé”" in told.text
    assert [each.label for each in told.choices] == ["Mở phần được giao"]
    reply = commune.press_id("Mai", told.choices[0].id)
    assert reply.asks is not None
    assert (reply.asks.field, reply.asks.row, reply.progress) == ("PL3", "mttq", (0, 6))


def test_taking_back_is_told_and_says_that_the_rest_is_open_again(commune: Commune) -> None:
    hand(commune, "PL3", "Mai")
    hand(commune, "II", "Mai")
    with commune.reading() as connection:
        first, second = (each.id for each in sharing.assigned(connection, commune.report))
    do(commune, "Lan", EndAssignment(commune.report, first))
    do(commune, "Lan", EndAssignment(commune.report, second))
    still, free = [each.text for each in commune.told("Mai")][-2:]
    assert "thu lại Phụ lục 3" in still
    assert "không còn giới hạn" not in still
    assert "thu lại mục II" in free
    assert "không còn giới hạn" in free
    assert parts(commune, "Mai") is None


def test_every_lead_is_told_that_a_part_is_done(commune: Commune) -> None:
    with commune.province.database.write() as connection:
        commune.join(connection, "Nga", people.LEAD)
    hand(commune, "PL3.mttq", "Mai")
    do(commune, "Mai", *saves(commune, TOTAL), TellPartDone(commune.report))
    for name in ("Lan", "Nga"):
        (told,) = commune.told(name)
        assert "Đồng chí Mai báo đã xong Phụ lục 3 – MTTQ (0/1 câu)" in told.text
    with commune.reading() as connection:
        assert [each.done_at for each in sharing.assigned(connection, commune.report)] == [commune.at]


def test_each_decision_is_on_record(commune: Commune) -> None:
    hand(commune, "PL3", "Mai", comment="giúp nhé")
    do(commune, "Mai", TellPartDone(commune.report))
    with commune.reading() as connection:
        number = sharing.assigned(connection, commune.report)[0].id
    do(commune, "Lan", EndAssignment(commune.report, number))
    with commune.reading() as connection:
        deeds = [each for each in audit.read(connection, unit=commune.unit) if each.verb.startswith("part.")]
    assert [(each.verb, each.name, each.channel) for each in deeds] == [
        ("part.assign", "Lan", "telegram"),
        ("part.finish", "Mai", "telegram"),
        ("part.withdraw", "Lan", "telegram"),
    ]
    assert deeds[0].detail == {
        "assignment": number,
        "prefix": "PL3",
        "person": commune.people["Mai"].id,
        "sees_all": False,
        "comment": "giúp nhé",
    }
    assert {each.submission for each in deeds} == {commune.report}
