"""Sendings, what they changed, who hears of it, and the leader's confirmation."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from dialogs.forms.answers import NOT_APPLICABLE, State
from dialogs.values.decisions import AskConfirmation, DeclineConfirmation, ReturnReport
from dialogs.values.effects import SendReport
from dialogs.values.report_lifecycle import CellChange
from storage.campaigns.turn_cache import TurnCache
from storage.effects import apply
from storage.messages.context import Context
from storage.people import people
from storage.reports import changes, sendings, workflow
from storage.schema import audit
from storage.schema.errors import Refused
from storage.schema.tables import sending
from tests.office.province import MONEY, NOW, TEXT, TOTAL, WOMEN, Province
from tests.office.workflow_office import Office, buttons, told


@pytest.fixture
def office(province: Province) -> Office:
    return Office(province)


def _said(change: CellChange) -> tuple[object, ...]:
    before = (change.before.state, change.before.value) if change.before else None
    after = (change.after.state, change.after.value) if change.after else None
    return (change.address, before, after, change.by)


def test_every_sending_has_a_row(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        assert sendings.last(connection, report) is None
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        workflow.return_report(connection, report, "", "Xem lại", None, NOW)
        province.send(connection, "X1", at=NOW + timedelta(hours=1))
        rows = connection.execute(select(sending).where(sending.c.submission == report).order_by(sending.c.number))
        found = [(row.number, row.at, row.person, row.channel, row.receipt) for row in rows]
        view = province.view(connection, "X1")
    who = province.people["X1"].id
    assert found == [
        (1, NOW, who, "telegram", "KL62-0001"),
        (2, NOW + timedelta(hours=1), who, "telegram", "KL62-0002"),
    ]
    assert view.first_sent_at == NOW


def test_two_taps_in_two_processes_send_once(office: Office) -> None:
    province = office.province
    report, failures = province.reports["X1"], []

    def tap() -> None:
        try:
            with province.database.write() as connection:
                context = Context(province.people["X1"], province.accounts["X1"], "telegram", "chat-X1", None, "1", NOW)
                apply(connection, [SendReport(report)], context, TurnCache())
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    with province.database.read() as connection:
        assert connection.execute(select(sending.c.number).where(sending.c.submission == report)).all() == [(1,)]
        deeds = [each.verb for each in audit.read(connection, unit=province.units["X1"])]
        assert deeds == ["submission.send"]
        assert province.view(connection, "X1").receipt == "KL62-0001"


def test_what_differs_is_told_cell_by_cell_in_printed_order(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", WOMEN, None, State.NONE)
        province.save(connection, "X1", TEXT, "Đã họp.")
        province.send(connection, "X1")
        assert changes.since(connection, TurnCache(), report) == ()
        assert changes.last(connection, TurnCache(), report) == ()
        workflow.return_report(connection, report, "", "Xem lại", None, NOW)
        # The clock stands still throughout: only the order of the writings counts.
        province.save(connection, "X1", MONEY, Decimal("1.5"))
        province.save(connection, "X1", WOMEN, 0, State.ZERO)
        province.save(connection, "X1", TOTAL, 13)
        province.save(connection, "X1", TOTAL, 14)
        province.save(connection, "X1", TEXT, None, State.EMPTY)
        expected = [
            (TEXT, (State.VALUE, "Đã họp."), None, "Người của X1"),
            (TOTAL, (State.VALUE, 12), (State.VALUE, 14), "Người của X1"),
            (WOMEN, (State.NONE, None), (State.ZERO, 0), "Người của X1"),
            (MONEY, None, (State.VALUE, Decimal("1.5")), "Người của X1"),
        ]
        assert [_said(each) for each in changes.since(connection, TurnCache(), report)] == expected
        province.send(connection, "X1")
        assert changes.since(connection, TurnCache(), report) == ()
        assert [_said(each) for each in changes.last(connection, TurnCache(), report)] == expected


def test_what_was_typed_and_taken_back_is_no_change_and_a_reason_is_one(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", WOMEN, None, State.NONE)
        province.send(connection, "X1")
        workflow.return_report(connection, report, "", "Xem lại", None, NOW)
        province.save(connection, "X1", TOTAL, 99)
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", MONEY, 3)
        province.save(connection, "X1", MONEY, None, State.EMPTY)
        province.save(connection, "X1", WOMEN, None, State.NONE, reason=NOT_APPLICABLE)
        (change,) = changes.since(connection, TurnCache(), report)
    assert change.address == WOMEN
    assert (change.before, change.after) != (None, None)
    assert (change.before and change.before.reason, change.after and change.after.reason) == ("", NOT_APPLICABLE)


def test_a_first_sending_disturbs_nobody_and_a_resubmission_tells_those_right_above(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        assert office.do(connection, "X1", SendReport(report)) == ()
        office.do(connection, "mai", ReturnReport(report, "PL3", "Xem lại"))
        province.save(connection, "X1", TOTAL, 14)
        rows = office.do(connection, "X1", SendReport(report))
        assert office.do(connection, "X1", SendReport(report)) == ()
    news = told(rows)
    assert set(news) == {"mai", "nam"}, "the district, and neither the province nor another district"
    assert "đã nộp lại “Tổng kết 10 năm Kết luận 62" in news["mai"] and "lần 2, thay đổi 1 ô:" in news["mai"]
    assert "Phụ lục 3 – MTTQ, Tổng: 12 → 14 (đ/c Người của X1)" in news["mai"]


def test_where_the_district_has_nobody_the_province_hears_of_it(office: Office) -> None:
    province = office.province
    with province.database.write() as connection:
        for handle in ("mai", "nam"):
            people.remove(connection, province.people[handle].id, NOW)
        province.send(connection, "X1")
        office.do(connection, "tam", ReturnReport(province.reports["X1"], "", "Xem lại"))
        news = told(office.do(connection, "X1", SendReport(province.reports["X1"])))
    assert set(news) == {"tam"} and "không có ô nào thay đổi" in news["tam"]


def test_a_long_list_is_shortened_with_its_count_and_a_way_to_all_of_it(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        form = province.view(connection, "X1").form.table("PL3")
        cells = [TOTAL._replace(row=row.key) for row in form.rows[:7]]
        province.send(connection, "X1")
        workflow.return_report(connection, report, "", "Xem lại", None, NOW)
        for number, cell in enumerate(cells):
            province.save(connection, "X1", cell, number + 1)
        sent = office.do(connection, "X1", SendReport(report))
        assert f"thay đổi {len(cells)} ô:" in told(sent)["mai"]
        assert f"… và {len(cells) - 5} ô nữa" in told(sent)["mai"]
        assert buttons(sent, "mai") == {"Xem đủ thay đổi": f"{report}.0.0:show_changes:{report}"}
        world = office.world(connection, "mai")
        assert len(world.resent(report)) == len(cells)
        assert office.world(connection, "la").resent(report) == ()


def test_nobody_sends_for_another_unit(office: Office) -> None:
    province = office.province
    for who in ("X2", "mai", "tam"):
        with pytest.raises(Refused), province.database.write() as connection:
            office.do(connection, who, SendReport(province.reports["X1"]))


def test_where_the_campaign_wants_it_only_a_leader_sends(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        office.confirms(connection)
        office.hire(connection, "lan", "X1", people.LEAD)
        province.save(connection, "X1", TOTAL, 12)
    with pytest.raises(Refused, match="duyệt"), province.database.write() as connection:
        office.do(connection, "X1", SendReport(report))
    with province.database.write() as connection:
        rows = office.do(connection, "X1", AskConfirmation(report))
        assert "Người của X1 trình duyệt" in told(rows)["lan"]
        assert buttons(rows, "lan") == {"Xem và gửi": f"{report}.0.0:lead_review:{report}"}
        province.save(connection, "X1", TOTAL, 13)
        course = office.world(connection, "lan").course(report)
        assert course.asked is not None and course.may_confirm and course.leads == ("Lan",)
        office.do(connection, "lan", SendReport(report))
        assert office.row(connection, "X1")["status"] == "sent"
        assert office.row(connection, "X1")["confirm_asked_at"] is None


def test_a_leader_hands_a_report_back_once_with_a_comment(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        office.confirms(connection)
        office.hire(connection, "lan", "X1", people.LEAD)
        office.do(connection, "X1", AskConfirmation(report))
        with pytest.raises(Refused):
            office.do(connection, "X1", DeclineConfirmation(report, "Của tôi"))
        rows = office.do(connection, "lan", DeclineConfirmation(report, "Bổ sung mục II.1 nhé."))
        assert "ý kiến:\n“Bổ sung mục II.1 nhé.”" in told(rows)["X1"]
        with pytest.raises(Refused):
            office.do(connection, "lan", DeclineConfirmation(report, "Lần nữa"))
        verbs = [(deed.verb, deed.name) for deed in audit.read(connection, unit=province.units["X1"])]
    assert verbs == [("confirmation.ask", "Người của X1"), ("confirmation.decline", "Lan")]


def test_what_a_leader_says_reaches_nobody_who_has_left(office: Office) -> None:
    """Who laid the report before the leader works there no more: the others of the unit are told."""
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        office.confirms(connection)
        office.hire(connection, "lan", "X1", people.LEAD)
        office.hire(connection, "gone", "X1", people.OFFICIAL)
        office.do(connection, "gone", AskConfirmation(report))
        people.remove(connection, province.people["gone"].id, NOW)
        people.grant(connection, province.people["gone"].id, province.units["X4"], people.OFFICIAL, NOW)
        rows = office.do(connection, "lan", DeclineConfirmation(report, "Chưa đạt."))
        assert set(told(rows)) == {"X1"}


def test_without_a_leader_the_official_sends(office: Office) -> None:
    province = office.province
    with province.database.write() as connection:
        office.confirms(connection)
        office.do(connection, "X1", SendReport(province.reports["X1"]))
        assert office.row(connection, "X1")["status"] == "sent"


def test_the_reader_of_a_report_learns_its_course_and_nobody_else(office: Office) -> None:
    province = office.province
    report = province.reports["X1"]
    with province.database.write() as connection:
        province.send(connection, "X1")
        numbers = {who: office.world(connection, who).course(report).sendings for who in ("X1", "mai", "tam", "la")}
        assert numbers == {"X1": 1, "mai": 1, "tam": 1, "la": 0}
        office.do(connection, "mai", ReturnReport(report, "", "Xem lại"))
        province.save(connection, "X1", TOTAL, 14)
        changed = {who: len(office.world(connection, who).changes(report)) for who in ("X1", "X2", "mai", "la")}
        assert changed == {"X1": 1, "X2": 0, "mai": 1, "la": 0}
