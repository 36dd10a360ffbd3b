"""Answers as they come: versions, history, pieces, locks, receipts, and what is left when a turn fails."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Address, State, Value
from dialogs.turn.session import Session
from dialogs.values.effects import Choice, OpenReport, Piece, RenderReport, Reply, SaveAnswer, SendReport
from dialogs.values.status import Status
from storage.campaigns import answers
from storage.campaigns.turn_cache import TurnCache
from storage.messages import inbox, jobs, sessions
from storage.reports import workflow
from storage.schema import audit
from storage.schema.database import savepoint
from storage.schema.errors import Locked, Refused
from storage.schema.tables import answer, answer_history, submission
from tests.office.province import MONEY, NOW, TEXT, TOTAL, WOMEN, Province
from tests.office.stored import unsent

VALUES: list[tuple[State, Value, str]] = [
    (State.VALUE, 12, ""),
    (State.VALUE, 10**9, ""),
    (State.VALUE, Decimal("0.001"), ""),
    (State.VALUE, Decimal("-12.5"), ""),
    (State.VALUE, Decimal("100"), ""),
    (State.VALUE, date(2019, 4, 10), ""),
    (State.VALUE, "Đảng ủy xã\n\n  đã họp “ba” lần; 50%", ""),
    (State.VALUE, "12", ""),
    (State.VALUE, "", ""),
    (State.VALUE, ("Nghị quyết số 12-NQ/HU", "Kế hoạch, số 5"), ""),
    (State.VALUE, (), ""),
    (State.ZERO, 0, ""),
    (State.ZERO, None, ""),
    (State.NONE, None, ""),
    (State.NONE, None, NOT_APPLICABLE),
]


@pytest.mark.parametrize(("state", "value", "reason"), VALUES)
def test_what_is_stored_is_what_comes_back(province: Province, state: State, value: Value, reason: str) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, value, state, reason=reason)
    with province.database.read() as connection:
        found = answers.load(connection, province.reports["X1"])[TEXT]
    assert (found.state, found.value, found.reason) == (state, value, reason)
    assert type(found.value) is type(value)
    assert (found.by, found.at, found.channel, found.version) == ("Người của X1", NOW, "telegram", 1)


def test_what_memory_keeps_is_what_is_stored(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", MONEY, Decimal("12.50"))
        province.save(connection, "X1", TEXT, ("a", "b"))
        kept = dict(province.view(connection, "X1").answers)
        fresh = dict(province.view(connection, "X1", TurnCache()).answers)
    assert kept == fresh
    assert {str(each.value) for each in kept.values()} == {"12.5", "('a', 'b')"}


@pytest.mark.parametrize("value", [9_000_000_000_001, Decimal("0.0000001"), Decimal("1e13")])
def test_a_figure_that_cannot_be_kept_exactly_is_refused(province: Province, value: Value) -> None:
    with pytest.raises(Refused), province.database.write() as connection:
        province.save(connection, "X1", TOTAL, value)


def test_every_writing_has_a_version_and_a_row_of_history(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12, message="481")
        province.save(connection, "X1", TOTAL, 13, message="482")
        province.save(connection, "X1", TOTAL, None, State.EMPTY, message="483")
        province.save(connection, "X1", TOTAL, 14, message="484")
    with province.database.read() as connection:
        columns = [answer_history.c[name] for name in ("version", "state", "value", "message", "channel")]
        history = [tuple(row) for row in connection.execute(select(*columns).order_by(answer_history.c.id))]
        assert province.view(connection, "X1").answers[TOTAL].version == 4
    assert history == [
        (1, "value", "12", "481", "telegram"),
        (2, "value", "13", "482", "telegram"),
        (3, "empty", None, "483", "telegram"),
        (4, "value", "14", "484", "telegram"),
    ]


@pytest.mark.parametrize("deed", [update(answer_history).values(value="99"), delete(answer_history)])
def test_the_database_itself_refuses_to_change_history(province: Province, deed: object) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
    with pytest.raises(DBAPIError, match="only added"), province.database.write() as connection:
        connection.execute(deed)  # type: ignore[call-overload]


def test_an_emptied_answer_is_gone_from_sight_and_not_from_history(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", TOTAL, None, State.EMPTY)
        assert TOTAL not in province.view(connection, "X1").answers
        assert TOTAL not in province.view(connection, "X1", TurnCache()).answers
        assert connection.execute(select(answer_history.c.version)).all() == [(1,), (2,)]


def test_the_cells_of_a_row_are_stored_together(province: Province) -> None:
    with province.database.write() as connection:
        report = province.reports["X1"]
        saves = [SaveAnswer(report, TOTAL, State.VALUE, 12), SaveAnswer(report, WOMEN, State.ZERO, 0)]
        province.do(connection, "X1", *saves, message="7")
        view = province.view(connection, "X1")
        assert (view.answers[TOTAL].value, view.answers[WOMEN].state) == (12, State.ZERO)
        assert view.answered_by("7") == (TOTAL, WOMEN)
        assert view.answered_by("8") == ()


def test_a_message_of_somebody_else_answers_nothing_of_mine(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12, message="7")
        assert province.view(connection, "X2").answered_by("7") == ()


def test_pieces_of_a_narrative_keep_their_order_through_growth_and_edits(province: Province) -> None:
    first, second, third = Piece("1", "Một."), Piece("2", "Hai."), Piece("3", "Ba.")
    stages = [
        (first,),
        (first, second),
        (first, second, third),
        (first, Piece("2", "Hai, sửa."), third),
        (third,),
        (),
        (second,),
    ]
    for pieces in stages:
        with province.database.write() as connection:
            text = "\n".join(piece.text for piece in pieces)
            province.save(connection, "X1", TEXT, text, pieces=pieces)
            assert province.view(connection, "X1").pieces(TEXT) == pieces
        with province.database.read() as connection:
            assert province.view(connection, "X1", TurnCache()).pieces(TEXT) == pieces


def test_pieces_are_found_again_by_a_process_that_has_not_seen_them(province: Province) -> None:
    first, second = Piece("1", "Một."), Piece("2", "Hai.")
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Một.", pieces=(first,))
    province.cache = TurnCache()
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Một.\nHai.", pieces=(first, second))
    with province.database.read() as connection:
        assert province.view(connection, "X1", TurnCache()).pieces(TEXT) == (first, second)


def test_an_answer_without_pieces_removes_those_before(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Một.", pieces=(Piece("1", "Một."),))
        province.cache = TurnCache()
        province.save(connection, "X1", TEXT, None, State.ZERO)
        assert province.view(connection, "X1", TurnCache()).pieces(TEXT) == ()


def test_a_turn_that_fails_leaves_nothing_and_memory_notices(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        with pytest.raises(RuntimeError), savepoint(connection):
            province.save(connection, "X1", TOTAL, 99)
            province.save(connection, "X1", WOMEN, 98)
            raise RuntimeError("our fault")
        assert dict(province.view(connection, "X1").answers) == dict(
            province.view(connection, "X1", TurnCache()).answers
        )
        province.save(connection, "X1", TOTAL, 13)
    with province.database.read() as connection:
        stored = answers.load(connection, province.reports["X1"])
    assert {address: (each.value, each.version) for address, each in stored.items()} == {TOTAL: (13, 2)}


def test_a_failed_turn_followed_by_others_writes_is_noticed_too(province: Province) -> None:
    other = TurnCache()
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
    with pytest.raises(RuntimeError), province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 99)
        raise RuntimeError("our fault")
    with province.database.write() as connection:
        mine, province.cache = province.cache, other
        province.save(connection, "X1", WOMEN, 5)
        province.cache = mine
    with province.database.write() as connection:
        view = province.view(connection, "X1")
        assert {address: each.value for address, each in view.answers.items()} == {TOTAL: 12, WOMEN: 5}


def test_another_process_changes_an_answer_between_two_turns(province: Province) -> None:
    other = TurnCache()
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        assert province.view(connection, "X1", other).answers[TOTAL].value == 12
        province.save(connection, "X1", TOTAL, 13)
    with province.database.write() as connection:
        assert province.view(connection, "X1", other).answers[TOTAL].value == 13
        province.cache = other
        province.save(connection, "X1", TOTAL, 14)
        assert province.view(connection, "X1").answers[TOTAL].version == 3


def test_the_first_answer_or_question_opens_the_report(province: Province) -> None:
    with province.database.write() as connection:
        assert province.view(connection, "X1").status is Status.NOT_OPENED
        province.do(connection, "X1", OpenReport(province.reports["X1"]))
        province.save(connection, "X2", TOTAL, 1)
        assert province.view(connection, "X1").status is Status.IN_PROGRESS
        assert province.view(connection, "X2").status is Status.IN_PROGRESS
        province.send(connection, "X1")
        province.do(connection, "X1", OpenReport(province.reports["X1"]))
        assert province.view(connection, "X1").status is Status.SENT


def test_nothing_is_written_into_a_sent_report(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
    for cache in (province.cache, TurnCache()):
        province.cache = cache
        with pytest.raises(Locked), province.database.write() as connection:
            province.save(connection, "X1", TOTAL, 13)
    with province.database.read() as connection:
        assert answers.load(connection, province.reports["X1"])[TOTAL].value == 12


def test_no_answer_goes_to_a_report_that_does_not_exist(province: Province) -> None:
    with pytest.raises(Refused), province.database.write() as connection:
        province.do(connection, "X1", SaveAnswer(9999, TOTAL, State.VALUE, 1))


def test_sending_twice_sends_once(province: Province) -> None:
    later = NOW.replace(hour=9)
    with province.database.write() as connection:
        promised = province.view(connection, "X1").next_receipt()
        province.do(connection, "X1", SendReport(province.reports["X1"], promised))
        province.send(connection, "X1", at=later)
        view = province.view(connection, "X1")
        assert (view.receipt, promised) == ("KL62-0001", "KL62-0001")
        assert (view.first_sent_at, view.sent_at) == (NOW, NOW)
        assert view.next_receipt() == "KL62-0002"


def test_a_number_promised_to_the_person_is_given_or_nothing_is_sent(province: Province) -> None:
    with pytest.raises(Refused), province.database.write() as connection:
        province.do(connection, "X1", SendReport(province.reports["X1"], "KL62-0007"))
    with province.database.read() as connection:
        assert province.view(connection, "X1").status is Status.NOT_OPENED


def test_rendering_is_left_to_a_job_with_the_revision_that_was_sent(province: Province) -> None:
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", TOTAL, 13)
        province.do(connection, "X1", SendReport(report), RenderReport(report))
        job = jobs.claim(connection, "p1", timedelta(minutes=5), NOW)
        sent = connection.execute(select(submission.c.sent_revision).where(submission.c.id == report)).scalar()
    assert job is not None
    assert (job.kind, job.payload["submission"], job.payload["revision"], sent) == ("render", report, 2, 2)
    assert job.payload["external"] == "chat-X1"


def test_a_whole_turn_is_stored_or_nothing_of_it(province: Province) -> None:
    def turn(fail: bool) -> int | None:
        with province.database.write() as connection:
            context = province.context("X1")
            taken = inbox.take(connection, "telegram", "update-7", context.account, "TextReceived", "{}", NOW, "12")
            if taken is None:
                return None
            session = sessions.load(connection, context.person.id)
            sessions.save(connection, context.person.id, Session("asking", 1, session.question + 1), NOW)
            report = province.reports["X1"]
            reply = Reply("Đã ghi 12.", (Choice("1.2:next", "Tiếp", "a"),))
            province.do(connection, "X1", SaveAnswer(report, TOTAL, State.VALUE, 12), reply)
            if fail:
                raise RuntimeError("the plug was pulled")
            return taken

    with pytest.raises(RuntimeError):
        turn(fail=True)
    with province.database.read() as connection:
        assert unsent(connection, "telegram") == ()
        assert sessions.peek(connection, province.people["X1"].id) == Session()
        assert answers.load(connection, province.reports["X1"]) == {}
    assert turn(fail=False) is not None
    assert turn(fail=False) is None
    with province.database.read() as connection:
        assert sessions.peek(connection, province.people["X1"].id).question == 1
        assert [row.payload["text"] for row in unsent(connection, "telegram")] == ["Đã ghi 12."]
        assert connection.execute(select(answer.c.version)).all() == [(1,)]


def test_an_event_that_failed_is_kept_with_its_error(province: Province) -> None:
    with province.database.write() as connection:
        key = inbox.take(connection, "telegram", "13", None, "TextReceived", '{"text": "x"}', NOW)
        assert key is not None
        inbox.failed(connection, key, "KeyError at engine.py:7")
    with province.database.read() as connection:
        (failure,) = inbox.failures(connection)
        assert (failure.raw, failure.error) == ('{"text": "x"}', "KeyError at engine.py:7")


def test_one_id_on_two_channels_is_two_events(province: Province) -> None:
    with province.database.write() as connection:
        taken = [
            inbox.take(connection, channel, "13", None, "TextReceived", "", NOW)
            for channel in ("telegram", "web", "web")
        ]
    assert [key is not None for key in taken] == [True, True, False]


def test_returning_names_what_is_to_be_done_and_sending_again_settles_it(province: Province) -> None:
    report, coordinator = province.reports["X1"], province.people["H1"]
    with province.database.write() as connection:
        province.send(connection, "X1")
        workflow.return_report(connection, report, "II.1", "Còn thiếu số liệu 2018.", coordinator.id, NOW)
        view = province.view(connection, "X1")
        assert view.status is Status.RETURNED
        (returned,) = view.returns()
        assert (returned.prefix, returned.comment, returned.by) == ("II.1", "Còn thiếu số liệu 2018.", coordinator.name)
        province.save(connection, "X1", TEXT, "Năm 2018: 12 buổi.")
        province.send(connection, "X1", at=NOW.replace(hour=5))
        view = province.view(connection, "X1")
        assert (view.status, view.returns(), view.receipt) == (Status.SENT, (), "KL62-0002")
        assert (view.first_sent_at, view.sent_at) == (NOW, NOW.replace(hour=5))


def test_accepting_and_reopening(province: Province) -> None:
    report, coordinator = province.reports["X1"], province.people["H1"]
    with province.database.write() as connection:
        with pytest.raises(Refused):
            workflow.accept(connection, report, coordinator.id, NOW)
        province.send(connection, "X1")
        workflow.accept(connection, report, coordinator.id, NOW)
        workflow.accept(connection, report, coordinator.id, NOW)
        assert province.view(connection, "X1").status is Status.ACCEPTED
        with pytest.raises(Locked):
            province.save(connection, "X1", TOTAL, 1)
        workflow.reopen(connection, report, "Nhầm số liệu phụ lục 3", None, coordinator.id, NOW)
        province.save(connection, "X1", TOTAL, 1)
        assert province.view(connection, "X1").status is Status.RETURNED


def test_what_was_decided_is_on_record(province: Province) -> None:
    report, coordinator = province.reports["X1"], province.people["H1"]
    with province.database.write() as connection:
        province.send(connection, "X1")
        workflow.return_report(connection, report, "", "Xem lại", coordinator.id, NOW, "web")
        deeds = audit.read(connection, unit=province.units["X1"])
        assert audit.read(connection, unit=province.units["X2"]) == ()
    assert [(deed.verb, deed.name, deed.channel) for deed in deeds] == [
        ("submission.send", "Người của X1", "telegram"),
        ("submission.return", "Người của H1", "web"),
    ]
    assert deeds[1].detail == {"prefix": "", "comment": "Xem lại"}


def test_document_data_is_stored_like_any_answer(province: Province) -> None:
    number = Address(DOCUMENT_DATA, "", "so")
    with province.database.write() as connection:
        province.save(connection, "X1", number, "05")
        assert province.view(connection, "X1").answers[number].value == "05"
