"""Totals of the units below: formulas over the detail sheet, and how many units each one rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dialogs.answers import State
from dialogs.form import Table
from exports.report import Cell, Detail

DETAIL_SHEET = "Chi tiết"
SOURCE_SHEET = "Nguồn số liệu"
FIRST_DETAIL_ROW = 2
VALUE_COLUMN, KEY_COLUMN = "F", "G"

_LEVELS = {"trung_uong": "Trung ương", "tinh": "Cấp tỉnh", "huyen": "Cấp huyện", "xa": "Cấp xã"}
_MEMBERS = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã"}

Key = tuple[str, str, str]
"""Field, row and column of a cell."""


@dataclass(frozen=True, slots=True)
class Total:
    """A total that was drawn: the cell it is about, the tab and reference where it stands, its value."""

    key: Key
    tab: str
    reference: str
    value: int | Decimal | str


class Totals:
    """Formulas over ``details``, and a list of the totals drawn with them."""

    def __init__(self, details: tuple[Detail, ...]) -> None:
        self.drawn: list[Total] = []
        self._sums: dict[Key, int | Decimal | str] = {}
        for detail in details:
            key = (detail.field, detail.row, detail.column)
            before = self._sums.get(key, "")
            figure = figure_of(detail)
            if isinstance(figure, str):
                self._sums[key] = before
            else:
                self._sums[key] = figure if isinstance(before, str) else before + figure
        last = FIRST_DETAIL_ROW + len(details) - 1
        self._values = f"'{DETAIL_SHEET}'!${VALUE_COLUMN}${FIRST_DETAIL_ROW}:${VALUE_COLUMN}${last}"
        self._keys = f"'{DETAIL_SHEET}'!${KEY_COLUMN}${FIRST_DETAIL_ROW}:${KEY_COLUMN}${last}"

    def formula(self, key: Key, value: int | Decimal | str) -> str:
        """Return the formula of the total ``key``; '' where the details do not add up to ``value``.

        A number that the detail sheet does not explain is printed as a number: the formula would change it.
        """
        if key not in self._sums or self._sums[key] != value:
            return ""
        # Counting figures above any negative passes over texts and blanks: a total over nothing stays empty.
        match = f'{self._keys},"{key_text(key)}"'
        return f'IF(COUNTIFS({match},{self._values},">-1E+15")=0,"",SUMIFS({self._values},{match}))'

    def note(self, place: tuple[str, str], cell: tuple[str, str], reference: str, value: int | Decimal | str) -> None:
        """Remember a total for the sheet that lists them; ``place`` is (field, tab)."""
        self.drawn.append(Total((place[0], *cell), place[1], reference, value))


def key_text(key: Key) -> str:
    """Return the key of a cell as the detail sheet writes it."""
    return "|".join(key)


def figure_of(detail: Detail) -> int | Decimal | str:
    """Return what the detail sheet shows for one unit: its figure, '-' for none, '' for not answered."""
    if detail.state is State.NONE:
        return "-"
    if detail.value is not None and detail.state is not State.EMPTY:
        return detail.value
    return 0 if detail.state is State.ZERO else ""


def level_notes(table: Table, cells: Mapping[tuple[str, str], Cell]) -> list[str]:
    """Return a line per level with rolled cells: "Cấp xã: tổng của 12/14 xã"."""
    found: dict[str, set[tuple[int, int]]] = {}
    levels = {row.key: row.level for row in table.rows}
    columns = {column.key: column.level for column in table.columns}
    for (row, column), cell in cells.items():
        if cell.rolled:
            level = columns.get(column) or levels.get(row, "")
            found.setdefault(level, set()).add((cell.counted, cell.expected))
    order = list(_LEVELS)
    return [
        _level_note(level, found[level])
        for level in sorted(found, key=lambda level: order.index(level) if level in order else len(order))
    ]


def _level_note(level: str, counts: set[tuple[int, int]]) -> str:
    name = _LEVELS.get(level, "Số liệu cấp dưới")
    member = _MEMBERS.get(level, "đơn vị")
    fewest, most = min(counts), max(counts)
    if fewest == most:
        return f"{name}: tổng của {most[0]}/{most[1]} {member}."
    spread = f"từ {fewest[0]}/{fewest[1]} đến {most[0]}/{most[1]} {member}"
    return f"{name}: tổng của {spread} tùy ô; số của từng ô ở sheet “{SOURCE_SHEET}”."
