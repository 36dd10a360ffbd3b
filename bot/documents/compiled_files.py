"""The compiled Word and Excel of a unit and everything below it, written as files.

One reading snapshot serves all of them. A file is written under a temporary name and takes its own only when it is
whole, so that a broken run leaves nothing half behind. The Word comes first (``compiled_word``); the Excel stays whole
however many units there are, and holds the warnings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.documents import compiled_word
from bot.documents.compiled_warnings import warnings
from bot.documents.compiled_word import MOST_WORD_UNITS, stem
from bot.documents.made_files import put
from dialogs.texts import objections
from dialogs.values.report_data import CompiledReportData
from exports.compiled.compiled_report import compiled_report
from exports.excel import workbook
from exports.standings import required
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import compiled_data
from storage.compiled.compiled_scope import CompiledScope, scope_of
from storage.schema.errors import Refused
from storage.units import units


@dataclass(frozen=True, slots=True)
class Written:
    """The finished files in order. ``counted`` of ``owing`` reports are part of them; ``words`` Word documents."""

    paths: tuple[Path, ...]
    unit_name: str
    counted: int
    owing: int
    words: int


def find(connection: Connection, campaign_key: str, unit_code: str) -> tuple[Campaign, int]:
    """Return the campaign and the id of the unit on its reference date. Raises ``Refused`` for an unknown one."""
    found = campaigns.by_key(connection, campaign_key)
    if found is None:
        raise Refused(objections.no_such_campaign(campaign_key))
    unit = units.by_code(connection, unit_code, found.reference_date)
    if unit is None:
        raise Refused(objections.no_such_unit(unit_code, found.reference_date))
    return found, unit.id


def write(
    connection: Connection,
    campaign_key: str,
    unit_code: str,
    now: datetime,
    zone: ZoneInfo,
    folder: Path,
    most: int = MOST_WORD_UNITS,
) -> Written:
    """Write the compiled documents into ``folder`` as things stand on the caller's snapshot.

    Above ``most`` counted units the Word is divided.

    Raises ``Refused`` if campaign or unit does not exist or the unit is outside the campaign's tree, ``OSError`` if
    the folder cannot be written to.
    """
    asked, unit = find(connection, campaign_key, unit_code)
    scope = scope_of(connection, TurnCache(), asked, unit)
    data = compiled_data.read(scope, now.astimezone(zone))
    words = compiled_word.write(scope, data, folder, most)
    book = _workbook(scope, data, folder)
    owing = required(data.standings)
    return Written((*words, book), data.unit_name, sum(each.counted for each in owing), len(owing), len(words))


def _workbook(scope: CompiledScope, data: CompiledReportData, folder: Path) -> Path:
    report = compiled_report(data, tuple(warnings(scope, data)))
    return put(folder / f"{stem(data)}.xlsx", lambda stream: workbook.write(report, stream))
