"""Under a table: how many units its totals rest on, in one line per administrative level."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.forms.form import Table
from exports.report import Cell
from exports.sheet_names import SOURCE_SHEET

_LEVELS = {"trung_uong": "Trung ương", "tinh": "Cấp tỉnh", "huyen": "Cấp huyện", "xa": "Cấp xã"}
_MEMBERS = {"huyen": "huyện", "xa": "xã"}


def level_notes(
    table: Table, cells: Mapping[tuple[str, str], Cell], place: str = f"sheet “{SOURCE_SHEET}”"
) -> list[str]:
    """Return a line per level with rolled cells: "Cấp xã: tổng của 12/14 xã".

    ``place`` says where the n/N of a single cell is found, for a level whose cells differ.
    """
    found: dict[str, set[tuple[int, int]]] = {}
    levels = {row.key: row.level for row in table.rows}
    columns = {column.key: column.level for column in table.columns}
    for (row, column), cell in cells.items():
        if cell.rolled:
            level = columns.get(column) or levels.get(row, "")
            found.setdefault(level, set()).add((cell.counted, cell.expected))
    order = list(_LEVELS)
    return [
        _level_note(level, found[level], place)
        for level in sorted(found, key=lambda level: order.index(level) if level in order else len(order))
    ]


def _level_note(level: str, counts: set[tuple[int, int]], place: str) -> str:
    name = _LEVELS.get(level, "Số liệu tổng hợp")
    member = _MEMBERS.get(level, "đơn vị")
    fewest, most = min(counts), max(counts)
    if fewest == most:
        return f"{name}: tổng của {most[0]}/{most[1]} {member}."
    spread = f"từ {fewest[0]}/{fewest[1]} đến {most[0]}/{most[1]} {member}"
    return f"{name}: tổng của {spread} tùy ô; số của từng ô ở {place}."
