"""PDF: whole, open, and without anything that acts by itself when somebody opens it.

What a PDF may hold is too much for a small check: what is taken is only ever handed out as a download, never rendered
here. Scripts, launched programs and attached files have no place in evidence and are refused where they stand
plainly or in a compressed stream of objects.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator

from bot.inspecting.rules import Unfit, refuse_joined
from dialogs.texts import evidence as evidence_texts

END_WITHIN = 4096
"""So many last bytes are searched for the mark of the end: some programs put blanks behind it."""
MAX_INFLATED = 64 * 1024 * 1024
MAX_MARKS = 200_000
"""Beginnings and ends of streams."""
PIECE = 4 * 1024
"""So many packed bytes at once, which unpack to a thousand times as many at most."""
DICTIONARY = 64 * 1024
"""What may stand before a stream to say what it is, since the one before it ended."""
WITHIN = 1024
"""What may stand before a word within a stream to say what it is."""

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_END = rb"(?![A-Za-z0-9_.#-])"
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|ImportData|GoToE)"
    + _NAME_END
    + rb"|/XFA\s*[\[\d]|/EF\s*<<"
)
_LOCKED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
_OBJECTS = re.compile(rb"/(ObjStm|XRef)" + _NAME_END)
_FLATE = re.compile(rb"/(FlateDecode|Fl)" + _NAME_END)
_OTHER_FILTER = re.compile(rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL)" + _NAME_END)
_MARK = re.compile(rb"(end)?stream(?:[ \t]*[\r\n]{1,2})?")


def check_pdf(content: bytes) -> None:
    """Raise ``Unfit`` unless a PDF has its end, is not locked, and holds nothing that acts by itself."""
    if b"%%EOF" not in content[-END_WITHIN:]:
        raise Unfit(evidence_texts.UNFIT_CUT_PDF)
    if _LOCKED.search(content):
        raise Unfit(evidence_texts.UNFIT_LOCKED_PDF)
    for part in (content, *_objects(content)):
        if _ACTIVE.search(_plain(part)):
            raise Unfit(evidence_texts.UNFIT_ACTIVE_PDF)
        if _LOCKED.search(part):
            raise Unfit(evidence_texts.UNFIT_LOCKED_PDF)
    refuse_joined(content)


def _plain(part: bytes) -> bytes:
    """Return ``part`` with the letters that names may spell as numbers ("/Java#53cript") written out."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part) if b"#" in part else part


def _objects(content: bytes) -> Iterator[bytes]:
    """Yield the compressed streams that hold objects, unpacked up to a limit all told.

    Each byte is looked at a few times at most, whatever the file says of its own lengths.
    """
    room, before, is_open = MAX_INFLATED, 0, False
    for number, mark in enumerate(_MARK.finditer(content)):
        if number > MAX_MARKS:
            raise Unfit(evidence_texts.UNFIT_BOMB)
        if mark[1] and not is_open:
            raise Unfit(evidence_texts.UNFIT_ACTIVE_PDF)
        if mark[1]:
            before, is_open = mark.end(), False
            continue
        reach = WITHIN if is_open else DICTIONARY
        is_open, head = True, content[max(before, mark.start() - reach) : mark.start()]
        if not _holds_objects(_plain(head)):
            continue
        unpacked, used = _inflated(content, mark.end(), room)
        room -= used
        if room <= 0:
            raise Unfit(evidence_texts.UNFIT_BOMB)
        yield unpacked


def _holds_objects(head: bytes) -> bool:
    """Whether what stands before a stream makes it one of packed objects, which nobody packs but in the usual way."""
    if not _OBJECTS.search(head):
        return False
    if _OTHER_FILTER.search(head):
        raise Unfit(evidence_texts.UNFIT_ACTIVE_PDF)
    return bool(_FLATE.search(head))


def _inflated(content: bytes, at: int, room: int) -> tuple[bytes, int]:
    """Return what a stream unpacks to, as far as it is sound, and how much was read and written for it."""
    machine, found, begin = zlib.decompressobj(), bytearray(), at
    while not machine.eof and at < len(content) and at - begin + len(found) < room:
        piece, before = content[at : at + PIECE], machine.copy()
        at += len(piece)
        try:
            found += machine.decompress(piece)
        except zlib.error:
            found += _up_to_damage(before, piece)
            break
    return bytes(found), at - begin - len(machine.unused_data) + len(found) + 1


def _up_to_damage(machine: zlib._Decompress, piece: bytes) -> bytes:
    """A reader shows what came before the damage."""
    found = bytearray()
    with contextlib.suppress(zlib.error):
        for at in range(len(piece)):
            found += machine.decompress(piece[at : at + 1])
    return bytes(found)
