"""From atoms to an amount: digits, number words and scale words together (input rules E2, E3, E4).

"1 tỷ 250 triệu", "hai mươi mốt", "2 triệu rưỡi" and "1tr2" are one amount each. A spoken form with two
readings ("một trăm hai": 120 or 102) keeps both, likelier first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise

from dialogs.reading.digits import figure
from dialogs.reading.lexicon import Atom, AtomKind

_NUMBER_KINDS = frozenset(
    {
        AtomKind.NUM,
        AtomKind.DIGIT,
        AtomKind.SHORT,
        AtomKind.TEN,
        AtomKind.TENS,
        AtomKind.HUNDRED,
        AtomKind.LINH,
        AtomKind.HALF,
    }
    | {AtomKind.POINT, AtomKind.SCALE}
)
_WORD_KINDS = _NUMBER_KINDS - {AtomKind.NUM, AtomKind.SCALE}
_THOUSAND, _MILLION = 1000, 10**6


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as typed: its possible values, and ``code`` if there is none or more than one.

    ``scale`` is the last scale word's factor (0 without one): money with a scale word is in đồng, without
    one in the column's measure. ``spoken``: a word took part, so the value is to be read back.
    """

    values: tuple[Decimal, ...] = ()
    code: str = ""
    scale: int = 0
    spoken: bool = False
    remark: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One coefficient with its scale: "250 triệu"; ``shape`` tells how it was written, for the last part."""

    values: tuple[Decimal, ...]
    scale: int
    shape: str
    code: str = ""
    remark: bool = False


def is_number(atom: Atom) -> bool:
    """Whether the atom can be part of an amount."""
    return atom.kind in _NUMBER_KINDS


def amount(atoms: Sequence[Atom]) -> Amount:
    """The amount that a run of number atoms states; code ``several_numbers`` if it is not one amount."""
    parts = _parts(list(atoms))
    bad = next((p for p in parts if not p.values), None)
    if bad is not None or not parts:
        return Amount(code=bad.code if bad else "not_a_number")
    scales = [p.scale for p in parts]
    if any(a <= b for a, b in pairwise(scales)):
        return Amount(code="several_numbers")
    spoken = any(a.kind is not AtomKind.NUM for a in atoms)
    values, code = _total(parts)
    remark = spoken or any(p.remark for p in parts)
    # The scale counts only if the number ends in it: "một nghìn hai trăm" is a plain number.
    return Amount(values, code, _scale_of(parts), spoken, remark)


def _scale_of(parts: list[_Part]) -> int:
    first, last = parts[0].scale, parts[-1].scale
    return max(first, last) if last > 1 or first >= _MILLION else 0


def _total(parts: list[_Part]) -> tuple[tuple[Decimal, ...], str]:
    """The sum of the parts; a last part without a scale word is completed in the spoken way."""
    *head, last = parts
    tails, code = _tail(head[-1].scale, last) if head and last.scale == 1 else (last.values, last.code)
    if any(len(p.values) > 1 for p in head) or not tails:
        return (), code or "malformed_grouping"
    with localcontext(prec=100):
        base = sum((p.values[0] * p.scale for p in head), Decimal(0))
        return tuple(dict.fromkeys(base + value * last.scale for value in tails)), code


def _tail(scale: int, last: _Part) -> tuple[tuple[Decimal, ...], str]:
    """What follows the last scale word without one of its own: "1 tỷ 2", "một nghìn hai", "2 nghìn 500"."""
    value = last.values[0]
    if len(last.values) > 1 or value != int(value) or value >= _THOUSAND:
        return (), "several_numbers"
    if last.shape == "full" or (scale == _THOUSAND and last.shape != "unit"):
        return (value,), ""
    places = {"unit": 10, "tens": 100, "hundreds": 1000}[last.shape]
    spoken = value * scale / places
    if scale < _MILLION:
        return (spoken, value), "ambiguous"
    return (spoken,), "" if last.shape == "unit" else "ambiguous"  # nobody means 1.000.002 by "1 triệu 2"


def _parts(atoms: list[Atom]) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    while at < len(atoms):
        part, length = _part_at(atoms, at)
        parts.append(part)
        at += length
        if not part.values:
            break
    return parts


def _part_at(atoms: list[Atom], start: int) -> tuple[_Part, int]:
    part, at = _coefficient(atoms, start)
    if not part.values:
        return part, at - start
    scale = 1
    while at < len(atoms) and atoms[at].kind is AtomKind.SCALE:
        scale *= atoms[at].number
        at += 1
    values = part.values
    if at < len(atoms) and atoms[at].kind is AtomKind.HALF and len(values) == 1:
        values = (values[0] + Decimal("0.5"),)
        at += 1
    return _Part(values, scale, part.shape, part.code, part.remark or scale > 1), at - start


def _coefficient(atoms: list[Atom], at: int) -> tuple[_Part, int]:
    atom = atoms[at]
    if atom.kind is AtomKind.SCALE:  # "triệu rưỡi": one is understood
        return _Part((Decimal(1),), 1, "unit"), at
    if atom.kind is not AtomKind.NUM:
        end = at
        while end < len(atoms) and atoms[end].kind in _WORD_KINDS:
            end += 1
        return _spoken(atoms[at:end]), end
    found = figure(atom.text)
    at += 1
    values = found.values
    if at < len(atoms) and atoms[at].kind in (AtomKind.HUNDRED, AtomKind.TENS) and atoms[at].text != "mươi":
        times = atoms[at].number
        half = at + 1 < len(atoms) and atoms[at + 1].kind is AtomKind.HALF
        return _Part(tuple(v * times + half * times // 2 for v in values), 1, "full", found.code), at + 1 + half
    return _Part(values, 1, _shape_of_digits(atom.text), found.code, found.remark), at


def _shape_of_digits(token: str) -> str:
    return {1: "unit", 2: "tens", 3: "hundreds"}.get(len(token), "full") if token.isdigit() else "full"


def _spoken(atoms: list[Atom]) -> _Part:
    """Number words below a thousand, with "rưỡi" and "phẩy": [trăm][linh|mươi|mười][unit]."""
    point = next((i for i, a in enumerate(atoms) if a.kind is AtomKind.POINT), None)
    if point is not None:
        return _with_decimals(atoms[:point], atoms[point + 1 :])
    return _below_thousand(atoms)


def _with_decimals(whole: list[Atom], rest: list[Atom]) -> _Part:
    left, right = _below_thousand(whole), _decimals(rest)
    if len(left.values) != 1 or right is None:
        return _Part((), 1, "full", "not_a_number")
    return _Part((left.values[0] + Decimal("0." + right),), 1, "full", remark=True)


def _decimals(atoms: list[Atom]) -> str | None:
    """The digits after "phẩy": each word a digit ("không năm": 05), or one number ("hai mươi lăm": 25)."""
    if atoms and all(a.kind in (AtomKind.DIGIT, AtomKind.SHORT) for a in atoms):
        return "".join(str(a.number) for a in atoms)
    part = _below_thousand(atoms)
    return str(int(part.values[0])) if len(part.values) == 1 else None


def _below_thousand(atoms: list[Atom]) -> _Part:
    at = next((i for i, a in enumerate(atoms) if a.kind is AtomKind.HUNDRED), None)
    if at is None:
        return _below_hundred(atoms)
    hundreds = 100 * (atoms[0].number if at else 1)
    if at > 1 or (at and atoms[0].kind is not AtomKind.DIGIT):
        return _Part((), 1, "full", "several_numbers")
    return _after_hundreds(hundreds, atoms[at + 1 :])


def _after_hundreds(hundreds: int, rest: list[Atom]) -> _Part:
    shape = "hundreds" if hundreds else "full"
    if not rest or rest[0].kind is AtomKind.HALF:
        return _Part((Decimal(hundreds + (50 if rest else 0)),), 1, shape)
    tail = _below_hundred(rest)
    if not tail.values:
        return tail
    low = int(tail.values[0])
    if tail.shape == "unit" and hundreds:  # "một trăm hai" is 120 to most, 102 to some
        return _Part((Decimal(hundreds + low * 10), Decimal(hundreds + low)), 1, shape, "ambiguous")
    return _Part((Decimal(hundreds + low),), 1, shape)


def _below_hundred(atoms: list[Atom]) -> _Part:
    """One to three words: "năm", "mười lăm", "hai mươi", "hai mươi mốt", "hai mốt", "linh năm", "hai rưỡi"."""
    shape = _SHAPES.get(tuple(a.kind for a in atoms))
    if shape is None:
        approximate = bool(atoms) and atoms[0].kind is AtomKind.TENS
        return _Part((), 1, "full", "approximate" if approximate else "several_numbers")
    weights, name = shape
    value = sum((Decimal(w) * a.number for w, a in zip(weights, atoms, strict=True)), Decimal(0))
    return _Part((value,), 1, name)


def _shapes() -> dict[tuple[AtomKind, ...], tuple[tuple[str, ...], str]]:
    """Patterns of words below a hundred, with the weight of each word and the shape of the whole."""
    digit, short, ten, tens = AtomKind.DIGIT, AtomKind.SHORT, AtomKind.TEN, AtomKind.TENS
    found: dict[tuple[AtomKind, ...], tuple[tuple[str, ...], str]] = {
        (ten,): (("1",), "tens"),
        (digit, AtomKind.HALF): (("1", "0.5"), "full"),
        (digit, short): (("10", "1"), "tens"),
    }
    for unit in (digit, short):
        found |= {(unit,): (("1",), "unit"), (ten, unit): (("1", "1"), "tens")}
        found[(AtomKind.LINH, unit)] = (("0", "1"), "full")
        for times in (ten, tens):
            found |= {(unit, times): (("10", "0"), "tens"), (digit, times, unit): (("10", "0", "1"), "tens")}
    return found


_SHAPES = _shapes()
