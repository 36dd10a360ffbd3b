"""The appendices of a compiled report: totals, lists without doubles, rows added locally under their unit's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dialogs.forms.answers import State, Value
from dialogs.forms.form import Column, Table
from dialogs.forms.outline_figures import address_in, outline_table
from dialogs.forms.questions import asks_table, cell_column
from dialogs.kinds import KINDS, Kind, Together
from dialogs.values.report_data import CompiledReportData, Rolled, Told, UnitCells
from exports.compiled.lists import Items
from exports.extra_rows import extra_rows
from exports.figures import value_text
from exports.report import Appendix, Cell, Letterhead
from exports.unit.unit_report import rolled_cell

_Place = tuple[str, str]
_MANY_NAMES = 3


@dataclass(frozen=True, slots=True)
class EveryUnit:
    """The cells of every counted unit in one table, read anew each time it is iterated."""

    read: Callable[[str], Iterable[UnitCells]]
    table: str

    def __iter__(self) -> Iterator[UnitCells]:
        return iter(self.read(self.table))


@dataclass(slots=True)
class _Gathered:
    """What was met while the cells of a table were read once: never the figures, which are summed already.

    ``texts`` holds the first value of a cell that is no list; all of them stand in ``lists``.
    """

    lists: dict[_Place, Items] = field(default_factory=dict)
    texts: dict[_Place, Value] = field(default_factory=dict)
    states: dict[_Place, list[State]] = field(default_factory=dict)
    nones: dict[_Place, int] = field(default_factory=dict)
    local: list[tuple[int, dict[_Place, Told]]] = field(default_factory=list)


def appendices(data: CompiledReportData, head: Letterhead) -> Iterator[Appendix]:
    """Yield the appendices: those the compiling unit's form has, and those in which anybody has figures anyway."""
    totalled = {address.field for address, rolled in data.totals.items() if rolled.value is not None}
    for table in data.form.tables:
        if table.missing:
            continue
        gathered = _gather(data, table)
        cells = dict(_cells(data, table, gathered))
        rows = tuple(_local(data, table, gathered, cells))
        if asks_table(table, data.respondent) or cells or table.key in totalled:
            yield Appendix(table, head, cells, rows, EveryUnit(data.cells, table.key))


def outline_figures(data: CompiledReportData, head: Letterhead) -> Appendix | None:
    """Return the figures in the sentences of the outline with their totals; None where the form has none."""
    table = outline_table(data.form)
    if table is None:
        return None
    cells = dict(_cells(data, table, _gather(data, table)))
    return Appendix(table, head, cells, units=EveryUnit(data.cells, table.key))


def _gather(data: CompiledReportData, table: Table) -> _Gathered:
    """Read the cells of every unit once, keeping only what is not a figure."""
    found = _Gathered()
    ways = _ways(table)
    kinds = {column.key: column.kind for column in table.columns}
    names = [each.name if each.depth else "" for each in data.standings]
    for unit, cells, _ in data.cells(table.key):
        local: dict[_Place, Told] = {}
        for place, told in cells.items():
            way = ways.get(place)
            if way is Together.SUM:
                if told.state is State.NONE:
                    found.nones[place] = found.nones.get(place, 0) + 1
            elif way is None:
                local[place] = told
            elif way is Together.OWN and names[unit]:
                continue
            elif told.state is not State.VALUE or not told.value:
                found.states.setdefault(place, []).append(told.state)
            elif way is Together.UNION:
                _unite(found, place, kinds[place[1]], told.value, names[unit])
            else:
                found.texts.setdefault(place, told.value)
                _unite(found, place, Kind.TEXT, value_text(told.value), names[unit])
        if local:
            found.local.append((unit, local))
    return found


def _unite(found: _Gathered, place: _Place, kind: Kind, value: Value, name: str) -> None:
    items = value if isinstance(value, tuple) else (value_text(value),)
    into = found.lists.setdefault(place, Items(kind))
    if name:
        into.add(items, name)
    else:
        into.add_own(items)


def _ways(table: Table) -> dict[_Place, Together]:
    return {
        (row.key, column.key): _way(cell_column(row, column))
        for row in table.rows
        for column in table.columns
        if column.asked
    }


def _way(column: Column) -> Together:
    """Return how a cell of many units becomes one; figures that the form does not add up are named."""
    found = KINDS[column.kind].together
    return Together.NAMED if found is Together.SUM and not column.adds_up else found


def _cells(data: CompiledReportData, table: Table, found: _Gathered) -> Iterator[tuple[_Place, Cell]]:
    """Yield the known cells: sums with n/N, lists without doubles, texts with the names of those who wrote them."""
    for place, way in _ways(table).items():
        if way is Together.SUM:
            cell = _total(data.totals.get(address_in(table.key, *place)), found.nones.get(place, 0))
        elif way is Together.UNION and place in found.lists:
            cell = Cell(State.VALUE, _united(found.lists[place], data.unit_name))
        elif place in found.texts:
            cell = Cell(State.VALUE, _text(found.lists[place], found.texts[place], data.unit_name))
        else:
            cell = _stated(found.states.get(place, []))
        if cell is not None:
            yield place, cell


def _total(rolled: Rolled | None, nones: int) -> Cell | None:
    """Return a sum; over no figure nothing at all, or "none" if that is what every unit asked has said."""
    if rolled is None:
        return Cell(State.NONE) if nones else None
    if rolled.value is not None:
        return rolled_cell(rolled)
    if nones and nones >= rolled.expected:
        return Cell(State.NONE, None, rolled=True, counted=0, expected=rolled.expected)
    return None


def _united(items: Items, own_name: str) -> tuple[str, ...]:
    """Return the items, each with the names of its units as soon as more than one unit gave any."""
    several = items.units > 1
    return tuple(_signed(text, names) if several else text for text, names in items.named(own_name))


def _signed(text: str, names: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first + names, *rest])


def _text(items: Items, first: Value, own_name: str) -> Value:
    """Return the one unit's value as it is, or the texts of several a line each, the same text once.

    A note is narrow: of a text that many gave it says how many; their names stand with the units' own rows in Excel.
    """
    if items.units == 1:
        return first
    return "\n".join(_signed(text, _few(names)) for text, names in items.given(own_name))


def _few(names: list[str]) -> str:
    return f" ({', '.join(names)})" if len(names) <= _MANY_NAMES else f" ({len(names)} đơn vị)"


def _stated(states: list[State]) -> Cell | None:
    """Return the state of a cell that nobody wrote in: zero if anybody said so, else none if all said that."""
    if State.ZERO in states:
        return Cell(State.ZERO, 0)
    return Cell(State.NONE) if State.NONE in states else None


def _local(
    data: CompiledReportData, table: Table, found: _Gathered, cells: dict[_Place, Cell]
) -> Iterator[tuple[str, str]]:
    """Yield (key, label) of the rows that units added, each with its unit's name, and put their cells into ``cells``.

    Every unit has its own ``them.1``: here the key begins with the unit's code.
    """
    columns = {column.key for column in table.columns}
    for unit, told in found.local:
        standing = data.standings[unit]
        here = {place: Cell(each.state, each.value) for place, each in told.items() if place[1] in columns}
        for key, label in extra_rows(table, here):
            row = f"{standing.code}/{key}"
            cells.update(((row, column), cell) for (at, column), cell in here.items() if at == key)
            yield row, f"{label} ({standing.name})" if label else standing.name
