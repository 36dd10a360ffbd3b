"""Writes the workbook: a zip whose bytes depend on the report alone, with rows streamed into openpyxl's frames."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO, Self

from exports.excel.cells import Pen
from exports.excel.skeleton import (
    DECIMAL,
    FILTER_ROW,
    LAST_ROW,
    MERGES,
    PROPERTIES_PART,
    STRINGS_PART,
    WHOLE,
    WORKBOOK_PART,
    SheetShape,
    binding,
    frame,
    looks,
)
from exports.excel.text import escaped

_STORED = (1980, 1, 1, 0, 0, 0)
"""The time of every part: a clock would make two prints of the same report differ."""
_LEVEL = 6
_SIZE = re.compile(rb'<dimension ref="[^"]*"/>')


@dataclass(slots=True)
class Ending:
    """What is known of a sheet when its last row has been drawn; a sheet that is a stream fills it while it is read.

    ``filter_row`` ends the list that can be filtered, 0 for the last row. ``whole`` and ``decimal`` are the ranges in
    which people type numbers.
    """

    last_row: int = 0
    filter_row: int = 0
    merges: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    decimal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet ready to be stored. ``rows`` are its rows as XML and may be a stream that is read once."""

    shape: SheetShape
    rows: Iterable[bytes]
    ending: Ending


@dataclass(frozen=True, slots=True)
class Properties:
    title: str
    creator: str
    created: datetime


class OpenWorkbook:
    """A workbook while its sheets are stored one after the other, in any order; a context that closes its zip.

    Only ``bind`` makes it whole: sheet names, texts and properties are stored last.
    """

    def __init__(self, target: BinaryIO, pen: Pen) -> None:
        self._archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._pen = pen
        self._sheets: dict[int, tuple[SheetShape, Ending]] = {}
        for name, part in looks():
            self._store(name, (part,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def store(self, number: int, sheet: Drawn) -> None:
        """Store ``sheet`` as the tab ``number``, counted from 1. Its rows are read now."""
        shape = replace(sheet.shape, first=number == 1)
        before, after = frame(shape)
        if not sheet.ending.last_row:
            # Not known yet, and a reader that trusts a wrong one stops there.
            before = _SIZE.sub(b"", before)
        part = _spliced(before, after, sheet)
        self._store(f"xl/worksheets/sheet{number}.xml", part)
        self._sheets[number] = (shape, sheet.ending)

    def bind(self, properties: Properties) -> None:
        """Store what holds the sheets together; every tab from 1 on must have been stored."""
        sheets = [self._sheets[number] for number in range(1, len(self._sheets) + 1)]
        for name, part in binding(tuple(shape for shape, _ in sheets)):
            self._store(name, (_bound(part, sheets) if name == WORKBOOK_PART else part,))
        self._store(PROPERTIES_PART, (_core(properties),))
        self._store(STRINGS_PART, self._pen.shared_strings())

    def _store(self, name: str, chunks: Iterable[bytes]) -> None:
        entry = zipfile.ZipInfo(name, _STORED)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        with self._archive.open(entry, "w") as part:
            for chunk in chunks:
                part.write(chunk)


def _spliced(before: bytes, after: bytes, sheet: Drawn) -> Iterator[bytes]:
    yield _ended(before, 0, sheet.ending)
    yield b"<sheetData>"
    yield from sheet.rows
    yield b"</sheetData>"
    yield _placed(_ended(after, 0, sheet.ending), sheet.ending)


def _bound(part: bytes, sheets: list[tuple[SheetShape, Ending]]) -> bytes:
    for number, (_, ending) in enumerate(sheets):
        part = _ended(part, number, ending)
    return part


def _ended(part: bytes, number: int, ending: Ending) -> bytes:
    """Return ``part`` with the real last rows of the sheet that is marked by ``number``."""
    part = part.replace(b"%d" % (LAST_ROW + number), b"%d" % ending.last_row)
    return part.replace(b"%d" % (FILTER_ROW + number), b"%d" % (ending.filter_row or ending.last_row))


def _placed(part: bytes, ending: Ending) -> bytes:
    """Return what follows the rows with the ranges of this report."""
    merges = "".join(f'<mergeCell ref="{merged}"/>' for merged in ending.merges)
    part = part.replace(MERGES, f'<mergeCells count="{len(ending.merges)}">{merges}</mergeCells>'.encode())
    part = part.replace(WHOLE, " ".join(ending.whole).encode())
    return part.replace(DECIMAL, " ".join(ending.decimal).encode())


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
