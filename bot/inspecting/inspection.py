"""Whether a file that somebody sent may be kept: its bytes decide, never its name or what a door says of it.

Pure: bytes and a name in, a value out; nothing is opened by the program that a file is meant for. What is taken is kept
and handed out again, never shown, run or converted here. No library fits: those that tell kinds apart (filetype,
puremagic) look at the first bytes alone, and the first bytes of a harmful file are in order.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.incoming import Accepted
from bot.inspecting.names import safe_name
from bot.inspecting.office import Office, office_kind
from bot.inspecting.pdf import check_pdf
from bot.inspecting.pictures import check_heic, check_jpeg, check_png, check_webp
from bot.inspecting.rules import Unfit
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import places
from dialogs.values.attached import MAX_FILE_BYTES

MAX_TOLD_NAME = 60


class FileRefused(Exception):
    """A file that may not be kept; the message is one sentence for the person who sent it."""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})

_KINDS: tuple[tuple[Callable[[bytes], bool], str, str, Callable[[bytes], None]], ...] = (
    (lambda head: head.startswith(b"\xff\xd8\xff"), ".jpg", "image/jpeg", check_jpeg),
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), ".png", "image/png", check_png),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", ".webp", "image/webp", check_webp),
    (lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIC, ".heic", "image/heic", check_heic),
    (lambda head: head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"), ".pdf", "application/pdf", check_pdf),
)

# What else may come, by its first bytes: only so that the refusal can say what it is.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", evidence_texts.KIND_PROGRAM),
    (b"\x7fELF", evidence_texts.KIND_PROGRAM),
    (b"\xcf\xfa\xed\xfe", evidence_texts.KIND_PROGRAM),
    (b"\xca\xfe\xba\xbe", evidence_texts.KIND_PROGRAM),
    (b"dex\n", evidence_texts.KIND_PROGRAM),
    (b"#!", evidence_texts.KIND_PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", evidence_texts.KIND_OLD_OFFICE),
    (b"Rar!", evidence_texts.KIND_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", evidence_texts.KIND_ARCHIVE),
    (b"\x1f\x8b", evidence_texts.KIND_ARCHIVE),
    (b"{\\rtf", evidence_texts.KIND_RTF),
    (b"GIF8", evidence_texts.KIND_GIF),
)
_MARKUP = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml", b"<?php", b"<body", b"<head")


def inspect(content: bytes, name: str, at: datetime) -> Accepted:
    """Return the file as it may be kept. ``at`` (local) names a photo that came without a name of its own.

    Raises ``FileRefused`` with one sentence: what came, and what is accepted.
    """
    shown = places.short(safe_name(name, "", at), MAX_TOLD_NAME)
    if not content:
        raise FileRefused(evidence_texts.file_empty(shown))
    if len(content) > MAX_FILE_BYTES:
        raise FileRefused(evidence_texts.file_too_large(shown, len(content)))
    try:
        ending, media_type = _kind(content)
    except Unfit as unfit:
        raise FileRefused(evidence_texts.file_unfit(shown, str(unfit))) from unfit
    return Accepted(safe_name(name, ending, at), media_type, content)


def _kind(content: bytes) -> tuple[str, str]:
    head = content[:1024]
    for begins, ending, media_type, check in _KINDS:
        if begins(head):
            check(content)
            return ending, media_type
    if head.startswith(b"PK\x03\x04"):
        word = office_kind(content) is Office.WORD
        return (".docx", _WORD) if word else (".xlsx", _EXCEL)
    raise Unfit(_named(head))


def _named(head: bytes) -> str:
    """Return what a file is that is not accepted, as far as its beginning tells."""
    for magic, words in _OTHERS:
        if head.startswith(magic):
            return words
    if head[4:8] == b"ftyp" or head.startswith((b"ID3", b"OggS", b"\x1aE\xdf\xa3")):
        return evidence_texts.KIND_VIDEO
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if plain.startswith(_MARKUP) or any(mark in plain for mark in _MARKUP):
        return evidence_texts.KIND_MARKUP
    return evidence_texts.KIND_UNKNOWN
