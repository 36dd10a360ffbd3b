"""A file's name as every machine takes it: no path, no hidden letters, not too long, ending as its kind does."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

MAX_LETTERS = 100
MAX_BYTES = 180
"""File systems take 255 bytes, and browsers put " (1)" behind a name they have already."""

_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_PICTURES = frozenset({".jpg", ".png", ".webp", ".heic"})
_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".heif": ".heic"}


def safe_name(name: str, ending: str, at: datetime) -> str:
    """Return ``name`` safe to store and to hand out, with ``ending`` unless it ends so ('' leaves it).

    Only the last part of a path counts; letters that show nothing or turn the direction of writing are left out. A
    file without a name is called after the moment ``at``.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    shown = " ".join(_FORBIDDEN.sub("_", shown).split()).strip(" .")
    if not shown:
        shown = f"{'anh' if ending in _PICTURES else 'tep'}-{at:%Y%m%d-%H%M%S}"
    stem, dot, old = shown.rpartition(".")
    if ending and (not dot or _SAME.get(f".{old.lower()}", f".{old.lower()}") != ending):
        stem, dot, old = shown, ".", ending[1:]
    kept = _cut(stem if dot else shown) + (f".{old[:10]}" if dot else "")
    return f"_{kept}" if _RESERVED.fullmatch(kept) else kept


def _cut(stem: str) -> str:
    stem = stem[:MAX_LETTERS]
    while len(stem.encode()) > MAX_BYTES:
        stem = stem[:-1]
    # A cut may leave a letter's marks alone or a blank at the end.
    return stem.rstrip(" .") or "tep"
