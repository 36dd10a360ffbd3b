"""Cells and rows of a sheet as XML text. Nothing here knows what is printed; see ``appendix``, ``lists``.

Texts go to the workbook's table of shared strings: some phone previewers show inline strings as blanks. Only where
answers would make that table grow without end, in a large compiled report, further long texts stand in their cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from openpyxl.utils import get_column_letter

from exports.excel.text import escaped

_BATCH = 100
SHARED = 1_000_000
"""Characters of answers that the table of shared strings takes."""
Number = int | Decimal
_EPOCH = date(1899, 12, 30)
_START, _DAY = datetime.combine(_EPOCH, time()), timedelta(days=1)
_FIRST_DATE = date(1900, 3, 1)
"""Spreadsheets count 29/2/1900, which never was; days before this one have no agreed number."""

letter = lru_cache(maxsize=None)(get_column_letter)


class Pen:
    """Writes cells; holds the style numbers and the shared strings of one workbook. Rows and columns count from 1."""

    __slots__ = ("_room", "_strings", "styles")

    def __init__(self, styles: Mapping[str, int]) -> None:
        self.styles = styles
        self._strings: dict[str, int] = {}
        self._room = SHARED

    def text(self, row: int, column: int, style: str, text: str) -> str:
        """Return a cell that holds ``text`` as text whatever it looks like; an empty one is a blank cell."""
        if not text:
            return self.blank(row, column, style)
        return f'<c r="{letter(column)}{row}" s="{self.styles[style]}"{self.words(text)}</c>'

    def words(self, text: str) -> str:
        """Return the type and content of a cell that holds ``text``, which may come again: a name, a key, a label."""
        return f' t="s"><v>{self._strings.setdefault(text, len(self._strings))}</v>'

    def prose(self, text: str) -> str:
        """Return the type and content of a cell that holds an answer; it is shared while there is room."""
        if self._room > 0:
            self._room -= len(text)
            return self.words(text)
        written = escaped(text)
        if "_x005F_" in written or "_x000D_" in written:
            # Not every reader undoes this spelling in a text that stands in its cell.
            return self.words(text)
        return f' t="inlineStr"><is><t xml:space="preserve">{written}</t></is>'

    def number(self, row: int, column: int, style: str, value: Number) -> str:
        """Return a cell with a number, or with its digits as text where a spreadsheet would round it."""
        if not exact(value):
            return self.text(row, column, style, digits(value))
        return f'<c r="{letter(column)}{row}" s="{self.styles[style]}"><v>{digits(value)}</v></c>'

    def moment(self, row: int, column: int, style: str, value: date) -> str:
        """Return a cell with a real date or time, as ISO text before 1/3/1900."""
        if not datable(value):
            return self.text(row, column, style, value.isoformat())
        return f'<c r="{letter(column)}{row}" s="{self.styles[style]}"><v>{serial(value)}</v></c>'

    def formula(self, row: int, column: int, style: str, formula: str, value: Number | str) -> str:
        """Return a cell with ``formula`` and beside it the computed ``value``, which phones show."""
        kind, shown = (' t="str"', escaped(value)) if isinstance(value, str) else ("", digits(value))
        start = f'<c r="{letter(column)}{row}" s="{self.styles[style]}"{kind}>'
        return f"{start}<f>{escaped(formula)}</f><v>{shown}</v></c>"

    def blank(self, row: int, column: int, style: str) -> str:
        return f'<c r="{letter(column)}{row}" s="{self.styles[style]}"/>'

    def blanks(self, row: int, first: int, last: int, style: str) -> str:
        """Return blank cells from column ``first`` to ``last``: the rest of a merged range."""
        number = self.styles[style]
        return "".join(f'<c r="{letter(column)}{row}" s="{number}"/>' for column in range(first, last + 1))

    def shared_strings(self) -> Iterator[bytes]:
        """Yield the part of the workbook that holds its texts, each once. Call it after the last row."""
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{space}" '.encode()
        yield f'uniqueCount="{len(self._strings)}">'.encode()
        texts = iter(self._strings)
        while batch := list(islice(texts, _BATCH)):
            yield "".join([f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in batch]).encode()
        yield b"</sst>"


def row_xml(number: int, cells: Sequence[str], height: float = 0) -> str:
    """Return one row; ``height`` in points, 0 for the height of a single line."""
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


def digits(value: Number) -> str:
    """Return ``value`` as XML spells it: a point for decimals, no exponent."""
    return str(value) if isinstance(value, int) else format(value, "f")


def exact(value: Number) -> bool:
    """Whether a spreadsheet keeps every digit of ``value``: it has 15."""
    if isinstance(value, int):
        return abs(value) < 10**15
    return len(value.normalize().as_tuple().digits) <= 15


def datable(value: date) -> bool:
    """Whether a spreadsheet has a number for the day or moment ``value``."""
    return (value.date() if isinstance(value, datetime) else value) >= _FIRST_DATE


def serial(value: date) -> str:
    """Return the number of a day or moment as a spreadsheet counts them."""
    if not isinstance(value, datetime):
        return str((value - _EPOCH).days)
    return repr((value.replace(tzinfo=None) - _START) / _DAY)
