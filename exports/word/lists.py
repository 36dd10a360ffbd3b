"""The last appendix of a compiled report: the units that sent nothing, sent late, were returned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from dialogs.texts import labels
from dialogs.values.report_data import Standing
from exports.figures import date_text
from exports.profiles import Profile
from exports.report import Report
from exports.standings import LISTS_TITLE, late, missing, returned
from exports.word.grid import CENTRE, KEEP_NEXT, SIDE_PADDING
from exports.word.skeleton import TABLE_TEXT
from exports.word.tables import numbered, titles
from exports.word.xml import Letters, cell, paragraph, run, table_opening, table_row, text_paragraph, twips

_HEADS = (("TT", 10), ("Đơn vị", 56), ("Tình trạng", 33), ("Hạn", 23), ("Gửi lúc", 24), ("Đã trả lời", 19))
_UPRIGHT_PADDING = 30
_LISTS: tuple[tuple[str, Callable[[Iterable[Standing]], tuple[Standing, ...]]], ...] = (
    ("Đơn vị chưa gửi báo cáo", missing),
    ("Đơn vị gửi muộn hoặc đã quá hạn", late),
    ("Đơn vị bị trả lại báo cáo", returned),
)


def unit_lists(report: Report, layout: Profile, reference: str) -> Iterator[str]:
    """Yield the appendix of the lists; the caller closes its section. It is tall and names its report."""
    lines = titles([LISTS_TITLE, reference], layout, layout.text_width_mm())
    yield numbered(report.lists_line, layout) if report.lists_line else next(lines)
    yield from lines
    whole = twips(layout.text_width_mm())
    shares = [share for _, share in _HEADS]
    widths = [round(whole * share / sum(shares)) for share in shares]
    widths[1] += whole - sum(widths)
    yield table_opening(widths, border=True, padding=(_UPRIGHT_PADDING, SIDE_PADDING))
    heads = (_middle(width, text, Letters(bold=True)) for (text, _), width in zip(_HEADS, widths, strict=True))
    yield table_row("".join(heads), header=True)
    for number, (name, chosen) in enumerate(_LISTS, 1):
        yield from _group(number, name, chosen(report.standings), widths, report.created.tzinfo)
    yield "</w:tbl>"


def _middle(width: int, text: str, letters: Letters) -> str:
    return cell(width, paragraph(TABLE_TEXT, run(text, letters), KEEP_NEXT + CENTRE), middle=True)


def _group(
    number: int, name: str, units: tuple[Standing, ...], widths: list[int], zone: tzinfo | None
) -> Iterator[str]:
    """Yield one list under a row of its own that counts it; an empty one says so."""
    head = f"{'I' * number}. {name}: {len(units)} đơn vị" if units else f"{'I' * number}. {name}: không có"
    line = paragraph(TABLE_TEXT, run(head, Letters(bold=True)), KEEP_NEXT if units else "")
    yield table_row(cell(sum(widths), line, span=len(widths), middle=True))
    for place, unit in enumerate(units, 1):
        yield _row(place, unit, widths, zone)


def _row(place: int, unit: Standing, widths: list[int], zone: tzinfo | None) -> str:
    status = labels.STATUS[unit.status] + (", muộn" if unit.late else "")
    texts = (
        str(place),
        unit.name,
        status[:1].upper() + status[1:],
        last_day_text(unit.due, zone),
        sent_text(unit.sent_at, zone),
        f"{unit.answered}/{unit.total}",
    )
    return table_row(
        "".join(
            cell(width, text_paragraph(TABLE_TEXT, text, "" if at in (1, 2) else CENTRE), middle=True)
            for at, (text, width) in enumerate(zip(texts, widths, strict=True))
        )
    )


def last_day_text(due: datetime | None, zone: tzinfo | None) -> str:
    """Return the last day of a deadline; its last moment is 24:00, which is stored as the next day's midnight."""
    if due is None:
        return ""
    return date_text((due.astimezone(zone) - timedelta(microseconds=1)).date())


def sent_text(moment: datetime | None, zone: tzinfo | None) -> str:
    """Return a moment as a table tells it: "10:05 21/11/2026"."""
    if moment is None:
        return ""
    here = moment.astimezone(zone)
    return f"{here:%H:%M} {date_text(here.date())}"
