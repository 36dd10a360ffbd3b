"""The compiled Word and Excel of a unit and everything below it, written as files.

One reading snapshot serves all of them. A file is written under a temporary name and takes its own only when it is
whole, so that a broken run leaves nothing half behind.

Up to ``MOST_WORD_UNITS`` counted units there are one Word and one Excel. With more, nobody could open the Word: then
each direct child that has units below it gets the Word of its own compiled report, and the unit itself one more with
its own text, the totals, the lists, and the texts of the children that have nobody below them. The Excel stays whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.documents.compiled_warnings import warnings
from bot.documents.made_files import file_stem
from exports.compiled.compiled_report import compiled_report
from exports.compiled.compiled_source import CompiledSource
from exports.excel import workbook
from exports.standings import required
from exports.word import document
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import compiled
from storage.compiled.compiled import Collected
from storage.schema.errors import Refused
from storage.units import units

MOST_WORD_UNITS = 400
"""Counted units above which the Word is divided; the largest province has 168 communes and their upper units."""


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
        raise Refused(f"Không có đợt báo cáo {campaign_key}.")
    unit = units.by_code(connection, unit_code, found.reference_date)
    if unit is None:
        raise Refused(f"Không có đơn vị mã {unit_code} vào ngày {found.reference_date:%d/%m/%Y}.")
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
    cache = TurnCache()
    collected = compiled.read(connection, cache, asked, unit, now, zone)
    source = replace(as_source(collected, now.astimezone(zone)), warnings=tuple(warnings(collected)))
    apart = _apart(collected, most)
    stem = _stem(asked, collected)
    common = replace(source, apart=_elsewhere(collected, apart))
    paths = [_word(folder, f"{stem}_phan-chung" if apart else stem, common)]
    for child in apart:
        below = compiled.read(connection, cache, asked, child, now, zone)
        paths.append(_word(folder, _stem(asked, below), as_source(below, now.astimezone(zone))))
    words = len(paths)
    report = compiled_report(source)
    paths.append(put(folder / f"{stem}.xlsx", lambda stream: workbook.write(report, stream)))
    return Written(tuple(paths), collected.unit_name, *_counts(collected), words)


def as_source(collected: Collected, created: datetime) -> CompiledSource:
    """Return what storage read as the values that are printed; ``created`` is local time."""
    return CompiledSource(
        form=collected.form,
        respondent=collected.respondent,
        period=collected.period,
        unit_code=collected.unit_code,
        unit_name=collected.unit_name,
        parent_name=collected.parent_name,
        own=collected.own,
        document=collected.document,
        letterhead=collected.letterhead,
        profile=collected.profile,
        sent=collected.sent,
        created=created,
        standings=collected.standings,
        counted=collected.counted,
        contributions=collected.contributions,
        cells=collected.cells,
        totals=collected.totals,
        entries=collected.entries,
        enclosed=collected.enclosed,
    )


def _stem(asked: Campaign, collected: Collected) -> str:
    return file_stem(asked.key, collected.unit_code, collected.unit_name, collected.sent, "_tong-hop")


def _counts(collected: Collected) -> tuple[int, int]:
    owing = required(collected.standings)
    return sum(each.counted for each in owing), len(owing)


# --- above a province ---------------------------------------------------------------------------------------------


def _apart(collected: Collected, most: int) -> tuple[int, ...]:
    """Return the direct children that get a Word of their own: none unless there are too many units for one."""
    if sum(each.counted for each in collected.standings) <= most:
        return ()
    return tuple(dict.fromkeys(child for each in collected.scope.members if (child := _child_above(each))))


def _child_above(member: ScopedReport) -> int | None:
    """Return the direct child of the compiling unit under which a unit stands; None for that child itself."""
    return member.above[1] if len(member.above) > 1 else None


def _elsewhere(collected: Collected, apart: tuple[int, ...]) -> frozenset[int]:
    """Return the places in the standings of the units whose texts stand in the Word of a child."""
    return frozenset(
        place
        for place, each in enumerate(collected.scope.members)
        if _child_above(each) in apart or each.unit.id in apart
    )


# --- files --------------------------------------------------------------------------------------------------------


def _word(folder: Path, stem: str, source: CompiledSource) -> Path:
    report = compiled_report(source)
    return put(folder / f"{stem}.docx", lambda stream: document.write(report, stream))


def put(path: Path, fill: Callable[[BinaryIO], None]) -> Path:
    """Write a file whole or not at all, with what ``fill`` writes, and return its path. Raises ``OSError``."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as stream:
            fill(stream)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return path
