"""A made-up district with many communes, each with one official on Telegram: what benches and long tests fill in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dialogs.forms.form_file import shipped_keys
from storage.campaigns.campaigns import Opening
from storage.people import people
from tests.office.founding import Founded

CAMPAIGN = "kl62-2019"
FORM = "kl62-2019-xa"
REFERENCE_DATE = date(2019, 4, 10)
FIRST_CHAT = 10_001
OPENED = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def found_office(
    connection: Connection,
    communes: int,
    at: datetime = OPENED,
    settings: Mapping[str, Any] | None = None,
    coordinator: tuple[str, int] | None = None,
) -> None:
    """Make a province, one district, ``communes`` communes with an official each, and open the campaign.

    ``coordinator`` (name and chat) coordinates the district. Without ``settings`` nobody is reminded: what runs under a
    real clock would otherwise be told of the days.
    """
    office = Founded()
    office.publish(connection, *shipped_keys(), at=at)
    office.add(connection, "T", "Tỉnh ủy Hồng Lam", "tinh", at=at)
    office.add(connection, "H1", "Huyện ủy Thanh Sơn", "huyen", "T", at=at)
    for number in range(communes):
        here, there = code(number), ("telegram", str(FIRST_CHAT + number))
        office.add(connection, here, f"Đảng ủy xã {place(number)}", "xa", "H1", at=at)
        office.hire(connection, here, f"Cán bộ {number}", here, people.OFFICIAL, account=there, at=at)
    if coordinator is not None:
        name, chat = coordinator
        office.hire(connection, name, name, "H1", people.COORDINATOR, account=("telegram", str(chat)), at=at)
    due = dict.fromkeys(("xa", "huyen", "tinh"), at.date() + timedelta(days=30))
    asked = {"reminders": False} if settings is None else settings
    office.open(connection, Opening(CAMPAIGN, "T", REFERENCE_DATE, due=due, settings=asked), at)


def code(number: int) -> str:
    return f"X{number}"


def place(number: int) -> str:
    return f"An Bình {number}"
