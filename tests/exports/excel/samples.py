"""Two filled reports, a commune's and a district's, and what their workbooks must hold.

Every appendix has cells in each state; the district has totals of its communes, one of them over nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import cycle

from dialogs.forms.answers import Address, State, Value
from dialogs.forms.form import Form
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.values.report_data import DataLine, SumPart, Warned
from exports.report import Appendix, Cell, Letterhead, Report, Signature
from tests.exports.excel.grids import (
    BODIES,
    PERIOD,
    PL1_FOOTNOTE,
    PL1_HEADER,
    PL2_BODIES,
    PL2_HEADER,
    PL3_AT_MOST,
    PL3_BODIES,
    PL3_COLUMNS,
    PL3_HEADER,
    PL4_COLUMNS,
    PL4_HEADER,
    PL4_NOTES,
    PL6_ENTRIES,
    PL6_HEADER,
    PL6_LEVELS,
    PL6_TITLE,
    ROWS,
    numbered,
)
from tests.exports.xlsx.checker import Expected, Sheet

HANOI = timezone(timedelta(hours=7))
CREATED = datetime(2019, 4, 9, 1, 30, tzinfo=UTC)
TITLE = "BÁO CÁO tổng kết 10 năm thực hiện Kết luận số 62-KL/TW"
COMMUNES = (("X1", "Xã An Bình"), ("X2", "Xã Bình Sơn"), ("X3", "Xã Cát Văn"))
STATES = (State.VALUE, State.ZERO, State.VALUE, State.NONE, State.EMPTY)
DOCUMENTS = ("Nghị quyết số 05-NQ/HU, ngày 12/3/2012 của Ban Thường vụ Huyện ủy", "05-BC/ĐU")
MEETINGS = ("Hội nghị “Dân vận khéo” năm 2016", "=SUM(1;2)")


@dataclass
class Filled:
    """The cells of one appendix, what they print, the details behind its totals."""

    key: str
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    printed: dict[tuple[int, int], object] = field(default_factory=dict)
    totals: dict[tuple[int, int], str] = field(default_factory=dict)
    details: list[SumPart] = field(default_factory=list)

    def put(self, row: str, column: str, state: State, value: Value, place: tuple[int, int]) -> None:
        """Store a cell in ``state``; a number prints as itself, 0, '-' or nothing."""
        if state is State.EMPTY:
            return
        kept = {State.VALUE: value, State.ZERO: 0 if isinstance(value, int | Decimal) else None}.get(state)
        self.cells[row, column] = Cell(state, kept)
        if isinstance(value, int | Decimal):
            self.printed[place] = "-" if state is State.NONE else kept

    def roll(self, row: str, column: str, figures: tuple[int | Decimal | None, ...], place: tuple[int, int]) -> None:
        """Store a total of the communes; None is a commune without a figure."""
        known = [figure for figure in figures if figure is not None]
        total = sum(known) if known else None
        state = State.VALUE if known else State.EMPTY
        self.cells[row, column] = Cell(state, total, rolled=True, counted=len(known), expected=len(figures))
        for (code, name), figure in zip(COMMUNES, figures, strict=True):
            kept = State.NONE if figure is None else State.VALUE
            self.details.append(SumPart(code, name, Address(self.key, row, column), kept, figure))
        self.totals[place] = f"{self.key}|{row}|{column}"
        self.printed[place] = total


def documents() -> Filled:
    filled, states = Filled("PL1"), cycle(STATES)
    columns = ("nghi_quyet", "chi_thi", "ke_hoach", "huong_dan", "cong_van")
    lines = "".join(f"- {document}\n" for document in DOCUMENTS) + "(2 văn bản)"
    printed = {State.VALUE: lines, State.ZERO: "0", State.NONE: "-", State.EMPTY: None}
    for entry, row in enumerate(ROWS, 1):
        for column, key in enumerate(columns, 3):
            state = next(states)
            filled.put(row, key, state, DOCUMENTS, (entry, column))
            filled.printed[entry, column] = printed[state]
        filled.put(row, "so_cuoc_kt_gs", STATES[entry % 5], 1200 + entry, (entry, 8))
    return filled


def movements() -> Filled:
    filled, states = Filled("PL2"), cycle(STATES)
    below = {State.VALUE: "\n+ " + "\n+ ".join(MEETINGS), State.ZERO: " 0", State.NONE: " -", State.EMPTY: ""}
    alone = {State.VALUE: "- " + "\n- ".join(MEETINGS), State.ZERO: "0", State.NONE: "-", State.EMPTY: None}
    for entry, row in enumerate(ROWS, 1):
        first, second, third = next(states), next(states), next(states)
        filled.put(row, "cvd_2009_2014", first, MEETINGS, (entry, 3))
        filled.put(row, "cvd_2014_2019", second, MEETINGS, (entry, 3))
        filled.put(row, "tuyen_duong", third, MEETINGS, (entry, 4))
        filled.printed[entry, 3] = (
            f"Tên các cuộc vận động:\n- Giai đoạn 2009 – 2014:{below[first]}\n- Giai đoạn 2014 – 2019:{below[second]}"
        )
        filled.printed[entry, 4] = alone[third]
        filled.put(row, "tap_the", next(states), 3, (entry, 5))
        filled.put(row, "ca_nhan", next(states), 4000, (entry, 6))
    return filled


def _counts(key: str, columns: tuple[str, ...], own: str, below: str) -> Filled:
    """Fill a table of counts: the columns of the level ``own`` answered, those of ``below`` rolled up."""
    filled, states = Filled(key), cycle(STATES)
    for entry, row in enumerate(ROWS, 1):
        for column, name in enumerate(columns, 3):
            figure = 900 + entry if name.endswith("tong_so") else 10 + column
            if own in name.split("."):
                whole = {2: State.NONE, 3: State.ZERO}.get(entry)
                state = whole or (State.VALUE if name.endswith("tong_so") else next(states))
                filled.put(row, name, state, figure, (entry, column))
            elif below and below in name.split("."):
                missing = entry == 6 and column == 2 + len(columns)
                filled.roll(row, name, (None, None, None) if missing else (figure, None, figure + 1), (entry, column))
    return filled


def _money(own: str, below: str) -> Filled:
    filled, states = Filled("PL6"), cycle(STATES)
    entry = 0
    for body in ROWS:
        for level, _ in PL6_LEVELS:
            entry += 1
            for column, key in ((4, "nsnn"), (5, "thu_khac")):
                if level == own:
                    filled.put(f"{body}.{level}", key, next(states), Decimal("1234567.125") + entry, (entry, column))
                elif level == below:
                    figures = (Decimal("0.5"), Decimal(100 + entry), None)
                    filled.roll(f"{body}.{level}", key, figures, (entry, column))
            if level == own:
                filled.cells[f"{body}.{level}", "ghi_chu"] = Cell(State.VALUE, "0912345678")
                filled.printed[entry, 6] = "0912345678"
    return filled


def sheets(date_line: str, body: str, filled: dict[str, Filled], notes: dict[str, str]) -> Iterator[Sheet]:
    """Yield what each appendix of ``filled`` must hold."""
    common = {"left": body, "right": "ĐẢNG CỘNG SẢN VIỆT NAM", "date": date_line, "frozen": 2}
    kept: dict[str, Sheet] = {
        "PL1": Sheet(
            "Phụ lục 1",
            "PHỤ LỤC 1",
            ("Các văn bản lãnh đạo, chỉ đạo, kiểm tra việc thực hiện Kết luận số 62-KL/TW",),
            "(Từ 2009 – 4/2019)",
            header=PL1_HEADER,
            entries=numbered(BODIES),
            integers=frozenset({8}),
            notes=(PL1_FOOTNOTE,),
            **common,
        ),
        "PL2": Sheet(
            "Phụ lục 2",
            "PHỤ LỤC 2",
            ("Nội dung, phương thức hoạt động của MTTQ Việt Nam và các tổ chức chính trị - xã hội",),
            PERIOD,
            header=PL2_HEADER,
            entries=numbered(PL2_BODIES),
            integers=frozenset({5, 6}),
            **common,
        ),
        "PL3": Sheet(
            "Phụ lục 3",
            "PHỤ LỤC 3",
            (
                "Về xây dựng, củng cố tổ chức, bộ máy, đội ngũ cán bộ",
                "của Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội ở địa phương",
            ),
            PERIOD,
            header=PL3_HEADER,
            entries=numbered(PL3_BODIES),
            integers=frozenset(range(3, 19)),
            at_most=PL3_AT_MOST,
            **common,
        ),
        "PL4": Sheet(
            "Phụ lục 4",
            "PHỤ LỤC 4",
            (
                "Số lượng cán bộ của Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội",
                "tham gia cấp ủy, đại biểu dân cử",
            ),
            PERIOD,
            header=PL4_HEADER,
            entries=numbered(BODIES),
            integers=frozenset(range(3, 17)),
            notes=PL4_NOTES,
            **common,
        ),
        "PL6": Sheet(
            "Phụ lục 6",
            "Phụ lục 6",
            PL6_TITLE,
            "(Từ 2018 - 30/4/2019)",
            header=PL6_HEADER,
            entries=PL6_ENTRIES,
            merged_labels=(1, 2),
            decimals=frozenset({4, 5}),
            measure="Triệu đồng/năm",
            **{**common, "frozen": 3},
        ),
    }
    for key, found in filled.items():
        total_note = (notes[key],) if key in notes else ()
        sheet = replace(kept[key], cells=found.printed, totals=found.totals, notes=(*total_note, *kept[key].notes))
        yield sheet


def _report(form: Form, head: Letterhead, unit: tuple[str, str], filled: dict[str, Filled]) -> Report:
    entries = [
        DataLine(*unit, key, row, column, cell.value, cell.state, "Nguyễn Văn A", _moment(number), "telegram")
        for key, found in filled.items()
        for number, ((row, column), cell) in enumerate(found.cells.items())
        if not cell.rolled
    ]
    entries.append(
        DataLine(*unit, "P1.I.1.a", "", "", "Địa bàn rộng.\nDân cư đông.", State.VALUE, "Lê Thị B", _moment(7), "web")
    )
    return Report(
        profile="party_hd36",
        letterhead=head,
        type_name="BÁO CÁO",
        subject="tổng kết 10 năm thực hiện Kết luận số 62-KL/TW",
        blocks=(),
        appendices=tuple(Appendix(form.table(key), head, found.cells) for key, found in filled.items()),
        signature=Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn A", ("Huyện ủy",)),
        created=CREATED,
        details=tuple(detail for found in filled.values() for detail in found.details),
        entries=tuple(entries),
    )


def _moment(number: int) -> datetime:
    return datetime(2019, 4, 5, 8, 30 + number % 30, 15, tzinfo=HANOI)


def commune() -> tuple[Report, Expected]:
    """Return a commune's report on its own form (a draft), and what its workbook must hold."""
    form = read_form(shipped_text("kl62-2019-xa"))
    head = Letterhead(
        "ĐẢNG BỘ HUYỆN THANH CHƯƠNG", "ĐẢNG ỦY XÃ AN BÌNH", "", "BC/ĐU", "An Bình", None, 2019, draft=True
    )
    filled = {
        "PL3": _counts("PL3", PL3_COLUMNS, "xa", ""),
        "PL4": _counts("PL4", PL4_COLUMNS, "xa", ""),
        "PL6": _money("xa", ""),
    }
    date_line = "An Bình, ngày      tháng      năm 2019"
    printed = tuple(sheets(date_line, head.issuing_body, filled, {}))
    return _report(form, head, COMMUNES[0], filled), Expected(printed, TITLE, head.issuing_body)


def district() -> tuple[Report, Expected]:
    """Return a district's report with totals of its communes, and what its workbook must hold."""
    form = read_form(shipped_text("kl62-2019"))
    head = Letterhead(
        "ĐẢNG BỘ TỈNH NGHỆ AN",
        "HUYỆN ỦY THANH CHƯƠNG",
        "5",
        "BC/HU",
        "Thanh Chương",
        date(2019, 4, 5),
        2019,
        draft=False,
    )
    filled = {
        "PL1": documents(),
        "PL2": movements(),
        "PL3": _counts("PL3", PL3_COLUMNS, "huyen", "xa"),
        "PL4": _counts("PL4", PL4_COLUMNS, "huyen", "xa"),
        "PL6": _money("huyen", "xa"),
    }
    spread = "Cấp xã: tổng của từ 0/3 đến 2/3 xã tùy ô; số của từng ô ở sheet “Nguồn số liệu”."
    notes = {"PL3": spread, "PL4": spread, "PL6": "Cấp xã: tổng của 2/3 xã."}
    printed = tuple(sheets("Thanh Chương, ngày 05 tháng 4 năm 2019", head.issuing_body, filled, notes))
    report = _report(form, head, ("H1", "Huyện Thanh Chương"), filled)
    warned = Warned("Huyện Thanh Chương", "PL3", "mttq", "xa.cb_nu", "Số liệu tăng bất thường.", "Đã kiểm tra.")
    return replace(report, warnings=(warned,)), Expected(printed, TITLE, head.issuing_body)
