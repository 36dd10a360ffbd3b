"""What the addresses of a report are called where its workbook and its warnings speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.forms.form import Form, Table
from dialogs.forms.outline_figures import OUTLINE, address_in, outline_row, tables_of
from exports.report import Report
from exports.sheet_names import tab_names


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """What the addresses of a report are called on paper."""

    tables: Mapping[str, str]
    rows: Mapping[tuple[str, str], str]
    columns: Mapping[tuple[str, str], str]

    def words(self, field: str, row: str, column: str) -> tuple[str, str, str]:
        """Return the appendix or item, row and column of an address as the paper calls them."""
        address = address_in(field, row, column)
        blank = self.rows.get((OUTLINE, outline_row(address))) if not address.row else None
        if blank is not None:
            return f"Mục {address.field}", blank, ""
        named = self.rows.get((field, row), row), self.columns.get((field, column), column)
        return (self.tables.get(field, f"Mục {field}"), *named)

    def place(self, field: str, row: str, column: str) -> str:
        """Return an address in words: "Phụ lục 3, Ủy ban Mặt trận Tổ quốc, Cấp xã / CB nữ"."""
        return ", ".join(part for part in self.words(field, row, column) if part)


def names_of(report: Report, tabs: Sequence[str]) -> PlaceNames:
    """Return the names of the appendices (their tabs), rows and columns of ``report``."""
    found = table_names([appendix.table for appendix in report.sheets], tabs)
    added = {(sheet.table.key, key): label for sheet in report.sheets for key, label in sheet.extra_rows}
    return replace(found, rows={**found.rows, **added})


def table_names(tables: Sequence[Table], tabs: Sequence[str]) -> PlaceNames:
    """Return the names of ``tables`` (their ``tabs``), of their rows and columns."""
    rows: dict[tuple[str, str], str] = {}
    for table in tables:
        body = ""
        for row in table.rows:
            body = row.label or body
            rows[table.key, row.key] = " - ".join(part for part in (body, row.level_label) if part)
    columns = {(table.key, column.key): column.title or column.label for table in tables for column in table.columns}
    return PlaceNames({table.key: tab for table, tab in zip(tables, tabs, strict=True)}, rows, columns)


def form_names(form: Form) -> PlaceNames:
    """Return what a workbook of ``form`` calls its addresses: for one that is not printed itself."""
    tables = tables_of(form)
    found = table_names(tables, tab_names(tables))
    blanks = {(leaf.key, blank.key): blank.label for leaf in form.fields() for blank in leaf.blanks}
    return replace(found, columns={**blanks, **found.columns})
