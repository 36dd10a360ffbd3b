"""The table of rights, walked up the dated hierarchy: every role over every kind of unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dialogs.values.rights import REACH, ROLES, Reach, Right, allows, as_table, invite_right, remove_right
from storage.people import concerned, people, rights
from storage.schema.errors import Refused
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import NOW, REFERENCE, Province

UNITS = {"own": "H1", "lower": "X1", "sibling": "H2", "foreign": "X4", "above": "T"}
"""Seen from District One."""

REACHED = {Reach.OWN: {"own"}, Reach.BELOW: {"lower"}, Reach.TREE: {"own", "lower"}}


@pytest.mark.parametrize("role", ROLES)
def test_every_right_of_every_role_reaches_what_the_table_says(province: Province, role: str) -> None:
    """104 rights and roles, each over five units; what has no row is no right."""
    with province.database.write() as connection:
        person = people.create_person(connection, "Thử", NOW)
        people.grant(connection, person, province.units["H1"], role, NOW)
        for right in Right:
            reach = REACH[right].get(role)
            expected = REACHED[reach] if reach else set()
            found = {
                where
                for where, code in UNITS.items()
                if rights.may(connection, person, right, province.units[code], REFERENCE, NOW)
            }
            assert found == expected, (right, role)


def test_every_right_has_its_row_and_every_role_its_own_rights_of_people() -> None:
    assert set(REACH) == set(Right)
    assert {invite_right(role) for role in ROLES} | {remove_right(role) for role in ROLES} <= set(Right)
    assert all(right.value.count(".") == 1 for right in Right)


def test_nobody_decides_about_the_report_of_the_unit_they_sit_in_but_an_administrator() -> None:
    for right in (Right.REPORT_RETURN, Right.REPORT_ACCEPT, Right.REPORT_REOPEN, Right.DEADLINE_EXTEND):
        assert [role for role in ROLES if allows(right, [(role, 0)])] == ["administrator"]
        assert {role for role in ROLES if allows(right, [(role, 1)])} == {"coordinator", "administrator"}


def test_only_who_belongs_to_a_unit_writes_its_report() -> None:
    for right in (Right.REPORT_FILL, Right.REPORT_SEND, Right.EVIDENCE_ADD, Right.CORRECTION_ASK):
        assert {role for role in ROLES if allows(right, [(role, 0)])} == {"official", "lead"}
        assert not any(allows(right, [(role, up)]) for role in ROLES for up in (1, 2, 3))


def test_the_table_is_printed_as_it_is() -> None:
    lines = as_table().splitlines()
    assert len(lines) == len(Right) + 2
    assert "| `report.accept` | – | – | below | own and below |" in lines


def test_a_right_ends_with_its_role_and_with_its_person(province: Province) -> None:
    with province.database.write() as connection:
        person = people.create_person(connection, "Thử", NOW)
        role = people.grant(connection, person, province.units["H1"], "coordinator", NOW)
        below, later = province.units["X1"], NOW + timedelta(days=1)

        def may(at=NOW) -> bool:  # type: ignore[no-untyped-def]
            return rights.may(connection, person, Right.REPORT_ACCEPT, below, REFERENCE, at)

        assert may() and may(later)
        people.end_role(connection, role, later)
        assert may() and not may(later)


def test_the_way_up_is_that_of_the_campaigns_day(province: Province) -> None:
    """A commune that has moved to another district: each district keeps the campaigns of its own time."""
    with province.database.write() as connection:
        moved = NewUnit("X9", "Xã Chín", "xa", province.units["H1"], date(2000, 1, 1), date(2019, 12, 31))
        commune = units.add(connection, moved, NOW)
        after = NewUnit("X9", "Xã Chín", "xa", province.units["H2"], date(2020, 1, 1))
        units.add(connection, after, NOW, commune)
        first, second = (people.create_person(connection, name, NOW) for name in ("Một", "Hai"))
        people.grant(connection, first, province.units["H1"], "coordinator", NOW)
        people.grant(connection, second, province.units["H2"], "coordinator", NOW)

        def may(person: int, day: date) -> bool:
            return rights.may(connection, person, Right.PROGRESS_READ, commune, day, NOW)

        assert (may(first, REFERENCE), may(second, REFERENCE)) == (True, False)
        assert (may(first, date(2021, 1, 1)), may(second, date(2021, 1, 1))) == (False, True)


def test_a_unit_that_is_no_more_is_reached_as_on_its_last_day(province: Province) -> None:
    with province.database.write() as connection:
        gone = NewUnit("X9", "Xã Chín", "xa", province.units["H1"], date(2000, 1, 1), date(2018, 12, 31))
        commune = units.add(connection, gone, NOW)
        person = people.create_person(connection, "Thử", NOW)
        people.grant(connection, person, province.units["H1"], "coordinator", NOW)
        today = NOW.date()
        assert rights.day_of(connection, commune, today) == date(2018, 12, 31)
        assert rights.may_today(connection, person, Right.OFFICIAL_INVITE, commune, NOW, today)


def test_who_is_told_is_the_nearest_level_that_has_anybody_else(province: Province) -> None:
    with province.database.write() as connection:
        upper, near = (people.create_person(connection, name, NOW) for name in ("Tỉnh", "Huyện"))
        people.grant(connection, upper, province.units["T"], "coordinator", NOW)
        people.grant(connection, near, province.units["H1"], "coordinator", NOW)

        def nearest(code: str, but: int = 0) -> list[int]:
            found = concerned.nearest(connection, Right.REPORT_ACCEPT, province.units[code], REFERENCE, NOW, but)
            return [each.person for each in found]

        assert (nearest("X1"), nearest("H1")) == ([near], [upper])
        assert nearest("X1", but=near) == [upper], "who acts asks somebody else"


def test_what_is_not_allowed_is_refused_without_naming_the_unit(province: Province) -> None:
    with province.database.read() as connection, pytest.raises(Refused) as refused:
        outsider = province.people["X4"].id
        rights.require(connection, outsider, Right.REPORT_READ, province.reports["X1"], NOW)
    assert "Xã" not in str(refused.value)
