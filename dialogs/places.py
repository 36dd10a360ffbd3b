"""Finding a question by what a person types: its number, its key, an appendix and row ("12", "II.3", "PL3.2")."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.form import Form
from dialogs.questions import Question
from dialogs.reading import fold

_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi"}


def find_place(form: Form, questions: Sequence[Question], typed: str) -> Question | None:
    """Return the question meant by ``typed``, None if there is none or it could be several."""
    place = fold(typed).replace("phu luc ", "pl").replace("muc ", "").strip().rstrip(".")
    if place.isdecimal():
        return next((q for q in questions if q.number == int(place)), None)
    if place in ("vb", "van_ban", "v"):
        return next((q for q in questions if q.field == "VAN_BAN"), None)
    head, _, row = place.partition(".")
    rows = [q for q in questions if q.field.lower() == head and q.row]
    if rows and form.tables:
        return _row(rows, row)
    return _leaf(questions, place)


def _row(rows: Sequence[Question], typed: str) -> Question | None:
    if not typed:
        return rows[0]
    if typed.isdecimal():
        return rows[int(typed) - 1] if 1 <= int(typed) <= len(rows) else None
    return next((q for q in rows if fold(q.row) == typed or fold(q.row).split(".")[0] == typed), None)


def _leaf(questions: Sequence[Question], place: str) -> Question | None:
    head, dot, rest = place.partition(".")
    spellings = {place, _ROMAN.get(head, head) + dot + rest}
    for spelling in spellings:
        found = [q for q in questions if not q.row and fold(q.field) == spelling]
        found = found or [q for q in questions if not q.row and fold(q.field).endswith("." + spelling)]
        if len(found) == 1:
            return found[0]
    return None
