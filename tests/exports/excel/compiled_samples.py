"""Compiled reports of a made-up province, and what their workbooks must hold, added up here once more.

Three levels fill the columns of their own level; every state occurs; one district's own figure stands in the place of
its commune's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from dialogs.forms.answers import State, Value
from dialogs.forms.form import Row, Table
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.questions import cell_column
from dialogs.kinds import NUMERIC, Kind
from dialogs.values.report_data import DataLine, Standing, Told, UnitCells, Warned
from dialogs.values.status import Status
from exports.report import Appendix, Cell, Letterhead, Report, Signature
from tests.exports.excel.grids import (
    BODIES,
    PL2_BODIES,
    PL3_BODIES,
    PL3_COLUMNS,
    PL4_COLUMNS,
    PL6_BODIES,
    PL6_LEVELS,
    ROWS,
)
from tests.exports.excel.samples import DOCUMENTS, HANOI, TITLE, Filled, documents, movements, sheets
from tests.exports.xlsx.checker import Behind, Expected, Progress

FORM = read_form(shipped_text("kl62-2019"))
HEAD = Letterhead("", "TỈNH ỦY NGHỆ AN", "5", "BC/TU", "Nghệ An", date(2019, 5, 5), 2019, draft=False)
CREATED = datetime(2019, 5, 6, 10, 5, tzinfo=HANOI)
STATES = (State.VALUE, State.ZERO, State.VALUE, State.NONE, State.EMPTY)
COUNTED = (Status.SENT, Status.ACCEPTED)
REPLACED = ("mttq", "xa.tong_so")
NAMED = ("Đơn vị", "Mã đơn vị", "Dòng", "Mã dòng")
WORDS = {
    Status.NOT_OPENED: "chưa mở",
    Status.IN_PROGRESS: "đang làm",
    Status.SENT: "đã gửi",
    Status.RETURNED: "bị trả lại",
    Status.ACCEPTED: "đã tiếp nhận",
    Status.NOT_REQUIRED: "không phải nộp",
}
LABELS = {
    "PL1": dict(zip(ROWS, BODIES, strict=True)),
    "PL2": dict(zip(ROWS, PL2_BODIES, strict=True)),
    "PL3": dict(zip(ROWS, PL3_BODIES, strict=True)),
    "PL4": dict(zip(ROWS, BODIES, strict=True)),
    "PL6": {
        f"{row}.{level}": f"{body} - {name}"
        for row, body in zip(ROWS, PL6_BODIES, strict=True)
        for level, name in PL6_LEVELS
    },
}
COLUMNS = {
    "PL1": {"so_cuoc_kt_gs": 8},
    "PL2": {"tap_the": 5, "ca_nhan": 6},
    "PL3": {key: 3 + at for at, key in enumerate(PL3_COLUMNS)},
    "PL4": {key: 3 + at for at, key in enumerate(PL4_COLUMNS)},
    "PL6": {"nsnn": 4, "thu_khac": 5},
}
"""Where each column that is added stands in its appendix."""
MEASURED = {"nsnn": " (triệu đồng/năm)", "thu_khac": " (triệu đồng/năm)"}

Figures = dict[str, list[UnitCells]]


def province(names: Sequence[str] = ("Xã An Bình", "Xã Bình Sơn", "Xã Cát Văn")) -> tuple[Report, Expected]:
    """Return the report of a province with two districts and communes of these ``names``."""
    return compiled(standings(names))


def standings(names: Sequence[str]) -> tuple[Standing, ...]:
    """Return the province, its districts and communes: every status, some of them late."""
    communes = [_standing(f"X{at}", name, "xa", 2, COUNTED[at % 2]) for at, name in enumerate(names, 1)]
    half = len(communes) // 2
    others = (Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED, Status.NOT_REQUIRED)
    rest = [_standing(f"Y{at}", f"Xã Mới {at}", "xa", 2, status) for at, status in enumerate(others, 1)]
    return (
        _standing("T", "Tỉnh Nghệ An", "tinh", 0, Status.ACCEPTED),
        _standing("H1", "Huyện Thanh Chương", "huyen", 1, Status.SENT),
        *communes[:half],
        *rest,
        _standing("H2", "Huyện Đô Lương", "huyen", 1, Status.ACCEPTED, late=True),
        *communes[half:],
    )


def _standing(code: str, name: str, kind: str, depth: int, status: Status, *, late: bool = False) -> Standing:
    sent = datetime(2019, 4, 12, 9, 30, tzinfo=HANOI) if status in (*COUNTED, Status.RETURNED) else None
    total = 0 if status is Status.NOT_REQUIRED else 32
    answered = total if sent else 7 if status is Status.IN_PROGRESS else 0
    late = late or status in (Status.IN_PROGRESS, Status.RETURNED)
    due = datetime(2019, 4, 10, tzinfo=HANOI)
    return Standing(code, name, kind, depth, status, late, answered, total, status in COUNTED, due, sent, sent)


def compiled(
    units: tuple[Standing, ...],
    told: Callable[[int, int, bool], Told] = lambda unit, cell, whole: usual(unit, cell, whole),
    entries: Sequence[DataLine] | None = None,
) -> tuple[Report, Expected]:
    """Return the report that adds up what ``told`` says for each unit and cell, and what its workbook must hold."""
    figures = {key: list(_cells(FORM.table(key), units, told)) for key in LABELS}
    filled = {"PL1": documents(), "PL2": movements(), **{key: Filled(key) for key in ("PL3", "PL4", "PL6")}}
    for key, table in filled.items():
        _roll(table, FORM.table(key), figures[key], units)
    report = Report(
        profile="party_hd36",
        letterhead=HEAD,
        type_name="BÁO CÁO",
        subject="tổng kết 10 năm thực hiện Kết luận số 62-KL/TW",
        blocks=(),
        appendices=tuple(
            Appendix(FORM.table(key), HEAD, table.cells, (), figures[key]) for key, table in filled.items()
        ),
        signature=Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn A", ("Trung ương",)),
        created=CREATED,
        entries=iter(_entries(figures, units) if entries is None else entries),
        warnings=(Warned("Xã An Bình", "PL3", "mttq", "xa.cb_nu", "Số liệu tăng bất thường.", "Đã kiểm tra."),),
        standings=units,
        counted=("sent", "accepted"),
    )
    return report, _expected(filled, figures, units)


def usual(unit: int, cell: int, whole: bool) -> Told:
    """Return a figure in one of the states; a whole is always told, so that no part is above it."""
    state = State.VALUE if whole else STATES[(unit + cell) % 5]
    return Told(state, 900 + unit if whole else 10 + cell % 9 if state is State.VALUE else None)


def _cells(table: Table, units: tuple[Standing, ...], told: Callable[[int, int, bool], Told]) -> Iterator[UnitCells]:
    for number, unit in enumerate(units):
        cells: dict[tuple[str, str], Told] = {}
        replaced: dict[tuple[str, str], Told] = {}
        for at, (row, column) in enumerate((row, column) for row in table.rows for column in table.columns):
            own = cell_column(row, column)
            if not unit.counted or not _asked(row, column.filled_by, unit.kind):
                continue
            if own.kind in NUMERIC:
                found = told(number, at, column.key.endswith(("tong_so", "so_cuoc_kt_gs")))
                value = found.value
                if own.kind is Kind.MONEY and isinstance(value, int):
                    found = Told(found.state, Decimal(value) + Decimal("0.125"))
                if found.state is not State.EMPTY:
                    cells[row.key, column.key] = found
            elif own.kind in (Kind.LIST, Kind.DOCUMENTS) and row.key == "mttq":
                cells[row.key, column.key] = Told(State.VALUE, DOCUMENTS)
        if table.key == "PL3" and unit.code == "H2":
            cells[REPLACED] = Told(State.VALUE, 60)
        if table.key == "PL3" and unit.code == "X3":
            replaced[REPLACED] = cells.pop(REPLACED)
        if cells or replaced:
            yield UnitCells(number, cells, replaced)


def _asked(row: Row, kinds: frozenset[str], kind: str) -> bool:
    return kind in kinds and (row.filled_by is None or kind in row.filled_by)


def _roll(filled: Filled, table: Table, units: list[UnitCells], standings: tuple[Standing, ...]) -> None:
    """Put the totals of a table into ``filled``: what its appendix prints, and where their parts stand."""
    for entry, row in enumerate(table.rows, 1):
        for column, place in COLUMNS[table.key].items():
            filled.cells.pop((row.key, column), None)
            filled.printed.pop((entry, place), None)
            if not table.column(column).filled_by:
                continue
            given = [unit.cells[row.key, column] for unit in units if (row.key, column) in unit.cells]
            known = [told.value or 0 for told in given if told.state is not State.NONE]
            total = sum(known) if known else None  # type: ignore[arg-type]
            asked = sum(_asked(row, table.column(column).filled_by, each.kind) for each in standings if each.counted)
            if known:
                cell = Cell(State.VALUE if total else State.ZERO, total, True, len(known), asked)
                filled.cells[row.key, column] = cell
            filled.printed[entry, place] = total
            title = table.column(column).title + MEASURED.get(column, "")
            filled.totals[entry, place] = f"{row.key}|{title}"


def _entries(figures: Figures, units: tuple[Standing, ...]) -> Iterator[DataLine]:
    at = datetime(2019, 4, 5, 8, 30, 15, tzinfo=HANOI)
    for key, found in figures.items():
        for unit, cells, _ in found:
            who = units[unit]
            for (row, column), told in cells.items():
                yield DataLine(who.code, who.name, key, row, column, told.value, told.state, "Lê Thị B", at, "telegram")


def _expected(filled: dict[str, Filled], figures: Figures, units: tuple[Standing, ...]) -> Expected:
    notes = dict.fromkeys(filled, "")
    printed = [
        replace(sheet, behind=_behind(FORM.table(key), figures[key], units), notes=sheet.notes[1:])
        for key, sheet in zip(
            filled, sheets("Nghệ An, ngày 05 tháng 5 năm 2019", "TỈNH ỦY NGHỆ AN", filled, notes), strict=True
        )
    ]
    owing = (Status.NOT_OPENED, Status.IN_PROGRESS)
    lists = (
        tuple(each.code for each in units if each.status in owing),
        tuple(each.code for each in units if each.late),
        tuple(each.code for each in units if each.status is Status.RETURNED),
    )
    rows = tuple(
        (each.code, each.name, WORDS[each.status], "muộn" if each.late else None, each.answered, each.total)
        for each in units
    )
    return Expected(tuple(printed), TITLE, HEAD.issuing_body, progress=Progress(rows, lists))


def _behind(table: Table, units: list[UnitCells], standings: tuple[Standing, ...]) -> Behind:
    number = table.number_line.split()[-1]
    columns = [column for column in table.columns if column.asked]
    heads = (*NAMED, *(column.title + MEASURED.get(column.key, "") for column in columns))
    rows = tuple(
        (
            standings[unit.unit].name,
            standings[unit.unit].code,
            LABELS[table.key][row.key],
            row.key,
            *(_shown(unit.cells.get((row.key, c.key)), counted=c.kind is Kind.DOCUMENTS) for c in columns),
        )
        for unit in units
        for row in table.rows
    )
    return Behind(f"Phụ lục {number} - đơn vị", heads, rows)


def _shown(told: Told | None, *, counted: bool) -> object:
    """Return what a cell shows: nothing, '-', a number, the lines of a list; documents are ``counted`` under them."""
    if told is None:
        return None
    if told.state is State.NONE:
        return "-"
    value: Value = told.value or 0
    if isinstance(value, tuple):
        count = [f"({len(value)} văn bản)"] if counted else []
        return "\n".join([*(f"- {item}" for item in value), *count])
    return value


@dataclass(frozen=True)
class Hostile:
    """Texts and names that a spreadsheet could trip over."""

    names: tuple[str, ...] = (
        "=1+1",
        "Xã [A]/B\\C?*: 'D'",
        "Xã Một Hai Ba Bốn Năm Sáu Bảy T",
        "Xã Trùng Tên",
        "Xã Trùng Tên",
        'Xã <B> & "C"',
    )
    texts: tuple[str, ...] = ("=1+1", "+5", "@a", "-", "a\x07b\x1fc", "dài " * 10_000, "05-BC/ĐU", "]]>&<a>", "0912")
