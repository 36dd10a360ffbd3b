"""What the units of a campaign wrote, as a stream: by leaf, by table, and line by line.

Reports are read some at a time, so that a country's answers never stand in memory together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import DOCUMENT_DATA, Address, State
from dialogs.forms.form import Field, Form, Table
from dialogs.forms.order import Place, place, places
from dialogs.forms.outline_figures import OUTLINE, address_in, outline_table
from dialogs.forms.questions import asks_field, cell_column
from dialogs.kinds import NUMERIC
from dialogs.values.report_data import Contribution, DataLine, Told, UnitCells
from storage.campaigns.answers import decode
from storage.campaigns.scope import ScopedReport
from storage.compiled.compiled_scope import CompiledScope
from storage.schema.statements import chunks
from storage.schema.tables import answer, person
from storage.sums.rollup import FIGURE, STATES, figure
from storage.sums.sum_rules import Adding

CHUNK = 120
"""Reports whose answers are held at a time."""


_OF = answer.c.submission.in_(bindparam("reports", expanding=True))
_GIVEN = answer.c.state != State.EMPTY.value
_LEAVES = select(
    answer.c.submission, answer.c.field, answer.c.column, answer.c.state, answer.c.kind, answer.c.value
).where(_OF, answer.c.field.in_(bindparam("fields", expanding=True)), answer.c.row == "", _GIVEN)
_CELL = ("submission", "field", "row", "column", "state", "kind", "value", "number")
_FIELDS = answer.c.field.in_(bindparam("fields", expanding=True))
_CELLS = select(*(answer.c[name] for name in _CELL)).where(_OF, _FIELDS, _GIVEN)
_FIGURES = select(*FIGURE).where(_OF, _FIELDS, answer.c.number.is_not(None))
_ENTRY = ("submission", "field", "row", "column", "state", "kind", "value", "at", "channel")
_ENTRIES = (
    select(*(answer.c[name] for name in _ENTRY), person.c.name)
    .select_from(answer.outerjoin(person, person.c.id == answer.c.person))
    .where(_OF, answer.c.field != DOCUMENT_DATA, _GIVEN)
)


# --- texts -----------------------------------------------------------------------------------------------------


def contributions(scope: CompiledScope, leaf: str) -> Iterator[Contribution]:
    """Yield what each counted unit gave for a leaf of the layout, in administrative order.

    Of the same form: the leaf itself. Of a companion form: its leaves that feed this one, in its order. A unit that
    is not asked appears only if it has answered all the same. The compiling unit itself is among them only where it
    answered a companion form: what it wrote in the form that is printed is its own text.
    """
    writing = [each for each in scope.counting if each.depth or scope.form(each).key != scope.layout.key]
    leaves = {version: _leaves(scope, version, leaf) for version in {each.form_version for each in writing}}
    fields = sorted({field.key for found in leaves.values() for field in found})
    index = scope.places()
    for some in chunks(writing if fields else (), CHUNK):
        told = _told(scope.connection, [each.submission for each in some], fields)
        for each in some:
            respondent = each.respondent(scope.campaign)
            for field in leaves[each.form_version]:
                given = told.get((each.submission, field.key), {})
                if given or asks_field(field, respondent):
                    yield _contribution(index[each.submission], field, given)


def _leaves(scope: CompiledScope, form_version: int, leaf: str) -> tuple[Field, ...]:
    form = scope.cache.form(scope.connection, form_version)
    if form.key == scope.layout.key:
        return tuple(each for each in form.fields() if each.key == leaf)
    return tuple(each for each in form.fields() if leaf in each.feeds)


def _told(
    connection: Connection, reports: Sequence[int], fields: Sequence[str]
) -> dict[tuple[int, str], dict[str, Told]]:
    found: defaultdict[tuple[int, str], dict[str, Told]] = defaultdict(dict)
    for report, field, column, state, kind, value in connection.execute(
        _LEAVES, {"reports": reports, "fields": fields}
    ):
        found[report, field][column] = Told(State(state), decode(kind, value))
    return found


def _contribution(unit: int, field: Field, given: Mapping[str, Told]) -> Contribution:
    if field.blanks:
        return Contribution(unit, field, State.VALUE if given else State.EMPTY, None, given)
    told = given.get("", _NOTHING)
    return Contribution(unit, field, told.state, told.value)


_NOTHING = Told(State.EMPTY)


# --- cells -----------------------------------------------------------------------------------------------------


def cells(scope: CompiledScope, table: str) -> Iterator[UnitCells]:
    """Yield every counted unit's cells of a table of the layout, the compiling unit's own first.

    ``OUTLINE`` is the table of the figures in the outline. Cells that the layout no longer has are left out, and so
    are units without any cell. Figures that no sum takes (``sums.sum_rules``) stand apart.
    """
    printed = _printed(scope.layout, table)
    if printed is None:
        return
    known = _Known(printed)
    adding = _adding(scope, known.fields)
    index = scope.places()
    read = _Reader()
    for some in chunks(scope.counting, CHUNK):
        for report, rows in _by_report(scope.connection, some, known.fields):
            placed = ((cell, each) for each in rows if (cell := known.place(each)) is not None)
            found = _unit_cells(index[report], placed, adding, read)
            if found.cells or found.replaced:
                yield found


def _printed(layout: Form, table: str) -> Table | None:
    if table == OUTLINE:
        return outline_table(layout)
    return layout.table(table) if layout.has_table(table) else None


class _Row(NamedTuple):
    submission: int
    field: str
    row: str
    column: str
    state: str
    kind: str
    value: str | None
    number: int | None


class _Known:
    """The cells that the printed table has, and how they are written."""

    def __init__(self, table: Table) -> None:
        # By plain tuples: this is asked for every answer of a country.
        self._places: dict[tuple[str, str, str], tuple[tuple[str, str], bool]] = {}
        for row in table.rows:
            for column in table.columns:
                numeric = cell_column(row, column).kind in NUMERIC
                self._places[address_in(table.key, row.key, column.key)] = ((row.key, column.key), numeric)
        self.fields = sorted({field for field, _, _ in self._places})
        self._rows = {row.key for row in table.rows}
        self._columns = {column.key for column in table.columns} if table.open_rows else set()

    def place(self, each: _Row) -> tuple[str, str] | None:
        """Return the row and column that show a stored answer; a text where a figure is printed has none."""
        known = self._places.get(each[1:4])
        if known is None:
            local = each.row not in self._rows and each.column in self._columns
            return (each.row, each.column) if local else None
        found, numeric = known
        return None if numeric and each.state == "value" and each.number is None else found


class _Reader:
    """Turns rows into values; small ones, which come again and again, are the same object."""

    def __init__(self) -> None:
        self._same: dict[tuple[str, str, str | None], Told] = {}

    def told(self, state: str, kind: str, value: str | None) -> Told:
        key = (state, kind, value)
        found = self._same.get(key)
        if found is None:
            found = Told(State(state), decode(kind, value))
            if kind in ("i", "d", "") and len(self._same) < MOST_SAME:
                self._same[key] = found
        return found


MOST_SAME = 100_000
"""Different figures that are kept as one object each."""


def _adding(scope: CompiledScope, fields: Sequence[str]) -> Adding:
    adding = Adding(scope.connection, scope.cache, scope.campaign, scope.counting)
    for some in chunks(adding.uppers):
        rows = scope.connection.execute(_FIGURES, {"reports": some, "fields": fields})
        adding.learn(figure(each) for each in rows)
    return adding


def _by_report(
    connection: Connection, some: Iterable[ScopedReport], fields: Sequence[str]
) -> Iterator[tuple[int, list[_Row]]]:
    """Yield the rows of each report, in the order of the reports."""
    found: dict[int, list[_Row]] = {each.submission: [] for each in some}
    for row in connection.execute(_CELLS, {"reports": list(found), "fields": fields}):
        found[row[0]].append(_Row(*row))
    yield from found.items()


def _unit_cells(unit: int, rows: Iterable[tuple[tuple[str, str], _Row]], adding: Adding, read: _Reader) -> UnitCells:
    added: dict[tuple[str, str], Told] = {}
    replaced: dict[tuple[str, str], Told] = {}
    for cell, each in rows:
        takes = each.number is None or adding.adds(each.submission, Address(each.field, each.row, each.column))
        where = added if takes else replaced
        where[cell] = read.told(each.state, each.kind, each.value)
    return UnitCells(unit, added, replaced)


# --- lines -----------------------------------------------------------------------------------------------------


def entries(scope: CompiledScope, zone: tzinfo | None) -> Iterator[DataLine]:
    """Yield every stored answer of the compiling unit and of the counted units, unit by unit in the form's order."""
    known = {version: places(scope.cache.form(scope.connection, version)) for version in _versions(scope)}
    for some in chunks(scope.counting, CHUNK):
        found: dict[int, list[Any]] = {each.submission: [] for each in some}
        for row in scope.connection.execute(_ENTRIES, {"reports": list(found)}):
            found[row[0]].append(row)
        for each in some:
            rows = _in_order(found.pop(each.submission), known[each.form_version])
            yield from (_entry(each, row, zone) for row in rows)


def _in_order(rows: Iterable[Any], known: Mapping[Address, Place]) -> list[Any]:
    return sorted(rows, key=lambda row: place(known, Address(*row[1:4])))


def _versions(scope: CompiledScope) -> set[int]:
    return {each.form_version for each in scope.counting}


def _entry(member: ScopedReport, row: Any, zone: tzinfo | None) -> DataLine:
    _, field, line, column, state, kind, value, at, channel, by = row
    unit = member.unit
    value = decode(kind, value)
    return DataLine(
        unit.code, unit.name, field, line, column, value, STATES[state], by or "", at.astimezone(zone), channel
    )
