"""Pictures: whether the bytes have the shape of a whole JPEG, PNG, WebP or HEIC. No pixel is ever decoded."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from bot.inspecting.rules import Unfit, refuse_huge, refuse_joined
from dialogs.texts import evidence as evidence_texts

_SIZED = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""JPEG's markers of a frame, which say how large the picture is."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
MAX_PARTS = 100_000


def check_jpeg(content: bytes) -> None:
    """Raise ``Unfit`` unless the segments of a JPEG lead from its beginning over a frame and a scan to its end.

    Phones put more behind the end (a depth map, a second picture), which is left as it is.
    """
    at, sized = 2, False
    while True:
        marker, at, end = _segment(content, at)
        if marker in _SIZED:
            height, width = _numbers(">HH", content, at + 1)
            refuse_huge(width, height)
            sized = True
        at = end
        if marker == 0xDA:
            break
    if not sized or content.find(b"\xff\xd9", at) < 0:
        raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
    refuse_joined(content)


def _segment(content: bytes, at: int) -> tuple[int, int, int]:
    """Return a segment's marker, where what it holds begins, and where it ends."""
    if content[at : at + 1] != b"\xff":
        raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
    while content[at : at + 1] == b"\xff":
        at += 1
    marker = content[at] if at < len(content) else 0xD9
    if marker in _ALONE:
        return marker, at + 1, at + 1
    if marker in (0xD8, 0xD9, 0x00):
        raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
    (length,) = _numbers(">H", content, at + 1)
    end = at + 1 + length
    if length < 2 or end > len(content):
        raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
    return marker, at + 3, end


def check_png(content: bytes) -> None:
    """Raise ``Unfit`` unless the chunks of a PNG are whole, each with its checksum, from IHDR to IEND."""
    kinds = [kind for kind, _ in _chunks(content)]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
    width, height = _numbers(">II", content, 16)
    refuse_huge(width, height)
    refuse_joined(content)


def _chunks(content: bytes) -> Iterator[tuple[bytes, int]]:
    at = 8
    for _ in range(MAX_PARTS):
        (length,) = _numbers(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
        if zlib.crc32(memoryview(content)[at + 4 : end - 4]) != _numbers(">I", content, end - 4)[0]:
            raise Unfit(evidence_texts.UNFIT_PICTURE)
        yield kind, length
        if kind == b"IEND":
            return
        at = end


def check_webp(content: bytes) -> None:
    """Raise ``Unfit`` unless a WebP is as long as it says and begins with one of its three kinds of picture."""
    (length,) = _numbers("<I", content, 4)
    if length + 8 > len(content):
        raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
    if content[12:16] not in (b"VP8 ", b"VP8L", b"VP8X"):
        raise Unfit(evidence_texts.UNFIT_PICTURE)
    if content[12:16] == b"VP8X":
        size = content[24:30]
        refuse_huge(1 + int.from_bytes(size[:3], "little"), 1 + int.from_bytes(size[3:6], "little"))
    refuse_joined(content)


def check_heic(content: bytes) -> None:
    """Raise ``Unfit`` unless the boxes of a HEIC, a list of contents among them, fill the file to its end."""
    at, kinds = 0, set()
    for _ in range(MAX_PARTS):
        if at >= len(content):
            break
        (length,) = _numbers(">I", content, at)
        kinds.add(content[at + 4 : at + 8])
        if length == 1:
            (length,) = _numbers(">Q", content, at + 8)
        length = length or len(content) - at
        if length < 8 or at + length > len(content):
            raise Unfit(evidence_texts.UNFIT_CUT_PICTURE)
        at += length
    if not {b"meta", b"mdat"} <= kinds:
        raise Unfit(evidence_texts.UNFIT_PICTURE)
    refuse_joined(content)


def _numbers(shape: str, content: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(shape, content, at)
    except struct.error:
        raise Unfit(evidence_texts.UNFIT_CUT_PICTURE) from None
