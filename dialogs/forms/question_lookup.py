"""Finding a question by what a person types: its number, its key, an appendix and row ("12", "II.3", "PL3.2")."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.forms import document_data
from dialogs.forms.answers import DOCUMENT_DATA, Address
from dialogs.forms.form import Column, Form
from dialogs.forms.questions import Question
from dialogs.reading import fold

_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi"}


def whole(text: str) -> int | None:
    """The number that ``text`` is, None if it is none or longer than any number of ours."""
    return int(text) if text.isdecimal() and len(text) <= 9 else None


def find_places(form: Form, questions: Sequence[Question], typed: str) -> list[Question]:
    """Return the questions that ``typed`` may mean; "III.2" may be of either part of an outline."""
    place = fold(typed).replace("phu luc ", "pl").replace("muc ", "").strip().rstrip(".")
    number = whole(place)
    if number is not None:
        return [q for q in questions if q.number == number]
    if place in ("vb", "van_ban"):
        return [q for q in questions if q.field == DOCUMENT_DATA]
    head, _, row = place.partition(".")
    rows = [q for q in questions if q.field.lower() == head and q.row]
    if rows and form.tables:
        found = _row(rows, row)
        return [found] if found else []
    return _leaves(questions, place)


def _row(rows: Sequence[Question], typed: str) -> Question | None:
    if not typed:
        return rows[0]
    number = whole(typed)
    if number is not None:
        return rows[number - 1] if 1 <= number <= len(rows) else None
    return next((q for q in rows if fold(q.row) == typed or fold(q.row).split(".")[0] == typed), None)


def _leaves(questions: Sequence[Question], place: str) -> list[Question]:
    head, dot, rest = place.partition(".")
    leaves = [q for q in questions if not q.row]
    for spelling in dict.fromkeys((place, _ROMAN.get(head, head) + dot + rest)):
        found = [q for q in leaves if fold(q.field) == spelling]
        found = found or [q for q in leaves if fold(q.field).endswith("." + spelling)]
        if found:
            return found
    return []


def column_at(form: Form, address: Address) -> Column | None:
    """Return the column of a cell or a blank, None of an answer that is a whole field."""
    if address.field == DOCUMENT_DATA:
        known: Sequence[Column] = document_data.COLUMNS
    elif form.has_table(address.field):
        known = form.table(address.field).columns
    else:
        known = form.field(address.field).blanks
    return next((column for column in known if column.key == address.column), None)
