"""One unit's Word and Excel: what storage holds becomes a report, the report becomes bytes.

This brings the document libraries with it, a third of the time a command takes to start: import it where it is used.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from sqlalchemy import Connection

from bot.documents import EXCEL_TYPE, WORD_TYPE, Made, file_stem
from dialogs import checks
from dialogs.answers import State
from dialogs.checks import Finding
from dialogs.collected import Part, Warned
from dialogs.local_rows import local_rows
from dialogs.questions import questions
from exports import excel, word
from exports.compile import UnitSource, unit_report
from exports.report import Detail, Report
from storage import reports
from storage.memory import Memory
from storage.reports import ReportSource
from storage.unit_figures import last_of


def unit_documents(
    connection: Connection, memory: Memory, report: int, now: datetime, zone: tzinfo
) -> tuple[Made, ...]:
    """Return the Word and the Excel of one unit as its answers stand on the caller's snapshot."""
    source = reports.source(connection, memory, report)
    asked = questions(source.form, source.respondent, local_rows(source.form, source.answers))
    last = last_of(connection, memory, report, source.form, asked)
    found = checks.findings(source.form, asked, source.answers, last)
    printed = as_report(source, now.astimezone(zone), tuple(_warned(source.unit_name, each) for each in found))
    stem = file_stem(source.campaign, source.unit_code, source.unit_name, source.sent)
    return (
        Made(f"{stem}.docx", WORD_TYPE, word.render(printed)),
        Made(f"{stem}.xlsx", EXCEL_TYPE, excel.render(printed)),
    )


def as_report(source: ReportSource, created: datetime, warnings: tuple[Warned, ...]) -> Report:
    """Return what storage read as the values that are printed; ``created`` is local time."""
    return unit_report(
        UnitSource(
            form=source.form,
            respondent=source.respondent,
            period=source.period,
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
            warnings=warnings,
            enclosed=source.enclosed,
        )
    )


def _detail(part: Part) -> Detail:
    state = State(part.state)
    address = part.address
    return Detail(part.unit_code, part.unit_name, address.field, address.row, address.column, state, part.value)


def _warned(unit_name: str, finding: Finding) -> Warned:
    """A finding of the form's checks, with the reason that was given for keeping the figure."""
    return Warned(unit_name, *finding.addresses[0], finding.message, finding.explanation)
