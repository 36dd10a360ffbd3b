"""Which questions a form asks of a unit, in what order, and how far a unit has come.

A *question* is a leaf, a group of blanks, or one table row restricted to the columns that this unit fills in. It is
asked in one or more *parts*: a long column (a list, a list of documents) alone, a run of short cells in one message.
The same count serves the dialog, ``progress`` and the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import Column, Field, Form, Row, Section, Table
from dialogs.forms.local_rows import LocalRow, is_local, measure_column, name_column, with_rows
from dialogs.forms.outline_figures import adding_blanks
from dialogs.kinds import KINDS, LONG, NUMERIC, Kind, kind_of


@dataclass(frozen=True, slots=True)
class Respondent:
    """What of a unit decides its questions: its kind, the body it is (for organisations), the campaign's switches."""

    kind: str
    body: str = ""
    switches: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Prompt:
    """One message's worth of a question. ``columns`` is empty for a field that is itself one answer."""

    kind: Kind
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Question:
    """``number`` counts from 1 within the unit's report; ``path`` are the short headings above it.

    ``fed``: the row has cells that units below fill in and this one does not.

    Without slots, so that its addresses are worked out once: a process keeps the questions of a form.
    """

    number: int
    field: str
    row: str
    parts: tuple[Prompt, ...]
    path: tuple[str, ...]
    required: bool = True
    fed: bool = False

    @cached_property
    def cells(self) -> Mapping[str, Address]:
        """Where the answers live, by column key ('' for a field that is itself one answer), in the order asked."""
        keys = [column.key for part in self.parts for column in part.columns]
        if any(not part.columns for part in self.parts):
            keys.append("")
        return {key: Address(self.field, self.row, key) for key in keys}

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        return tuple(address for part in self.parts for address in self.part_addresses(part))

    def part_addresses(self, part: Prompt) -> tuple[Address, ...]:
        cells = self.cells
        return tuple([cells[column.key] for column in part.columns]) or (cells[""],)

    @cached_property
    def needed(self) -> tuple[Address, ...]:
        """The addresses that must be settled for the question to count as answered."""
        return tuple(address for part in self.parts for address in self.part_needed(part))

    @cached_property
    def figures(self) -> tuple[tuple[Address, Column], ...]:
        """The cells that hold figures, with their columns."""
        columns = [column for part in self.parts for column in part.columns if column.kind in NUMERIC]
        return tuple([(self.cells[column.key], column) for column in columns])

    @cached_property
    def added(self) -> bool:
        """Whether it is a row that the unit added itself."""
        return is_local(self.row)

    def part_needed(self, part: Prompt) -> tuple[Address, ...]:
        cells = self.cells
        if not part.columns:
            return (cells[""],)
        return tuple([cells[column.key] for column in part.columns if column.required])


@dataclass(frozen=True)
class Questionnaire:
    """What one unit is asked, in order, and what is looked up in it. Without slots, for the same reason."""

    questions: tuple[Question, ...]

    @cached_property
    def by_address(self) -> Mapping[Address, Question]:
        return {address: question for question in self.questions for address in question.addresses}

    @cached_property
    def by_field(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions of each leaf and of each table, in order."""
        found: dict[str, tuple[Question, ...]] = {}
        for question in self.questions:
            found[question.field] = (*found.get(question.field, ()), question)
        return found

    def answered(self, answers: Mapping[Address, Answer], at: Iterable[Address]) -> int:
        """Return how many of the questions that have an answer ``at`` one of these addresses are answered.

        What a change adds to the count of answered questions is this after it less this before it.
        """
        known, seen, count = self.by_address, set(), 0
        for address in at:
            question = known.get(address)
            if question is not None and question.number not in seen:
                seen.add(question.number)
                count += settled(question, answers)
        return count


def questions(form: Form, respondent: Respondent, extra: Sequence[LocalRow] = ()) -> tuple[Question, ...]:
    """Return the questions of ``form`` for a unit, numbered from 1 in printed order.

    ``extra`` are the rows that the unit has added (``local_rows``): each stands after the rows of its table.
    """
    form = with_rows(form, extra)
    found = [*_leaf_questions(form, respondent), *_table_questions(form, respondent)]
    return tuple(replace(each, number=number) for number, each in enumerate(found, 1))


def settled(question: Question, answers: Mapping[Address, Answer]) -> bool:
    """Whether every required part of ``question`` is value, zero or none (a narrative: closed or declared nil)."""
    for address in question.needed or question.addresses:
        answer = answers.get(address)
        if answer is None or not answer.closed or answer.state is State.EMPTY:
            return False
    return True


def touched(question: Question, answers: Mapping[Address, Answer]) -> bool:
    """Whether anything at all is stored for ``question``."""
    return any(a in answers and answers[a].state is not State.EMPTY for a in question.addresses)


def progress(asked: tuple[Question, ...], answers: Mapping[Address, Answer]) -> tuple[int, int]:
    """Return (answered, total) over the questions ``asked``."""
    return sum([settled(question, answers) for question in asked]), len(asked)


def asks_table(table: Table, respondent: Respondent) -> bool:
    """Whether ``table`` is part of this unit's report (a table behind a switch only where the campaign has it on)."""
    return not table.missing and (not table.switch or table.switch in respondent.switches)


def asks_field(field: Field, respondent: Respondent) -> bool:
    """Whether a unit is asked ``field``: by its kind, and where the field names bodies only if it is one of them.

    A unit that is no body stands in ``bodies`` under its kind: ``[huyen, btc]`` asks every district and, of the
    organisations, only the one whose body is "btc".
    """
    if respondent.kind not in field.filled_by:
        return False
    return not field.bodies or (respondent.body or respondent.kind) in field.bodies


def asked_columns(table: Table, row: Row, respondent: Respondent) -> tuple[Column, ...]:
    """Return the columns of ``row`` that this unit fills in, in order; none where the row is another body's."""
    if respondent.kind in table.own_rows_only and row.body != respondent.body:
        return ()
    if row.filled_by is not None and respondent.kind not in row.filled_by:
        return ()
    return tuple(
        cell_column(row, column) for column in table.columns if column.asked and respondent.kind in column.filled_by
    )


def is_fed(table: Table, row: Row, respondent: Respondent) -> bool:
    """Whether a row has cells that other kinds of units fill in, to be added up, and this one does not."""
    for column in table.columns:
        kinds = column.filled_by if row.filled_by is None else column.filled_by & row.filled_by
        if kinds and respondent.kind not in kinds and cell_column(row, column).adds_up:
            return True
    return False


def cell_level(row: Row | None, column: Column) -> str:
    """Return the administrative level that a cell's figure is of, '' where it is the unit's own.

    ``row`` is None for a row added locally: what it counts is known to nobody but the unit that added it.
    """
    return (row.level or column.level) if row is not None else ""


def levels(form: Form) -> Mapping[Address, str]:
    """Return, for every cell and blank of ``form`` whose figures add up from unit to unit, the level they are of."""
    blanks = {Address(leaf.key, "", blank.key): blank.level for leaf in form.fields() for blank in adding_blanks(leaf)}
    return blanks | {
        Address(table.key, row.key, column.key): cell_level(row, column)
        for table in form.tables
        for row in table.rows
        for column in table.columns
        if cell_column(row, column).adds_up
    }


def cell_column(row: Row, column: Column) -> Column:
    """Return ``column`` as it is in ``row``: some tables name, measure or count each row in its own way."""
    changed: dict[str, Any] = {}
    if (kind := dict(row.kinds).get(column.key)) is not None:
        changed["kind"] = kind
        if KINDS[kind].measure:
            changed["measure"] = ""
    if (measure := dict(row.measures).get(column.key)) is not None:
        changed["measure"] = measure
    if (label := dict(row.labels).get(column.key)) is not None:
        name = label.removesuffix(":")
        changed |= {"label": label, "title": name, "short": name}
    return replace(column, **changed) if changed else column


def _leaf_questions(form: Form, respondent: Respondent) -> Iterator[Question]:
    for field, path in _walk(form.outline, ()):
        if asks_field(field, respondent):
            yield Question(0, field.key, "", _field_parts(field), path, field.required)


def _walk(nodes: tuple[Section | Field, ...], path: tuple[str, ...]) -> Iterator[tuple[Field, tuple[str, ...]]]:
    for node in nodes:
        if isinstance(node, Field):
            yield node, path
        else:
            yield from _walk(node.children, (*path, node.short or node.heading))


def _field_parts(field: Field) -> tuple[Prompt, ...]:
    if not field.blanks:
        return (Prompt(field.kind),)
    groups = field.groups or (tuple(blank.key for blank in field.blanks),)
    return tuple(Prompt(Kind.BLANKS, tuple(field.blank(key) for key in group)) for group in groups)


def _table_questions(form: Form, respondent: Respondent) -> Iterator[Question]:
    for table in form.tables:
        if not asks_table(table, respondent):
            continue
        for row in table.rows:
            columns = asked_columns(table, row, respondent)
            if columns:
                parts = (*_naming_parts(table, row), *_row_parts(columns))
                yield Question(0, table.key, row.key, parts, (table.number_line,), fed=is_fed(table, row, respondent))


def _naming_parts(table: Table, row: Row) -> Iterator[Prompt]:
    """A row that the unit added has a name and a unit of measure of its own, each asked alone."""
    if is_local(row.key):
        for column in (name_column(table), measure_column(table)):
            if column is not None:
                yield _part((column,))


def _row_parts(columns: tuple[Column, ...]) -> tuple[Prompt, ...]:
    parts: list[Prompt] = []
    for column in columns:
        joins = column.kind not in LONG and parts and parts[-1].columns[-1].kind not in LONG
        if joins:
            last = parts.pop()
            parts.append(_part((*last.columns, column)))
        else:
            parts.append(_part((column,)))
    return tuple(parts)


def _part(columns: tuple[Column, ...]) -> Prompt:
    return Prompt(kind_of(column.kind for column in columns), columns)


__all__ = [
    "Prompt",
    "Question",
    "Questionnaire",
    "Respondent",
    "asked_columns",
    "asks_field",
    "asks_table",
    "cell_column",
    "cell_level",
    "is_fed",
    "levels",
    "progress",
    "questions",
    "settled",
    "touched",
]
