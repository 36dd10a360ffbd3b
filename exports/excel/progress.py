"""The progress sheet: how many units stand where, every unit with its status, and the lists to follow up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from dialogs.texts import labels
from dialogs.values.report_data import Standing
from exports.excel.cells import Pen, letter, row_xml
from exports.excel.package import Drawn, Ending
from exports.excel.skeleton import SheetShape
from exports.excel.streams import lines_in
from exports.excel.styles import DEEPEST
from exports.excel.text import line_height
from exports.sheet_names import PROGRESS_SHEET
from exports.standings import late, missing, returned

LATE = "muộn"
LISTS = (
    ("Đơn vị chưa gửi báo cáo", missing),
    ("Đơn vị gửi muộn hoặc đã quá hạn", late),
    ("Đơn vị bị trả lại báo cáo", returned),
)
NOBODY = "Không có."
HEADS = (
    *("Mã đơn vị", "Đơn vị", "Tình trạng", "Muộn", "Đã trả lời", "Số câu hỏi"),
    *("Tỷ lệ", "Hạn nộp", "Gửi lần đầu", "Gửi lần cuối"),
)
COUNT_HEADS = ("Tình trạng", "Số đơn vị", "Trong đó muộn")
_WIDTHS = (26.0, 80.0, 36.0, 34.0, 26.0, 26.0, 20.0, 36.0, 36.0, 36.0)
_COUNTED = 6
"""The row of the first status among the counts."""
_LAST = letter(len(HEADS))


@dataclass(slots=True)
class ProgressSheet:
    """The sheet while it is drawn from the top. ``title`` names the report.

    ``created`` is the moment of the snapshot, and in its zone stand all times.
    """

    pen: Pen
    standings: Sequence[Standing]
    created: datetime
    title: str
    rows: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)

    def drawn(self) -> Drawn:
        """Return the sheet."""
        head = _COUNTED + len(labels.STATUS) + 2
        first, last = head + 1, head + len(self.standings)
        self._wide("list_title", "TIẾN ĐỘ BÁO CÁO", 14)
        self._wide("list_heading", self.title)
        self._wide("list_note", f"Tính đến {self.created:%H} giờ {self.created:%M} phút ngày {self.created:%d/%m/%Y}.")
        self._counts(first, last)
        self._add([self.pen.text(head, number, "list_head", text) for number, text in enumerate(HEADS, 1)], 1.3)
        for standing in self.standings:
            self._line(standing)
        for title, chosen in LISTS:
            self._list(title, chosen(self.standings))
        shape = SheetShape(
            title=PROGRESS_SHEET,
            widths_mm=_WIDTHS,
            header_rows=(head, head),
            freeze="C1",
            filtered=True,
            merged=True,
        )
        ending = Ending(len(self.rows), filter_row=max(last, head), merges=tuple(self.merges))
        return Drawn(shape, ("".join(self.rows).encode(),), ending)

    def _add(self, cells: Sequence[str], lines: float = 1) -> int:
        self.rows.append(row_xml(len(self.rows) + 1, cells, round(lines * line_height() + 2, 2)))
        return len(self.rows)

    def _wide(self, style: str, text: str, size: float = 12) -> None:
        lines = lines_in(text, sum(_WIDTHS)) * size / 12
        row = self._add([self.pen.text(len(self.rows) + 1, 1, style, text)], lines)
        self.merges.append(f"A{row}:{_LAST}{row}")

    def _counts(self, first: int, last: int) -> None:
        """Add how many units have each status and how many of them are late; together they are all units."""
        pen = self.pen
        self._add(())
        self._add([pen.text(_COUNTED - 1, number, "list_head", head) for number, head in enumerate(COUNT_HEADS, 2)])
        statuses = Counter(each.status for each in self.standings)
        lates = Counter(each.status for each in late(self.standings))
        status, mark = (f"${column}${first}:${column}${max(last, first)}" for column in "CD")
        for row, (key, name) in enumerate(labels.STATUS.items(), _COUNTED):
            counted = f"COUNTIF({status},B{row})"
            marked = f'COUNTIFS({status},B{row},{mark},"{LATE}")'
            formulas = ((counted, statuses[key]), (marked, lates[key]))
            figures = (pen.formula(row, number, "list_integer", *each) for number, each in enumerate(formulas, 3))
            self._add([pen.text(row, 2, f"status.{key}", name), *figures])
        row, above = _COUNTED + len(labels.STATUS), _COUNTED + len(labels.STATUS) - 1
        sums = [
            pen.formula(row, column, "list_integer", f"SUM({letter(column)}{_COUNTED}:{letter(column)}{above})", total)
            for column, total in ((3, len(self.standings)), (4, lates.total()))
        ]
        self._add([pen.text(row, 2, "list_head", "Tổng số đơn vị"), *sums])
        self._add(())

    def _line(self, standing: Standing) -> None:
        row, pen = len(self.rows) + 1, self.pen
        depth = min(standing.depth, DEEPEST)
        cells = [
            pen.text(row, 1, "list_text", standing.code),
            pen.text(row, 2, f"depth.{depth}", standing.name),
            pen.text(row, 3, f"status.{standing.status}", labels.STATUS[standing.status]),
            pen.text(row, 4, "list_mark", LATE if standing.late else ""),
            pen.number(row, 5, "list_integer", standing.answered),
            pen.number(row, 6, "list_integer", standing.total),
            pen.formula(row, 7, "list_percent", f'IF(F{row}=0,"",E{row}/F{row})', _share(standing)),
            self._day(row, 8, standing.due),
            self._moment(row, 9, standing.first_sent_at),
            self._moment(row, 10, standing.sent_at),
        ]
        self._add(cells, lines_in(standing.name, _WIDTHS[1] - 4 * depth))

    def _day(self, row: int, column: int, due: datetime | None) -> str:
        """Return the last day of a deadline: its last moment is 24:00, which is stored as the next day's midnight."""
        if due is None:
            return self.pen.blank(row, column, "list_date")
        here = due.astimezone(self.created.tzinfo) - timedelta(microseconds=1)
        return self.pen.moment(row, column, "list_date", here.date())

    def _moment(self, row: int, column: int, moment: datetime | None) -> str:
        if moment is None:
            return self.pen.blank(row, column, "list_moment")
        return self.pen.moment(row, column, "list_moment", moment.astimezone(self.created.tzinfo))

    def _list(self, title: str, standings: Sequence[Standing]) -> None:
        """Add a list under its heading, which tells how many units are in it."""
        self._add(())
        self._wide("list_heading", f"{title}: {len(standings)}")
        for standing in standings:
            self._line(standing)
        if not standings:
            self._wide("list_note", NOBODY)


def _share(standing: Standing) -> Decimal | str:
    return Decimal(standing.answered) / standing.total if standing.total else ""
