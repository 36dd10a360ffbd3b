"""Whether a word is a possible Vietnamese syllable, by the spelling rules alone.

An onset, a rhyme and at most one tone; a rhyme closed by c, ch, p or t takes only sắc and nặng. That is
enough to tell Vietnamese from the signs that an old font leaves behind when it is read as Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dialogs.reading.common_syllables import COMMON

_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot oăc oăm oăn "
    "oăng oăt ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi "
    "uôm uôn uông uôt uơ up ut uy uya uych uyên uynh uyt uyu uyêt ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt "
    "ưu y "
    "yêm yên yêng yêt yêu"
)
_AFTER_Q = (
    "ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt uân uâng uât uây ue uen ueo uet uê uên "
    "uêt uênh ui uit uo uơ uôc uy uych uyên uyêt uynh uyt"
)
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_FRONT = frozenset("eêiy")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED_TONES = {"\u0301", "\u0323"}
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_MOST_LETTERS = 8
# Names of places that keep a foreign spelling: Đắk Lắk, Bắc Kạn, Kon Tum.
_NAMES = frozenset({"đắk", "đăk", "lắk", "lăk", "kạn", "kon", "krông", "plông"})


def _bodies() -> frozenset[str]:
    """Every onset with every rhyme it may stand before, and the rhymes alone: some 3,000 toneless syllables."""
    found = set(_RHYMES.split()) | {"q" + rhyme for rhyme in _AFTER_Q.split()} | {"gi", "gin", "giêng", "giêc", "giêt"}
    for onset in _ONSETS.split():
        found |= {onset + rhyme for rhyme in _RHYMES.split() if _spelled(onset, rhyme)}
    return frozenset(found)


def _spelled(onset: str, rhyme: str) -> bool:
    """k, gh and ngh stand before e, ê, i, y; c, g and ng before the rest."""
    front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    return not (front and onset in ("c", "g", "ng"))


_BODIES = _bodies()


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word could be a Vietnamese syllable."""
    if not 0 < len(word) <= _MOST_LETTERS:
        return False
    if word in _NAMES:
        return True
    apart = unicodedata.normalize("NFD", word)
    tones = [c for c in apart if c in _TONES]
    if len(tones) > 1:
        return False
    body = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
    if body not in _BODIES:
        return False
    return not _STOPPED.search(body) or (bool(tones) and tones[0] in _STOPPED_TONES)


def is_common(word: str) -> bool:
    """Whether a lower-case word is one of the syllables of everyday official Vietnamese."""
    return word in COMMON
