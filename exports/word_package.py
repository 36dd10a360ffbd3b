"""The zip file around a Word document: same report, same bytes (no clock, no platform in the entries)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

from exports.word_xml import escape

DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BATCH = 1 << 16


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip file of ``files`` in that order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(_entry(name), content)
    return made.getvalue()


def complete(package: bytes, core: bytes, document: Iterable[bytes]) -> bytes:
    """Return ``package`` with its core properties and its document, which is compressed as it comes."""
    made = io.BytesIO()
    made.write(package)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as files:
        files.writestr(_entry(CORE), core)
        with files.open(_entry(DOCUMENT), "w", force_zip64=True) as stream:
            for chunk in _batches(document):
                stream.write(chunk)
    return made.getvalue()


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


def _batches(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Yield ``chunks`` joined to some 64 KB: deflating many small pieces costs more than deflating few."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _BATCH:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
