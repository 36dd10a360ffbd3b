"""The made-up country as rows of a database: units, a campaign, every answer; written in bulk, all reports sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from dialogs.forms.form_file import shipped_keys, shipped_text
from storage.campaigns import campaigns, forms
from storage.campaigns.answers import encode
from storage.campaigns.campaigns import Opening
from storage.people import people
from storage.schema.tables import answer, submission
from storage.units import units
from storage.units.units import NewUnit
from tests.bench.synthetic import FORM, NOW, Country

KEY = "ca-nuoc"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ROWS = 20_000


def found_country(connection: Connection, country: Country, top: str = "TW") -> None:
    """Store the units under ``top``, open their campaign, and write everybody's answers as sent reports."""
    for key in shipped_keys():
        forms.publish(connection, shipped_text(key), NOW)
    root = units.add(connection, NewUnit(top, "Tỉnh ủy Hồng Lam", "tinh"), NOW)
    for position, each in enumerate(country.standings[1:], 1):
        units.add(connection, NewUnit(each.code, each.name, each.kind, root, position=position), NOW)
    campaign = campaigns.open_campaign(connection, Opening(FORM, top, date(2019, 4, 10), key=KEY), NOW, ZONE)
    writer = people.create_person(connection, "Nguyễn Thị Lan", NOW)
    reports = _reports(connection, campaign, root)
    batch: list[dict[str, Any]] = []
    for row in _answers(country, reports, writer):
        batch.append(row)
        if len(batch) == _ROWS:
            connection.execute(insert(answer), batch)
            batch.clear()
    if batch:
        connection.execute(insert(answer), batch)
    sent = update(submission).where(submission.c.id.in_(reports.values()))
    connection.execute(sent.values(status="sent", opened_at=NOW, first_sent_at=NOW, sent_at=NOW, revision=1))


def _reports(connection: Connection, campaign: int, root: int) -> dict[str, int]:
    found = {}
    for each in units.descendants(connection, root, date(2019, 4, 10)):
        report = campaigns.submission_of(connection, campaign, each.id)
        if each.depth and report is not None:
            found[each.code] = report
    return found


def _answers(country: Country, reports: dict[str, int], writer: int) -> Iterator[dict[str, Any]]:
    for entry in country.entries():
        written = encode(entry.state, entry.value)
        yield {
            "submission": reports[entry.unit],
            "field": entry.field,
            "row": entry.row,
            "column": entry.column,
            "version": 1,
            "state": entry.state.value,
            "kind": written.kind,
            "value": written.value,
            "number": written.number,
            "closed": True,
            "person": writer,
            "channel": entry.channel,
            "at": NOW,
        }
