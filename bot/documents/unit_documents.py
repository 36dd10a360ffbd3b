"""One unit's Word and Excel: what storage holds becomes a report, the report becomes bytes.

This brings the document libraries with it, a third of the time a command takes to start: import it where it is used.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from sqlalchemy import Connection

from bot.documents.made_files import EXCEL_TYPE, WORD_TYPE, Made, file_stem
from dialogs.answering import checks
from dialogs.forms.answers import State
from dialogs.forms.local_rows import local_rows
from dialogs.forms.questions import questions
from dialogs.values.findings import Finding
from dialogs.values.report_data import SumPart, Warned
from exports.excel import workbook
from exports.report import Detail, Report
from exports.unit.unit_report import UnitSource, unit_report
from exports.word import document
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_reports
from storage.compiled.unit_figures import last_of
from storage.compiled.unit_reports import ReportSource


def unit_documents(
    connection: Connection, cache: TurnCache, report: int, now: datetime, zone: tzinfo
) -> tuple[Made, ...]:
    """Return the Word and the Excel of one unit as its answers stand on the caller's snapshot."""
    source = unit_reports.source(connection, cache, report)
    asked = questions(source.form, source.respondent, local_rows(source.form, source.answers))
    last = last_of(connection, cache, report, source.form, asked)
    found = checks.findings(source.form, asked, source.answers, last)
    printed = as_report(source, now.astimezone(zone), tuple(_warned(source.unit_name, each) for each in found))
    stem = file_stem(source.campaign, source.unit_code, source.unit_name, source.sent)
    return (
        Made(f"{stem}.docx", WORD_TYPE, document.render(printed)),
        Made(f"{stem}.xlsx", EXCEL_TYPE, workbook.render(printed)),
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


def _detail(part: SumPart) -> Detail:
    state = State(part.state)
    address = part.address
    return Detail(part.unit_code, part.unit_name, address.field, address.row, address.column, state, part.value)


def _warned(unit_name: str, finding: Finding) -> Warned:
    """A finding of the form's checks, with the reason that was given for keeping the figure."""
    return Warned(unit_name, *finding.addresses[0], finding.message, finding.explanation)
