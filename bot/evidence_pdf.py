"""PDF: whole, open, and without anything that acts by itself when somebody opens it.

What a PDF may hold is too much for a small check: what is taken is only ever handed out as a download, never rendered
here. Scripts, launched programs and attached files have no place in evidence and are refused where they stand
plainly or in a compressed stream of objects.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from bot.evidence_rules import Unfit, refuse_joined
from dialogs import texts

END_WITHIN = 4096
"""So many last bytes are searched for the mark of the end: some programs put blanks behind it."""
DICTIONARY = 2048
MAX_INFLATED = 64 * 1024 * 1024
MAX_STREAMS = 100_000

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_END = rb"(?![A-Za-z0-9_.#-])"
_ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)" + _NAME_END + rb"|/XFA\s*[\[\d]")
_LOCKED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
_OBJECTS = re.compile(rb"/(ObjStm|XRef)" + _NAME_END)
_STREAM = re.compile(rb"stream\r?\n")


def check_pdf(content: bytes) -> None:
    """Raise ``Unfit`` unless a PDF has its end, is not locked, and holds nothing that acts by itself."""
    if b"%%EOF" not in content[-END_WITHIN:]:
        raise Unfit(texts.UNFIT_CUT_PDF)
    if _LOCKED.search(content):
        raise Unfit(texts.UNFIT_LOCKED_PDF)
    for part in (content, *_objects(content)):
        if _ACTIVE.search(_plain(part)):
            raise Unfit(texts.UNFIT_ACTIVE_PDF)
        if _LOCKED.search(part):
            raise Unfit(texts.UNFIT_LOCKED_PDF)
    refuse_joined(content)


def _plain(part: bytes) -> bytes:
    """Return ``part`` with the letters that names may spell as numbers ("/Java#53cript") written out."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part) if b"#" in part else part


def _objects(content: bytes) -> Iterator[bytes]:
    """Yield the compressed streams that hold objects, unpacked up to a limit all told."""
    room = MAX_INFLATED
    for number, found in enumerate(_STREAM.finditer(content)):
        if number > MAX_STREAMS:
            raise Unfit(texts.UNFIT_BOMB)
        head = _plain(content[max(0, found.start() - DICTIONARY) : found.start()])
        begin = head.rfind(b" obj")
        if not _OBJECTS.search(head[begin:]) or b"Flate" not in head[begin:]:
            continue
        unpacked = _inflated(content, found.end(), room)
        room -= len(unpacked)
        if room <= 0:
            raise Unfit(texts.UNFIT_BOMB)
        yield unpacked


def _inflated(content: bytes, at: int, room: int) -> bytes:
    end = content.find(b"endstream", at)
    try:
        return zlib.decompressobj().decompress(memoryview(content)[at : end if end > 0 else len(content)], room)
    except zlib.error:
        return b""
