"""Each assertion is shown to fail on a file damaged in the way it is there to find."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.workbook import render
from tests.exports.excel.samples import district
from tests.exports.xlsx.checker import CHECKS, File

REPORT, EXPECTED = district()
GOOD = render(REPORT)
Damage = Callable[[bytes], bytes]
AREAS = {ws.title: area for ws, _, area in File(GOOD).appendices(EXPECTED)}


def head(tab: str, row: int, column: int) -> str:
    """Return the reference of a cell of the header grid, counted from 1."""
    return f"{get_column_letter(column)}{AREAS[tab].top + row - 1}"


def cell(tab: str, entry: int, column: int) -> str:
    """Return the reference of a data cell; entries and columns count from 1."""
    return f"{get_column_letter(column)}{AREAS[tab].entries[entry - 1][0]}"


PL1, PL2, PL3, PL4, PL6 = (f"Phụ lục {number}" for number in (1, 2, 3, 4, 6))
CORNER = head(PL3, 1, 1)
HIDDEN = head(PL3, 1, 4)
COUNT, NONE, ZERO = cell(PL3, 1, 11), cell(PL3, 2, 11), cell(PL3, 3, 11)
MONEY = cell(PL6, 2, 4)


def edited(change: Callable[[Workbook], object]) -> Damage:
    """Return a damage done with openpyxl."""

    def damage(data: bytes) -> bytes:
        book = load_workbook(io.BytesIO(data))
        change(book)
        stored = io.BytesIO()
        book.save(stored)
        return stored.getvalue()

    return damage


def sheet(tab: str, change: Callable[[Worksheet], object]) -> Damage:
    """Return a damage of one sheet, done with openpyxl."""
    return edited(lambda book: change(book[tab]))


def rewritten(part: str, pattern: str, replacement: str) -> Damage:
    """Return a damage of the stored XML; the pattern must be there."""

    def damage(data: bytes) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode()
                if name == part:
                    assert re.search(pattern, text), f"{pattern} is not in {part}"
                    text = re.sub(pattern, replacement, text, count=1)
                new.writestr(name, text)
        return target.getvalue()

    return damage


def _set(tab: str, place: str, value: object) -> Damage:
    def change(ws: Worksheet) -> None:
        ws[place] = value  # type: ignore[assignment]

    return sheet(tab, change)


def _look(tab: str, place: str, name: str, look: object) -> Damage:
    return sheet(tab, lambda ws: setattr(ws[place], name, look))


def _text(tab: str, old: str, new: str | None) -> Damage:
    """Replace the text ``old`` of a sheet, wherever it stands."""

    def change(ws: Worksheet) -> None:
        cells = [cell for row in ws.iter_rows() for cell in row if cell.value == old]
        assert cells, f"{old!r} is not in {tab}"
        for cell in cells:
            cell.value = new

    return sheet(tab, change)


def _first_total(ws: Worksheet) -> str:
    return next(cell.coordinate for row in ws.iter_rows() for cell in row if cell.data_type == "f")


def _formula(change: Callable[[str], object]) -> Damage:
    """Change the first total of appendix 3."""

    def damage(ws: Worksheet) -> None:
        place = _first_total(ws)
        ws[place] = change(str(ws[place].value))  # type: ignore[assignment]

    return sheet(PL3, damage)


def _ruled(ws: Worksheet) -> None:
    ws["A1"].border = Border(left=Side(style="thin"))


def _margin(ws: Worksheet) -> None:
    ws.page_margins.left = 0.1


def _footer(ws: Worksheet) -> None:
    ws.HeaderFooter.differentFirst = False


def _hidden(ws: Worksheet) -> None:
    ws.row_dimensions[1].hidden = True


def _unmerged(ws: Worksheet) -> None:
    ws.unmerge_cells(f"{head(PL3, 2, 3)}:{head(PL3, 2, 6)}")


def _narrow(ws: Worksheet) -> None:
    for dimension in ws.column_dimensions.values():
        dimension.width *= 2


DAMAGES: dict[str, tuple[Damage, ...]] = {
    "D01": (edited(lambda book: book.move_sheet(PL1, 2)), edited(lambda book: book.remove(book[PL4]))),
    "D02": (
        rewritten("xl/workbook.xml", 'name="Phụ lục 1"', 'name="Phụ lục 1 của Kết luận số 62-KL/TW"'),
        rewritten("xl/workbook.xml", 'name="Phụ lục 2"', 'name="PHỤ LỤC 1"'),
    ),
    "D03": (rewritten("xl/workbook.xml", 'name="Cảnh báo"', 'name="Ca\u0309nh báo"'),),
    "D04": (sheet(PL3, lambda ws: setattr(ws.page_setup, "paperSize", 1)),),
    "D05": (sheet(PL6, lambda ws: setattr(ws.page_setup, "orientation", "portrait")),),
    "D06": (sheet("Dữ liệu", lambda ws: setattr(ws.page_setup, "fitToHeight", 1)),),
    "D07": (sheet(PL4, _narrow),),
    "D08": (sheet(PL4, _margin),),
    "D09": (sheet(PL4, lambda ws: setattr(ws, "print_title_rows", "1:2")),),
    "D10": (sheet(PL4, lambda ws: setattr(ws, "print_area", "A1:P17")),),
    "D11": (sheet(PL4, _footer),),
    "D12": (sheet(PL4, lambda ws: setattr(ws.print_options, "horizontalCentered", False)),),
    "D13": (sheet(PL3, lambda ws: setattr(ws, "freeze_panes", cell(PL3, 1, 3))),),
    "D14": (
        _look(PL1, "A1", "font", Font(name="Calibri", size=13, bold=True)),
        _look(PL1, "A4", "font", Font(name="Times New Roman", size=14)),
        rewritten("xl/styles.xml", '<name val="Times New Roman"/>', '<name val="Calibri"/>'),
    ),
    "D15": (_text(PL2, "HUYỆN ỦY THANH CHƯƠNG", "HUYỆN, THÀNH ỦY....."), _text(PL2, "*", None)),
    "D16": (_look(PL2, "A5", "alignment", Alignment()), _text(PL3, "(Từ 2009 - 4/2019)", None)),
    "D17": (sheet(PL3, _unmerged), _text(PL4, "Đại biểu Quốc hội", "Quốc hội")),
    "D18": (sheet(PL3, lambda ws: ws.merge_cells(f"{cell(PL3, 1, 3)}:{cell(PL3, 1, 4)}")),),
    "D19": (
        rewritten("xl/worksheets/sheet3.xml", rf'<c r="{HIDDEN}" s="(\d+)"/>', rf'<c r="{HIDDEN}" s="\1"><v>5</v></c>'),
        rewritten("xl/worksheets/sheet3.xml", rf'<c r="{HIDDEN}" s="\d+"/>', ""),
    ),
    "D20": (
        _look(PL3, CORNER, "alignment", Alignment()),
        sheet(PL1, lambda ws: setattr(ws.row_dimensions[AREAS[PL1].entries[0][0]], "height", 15)),
    ),
    "D21": (sheet(PL3, _ruled), _look(PL3, cell(PL3, 3, 7), "border", Border())),
    "D22": (_look(PL3, COUNT, "number_format", "General"), _set(PL3, COUNT, "901")),
    "D23": (
        _look(PL6, MONEY, "number_format", "General"),
        _text(PL6, "Kinh phí hoạt động (Triệu đồng/năm)", "Kinh phí hoạt động"),
    ),
    "D24": (_look(PL6, MONEY, "number_format", "#,##0"),),
    "D25": (_look(PL6, MONEY, "number_format", "#.##0,0"),),
    "D26": (_set(PL3, COUNT, "- Tổng số: 901"),),
    "D27": (
        _set(PL3, cell(PL3, 1, 3), 0),
        _set(PL3, NONE, None),
        _set(PL3, ZERO, "-"),
        _text(PL3, "Hội Nông dân", None),
    ),
    "D28": (_formula(lambda _: 1803),),
    "D29": (
        _formula(lambda text: re.sub(r"\$F\$2:", "$F$3:", text)),
        _formula(lambda text: text.replace("|mttq|", "|ldld|")),
    ),
    "D30": (rewritten("xl/workbook.xml", ' fullCalcOnLoad="1"', ""),),
    "D31": (
        rewritten("xl/worksheets/sheet3.xml", r"</f><v>\d+</v>", "</f><v></v>"),
        rewritten("xl/worksheets/sheet4.xml", r"</f><v>\d+</v>", "</f><v>1</v>"),
        rewritten("xl/worksheets/sheet7.xml", r"</f><v>\d+</v>", "</f><v></v>"),
    ),
    "D32": (rewritten("xl/worksheets/sheet3.xml", r'<c (r="\w+" s="\d+")><v>\d+</v>', r'<c \1 t="e"><v>#REF!</v>'),),
    "D33": (_set(PL2, cell(PL2, 1, 4), "=SUM(1,2)"),),
    "D34": (_set(PL6, cell(PL6, 2, 6), 912345678),),
    "D35": (_set("Dữ liệu", "I2", "05/04/2019 08:30"), _look("Dữ liệu", "I2", "number_format", "mm-dd-yy")),
    "D36": (_set("Chi tiết", "B2", None), _set("Chi tiết", "F2", 1)),
    "D37": (_set(PL3, COUNT, -1), _set(PL3, COUNT, 1.5)),
    "D38": (
        sheet(PL1, lambda ws: setattr(ws.protection, "sheet", False)),
        _look(PL3, COUNT, "protection", Protection(locked=True)),
        _look(PL3, CORNER, "protection", Protection(locked=False)),
    ),
    "D39": (sheet(PL6, lambda ws: ws.data_validations.dataValidation.clear()),),
    "D40": (
        sheet(PL1, _hidden),
        edited(lambda book: setattr(book["Chi tiết"], "sheet_state", "hidden")),
        sheet(PL1, lambda ws: setattr(ws["A1"], "comment", Comment("Gọi 0912345678", "A"))),
    ),
    "D41": (rewritten("docProps/core.xml", "<dc:creator>[^<]*", "<dc:creator>openpyxl"),),
    "D42": (_text(PL1, EXPECTED.sheets[0].notes[0], None),),
}


@pytest.mark.parametrize(
    ("assertion", "number"), [(key, n) for key, found in DAMAGES.items() for n in range(len(found))]
)
def test_a_damaged_file_fails_its_assertion(assertion: str, number: int) -> None:
    """The assertion finds the damage; the file without it passes."""
    damaged = File(DAMAGES[assertion][number](GOOD))

    assert CHECKS[assertion](damaged, EXPECTED) != []
    assert CHECKS.keys() == DAMAGES.keys()


def test_a_part_above_its_whole_fails_unless_it_is_explained() -> None:
    """The explanation in the warnings sheet decides."""
    unexplained = edited(lambda book: (_clear(book["Cảnh báo"]), _raise(book[PL3])))
    explained = sheet(PL3, _raise)

    assert any("of" in text for text in CHECKS["D37"](File(unexplained(GOOD)), EXPECTED))
    assert CHECKS["D37"](File(explained(GOOD)), EXPECTED) == []


def _clear(ws: Worksheet) -> None:
    ws.delete_rows(2, ws.max_row)


def _raise(ws: Worksheet) -> None:
    ws[cell(PL3, 1, 12)] = 5000


def test_saving_again_with_openpyxl_costs_only_the_stored_values() -> None:
    """Damages done with openpyxl are found for what they are: an untouched copy fails for its lost values alone."""
    copy = File(edited(lambda _: None)(GOOD))

    assert {key for key, check in CHECKS.items() if check(copy, EXPECTED)} <= {"D19", "D27", "D31"}
