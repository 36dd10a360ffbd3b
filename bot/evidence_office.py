"""Word and Excel: a zip of XML parts, unpacked by streaming under limits of our own and kept nowhere.

Nothing the archive says of itself is believed: entries, unpacked size and ratio are counted as they come. Macros,
documents inside documents, outside templates and XML entities are refused; a PDF of the same can be sent instead.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import Enum

from bot.evidence_rules import Unfit
from dialogs import texts

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 250
"""Unpacked bytes for each packed one, of an entry that unpacks to more than a megabyte; sheets of figures reach 50."""
LARGE = 1024 * 1024
CHUNK = 256 * 1024

TYPES = "[Content_Types].xml"


class Office(Enum):
    WORD = "wordprocessingml.document.main+xml"
    EXCEL = "spreadsheetml.sheet.main+xml"


_MACROS = re.compile(
    r"(^|/)(vbaproject[^/]*|vbadata\.xml|macrosheets/.*|activex/.*|dialogsheets/.*|customui/.*)$", re.IGNORECASE
)
_INSIDE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"#!/")
_DRIVE = re.compile(r"^[A-Za-z]:")
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = re.compile(rb"<Relationship\s[^>]*>", re.IGNORECASE)
_FETCHES = re.compile(rb"Type\s*=\s*[\"'][^\"']*/(attachedTemplate|oleObject|frame|subDocument)[\"']", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|macrosheet|activeX", re.IGNORECASE)


def office_kind(content: bytes) -> Office:
    """Return whether an archive is Word or Excel; raise ``Unfit`` if it is neither, or not as it should be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _checked(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError):
        raise Unfit(texts.UNFIT_CUT_OFFICE) from None


def _checked(archive: zipfile.ZipFile) -> Office:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Unfit(texts.UNFIT_BOMB)
    if TYPES not in (entry.filename for entry in entries):
        raise Unfit(texts.KIND_ARCHIVE)
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry, seen)
    types, room = b"", MAX_UNPACKED
    for entry in entries:
        part = _Part(entry, room)
        for chunk in part.chunks(archive):
            types += chunk if entry.filename == TYPES and len(types) < LARGE else b""
        room -= part.size
    return _kind(types)


def _check_name(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    """Refuse an entry that is locked, lies outside its archive or hides behind another one of the same name."""
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if entry.flag_bits & 0x1:
        raise Unfit(texts.UNFIT_LOCKED_OFFICE)
    if not name.isprintable() or name.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(name):
        raise Unfit(texts.UNFIT_PATHS)
    if name.casefold() in seen:
        raise Unfit(texts.UNFIT_CUT_OFFICE)
    seen.add(name.casefold())
    if _MACROS.search(name):
        raise Unfit(texts.UNFIT_MACROS)


def _kind(types: bytes) -> Office:
    plain = types.replace(b"\0", b"")
    if _MACRO_TYPE.search(plain):
        raise Unfit(texts.UNFIT_MACROS)
    for office in Office:
        if office.value.encode() in plain:
            return office
    raise Unfit(texts.KIND_ARCHIVE)


class _Part:
    """One entry being unpacked; ``size`` are the bytes that really came."""

    def __init__(self, entry: zipfile.ZipInfo, room: int) -> None:
        self.size = 0
        self._entry = entry
        self._room = room
        self._tail = b""

    def chunks(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Yield what the entry holds, looked at as it comes."""
        with archive.open(self._entry) as stream:
            while chunk := stream.read(CHUNK):
                if not self.size and (chunk.startswith(_INSIDE) or _is_program(chunk)):
                    raise Unfit(texts.UNFIT_INSIDE)
                self.size += len(chunk)
                self._check_size()
                if self._entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    self._check_xml(chunk)
                yield chunk

    def _check_size(self) -> None:
        packed = max(1, self._entry.compress_size)
        if self.size > self._room or (self.size > LARGE and self.size / packed > MAX_RATIO):
            raise Unfit(texts.UNFIT_BOMB)

    def _check_xml(self, chunk: bytes) -> None:
        # Without its zeros UTF-16 reads like ASCII; what is looked for may lie across two chunks.
        plain = self._tail + chunk.replace(b"\0", b"")
        self._tail = plain[-1024:]
        if _ENTITY.search(plain):
            raise Unfit(texts.UNFIT_ENTITIES)
        for found in _OUTSIDE.findall(plain) if self._entry.filename.lower().endswith(".rels") else ():
            if b"External" in found and _FETCHES.search(found):
                raise Unfit(texts.UNFIT_OUTSIDE)


def _is_program(chunk: bytes) -> bool:
    """Whether a part begins as a program of Windows; two letters alone stand by chance in many a font."""
    return chunk.startswith(b"MZ") and b"PE\0\0" in chunk[:4096]
