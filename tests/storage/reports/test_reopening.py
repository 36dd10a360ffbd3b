"""Opening for correction, undoing it exactly, its end; the unit's wish for it; more time. On both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from dialogs.forms.answers import Address, State
from dialogs.values.decisions import (
    AcceptReport,
    AskCorrection,
    ExtendDeadline,
    RefuseCorrection,
    ReopenReport,
    ReturnReport,
    UndoReopening,
)
from dialogs.values.effects import Piece, SaveAnswer, SendReport
from dialogs.values.report_data import Rolled
from storage.campaigns import answers, campaigns
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_data
from storage.effects import apply
from storage.people import people
from storage.reports import reopening
from storage.schema import audit
from storage.schema.database import savepoint
from storage.schema.errors import Locked, Refused
from storage.schema.tables import answer_history, campaign_unit, correction
from storage.sums import frozen, rollup
from tests.office.province import MONEY, NOW, TEXT, TOTAL, WOMEN, Province
from tests.office.workflow_office import Office, buttons, told

UNTIL = NOW + timedelta(days=1)
AFTER = UNTIL + timedelta(minutes=1)


@pytest.fixture
def office(province: Province) -> Office:
    return Office(province)


def _reopened(office: Office, code: str = "X1", until: datetime = UNTIL) -> ReopenReport:
    return ReopenReport(office.province.reports[code], "Nhầm phụ lục 3", until, "24:00 ngày 2/4/2019")


@contextmanager
def _refused(connection: Connection, words: str = ".") -> Iterator[None]:
    with pytest.raises(Refused, match=words), savepoint(connection):
        yield


def test_a_report_is_opened_until_a_moment_and_its_unit_told(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.send(connection, "X1")
        office.do(connection, "mai", AcceptReport(report, 1))
        rows = office.do(connection, "mai", _reopened(office))
        news = told(rows)["X1"]
        assert "đồng chí Mai mở lại báo cáo" in news and "“Nhầm phụ lục 3”" in news and "24:00 ngày 2/4/2019" in news
        assert buttons(rows, "X1") == {"Sửa báo cáo": f"{report}.0.0:open:{report}"}
        province.save(connection, "X1", TOTAL, 14)
        office.do(connection, "X1", SendReport(report))
        row = office.row(connection, "X1")
        deed = audit.read(connection, unit=province.units["X1"])[-2]
    assert (row["status"], row["reopened_until"], row["reopened_from"]) == ("sent", None, None)
    assert (deed.verb, deed.name) == ("submission.reopen", "Mai")
    assert deed.detail == {"reason": "Nhầm phụ lục 3", "until": UNTIL.isoformat()}


@pytest.mark.parametrize("who", ["X1", "X2", "la", "H1"])
def test_who_may_not_open_a_report_may_not_undo_or_refuse_either(office: Office, who: str) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.send(connection, "X1")
        for decision in (_reopened(office), UndoReopening(report), RefuseCorrection(report, "không")):
            with _refused(connection, "không có quyền"):
                office.do(connection, who, decision)
        with _refused(connection, "không có quyền"):
            office.do(connection, who, ExtendDeadline((report,), UNTIL, "x"))
        assert office.row(connection, "X1")["status"] == "sent"


def test_a_reason_and_a_moment_to_come_are_needed(office: Office) -> None:
    report = office.province.reports["X1"]
    with office.province.database.write() as connection:
        office.province.send(connection, "X1")
        for decision in (ReopenReport(report, "  ", UNTIL, "x"), ReopenReport(report, "nhầm", NOW, "x")):
            with _refused(connection):
                office.do(connection, "mai", decision)
        with _refused(connection):
            office.do(connection, "mai", _reopened(office, "X2"))


def test_undoing_gives_back_what_was_sent_and_keeps_what_was_typed(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", TEXT, "Đã họp.", pieces=(Piece("7", "Đã họp."),))
        province.send(connection, "X1")
        office.do(connection, "mai", AcceptReport(report, 1))
        before = office.answers(connection, "X1")
        office.do(connection, "mai", _reopened(office))
        province.save(connection, "X1", TOTAL, 99)
        province.save(connection, "X1", TEXT, None, State.EMPTY)
        province.save(connection, "X1", MONEY, Decimal("1.5"))
        rows = office.do(connection, "nam", UndoReopening(report), at=NOW + timedelta(hours=1))
        after = office.answers(connection, "X1")
        assert dict(province.view(connection, "X1").answers) == after, "what is remembered is what is stored"
        row = office.row(connection, "X1")
        with pytest.raises(Locked), savepoint(connection):
            province.save(connection, "X1", TOTAL, 1)
        kept = connection.execute(select(answer_history.c.value).where(answer_history.c.submission == report))
        typed = {value for (value,) in kept}
        assert answers.pieces(connection, report, TEXT) == ()
    assert _content(after) == _content(before)
    assert {address: (each.by, each.at) for address, each in after.items()} == {
        address: (each.by, each.at) for address, each in before.items()
    }
    assert (row["status"], row["reopened_until"], row["reopened_from"]) == ("accepted", None, None)
    assert {"12", "99", "1.5", "Đã họp."} <= typed
    assert "3 ô đồng chí đã sửa" in told(rows)["X1"] and "vẫn còn trong lịch sử" in told(rows)["X1"]


def _content(found: dict[Address, answers.Answer]) -> dict[Address, tuple[object, ...]]:
    return {a: (e.state, e.value, e.closed, e.reason, e.basis) for a, e in found.items()}


def test_undoing_is_possible_once_and_only_while_open(office: Office) -> None:
    report = office.province.reports["X1"]
    with office.province.database.write() as connection:
        office.province.send(connection, "X1")
        with _refused(connection):
            office.do(connection, "mai", UndoReopening(report))
        office.do(connection, "mai", _reopened(office))
        office.do(connection, "mai", UndoReopening(report))
        with _refused(connection):
            office.do(connection, "nam", UndoReopening(report))
        office.do(connection, "mai", _reopened(office))
        office.do(connection, "mai", ReturnReport(report, "II.1", "Viết rõ hơn"))
        with _refused(connection):
            office.do(connection, "mai", UndoReopening(report))


def test_sums_above_are_right_after_an_undo(office: Office) -> None:
    province = office.province
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", "H1")
        office.do(connection, "mai", _reopened(office))
        province.save(connection, "X1", TOTAL, 99)
        assert rollup.sums(connection, province.cache, province.campaign, province.units["T"])[TOTAL].value is None
        office.do(connection, "tam", _reopened(office, "H1"))
        province.save(connection, "H1", WOMEN, 5, basis="x", reason="thiếu")
        office.do(connection, "tam", UndoReopening(province.reports["H1"]))
        office.do(connection, "mai", UndoReopening(province.reports["X1"]))
        for cache in (province.cache, TurnCache()):
            sums = rollup.sums(connection, cache, province.campaign, province.units["T"])
            assert sums[TOTAL] == Rolled(12, 1, 5)
            assert unit_data.read(connection, cache, province.reports["H1"], NOW).rolled[TOTAL] == Rolled(12, 1, 3)
        kept = frozen.of(connection, [province.reports["H1"]])[province.reports["H1"]]
        assert kept[TOTAL].rolled == Rolled(12, 1, 3) and WOMEN in kept


ADDRESSES = (TOTAL, WOMEN, MONEY, TEXT)
STATES = st.sampled_from([(State.VALUE, 1), (State.VALUE, 2), (State.ZERO, 0), (State.NONE, None), (State.EMPTY, None)])
EDITS = st.lists(
    st.tuples(st.sampled_from(ADDRESSES), STATES, st.booleans(), st.sampled_from(["", "lý do"])), max_size=8
)


def _write(
    office: Office, connection: Connection, edits: list[tuple[Address, tuple[State, object], bool, str]]
) -> None:
    report = office.province.reports["X1"]
    for address, (state, value), closed, reason in edits:
        given_value = str(value) if address == TEXT and value else value
        save = SaveAnswer(report, address, state, given_value, closed, reason)  # type: ignore[arg-type]
        office.do(connection, "X1", save)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=EDITS, since=EDITS, again=EDITS)
def test_after_any_edits_undo_gives_exactly_what_was_sent(
    office: Office,
    before: list[tuple[Address, tuple[State, object], bool, str]],
    since: list[tuple[Address, tuple[State, object], bool, str]],
    again: list[tuple[Address, tuple[State, object], bool, str]],
) -> None:
    report = office.province.reports["X1"]
    with office.province.database.write() as connection:
        whole = connection.begin_nested()
        _write(office, connection, before)
        office.do(connection, "X1", SendReport(report))
        sent = _content(office.answers(connection, "X1"))
        for edits in (since, again):
            office.do(connection, "mai", _reopened(office))
            _write(office, connection, edits)
            office.do(connection, "mai", UndoReopening(report))
            assert _content(office.answers(connection, "X1")) == sent
            assert _content(dict(office.province.view(connection, "X1").answers)) == sent
            assert office.row(connection, "X1")["status"] == "sent"
            versions = answers.load(connection, report)
            newest = select(func.max(answer_history.c.version)).where(answer_history.c.submission == report)
            for address, stored in versions.items():
                here = newest.where(answer_history.c.field == address.field, answer_history.c.row == address.row)
                highest = connection.execute(here.where(answer_history.c.column == address.column)).scalar()
                assert highest == stored.version
        whole.rollback()
        office.province.cache.forget()


def test_when_the_time_is_over_an_unchanged_report_goes_back(office: Office) -> None:
    province = office.province
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        office.do(connection, "mai", AcceptReport(province.reports["X1"], 1))
        office.do(connection, "mai", _reopened(office))
        province.save(connection, "X1", TOTAL, 13)
        province.save(connection, "X1", TOTAL, 12)
        assert reopening.expire(connection, province.cache, UNTIL - timedelta(seconds=1)) == ()
        rows = reopening.expire(connection, province.cache, AFTER)
        assert set(told(rows)) == {"X1"} and "giữ nguyên như đã gửi" in told(rows)["X1"]
        assert reopening.expire(connection, province.cache, AFTER) == ()
        row = office.row(connection, "X1")
        deed = audit.read(connection, unit=province.units["X1"])[-1]
    assert (row["status"], row["reopened_until"]) == ("accepted", None)
    assert (deed.verb, deed.person) == ("submission.close", None)


def test_when_the_time_is_over_a_changed_report_stays_closed_and_both_sides_hear_once(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        office.do(connection, "mai", _reopened(office))
        province.save(connection, "X1", TOTAL, 13)
        rows = reopening.expire(connection, province.cache, AFTER)
        assert set(told(rows)) == {"X1", "mai", "nam"} and "1 ô đã sửa nhưng chưa gửi lại" in told(rows)["X1"]
        assert buttons(rows, "mai") == {
            "Mở thêm thời gian": f"{report}.0.0:reopen:#{report}",
            "Hủy mở lại": f"{report}.0.0:undo_reopening:{report}",
        }
        assert reopening.expire(connection, province.cache, AFTER) == ()
        assert office.answers(connection, "X1")[TOTAL].value == 13
        with _refused(connection, "hết thời gian"):
            office.do(connection, "X1", SendReport(report), at=AFTER)
        office.do(connection, "mai", _reopened(office, until=AFTER + timedelta(days=1)), at=AFTER)
        office.do(connection, "X1", SendReport(report), at=AFTER)
        assert reopening.expire(connection, province.cache, AFTER + timedelta(days=9)) == ()


def test_several_clocks_end_a_reopening_once(office: Office) -> None:
    province = office.province
    stored: list[int] = []
    with province.database.write() as connection:
        province.send(connection, "X1", "X2")
        for code in ("X1", "X2"):
            office.do(connection, "mai", _reopened(office, code))
        province.save(connection, "X2", TOTAL, 13)

    def tick() -> None:
        with province.database.write() as connection:
            stored.append(len(reopening.expire(connection, TurnCache(), AFTER)))

    threads = [threading.Thread(target=tick) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with province.database.write() as connection:
        stored.append(len(reopening.expire(connection, TurnCache(), AFTER)))
    assert len(stored) == 5 and sum(stored) == 1 + 3


def test_a_wish_is_kept_once_and_told_to_those_right_above(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        with _refused(connection):
            office.do(connection, "X1", AskCorrection(report, "Chưa gửi mà"))
        province.send(connection, "X1")
        rows = office.do(connection, "X1", AskCorrection(report, "Nhầm PL3"))
        assert set(told(rows)) == {"mai", "nam"} and "“Nhầm PL3”" in told(rows)["mai"]
        assert buttons(rows, "mai") == {
            "Cho sửa": f"{report}.0.0:grant:{report}",
            "Không cho sửa": f"{report}.0.0:deny:{report}",
        }
        office.do(connection, "X1", AskCorrection(report, "Nhầm PL3 và PL4"), at=NOW + timedelta(hours=1))
        kept = connection.execute(select(correction.c.reason, correction.c.granted)).all()
        assert kept == [("Nhầm PL3 và PL4", None)]
        with _refused(connection, "không có quyền"):
            office.do(connection, "X2", AskCorrection(report, "Của người khác"))


def test_a_wish_of_somebody_who_alone_coordinates_goes_one_level_up(office: Office) -> None:
    """The coordinator of District Two writes X4's report too: the province hears of it, not she herself."""
    province = office.province
    report = province.reports["X4"]
    with province.database.write() as connection:
        people.grant(connection, province.people["la"].id, province.units["X4"], people.OFFICIAL, NOW)
        province.send(connection, "X4")
        assert set(told(office.do(connection, "la", AskCorrection(report, "Nhầm PL3")))) == {"tam"}
        assert set(told(office.do(connection, "X4", AskCorrection(report, "Nhầm PL3")))) == {"la"}


def test_a_wish_is_refused_once_with_a_comment_or_granted(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.send(connection, "X1")
        office.do(connection, "X1", AskCorrection(report, "Nhầm PL3"))
        rows = office.do(connection, "mai", RefuseCorrection(report, "Đã tổng hợp xong"))
        assert "“Đã tổng hợp xong”" in told(rows)["X1"]
        with _refused(connection, "Không còn đề nghị"):
            office.do(connection, "nam", RefuseCorrection(report, "Tôi cũng thế"))
        wish = office.world(connection, "X1").course(report).correction
        assert wish is not None and (wish.granted, wish.comment, wish.settled_by) == (False, "Đã tổng hợp xong", "Mai")
        office.do(connection, "X1", AskCorrection(report, "Vẫn nhầm"))
        office.do(connection, "nam", _reopened(office))
        wish = office.world(connection, "X1").course(report).correction
        assert wish is not None and (wish.granted, wish.settled_by) == (True, "Nam")
        office.do(connection, "X1", SendReport(report))
        assert office.world(connection, "X1").course(report).correction is None


def test_more_time_moves_deadlines_forward_only_and_tells_each_person_once(office: Office) -> None:
    province = office.province
    both = (province.reports["X1"], province.reports["X2"])
    due = datetime(2019, 5, 15, 17, 0, tzinfo=UTC)
    with province.database.write() as connection:
        before = NOW + timedelta(days=9)
        campaigns.set_due(connection, both[0], before)
        rows = office.do(connection, "mai", ExtendDeadline(both, due, "chậm nhất 24:00 ngày 15/5/2019 (thứ Tư)"))
        assert set(told(rows)) == {"X1", "X2"} and "ngày 15/5/2019" in told(rows)["X1"]
        assert office.do(connection, "nam", ExtendDeadline(both, due, "x")) == ()
        assert office.do(connection, "nam", ExtendDeadline(both, due - timedelta(days=1), "x")) == ()
        with _refused(connection):
            office.do(connection, "mai", ExtendDeadline(both, NOW, "x"))
        with _refused(connection, "không có quyền"):
            office.do(connection, "mai", ExtendDeadline((both[0], province.reports["X4"]), due + timedelta(1), "x"))
        dues = select(campaign_unit.c.due).where(campaign_unit.c.id.in_(both))
        assert {row[0] for row in connection.execute(dues)} == {due}
        (deed,) = audit.read(connection, unit=province.units["X1"])
    assert deed.verb == "submission.extend"
    assert deed.detail == {"before": before.isoformat(), "due": due.isoformat(), "reason": ""}


def test_two_coordinators_at_once_open_a_report_once(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    outcomes: list[str] = []
    with province.database.write() as connection:
        province.send(connection, "X1")
        office.do(connection, "X1", AskCorrection(report, "Nhầm PL3"))

    def refuse(who: str) -> None:
        try:
            with province.database.write() as connection:
                apply(connection, [RefuseCorrection(report, f"{who} thấy không cần")], office.context(who), TurnCache())
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")

    threads = [threading.Thread(target=refuse, args=(who,)) for who in ("mai", "nam")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["done", "refused"]
    with province.database.read() as connection:
        assert len([d for d in audit.read(connection) if d.verb == "submission.refuse_correction"]) == 1
