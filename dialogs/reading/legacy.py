"""Old encodings: TCVN3, VNI and UTF-8 read as Windows-1252, told by whether the words become Vietnamese.

Each word with a character beyond ASCII is weighed twice: as it stands, and converted. A word weighs 0 if it is
no possible syllable, 1 if it is one, 2 if it is an everyday one. An encoding is named only if its words weigh
more than the text as it stands, nearly all of them become syllables, and the words without marks look
Vietnamese too. So "10 m²", "§ 5" and French stay what they are.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dialogs.reading.legacy_tables import ALONE_IN_ANY_TEXT, TCVN3, VNI
from dialogs.reading.model import Legacy
from dialogs.reading.syllables import is_common, is_syllable

_ONLY_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_GAPS = re.compile(r"([ \t\r\n]+)")
_RUN = re.compile(r"[^\W\d_]+")
_VNI_SEQUENCE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_MOST_VALID = 0.75
_PLAIN_VALID = 0.6
_VOWEL = re.compile("[aeiouy]")
# What no Vietnamese word has: a sign between letters ("cá»§a"), a symbol or control character on its end.
_ODD = re.compile(
    "[^\\W\\d_][^\\w\x00-\x7f]+[^\\W\\d_]|[^\\W\\d_][»«]?[\x80-\x9f\u00a1-\u00b4\u00b6-\u00bf€ƒ™Œœ]|á[º»]"
)
_ROUNDS = 3
_SAME = frozenset("íìýÍÌÝ")  # letters that an old encoding shares with Unicode
_ENOUGH_IN_A_LINE = 3


@dataclass(frozen=True, slots=True)
class _Weight:
    """What the marked words of a text weigh under one way of reading them."""

    total: int = 0
    valid: int = 0
    common: int = 0

    @property
    def sum(self) -> int:
        """A possible syllable counts one, an everyday one two."""
        return self.valid + self.common


def legacy(text: str) -> Legacy | None:
    """The old encoding that a raw text is in, with the converted text; None for ordinary text.

    Needs the text before ``clean``: the "ư" of TCVN3 is the soft hyphen, and mojibake needs its control
    characters. Lines are judged one by one where only some of them are in an old encoding.
    """
    if not _BEYOND_ASCII.search(text):
        return None
    composed = unicodedata.normalize("NFC", text)
    if not _ONLY_UNICODE.search(composed):
        return _detect(composed, least=1)
    lines = composed.split("\n")
    found = [None if _ONLY_UNICODE.search(x) else _detect(x, least=_ENOUGH_IN_A_LINE) for x in lines]
    named = [f for f in found if f is not None]
    if not named:
        return None
    return Legacy(named[0].name, "\n".join(f.text if f else line for f, line in zip(found, lines, strict=True)))


def _detect(text: str, least: int) -> Legacy | None:
    """The encoding under which the text weighs most, if that convinces."""
    best: tuple[int, Legacy] | None = None
    for name, convert in _CONVERTERS.items():
        # The no-break space inside a broken "à" is often pasted as a plain one.
        source = text.replace("Ã ", "Ã\u00a0") if name == "mojibake" else text
        marked = [c for c in _GAPS.split(source) if _is_marked(c)]
        known = {chunk: _weigh(chunk, convert) for chunk in set(marked)}
        weights = [known[chunk] for chunk in marked]
        after, before = _sum(w for w, _ in weights), _sum(w for _, w in weights)
        if after.total >= least and _convinces(after, before, text) and (best is None or after.sum > best[0]):
            best = (after.sum, Legacy(name, _converted(source, name)))
    return best[1] if best else None


def _is_marked(chunk: str) -> bool:
    """Whether a word between spaces can tell anything: a character beyond ASCII, and not a sign alone."""
    return _BEYOND_ASCII.search(chunk) is not None and len(chunk.strip(string.punctuation)) > 1


def _convinces(after: _Weight, before: _Weight, text: str) -> bool:
    """Whether the converted words are Vietnamese and the words as they stand are less so."""
    if after.sum <= before.sum or after.valid < _MOST_VALID * after.total:
        return False
    unmarked = _unmarked(text)
    vietnamese = sum(is_syllable(word.lower()) for word in unmarked)
    if vietnamese + 2 * after.valid < _PLAIN_VALID * (len(unmarked) + 2 * after.total):
        return False
    in_company = vietnamese >= 2 and vietnamese == len(unmarked) and after.valid == after.total
    return after.common > 0 or in_company or (after.valid >= 2 and not before.valid)


def _unmarked(text: str) -> list[str]:
    """The plain words beside the marked ones, without abbreviations and symbols: they must look Vietnamese too."""
    words = [c.strip(string.punctuation) for c in _GAPS.split(text)]
    plain = [w for w in words if w.isascii() and w.isalpha() and len(w) > 1]
    return [w for w in plain if not w.isupper() and _VOWEL.search(w.lower())]


def _sum(weights: Iterable[_Weight]) -> _Weight:
    rows = list(weights)
    return _Weight(sum(w.total for w in rows), sum(w.valid for w in rows), sum(w.common for w in rows))


def _weigh(chunk: str, convert: Callable[[str], str]) -> tuple[_Weight, _Weight]:
    """One marked word, converted and as it stands; both zero if there is nothing to judge."""
    converted = convert(chunk)
    after, before = _judge(converted), _judge(chunk, as_typed=True)
    if after is None:
        return _Weight(), _Weight()
    if converted == chunk and not _SAME.issuperset(_BEYOND_ASCII.findall(chunk)):
        after = _Weight(1)  # this encoding would not have left such a letter
    return after, before or _Weight(1)


def _judge(chunk: str, as_typed: bool = False) -> _Weight | None:
    """The weight of a word; None for signs without letters and for abbreviations such as HĐND."""
    runs = [run for run in _RUN.findall(chunk) if not run.isascii()]
    if all(_is_abbreviation(run) for run in runs):
        return None
    if as_typed and (_ODD.search(chunk) or not all(map(_is_well_cased, runs))):
        return _Weight(1)
    lower = [run.lower() for run in runs]
    valid = all(is_syllable(run) for run in lower)
    return _Weight(1, int(valid), int(valid and all(is_common(run) for run in lower)))


def _is_well_cased(run: str) -> bool:
    """Not "cÊp": no capital inside a word."""
    return run.islower() or run.isupper() or run.istitle()


def _is_abbreviation(run: str) -> bool:
    """HĐND, or the đ of "đ/c"."""
    return run in "đĐ" or (run.isupper() and len(run) > 1 and not is_syllable(run.lower()))


def convert(text: str, name: str) -> str:
    """``text`` of a known old encoding (TCVN3, VNI or mojibake) in Unicode, NFC; signs standing alone stay."""
    return _converted(text, name)


def _converted(text: str, name: str) -> str:
    convert = _CONVERTERS[name]
    pieces = [convert(p) if _is_marked(p) or _is_letter_word(p) else p for p in _GAPS.split(text)]
    joined = unicodedata.normalize("NFC", "".join(pieces))
    return "\n".join(map(_capital_line, joined.split("\n"))) if name == "TCVN3" else joined


def _is_letter_word(chunk: str) -> bool:
    """A word of one letter ("ở", "ô"), not a bullet or a fraction standing alone."""
    return bool(set(chunk) - ALONE_IN_ANY_TEXT - set(string.punctuation))


def _from_tcvn3(chunk: str) -> str:
    return "".join(TCVN3.get(c, c) for c in chunk)


def _capital_line(line: str) -> str:
    """TCVN3 has no capital letters with tones: words and lines typed in capitals are made capital again."""
    runs = _RUN.findall(line)
    if not any(map(_is_shouted, runs)):
        return line
    if not any(c.islower() for c in line if c.isascii()):
        return line.upper()
    return _RUN.sub(lambda m: m.group().upper() if _is_shouted(m.group()) else m.group(), line)


def _is_shouted(run: str) -> bool:
    """Capitals around a small letter with a mark: "CHøC"."""
    plain = [c for c in run if c.isascii()]
    return len(plain) > 1 and all(c.isupper() for c in plain) and not run.isupper()


def _from_vni(chunk: str) -> str:
    return unicodedata.normalize("NFC", _VNI_SEQUENCE.sub(lambda m: VNI[m.group()], chunk))


def _from_mojibake(chunk: str) -> str:
    """UTF-8 bytes read as Windows-1252 (or Latin-1 where that has no sign), up to three times over."""
    for _ in range(_ROUNDS):
        raw = _bytes(chunk)
        if raw is None or raw.isascii():
            return chunk
        try:
            chunk = raw.decode("utf-8")
        except UnicodeDecodeError:
            return chunk
    return chunk


def _bytes(chunk: str) -> bytes | None:
    found = bytearray()
    for char in chunk:
        try:
            found += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return None
            found.append(ord(char))
    return bytes(found)


_CONVERTERS: dict[str, Callable[[str], str]] = {
    "mojibake": _from_mojibake,
    "TCVN3": _from_tcvn3,
    "VNI": _from_vni,
}
