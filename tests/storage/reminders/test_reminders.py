"""Reminders: who is reminded when, once and only while something is owed; decided again at the moment of sending."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, func, insert, select, update

from dialogs.forms.answers import Address
from dialogs.reminders.reminding import USUAL_SCHEDULE, due_now, is_working, slots
from dialogs.values.rights import Right
from storage.campaigns import campaigns
from storage.campaigns.campaigns import last_moment
from storage.messages import outbox
from storage.people import concerned, people
from storage.reminders import plan as plan_module
from storage.reminders import reach, reminders
from storage.reminders.desk_plan import PLANNED
from storage.reminders.plan import Tick, plan
from storage.reports import workflow
from storage.schema.statements import dumps
from storage.schema.tables import account, assignment, campaign, person, reminder, role, submission
from storage.schema.tables import meta as meta_table
from storage.schema.tables import outbox as outbox_table
from tests.office.province import NOW, TOTAL, ZONE, Province
from tests.office.stored import set_required

LAST = date(2019, 4, 12)  # a Friday; the province was opened on Monday 1 April
OTHERS = ("T", "H1", "H2", "X4", "X5")
MINE = ("X1", "X2", "X3")


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of April 2019, local."""
    return datetime(2019, 4, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def owing(province: Province) -> Province:
    """The communes of H1 owe their reports until the end of 12 April; nobody else does."""
    with province.database.write() as connection:
        for code in MINE:
            campaigns.set_due(connection, province.reports[code], last_moment(LAST, ZONE))
        for code in OTHERS:
            set_required(connection, province.reports[code], False)
    return province


def tick(province: Province, now: datetime, limit: int = 100) -> Tick:
    with province.database.write() as connection:
        return plan(connection, province.cache, now, ZONE, limit)


def kinds(province: Province, state: str | None = None) -> list[tuple[str, str]]:
    """Who has which reminders: (unit, kind), in order."""
    codes = {unit: code for code, unit in province.units.items()}
    wanted = select(reminder.c.unit, reminder.c.kind).order_by(reminder.c.id)
    wanted = wanted if state is None else wanted.where(reminder.c.state == state)
    with province.database.read() as connection:
        return [(codes[unit], kind) for unit, kind in connection.execute(wanted)]


def send(province: Province, now: datetime, process: str = "p1") -> dict[str, str]:
    """Do as the sender does: claim, prepare, commit, send, settle. Returns the texts by the chat they went to."""
    with province.database.write() as connection:
        rows = outbox.claim(connection, "telegram", process, 100, now)
        ready = prepare(province, connection, [row.id for row in rows], now)
    arrived = {row.external: payload["text"] for row in rows if (payload := ready[row.id]) is not None}
    with province.database.write() as connection:
        done = [row.id for row in rows if ready[row.id] is not None]
        outbox.sent(connection, done, now)
        reminders.settled(connection, done, now)
    return arrived


def prepare(province: Province, connection: Connection, ids: list[int], now: datetime) -> dict[int, Any]:
    return dict(reminders.prepare(connection, province.cache, ids, now, ZONE))


def test_each_offset_goes_once_to_those_who_owe(owing: Province) -> None:
    """At -7, -3, -1, 0 and +1 days, at 08:00 on a working day; a unit that has sent hears nothing more."""
    gone: dict[datetime, set[str]] = {}
    for moment in (at(day, hour) for day in range(1, 19) for hour in (6, 8, 10, 16, 18, 23)):
        if moment == at(8, 10):
            with owing.database.write() as connection:
                owing.send(connection, "X3", at=moment)
        tick(owing, moment)
        for chat in send(owing, moment):
            gone.setdefault(moment, set()).add(chat)
    both = {"chat-X1", "chat-X2"}
    assert gone == {
        at(5): {*both, "chat-X3"},
        at(9): both,
        at(11): both,
        at(12): both,
        at(15): both,  # the day after is a Saturday
    }
    assert kinds(owing, "sent").count(("X1", "1:2019-04-12")) == 1


def test_the_message_names_what_is_missing_and_until_when(owing: Province) -> None:
    with owing.database.write() as connection:
        owing.save(connection, "X1", TOTAL, 12)
    tick(owing, at(9))
    text = send(owing, at(9))["chat-X1"]
    assert "Chậm nhất 24:00 ngày 12/4/2019 (thứ Sáu) – còn 3 ngày." in text
    assert "Xã Một" in text
    assert "Còn thiếu: " in text
    assert "Phụ lục 3" in text
    with owing.database.read() as connection:
        payload = outbox_payloads(connection)["chat-X1"]
    buttons = {label: choice for choice, label, _ in payload["choices"]}
    report = owing.reports["X1"]
    assert buttons["Làm tiếp"].startswith(f"{report}.0.0:open:{report}:")
    assert buttons["Nhắc lại sau"] == f"{report}.0.0:later"


def outbox_payloads(connection: Connection) -> dict[str, Any]:
    rows = connection.execute(
        select(account.c.external, outbox_table.c.payload).join(account, account.c.id == outbox_table.c.account)
    )
    return {external: json.loads(payload) for external, payload in rows}


def test_one_message_however_many_reports(owing: Province) -> None:
    """Somebody of two units has one message that names both."""
    with owing.database.write() as connection:
        people.grant(connection, owing.people["X1"].id, owing.units["X2"], people.OFFICIAL, NOW)
    tick(owing, at(5))
    arrived = send(owing, at(5))
    assert "còn 2 báo cáo" in arrived["chat-X1"]
    assert "Xã Một" in arrived["chat-X1"]
    assert "Xã Hai" in arrived["chat-X1"]
    assert "còn 2 báo cáo" not in arrived["chat-X2"]


def test_nothing_at_night_nor_on_a_day_off(owing: Province) -> None:
    for moment in (at(5, 7, 29), at(5, 17), at(5, 23), at(6, 10), at(7, 10), at(8, 6)):
        assert tick(owing, moment).queued == ()
        assert send(owing, moment) == {}
    assert len(tick(owing, at(8, 7, 30)).queued) == 3, "the first working moment after it"


def test_a_message_that_meets_the_night_waits_for_the_morning(owing: Province) -> None:
    """Queued in time, but the door was closed until the evening: it goes next morning, and once."""
    tick(owing, at(9, 16, 59))
    assert send(owing, at(9, 17, 1)) == {}
    assert tick(owing, at(9, 20)).queued == ()
    tick(owing, at(10, 7, 30))
    assert set(send(owing, at(10, 7, 30))) == {"chat-X1", "chat-X2", "chat-X3"}
    assert kinds(owing).count(("X1", "-3:2019-04-12")) == 1


def test_sent_between_queueing_and_sending(owing: Province) -> None:
    tick(owing, at(5))
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(5, 8, 1))
    assert set(send(owing, at(5, 8, 2))) == {"chat-X2", "chat-X3"}
    assert kinds(owing, "void") == [("X1", "-7:2019-04-12")]
    assert tick(owing, at(5, 8, 3)).queued == ()


def test_extended_between_queueing_and_sending(owing: Province) -> None:
    """The reminder about the old last day is not sent; the new one reminds anew in its time."""
    tick(owing, at(5))
    with owing.database.write() as connection:
        campaigns.set_due(connection, owing.reports["X1"], last_moment(date(2019, 4, 19), ZONE))
    assert set(send(owing, at(5, 8, 2))) == {"chat-X2", "chat-X3"}
    tick(owing, at(12))
    assert "24:00 ngày 19/4/2019" in send(owing, at(12))["chat-X1"]


def test_a_role_that_ended_between_queueing_and_sending(owing: Province) -> None:
    tick(owing, at(5))
    with owing.database.write() as connection:
        people.remove(connection, owing.people["X1"].id, at(5, 8, 1))
    assert set(send(owing, at(5, 8, 2))) == {"chat-X2", "chat-X3"}


def test_put_off_between_queueing_and_sending(owing: Province) -> None:
    """The person wants it tomorrow: it comes tomorrow, as it is then."""
    tick(owing, at(9))
    quiet(owing, "X1", at(10, 8))
    assert "chat-X1" not in send(owing, at(9, 8, 1))
    assert tick(owing, at(9, 9)).queued == ()
    tick(owing, at(10, 8))
    assert "còn 2 ngày" in send(owing, at(10, 8))["chat-X1"]


def quiet(province: Province, code: str, until: datetime) -> None:
    change = update(person).where(person.c.id == province.people[code].id).values(quiet_until=until)
    with province.database.write() as connection:
        connection.execute(change)


def test_somebody_who_puts_off_into_the_night_is_reminded_in_the_morning(owing: Province) -> None:
    quiet(owing, "X1", at(9, 22))
    tick(owing, at(9))
    assert "chat-X1" not in send(owing, at(9))
    assert tick(owing, at(9, 22, 5)).queued == ()
    tick(owing, at(10, 7, 30))
    assert "chat-X1" in send(owing, at(10, 7, 30))


def test_a_late_start_sends_the_newest_and_writes_down_the_others(owing: Province) -> None:
    """Stopped from before the 5th until the 11th at ten: only the day before the last one still says something."""
    done = tick(owing, at(11, 10))
    assert len(done.queued) == 3
    assert done.dropped == 6
    assert set(kinds(owing, "dropped")) == {
        (code, kind) for code in MINE for kind in ("-7:2019-04-12", "-3:2019-04-12")
    }
    assert tick(owing, at(11, 11)) == Tick()


def test_a_late_start_waits_for_the_one_planned_the_same_morning(owing: Province) -> None:
    assert tick(owing, at(11, 7, 40)).queued == ()
    assert len(tick(owing, at(11, 8)).queued) == 3
    assert send(owing, at(11, 8)).keys() == {"chat-X1", "chat-X2", "chat-X3"}


def test_long_after_the_last_day_nothing_useful_is_left(owing: Province) -> None:
    done = tick(owing, at(22, 10))
    assert done.queued == ()
    assert done.dropped == 15


def test_a_clock_set_back_sends_nothing_twice(owing: Province) -> None:
    for moment in (at(9), at(9, 9), at(5), at(8), at(9), at(11), at(9), at(11, 9)):
        tick(owing, moment)
        send(owing, moment)
    with owing.database.read() as connection:
        counted = connection.execute(
            select(func.count()).select_from(reminder).where(reminder.c.unit == owing.units["X1"])
        ).scalar_one()
    assert kinds(owing, "sent").count(("X1", "-3:2019-04-12")) == 1
    assert kinds(owing, "sent").count(("X1", "-1:2019-04-12")) == 1
    assert counted == 3


def test_who_joined_after_the_moment_is_not_reminded_of_it(owing: Province) -> None:
    """Somebody new has just seen the first screen; the next one counts."""
    tick(owing, at(5))
    with owing.database.write() as connection:
        new = people.create_person(connection, "Người mới", at(6))
        people.grant(connection, new, owing.units["X1"], people.OFFICIAL, at(6))
        people.add_account(connection, new, "telegram", "chat-new", at(6))
    send(owing, at(5))
    assert tick(owing, at(8, 9)).queued == ()
    tick(owing, at(9))
    assert "chat-new" in send(owing, at(9))


def test_a_campaign_may_have_a_schedule_of_its_own_or_none(owing: Province) -> None:
    schedule(owing, {"reminders": {"offsets": [-2], "from": "09:00", "to": "10:00", "days": [0, 2]}})
    assert tick(owing, at(10, 8)).queued == ()
    assert len(tick(owing, at(10, 9)).queued) == 3
    schedule(owing, {"reminders": False})
    assert tick(owing, at(12)).queued == ()


def schedule(province: Province, stored: dict[str, Any]) -> None:
    with province.database.write() as connection:
        connection.execute(update(campaign).values(settings=dumps(stored)))


def test_only_the_own_part_is_asked_for(owing: Province) -> None:
    """Two share a report: each is reminded of the own part, who has finished it is not."""
    with owing.database.write() as connection:
        for code in ("X2", "X3"):
            people.grant(connection, owing.people[code].id, owing.units["X1"], people.OFFICIAL, NOW)
            set_required(connection, owing.reports[code], False)
            hand_over(connection, owing, code, "PL3.mttq" if code == "X2" else "II")
        for column in ("xa.tong_so", "xa.cb_nu", "xa.cb_dtts", "xa.cb_tongiao"):
            owing.save(connection, "X1", Address("PL3", "mttq", column), 1)
    tick(owing, at(9))
    arrived = send(owing, at(9))
    assert "Phần của đồng chí đã xong 0/" in arrived["chat-X3"]
    assert "mục II" in arrived["chat-X3"]
    assert "Phụ lục" not in arrived["chat-X3"]
    assert "Phần của đồng chí" not in arrived["chat-X1"]


def hand_over(connection: Connection, province: Province, code: str, prefix: str) -> None:
    values = {"submission": province.reports["X1"], "person": province.people[code].id, "prefix": prefix}
    connection.execute(insert(assignment), {**values, "comment": "", "at": NOW, "sees_all": False})


def test_a_returned_report_is_reminded_of_until_it_is_sent_again(owing: Province) -> None:
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(2))
        workflow.return_report(connection, owing.reports["X1"], "II", "Thiếu số liệu quý I", None, at(3, 10))
        for code in ("X2", "X3"):
            set_required(connection, owing.reports[code], False)
    gone: dict[datetime, str] = {}
    for day in range(3, 20):
        tick(owing, at(day))
        for text in send(owing, at(day)).values():
            gone[at(day)] = text
    assert list(gone) == [at(4), at(8)], "the first and the third working day after it"
    assert "Mục II: Thiếu số liệu quý I" in gone[at(4)]


def test_a_late_start_still_reminds_of_a_returned_report(owing: Province) -> None:
    """It is of use for as long as the report is not sent again: the newest goes, once."""
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(2))
        workflow.return_report(connection, owing.reports["X1"], "II", "Thiếu số liệu", None, at(3, 10))
        for code in ("X2", "X3"):
            set_required(connection, owing.reports[code], False)
    tick(owing, at(18))
    assert set(send(owing, at(18))) == {"chat-X1"}
    assert kinds(owing, "dropped") == [("X1", "returned:1:2019-04-03")]
    tick(owing, at(19))
    assert send(owing, at(19)) == {}


def test_a_returned_report_whose_time_ends_is_reminded_of_before(owing: Province) -> None:
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(2))
        report = owing.reports["X1"]
        workflow.reopen(connection, report, "Sửa biểu", last_moment(date(2019, 4, 18), ZONE), None, at(3, 10))
        for code in ("X2", "X3"):
            set_required(connection, owing.reports[code], False)
    gone = []
    for day in range(3, 26):
        tick(owing, at(day))
        gone += [day] if send(owing, at(day)) else []
    assert gone == [4, 8, 17, 18]


def test_who_cannot_be_written_to_is_noted(owing: Province) -> None:
    with owing.database.write() as connection:
        people.set_blocked(connection, owing.accounts["X1"], NOW)
    tick(owing, at(5))
    assert kinds(owing, "no_door") == [("X1", "-7:2019-04-12")]
    assert "chat-X1" not in send(owing, at(5))


def test_the_web_page_has_it_at_once(owing: Province) -> None:
    """A door that reads the conversation itself needs no sender."""
    with owing.database.write() as connection:
        connection.execute(update(account).where(account.c.id == owing.accounts["X1"]).values(channel="web"))
    tick(owing, at(5))
    assert kinds(owing, "sent") == [("X1", "-7:2019-04-12")]


def test_what_a_dead_process_was_sending_is_uncertain_and_never_sent_again(owing: Province) -> None:
    tick(owing, at(5))
    with owing.database.write() as connection:
        claimed = [row.id for row in outbox.claim(connection, "telegram", "dead", 2, at(5))]
        prepare(owing, connection, claimed[:1], at(5))
    with owing.database.write() as connection:
        assert reminders.abandoned(connection, at(5, 8, 5), process="dead") == 1
        outbox.release(connection, process="dead")
    assert kinds(owing, "uncertain") == [("X1", "-7:2019-04-12")]
    assert set(send(owing, at(5, 8, 6), "p2")) == {"chat-X2", "chat-X3"}
    tick(owing, at(5, 8, 10))
    assert send(owing, at(5, 8, 11), "p2") == {}


def test_a_send_that_surely_failed_may_be_tried_again(owing: Province) -> None:
    tick(owing, at(5))
    with owing.database.write() as connection:
        rows = outbox.claim(connection, "telegram", "p1", 1, at(5))
        prepare(owing, connection, [rows[0].id], at(5))
        outbox.retry(connection, rows[0].id, at(5, 8, 1), "slowed")
    assert len(send(owing, at(5, 8, 2))) == 3
    assert len(kinds(owing, "sent")) == 3


def test_a_send_given_up_is_failed(owing: Province) -> None:
    tick(owing, at(5))
    with owing.database.write() as connection:
        rows = outbox.claim(connection, "telegram", "p1", 1, at(5))
        prepare(owing, connection, [rows[0].id], at(5))
        reminders.failed(connection, rows[0].id, "blocked", at(5))
        outbox.dead(connection, rows[0].id, "blocked", at(5))
    assert kinds(owing, "failed") == [("X1", "-7:2019-04-12")]


def test_what_was_not_sent_is_folded_into_the_next_one(owing: Province) -> None:
    """The door was away for two days: one message, not two."""
    tick(owing, at(9))
    tick(owing, at(11))
    arrived = send(owing, at(11))
    assert len(arrived) == 3
    assert "còn 1 ngày" in arrived["chat-X1"]
    assert len(kinds(owing, "sent")) == 6


def test_each_tick_takes_so_many_people(owing: Province) -> None:
    first = tick(owing, at(5), limit=2)
    assert (len(first.queued), first.more) == (2, True)
    second = tick(owing, at(5), limit=2)
    assert (len(second.queued), second.more) == (1, False)


def test_several_processes_plan_at_once(owing: Province) -> None:
    """Each with connections of its own: everybody has one message."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for minute in range(3):
                tick(owing, at(5, 8, minute))
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tick(owing, at(5, 8, 5))
    assert failures == []
    assert sorted(kinds(owing)) == [(code, "-7:2019-04-12") for code in MINE]
    assert set(send(owing, at(5, 8, 6))) == {"chat-X1", "chat-X2", "chat-X3"}


MOMENTS = st.lists(st.integers(0, 30 * 24 * 4), min_size=1, max_size=12)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(quarters=MOMENTS)
def test_whatever_the_clock_does(owing: Province, quarters: list[int]) -> None:
    """At any sequence of ticks nobody has a reminder twice, and each that passed is sent or written down."""
    with owing.database.write() as connection:
        connection.execute(reminder.delete())
        connection.execute(outbox_table.delete())
    sent: list[tuple[str, str]] = []
    for moment in (at(1, 0) + timedelta(minutes=15 * each) for each in quarters):
        before = set(kinds(owing, "sent"))
        tick(owing, moment)
        arrived = send(owing, moment)
        new = set(kinds(owing, "sent")) - before
        assert {f"chat-{code}" for code, _ in new} == set(arrived)
        sent += new
        assert not arrived or is_working(USUAL_SCHEDULE, moment, ZONE)
    assert len(sent) == len(set(sent))
    assert expected(quarters) <= set(kinds(owing))


def expected(quarters: Iterable[int]) -> set[tuple[str, str]]:
    """What some tick within working hours found to be sent or dropped."""
    due = last_moment(LAST, ZONE)
    found: set[str] = set()
    for moment in (at(1, 0) + timedelta(minutes=15 * each) for each in quarters):
        if is_working(USUAL_SCHEDULE, moment, ZONE):
            here = due_now(slots(USUAL_SCHEDULE, due, ZONE), due, moment, ZONE)
            found |= {slot.kind for slot in (*here.missed, *((here.send,) if here.send else ()))}
    return {(code, kind) for code in MINE for kind in found}


def test_a_role_granted_to_nobody_owes_nothing(owing: Province) -> None:
    """A coordinator of the unit has no report to fill in."""
    with owing.database.write() as connection:
        connection.execute(update(role).where(role.c.person == owing.people["X1"].id).values(role="coordinator"))
    tick(owing, at(5))
    assert "chat-X1" not in send(owing, at(5))


def test_somebody_removed_hears_nothing_more(owing: Province) -> None:
    """Neither what is queued nor what waits for another day goes out."""
    who = owing.people["X1"].id
    tick(owing, at(5))
    with owing.database.write() as connection:
        connection.execute(
            insert(reminder).values(
                person=who,
                campaign=owing.campaign,
                unit=owing.units["X1"],
                kind="postponed:2019-04-08T01:00",
                planned_at=at(8),
                state="waiting",
            )
        )
        people.remove(connection, who, at(5, 8, 1))
    assert set(send(owing, at(5, 8, 2))) == {"chat-X2", "chat-X3"}
    tick(owing, at(8))
    assert "chat-X1" not in send(owing, at(8))
    assert kinds(owing, "void") == [("X1", "-7:2019-04-12"), ("X1", "postponed:2019-04-08T01:00")]


def test_a_campaign_closed_in_between_is_over(owing: Province) -> None:
    tick(owing, at(5))
    with owing.database.write() as connection:
        connection.execute(update(campaign).values(closed_at=at(5, 8, 1)))
    assert send(owing, at(5, 8, 2)) == {}
    tick(owing, at(9))
    assert send(owing, at(9)) == {}
    assert len(kinds(owing, "void")) == 3


def test_whose_account_is_out_of_reach_is_reminded_through_the_other_one(owing: Province) -> None:
    """Found out as it is sent: once, and not never."""
    who = owing.people["X1"].id
    with owing.database.write() as connection:
        people.add_account(connection, who, "telegram", "chat-X1-new", NOW)
    tick(owing, at(5))
    with owing.database.write() as connection:
        rows = outbox.claim(connection, "telegram", "p1", 10, at(5))
        ready = prepare(owing, connection, [row.id for row in rows], at(5))
        first = next(row for row in rows if row.person == who)
        others = [row.id for row in rows if row is not first]
        assert ready[first.id] is not None
        outbox.sent(connection, others, at(5))
        reminders.settled(connection, others, at(5))
        people.set_blocked(connection, first.account, at(5))
        outbox.dead(connection, first.id, "blocked", at(5))
        reminders.failed(connection, first.id, "blocked", at(5))
    tick(owing, at(5, 8, 1))
    assert set(send(owing, at(5, 8, 2))) == {"chat-X1", "chat-X1-new"} - {first.external}
    assert kinds(owing, "sent").count(("X1", "-7:2019-04-12")) == 1
    tick(owing, at(5, 8, 3))
    assert send(owing, at(5, 8, 4)) == {}


def test_what_a_late_start_missed_is_written_down_some_at_a_time(
    owing: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that nobody's reply waits for thousands of rows."""
    monkeypatch.setattr(plan_module, "DROPPED", 4)
    first = tick(owing, at(12, 9))
    second = tick(owing, at(12, 9))
    third = tick(owing, at(12, 9))
    assert [(each.dropped, each.more) for each in (first, second, third)] == [(4, True), (4, True), (1, False)]
    assert len(kinds(owing, "dropped")) == 9
    assert len(send(owing, at(12, 9))) == 3


def test_whom_units_concern_is_found_for_all_of_them_as_for_each(owing: Province) -> None:
    day = date(2019, 4, 10)
    with owing.database.write() as connection:
        for code, word in (("H1", "coordinator"), ("T", "coordinator"), ("X2", "lead"), ("H2", "administrator")):
            who = people.create_person(connection, f"{word} {code}", NOW)
            people.grant(connection, who, owing.units[code], word, NOW)
        people.remove(connection, who, NOW)
    with owing.database.read() as connection:
        for right in (Right.REPORT_ACCEPT, Right.DEADLINE_EXTEND, Right.REMINDER_SEND):
            found = reach.nearest_of_each(connection, right, list(owing.units.values()), day, at(5))
            assert found == {
                unit: tuple(each.person for each in concerned.nearest(connection, right, unit, day, at(5)))
                for unit in owing.units.values()
            }
            assert any(found.values())


@pytest.mark.parametrize("status", ["sent", "returned"])
def test_a_look_asks_no_more_of_many_reports_than_of_few(owing: Province, status: str) -> None:
    """What waits to be accepted for days, and what was handed back; one person is written to."""
    with owing.database.write() as connection:
        who = people.create_person(connection, "Chị Cúc", NOW)
        people.grant(connection, who, owing.units["H1"], "coordinator", NOW)
        people.add_account(connection, who, "telegram", "chat-C1", NOW)

    def asked(codes: Iterable[str]) -> int:
        with owing.database.write() as connection:
            connection.execute(reminder.delete())
            connection.execute(outbox_table.delete())
            connection.execute(meta_table.delete().where(meta_table.c.key == PLANNED))
            connection.execute(update(submission).values(status="accepted"))
            mine = submission.c.id.in_([owing.reports[code] for code in codes])
            found = {"status": status, "sent_at": at(1, 10), "returned_at": at(2, 10)}
            connection.execute(update(submission).where(mine).values(**found))
        statements: list[str] = []
        with owing.database.write() as connection:
            event.listen(connection, "before_cursor_execute", lambda *each: statements.append(each[2]))
            assert plan(connection, owing.cache, at(9), ZONE, limit=1).queued
        return len(statements)

    asked(MINE)
    assert asked(MINE) == asked(MINE[:1])
