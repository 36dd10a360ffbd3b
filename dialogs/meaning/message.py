"""What a whole message is: talk and steering are recognised here, at every question and every door alike.

A message is one of these only if nothing of it is left over once the phrases of the lexicon are taken off; the rest
is content, which the kind of question reads. Two more ways of talking have no fixed words: a question that is
addressed to the bot, and somebody's telephone number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dialogs.meaning.lexicon import Act, Lexicon, Words, bare_lexicon, bare_words_of, lexicon, words_of
from dialogs.reading import fold
from dialogs.reading.cleaning import plain

LONGEST = 160
"""Characters; a longer message is content."""

_RANK = (
    Act.MISTAKE,
    Act.CONTACT,
    Act.QUESTION,
    Act.SEND,
    Act.BACK,
    Act.HELP,
    Act.WAIT,
    Act.SKIP,
    Act.LAST,
    Act.ABOVE,
    Act.NEXT,
    Act.STOP,
    Act.SWEAR,
    Act.THANKS,
    Act.HEARD,
)
"""Of several acts in one message the first of these is meant: "gửi nhầm, xin lỗi" sends nothing."""

_ASKS = re.compile(
    r"(?:^|\s)(?:(?:the nao|nhu nao|ntn|lam sao|ra sao|la sao|kieu gi|cach nao|la gi|cai gi|nhung gi|lam gi|o dau"
    r"|cho nao|hoi ai|cua ai|khi nao|bao gio|luc nao|nam nao|ky nao|ngay nao|bao nhieu|may cau|duoc khong|duoc ko"
    r"|duoc chua|dung khong|dung ko|dung chua|phai khong|phai ko|can khong|bat buoc khong|hay khong|hay sao)"
    r"(?: nua| gi)?"
    r"(?: (?:a|ah|vay|the|nhi|ha|ban|em|anh|chi|day|do|ta|oi|bot|nhe|voi))*)$"
)
_ADDRESSED = re.compile(
    r"^(?:(?:da|thua|cho|xin|a|ad|admin|bot|anh|chi|em|minh|toi|ban|dong chi|d/c|oi) )*"
    r"(?:cho (?:em|toi|minh|chau) hoi|em hoi|toi hoi|hoi chut|hoi xiu|hoi ti|xin hoi|muon hoi|bot oi|ad oi|admin oi"
    r"|khong biet|ko biet|khong ro|sao (?:no|may|bot|lai|cu|khong|ko|k)|co (?:can|phai|bat buoc|duoc)|lam sao"
    r"|lam the nao|the nao|tai sao|vi sao|nghia la|y la|la sao|phan nay|muc nay|cau nay|cho nay|o nay|cai nay)\b"
)
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)")
_CALL = re.compile(r"\b(?:sdt|dt|dthoai|so dien thoai|dien thoai|goi|lien he|lh|zalo|alo|phone|sđt)\b")


_Way = tuple[int, frozenset[Act]]
"""How many phrases have been read, and the acts among them."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message is: ``act`` None is content. ``phrase`` is what was recognised, as it was typed."""

    act: Act | None
    phrase: str = ""


CONTENT = Understood(None)


@lru_cache(1024)
def meaning_of(text: str) -> Understood:
    """Return what ``text`` means by itself, wherever it is typed.

    >>> meaning_of("dạ xong rồi ạ").act
    <Act.NEXT: 'next'>
    >>> meaning_of("Xong trước hạn 12 công trình").act is None
    True
    """
    typed = text.strip()
    if not typed or len(typed) > LONGEST or "\n" in typed:
        return CONTENT
    words = words_of(typed)
    act = _covered(typed, words) or _asking(typed, words) or _contact(typed)
    return Understood(act, typed) if act is not None else CONTENT


def _covered(typed: str, words: Words) -> Act | None:
    if plain(typed) == fold(typed):
        return _only_phrases(bare_words_of(typed), bare_lexicon())
    return _only_phrases(words, lexicon())


def _only_phrases(words: Words, known: Lexicon) -> Act | None:
    """The act of a message that phrases cover from its first word to its last; None if a word is left over."""
    reached: dict[int, _Way] = {0: (0, frozenset())}
    for start, word in enumerate(words):
        if start not in reached:
            continue
        count, found = reached[start]
        for end, act in known.from_here(words, start):
            _reach(reached, end, (count + 1, found if act is Act.POLITE else found | {act}))
        if not word[0].isalnum():
            _reach(reached, start + 1, (count + 1, found | {Act.QUESTION} if word.startswith("?") else found))
    if not words or len(words) not in reached:
        return None
    acts = reached[len(words)][1]
    return next((act for act in _RANK if act in acts), Act.HEARD)


def _reach(reached: dict[int, _Way], at: int, way: _Way) -> None:
    """Of two ways to read the same words the one of fewer phrases is meant, then the one that says something."""
    before = reached.get(at)
    if before is None or (way[0], not way[1]) < (before[0], not before[1]):
        reached[at] = way


def _asking(typed: str, words: Words) -> Act | None:
    """A question to the bot in free words: it ends in a question mark or in asking words, and is short."""
    folded = fold(typed).rstrip(" .!…")
    asks = folded.endswith("?") or (not any(c.isdigit() for c in folded) and _ASKS.search(folded.rstrip("? ")))
    if not asks or len(words) > 24:
        return None
    plainly = folded.endswith("?") or _ADDRESSED.match(folded) or len(words) <= 8
    return Act.QUESTION if plainly else None


def _contact(typed: str) -> Act | None:
    """A telephone number, with nothing but words about calling around it."""
    found = _PHONE.search(typed)
    if found is None:
        return None
    rest = fold(typed[: found.start()] + " " + typed[found.end() :])
    return Act.CONTACT if _CALL.search(rest) or len(rest.split()) <= 3 else None
