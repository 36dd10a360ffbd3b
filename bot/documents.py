"""One unit's Word and Excel: what storage holds becomes a report, the report becomes bytes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from dialogs import checks
from dialogs.answers import State
from dialogs.collected import Part, Warned
from dialogs.questions import questions
from exports import excel, word
from exports.compile import UnitSource, unit_report
from exports.report import Detail, Report
from storage import reports
from storage.memory import Memory
from storage.reports import ReportSource

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its name without diacritics, so that it survives every phone and mail program."""

    name: str
    media_type: str
    content: bytes


def unit_documents(
    connection: Connection, memory: Memory, report: int, now: datetime, zone: tzinfo
) -> tuple[Made, ...]:
    """Return the Word and the Excel of one unit as its answers stand on the caller's snapshot."""
    source = reports.source(connection, memory, report)
    printed = as_report(source, now.astimezone(zone))
    stem = file_stem(source)
    return (
        Made(f"{stem}.docx", WORD_TYPE, word.render(printed)),
        Made(f"{stem}.xlsx", EXCEL_TYPE, excel.render(printed)),
    )


def file_stem(source: ReportSource) -> str:
    """ "KL62-2019_X1_Dang_uy_xa_An_Binh", with "_du-thao" while the report is not sent."""
    flat = unicodedata.normalize("NFD", source.unit_name.replace("Đ", "D").replace("đ", "d"))
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in flat if not unicodedata.combining(c))
    draft = "" if source.sent else "_du-thao"
    return f"{source.campaign.upper()}_{source.unit_code}_{'_'.join(letters.split())}{draft}"


def as_report(source: ReportSource, created: datetime) -> Report:
    """Return what storage read as the values that are printed; ``created`` is local time."""
    return unit_report(
        UnitSource(
            form=source.form,
            respondent=source.respondent,
            unit_code=source.unit_code,
            unit_name=source.unit_name,
            parent_name=source.parent_name,
            answers=source.answers,
            document=source.document,
            letterhead=source.letterhead,
            profile=source.profile,
            sent=source.sent,
            created=created,
            rolled=source.rolled,
            details=tuple(_detail(part) for part in source.details),
            warnings=_warnings(source),
        )
    )


def _detail(part: Part) -> Detail:
    state = State(part.state)
    address = part.address
    return Detail(part.unit_code, part.unit_name, address.field, address.row, address.column, state, part.value)


def _warnings(source: ReportSource) -> tuple[Warned, ...]:
    """The findings of the form's checks, with the reasons that were given for keeping the figures."""
    asked = questions(source.form, source.respondent)
    return tuple(
        Warned(
            source.unit_name,
            finding.question.field,
            finding.question.row,
            finding.rule.left[0],
            finding.rule.message,
            finding.explanation,
        )
        for question in asked
        for finding in checks.broken(source.form, question, source.answers)
    )
