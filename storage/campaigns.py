"""Campaigns: which units are asked with which form, until when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, insert, literal, select, update

from dialogs.form import Form
from storage import forms, units
from storage.errors import Refused
from storage.statements import dumps, new_id
from storage.tables import campaign, campaign_unit, submission

COUNTED = ("sent", "accepted")
"""The statuses whose figures count in sums unless the campaign's settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a campaign is opened with. ``due`` holds the last day by unit kind and wins over the form's own.

    ``key`` '' is the form's key; ``not_required`` are codes of units that are listed but owe nothing; ``settings``
    may name ``counted``, the statuses that count.
    """

    form: str
    unit: str
    reference_date: date
    key: str = ""
    title: str = ""
    due: Mapping[str, date] = field(default_factory=dict)
    switches: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    previous: int | None = None
    not_required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Campaign:
    """An opened campaign."""

    id: int
    key: str
    title: str
    form_version: int
    root: int
    reference_date: date
    switches: frozenset[str]
    settings: Mapping[str, Any]
    opened_at: datetime
    closed_at: datetime | None

    @property
    def counted(self) -> tuple[str, ...]:
        return counted(self.settings)


_COLUMNS = tuple(campaign.c[name] for name in Campaign.__dataclass_fields__)


def counted(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the statuses whose figures count in sums."""
    return tuple(settings.get("counted", COUNTED))


def last_moment(day: date, zone: tzinfo) -> datetime:
    """Return the end of ``day`` in ``zone``, 24:00, as UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)


def open_campaign(connection: Connection, opening: Opening, at: datetime, zone: tzinfo, by: int | None = None) -> int:
    """Ask every unit at or below ``opening.unit`` that the form or a companion names; return the campaign's id.

    Raises ``Refused`` if the form or a companion is not published, the unit is unknown on the reference date, the
    key is taken or nobody would be asked.
    """
    top = units.by_code(connection, opening.unit, opening.reference_date)
    if top is None:
        raise Refused(f"Không có đơn vị mã {opening.unit} vào ngày {opening.reference_date:%d/%m/%Y}.")
    versions = _versions(connection, opening.form)
    asked = tuple(_asked(connection, opening, top.id, versions, zone))
    if not asked:
        raise Refused(f"Không có đơn vị nào tại {top.name} hoặc bên dưới phải trả lời mẫu {opening.form}.")
    campaign_id = _insert(connection, opening, top.id, versions, at, by)
    connection.execute(insert(campaign_unit), [{"campaign": campaign_id, **each} for each in asked])
    rows = select(campaign_unit.c.id, literal("not_opened")).where(campaign_unit.c.campaign == campaign_id)
    connection.execute(insert(submission).from_select(["id", "status"], rows))
    return campaign_id


def _versions(connection: Connection, key: str) -> dict[int, Form]:
    """Return the newest versions of the form and of its companions by id, the form itself first."""
    found: dict[int, Form] = {}
    wanted = [key]
    for each in wanted:
        version = forms.newest(connection, each)
        if version is None:
            raise Refused(f"Mẫu {each} chưa được công bố; hãy chạy: baocao form publish TỆP.")
        found[version] = forms.load(connection, version)
        wanted.extend(companion for companion in found[version].companions if companion not in wanted)
    return found


def _asked(
    connection: Connection, opening: Opening, root: int, versions: Mapping[int, Form], zone: tzinfo
) -> Iterator[dict[str, Any]]:
    for each in units.descendants(connection, root, opening.reference_date):
        version = next((v for v, form in versions.items() if each.kind in form.filled_by), None)
        if version is not None:
            day = opening.due.get(each.kind) or _usual_day(versions[version], each.kind)
            yield {
                "unit": each.id,
                "form_version": version,
                "due": last_moment(day, zone) if day else None,
                "required": each.code not in opening.not_required,
            }


def _usual_day(form: Form, kind: str) -> date | None:
    days = (deadline.day for deadline in form.deadlines if kind in deadline.kinds and deadline.day)
    day = next(days, None)
    return date.fromisoformat(day) if day else None


def _insert(
    connection: Connection,
    opening: Opening,
    root: int,
    versions: Mapping[int, Form],
    at: datetime,
    by: int | None,
) -> int:
    version, form = next(iter(versions.items()))
    key = opening.key or form.key
    if by_key(connection, key) is not None:
        raise Refused(f"Đã có đợt báo cáo mang mã {key}; hãy chọn mã khác bằng --key.")
    values = {
        "key": key,
        "title": opening.title or form.short_title,
        "form_version": version,
        "root": root,
        "reference_date": opening.reference_date,
        "period": opening.period,
        "previous": opening.previous,
        "switches": dumps(sorted(opening.switches)),
        "settings": dumps(dict(opening.settings)),
        "opened_at": at,
        "opened_by": by,
    }
    return new_id(connection.execute(insert(campaign), values))


def by_key(connection: Connection, key: str) -> Campaign | None:
    """Return the campaign with this key."""
    row = connection.execute(select(*_COLUMNS).where(campaign.c.key == key)).first()
    return _campaign(row) if row else None


def by_id(connection: Connection, campaign_id: int) -> Campaign | None:
    """Return the campaign with this id."""
    row = connection.execute(select(*_COLUMNS).where(campaign.c.id == campaign_id)).first()
    return _campaign(row) if row else None


def every(connection: Connection) -> tuple[Campaign, ...]:
    """Return all campaigns in the order they were opened."""
    return tuple(_campaign(row) for row in connection.execute(select(*_COLUMNS).order_by(campaign.c.id)))


def _campaign(row: Row[Any]) -> Campaign:
    found = dict(row._mapping)
    found["switches"] = frozenset(json.loads(found["switches"]))
    found["settings"] = json.loads(found["settings"])
    return Campaign(**found)


def close(connection: Connection, campaign_id: int, at: datetime) -> None:
    """End a campaign: it leaves the first screens; what was stored stays readable."""
    connection.execute(update(campaign).where(campaign.c.id == campaign_id).values(closed_at=at))


def submission_of(connection: Connection, campaign_id: int, unit_id: int) -> int | None:
    """Return the id of a unit's report in a campaign, None if it is not asked."""
    found = select(campaign_unit.c.id).where(campaign_unit.c.campaign == campaign_id, campaign_unit.c.unit == unit_id)
    return connection.execute(found).scalar()


def set_due(connection: Connection, submission_id: int, due: datetime | None) -> None:
    """Give a unit another last moment."""
    connection.execute(update(campaign_unit).where(campaign_unit.c.id == submission_id).values(due=due))


def set_required(connection: Connection, submission_id: int, required: bool) -> None:
    """Say whether a unit owes its report."""
    connection.execute(update(campaign_unit).where(campaign_unit.c.id == submission_id).values(required=required))
