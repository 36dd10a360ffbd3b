"""The one builder of an office in a database: forms, units by code, people with roles and accounts, a campaign."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dialogs.forms.form_file import shipped_text
from dialogs.values.world import Person
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.people import people
from storage.units import units
from storage.units.units import NewUnit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2019, 4, 1, 2, 0, tzinfo=UTC)
REFERENCE = date(2019, 4, 1)


@dataclass(kw_only=True)
class Founded:
    """What was founded: ids of units and reports by unit, people and accounts by the name that tests call them."""

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    campaign: int = 0

    def publish(self, connection: Connection, *forms_by_key: str, at: datetime = NOW) -> None:
        """Publish forms that come with the program."""
        for key in forms_by_key:
            forms.publish(connection, shipped_text(key), at)

    def add(self, connection: Connection, code: str, name: str, kind: str, above: str = "", at: datetime = NOW) -> int:
        """Add a unit after those that are there."""
        new = NewUnit(code, name, kind, self.units.get(above), position=len(self.units))
        self.units[code] = units.add(connection, new, at)
        return self.units[code]

    def hire(
        self,
        connection: Connection,
        who: str,
        name: str,
        unit: str,
        *roles: str,
        account: tuple[str, str],
        handle: str | None = None,
        at: datetime = NOW,
    ) -> Person:
        """Give somebody roles in a unit and an account: (channel, id there)."""
        person = people.create_person(connection, name, at, handle)
        for role in roles:
            people.grant(connection, person, self.units[unit], role, at)
        self.people[who] = Person(person, name)
        self.accounts[who] = people.add_account(connection, person, *account, at)
        return self.people[who]

    def open(self, connection: Connection, opening: Opening, at: datetime = NOW) -> None:
        """Open the campaign; ``reports`` are those of its units."""
        self.campaign = campaigns.open_campaign(connection, opening, at, ZONE)
        for code, unit in self.units.items():
            report = campaigns.submission_of(connection, self.campaign, unit)
            if report is not None:
                self.reports[code] = report
