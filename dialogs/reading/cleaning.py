"""Cleaning a text for the store, and folding it for comparison.

The two must never be mixed up: what is stored is ``clean``; ``fold`` and ``plain`` exist only to match.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Word's manual line break (U+000B) and page break, NEL and the two Unicode separators are line ends too.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters but tab and newline; soft hyphen, zero-width and direction marks, tags; what neither
# UTF-8 nor the XML of Word and Excel can hold (surrogates, U+FFFE, U+FFFF).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")
_DASHES = "‐‑‒–—―−﹘﹣－⁃"
_SINGLE_QUOTES = "‘’‚‛′`´ʼ"
_DOUBLE_QUOTES = "“”„‟″«»"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME = str.maketrans(
    {
        **{ord(c): "-" for c in _DASHES},
        **{ord(c): "'" for c in _SINGLE_QUOTES},
        **{ord(c): '"' for c in _DOUBLE_QUOTES},
        ord("đ"): "đ",
        ord("ð"): "đ",
    }
)
SHORT = 30
REPEATED = 80


def clean(text: str) -> str:
    """The text as it is stored: NFC, line ends as ``\\n``, control and zero-width characters out; nothing else.

    Spaces, tabs, no-break spaces, quotes and dashes stay as typed. Idempotent. Run ``legacy`` on the raw text
    first: in TCVN3 the letter "ư" is the soft hyphen, which this function removes (input rule E1).
    """
    lines = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", lines))


def plain(text: str) -> str:
    """The text for matching, diacritics kept: lower case, one kind of space, dash and quote, half-width.

    Only the full-width forms are narrowed: NFKC would turn "10²" into "102" (input rule E1).
    """
    return _plain_again(text) if len(text) <= REPEATED else _plain(text)


def _plain(text: str) -> str:
    narrow = clean(text).translate(_FULL_WIDTH).lower().translate(_SAME)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", narrow)).strip()


_plain_again = lru_cache(maxsize=2048)(_plain)
"""One short text is looked at by several readers, one after the other."""


def fold(text: str) -> str:
    """The text for matching, diacritics off and "đ" as "d": "Không  CÓ" and "kho\u0302ng co\u0301" give "khong co"."""
    return bare(plain(text)).lower()


def bare(text: str) -> str:
    """The text without diacritics, all else unchanged."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    kept = "".join([c for c in apart if unicodedata.category(c) != "Mn"])
    return unicodedata.normalize("NFC", kept.replace("đ", "d").replace("Đ", "D"))


_TONES = "\u0323\u0300\u0301\u0309\u0303"
_SECOND = re.compile(rf"(?<![q\w])([^\Waeiouyq\d_]*)([ou])([aey])([{_TONES}])(?!\w)", re.IGNORECASE)
"""A whole open syllable that carries its tone on the second vowel, taken apart: "hoà", "uỷ"."""


def one_tone(text: str) -> str:
    """The text with one place for the tone mark: "hoà" is "hòa" and "uỷ" is "ủy" ("quý" has no other way)."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _SECOND.sub(r"\1\2\4\3", apart))


def shorten(text: str, limit: int = SHORT) -> str:
    """At most ``limit`` characters of what was typed, on one line, to quote it back."""
    line = _SPACES.sub(" ", clean(text[: 20 * limit])).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
