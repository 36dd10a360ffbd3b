"""The record of a campaign as a CSV file, written line by line: a million lines cost no memory.

UTF-8 with a byte order mark, so that a spreadsheet reads Vietnamese; a text that a spreadsheet would take for a formula
begins with an apostrophe, a number stays the number it is.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.documents.document_texts import NOT_ALLOWED, RECORD_COLUMNS
from bot.documents.made_files import file_stem
from dialogs.forms.answers import Value, json_value
from dialogs.texts import following as following_texts
from dialogs.values.audit_entries import ANSWERED
from storage import record
from storage.messages import files
from storage.people import rights
from storage.record import RecordLine
from storage.schema.errors import Refused

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet begins to calculate; full-width forms of the signs count to some programs too."""
_WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_for(
    connection: Connection,
    person: int,
    campaign: str,
    unit: str,
    now: datetime,
    zone: ZoneInfo,
    folder: Path,
    most: int = files.MAX_BYTES,
) -> tuple[Path, ...]:
    """Write what a person may read of the record into ``folder`` and return the file, packed above ``most`` bytes.

    Raises ``Refused`` where the person may not read it.
    """
    asked, place = rights.place_of(connection, campaign, unit)
    found = record.extent_for(connection, person, asked, place.id, now)
    if found is None:
        raise Refused(NOT_ALLOWED)
    path = folder / f"{file_stem(asked.key, place.code, place.name, True, '_nhat-ky')}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        write(record.entries(connection, found), stream, zone)
    return (path,) if path.stat().st_size <= most else (_packed(path),)


def _packed(path: Path) -> Path:
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
    return packed


def write(found: Iterable[RecordLine], stream: TextIO, zone: ZoneInfo) -> int:
    """Write entries as CSV with a line of column names; return how many there were."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(RECORD_COLUMNS)
    lines = 0
    for entry in found:
        writer.writerow(_line(entry, zone))
        lines += 1
    return lines


def _line(entry: RecordLine, zone: ZoneInfo) -> list[str]:
    return [
        entry.at.astimezone(zone).isoformat(timespec="seconds"),
        safe(entry.by),
        _number(entry.account),
        safe(entry.channel),
        safe(entry.unit),
        safe(entry.unit_name),
        _number(entry.report),
        safe(entry.verb),
        safe(entry.field),
        safe(entry.row),
        safe(entry.column),
        _number(entry.version),
        entry.state,
        spelled(entry.value),
        safe(entry.reason),
        "" if entry.verb == ANSWERED else safe(following_texts.deed_name(entry.verb)),
        safe(entry.detail),
    ]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def spelled(value: Value) -> str:
    """A value as the file holds it: a number plain, a date ISO, a list as JSON, a text that no program calculates."""
    if isinstance(value, str):
        return safe(value)
    if value is None or isinstance(value, int | Decimal):
        return "" if value is None else str(value)
    shown = json_value(value)
    return safe(shown) if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)


def safe(text: str) -> str:
    """Return a text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith((*FORMULA, *_WIDE)) else text
