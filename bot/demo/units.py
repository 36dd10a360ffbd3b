"""The units and people of the made-up province: two districts of three communes, a provincial organisation, two others.

The district level ends on 30/06/2025, as it did; campaigns of the demo have earlier reference dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from storage.people import people
from storage.reports import letterheads
from storage.reports.letterheads import UnitLetterhead
from storage.units import units
from storage.units.units import NewUnit

TERMINAL, WEB = "terminal", "web"
DISTRICT_LEVEL_ENDED = date(2025, 6, 30)
DAY_OF_ROLES = date(2019, 4, 10)
"""A day on which every unit of the demo exists."""

COMMUNES = ("An Bình", "Hòa Thuận", "Tân Lập", "Minh Tiến", "Phú Lâm", "Yên Sơn")
DISTRICTS = ("Thanh Sơn", "Nam Khê")
PROVINCE = "Hồng Lam"
STANDING = "T/M BAN THƯỜNG VỤ"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """``roles`` are (unit code, role); somebody without any is there to be told nothing."""

    handle: str
    name: str
    roles: tuple[tuple[str, str], ...] = ()


PEOPLE = (
    *(
        DemoPerson(f"xa{n}", name, ((f"X{n}", people.OFFICIAL),))
        for n, name in enumerate(("Lan", "Hoa", "Dũng", "Thảo", "Tuấn", "Mai"), 1)
    ),
    DemoPerson("huyen1", "Minh", (("H1", people.OFFICIAL), ("H1", people.COORDINATOR))),
    DemoPerson("huyen2", "Hạnh", (("H2", people.OFFICIAL), ("H2", people.COORDINATOR))),
    DemoPerson("tochuc1", "Nga", (("TC1", people.OFFICIAL),)),
    DemoPerson("danvan", "Quang", (("TC2", people.OFFICIAL),)),
    DemoPerson("tinh", "Bình", (("T", people.OFFICIAL), ("T", people.COORDINATOR))),
    DemoPerson("phutrach1", "Thu", (("X1", people.LEAD),)),
    DemoPerson("quantri", "Khánh", (("T", people.ADMINISTRATOR),)),
    DemoPerson("la", "Khách"),
)


def found_units(connection: Connection, at: datetime) -> None:
    """Store the units with their letterheads; districts and their communes end with the district level."""
    name = PROVINCE.upper()
    head = UnitLetterhead("", f"TỈNH ỦY {name}", "BC/TU", PROVINCE, STANDING, "PHÓ BÍ THƯ")
    province = _unit(connection, NewUnit("T", f"Tỉnh ủy {PROVINCE}", "tinh", position=0), head, at)
    for number in range(1, len(DISTRICTS) + 1):
        _district(connection, number, province, at)
    above = f"TỈNH ỦY {name}"
    union = NewUnit(
        "TC1", f"Đảng đoàn Hội Liên hiệp Phụ nữ tỉnh {PROVINCE}", "to_chuc", province, body="pn", position=8
    )
    head = UnitLetterhead(above, "ĐẢNG ĐOÀN HỘI LIÊN HIỆP PHỤ NỮ", "BC/ĐĐHLHPN", PROVINCE, "T/M ĐẢNG ĐOÀN", "BÍ THƯ")
    _unit(connection, union, head, at)
    board = NewUnit("TC2", f"Ban Dân vận Tỉnh ủy {PROVINCE}", "to_chuc", province, body="bdv", position=9)
    _unit(connection, board, UnitLetterhead(above, "BAN DÂN VẬN", "BC/BDVTU", PROVINCE, "", "TRƯỞNG BAN"), at)
    units.add(connection, NewUnit("DU1", f"Đảng ủy Quân sự tỉnh {PROVINCE}", "dutt", province, position=10), at)


def _district(connection: Connection, number: int, province: int, at: datetime) -> None:
    last, name = DISTRICT_LEVEL_ENDED, DISTRICTS[number - 1]
    new = NewUnit(f"H{number}", f"Huyện ủy {name}", "huyen", province, valid_to=last, position=number)
    above = f"ĐẢNG BỘ TỈNH {PROVINCE.upper()}"
    head = UnitLetterhead(above, f"HUYỆN ỦY {name.upper()}", "BC/HU", name, STANDING, "PHÓ BÍ THƯ")
    district = _unit(connection, new, head, at)
    for index in range(3 * number - 2, 3 * number + 1):
        commune = COMMUNES[index - 1]
        new = NewUnit(f"X{index}", f"Đảng ủy xã {commune}", "xa", district, valid_to=last, position=index)
        above = f"ĐẢNG BỘ HUYỆN {name.upper()}"
        head = UnitLetterhead(above, f"ĐẢNG ỦY XÃ {commune.upper()}", "BC/ĐU", commune, STANDING, "PHÓ BÍ THƯ")
        _unit(connection, new, head, at)


def _unit(connection: Connection, new: NewUnit, head: UnitLetterhead, at: datetime) -> int:
    unit = units.add(connection, new, at)
    letterheads.add(connection, unit, units.BEGINNING, head)
    return unit


def add_people(connection: Connection, at: datetime) -> None:
    """Store the demo people, each with an account on the terminal and the web page."""
    for person in PEOPLE:
        key = people.create_person(connection, person.name, at, person.handle)
        for channel in (TERMINAL, WEB):
            people.add_account(connection, key, channel, person.handle, at, person.name)
        for code, role in person.roles:
            unit = units.by_code(connection, code, DAY_OF_ROLES)
            if unit is not None:
                people.grant(connection, key, unit.id, role, at)
