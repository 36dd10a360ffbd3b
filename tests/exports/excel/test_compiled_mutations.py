"""What the checker says about compiled workbooks is shown to fail on files damaged in the way it is there to find."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import lru_cache

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.workbook import render
from tests.exports.excel.compiled_samples import province
from tests.exports.excel.test_mutations import edited, rewritten, sheet
from tests.exports.xlsx.checker import CHECKS, File

REPORT, EXPECTED = province()
GOOD = render(REPORT)
BEHIND, PROGRESS = "Phụ lục 3 - đơn vị", "Tiến độ"
Damage = Callable[[bytes], bytes]


def _at(ws: Worksheet, column: int, text: str) -> Cell:
    """Return the first cell of ``column`` that holds ``text``."""
    return next(row[0] for row in ws.iter_rows(min_col=column, max_col=column) if row[0].value == text)


def _figure(change: Callable[[Cell], object]) -> Damage:
    """Damage the figure of the province's own row behind appendix 3."""
    return sheet(BEHIND, lambda ws: change(next(cell for cell in ws[4][4:] if cell.value == 900)))


def _total(change: Callable[[str], str]) -> Damage:
    def damage(ws: Worksheet) -> None:
        cell = next(cell for row in ws.iter_rows() for cell in row if cell.data_type == "f")
        cell.value = change(str(cell.value))

    return sheet("Phụ lục 3", damage)


def _beside(text: str, offset: int, value: object) -> Damage:
    """Set the cell ``offset`` columns right of the name ``text`` on the progress sheet."""
    return sheet(PROGRESS, lambda ws: setattr(_at(ws, 2, text).offset(0, offset), "value", value))


def _swapped(book: Workbook) -> None:
    book.move_sheet(BEHIND, 1)


DAMAGES: dict[str, tuple[str, Damage]] = {
    "a figure differs": ("D36", _figure(lambda cell: setattr(cell, "value", 901))),
    "a figure is text": ("D36", _figure(lambda cell: setattr(cell, "value", "900"))),
    "a figure is locked": ("D36", _figure(lambda cell: setattr(cell, "protection", Protection(locked=True)))),
    "a figure has words": ("D36", _figure(lambda cell: setattr(cell, "number_format", "General"))),
    "a unit is missing": ("D36", sheet(BEHIND, lambda ws: ws.delete_rows(4, 6))),
    "a unit has no name": ("D36", sheet(BEHIND, lambda ws: setattr(ws["A5"], "value", None))),
    "a replaced figure is added": ("D36", sheet(BEHIND, lambda ws: setattr(ws.cell(ws.max_row - 5, 17), "value", 5))),
    "none becomes nothing": ("D36", sheet(BEHIND, lambda ws: setattr(ws["K4"], "value", None))),
    "a head differs": ("D36", sheet(BEHIND, lambda ws: setattr(ws["E3"], "value", "Tổng số"))),
    "the appendix is not named": ("D36", sheet(BEHIND, lambda ws: setattr(ws["A1"], "value", "Đơn vị"))),
    "the head does not stay": ("D36", sheet(BEHIND, lambda ws: setattr(ws, "freeze_panes", "B1"))),
    "the filter is short": ("D36", sheet(BEHIND, lambda ws: setattr(ws.auto_filter, "ref", "A3:T9"))),
    "the head does not repeat": ("D36", sheet(BEHIND, lambda ws: setattr(ws, "print_title_rows", "1:1"))),
    "sheets change places": ("D36", edited(_swapped)),
    "no progress sheet": ("D36", edited(lambda book: book.remove(book[PROGRESS]))),
    "a count is typed": ("D36", _beside("đã gửi", 1, 2)),
    "a sum is typed": ("D36", _beside("Tổng số đơn vị", 1, 10)),
    "a status differs": ("D36", _beside("Xã Mới 1", 1, "đang làm")),
    "a unit is not late": ("D36", _beside("Huyện Đô Lương", 2, None)),
    "a share is typed": ("D36", _beside("Xã Mới 2", 5, 0.2)),
    "a list is short": ("D36", sheet(PROGRESS, lambda ws: ws.delete_rows(ws.max_row))),
    "a total is a column off": ("D29", _total(lambda text: re.sub(r"\$I\$", "$J$", text))),
    "a total ends early": ("D29", _total(lambda text: re.sub(r"\$(\d+)([,)])", lambda m: f"$20{m[2]}", text))),
    "a total is about another row": ("D29", _total(lambda text: text.replace('"mttq"', '"hnd"'))),
    "progress adds by another rule": ("D33", _beside("đã gửi", 1, "=1+1")),
}
REWRITTEN: dict[str, tuple[str, Damage]] = {
    "a stored total is old": ("D31", rewritten("xl/worksheets/sheet3.xml", r"</f><v>900</v>", "</f><v>899</v>")),
    "a stored count is missing": ("D31", rewritten("xl/worksheets/sheet12.xml", r"</f><v>\d+</v>", "</f><v></v>")),
    "a stored share is missing": ("D31", rewritten("xl/worksheets/sheet12.xml", r"</f><v>1</v>", "</f><v></v>")),
    "two sheets of one name": ("D02", rewritten("xl/workbook.xml", 'name="Phụ lục 2 - đơn vị"', f'name="{BEHIND}"')),
}


@lru_cache(maxsize=8)
def _of_a_copy(assertion: str) -> frozenset[str]:
    """What is wrong with a file that openpyxl has only read and saved: it loses the stored values."""
    copy = io.BytesIO()
    load_workbook(io.BytesIO(GOOD)).save(copy)
    return frozenset(CHECKS[assertion](File(copy.getvalue()), EXPECTED))


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_compiled_file_fails_its_assertion(name: str) -> None:
    """The assertion finds the damage beyond what saving with openpyxl costs."""
    assertion, damage = DAMAGES[name]

    assert set(CHECKS[assertion](File(damage(GOOD)), EXPECTED)) - _of_a_copy(assertion) != set()


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_compiled_file_with_other_xml_fails_its_assertion(name: str) -> None:
    """The assertion finds the damage; the file without it passes."""
    assertion, damage = REWRITTEN[name]

    assert CHECKS[assertion](File(damage(GOOD)), EXPECTED) != []
    assert CHECKS[assertion](File(GOOD), EXPECTED) == []
