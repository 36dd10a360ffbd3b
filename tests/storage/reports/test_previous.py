"""What the campaign before has for a unit, for one that was merged or divided since (C24), and the dialog on all that.

On SQLite and on PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import SQLAlchemyError

from dialogs import stored
from dialogs.engine import advance
from dialogs.forms.answers import NOT_APPLICABLE, Address, State
from dialogs.turn.session import Session
from dialogs.values.effects import OpenReport, Reply, SaveAnswer
from dialogs.values.events import ChoicePressed, TextReceived
from dialogs.values.report_view import Last, ReportView
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.people import people
from storage.reports import workflow
from storage.schema.tables import predecessor, unit_version
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import MONEY, NOW, TEXT, TOTAL, WOMEN, ZONE, Province

LATER = date(2020, 4, 1)
BEFORE = "Tổng kết 10 năm Kết luận 62"


def next_campaign(connection: Connection, province: Province, previous: int | None = None, key: str = "") -> Province:
    """Open the next campaign, linked to the first unless ``previous`` says otherwise; 0: linked to none."""
    link = province.campaign if previous is None else previous or None
    opening = Opening("kl62-2019", "T", LATER, key=key or "kl62-2020", previous=link)
    campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
    found = {code: campaigns.submission_of(connection, campaign, unit) for code, unit in province.units.items()}
    reports = {code: report for code, report in found.items() if report is not None}
    return replace(province, campaign=campaign, reports=reports, cache=TurnCache())


def new_unit(connection: Connection, province: Province, code: str, name: str, **before: bool) -> None:
    """A commune of 2020 made of others, wholly or ("X2=True") only partly; those that went in wholly end."""
    unit = units.add(connection, NewUnit(code, name, "xa", province.units["H1"], date(2020, 1, 1), position=20), NOW)
    province.units[code] = unit
    province.people[code] = replace(province.people["X1"])
    people.grant(connection, province.people[code].id, unit, people.OFFICIAL, NOW)
    for old, partly in before.items():
        row = {"unit": unit, "before": province.units[old], "partly": partly}
        connection.execute(insert(predecessor), row)
        if not partly:
            end(connection, province, old)


def end(connection: Connection, province: Province, code: str, day: date = date(2019, 12, 31)) -> None:
    of = unit_version.c.unit == province.units[code]
    connection.execute(update(unit_version).where(of).values(valid_to=day))


def last(province: Province, connection: Connection, code: str, place: Address = TOTAL) -> Mapping[str, Last]:
    return province.view(connection, code).last(place.field, place.row)


def test_a_unit_is_shown_its_own_answers_of_last_time(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", WOMEN, None, State.ZERO)
        province.save(connection, "X1", MONEY, Decimal("12.5"))
        province.save(connection, "X1", TEXT, "Bài của năm 2019")
        province.send(connection, "X1")
        later = next_campaign(connection, province)
        assert last(later, connection, "X1") == {
            "xa.tong_so": Last(State.VALUE, 12, source=BEFORE),
            "xa.cb_nu": Last(State.ZERO, source=BEFORE),
        }
        assert last(later, connection, "X1", MONEY)["nsnn"].value == Decimal("12.5")
        assert last(later, connection, "X1", TEXT) == {"": Last(State.VALUE, "Bài của năm 2019", source=BEFORE)}


def test_the_reason_that_a_body_does_not_exist_comes_along(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, None, State.NONE, reason=NOT_APPLICABLE)
        province.send(connection, "X1")
        later = next_campaign(connection, province)
        assert last(later, connection, "X1")["xa.tong_so"] == Last(State.NONE, None, NOT_APPLICABLE, BEFORE)


def test_nothing_of_another_unit_is_shown(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X2", TOTAL, 12)
        province.save(connection, "X4", TEXT, "Bài của xã khác")
        province.send(connection, "X2", "X4")
        later = next_campaign(connection, province)
        for place in (TOTAL, MONEY, TEXT):
            assert last(later, connection, "X1", place) == {}


def test_only_what_counted_is_shown(province: Province) -> None:
    with province.database.write() as connection:
        for code in ("X1", "X2", "X3"):
            province.save(connection, code, TOTAL, 12)
        province.send(connection, "X1", "X2")
        workflow.accept(connection, province.reports["X1"], None, NOW)
        workflow.return_report(connection, province.reports["X2"], "", "sai", None, NOW)
        later = next_campaign(connection, province)
        assert [bool(last(later, connection, code)) for code in ("X1", "X2", "X3")] == [True, False, False]
        workflow.return_report(connection, province.reports["X1"], "", "sai", None, NOW)
        assert last(later, connection, "X1") == {}


def test_only_the_campaign_that_is_named_is_looked_at(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        unlinked = next_campaign(connection, province, previous=0)
        assert last(unlinked, connection, "X1") == {}
        third = next_campaign(connection, province, previous=unlinked.campaign, key="kl62-2021")
        assert last(third, connection, "X1") == {}


def test_a_campaign_without_one_before_costs_no_statement(province: Province) -> None:
    """Asked when its connection is closed, the view still answers: it has nothing to look up."""
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        linked = next_campaign(connection, province).view(connection, "X1")
        view = province.view(connection, "X1")
    assert view.last("PL3", "mttq") == {}
    with pytest.raises(SQLAlchemyError):
        linked.last("PL3", "mttq")


def test_last_time_is_read_once_in_a_turn(province: Province) -> None:
    """The first question of a turn looks it up; whatever else the turn asks needs no connection any more."""
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        view = next_campaign(connection, province).view(connection, "X1")
        assert view.last("PL6", "mttq.xa") == {}
    assert view.last("PL3", "mttq")["xa.tong_so"].value == 12


# --- merged and divided units --------------------------------------------------------------------------------------


def test_three_communes_merged_are_added_up_with_their_parts(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": 12, "X2": 10, "X3": 8}.items():
            province.save(connection, code, TOTAL, value)
            province.save(connection, code, TEXT, f"Bài của {code}")
        province.save(connection, "X1", MONEY, Decimal("0.1"))
        province.save(connection, "X2", MONEY, Decimal("0.2"))
        province.send(connection, "X1", "X2", "X3")
        new_unit(connection, province, "XM", "Xã Mới", X1=False, X2=False, X3=False)
        later = next_campaign(connection, province)
        assert "X1" not in later.reports
        total = last(later, connection, "XM")["xa.tong_so"]
        assert (total.state, total.value, total.source, total.partly) == (State.VALUE, 30, BEFORE, ())
        told = [(part.unit_code, part.unit_name, part.value) for part in total.parts]
        assert told == [("X1", "Xã Một", 12), ("X2", "Xã Hai", 10), ("X3", "Xã Ba", 8)]
        money = last(later, connection, "XM", MONEY)["nsnn"]
        assert money.value == Decimal("0.3")
        assert [part.state for part in money.parts] == [State.VALUE, State.VALUE, State.EMPTY]
        assert last(later, connection, "XM", TEXT) == {}, "texts of others are never put into one's mouth"


def test_the_four_states_stay_apart_in_the_sum_of_units_before(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, None, State.ZERO)
        province.save(connection, "X2", TOTAL, None, State.NONE)
        province.save(connection, "X2", WOMEN, None, State.NONE)
        province.send(connection, "X1", "X2", "X3")
        new_unit(connection, province, "XM", "Xã Mới", X1=False, X2=False, X3=False)
        found = last(next_campaign(connection, province), connection, "XM")
        assert (found["xa.tong_so"].state, found["xa.tong_so"].value) == (State.ZERO, None)
        assert [part.state for part in found["xa.tong_so"].parts] == [State.ZERO, State.NONE, State.EMPTY]
        assert found["xa.cb_nu"].state is State.NONE
        assert "xa.cb_dtts" not in found


def test_a_unit_before_that_did_not_count_is_told_as_missing(province: Province) -> None:
    with province.database.write() as connection:
        for code in ("X1", "X2"):
            province.save(connection, code, TOTAL, 12)
        province.send(connection, "X1")
        new_unit(connection, province, "XM", "Xã Mới", X1=False, X2=False)
        total = last(next_campaign(connection, province), connection, "XM")["xa.tong_so"]
        assert total.value == 12
        assert [(part.state, part.value) for part in total.parts] == [(State.VALUE, 12), (State.EMPTY, None)]


def test_a_share_is_flagged_and_neither_added_nor_divided(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": 12, "X2": 10}.items():
            province.save(connection, code, TOTAL, value)
        province.send(connection, "X1", "X2")
        new_unit(connection, province, "XM", "Xã Mới", X1=False, X2=True)
        new_unit(connection, province, "XN", "Xã Nhỏ", X2=True)
        later = next_campaign(connection, province)
        total = last(later, connection, "XM")["xa.tong_so"]
        assert total.value == 12
        assert [(part.unit_name, part.value) for part in total.partly] == [("Xã Hai", 10)]
        alone = last(later, connection, "XN")["xa.tong_so"]
        assert (alone.state, alone.value, alone.parts) == (State.EMPTY, None, ())
        assert [part.value for part in alone.partly] == [10]
        assert last(later, connection, "X2")["xa.tong_so"].value == 10, "the unit that gave a share lives on"


def test_a_unit_that_took_over_another_adds_it_to_its_own(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": 12, "X2": 10}.items():
            province.save(connection, code, TOTAL, value)
        province.save(connection, "X1", TEXT, "Bài của xã Một")
        province.send(connection, "X1", "X2")
        row = {"unit": province.units["X1"], "before": province.units["X2"], "partly": False}
        connection.execute(insert(predecessor), row)
        end(connection, province, "X2")
        later = next_campaign(connection, province)
        total = last(later, connection, "X1")["xa.tong_so"]
        assert (total.value, [part.unit_code for part in total.parts]) == (22, ["X1", "X2"])
        assert last(later, connection, "X1", TEXT)[""].value == "Bài của xã Một"


def test_two_mergers_in_a_row_count_each_unit_once(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": 1, "X2": 2, "X3": 4}.items():
            province.save(connection, code, TOTAL, value)
        province.send(connection, "X1", "X2", "X3")
        new_unit(connection, province, "XM", "Xã Mới", X1=False, X2=False)
        end(connection, province, "XM", date(2020, 2, 1))
        new_unit(connection, province, "XL", "Xã Lớn", XM=False, X3=False, X1=False)
        end(connection, province, "XM", date(2020, 2, 1))
        total = last(next_campaign(connection, province), connection, "XL")["xa.tong_so"]
        assert (total.value, [part.unit_code for part in total.parts]) == (7, ["X1", "X2", "X3"])


def test_a_cycle_of_mergers_in_the_data_ends(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 1)
        province.save(connection, "X2", TOTAL, 2)
        province.send(connection, "X1", "X2")
        for unit, before in (("X1", "X2"), ("X2", "X1")):
            row = {"unit": province.units[unit], "before": province.units[before], "partly": False}
            connection.execute(insert(predecessor), row)
        assert last(next_campaign(connection, province), connection, "X1")["xa.tong_so"].value == 3


def test_an_answer_to_another_form_is_not_last_times(province: Province) -> None:
    """A commune that became a district has other cells; what it answered as a commune is no proposal for them."""
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        end(connection, province, "X1")
        risen = NewUnit("X1", "Thị xã Một", "huyen", province.units["T"], date(2020, 1, 1), position=2)
        units.add(connection, risen, NOW, province.units["X1"])
        later = next_campaign(connection, province)
        assert later.view(connection, "X1").form.key == "kl62-2019"
        assert last(later, connection, "X1") == {}


# --- the dialog on the real database -------------------------------------------------------------------------------


@dataclass
class Talk:
    """One official talking, every event in one transaction as the service does it."""

    province: Province
    code: str
    session: Session = field(default_factory=Session)
    reply: Reply = field(default_factory=lambda: Reply(""))

    def say(self, *lines: str) -> str:
        for line in lines:
            pressed = line.startswith("[")
            choices = {choice.label: choice.id for choice in self.reply.choices}
            event = ChoicePressed(choices[line[1:-1]]) if pressed else TextReceived(line, str(self.province.messages))
            with self.province.database.write() as connection:
                world = self.province.world(connection, self.code)
                self.session, effects = advance(self.session, event, world)
                self.province.do(connection, self.code, *effects)
            self.session = stored.from_json(stored.to_json(self.session))
            self.reply = next(effect for effect in effects if isinstance(effect, Reply))
        return self.reply.text

    def view(self, connection: Connection) -> ReportView:
        return self.province.view(connection, self.code)


@pytest.fixture
def told(province: Province) -> Province:
    """Two communes of the first district have sent 60 and 40."""
    with province.database.write() as connection:
        for code, value in {"X1": 60, "X2": 40}.items():
            province.save(connection, code, TOTAL, value)
            province.save(connection, code, MONEY, Decimal("1.5"))
        province.send(connection, "X1", "X2")
    return province


def test_a_district_overrides_a_commune_resends_and_the_district_is_told(told: Province) -> None:
    talk = Talk(told, "H1")
    assert "Xã Một: 60" in talk.say("/start", "[Bắt đầu]", "/capduoi PL3.mttq")
    talk.say("[Thay số]", "[Chỉ thay Tổng]", "120", "Xã Ba báo qua điện thoại")
    with told.database.read() as connection:
        stored = talk.view(connection).answers[TOTAL]
        assert (stored.value, stored.reason) == (120, "Xã Ba báo qua điện thoại")
        assert stored.basis == talk.view(connection).proposals("PL3", "mttq")["xa.tong_so"].basis
    assert "⚠" not in talk.say("/capduoi PL3.mttq")

    with told.database.write() as connection:
        workflow.reopen(connection, told.reports["X1"], "sửa", None, None, NOW)
        told.save(connection, "X1", TOTAL, 68)
        told.send(connection, "X1")
    changed = "số đồng chí thay (120) lập khi tổng là 100; nay tổng là 108 của 2/3 đơn vị."
    for typed in ("/capduoi PL3.mttq", "/sua PL3.mttq", "/xem", "/nop"):
        assert changed in talk.say(typed), typed

    talk.say("[Gửi]")
    with told.database.read() as connection:
        above = told.view(connection, "T").proposals("PL3", "mttq")["xa.tong_so"]
        assert above.value == 120, "the override travels up"


def test_the_province_overrides_the_districts_and_sees_the_levels_apart(told: Province) -> None:
    with told.database.write() as connection:
        for code, value in {"H1": 7, "H2": 8}.items():
            told.save(connection, code, Address("PL3", "mttq", "huyen.tong_so"), value)
        told.send(connection, "H1", "H2")
    talk = Talk(told, "T")
    text = talk.say("/start", "[Bắt đầu]", "/capduoi PL3")
    assert "1. MTTQ, cấp huyện: Tổng 15 (2/2)" in text
    assert "2. MTTQ, cấp xã: Tổng 100 (2/5)" in text
    talk.say("1", "[Thay số]", "[Chỉ thay Tổng]", "16", "Theo Ban Tổ chức")
    with told.database.read() as connection:
        answers = talk.view(connection).answers
        assert {address.column: each.value for address, each in answers.items()} == {"huyen.tong_so": 16}


def test_a_row_that_only_communes_fill_in_is_replaced_and_given_back(told: Province) -> None:
    talk = Talk(told, "H1")
    assert "Ngân sách 3 (2/3)" in talk.say("/start", "[Bắt đầu]", "/capduoi PL6.mttq.xa")
    talk.say("[Thay số]", "[Chỉ thay Ngân sách]", "4,5", "Xã Ba báo 1,5 triệu")
    with told.database.read() as connection:
        assert talk.view(connection).answers[MONEY].value == Decimal("4.5")
    talk.say("[Dùng lại tổng của cấp dưới]")
    with told.database.read() as connection:
        assert MONEY not in talk.view(connection).answers
        assert talk.view(connection).proposals("PL6", "mttq.xa")["nsnn"].value == 3


def test_sums_are_those_of_the_row(told: Province) -> None:
    with told.database.read() as connection:
        view = told.view(connection, "H1")
        every, row = view.sums(), view.proposals("PL3", "mttq")
        assert {column: (each.value, each.counted, each.expected) for column, each in row.items()} == {
            address.column: (each.value, each.counted, each.expected)
            for address, each in every.items()
            if (address.field, address.row) == ("PL3", "mttq")
        }
        assert not set(every) & {address for question in view.questions for address in question.addresses}


def test_a_merged_commune_takes_the_sum_over_in_the_chat(told: Province) -> None:
    with told.database.write() as connection:
        for code in ("X1", "X2"):
            workflow.reopen(connection, told.reports[code], "đủ hàng", None, None, NOW)
            for column in ("xa.cb_nu", "xa.cb_dtts", "xa.cb_ton_giao"):
                told.save(connection, code, Address("PL3", "mttq", column), None, State.ZERO)
            told.send(connection, code)
        new_unit(connection, told, "XM", "Xã Mới", X1=False, X2=False)
        campaigns.close(connection, told.campaign, NOW)
        later = next_campaign(connection, told)
    later.accounts["XM"] = later.accounts["X1"]
    talk = Talk(later, "XM")
    text = talk.say("/start", "[Bắt đầu]", "/sua PL3.mttq")
    assert "2 đơn vị cũ cộng lại: Tổng 100 · Nữ 0 · DTTS 0 · Tôn giáo 0 (Xã Một 60" in text
    talk.say("[Dùng số này]")
    with later.database.read() as connection:
        stored = talk.view(connection).answers[TOTAL]
        assert (stored.value, stored.basis) == (100, "")
        assert talk.view(connection).answers[WOMEN].state is State.ZERO


def test_effects_of_a_turn_are_what_the_world_says_next(told: Province) -> None:
    """What is proposed is read anew in every turn: the view keeps nothing from one to the next."""
    with told.database.write() as connection:
        view = told.view(connection, "H1")
        assert view.proposals("PL3", "mttq")["xa.tong_so"].value == 100
        told.do(connection, "X3", OpenReport(told.reports["X3"]), SaveAnswer(told.reports["X3"], TOTAL, State.VALUE, 5))
        told.send(connection, "X3")
        assert told.view(connection, "H1").proposals("PL3", "mttq")["xa.tong_so"].value == 105
