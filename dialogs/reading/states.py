"""Words that stand for a state of an answer: none happened (zero), no figure exists (none), or unclear (ask).

Input rule E5. All matching is on folded text (no diacritics, no case), so "KHÔNG CÓ", "khong co" and the
decomposed form are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.reading.cleaning import bare, fold
from dialogs.reading.measures import COUNT, UNITS
from dialogs.reading.model import Outcome

_LONGEST = 100
_NOT = r"(?:khong|ko|kh|hk|hong|hok|k)"
_NOT_YET = rf"(?:{_NOT}|chua)"
_POLITE = re.compile(r"^(?:(?:da|vang|thua|bao cao|dong chi|em|anh|chi|xin|la|=|:|,) ?)+(?= |\b|$)")
_POLITE_END = re.compile(r"(?: (?:a|nhe|dau|ca|nhi|em|anh|chi))+$")
_EDGES = " .,;:!\"'()[]*"

_COUNTED = "|".join(
    sorted({re.escape(bare(n)) for n, u in UNITS.items() if u.family.startswith(COUNT)}, key=len, reverse=True)
)
_ZERO = re.compile(
    rf"(?:so |bang )?{_NOT}(?: co)?(?: gi| ai| nao| dau| phat sinh| phat sinh gi)?"
    rf"|{_NOT_YET}(?: co)? phat sinh(?: gi| nao)?"
    rf"|{_NOT}(?: co)? (?:mot )?(?:{_COUNTED})(?: nao| gi)?"
    rf"|{_NOT}(?: co)? (?:kinh phi|tien|khoan)(?: nao| gi)?"
    r"|zero|nil|so 0|0 co|khong co 0"
)
_WHO = "(?:(?:don vi|xa|dia phuong|cap xa|xa toi|chung toi|dang uy)(?: nay)? )?"
_DATA = (
    "(?:(?:so )?(?:so lieu|s/lieu|sl|du lieu|thong tin|con so|so)(?: gi| nao| nay)?"
    "(?: thong ke| tong hop| cu the| chinh xac)?)"
)
_WORK = (
    r"(?:thong ke|tong hop|nam|nam bat|theo doi|xac dinh|cap nhat|thu thap|dieu tra|kiem dem|tinh|tinh toan"
    r"|ro|biet|co bao cao|nam ro|biet ro|ra soat|bao cao|tong ket|nhan duoc|so sanh|danh gia)"
)
_NONE = re.compile(
    rf"{_WHO}(?:hien |hien nay |hien tai |den nay |van )?{_NOT_YET}(?: co| con| du| du co)?(?: duoc)? {_DATA}"
    rf"|{_WHO}{_NOT_YET}(?: the)?(?: co)?(?: duoc)? {_WORK}(?: duoc| xong| ro| het)?(?: {_DATA})?"
    rf"|{_DATA} (?:{_NOT_YET}(?: co)?)|(?:dang |cho |dang cho )(?:tong hop|cap nhat|thong ke|ra soat|so lieu)"
    r"|n/a|n\.a|na|null|none|trong|bo trong|de trong"
)
_ABSENT = re.compile(
    rf"{_WHO}(?:{_NOT_YET} (?:co |thanh lap )(?:to chuc|hoi|doan the|mo hinh)(?: nay)?"
    rf"|{_NOT_YET} thanh lap|{_NOT} ap dung|{_NOT} thuoc (?:doi tuong|dien)(?: nay)?)"
)
_UNCLEAR = re.compile(r"[-_/\\|x*]+|chua|chua co|k|kg")
_NOT_DONE = re.compile(_UNCLEAR.pattern + rf"|chua (?:to chuc|thuc hien|trien khai|lam|hop|co (?:{_COUNTED})(?: nao)?)")
_DOTS = re.compile(r"[.…?\s_]*[.…?][.…?\s_]*")
_NARRATIVE_ZERO = re.compile(
    rf"0|{_NOT}(?: co)?(?: gi)?|{_NOT_YET}(?: co)? phat sinh(?: gi)?|{_NOT} co phat sinh"
    rf"|{_NOT} co (?:noi dung|y kien|kien nghi|de xuat|bao cao)(?: gi| nao| bao cao| de bao cao)?(?: ca| them)?"
)


@dataclass(frozen=True, slots=True)
class NamedState:
    """A state that a text names. ``outcome`` ASK lists in ``may_be`` what it may stand for."""

    outcome: Outcome
    code: str = ""
    may_be: tuple[Outcome, ...] = ()


_BOTH = (Outcome.ZERO, Outcome.NONE)


def state_of(text: str) -> NamedState | None:
    """The state that the whole text names for a count, a sum, a measure or a date; None if it names none."""
    return _state(text, _ZERO, _NOT_DONE)


def narrative_state(text: str) -> NamedState | None:
    """The state that a narrative names: only words that say nothing is to report; "không có khó khăn" is a text."""
    return _state(text, _NARRATIVE_ZERO, _UNCLEAR)


def _state(text: str, zero: re.Pattern[str], unclear: re.Pattern[str]) -> NamedState | None:
    if len(text) > _LONGEST:
        return None
    folded = fold(text)
    if _DOTS.fullmatch(folded):
        return NamedState(Outcome.ASK, "ambiguous", (Outcome.NONE,))
    words = folded.strip(_EDGES)
    if not words or unclear.fullmatch(folded):
        return NamedState(Outcome.ASK, "ambiguous", _BOTH) if unclear.fullmatch(folded) else None
    for candidate in dict.fromkeys((words, _undressed(words))):
        found = _named(candidate, zero, unclear)
        if found is not None:
            return found
    return None


def _undressed(words: str) -> str:
    """Without the polite words before and after: "dạ không có ạ"."""
    return _POLITE_END.sub("", _POLITE.sub("", words)).strip(_EDGES)


def _named(words: str, zero: re.Pattern[str], unclear: re.Pattern[str]) -> NamedState | None:
    if _ABSENT.fullmatch(words):
        return NamedState(Outcome.NONE, "not_applicable")
    if _NONE.fullmatch(words):
        return NamedState(Outcome.NONE)
    if unclear.fullmatch(words):
        return NamedState(Outcome.ASK, "ambiguous", _BOTH)
    return NamedState(Outcome.ZERO) if zero.fullmatch(words) else None


_COMMAND_WORDS = (
    "bo qua|quay lai|tiep|tiep tuc|truoc|muc|xem|sua|nop|tai lieu|tro giup|huy|start|gui|xong|thoat|menu|help"
    "|boqua|quaylai|tailieu|trogiup|danh muc|lui lai|tro lai|bo|skip|back"
)
_COMMANDS = frozenset(_COMMAND_WORDS.split("|"))
_SLASH = re.compile(r"/[a-z][a-z_]{0,20}(?: .{0,40})?")


def is_command(text: str) -> bool:
    """Whether the whole text is a word that steers the dialog ("bỏ qua", "/tiep"), not an answer (rule E8)."""
    if len(text) > _LONGEST:
        return False
    folded = fold(text)
    return folded.strip(_EDGES) in _COMMANDS or _SLASH.fullmatch(folded) is not None
