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
from xml.etree.ElementTree import Element, ParseError, fromstring

from bot.inspecting.rules import Unfit
from dialogs.texts import evidence as evidence_texts

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 250
"""Unpacked bytes for each packed one, of an entry that unpacks to more than a megabyte; sheets of figures reach 50."""
LARGE = 1024 * 1024
CHUNK = 256 * 1024
MAX_TREE = 8 * LARGE
"""Of a list of the parts, or of what one part leads to: fifty thousand links."""

TYPES = "[Content_Types].xml"


class Office(Enum):
    WORD = "wordprocessingml.document.main+xml"
    EXCEL = "spreadsheetml.sheet.main+xml"


_ENTRY_INSIDE = re.compile(r"(^|/)embeddings/.", re.IGNORECASE)
_MACROS = re.compile(
    r"(^|/)(vbaproject[^/]*|vbadata\.xml|macrosheets/.*|activex/.*|dialogsheets/.*|customui/.*)$", re.IGNORECASE
)
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_INSIDE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"#!/")
_DRIVE = re.compile(r"^[A-Za-z]:")
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([^\"'\s]*)", re.IGNORECASE)
_ENCODINGS = re.compile(rb"utf-?8|utf-?16(le|be)?|(us-)?ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
_STARTS_PROGRAMS = re.compile(rb"\bDDEAUTO\b|<([a-z0-9]+:)?ddeLink\b", re.IGNORECASE)
_FETCHED = frozenset({"attachedtemplate", "oleobject", "frame", "subdocument"})
"""Kinds of relationships that are followed when the document is opened."""
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject|macrosheet|activeX", re.IGNORECASE)


def office_kind(content: bytes) -> Office:
    """Return whether an archive is Word or Excel; raise ``Unfit`` if it is neither, or not as it should be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _checked(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError):
        raise Unfit(evidence_texts.UNFIT_CUT_OFFICE) from None


def _checked(archive: zipfile.ZipFile) -> Office:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Unfit(evidence_texts.UNFIT_BOMB)
    if TYPES not in (entry.filename for entry in entries):
        raise Unfit(evidence_texts.KIND_ARCHIVE)
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry, seen)
    kind, room = None, MAX_UNPACKED
    for entry in entries:
        part = _Part(entry, room)
        if entry.filename == TYPES:
            kind = _kind(_tree(part.chunks(archive)))
        elif entry.filename.lower().endswith(".rels"):
            _check_relationships(_tree(part.chunks(archive)))
        else:
            for _ in part.chunks(archive):
                pass
        room -= part.size
    if kind is None:
        raise Unfit(evidence_texts.KIND_ARCHIVE)
    return kind


def _check_name(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    """Refuse an entry that is locked, lies outside its archive or hides behind another one of the same name."""
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if entry.flag_bits & 0x1:
        raise Unfit(evidence_texts.UNFIT_LOCKED_OFFICE)
    if not name.isprintable() or name.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(name):
        raise Unfit(evidence_texts.UNFIT_PATHS)
    same = "/".join(parts).casefold()
    if same in seen:
        raise Unfit(evidence_texts.UNFIT_CUT_OFFICE)
    seen.add(same)
    if _MACROS.search(same):
        raise Unfit(evidence_texts.UNFIT_MACROS)
    if _ENTRY_INSIDE.search(same):
        raise Unfit(evidence_texts.UNFIT_INSIDE)


def _tree(chunks: Iterator[bytes]) -> Element:
    """Return a part that says what the others are, as any reader understands it; it declares no entities."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_TREE:
            raise Unfit(evidence_texts.UNFIT_BOMB)
    try:
        return fromstring(bytes(content))  # noqa: S314 - no entity is left to be expanded
    except (ParseError, ValueError, LookupError):
        raise Unfit(evidence_texts.UNFIT_CUT_OFFICE) from None


def _kind(types: Element) -> Office:
    named = [part.get("ContentType", "") for part in types.iter()]
    if any(_MACRO_TYPE.search(each) for each in named):
        raise Unfit(evidence_texts.UNFIT_MACROS)
    for office in Office:
        if any(office.value in each for each in named):
            return office
    raise Unfit(evidence_texts.KIND_ARCHIVE)


def _check_relationships(relationships: Element) -> None:
    for each in relationships.iter():
        kind = each.get("Type", "").strip().rpartition("/")[2].lower()
        if kind in _FETCHED and each.get("TargetMode", "").strip().lower() == "external":
            raise Unfit(evidence_texts.UNFIT_OUTSIDE)
        if kind == "afchunk":
            raise Unfit(evidence_texts.UNFIT_INSIDE)


class _Part:
    """One entry being unpacked; ``size`` are the bytes that really came."""

    def __init__(self, entry: zipfile.ZipInfo, room: int) -> None:
        self.size = 0
        self._entry = entry
        self._room = room
        self._tail = b""
        self._is_xml = False

    def chunks(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Yield what the entry holds, looked at as it comes."""
        with archive.open(self._entry) as stream:
            while chunk := stream.read(CHUNK):
                if not self.size:
                    self._check_beginning(chunk)
                self.size += len(chunk)
                self._check_size()
                if self._is_xml:
                    self._check_xml(chunk)
                yield chunk

    def _check_beginning(self, chunk: bytes) -> None:
        if chunk.startswith(_INSIDE) or _is_program(chunk):
            raise Unfit(evidence_texts.UNFIT_INSIDE)
        plain = chunk.replace(b"\0", b"").lstrip(_BEFORE_XML)
        named = self._entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        self._is_xml = named or (plain.startswith(b"<") and not self._entry.filename.lower().endswith(".svg"))
        encoded = _ENCODED.match(plain)
        if named and (not plain.startswith(b"<") or (encoded and not _ENCODINGS.fullmatch(encoded[1]))):
            raise Unfit(evidence_texts.UNFIT_CUT_OFFICE)

    def _check_size(self) -> None:
        packed = max(1, self._entry.compress_size)
        if self.size > self._room or (self.size > LARGE and self.size / packed > MAX_RATIO):
            raise Unfit(evidence_texts.UNFIT_BOMB)

    def _check_xml(self, chunk: bytes) -> None:
        # Without its zeros UTF-16 reads like ASCII; what is looked for may lie across two chunks.
        plain = self._tail + chunk.replace(b"\0", b"")
        self._tail = plain[-1024:]
        if _ENTITY.search(plain):
            raise Unfit(evidence_texts.UNFIT_ENTITIES)
        if _STARTS_PROGRAMS.search(plain):
            raise Unfit(evidence_texts.UNFIT_OUTSIDE)


def _is_program(chunk: bytes) -> bool:
    """Whether a part begins as a program of Windows; two letters alone stand by chance in many a font."""
    return chunk.startswith(b"MZ") and b"PE\0\0" in chunk[:4096]
