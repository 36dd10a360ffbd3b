"""The words that may stand in a typed number, each with its part of speech.

``atoms_of`` turns a text into atoms; it decides nothing about sense, that is the work of amounts.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from dialogs.reading.cleaning import bare, plain
from dialogs.reading.measures import UNITS, MeasureUnit


class AtomKind(StrEnum):
    """The part of speech of an atom."""

    NUM = "num"  # digits with their signs: 1.234,5
    DIGIT = "digit"  # một .. chín, không
    SHORT = "short"  # mốt, tư, lăm: a last digit that needs tens before it
    TEN = "ten"  # mười
    TENS = "tens"  # mươi, chục
    HUNDRED = "hundred"
    LINH = "linh"
    HALF = "half"  # rưỡi
    POINT = "point"  # phẩy
    SCALE = "scale"  # nghìn, triệu, tỷ
    UNIT = "unit"
    PERIOD = "period"  # /năm
    FILLER = "filler"  # dạ, là, tổng số
    ABOUT = "about"  # khoảng, trên, ~
    RANGE = "range"  # đến, hoặc
    SIGN = "sign"  # - + / and the like
    OPEN = "open"
    CLOSE = "close"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Atom:
    """One word or sign. ``number`` is a digit's value or a scale's factor; ``glued``: no space before it."""

    kind: AtomKind
    text: str
    number: int = 0
    unit: MeasureUnit | None = None
    glued: bool = False


_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<num>[0-9]+(?:[.,'][0-9]+)*)|(?P<special>đ/c|tr\.đ|kđ|k?m[23²³](?![0-9]))"
    r"|(?P<dots>\.{2,}|…|_{2,})|(?P<word>[^\W\d_]+)|(?P<sign>.)",
    re.DOTALL,
)
_DIGIT_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_WORDS: tuple[tuple[AtomKind, dict[str, int]], ...] = (
    (AtomKind.DIGIT, {word: number for number, word in enumerate(_DIGIT_WORDS)} | {"bẩy": 7}),
    (AtomKind.SHORT, {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}),
    (AtomKind.TEN, {"mười": 10}),
    (AtomKind.TENS, {"mươi": 10, "chục": 10}),
    (AtomKind.HUNDRED, {"trăm": 100}),
    (AtomKind.LINH, {"linh": 0, "lẻ": 0}),
    (AtomKind.HALF, {"rưỡi": 1, "rưởi": 1}),
    (AtomKind.POINT, {"phẩy": 0, "phảy": 0}),
    (AtomKind.SCALE, {"nghìn": 1000, "ngàn": 1000, "k": 1000, "vạn": 10_000}),
    (AtomKind.SCALE, {"triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9, "ty": 10**9, "ti": 10**9}),
)
_PHRASES: tuple[tuple[AtomKind, str], ...] = (
    (AtomKind.PERIOD, "mỗi năm|hàng năm|hằng năm|một năm|trong năm|năm nay|mỗi tháng|hàng tháng|hằng tháng"),
    (AtomKind.FILLER, "là|dạ|ạ|vâng|thưa|tổng|tổng số|tổng cộng|cộng|tất cả|có|số lượng|số|được|chính xác|đúng"),
    (AtomKind.FILLER, "nhé|thôi|gồm|toàn bộ|bằng|hiện có|hiện nay|chẵn|nhá|nha|kết quả|đáp án|trả lời|rồi|em xin"),
    (AtomKind.FILLER, "số tiền|kinh phí|diện tích|chiều dài|dân số|số người|tỷ lệ|tỉ lệ|đạt|hiện tại|phần nghìn"),
    (AtomKind.ABOUT, "khoảng|tầm|cỡ|chừng|gần|hơn|trên|dưới|ngót|xấp xỉ|ước|ước tính|ước chừng|ước đạt|độ"),
    (AtomKind.ABOUT, "trên dưới|tối thiểu|ít nhất|tối đa|nhiều nhất|không quá|quá|vài|mấy|nhiều|một số|dăm|áng"),
    (AtomKind.ABOUT, "trở lên|trở xuống|hàng trăm|hàng chục|hàng nghìn|hàng ngàn|hàng triệu|không dưới|chưa đến"),
    (
        AtomKind.ABOUT,
        "chưa tới|gần như|đâu đó|đổ lại|có lẽ|hình như|phỏng|phỏng chừng|loanh quanh|cả trăm|cả chục",
    ),
    (AtomKind.ABOUT, "chắc|cao nhất|thấp nhất|lớn hơn|nhỏ hơn|ít hơn|nhiều hơn|không đến|không tới|không ít hơn"),
    (AtomKind.ABOUT, "nửa|một nửa|phân nửa"),
    (AtomKind.RANGE, "đến|tới|hoặc|hay|từ"),
    (AtomKind.SIGN, "x|nhân|chia|trừ|âm"),
)
_SIGNS: dict[str, AtomKind] = {
    "(": AtomKind.OPEN,
    ")": AtomKind.CLOSE,
    "~": AtomKind.ABOUT,
    "≈": AtomKind.ABOUT,
    "<": AtomKind.ABOUT,
    ">": AtomKind.ABOUT,
    "≥": AtomKind.ABOUT,
    "≤": AtomKind.ABOUT,
    "±": AtomKind.ABOUT,
    "?": AtomKind.ABOUT,
    '"': AtomKind.FILLER,
    "'": AtomKind.FILLER,
    "[": AtomKind.FILLER,
    "]": AtomKind.FILLER,
}
_AFTER_SLASH = {"năm", "nam", "n", "tháng", "thang", "quý", "quy"}
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class _Token:
    name: str
    text: str
    glued: bool


def _entries() -> list[tuple[str, Atom]]:
    """Every phrase with its atom, the likeliest first: bare "tam" is tám before tầm, "nam" five before male."""
    found = [(word, Atom(kind, word, number)) for kind, words in _WORDS for word, number in words.items()]
    found += [(name, Atom(kind, name)) for kind, names in _PHRASES for name in names.split("|")]
    return found + [(name, Atom(AtomKind.UNIT, name, unit=unit)) for name, unit in UNITS.items()]


_EXACT: dict[str, Atom] = dict(reversed(_entries()))
_BARE: dict[str, Atom] = {bare(name): atom for name, atom in reversed(_entries())}


def _look_up(words: str) -> Atom | None:
    """The entry for these words; typed without any diacritics they match too, and longer words with wrong ones."""
    exact = _EXACT.get(words)
    if exact is not None:
        return exact
    folded = bare(words)
    return _BARE.get(folded) if folded == words or len(folded) >= 5 else None


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    glued = False
    for match in _TOKEN.finditer(text):
        name = match.lastgroup or "sign"
        if name != "space":
            found.append(_Token(name, match.group(), glued))
        glued = name != "space"
    return found


def atoms_of(text: str) -> list[Atom]:
    """A typed text as atoms, longest phrases first; what is not known comes out as UNKNOWN, nothing is lost."""
    tokens = _tokens(plain(text))
    atoms: list[Atom] = []
    at = 0
    while at < len(tokens):
        atom, length = _atom_at(tokens, at, atoms)
        atoms.append(atom)
        at += length
    return atoms


def _atom_at(tokens: list[_Token], at: int, before: list[Atom]) -> tuple[Atom, int]:
    token = tokens[at]
    if token.name == "num":
        return Atom(AtomKind.NUM, token.text, glued=token.glued), 1
    if token.text == "/" and at + 1 < len(tokens) and tokens[at + 1].text in _AFTER_SLASH:
        return Atom(AtomKind.PERIOD, bare(tokens[at + 1].text)), 2
    if token.name == "sign" and token.text not in UNITS:
        return Atom(_SIGNS.get(token.text, AtomKind.SIGN), token.text, glued=token.glued), 1
    if token.text in ("năm", "nam") and before and before[-1].kind in (AtomKind.NUM, AtomKind.UNIT):
        # "05 năm" is five years, not 5 and 5; bare "nam" may be years or men
        years = token.text == "năm"
        return Atom(AtomKind.UNIT if years else AtomKind.UNKNOWN, token.text, unit=UNITS["năm"] if years else None), 1
    return _phrase_at(tokens, at)


def _phrase_at(tokens: list[_Token], at: int) -> tuple[Atom, int]:
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        piece = tokens[at : at + length]
        if length > 1 and any(t.name not in ("word", "special") for t in piece):
            continue
        atom = _look_up(" ".join(t.text for t in piece))
        if atom is not None:
            return replace(atom, text=" ".join(t.text for t in piece), glued=piece[0].glued), length
    token = tokens[at]
    return Atom(AtomKind.UNKNOWN, token.text, glued=token.glued), 1
