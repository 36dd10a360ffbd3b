"""What differs between two sendings, line by line, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from dialogs.forms import document_data
from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Answer, State
from dialogs.forms.form import Column, Form
from dialogs.texts import desk as desk_texts
from dialogs.texts import labels, places
from dialogs.texts import workflow as workflow_texts
from dialogs.values.report_lifecycle import CellChange

FEW = 5
"""Changes named in a notice or on a screen that is about something else."""


def few(form: Form, changes: Sequence[CellChange], command: str = "", zone: tzinfo | None = None) -> list[str]:
    """Return the first changes as lines, how many more there are, and the ``command`` that shows all of them."""
    lines = all_of(form, changes[:FEW], zone)
    more = len(changes) - len(lines)
    return [*lines, workflow_texts.more_changes(more, command)] if more else lines


def all_of(form: Form, changes: Sequence[CellChange], zone: tzinfo | None = None) -> list[str]:
    """Return every change as a line: "Phụ lục 3 – MTTQ, Tổng số: 12 → 14 (đ/c Lan)"; ``zone`` to name the hours."""
    return [_line(form, each, zone) for each in changes]


def _line(form: Form, change: CellChange, zone: tzinfo | None) -> str:
    place, column = _place(form, change)
    before, after = _shown(column, change.before), _shown(column, change.after)
    when = f", {workflow_texts.moment(change.at, zone)}" if zone is not None and change.at is not None else ""
    return desk_texts.changed_line(place, before, after, f"{change.by}{when}" if change.by else "")


def _place(form: Form, change: CellChange) -> tuple[str, Column | None]:
    field, row, key = change.address
    columns: tuple[Column, ...]
    if field == DOCUMENT_DATA:
        name, columns = labels.DOCUMENT, document_data.COLUMNS
    elif form.has_table(field):
        name, columns = places.part_name(form, f"{field}.{row}" if row else field), form.table(field).columns
    else:
        leaf = form.leaves.get(field)
        name, columns = places.part_name(form, field), leaf.blanks if leaf else ()
    column = next((each for each in columns if each.key == key), None)
    place = f"{name}, {places.column_name(column)}" if column else name
    return places.capital(place), column


def _shown(column: Column | None, answer: Answer | None) -> str:
    if answer is None:
        return desk_texts.UNANSWERED
    shown = places.value_text(column, answer)
    if answer.state is State.VALUE and isinstance(answer.value, str):
        shown = desk_texts.quoted(shown)
    return shown + (desk_texts.with_reason(answer.reason) if answer.reason not in ("", NOT_APPLICABLE) else "")
