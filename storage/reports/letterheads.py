"""The usual document data of a unit: what its reports are headed, numbered and signed with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, insert, select

from dialogs.forms.answers import DOCUMENT_DATA, Value, json_value
from storage.campaigns.answers import decode
from storage.schema.statements import dumps
from storage.schema.tables import answer, campaign_unit, letterhead, submission


@dataclass(frozen=True, slots=True)
class UnitLetterhead:
    """The document data of a unit from a day on; '' and () where unknown."""

    parent_body: str = ""
    issuing_body: str = ""
    symbol: str = ""
    place: str = ""
    authority: str = ""
    title: str = ""
    signer: str = ""
    profile: str = ""
    recipients: tuple[str, ...] = ()


KEYS = {
    "co_quan_cap_tren": "parent_body",
    "co_quan": "issuing_body",
    "ky_hieu": "symbol",
    "dia_danh": "place",
    "quyen_han": "authority",
    "chuc_vu": "title",
    "ho_ten": "signer",
}
"""Columns of "Thông tin văn bản" and where a letterhead holds them; ``noi_nhan`` is the list of recipients."""

ONLY_ONCE = frozenset({"so", "ngay"})
"""Columns that belong to one document and are never carried over to the next."""

_NAMES = tuple(name for name in UnitLetterhead.__dataclass_fields__)
_LATEST = (
    select(*(letterhead.c[name] for name in _NAMES))
    .where(letterhead.c.unit == bindparam("unit"), letterhead.c.valid_from <= bindparam("day"))
    .order_by(letterhead.c.valid_from.desc())
    .limit(1)
)
_LAST_REPORT = (
    select(submission.c.id)
    .join(campaign_unit, campaign_unit.c.id == submission.c.id)
    .where(campaign_unit.c.unit == bindparam("unit"), submission.c.id != bindparam("report"))
    .where(submission.c.sent_at.is_not(None))
    .order_by(submission.c.sent_at.desc())
    .limit(1)
)
_DATA = select(answer.c.column, answer.c.kind, answer.c.value).where(
    answer.c.submission == _LAST_REPORT.scalar_subquery(),
    answer.c.field == DOCUMENT_DATA,
    answer.c.state == "value",
)


def add(connection: Connection, unit_id: int, valid_from: date, head: UnitLetterhead) -> None:
    """Store a unit's letterhead from a day on. Raises ``IntegrityError`` if that day has one."""
    values = {name: getattr(head, name) for name in _NAMES}
    values["recipients"] = dumps(list(head.recipients))
    connection.execute(insert(letterhead), {"unit": unit_id, "valid_from": valid_from, **values})


def at(connection: Connection, unit_id: int, day: date) -> UnitLetterhead:
    """Return a unit's letterhead on ``day``; an empty one if none is stored."""
    row = connection.execute(_LATEST, {"unit": unit_id, "day": day}).first()
    if row is None:
        return UnitLetterhead()
    found = dict(row._mapping)
    return UnitLetterhead(**{**found, "recipients": tuple(json.loads(found["recipients"]))})


def defaults(connection: Connection, unit_id: int, day: date, report: int) -> Mapping[str, str]:
    """Return the usual document data by column key for ``report``: the last one sent, else the letterhead.

    Lists are joined by line ends.
    """
    head = at(connection, unit_id, day)
    found = {key: str(getattr(head, name)) for key, name in KEYS.items()}
    found["noi_nhan"] = "\n".join(head.recipients)
    for column, kind, value in connection.execute(_DATA, {"unit": unit_id, "report": report}):
        if column not in ONLY_ONCE:
            found[column] = _text(decode(kind, value))
    return {key: text for key, text in found.items() if text}


def _text(value: Value) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(json_value(value))
