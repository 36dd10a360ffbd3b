"""One leaf of the outline in a compiled report: the compiling unit's own text, then every unit's under its name.

The four states stay apart: what was written is printed, "không có", "chưa có số liệu" and what is not answered take
one line each with the names of the units (C9, C12, C13).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Column, Field
from dialogs.forms.outline_figures import adding_blanks
from dialogs.kinds import LISTS
from dialogs.values.report_data import Contribution, Rolled
from exports.compiled.lists import Items
from exports.figures import value_text
from exports.report import Paragraph
from exports.unit.answer_text import EMPTY_TEXT, NONE_TEXT, ZERO_TEXT, filled, filled_with

APART_TEXT = "Nội dung ở báo cáo tổng hợp riêng của từng đơn vị."
"""Stands where nobody in this report wrote, and others have a report of their own."""
COLLATED = "Tổng hợp từ báo cáo của các đơn vị:"
"""Stands between the compiling unit's own text and what was collated."""
_MANY = 10
"""More names than this are counted before they are listed."""
_KINDS = {
    "tinh": "cấp tỉnh",
    "huyen": "cấp huyện",
    "xa": "cấp xã",
    "dutt": "đảng ủy trực thuộc",
    "to_chuc": "tổ chức",
}
_LOWER = "đơn vị cấp dưới"


@dataclass(frozen=True, slots=True)
class Collation:
    """What the leaves of one report are collated from.

    ``unit`` is the compiling unit's name; ``names`` and ``kinds`` are those of the standings, ``asked_kinds`` those
    of the counted units below, in administrative order. ``apart``: further units have their texts in reports of their
    own.
    """

    unit: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    asked_kinds: tuple[str, ...]
    contributions: Callable[[str], Iterable[Contribution]]
    own: Mapping[Address, Answer]
    totals: Mapping[Address, Rolled]
    apart: bool = False


@dataclass(slots=True)
class _Heard:
    """What was heard while a leaf was read: names by state, the kinds of unit that were asked, whether any wrote."""

    names: dict[State, list[str]] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    wrote: bool = False

    def note(self, state: State, name: str) -> None:
        self.names.setdefault(state, []).append(name)


def leaf_paragraphs(collation: Collation, leaf: Field) -> Iterator[Paragraph]:
    """Yield everything under one leaf, streamed: at most one unit's texts are held, or the items of one list."""
    heard = _Heard()
    if leaf.template and not leaf.blanks:
        yield from _lines(leaf, leaf.template)
    own = _own(collation, leaf, heard)
    below = _units(collation, leaf, heard)
    if leaf.kind in LISTS and not leaf.template:
        yield from _numbered(collation, leaf, own, below, heard)
    else:
        yield from _texts(collation, leaf, own, below, heard)
    yield from _states(collation, leaf, heard)
    yield from _not_asked(collation, leaf, heard)


def _own(collation: Collation, leaf: Field, heard: _Heard) -> Value:
    """Return what the compiling unit itself wrote, None for nothing; its "không có" is noted like any other's."""
    if leaf.blanks:
        told = any(_stands(collation.own.get(Address(leaf.key, "", blank.key))) for blank in leaf.blanks)
        return filled(leaf, collation.own) if told else None
    answer = collation.own.get(Address(leaf.key))
    if answer is None or answer.state is State.EMPTY:
        return None
    if answer.state is State.VALUE:
        return answer.value or None
    heard.note(answer.state, collation.unit)
    return None


def _stands(answer: Answer | None) -> bool:
    return answer is not None and answer.state is not State.EMPTY


def _units(collation: Collation, leaf: Field, heard: _Heard) -> Iterator[tuple[str, list[Value]]]:
    """Yield (name, what it wrote) for every unit below that wrote something; the others are noted by their state.

    A unit whose several leaves feed this one is yielded once. One of them left blank is noted with its own number.
    """
    names, kinds = collation.names, collation.kinds
    for unit, group in groupby(collation.contributions(leaf.key), key=_UNIT):
        given = list(group)
        heard.kinds.add(kinds[unit])
        texts: list[Value] = []
        states: list[tuple[State, str]] = []
        for each in given:
            state, value = _written(each)
            if state is State.VALUE:
                texts.append(value)
            else:
                states.append((state, each.field.key))
        alike = not texts and len({state for state, _ in states}) == 1
        for state, key in states[:1] if alike else states:
            heard.note(state, names[unit] if alike else f"{names[unit]} (mục {key})")
        if texts:
            yield names[unit], texts


_UNIT = attrgetter("unit")


def _written(each: Contribution) -> tuple[State, Value]:
    """Return the state and the text of one contribution; a sentence counts as written as soon as one blank is."""
    if each.blanks is not None and each.field.blanks:
        if all(told.state is State.EMPTY for told in each.blanks.values()):
            return State.EMPTY, None
        return State.VALUE, filled_with(each.field, each.blanks.get)
    if each.state is State.VALUE and (each.value is None or each.value in ("", ())):
        return State.EMPTY, None
    return each.state, each.value


def _texts(
    collation: Collation, leaf: Field, own: Value, below: Iterator[tuple[str, list[Value]]], heard: _Heard
) -> Iterator[Paragraph]:
    """Yield the compiling unit's own text, then each unit's text under its name.

    Of a sentence of figures the sum leads, and the compiling unit's own stand under its name among the parts.
    """
    sums = list(_summed(collation, leaf))
    yield from sums
    if own is not None:
        heard.wrote = True
        yield from _named_lines(leaf, collation.unit if sums else "", [own])
    apart = own is not None and not sums
    for name, texts in below:
        heard.wrote = True
        if apart:
            yield Paragraph(COLLATED, lead=True)
            apart = False
        yield from _named_lines(leaf, name, texts)


def _named_lines(leaf: Field, name: str, texts: Iterable[Value]) -> Iterator[Paragraph]:
    """Yield the lines of one unit's ``texts``, its name before the first of them."""
    for value in texts:
        for line in _split(value):
            yield Paragraph(line, leaf.key, State.VALUE, unit=name)
            name = ""


def _lines(leaf: Field, value: Value) -> Iterator[Paragraph]:
    for line in _split(value):
        yield Paragraph(line, leaf.key, State.VALUE)


def _split(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return "\n".join(f"- {item}" for item in value).split("\n")
    return value_text(value).split("\n")


def _summed(collation: Collation, leaf: Field) -> Iterator[Paragraph]:
    """Yield the totals of a sentence's figures with n/N: as the sentence itself where all its blanks add up.

    Nothing where the compiling unit's own figures are the totals: nobody else gave any, or they are of the whole
    territory.
    """
    adding = adding_blanks(leaf)
    found = {blank.key: collation.totals.get(Address(leaf.key, "", blank.key)) for blank in adding}
    if all(_is_own(collation, leaf, blank, found[blank.key]) for blank in adding):
        return
    counts = [(each.counted, each.expected) for each in found.values() if each is not None and each.value is not None]
    if not counts:
        return
    fewest, most = ("/".join(map(str, each)) for each in (min(counts), max(counts)))
    told = most if fewest == most else f"từ {fewest} đến {most}"
    yield Paragraph(f"Tổng số liệu của {told} đơn vị:", lead=True)
    if len(adding) == len(leaf.blanks):
        yield from _lines(leaf, filled_with(leaf, lambda key: _figure(found[key])))
    else:
        shown = (_total(blank, found[blank.key]) for blank in adding)
        yield from _lines(leaf, "; ".join(each for each in shown if each) + ".")


def _is_own(collation: Collation, leaf: Field, blank: Column, total: Rolled | None) -> bool:
    """Whether a total tells nothing that the compiling unit's own figure does not tell."""
    if total is None or total.value is None:
        return True
    own = collation.own.get(Address(leaf.key, "", blank.key))
    given = own is not None and own.state in (State.VALUE, State.ZERO)
    return given and (blank.level != "" or total.counted == 1)


def _total(blank: Column, rolled: Rolled | None) -> str:
    if rolled is None or rolled.value is None:
        return ""
    return " ".join(part for part in (f"{blank.label}:", value_text(rolled.value), blank.measure) if part)


def _figure(rolled: Rolled | None) -> Answer | None:
    if rolled is None or rolled.value is None:
        return None
    return Answer(Address(""), State.VALUE, rolled.value)


def _numbered(
    collation: Collation, leaf: Field, own: Value, below: Iterator[tuple[str, list[Value]]], heard: _Heard
) -> Iterator[Paragraph]:
    """Yield the items of all units numbered through, the compiling unit's own first."""
    items = Items(leaf.kind)
    if own is not None:
        items.add_own(_as_items(own))
    for name, texts in below:
        items.add([item for value in texts for item in _as_items(value)], name)
    for number, (text, names) in enumerate(items.named(collation.unit), 1):
        heard.wrote = True
        first, *rest = text.split("\n")
        yield Paragraph(f"{number}. {first}{names}", leaf.key, State.VALUE, item=True)
        for line in rest:
            yield Paragraph(line, leaf.key, State.VALUE, item=True)


def _as_items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value_text(value),)


def _states(collation: Collation, leaf: Field, heard: _Heard) -> Iterator[Paragraph]:
    """Yield a line for each state that is no text; the agreed phrase where nobody answered at all."""
    answered = heard.wrote or State.ZERO in heard.names or State.NONE in heard.names
    if not answered:
        yield Paragraph(APART_TEXT if collation.apart else EMPTY_TEXT, leaf.key, State.EMPTY)
    for state, phrase in _PHRASES.items():
        names = heard.names.get(state, ())
        if names and (answered or collation.apart or state is not State.EMPTY):
            yield Paragraph(_named(phrase, names), leaf.key, state)


_PHRASES = {
    State.ZERO: ZERO_TEXT.removesuffix("."),
    State.NONE: NONE_TEXT.removesuffix("."),
    State.EMPTY: EMPTY_TEXT.strip("()"),
}


def _named(phrase: str, names: Iterable[str]) -> str:
    listed = list(names)
    count = f" ({len(listed)} đơn vị)" if len(listed) > _MANY else ""
    return f"{phrase}{count}: {', '.join(listed)}."


def _not_asked(collation: Collation, leaf: Field, heard: _Heard) -> Iterator[Paragraph]:
    """Yield one line that names the kinds of unit below whose forms have nothing for this leaf.

    Not under a leaf that the form gives to single bodies: that the others are silent there says nothing.
    """
    silent = [kind for kind in collation.asked_kinds if kind not in heard.kinds and not leaf.bodies]
    if silent:
        names = ", ".join(dict.fromkeys(_KINDS.get(kind, _LOWER) for kind in silent))
        yield Paragraph(f"{names[:1].upper()}{names[1:]} không báo cáo nội dung này.", leaf.key)
