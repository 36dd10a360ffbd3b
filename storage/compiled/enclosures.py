"""The files attached to reports as the paper names them: by unit, item by item in the order of its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from dialogs.forms import order
from dialogs.forms.form import Form
from dialogs.forms.local_rows import is_local, local_rows, with_rows
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import places
from dialogs.values.attached import Evidence
from dialogs.values.report_data import Enclosed
from storage.campaigns import answers, attachments
from storage.campaigns.turn_cache import TurnCache


class AskedReport(NamedTuple):
    """One unit's report and the form that it was asked with."""

    report: int
    code: str
    name: str
    form_version: int


def of(connection: Connection, cache: TurnCache, asked: Sequence[AskedReport]) -> Iterator[Enclosed]:
    """Yield the files of these reports, in the order of the reports."""
    found = attachments.of_reports(connection, [each.report for each in asked])
    for each in asked:
        if each.report in found:
            form = cache.form(connection, each.form_version)
            yield from _of_unit(connection, each, form, found[each.report])


def _of_unit(connection: Connection, asked: AskedReport, form: Form, files: Sequence[Evidence]) -> Iterator[Enclosed]:
    if any(is_local(each.row) for each in files):
        form = with_rows(form, local_rows(form, answers.given(answers.load(connection, asked.report))))
    order = _order(form)
    for each in sorted(files, key=lambda each: (order.get((each.field, each.row), len(order)), each.id)):
        words = places.capital(evidence_texts.item_place(form, each.field, each.row))
        what = (each.field, each.row, each.name, each.media_type, each.size, each.by, each.at, each.note)
        yield Enclosed(asked.code, asked.name, words, *what)


def _order(form: Form) -> Mapping[tuple[str, str], int]:
    """Return where each item of a form stands."""
    known = order.places(form)
    printed = sorted(known, key=lambda address: order.place(known, address))
    items = dict.fromkeys((address.field, address.row) for address in printed)
    return {item: number for number, item in enumerate(items)}
