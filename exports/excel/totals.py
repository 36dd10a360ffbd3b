"""Totals of the units below: formulas over the sheets that hold their parts, and where each one was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dialogs.forms.answers import State
from dialogs.values.report_data import SumPart
from exports.sheet_names import DETAIL_SHEET

FIRST_DETAIL_ROW = 2
VALUE_COLUMN, KEY_COLUMN = "F", "G"

Key = tuple[str, str, str]
"""Field, row and column of a cell."""


@dataclass(frozen=True, slots=True)
class Total:
    """A total that was drawn: the cell it is about, the tab and reference where it stands, its value."""

    key: Key
    tab: str
    reference: str
    value: int | Decimal | str


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the figures behind a total stand: those of ``values`` beside whose ``keys`` stands ``key``; their sum.

    Both are ranges of cells with the name of their sheet. ``sum`` is '' where nobody gave a figure.
    """

    keys: str
    key: str
    values: str
    sum: int | Decimal | str


class Totals:
    """Formulas over the parts of totals, and a list of the totals drawn with them."""

    def __init__(self, parts: Mapping[Key, Parts]) -> None:
        self.drawn: list[Total] = []
        self._parts = parts

    def formula(self, key: Key, value: int | Decimal | str) -> str:
        """Return the formula of the total ``key``; '' where the parts do not add up to ``value``.

        A number that the parts do not explain is printed as a number: the formula would change it. A total over
        nothing shows ``value`` too, which is then '' or the mark for "nobody has a figure".
        """
        parts = self._parts.get(key)
        nothing = value if isinstance(value, str) else ""
        if parts is None or parts.sum != ("" if isinstance(value, str) else value):
            return ""
        # Counting figures above any negative passes over texts and blanks: a total over nothing stays empty.
        match = f'{parts.keys},"{parts.key}"'
        return f'IF(COUNTIFS({match},{parts.values},">-1E+15")=0,"{nothing}",SUMIFS({parts.values},{match}))'

    def note(self, place: tuple[str, str], cell: tuple[str, str], reference: str, value: int | Decimal | str) -> None:
        """Remember a total for the sheet that lists them; ``place`` is (field, tab)."""
        self.drawn.append(Total((place[0], *cell), place[1], reference, value))


def detail_parts(details: tuple[SumPart, ...]) -> dict[Key, Parts]:
    """Return the parts of the totals of a unit's own report, as its sheet of details lists them."""
    sums: dict[Key, int | Decimal | str] = {}
    for detail in details:
        key: Key = detail.address
        before = sums.get(key, "")
        figure = figure_of(detail)
        if isinstance(figure, str):
            sums[key] = before
        else:
            sums[key] = figure if isinstance(before, str) else before + figure
    last = FIRST_DETAIL_ROW + len(details) - 1
    values, keys = (cell_range(DETAIL_SHEET, column, FIRST_DETAIL_ROW, last) for column in (VALUE_COLUMN, KEY_COLUMN))
    return {key: Parts(keys, key_text(key), values, found) for key, found in sums.items()}


def cell_range(tab: str, column: str, first: int, last: int) -> str:
    """Return the cells of one column of the sheet ``tab``, fixed for whoever copies the formula."""
    name = tab.replace("'", "''")
    return f"'{name}'!${column}${first}:${column}${last}"


def key_text(key: Key) -> str:
    """Return the key of a cell as the detail sheet writes it."""
    return "|".join(key)


def figure_of(detail: SumPart) -> int | Decimal | str:
    """Return what the detail sheet shows for one unit: its figure, '-' for none, '' for not answered."""
    if detail.state is State.NONE:
        return "-"
    if detail.value is not None and detail.state is not State.EMPTY:
        return detail.value
    return 0 if detail.state is State.ZERO else ""
