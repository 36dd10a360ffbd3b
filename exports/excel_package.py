"""Writes the workbook: a zip whose bytes depend on the report alone, with rows streamed into openpyxl's frames."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from exports.excel_cells import Pen
from exports.excel_skeleton import (
    DECIMAL,
    LAST_ROW,
    MERGES,
    PROPERTIES_PART,
    STRINGS_PART,
    WHOLE,
    WORKBOOK_PART,
    SheetShape,
    skeleton,
)
from exports.excel_text import escaped

_STORED = (1980, 1, 1, 0, 0, 0)
"""The time of every part: a clock would make two prints of the same report differ."""
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet ready to be stored. ``rows`` are its rows as XML and may be a stream; ``last_row`` is their number.

    ``whole`` and ``decimal`` are the ranges in which people type numbers.
    """

    shape: SheetShape
    rows: Iterable[bytes]
    last_row: int
    merges: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    decimal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Properties:
    title: str
    creator: str
    created: datetime


def write_workbook(target: BinaryIO, sheets: tuple[Drawn, ...], pen: Pen, properties: Properties) -> None:
    """Write ``sheets`` to ``target`` as a workbook; ``pen`` is the one their rows are written with."""
    frame = skeleton(tuple(sheet.shape for sheet in sheets))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, part in frame.parts:
            _store(archive, name, (part,))
        _store(archive, PROPERTIES_PART, (_core(properties),))
        _store(archive, WORKBOOK_PART, (_ended(frame.workbook, sheets),))
        for sheet, (name, before, after) in zip(sheets, frame.sheets, strict=True):
            _store(archive, name, _spliced(_ended(before, sheets), sheet.rows, _placed(_ended(after, sheets), sheet)))
        # Last: only now is every text known.
        _store(archive, STRINGS_PART, pen.shared_strings())


def _spliced(before: bytes, rows: Iterable[bytes], after: bytes) -> Iterator[bytes]:
    yield before
    yield b"<sheetData>"
    yield from rows
    yield b"</sheetData>"
    yield after


def _store(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(name, _STORED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w") as part:
        for chunk in chunks:
            part.write(chunk)


def _ended(part: bytes, sheets: tuple[Drawn, ...]) -> bytes:
    """Return ``part`` with the real last rows of the sheets."""
    for number, sheet in enumerate(sheets):
        part = part.replace(b"%d" % (LAST_ROW + number), b"%d" % sheet.last_row)
    return part


def _placed(part: bytes, sheet: Drawn) -> bytes:
    """Return what follows the rows with the ranges of this report."""
    merges = "".join(f'<mergeCell ref="{merged}"/>' for merged in sheet.merges)
    part = part.replace(MERGES, f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>'.encode())
    part = part.replace(WHOLE, " ".join(sheet.whole).encode())
    return part.replace(DECIMAL, " ".join(sheet.decimal).encode())


def _core(properties: Properties) -> bytes:
    created = properties.created
    if created.tzinfo is not None:
        created = created.astimezone(UTC)
    moment = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(properties.title)}</dc:title><dc:creator>{escaped(properties.creator)}</dc:creator>"
        f"<dc:language>vi-VN</dc:language>{dated}</cp:coreProperties>"
    ).encode()
