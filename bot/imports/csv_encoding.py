"""Which encoding a CSV file is in, told from its content alone.

A byte order mark decides; else a file that is UTF-8 throughout is UTF-8. What is left is one byte a letter:
Windows-1258, TCVN3 (ABC) or VNI. Every word with a letter beyond ASCII is converted in each of these ways, and the one
under which the words become Vietnamese syllables is it, if the others do not come near. Else the file is refused: a
guess would store wrong letters that nobody notices.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dialogs.reading.legacy import convert
from dialogs.reading.syllables import is_syllable

CHUNK = 1 << 20
MOST_WORDS = 5_000
"""Different words that are weighed; a file has made itself clear long before."""

CONVINCING = 0.9
"""Share of the words that must be Vietnamese under the encoding that is chosen ..."""

UNLIKELY = 0.6
"""... and the share that no other encoding may exceed."""

_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")


@dataclass(frozen=True, slots=True)
class Encoding:
    """``codec`` decodes the bytes; ``old`` names the old font whose signs then stand for letters ('' for none)."""

    codec: str
    old: str = ""

    def text(self, decoded: str) -> str:
        """Return a decoded cell in Unicode, NFC."""
        if decoded.isascii():
            return decoded
        return convert(decoded, self.old) if self.old else unicodedata.normalize("NFC", decoded)


UTF8 = Encoding("utf-8")
_MARKED = (
    (codecs.BOM_UTF8, Encoding("utf-8-sig")),
    (codecs.BOM_UTF16_LE, Encoding("utf-16")),
    (codecs.BOM_UTF16_BE, Encoding("utf-16")),
)
_ONE_BYTE = (Encoding("cp1258"), Encoding("cp1252", "TCVN3"), Encoding("cp1252", "VNI"))


class Undecided(Exception):
    """No encoding fits; ``line`` is the first that is not UTF-8."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def find_encoding(path: Path) -> Encoding:
    """Return the encoding of a file; reads it in pieces.

    Raises ``Undecided``, and ``OSError`` if the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(4)
    for mark, encoding in _MARKED:
        if head.startswith(mark):
            return encoding
    wrong = _first_wrong_line(path)
    if wrong is None:
        return UTF8
    found = _convincing(_words(path))
    if found is None:
        raise Undecided(wrong)
    return found


def _first_wrong_line(path: Path) -> int | None:
    """Return the line of the first byte that is not UTF-8, None if there is none."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    for piece in _pieces(path):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            return line + piece[: error.start].count(b"\n")
        line += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _words(path: Path) -> set[bytes]:
    found: set[bytes] = set()
    for piece in _pieces(path):
        found.update(_WORD.findall(piece))
        if len(found) >= MOST_WORDS:
            break
    return found


def _convincing(words: set[bytes]) -> Encoding | None:
    shares = sorted(((_share(words, each), index) for index, each in enumerate(_ONE_BYTE)), reverse=True)
    (best, index), (second, _) = shares[:2]
    return _ONE_BYTE[index] if best >= CONVINCING and second <= UNLIKELY else None


def _share(words: set[bytes], encoding: Encoding) -> float:
    """Return how many of the words are Vietnamese when they are read in one way, from 0 to 1."""
    judged = [fits for word in words if (fits := _is_vietnamese(word, encoding)) is not None]
    return sum(judged) / len(judged) if judged else 0.0


def _is_vietnamese(word: bytes, encoding: Encoding) -> bool | None:
    """Whether a word is a possible syllable; None for abbreviations such as HĐND, which tell nothing."""
    try:
        text = encoding.text(word.decode(encoding.codec))
    except UnicodeDecodeError:
        return False
    if text.isupper() and len(text) > 1 and not is_syllable(text.lower()):
        return None
    # TCVN3 writes capitals with tones as small letters: "CHøC" is a word of it, and of nothing else.
    well_cased = encoding.old == "TCVN3" or text.islower() or text.isupper() or text.istitle()
    return text.isalpha() and well_cased and is_syllable(text.lower())
