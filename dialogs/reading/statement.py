"""What a typed number says besides its digits: unit, sign, "khoảng", brackets, a second number (rule E6).

Nothing is ever computed from several numbers: a range, an expression or a list is named as such.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from dialogs.reading.amounts import Amount, amount, is_number
from dialogs.reading.cleaning import bare
from dialogs.reading.lexicon import Atom, AtomKind
from dialogs.reading.measures import MeasureUnit

_BETWEEN = {"-": "range", "/": "fraction_or_date", ":": "fraction_or_date", ".": "malformed_grouping"} | dict.fromkeys(
    ("+", "x", "*", "^", "=", "×", "÷", "nhân", "chia", "trừ"), "expression"
)
_PUNCTUATION = frozenset(".,;:!")
_OPENING = frozenset("=:;•*")
_MINUS = frozenset({"-", "âm", "am"})
_NAMELESS = frozenset({AtomKind.HUNDRED, AtomKind.TENS, AtomKind.SCALE})
_VAGUE = frozenset({"vai", "may", "dam", "nua", "mot nua", "phan nua", "mot so", "nhieu"})
_MOST_UNKNOWN = 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount with the unit and the period written beside it."""

    amount: Amount
    unit: MeasureUnit | None = None
    period: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A typed number taken apart. ``trouble`` is a refusal's code; ``unclear``: words that were not understood."""

    quantities: tuple[Quantity, ...] = ()
    about: bool = False
    negative: bool = False
    unclear: bool = False
    trouble: str = ""


def statement(atoms: list[Atom]) -> Statement:
    """Take a typed number apart; brackets may repeat the number in words: "12 (mười hai) người"."""
    opens = [i for i, a in enumerate(atoms) if a.kind is AtomKind.OPEN]
    closes = [i for i, a in enumerate(atoms) if a.kind is AtomKind.CLOSE]
    if len(opens) == 1 and len(closes) == 1 and opens[0] < closes[0]:
        outer = atoms[: opens[0]] + atoms[closes[0] + 1 :]
        return _bracketed(outer, atoms[opens[0] + 1 : closes[0]])
    return _simple(atoms)


def _bracketed(outer: list[Atom], inner: list[Atom]) -> Statement:
    if not any(is_number(a) for a in inner):
        return _simple(outer + inner)
    if not any(is_number(a) for a in outer):  # "(5)": five, or minus five as accountants write it
        return replace(_simple(outer + inner), unclear=True)
    return _confirmed(_simple(outer), _simple(inner))


def _confirmed(whole: Statement, inner: Statement) -> Statement:
    """A number and the same number in brackets; the brackets decide between two readings of the digits."""
    if len(whole.quantities) == 1 and len(inner.quantities) == 1:
        first, second = whole.quantities[0], inner.quantities[0]
        if len(second.amount.values) == 1 and second.amount.values[0] in first.amount.values:
            told = first.amount.remark or second.amount.remark
            sure = replace(first, amount=replace(second.amount, scale=first.amount.scale, remark=told), token="")
            return replace(whole, quantities=(sure,))
    return replace(whole, trouble=whole.trouble or "several_numbers")


def _simple(atoms: list[Atom]) -> Statement:
    about = any(a.kind is AtomKind.ABOUT for a in atoms)
    kept = [a for a in atoms if a.kind not in (AtomKind.ABOUT, AtomKind.FILLER)]
    kept = _without_edges(_without_commas(kept))
    negative = len(kept) > 1 and kept[0].text in _MINUS and _is_minus(kept)
    kept = kept[1:] if negative else kept
    if kept and kept[-1].text == "+":
        about, kept = True, kept[:-1]
    numbers = _runs(kept)
    if len(numbers) == 1 and any(a.kind is AtomKind.RANGE for a in kept):
        about, kept = True, [a for a in kept if a.kind is not AtomKind.RANGE]
    trouble = _trouble(kept) if len(_runs(kept)) > 1 else _odd(kept, about)
    if any(map(_is_vague, atoms)):
        trouble = trouble or "approximate"
    unknown = [
        a for a in kept if a.kind in (AtomKind.UNKNOWN, AtomKind.SIGN, AtomKind.OPEN, AtomKind.CLOSE, AtomKind.RANGE)
    ]
    if len(unknown) > _MOST_UNKNOWN:
        trouble = trouble or "not_a_number"
    return Statement(_quantities(kept), about, negative, bool(unknown), trouble)


def _is_minus(kept: list[Atom]) -> bool:
    """A dash that touches its number is a minus; one that stands apart is a bullet."""
    return is_number(kept[1]) and (kept[0].text != "-" or kept[1].glued)


def _without_edges(atoms: list[Atom]) -> list[Atom]:
    """Without the marks that carry no sense: "= 12", "Tổng: 12", "12.", "+5"."""
    start, end = 0, len(atoms)
    while start < end and atoms[start].kind is AtomKind.SIGN and atoms[start].text in _OPENING:
        start += 1
    while end > start and atoms[end - 1].kind is AtomKind.SIGN and atoms[end - 1].text in _PUNCTUATION:
        end -= 1
    if end - start > 1 and atoms[start].text == "+":
        start += 1
    return atoms[start:end]


def _without_commas(atoms: list[Atom]) -> list[Atom]:
    """Without the comma between two parts of one sum: "1 tỷ, 250 triệu"."""
    inner = {
        at
        for at in range(1, len(atoms) - 1)
        if atoms[at].text == "," and atoms[at - 1].kind is AtomKind.SCALE and is_number(atoms[at + 1])
    }
    return [atom for at, atom in enumerate(atoms) if at not in inner]


def _runs(atoms: list[Atom]) -> list[tuple[int, int]]:
    """The places (start, end) of the unbroken runs of number atoms."""
    runs: list[tuple[int, int]] = []
    for at, atom in enumerate(atoms):
        if is_number(atom):
            joined = bool(runs) and runs[-1][1] == at
            runs[-1:] = [(runs[-1][0], at + 1)] if joined else [*runs[-1:], (at, at + 1)]
    return runs


def _trouble(atoms: list[Atom]) -> str:
    """Why two numbers are not one amount, told by what stands between them; "" for "1 ha 500 m²"."""
    runs = _runs(atoms)
    for (_, end), (start, _) in pairwise(runs):
        between = [a for a in atoms[end:start] if a.kind not in (AtomKind.UNIT, AtomKind.PERIOD)]
        if any(a.kind is AtomKind.RANGE for a in between):
            return "range"
        if len(between) == 1 and between[0].kind is AtomKind.SIGN:
            return _BETWEEN.get(between[0].text, "several_numbers")
        if between:
            return "several_numbers"
    return ""


def _odd(atoms: list[Atom], about: bool) -> str:
    """Why one number cannot even be offered: ",5", "1O" with a letter, "vài trăm" without a number."""
    for before, atom in pairwise(atoms):
        if before.text in (".", ",") and atom.kind is AtomKind.NUM and atom.glued:
            return "malformed_grouping"
        if atom.glued and {before.kind, atom.kind} == {AtomKind.NUM, AtomKind.UNKNOWN}:
            return "not_a_number"
    first = next((a for a in atoms if is_number(a)), None)
    return "approximate" if about and first is not None and first.kind in _NAMELESS else ""


def _is_vague(atom: Atom) -> bool:
    """A word that makes any number beside it worthless: "dăm ba", "mười mấy"."""
    return atom.kind is AtomKind.ABOUT and bare(atom.text) in _VAGUE


def _quantities(atoms: list[Atom]) -> tuple[Quantity, ...]:
    runs = _runs(atoms)
    found = []
    for at, (start, end) in enumerate(runs):
        until = runs[at + 1][0] if at + 1 < len(runs) else len(atoms)
        after, before = atoms[end:until], [] if at else atoms[:start]
        units = _units(after) or _units(before, told=False)
        beside = before + after
        period = next((a.text for a in beside if a.kind is AtomKind.PERIOD), "")
        token = atoms[start].text if atoms[start].kind is AtomKind.NUM else ""
        found.append(Quantity(amount(atoms[start:end]), units[0] if units else None, period, token))
    return tuple(found)


def _units(atoms: list[Atom], told: bool = True) -> list[MeasureUnit]:
    """The unit that the words name: "cán bộ nữ" is people twice. Of a clash after the number ("người hộ") comes a
    unit that fits nowhere; words of several kinds before it ("em báo cáo: 12") tell nothing.
    """
    units = [a.unit for a in atoms if a.unit is not None]
    if len({u.family for u in units}) <= 1:
        return units
    return [MeasureUnit("mixed")] if told else []
