"""What kind of document a line names, and whether two lines name the same document.

The kinds and their signs are those of official documents of the Party (Hướng dẫn 36-HD/VPTW) and of the state (Nghị
định 30/2020/NĐ-CP, Phụ lục III).
"""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.reading.cleaning import fold, one_tone, plain
from dialogs.reading.documents import recognise_document

KINDS: dict[str, tuple[str, ...]] = {
    "nghị quyết": ("nq",),
    "chỉ thị": ("ct",),
    "kết luận": ("kl",),
    "quyết định": ("qđ",),
    "quy định": ("qđi", "qyđ"),
    "quy chế": ("qc",),
    "kế hoạch": ("kh",),
    "chương trình": ("ctr", "cttr", "cthđ"),
    "hướng dẫn": ("hd",),
    "báo cáo": ("bc",),
    "thông báo": ("tb",),
    "thông tri": ("tt",),
    "công văn": ("cv",),
    "công điện": ("cđ",),
    "tờ trình": ("ttr",),
    "đề án": ("đa",),
    "phương án": ("pa",),
    "dự án": ("da",),
    "biên bản": ("bb",),
    "tuyên bố": (),
    "lời kêu gọi": (),
    "nghị định": ("nđ",),
    "thông tư": (),
    "luật": (),
    "pháp lệnh": (),
    "hiến pháp": (),
    "giấy mời": ("gm",),
    "điều lệ": (),
    "đề cương": (),
}
"""The names of the kinds and the letters that stand for each in a document's sign."""

_BY_SIGN = {sign: kind for kind, signs in KINDS.items() for sign in signs}
_BEFORE = re.compile(r"^(?:[-+*•·▪–>\s]|\d{1,3}[.)]\s+|[a-zđ][.)]\s+)+")
_NAMES = re.compile("|".join(sorted((fold(kind) for kind in KINDS), key=len, reverse=True)))
_BY_FOLDED = {fold(kind): kind for kind in KINDS}
_COUNTED = re.compile(
    rf"(?:(?:co|da|ban hanh|khoang|duoc|tong|tong so|gom|hon|gan|tren|cac|nhung|mot so|va|cung) )*"
    rf"(?:\d{{1,4}}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|vai|nhieu|mot vai|mot so) "
    rf"(?:van ban|bo|cai|file|tai lieu|{_NAMES.pattern})"
    r"(?: (?:gi do|cac loai|khac|chi dao|lanh dao|thuc hien|lien quan|nhe|a|roi|thoi|trien khai|huong dan))*"
)
_PARTED = re.compile(r"\s*(?:[,;+&]|\bva\b)\s*")
_AND = re.compile(r"[.!]+$")


@lru_cache(4096)
def kind_of_document(text: str) -> str:
    """Return the kind a line names ("kế hoạch"), by its first words or else by its sign; '' if it names none.

    >>> kind_of_document("- Kế hoạch số 12-KH/HU ngày 05/3/2010")
    'kế hoạch'
    >>> kind_of_document("12-CV/HU ngày 05/3/2010 của Huyện ủy về Kế hoạch 5")
    'công văn'
    """
    named = _NAMES.match(_BEFORE.sub("", fold(text[:200])))
    return _BY_FOLDED[named.group()] if named else _kind_by_sign(recognise_document(text).number)


def _kind_by_sign(number: str) -> str:
    parts = re.split(r"[-/]", plain(number))
    return next((_BY_SIGN[part] for part in parts if part in _BY_SIGN), "")


def counts_documents(text: str) -> bool:
    """Whether a line says how many documents there are instead of naming one: "2 nghị quyết, 3 công văn"."""
    if len(text) > 120:
        return False
    parts = [part for part in _PARTED.split(_AND.sub("", fold(text))) if part]
    return bool(parts) and all(_COUNTED.fullmatch(part) for part in parts)


def document_key(text: str) -> tuple[str, ...] | None:
    """Return what makes a document this one: kind, number with sign, day, issuer; None if one of them is missing.

    A kind that is not written is the sign's. Spelling does not count: dashes, tone places, letters that look alike.
    Without an issuer a number says nothing: every commune has its own "Nghị quyết số 05-NQ/ĐU".
    """
    found = recognise_document(text)
    kind = kind_of_document(text)
    if not (found.number and found.issued and found.issuer and (kind or not found.number.isdigit())):
        return None
    return kind, spelled_alike(found.number), str(found.issued), spelled_alike(found.issuer)


def spelled_alike(text: str) -> str:
    """The text for comparing two wordings: one case, one kind of space and dash, one place of the tone mark."""
    return one_tone(plain(text))
