"""Who decided what, when and through which door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from storage.schema.statements import dumps
from storage.schema.tables import audit, person

_ADD = insert(audit)


@dataclass(frozen=True, slots=True)
class Deed:
    """One decision: ``verb`` is noun.verb, ``detail`` whatever explains it. ``name`` is the person's, when read."""

    verb: str
    at: datetime
    person: int | None = None
    account: int | None = None
    unit: int | None = None
    campaign: int | None = None
    submission: int | None = None
    channel: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""


def record(connection: Connection, deed: Deed) -> None:
    """Add a decision to the record."""
    names = ("verb", "at", "person", "account", "unit", "campaign", "submission", "channel")
    values = {name: getattr(deed, name) for name in names}
    connection.execute(_ADD, {**values, "detail": dumps(dict(deed.detail))})


def read(connection: Connection, campaign: int | None = None, unit: int | None = None) -> tuple[Deed, ...]:
    """Return the decisions about a campaign, a unit, or all of them, oldest first."""
    names = ("verb", "at", "person", "account", "unit", "campaign", "submission", "channel", "detail")
    found = select(*(audit.c[name] for name in names), person.c.name)
    found = found.select_from(audit.outerjoin(person, person.c.id == audit.c.person)).order_by(audit.c.id)
    if campaign is not None:
        found = found.where(audit.c.campaign == campaign)
    if unit is not None:
        found = found.where(audit.c.unit == unit)
    return tuple(_deed(dict(row._mapping)) for row in connection.execute(found))


def _deed(row: dict[str, Any]) -> Deed:
    return Deed(**{**row, "detail": json.loads(row["detail"]), "name": row["name"] or ""})
