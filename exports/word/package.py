"""The zip file around a Word document: same report, same bytes (no clock, no platform in the entries)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from exports.word.xml import escape

DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BATCH = 1 << 16


def complete(stream: BinaryIO, files: Iterable[tuple[str, bytes]], core: bytes, document: Iterable[str]) -> None:
    """Write a whole package into ``stream``: ``files``, the core properties, and the document as it comes."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (*files, (CORE, core)):
            package.writestr(_entry(name), content)
        with package.open(_entry(DOCUMENT), "w", force_zip64=True) as part:
            for batch in _batches(document):
                part.write(batch.encode())


def core_properties(title: str, author: str, created: datetime) -> bytes:
    """Return ``docProps/core.xml``. ``created`` without a zone counts as UTC."""
    moment = created if created.tzinfo else created.replace(tzinfo=UTC)
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    inner = (
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>{when}<dc:language>vi-VN</dc:language>"
    )
    return f"{_DECLARATION}<cp:coreProperties {_NAMESPACES}>{inner}</cp:coreProperties>".encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _batches(pieces: Iterable[str]) -> Iterator[str]:
    """Yield ``pieces`` joined to some 64,000 characters: deflating many small ones costs more than deflating few."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _BATCH:
            yield "".join(held)
            held.clear()
            size = 0
    yield "".join(held)


_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
