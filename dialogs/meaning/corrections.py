"""Mending in words what was said before: "nhầm, 15 mới đúng", "số nữ là 6 chứ không phải 5", "sửa mục 2 thành: ...".

What is recognised is the frame around the new wording; what the new wording is, the kind of question reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.reading.cleaning import bare, clean, plain

LONGEST = 2000
_OH = r"(?:(?:da|a|ah|oi|um|thua|xin loi|sorry|em|toi|minh|chau|bi|lai|vua|go|ghi|dien|nhap|gui|bam|bao)[ ,]+)*"
_WRONG = r"(?:nham|lon|sai)(?: mat roi| roi| so| ti| chut)?"
_END = r"(?:[ ,.]+(?:nhe|a|ah|em nham|xin loi|moi dung|moi phai|moi chinh xac|la dung|chu|giup em|giup|voi))*[ .!]*"
_ENTRY = r"(?:muc so|dong so|gach dau dong|van ban|muc|dong|y|so|doan|phan)"
_RIGHT = r"(?:phai la|dung ra la|dung la|sua lai thanh|sua lai la|sua lai|la)"
_FRAMES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        # The third entry of a list, the second paragraph.
        rf"(?:sua|doi|thay)(?: lai)? {_ENTRY} (?P<item>\d{{1,3}})(?: lai)? ?(?:thanh|la|bang|:|->|=>)+[ :]*(?P<new>.+)",
        rf"{_ENTRY} (?:thu )?(?P<item>\d{{1,3}}) (?:sua|doi)(?: lai)? (?:thanh|la|bang)[ :]*(?P<new>.+)",
        rf"{_OH}(?:chu )?khong phai(?: la)? (?P<old>.+?),? (?:ma(?: phai)? la|ma|phai la) (?P<new>.+?){_END}",
        rf"{_OH}(?P<new>.+?),? (?:chu )?(?:khong|ko|k) phai(?: la)? (?P<old>.+?){_END}",
        rf"{_OH}(?:thay|doi|sua) (?P<old>.+?) (?:thanh|bang|sang|->|=>) (?P<new>.+?){_END}",
        rf"{_OH}{_WRONG}[ ,.:;-]+{_RIGHT}?[ :]*(?P<new>.+?){_END}",
        rf"{_OH}(?P<old>[^,.;]+?) (?:la )?(?:sai|nham)(?: roi)?[ ,.;:]+(?:{_RIGHT} )?(?P<new>.+?){_END}",
        rf"{_OH}(?:sua|doi)(?: lai)?(?: cau truoc| so| hang tren| cau tren)?(?:(?: thanh| la)[ :]+| ?: ?)"
        rf"(?P<new>.+?){_END}",
        rf"{_OH}(?:sua|doi) lai(?: giup em)? (?P<new>.+?){_END}",
        rf"{_OH}(?:dung ra|chinh xac|dung|phai)(?: la)[ :]+(?P<new>.+?){_END}",
        rf"{_OH}(?P<new>.+?)[ ,]+(?:moi dung|moi phai|moi chinh xac)[ .!a]*",
    )
)
_SHOWS = re.compile(
    r"\b(?:nham|lon|sai|moi dung|moi phai|moi chinh xac|khong phai|ko phai|k phai|sua|doi|thay|dung ra la|chinh xac la"
    r"|dung la|phai la)\b"
)


@dataclass(frozen=True, slots=True)
class SpokenCorrection:
    """``new`` is what is to stand, ``old`` what it replaces ('' if not said), both as typed; ``item``: which entry."""

    new: str
    old: str = ""
    item: int | None = None


def corrected(text: str) -> SpokenCorrection | None:
    """Return what a message wants mended, None for one that has no such frame.

    >>> corrected("số nữ là 6 chứ không phải 5")
    Correction(new='số nữ là 6', old='5', item=None)
    """
    typed = clean(text).strip()
    if not typed or len(typed) > LONGEST:
        return None
    # Letter by letter as long as what was typed, so that what is found is cut out of that.
    folded = bare(typed.lower())
    if len(folded) != len(typed) or not _SHOWS.search(plain(folded)):
        return None
    for frame in _FRAMES:
        found = frame.fullmatch(folded)
        if found is not None:
            return _cut(typed, found)
    return None


def _cut(typed: str, found: re.Match[str]) -> SpokenCorrection:
    names = found.re.groupindex
    old = typed[slice(*found.span("old"))] if "old" in names else ""
    item = int(found["item"]) if "item" in names else None
    return SpokenCorrection(typed[slice(*found.span("new"))].strip(" ,.;:"), old.strip(" ,.;:"), item)
