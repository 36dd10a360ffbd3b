"""What the sheets of a workbook are called: those of a report's tables by the form, the others always alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from dialogs.forms.form import Table

DETAIL_SHEET = "Chi tiết"
SOURCE_SHEET = "Nguồn số liệu"
"""The sheet that lists every total with its own n/N."""
PROGRESS_SHEET = "Tiến độ"
DATA_SHEET = "Dữ liệu"
WARNING_SHEET = "Cảnh báo"
ENCLOSED_SHEET = "Tài liệu kèm theo"
OTHER_TABS = (DETAIL_SHEET, SOURCE_SHEET, PROGRESS_SHEET, DATA_SHEET, WARNING_SHEET, ENCLOSED_SHEET)

TAB_LENGTH = 31
"""The most characters of a sheet's name; the signs in ``_NOT_IN_TAB`` are refused by spreadsheets."""
_NOT_IN_TAB = re.compile(r"[\\/?*\[\]:]")


def tab_names(tables: Sequence[Table]) -> list[str]:
    """Return a sheet name for each of ``tables``: "Phụ lục 1"; a table without a number goes by its title."""
    found: list[str] = []
    for table in tables:
        line = table.number_line or " ".join(table.title[:1]) or table.key
        found.append(free_tab(_tab(unicodedata.normalize("NFC", line)), "", found))
    return found


def free_tab(name: str, ending: str, taken: Sequence[str]) -> str:
    """Return ``name`` with ``ending`` as the name of a sheet, shortened and numbered where it must be."""
    used = {tab.casefold() for tab in (*taken, *OTHER_TABS)}
    number, tab = 2, f"{name[: TAB_LENGTH - len(ending)].rstrip()}{ending}"
    while tab.casefold() in used:
        tab = f"{name[: TAB_LENGTH - len(ending) - 5].rstrip()}{ending} ({number})"
        number += 1
    return tab


def _tab(line: str) -> str:
    start = line[: len("Phụ lục")].capitalize()
    shown = start + line[len(start) :] if start == "Phụ lục" else line.capitalize() if line.isupper() else line
    return _NOT_IN_TAB.sub(" ", shown)[:TAB_LENGTH].strip(" '")
