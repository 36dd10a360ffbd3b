"""Checks across forms that are opened together: what the lower form gives must have its place in the upper one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogs.forms.addresses import addresses
from dialogs.forms.form import Form, Table
from dialogs.forms.form_tree import FormProblem


def check_companions(forms: Iterable[Form]) -> tuple[FormProblem, ...]:
    """Return what does not fit between ``forms`` and the companions they name.

    Companions exist; everybody who is asked is named by one of the forms; leaves feed leaves that exist; a table of
    the companion is known to the form, cell by cell, with the same kind and measure.
    """
    by_key = {form.key: form for form in forms}
    found: list[FormProblem] = []
    for form in by_key.values():
        companions = [by_key[key] for key in form.companions if key in by_key]
        found += _missing(form, by_key)
        if len(companions) == len(form.companions):
            found += _strangers(form, companions)
        for lower in companions:
            found += _feeds(form, lower)
            found += _tables(form, lower)
    return tuple(found)


def _missing(form: Form, by_key: dict[str, Form]) -> Iterator[FormProblem]:
    for key in form.companions:
        if key not in by_key:
            write = f"một trong: {', '.join(sorted(by_key))}, hoặc bỏ khỏi companions"
            yield FormProblem(f"{form.key}: companions", f"không có mẫu đi cùng “{key}”", write)


def _strangers(form: Form, companions: list[Form]) -> Iterator[FormProblem]:
    known = form.filled_by.union(*(companion.filled_by for companion in companions))
    told: set[tuple[str, str]] = set()
    for address in addresses(form):
        for kind in sorted(address.filled_by - known):
            if (address.field, kind) not in told:
                told.add((address.field, kind))
                write = f"sửa tên, hoặc thêm “{kind}” vào filled_by của mẫu"
                wrong = f"hỏi “{kind}”, loại đơn vị không trả lời mẫu này hay mẫu đi cùng"
                yield FormProblem(f"{form.key}: {address.field}", wrong, write)


def _feeds(upper: Form, lower: Form) -> Iterator[FormProblem]:
    have = {leaf.key for leaf in upper.fields()}
    for leaf in lower.fields():
        for key in leaf.feeds:
            if key not in have:
                wrong = f"góp vào mục “{key}” mà mẫu {upper.key} không có"
                yield FormProblem(f"{lower.key}: mục {leaf.key}", wrong, f"ghi khóa của một mục trong {upper.key}")


def _tables(upper: Form, lower: Form) -> Iterator[FormProblem]:
    for table in lower.tables:
        if not upper.has_table(table.key):
            wrong = f"mẫu {upper.key} không có phụ lục “{table.key}” để cộng vào"
            yield FormProblem(f"{lower.key}: {table.key}", wrong, f"thêm phụ lục vào {upper.key}, hoặc đổi khóa")
        else:
            yield from _cells(upper, lower, table)


def _cells(upper: Form, lower: Form, table: Table) -> Iterator[FormProblem]:
    """Each column that the lower form asks is in the upper form's table, alike in every row."""
    above = {(a.row, a.column): a for a in addresses(upper) if a.field == table.key}
    told: set[str] = set()
    for cell in addresses(lower):
        if cell.field != table.key or not cell.filled_by or cell.column in told:
            continue
        same = above.get((cell.row, cell.column))
        if same is None or (same.kind, same.measure) != (cell.kind, cell.measure):
            told.add(cell.column)
            what = "không có" if same is None else f"là {same.kind} ({same.measure or 'không đơn vị'})"
            wrong = f"hàng {cell.row}, cột {cell.column}: trong mẫu {upper.key} {what}"
            yield FormProblem(f"{lower.key}: {table.key}", wrong, f"viết giống {upper.key}: key, kind, measure")
