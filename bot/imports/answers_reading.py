"""Which cells of a unit a file may give, and how the text of one is read: as the dialog reads it, or not at all.

Where the dialog would ask back a file is refused: nobody is there to answer.
"""

from __future__ import annotations

import difflib
import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.imports import file_texts
from dialogs.answering.cells import MAX_REASON, STATES
from dialogs.forms import document_data
from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Address, State, Value
from dialogs.forms.form import Column, Form, Table
from dialogs.forms.local_rows import ADDED_ROWS, is_local, keyed, with_rows
from dialogs.forms.questions import Respondent, asks_table, cell_column, questions
from dialogs.forms.specs import spec_of
from dialogs.kinds import LISTS, LONG
from dialogs.reading import Outcome, Spec, clean, read, split_items
from dialogs.turn.message_parts import MAX_ITEMS, MAX_NARRATIVE

KEPT_READINGS = 20_000
"""Readings of short texts that are kept: figures repeat."""

SHORT = 40
NEAR = 3
_LOCAL_ROW = re.compile(r"them\.[1-9][0-9]{0,2}")


class Unreadable(Exception):
    """A cell cannot be taken; ``str`` says what was read and what is accepted."""


class ImportCell(NamedTuple):
    """What one cell accepts; ``override`` where the units below give its figure by their sum."""

    spec: Spec
    override: bool = False


class Meant(NamedTuple):
    """What the text of a cell means."""

    state: State
    value: Value
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The cells that one kind of unit may be given: ``fixed`` by address, ``local`` by column for rows of its own."""

    fixed: dict[Address, ImportCell]
    local: dict[str, dict[str, ImportCell]]

    def find(self, address: Address) -> ImportCell | None:
        """Return what a cell accepts, None if the unit has no such cell."""
        found = self.fixed.get(address)
        if found is None and address.field in self.local and _LOCAL_ROW.fullmatch(address.row):
            found = self.local[address.field].get(address.column)
        return found

    def near(self, address: Address) -> list[str]:
        """Return the addresses that a wrong one was probably meant for."""
        known = {" ".join(filter(None, each)): None for each in self.fixed}
        return difflib.get_close_matches(" ".join(filter(None, address)), known, NEAR, 0.5)


def places(form: Form, respondent: Respondent, summed: frozenset[Address]) -> Places:
    """Return the cells of a unit: those it is asked, its document data, sums of the units below, rows of its own."""
    fixed = dict(_asked(form, respondent))
    fixed |= {
        Address(DOCUMENT_DATA, "", each.key): ImportCell(spec_of(each, form.year)) for each in document_data.COLUMNS
    }
    for table in form.tables:
        if asks_table(table, respondent):
            fixed |= {
                address: ImportCell(spec_of(column, form.year), override=True)
                for address, column in _cells(table)
                if address in summed and address not in fixed
            }
    local = {table.key: dict(_local(form, table, respondent)) for table in form.tables if table.open_rows}
    return Places(fixed, local)


def _asked(form: Form, respondent: Respondent) -> Iterator[tuple[Address, ImportCell]]:
    for question in questions(form, respondent):
        for part in question.parts:
            if not part.columns:
                yield Address(question.field, question.row), ImportCell(Spec(part.kind, year=form.year))
            for column in part.columns:
                yield Address(question.field, question.row, column.key), ImportCell(spec_of(column, form.year))


def _cells(table: Table) -> Iterator[tuple[Address, Column]]:
    for row in table.rows:
        for column in table.columns:
            if column.asked:
                yield Address(table.key, row.key, column.key), cell_column(row, column)


def _local(form: Form, table: Table, respondent: Respondent) -> Iterator[tuple[str, ImportCell]]:
    """Yield what a row that the unit adds to ``table`` may hold, by column."""
    extra = keyed(form, [(table.key, f"{ADDED_ROWS}1")])
    for address, place in _asked(with_rows(form, extra), respondent):
        if address.field == table.key and is_local(address.row):
            yield address.column, place


# --- reading ------------------------------------------------------------------------------------------------------


class Reader:
    """Reads cells; what short texts mean in a kind of cell is kept, the oldest are let go."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Spec, str], Meant | str] = OrderedDict()

    def read(self, place: ImportCell, text: str, reason: str) -> Meant:
        """Return what ``text`` means in a cell, with the reason that the file gives for it.

        Raises ``Unreadable`` for what the dialog would refuse or ask back, and for an empty cell.
        """
        found = self._short(place.spec, text) if len(text) <= SHORT else _meaning(place.spec, text)
        if isinstance(found, str):
            raise Unreadable(found)
        return found._replace(reason=_reason(reason, found.reason)) if reason else found

    def _short(self, spec: Spec, text: str) -> Meant | str:
        key = (spec, text)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = _meaning(spec, text)
            if len(self._kept) > KEPT_READINGS:
                self._kept.popitem(last=False)
        return found


def _meaning(spec: Spec, text: str) -> Meant | str:
    """Return what a text means, or why it cannot be taken."""
    if not text.strip():
        return file_texts.IMPORT_EMPTY_VALUE
    reading = read(text, spec)
    if reading.outcome is Outcome.ASK:
        return file_texts.import_doubtful(reading.why, [option.label for option in reading.options])
    if reading.outcome is Outcome.REFUSED:
        return reading.why
    state = STATES[reading.outcome]
    reason = NOT_APPLICABLE if reading.code == NOT_APPLICABLE else ""
    if spec.kind not in LONG:
        return Meant(state, reading.value, reason)
    if state is not State.VALUE:
        return Meant(state, None, reason)
    return _long(spec, text, str(reading.value))


def _long(spec: Spec, text: str, stored: str) -> Meant | str:
    if spec.kind in LISTS:
        items = split_items(text)
        return (
            Meant(State.VALUE, items) if len(items) <= MAX_ITEMS else file_texts.import_too_many(len(items), MAX_ITEMS)
        )
    if len(stored) > MAX_NARRATIVE:
        return file_texts.import_too_long(len(stored), MAX_NARRATIVE)
    return Meant(State.VALUE, stored)


def _reason(typed: str, meant: str) -> str:
    """Return the reason of an answer; the absence of an organisation has a reason already."""
    cleaned = clean(typed).strip()
    if cleaned and meant:
        raise Unreadable(file_texts.IMPORT_REASON_TWICE)
    if len(cleaned) > MAX_REASON:
        raise Unreadable(file_texts.import_reason_too_long(len(cleaned), MAX_REASON))
    return cleaned or meant
