"""The figures in the sentences of an outline, as one table: what a coordinator would otherwise pick out of the text."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.forms.answers import Address
from dialogs.forms.form import Column, Field, Form, HeaderCell, RollUp, Row, Table
from dialogs.kinds import Kind

OUTLINE = "de_cuong"
"""The key of the table: of no form's own."""
FIGURE = "so_lieu"
_TITLE = "SỐ LIỆU TRONG ĐỀ CƯƠNG"
_HEADS = ("Mục", "Nội dung", "Đơn vị tính", "Số liệu")
_WIDTHS_MM = (22, 90, 24, 30)


def adding_blanks(field: Field) -> tuple[Column, ...]:
    """Return the blanks of a sentence whose figures add up from unit to unit."""
    return tuple(blank for blank in field.blanks if blank.adds_up)


def outline_table(form: Form) -> Table | None:
    """Return the figures of the outline of ``form`` that add up, a row each; None where it has none."""
    rows = tuple(_rows(form))
    if not rows:
        return None
    asked = frozenset(kind for row in rows for kind in row.filled_by or ())
    return Table(
        OUTLINE,
        "",
        (_TITLE,),
        landscape=False,
        header_rows=1,
        grid_columns=len(_HEADS),
        header=tuple(HeaderCell(1, at, 1, 1, head) for at, head in enumerate(_HEADS, 1)),
        columns=(
            Column("muc", _HEADS[0], Kind.INDEX, 1),
            Column("noi_dung", _HEADS[1], Kind.LABEL, 2),
            Column("dvt", _HEADS[2], Kind.LABEL, 3),
            Column(FIGURE, _HEADS[3], Kind.INTEGER, 4, filled_by=asked, rollup=RollUp.SUM),
        ),
        rows=rows,
        widths_mm=_WIDTHS_MM,
    )


def tables_of(form: Form) -> tuple[Table, ...]:
    """Return the tables of ``form`` as a workbook shows them: its own, then the figures of its outline."""
    outline = outline_table(form)
    return (*form.tables, *([outline] if outline else []))


def outline_row(address: Address) -> str:
    """Return the key of the row that shows the blank at ``address``."""
    return f"{address.field}|{address.column}"


def address_in(table: str, row: str, column: str) -> Address:
    """Return where the cell of a printed table is stored."""
    if table != OUTLINE:
        return Address(table, row, column)
    field, _, blank = row.partition("|")
    return Address(field, "", blank)


def _rows(form: Form) -> Iterator[Row]:
    for field in form.fields():
        for blank in adding_blanks(field):
            yield Row(
                outline_row(Address(field.key, "", blank.key)),
                blank.label,
                ordinal=field.key,
                level=blank.level,
                filled_by=field.filled_by,
                measures=((FIGURE, blank.measure),) if blank.measure else (),
                kinds=((FIGURE, blank.kind),),
            )
