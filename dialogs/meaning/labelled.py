"""Figures in a sentence, each with its name: "12 người, trong đó 5 nữ, không có dân tộc, 1 theo đạo".

The words of the sentence become figures, names of columns, and words between; any other word makes the sentence
content that is not read here. Each figure is then paired with a name beside it, each name once. Where one pairing is
better than all others (fewer commas between figure and name) it is the reading; where two are as good there is none.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dialogs.meaning.lexicon import Words, bare_words_of, label_lines, phrases
from dialogs.reading.cleaning import bare, clean, plain

LONGEST = 600
MAX_FIGURES = 24
MAX_LEFT = 8
"""Words that were not understood; a sentence with more of them is content."""
_SCALE = r"(?:nghìn|ngàn|triệu|tr|tỷ|tỉ|trăm)(?![^\W\d_])"
_NUMBER = (
    r"\d+(?:[ \u00a0\u202f\u2007\u2009]\d{3}(?!\d))*(?:[.,]\d+)*"
    rf"(?:\s?{_SCALE}(?:\s?\d+(?:[.,]\d+)*(?:\s?{_SCALE})?)?)*(?:\s?(?:đồng(?! chí)|đ)(?![\w/]))?(?:\s?%)?"
)
_DATE = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?![\d/.,-]*\d)"
_SYMBOL = r"\d{1,5}[A-Za-zĐđ]?\s?[-–‑/]\s?[A-ZĐ][\wĐđ]*(?:[-/–‑][A-ZĐ]\w*)*"
_TOKEN = re.compile(
    rf"(?P<symbol>{_SYMBOL})|(?P<date>{_DATE})|(?P<number>{_NUMBER})|(?P<word>[^\W\d_](?:[\w/'-]*\w)?)"
    r"|(?P<mark>[,;.:()\n–-])|(?P<other>\S)"
)
_MONEY = re.compile(r"đồng|triệu|tỷ|tỉ|nghìn|ngàn|\btr\b")
DAY, MONTH, YEAR, NUMBER = ("ngay",), ("thang",), ("nam",), ("so",)


@dataclass(frozen=True, slots=True)
class NamedSlot:
    """A column that a sentence may name. ``names`` are its official words, ``groups`` those of the headings above it.

    ``money``: a figure with a unit of money belongs here.
    """

    key: str
    names: tuple[str, ...]
    groups: tuple[str, ...] = ()
    money: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """``pieces`` are what each slot is given, as typed; ``left`` are words of the sentence that say nothing known."""

    pieces: Mapping[str, str]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Figure:
    typed: str
    clause: int
    money: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    slots: frozenset[int]
    clause: int


@dataclass(slots=True)
class _Sentence:
    """A sentence taken apart, in order; ``group`` are the slots under the heading that was named last."""

    tokens: Sequence[re.Match[str]]
    names: Mapping[Words, frozenset[int]]
    groups: Mapping[Words, frozenset[int]]
    fillers: frozenset[Words]
    parts: list[_Figure | _Name] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    clause: int = 0
    group: frozenset[int] | None = None

    def longest(self, at: int, known: Container[Words]) -> int:
        """How many tokens from ``at`` make the longest known phrase; 0 if none begins there."""
        for length in range(min(8, len(self.tokens) - at), 0, -1):
            if self.words(at, length) in known:
                return length
        return 0

    def words(self, at: int, length: int) -> Words:
        return tuple(bare(plain(token.group())) for token in self.tokens[at : at + length])


def read_labelled(text: str, slots: Sequence[NamedSlot], printed: Sequence[str] = ()) -> Labelled | None:
    """Return what ``text`` gives each slot, None if it cannot be read in one way.

    ``printed`` are words that the form prints around its blanks; typed along they are no words left over.
    """
    typed = clean(text)
    if len(typed) > LONGEST or len(slots) < 2:
        return None
    sentence = _Sentence(
        list(_TOKEN.finditer(typed)), _names_of(tuple(slots)), _groups_of(tuple(slots)), _fillers(tuple(printed))
    )
    at = 0
    while at < len(sentence.tokens):
        at += _figure(sentence, at) or _named(sentence, at) or _between(sentence, at)
    figures = sum(isinstance(part, _Figure) for part in sentence.parts)
    if not 0 < figures <= MAX_FIGURES or len(sentence.left) > MAX_LEFT or figures == len(sentence.parts):
        return None
    pairs = _paired(sentence.parts, slots)
    return (
        Labelled({slots[at].key: typed for at, typed in sorted(pairs.items())}, tuple(sentence.left)) if pairs else None
    )


def _figure(sentence: _Sentence, at: int) -> int:
    token = sentence.tokens[at]
    named = sentence.longest(at, sentence.names)
    if named > 1 or (named and not token["number"]):
        return 0
    if token["date"]:
        _date(sentence, token["date"])
    elif token["symbol"] or token["number"]:
        typed = token.group().strip()
        sentence.parts.append(_Figure(typed, sentence.clause, bool(_MONEY.search(plain(typed)))))
    elif (length := sentence.longest(at, phrases("nothing"))) > 0:
        sentence.parts.append(_Figure("không có", sentence.clause))
        return length
    else:
        return 0
    return 1


def _date(sentence: _Sentence, typed: str) -> None:
    """A date in one piece gives the day, the month and the year where the row has columns of these names."""
    if sentence.parts and isinstance(sentence.parts[-1], _Name) and sentence.names.get(DAY) == sentence.parts[-1].slots:
        sentence.parts.pop()
    for name, piece in zip((DAY, MONTH, YEAR), re.split(r"[/.-]", typed), strict=False):
        if name in sentence.names:
            sentence.clause += 1
            sentence.parts += [_Name(sentence.names[name], sentence.clause), _Figure(piece, sentence.clause)]
    sentence.clause += 1


def _named(sentence: _Sentence, at: int) -> int:
    name, group = sentence.longest(at, sentence.names), sentence.longest(at, sentence.groups)
    if group > name:
        sentence.group = sentence.groups[sentence.words(at, group)]
        return group
    if name:
        slots = sentence.names[sentence.words(at, name)]
        slots = slots & sentence.group if sentence.group else slots
        before = sentence.parts[-1] if sentence.parts else None
        if isinstance(before, _Name) and before.slots & slots:
            # "Kế hoạch số": two words for one column.
            sentence.parts.pop()
            slots &= before.slots
        sentence.parts.append(_Name(slots, sentence.clause))
    return name


def _between(sentence: _Sentence, at: int) -> int:
    token = sentence.tokens[at]
    if token["mark"]:
        sentence.clause += token["mark"] not in ":-–"
        return 1
    if sentence.longest(at, phrases("clauses")):
        sentence.clause += 1
    length = sentence.longest(at, sentence.fillers)
    if not length:
        sentence.left.append(token.group())
    return length or 1


# --- which figure is whose ----------------------------------------------------------------------------------------


def _paired(parts: Sequence[_Figure | _Name], slots: Sequence[NamedSlot]) -> dict[int, str]:
    """The one best way to give every figure a name beside it; empty if there is none, or two that are as good."""
    found = sorted(_ways(parts, 0, {}, 0, slots), key=lambda way: way[0])
    if not found:
        return {}
    best = [pairs for cost, pairs in found if cost == found[0][0]]
    return best[0] if all(pairs == best[0] for pairs in best) else {}


Way = tuple[int, dict[int, str]]


def _ways(
    parts: Sequence[_Figure | _Name], at: int, pairs: dict[int, str], cost: int, slots: Sequence[NamedSlot]
) -> Iterator[Way]:
    """Yield the ways to read ``parts`` from ``at`` on, each with what it costs; a name is beside its figure."""
    if at == len(parts):
        yield cost, pairs
        return
    part, after = parts[at], parts[at + 1] if at + 1 < len(parts) else None
    if isinstance(part, _Figure) and part.money:
        for slot in _free([number for number, each in enumerate(slots) if each.money], pairs):
            yield from _ways(parts, at + 1, {**pairs, slot: part.typed}, cost + 1, slots)
    if isinstance(part, _Figure) and not pairs and at == 0:
        # "12 người, trong đó 5 nữ": the figure before all names is the whole.
        yield from _ways(parts, at + 1, {0: part.typed}, cost + 3, slots)
    name, figure = (part, after) if isinstance(part, _Name) else (after, part)
    if not isinstance(name, _Name) or not isinstance(figure, _Figure):
        return
    price = 2 * (name.clause != figure.clause)
    for slot in _free(name.slots, pairs):
        if not figure.money or slots[slot].money or not any(each.money for each in slots):
            yield from _ways(parts, at + 2, {**pairs, slot: figure.typed}, cost + price, slots)


def _free(slots: Iterable[int], pairs: Mapping[int, str]) -> list[int]:
    return [slot for slot in slots if slot not in pairs]


# --- the names ----------------------------------------------------------------------------------------------------


@lru_cache(256)
def _names_of(slots: tuple[NamedSlot, ...]) -> Mapping[Words, frozenset[int]]:
    found: dict[Words, set[int]] = {}
    for at, slot in enumerate(slots):
        for words in _spellings(slot.names):
            found.setdefault(words, set()).add(at)
    return {words: frozenset(which) for words, which in found.items()}


@lru_cache(256)
def _groups_of(slots: tuple[NamedSlot, ...]) -> Mapping[Words, frozenset[int]]:
    found: dict[Words, set[int]] = {}
    for at, slot in enumerate(slots):
        for words in _spellings(slot.groups):
            found.setdefault(words, set()).add(at)
    return {words: frozenset(which) for words, which in found.items() if len(which) < len(slots)}


def _spellings(names: Iterable[str]) -> set[Words]:
    """The official words, without "số" or "tổng số" before them, and what people call the same."""
    found: set[Words] = set()
    for name in names:
        words = bare_words_of(name)
        while words:
            found.add(words)
            if words[0] not in ("so", "tong", "cb"):
                break
            words = words[1:]
    called = [
        line for line in label_lines() if any(words[-len(line[0]) :] == line[0] or words in line for words in found)
    ]
    return found.union(*called)


@lru_cache(256)
def _fillers(printed: tuple[str, ...]) -> frozenset[Words]:
    own = {(word,) for each in printed for word in bare_words_of(each)}
    return phrases("fillers") | own
