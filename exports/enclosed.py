"""The files attached to reports, named on paper: a list at the end of the text, item by item, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dialogs.values.report_data import Enclosed
from exports.report import Paragraph

LEAD = "Tài liệu gửi kèm theo báo cáo này:"
LEAD_OF_UNITS = "Tài liệu các đơn vị gửi kèm theo báo cáo:"


def enclosed_blocks(found: Iterable[Enclosed]) -> Iterator[Paragraph]:
    """Yield the list of one unit's files: a line for each item; nothing where there are none."""
    for number, (place, files) in enumerate(groupby(found, key=lambda each: each.place)):
        if not number:
            yield Paragraph(LEAD, lead=True)
        yield Paragraph(f"- {place}: {_names(files)}.", item=True)


def enclosed_blocks_by_unit(found: Iterable[Enclosed]) -> Iterator[Paragraph]:
    """Yield the list of many units' files: a paragraph for each unit, under its name."""
    for number, (_, files) in enumerate(groupby(found, key=lambda each: each.unit)):
        if not number:
            yield Paragraph(LEAD_OF_UNITS, lead=True)
        kept = list(files)
        items = (f"{place}: {_names(each)}" for place, each in groupby(kept, key=lambda each: each.place))
        yield Paragraph(f"{'. '.join(items)}.", unit=kept[0].unit_name)


def _names(files: Iterable[Enclosed]) -> str:
    return "; ".join(f"{each.name} ({each.note})" if each.note else each.name for each in files).replace("\n", " ")
