"""Recognising a document in one typed line: its number, date, issuer and subject.

Nothing is required and nothing is dropped: what is not recognised stays empty and the text stays as typed.
"""

from __future__ import annotations

import re

from dialogs.reading.dates import find_date
from dialogs.reading.model import Document

_LONGEST = 1000  # the head of a text; a document's name is never longer
_LETTERS = "A-ZĐÂĂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
_SYMBOL = rf"[{_LETTERS}][{_LETTERS}a-zđ0-9]{{0,11}}"
_DASH = r"\s?-\s?"
_PARTY = rf"\d{{1,5}}[a-z]?{_DASH}{_SYMBOL}(?:\s?[-/]\s?{_SYMBOL}){{1,4}}"
_STATE = rf"\d{{1,5}}[a-z]?\s?/\s?(?:\d{{4}}\s?/\s?)?{_SYMBOL}(?:{_DASH}{_SYMBOL}){{0,4}}"
_SMALL = r"\d{1,5}[a-z]?[-/](?:nq|ct|kl|qđ|qd|qc|kh|ctr|hd|bc|tb|cv|ttr|đa|da|tt|gm|qđi|tl)[-/][a-zđ-]{1,15}"
_NUMBER = re.compile(rf"(?<![\d/.,-])(?:{_PARTY}|{_STATE}|(?i:{_SMALL}))(?![\w/])")
_NUMBER_ALONE = re.compile(r"\b[Ss]ố:?\s+(\d{1,5})(?![\d/.-])")
_ABOUT = re.compile(r"(?:^|(?<=[\s,;.:(]))(?:về việc|về|V/v|v/v|Về việc|Về|VỀ VIỆC)[\s:]+")
_OF = re.compile(r"(?:^|(?<=[\s,;)]))của\s+")
_BODY = re.compile(
    r"(?:Ban|Bộ|Huyện|Tỉnh|Đảng|Thành|Thị|Xã|UBND|Ủy ban|Uỷ ban|HĐND|Hội|Mặt trận|MTTQ|UBMTTQ|Chính phủ|Quốc hội"
    r"|Thủ tướng|Sở|Phòng|Đoàn|Công đoàn|Liên đoàn|Thường trực|Trung ương|Chi bộ|Chi ủy|Văn phòng|Công an|Ban Bí thư"
    r"|BTV|BCH|BCĐ|Liên hiệp|Đảng ủy|HU|TU|ĐU)\b",
)
_END_OF_BODY = re.compile(r"[;(\n“\"*]|,\s*(?=ngày\b)|\s+(?=ngày \d)|\.\s*$")
_ALIKE = str.maketrans({**dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"), "Ð": "Đ", "ð": "đ"})
"""Signs that only look different. The en dash too: Word makes it of a hyphen between spaces."""
_EDGES = " \t\n,;.:*“”\"'()-–"


def recognise_document(text: str) -> Document:
    """The parts of "Kế hoạch số 12-KH/HU ngày 05/3/2010 của Ban Thường vụ Huyện ủy về việc ...".

    Party symbols (12-KH/HU), state ones (15/KH-UBND, 30/2020/NĐ-CP) and comma lists are known. The number is
    given without inner spaces, the subject without "về việc". ``text`` is always what was passed in.
    """
    head = text[:_LONGEST].translate(_ALIKE)
    about = _about_at(head)
    name = head[: about.start()] if about else head
    number = _number(name)
    rest = name[number.end() :] if number else name
    issued = find_date(rest) or find_date(name)
    subject = text[about.end() :] if about else ""
    issuer = _issuer(rest)
    # One letter for one, so that what was recognised is given as it was typed.
    typed = text[head.find(issuer, len(name) - len(rest)) :][: len(issuer)] if issuer else ""
    return Document(text, _shown(number), issued, typed, subject.strip(_EDGES_OF_SUBJECT).strip())


_EDGES_OF_SUBJECT = " \t\n,;.:"


def _about_at(head: str) -> re.Match[str] | None:
    """Where the subject begins: at the first "về", but not before the number ("Quyết định về ... số 5")."""
    number = _NUMBER.search(head)
    return _ABOUT.search(head, number.end()) if number and _ABOUT.search(head, number.end()) else _ABOUT.search(head)


def _number(name: str) -> re.Match[str] | None:
    return _NUMBER.search(name) or _NUMBER_ALONE.search(name)


def _shown(number: re.Match[str] | None) -> str:
    if number is None:
        return ""
    typed = number.group(number.lastindex or 0)
    return re.sub(r"\s+", "", typed)


def _issuer(rest: str) -> str:
    of = _OF.search(rest)
    if of:
        body = _END_OF_BODY.split(rest[of.end() :], maxsplit=1)[0]
        return body.strip(_EDGES)
    for piece in re.split(r"[,;\n]|\s-\s", rest):
        body = piece.strip(_EDGES)
        if _BODY.match(body):
            return body
    return ""
