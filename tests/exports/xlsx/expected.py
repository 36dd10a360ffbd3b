"""What a workbook of appendices should hold, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Span = tuple[int, int, int, int, str]
"""Row, column, row span, column span and text of a header cell, counted from 1 at the top left of the table."""


@dataclass(frozen=True)
class Behind:
    """The sheet of the units behind a compiled appendix: its name, its heads, and every row from the unit's name on."""

    tab: str
    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Progress:
    """The progress sheet: a row (code, name, status, mark, answered, total) per unit, and the codes of each list."""

    rows: tuple[tuple[object, ...], ...]
    lists: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """What one appendix should hold. Columns count from 1; ``cells`` are keyed (entry from 1, column).

    ``totals`` are the keys under which the detail sheet lists the parts of a total; where ``behind`` is set, the key of
    the row and the head of the column in that sheet, joined by "|".

    ``merged_labels`` are the columns whose cells may be merged over several entries; ``entries`` are the printed
    labels of each entry in the label columns; ``lines`` marks the text cells that are compared by their lines.
    """

    tab: str
    number_line: str
    title: tuple[str, ...]
    period: str
    left: str
    right: str
    date: str
    header: tuple[Span, ...]
    entries: tuple[tuple[str, ...], ...]
    frozen: int
    star: bool = True
    landscape: bool = True
    merged_labels: tuple[int, ...] = ()
    cells: Mapping[tuple[int, int], object] = field(default_factory=dict)
    totals: Mapping[tuple[int, int], str] = field(default_factory=dict)
    integers: frozenset[int] = frozenset()
    decimals: frozenset[int] = frozenset()
    measure: str = ""
    at_most: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    behind: Behind | None = None

    @property
    def width(self) -> int:
        return max(column + span - 1 for _, column, _, span, _ in self.header)

    @property
    def depth(self) -> int:
        return max(row + span - 1 for row, _, span, _, _ in self.header)


@dataclass(frozen=True)
class Expected:
    """What a workbook should hold: its appendices in order, its properties, the words of its warnings."""

    sheets: tuple[Sheet, ...]
    title: str
    creator: str
    warnings: tuple[str, ...] = ()
    progress: Progress | None = None
