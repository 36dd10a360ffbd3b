"""Commands that work in every state, typed with or without a slash, diacritics and capitals (DESIGN section 5).

Without the slash a command counts only if it is the whole message, so that "bỏ qua các thủ tục" stays an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dialogs.reading import fold

NAMES: dict[str, str] = {
    "tiep": "next",
    "tiep tuc": "next",
    "lam tiep": "next",
    "truoc": "back",
    "quay lai": "back",
    "lui": "back",
    "boqua": "skip",
    "bo qua": "skip",
    "muc": "contents",
    "danh muc": "contents",
    "muc luc": "contents",
    "xem": "look",
    "xem lai": "look",
    "sua": "jump",
    "nop": "review",
    "nop bao cao": "review",
    "capduoi": "below",
    "cap duoi": "below",
    "tailieu": "papers",
    "tai lieu": "papers",
    "tonghop": "compile",
    "tong hop": "compile",
    "tralai": "return",
    "tiepnhan": "accept",
    "baocao": "report",
    "thaydoi": "changes",
    "molai": "reopen",
    "giahan": "extend",
    "nhac": "remind",
    "nhacsau": "later",
    "xinsua": "ask_correction",
    "xin sua": "ask_correction",
    "dot": "campaigns",
    "dot bao cao": "campaigns",
    "giao": "share",
    "giao viec": "share",
    "tiendo": "progress",
    "tien do": "progress",
    "nhatky": "record",
    "nhat ky": "record",
    "dinhkem": "attach",
    "dinh kem": "attach",
    "tep dinh kem": "attach",
    "trogiup": "help",
    "tro giup": "help",
    "help": "help",
    "huy": "cancel",
    "huy bo": "cancel",
    "moi": "invite",
    "moi can bo": "invite",
    "nguoi": "members",
    "roi": "leave",
    "roi don vi": "leave",
    "lienket": "link",
    "lien ket": "link",
    "start": "start",
    "bat dau": "start",
}
"""What may be typed (folded) and the trigger it fires."""

TAKES_PLACE = frozenset({"jump", "look", "contents", "below", "attach"})
TAKES_ANYTHING = frozenset(
    {
        "start",
        "compile",
        "return",
        "accept",
        "report",
        "reopen",
        "changes",
        "extend",
        "remind",
        "later",
        "share",
        "ask_correction",
        "progress",
        "record",
        "invite",
        "members",
        "campaigns",
    }
)
"""After the slash an invitation code, the key of a campaign, a unit's name, a comment."""

MAX_SAID = 4096
"""The longest command with its comment: one message."""

ONLY_SLASHED = frozenset({"dot", "moi", "nguoi", "roi", "lien ket"})
"""Words of every day ("mời", "rồi"): alone, without the slash, they are an answer."""

_PLACE = re.compile(
    r"[0-9]{1,3}(\.[a-z0-9]+)*|pl[0-9]+(\.[a-z0-9]+)*|(p[0-9]\.)?[ivx]+(\.[a-z0-9]+)*|[a-z_]+(\.[a-z0-9_]+)+|vb"
)
_LONGEST = 72
"""Of a message without a slash; longer ones are answers."""
_LONGEST_FIRST = sorted(NAMES, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Command:
    """``trigger`` as in the table of transitions, ``place`` as typed ("12", "PL3.2"), '' for none.

    ``said`` is the same as the person spelled it, where a command takes anything: a name keeps its diacritics.
    """

    trigger: str
    place: str = ""
    said: str = field(default="", compare=False)


def parse(text: str) -> Command | None:
    """Return the command that the whole message is, None if it is not one.

    An unknown word after a slash is the command "unknown", so that it is never taken for an answer.
    """
    if len(text) > (MAX_SAID if text.lstrip().startswith("/") else _LONGEST):
        return None
    folded = fold(text).strip()
    slash = folded.startswith("/")
    words = folded.removeprefix("/").split("@")[0].strip()
    if words in NAMES and (slash or words not in ONLY_SLASHED):
        return Command(NAMES[words])
    name = next((name for name in _LONGEST_FIRST if words.startswith(name + " ")), "")
    rest = words.removeprefix(name).strip()
    if slash and NAMES.get(name) in TAKES_ANYTHING:
        return Command(NAMES[name], rest, _said(text, name))
    if len(text) > _LONGEST:
        return None
    place = _spoken(rest)
    if name and NAMES[name] in TAKES_PLACE and (slash or _PLACE.fullmatch(place)):
        return Command(NAMES[name], place)
    if name and slash:
        return Command(NAMES[name])
    return Command("unknown", words) if slash and words and " " not in words and "/" not in words else None


def _said(text: str, name: str) -> str:
    """What stands behind the command, as it was typed."""
    words = text.split(maxsplit=name.count(" ") + 1)
    return words[-1].strip() if len(words) > name.count(" ") + 1 else ""


def _spoken(place: str) -> str:
    """A place as it is said, "phu luc 3 hang 2", as it is written: "pl3.2"."""
    bare = re.sub(r"\b(muc|cau|so|phan) ", "", place)
    return re.sub(r" hang ", ".", re.sub(r"\b(phu luc|pl) ?(?=[0-9])", "pl", bare))


def without_closing(text: str) -> tuple[str, bool]:
    """Return a message without a last line "Tiếp", and whether it had one: answer and closing in one message."""
    body, _, last = text.rstrip().rpartition("\n")
    closing = bool(body.strip()) and parse(last) == Command("next")
    return (body, True) if closing else (text, False)
