"""A made-up district with many communes, each with one official on Telegram: what benches and long tests fill in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dialogs.forms.form_file import shipped_keys, shipped_text
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.people import people
from storage.units import units
from storage.units.units import NewUnit

CAMPAIGN = "kl62-2019"
FORM = "kl62-2019-xa"
REFERENCE_DATE = date(2019, 4, 10)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_CHAT = 10_001
OPENED = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def found_office(
    connection: Connection, communes: int, at: datetime = OPENED, settings: Mapping[str, Any] | None = None
) -> None:
    """Make a province, one district, ``communes`` communes with an official each, and open the campaign.

    Without ``settings`` nobody is reminded: what runs under a real clock would otherwise be told of the days.
    """
    for key in shipped_keys():
        forms.publish(connection, shipped_text(key), at)
    province = units.add(connection, NewUnit("T", "Tỉnh ủy Hồng Lam", "tinh"), at)
    district = units.add(connection, NewUnit("H1", "Huyện ủy Thanh Sơn", "huyen", province, position=1), at)
    for number in range(communes):
        unit = units.add(
            connection, NewUnit(code(number), f"Đảng ủy xã {place(number)}", "xa", district, position=number), at
        )
        person = people.create_person(connection, f"Cán bộ {number}", at)
        people.add_account(connection, person, "telegram", str(FIRST_CHAT + number), at)
        people.grant(connection, person, unit, people.OFFICIAL, at)
    day = at.date()
    due = {kind: day + timedelta(days=30) for kind in ("xa", "huyen", "tinh")}
    asked = {"reminders": False} if settings is None else settings
    campaigns.open_campaign(connection, Opening(CAMPAIGN, "T", REFERENCE_DATE, due=due, settings=asked), at, ZONE)


def code(number: int) -> str:
    return f"X{number}"


def place(number: int) -> str:
    return f"An Bình {number}"
