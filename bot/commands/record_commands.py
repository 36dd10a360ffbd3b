"""The commands that show how far units are and that hand out the record."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from sqlalchemy import Connection

from bot.commands import acting
from bot.config.running import Stop, open_store
from bot.config.settings import Settings
from bot.documents import document_texts, record_file
from bot.runtime import texts
from bot.runtime.timing import now
from dialogs.values.rights import Right
from storage import record
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import progress
from storage.record import Extent
from storage.schema.database import Database
from storage.units import units
from storage.units.units import UnitAt


def show_progress(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print how far the units of a campaign are, as lines or as JSON."""
    database = open_store(settings)
    with database.read() as connection:
        if arguments.handle:
            wanted = (arguments.campaign, arguments.unit)
            acting.require(connection, arguments.handle, Right.PROGRESS_READ, *wanted, now())
        campaign, unit = _named(connection, arguments)
        found = progress.of_campaign(connection, TurnCache(), campaign, now(), unit.id if unit else None)
    if arguments.unit and not found:
        raise Stop(texts.no_such_unit(arguments.unit, arguments.campaign))
    if arguments.json:
        print(json.dumps(progress.as_json(campaign, found), ensure_ascii=False, indent=2))
        return 0
    for each in found:
        print(texts.progress_line(each.code, each.name, each.status, each.late, each.answered, each.total))
    return 0


def _named(connection: Connection, arguments: argparse.Namespace) -> tuple[Campaign, UnitAt | None]:
    campaign = campaigns.by_key(connection, arguments.campaign)
    if campaign is None:
        known = ", ".join(each.key for each in campaigns.every(connection))
        raise Stop(texts.no_such_campaign(arguments.campaign, known))
    unit = units.by_code(connection, arguments.unit, campaign.reference_date) if arguments.unit else None
    if arguments.unit and unit is None:
        raise Stop(texts.no_such_unit(arguments.unit, arguments.campaign))
    return campaign, unit


def export_record(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write every answer and every decision of a campaign at and below a unit as CSV."""
    database = open_store(settings)
    with database.read() as connection:
        found, by = _extent(connection, arguments)
        lines = _write(connection, found, arguments.out, settings)
    _note(database, found, by)
    print(document_texts.record_written(lines, str(arguments.out)), file=sys.stderr)
    print(arguments.out)
    return 0


def _extent(connection: Connection, arguments: argparse.Namespace) -> tuple[Extent, int | None]:
    by = None
    if arguments.handle:
        wanted = (arguments.campaign, arguments.unit)
        by = acting.require(connection, arguments.handle, Right.RECORD_READ, *wanted, now())
    campaign, unit = _named(connection, arguments)
    top = unit.id if unit else campaign.root
    if by is None:
        found = record.extent(connection, campaign, top, now())
    else:
        found = record.extent_for(connection, by, campaign, top, now())
    if found is None:
        raise Stop(document_texts.NOT_ALLOWED)
    return found, by


def _write(connection: Connection, found: Extent, out: Path, settings: Settings) -> int:
    """Write under another name first, so that a broken run leaves no half file behind."""
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as stream:
            lines = record_file.write(record.entries(connection, found), stream, settings.zone)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Stop(texts.cannot_write(str(out), error.strerror or "")) from None
    return lines


def _note(database: Database, found: Extent, by: int | None) -> None:
    """That the record left the house is itself part of it."""
    top = next(iter(found.units))
    with database.write() as connection:
        record.note_export(connection, found.campaign, top, now(), by, None, "cli")
