"""What is printed for one answer of the outline: its lines or items, or the agreed phrase of its state.

Text is printed as it was stored, one paragraph per line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import Column, Field
from dialogs.kinds import NUMERIC
from dialogs.values.report_data import Told
from exports.figures import value_text
from exports.report import Paragraph

ZERO_TEXT = "Không có nội dung báo cáo."
NONE_TEXT = "Chưa có số liệu."
EMPTY_TEXT = "(Chưa có nội dung)"
BLANK = "……"
NO_FIGURE = "(chưa có số liệu)"
NOTHING = "không có"


def field_paragraphs(field: Field, answers: Mapping[Address, Answer]) -> Iterator[Paragraph]:
    """Yield what one unit's report prints under a leaf: its sentence filled in, or its answer."""
    if field.template:
        yield from (Paragraph(line, field.key, State.VALUE) for line in filled(field, answers).split("\n"))
    if not (field.template and field.blanks):
        yield from answer_paragraphs(field, answers.get(Address(field.key)))


def answer_paragraphs(field: Field, answer: Answer | None) -> Iterator[Paragraph]:
    """Yield what is printed for one answer of the outline: its lines or items, or the phrase of its state."""
    if answer is None or answer.state is State.EMPTY or (answer.state is State.VALUE and not answer.value):
        yield Paragraph(EMPTY_TEXT, field.key, State.EMPTY)
    elif answer.state is State.ZERO:
        yield Paragraph(ZERO_TEXT, field.key, State.ZERO)
    elif answer.state is State.NONE:
        yield Paragraph(NONE_TEXT, field.key, State.NONE)
    elif isinstance(answer.value, tuple):
        yield from _items(field, answer.value)
    else:
        for line in value_text(answer.value).split("\n"):
            yield Paragraph(line, field.key, State.VALUE)


def _items(field: Field, items: tuple[str, ...]) -> Iterator[Paragraph]:
    """Yield one paragraph per item, marked unless it brings its own mark; further lines of an item stand below it.

    Items take the mark one level below their heading, as the outlines do: "1." under "I.", "-" under "1.",
    "+" under "-".
    """
    for number, item in enumerate(items, 1):
        first, *rest = item.split("\n")
        mark = "" if _MARKED.match(first) else _item_mark(field.heading, number)
        yield Paragraph(mark + first, field.key, State.VALUE, item=True)
        for line in rest:
            yield Paragraph(line, field.key, State.VALUE, item=True)


def _item_mark(heading: str, number: int) -> str:
    if _ROMAN.match(heading):
        return f"{number}. "
    return "+ " if heading.startswith("- ") else "- "


def filled(field: Field, answers: Mapping[Address, Answer]) -> str:
    """Return the fixed sentence of ``field`` with its blanks filled in; what is not answered prints as dots."""
    return filled_with(field, lambda key: answers.get(Address(field.key, "", key)))


def filled_with(field: Field, found: Callable[[str], Answer | Told | None]) -> str:
    """Return the fixed sentence of ``field`` with what ``found`` gives for the key of each blank."""
    if not field.blanks:
        return field.template
    pattern = _blanks(tuple(column.key for column in field.blanks))
    return pattern.sub(lambda hit: _blank_text(field.blank(hit[1]), found(hit[1])), field.template)


@lru_cache(maxsize=256)
def _blanks(keys: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\{{({'|'.join(map(re.escape, keys))})\}}")


def _blank_text(column: Column, answer: Answer | Told | None) -> str:
    if answer is None or answer.state is State.EMPTY:
        return BLANK
    if answer.state is State.ZERO:
        return "0" if column.kind in NUMERIC else NOTHING
    if answer.state is State.NONE:
        return NO_FIGURE
    return value_text(answer.value)


_ROMAN = re.compile(r"[IVXLC]+[.\-]")
_MARKED = re.compile(r"[-+*•–]|\d{1,2}[.)\-] |[a-zđ]\) ")
