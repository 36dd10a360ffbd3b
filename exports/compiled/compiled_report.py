"""A compiled report: the text and tables of a unit and of everything below it, each unit's part under its name.

The text is a stream: of thousands of units no more than one leaf's list is ever held. Nothing a unit wrote is cut or
reworded; identical items of a list stand once, with the names of all who gave them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from dialogs.forms.answers import State
from dialogs.forms.form import Field, Form
from dialogs.forms.questions import asks_field
from dialogs.values.report_data import CompiledReportData, Contribution, Warned
from dialogs.values.status import Status
from exports.compiled.tables import appendices, outline_figures
from exports.compiled.texts import Collation, leaf_paragraphs
from exports.enclosed import enclosed_blocks_by_unit
from exports.figures import date_text
from exports.profiles import Profile, is_appendix_line, profile
from exports.report import Appendix, Block, Paragraph, Report
from exports.standings import LISTS_TITLE, required
from exports.unit.head import addressee, letterhead, signature
from exports.unit.outline import has_parts, outline_blocks, outline_of


def compiled_report(
    data: CompiledReportData, warnings: tuple[Warned, ...] = (), apart: frozenset[int] = frozenset()
) -> Report:
    """Return the compiled report of one campaign at one unit; its ``blocks`` and ``entries`` are read once.

    ``warnings`` stand in the workbook alone. ``apart`` are the places in the standings of the units whose texts stand
    in a Word of their own (above a province): they are counted and listed here, their texts are not printed. Raises
    ``KeyError`` if the profile is unknown.
    """
    layout = profile(data.profile)
    head = letterhead(data, layout)
    attached = tuple(appendices(data, head))
    line = lists_line(data.form)
    settings = data.form.document
    return Report(
        profile=data.profile,
        letterhead=head,
        type_name=settings.type_name,
        subject=settings.subject,
        blocks=_blocks(data, layout, attached, _spoken_lists(line, layout), apart),
        appendices=attached,
        signature=signature(data, layout),
        created=data.created,
        addressee=addressee(data, layout),
        entries=data.entries(),
        warnings=warnings,
        standings=data.standings,
        counted=data.counted,
        period=data.period,
        parts=has_parts(data.form),
        lists_line=line,
        outline=outline_figures(data, head),
        enclosed=data.enclosed,
    )


def lists_line(form: Form) -> str:
    """Return the number of the appendix that lists the units: one after the form's last; '' where it has none."""
    numbers = [
        int(found[0])
        for table in form.tables
        if is_appendix_line(table.number_line) and (found := re.findall(r"\d+$", table.number_line.strip()))
    ]
    return f"PHỤ LỤC {max(numbers) + 1}" if numbers else ""


def _spoken_lists(line: str, layout: Profile) -> str:
    return layout.appendix_name(line) if line else LISTS_TITLE.lower()


def _blocks(
    data: CompiledReportData, layout: Profile, attached: tuple[Appendix, ...], lists: str, apart: frozenset[int]
) -> Iterator[Block]:
    """Yield the body: what the report rests on, then the outline with every unit's part."""
    below = (
        each for place, each in enumerate(data.standings) if each.counted and each.depth > 0 and place not in apart
    )

    def contributions(key: str) -> Iterable[Contribution]:
        given = data.contributions(key)
        return (each for each in given if each.unit not in apart) if apart else given

    collation = Collation(
        data.unit_name, tuple(each.name for each in data.standings), tuple(each.kind for each in data.standings),
        tuple(dict.fromkeys(each.kind for each in below)), contributions, data.own, data.totals, bool(apart),
    )  # fmt: skip
    owing = {each.kind for each in data.standings if each.depth > 0}
    written = {address.field for address, answer in data.own.items() if answer.state is not State.EMPTY}

    def leaf(field: Field) -> Iterator[Paragraph]:
        return leaf_paragraphs(collation, field)

    @cache
    def given(key: str) -> bool:
        return any(True for _ in contributions(key))

    def printed(field: Field) -> bool:
        if not field.filled_by or owing & field.filled_by or field.key in written:
            return True
        return asks_field(field, data.respondent) or given(field.key)

    yield Paragraph(basis(data, lists, apart))
    tables = (item.table for item in attached)
    elsewhere = {data.standings[place].code for place in apart}
    last = enclosed_blocks_by_unit(each for each in data.enclosed if each.unit not in elsewhere)
    yield from outline_blocks(data.form, layout, outline_of(tables, layout, leaf, printed), (lists,), last)


def basis(data: CompiledReportData, lists: str, apart: frozenset[int]) -> str:
    """Return what the report rests on: how many of the units that owe a report, at which moment, who is missing."""
    owing = required(data.standings)
    given, whole = sum(each.counted for each in owing), len(owing)
    sent = "gửi báo cáo" if Status.SENT in data.counted else "được tiếp nhận báo cáo"
    when = moment_text(data.created)
    if given:
        rests = f"Báo cáo được tổng hợp từ {given}/{whole} đơn vị đã {sent}; số liệu tính đến {when}."
    else:
        rests = f"Chưa có đơn vị nào {sent} (0/{whole} đơn vị); báo cáo được lập lúc {when}."
    where = f" ở {lists}" if lists_line(data.form) else ""
    if apart:
        rests += " Nội dung của các đơn vị cấp dưới ở báo cáo tổng hợp riêng của từng đơn vị trực thuộc."
    return f"{rests} {LISTS_TITLE.capitalize()}{where} kèm theo báo cáo này."


def moment_text(moment: datetime) -> str:
    """Return a moment as a sentence tells it: "10 giờ 05 phút ngày 21/11/2026"."""
    return f"{moment.hour} giờ {moment.minute:02} phút ngày {date_text(moment.date())}"
