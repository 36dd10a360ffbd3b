"""A small province of three levels with a cluster between, in every stage of a campaign, to be compiled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dialogs.forms.answers import Address, State
from storage.campaigns.campaigns import Opening
from storage.people import people
from storage.reports import workflow
from storage.schema.database import Database
from tests.office.province import NOW, REFERENCE, Province

CAMPAIGN = "kl62-2019"
TREE = (
    ("T", "Tỉnh ủy Hồng Lam", "tinh", ""),
    ("C1", "Cụm thi đua số 1", "cum", "T"),
    ("H1", "Huyện ủy Thanh Sơn", "huyen", "C1"),
    ("X1", "Đảng ủy xã An Bình", "xa", "H1"),
    ("X2", "Đảng ủy xã Hòa Thuận", "xa", "H1"),
    ("X3", "Đảng ủy xã Tân Lập", "xa", "H1"),
    ("H2", "Huyện ủy Nam Khê", "huyen", "C1"),
    ("TC1", "Đảng đoàn Hội Nông dân tỉnh", "to_chuc", "T"),
    ("N1", "Tỉnh ủy láng giềng", "tinh", ""),
)
COORDINATORS = ("T", "C1", "H1", "X1")
DAY = date(2019, 4, 5)
LATE = datetime(2019, 4, 9, 2, 0, tzinfo=UTC)

TOTAL, WOMEN = Address("PL3", "mttq", "xa.tong_so"), Address("PL3", "mttq", "xa.cb_nu")
LEAF, BELOW = Address("P1.I.2.a"), Address("II.1")
OWN_TEXT = "Huyện ủy đã ban hành kế hoạch và tổ chức ba hội nghị quán triệt."
TEXT = "Đảng ủy xã đã quán triệt đến 12 chi bộ."


@dataclass(frozen=True)
class Office:
    """What a test does in the province; everybody speaks at the terminal under the lower-case code of the unit."""

    province: Province

    @property
    def database(self) -> Database:
        return self.province.database

    def save(self, code: str, address: Address, value: object, state: State = State.VALUE) -> None:
        with self.database.write() as connection:
            self.province.save(connection, code, address, value, state)  # type: ignore[arg-type]

    def send(self, *codes: str, at: datetime = NOW) -> None:
        with self.database.write() as connection:
            self.province.send(connection, *codes, at=at)

    def hand_back(self, code: str) -> None:
        with self.database.write() as connection:
            workflow.return_report(connection, self.province.reports[code], "", "Xem lại số liệu.", None, LATE)


def found_office(database: Database) -> Office:
    """Make the units, an official in each, coordinators, somebody without a role, and open the campaign."""
    province = Province(database)
    with database.write() as connection:
        province.publish(connection, "kl62-2019-xa", "kl62-2019")
        for code, name, kind, above in TREE:
            province.add(connection, code, name, kind, above)
            roles = [people.OFFICIAL] * (code != "C1") + [people.COORDINATOR] * (code in COORDINATORS)
            there = ("terminal", code.lower())
            province.hire(connection, code, f"Cán bộ {code}", code, *roles, account=there, handle=code.lower())
        people.create_person(connection, "Khách", NOW, "la")
        due = dict.fromkeys(("xa", "huyen", "to_chuc", "tinh"), DAY)
        province.open(connection, Opening(CAMPAIGN, "T", REFERENCE, due=due), NOW - timedelta(days=1))
    return Office(province)


def fill(office: Office) -> None:
    """X1 and H1 sent, X2 sent late, TC1 returned; X3, H2 and T have sent nothing."""
    office.save("X1", BELOW, TEXT)
    office.save("X1", TOTAL, 12)
    office.save("X1", WOMEN, 5)
    office.send("X1")
    office.save("X2", BELOW, None, State.ZERO)
    office.save("X2", TOTAL, 20)
    office.save("X2", WOMEN, 25)
    office.send("X2", at=LATE)
    office.save("X3", TOTAL, 1000)
    office.save("H1", LEAF, OWN_TEXT)
    office.send("H1")
    office.send("TC1")
    office.hand_back("TC1")
