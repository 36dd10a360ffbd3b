"""A sentence at a row: its figures by the names of the columns, whatever their order ("5 nữ trong tổng số 12")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dialogs.forms.form import Column
from dialogs.kinds import NUMERIC, Kind
from dialogs.meaning.labelled import NamedSlot, read_labelled


def named_pieces(text: str, columns: Sequence[Column], pieces: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return what a sentence gives each of ``columns`` ('' for none), None if it is no such sentence.

    ``pieces`` is the message as it would be split by its signs. A row with words among its cells is split, where it
    can be: a note may hold figures and names of columns too.
    """
    if len(columns) < 2:
        return None
    if pieces is not None and len(pieces) > 1 and any(column.kind not in NUMERIC for column in columns):
        return None
    found = read_labelled(text, _slots(columns))
    if found is None or found.left or len(found.pieces) < min(2, len(columns)):
        return None
    given = [found.pieces.get(column.key, "") for column in columns]
    while not given[-1]:
        given.pop()
    return tuple(given)


def _slots(columns: Sequence[Column]) -> list[NamedSlot]:
    labels = Counter(_label(column) for column in columns)
    measures = Counter(column.measure for column in columns)
    return [_slot(column, labels[_label(column)] == 1, measures[column.measure] == 1) for column in columns]


def _slot(column: Column, own_label: bool, own_measure: bool) -> NamedSlot:
    """Columns whose labels are alike ("NK1") are told by what stands over them."""
    label, *_ = names = [_label(column), column.title.rpartition(" / ")[2]]
    heads = tuple(part.strip() for part in column.title.split(" / ")[:-1])
    money = column.kind is Kind.MONEY
    if not own_label:
        return NamedSlot(column.key, tuple(names), (*heads, column.short.replace(label, "").strip()), money)
    names += [column.short] if column.short else []
    names += [column.measure] if column.measure and own_measure and not money else []
    return NamedSlot(column.key, tuple(names), (), money)


def _label(column: Column) -> str:
    return column.label.strip(" -:")
